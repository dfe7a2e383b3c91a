"""The status page: the status of a treaty on a day, its participants, and what comes next."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from depositary.law import grounds, reasons
from depositary.law.examination import Irregularity, irregularities
from depositary.law.readings import READINGS
from depositary.treaties.sources import reported
from depositary.web.parts import Link, Reason
from depositary.web.public.days import coming_events, neighbouring_days
from depositary.web.public.glance import glance
from depositary.web.public.legislation import CONTEXT, legislation
from depositary.web.public.overview_pages import MissingPage
from depositary.web.public.pages import StatusPage
from depositary.web.public.parts import IrregularCase, IrregularityKind, Numbers, ReadingInWords, TreatyLine
from depositary.web.public.slider import slider
from depositary.web.public.statements import notification_links, statements
from depositary.web.public.table import WHOLE_TABLE, TableChoice, chips, rows, selections, tables
from depositary.web.public.world_map import standings
from depositary.web.view import View, look
from depositary.words import language as language_of
from depositary.words.findings.sentences import not_expressed


def status_page(view: View, want: TableChoice = WHOLE_TABLE) -> StatusPage:
    """The status of the treaty on the day asked about. `want` chooses the rows of the table and their order."""
    clauses, effects = view.clauses, view.effects
    (title, language), (full_title, of_full_title) = view.heading
    table, notes = rows(view, want)
    data = view.addresses.data
    return StatusPage(
        frame=view.frame(question=want.question),
        title=title,
        title_language=language,
        full_title=full_title,
        full_title_language=of_full_title,
        number=clauses.id,
        done_at=view.words.done_at(clauses),
        opened_by=clauses.opened_by,
        in_force_on=effects.in_force_on,
        registration=clauses.registration,
        numbers=numbers(view),
        glance=glance(view),
        reason=view.reason(reasons.entry_into_force(effects), page=view.addresses.reasons("entry_into_force")),
        calculator=view.addresses.calculator if clauses.entry_into_force else "",
        coming=tuple(coming_events(view)),
        slider=slider(view),
        steps=neighbouring_days(view),
        milestones=tuple(milestones(view)),
        selections=selections(view, want),
        chosen=want.question,
        chips=chips(view, want),
        tables=tables(table, language_of(want.names) if want.names else view.words, want),
        notes=notes,
        statements=tuple(statements(view)),
        circulated=tuple(notification_links(view)),
        readings=tuple(readings(view)),
        irregularities=tuple(irregularity_kinds(view)),
        convention=convention(view),
        protocols=tuple(protocols(view)),
        not_expressed=(*from_among(view), *not_expressed(view.words, "entry-into-force", clauses)),
        image=view.addresses.drawing,
        legend=tuple((standing, len(codes)) for standing, codes in standings(view).items() if codes),
        code=view.addresses.code_of_citation if view.site.base_url else "",
        described={"@context": CONTEXT, **legislation(view)} if view.site.base_url else {},
        more=tuple(more(view)),
        downloads=(
            Link("JSON", data("json")),
            Link("CSV", data("csv")),
            Link("XLSX", data("xlsx")),
            Link("iCalendar", view.addresses.subscribed("calendar.ics")),
            Link("Atom", view.addresses.subscribed("feed.atom")),
            *view.site.alerts_of(view.words, {"treaty": clauses.id}),
        ),
    )


def missing_page(view: View) -> MissingPage:
    """What is known to be missing of the acts under the treaty."""
    known = view.completeness
    return MissingPage(view.frame(view.treaty), view.treaty, known.as_of, known.source, known.gaps)


def from_among(view: View) -> Iterator[str]:
    """How many of the instruments counted are of the group that the clause on entry into force names."""
    clause, effects = view.clauses.entry_into_force, view.effects
    if clause is not None:
        counted = effects.instruments_counted(effects.last_day)
        yield from (view.sentence(found) for found in grounds.from_among(clause, "", counted))


def milestones(view: View) -> Iterator[Reason]:
    """The days that follow from entry into force and from the number of parties, each with its reasons."""
    concerns = {about: what for what, about in reasons.MILESTONES.items()}
    for milestone in reasons.milestones(view.effects):
        yield view.reason(milestone, page=view.addresses.reasons(concerns[milestone.about]))


def more(view: View) -> Iterator[Link]:
    """The other pages that show the whole treaty."""
    words, addresses = view.words, view.addresses
    yield Link(words.gettext("World map"), addresses.map)
    yield Link(words.gettext("Timeline"), addresses.timeline)
    yield Link(words.gettext("Difference between two days"), addresses.difference())
    yield Link(words.gettext("Two participants"), addresses.relations())
    yield Link(words.gettext("All parties among themselves"), addresses.matrix)
    if view.clauses.voting is not None:
        yield Link(words.gettext("Votes and majorities"), addresses.votes)


def numbers(view: View) -> Numbers:
    """The counters on the day."""
    effects = view.effects
    standings = [effects.standing(code, view.on) for code in effects.codes]
    entry = view.clauses.entry_into_force
    reports = Counter(
        report.action == "signature" for report in reported(view.site.collection.folder, effects, view.on)
    )
    return Numbers(
        effects.counted,
        effects.deposited,
        entry.instruments if entry else 0,
        len(effects.history.signatures),
        standings.count("contracting"),
        standings.count("party"),
        standings.count("former party"),
        reports[False],
        reports[True],
    )


def readings(view: View) -> Iterator[ReadingInWords]:
    """The readings on which a date rests, with the dates under each reading."""
    dates: dict[str, list[str]] = defaultdict(list)
    for moved in view.effects.moved_on(view.on):
        whose = view.name(moved.participant) if moved.participant else view.words.treaty(view.clauses)
        dates[moved.reading].append(view.words.moved(whose, moved.concerns, moved.value, moved.otherwise))
    for name, lines in dates.items():
        yield reading_in_words(view, name, tuple(lines))


def reading_in_words(view: View, name: str, dates: tuple[str, ...] = ()) -> ReadingInWords:
    """A reading in words."""
    says, otherwise = view.words.reading(name)
    ruled = name in view.effects.history.otherwise
    return ReadingInWords(view.words.reading_title(name), READINGS[name].status, says, otherwise, ruled, dates)


FOR_THE_DESK = ("weekend-date",)
"""The irregularities that only ask the desk to look at a date again."""


def irregularity_kinds(view: View) -> Iterator[IrregularityKind]:
    """The irregularities that matter to a reader, by kind, refused acts first. A case is listed once."""
    kinds: dict[tuple[bool, str], dict[str, list[Irregularity]]] = defaultdict(lambda: defaultdict(list))
    for irregularity in irregularities(view.effects):
        if irregularity.code in FOR_THE_DESK:
            continue
        kinds[irregularity.severity != "refused", irregularity.code][
            view.words.irregularity_of_any(irregularity)
        ].append(irregularity)
    for (warning, code), cases in sorted(kinds.items(), key=lambda item: item[0]):
        sentences = tuple(irregular_case(view, *each) for each in cases.values())
        yield IrregularityKind(
            view.words.irregularity_label(code), not warning, sum(map(len, cases.values())), sentences
        )


def irregular_case(view: View, first: Irregularity, *others: Irregularity) -> IrregularCase:
    """What is wrong with an act, and the other participants with the same irregularity."""
    sentence = view.words.irregularity(first, view.participants)
    names = sorted(
        (view.participant(irregularity.act.participant) for irregularity in others),
        key=lambda link: view.words.sort_key(link.words),
    )
    return IrregularCase(Link(sentence, view.addresses.act(first.act)), tuple(names))


def convention(view: View) -> Link:
    """The convention of a protocol; "" if it is not here."""
    parent = view.clauses.parent
    return (
        look(view.site, view.asked, parent, view.path).treaty if parent in view.site.collection.treaties else Link("")
    )


def protocols(view: View) -> Iterator[TreatyLine]:
    """The protocols to the treaty, each with its state."""
    for protocol in view.site.collection.protocols(view.clauses.id):
        yield treaty_line(look(view.site, view.asked, protocol.id, view.path))


def treaty_line(view: View) -> TreatyLine:
    """A treaty in a list."""
    return TreatyLine(
        view.titled(view.addresses.status),
        view.clauses.id,
        view.effects.in_force_on,
        numbers(view),
        bool(view.effects.codes),
        view.complete_as_of,
    )
