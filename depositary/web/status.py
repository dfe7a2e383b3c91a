"""The status page: what holds under a treaty on a day, who takes part, and what comes next."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from depositary.acts import Act
from depositary.clauses import Clauses
from depositary.dates import LATEST
from depositary.law import reasons
from depositary.law.examination import irregularities
from depositary.law.history import Episode
from depositary.law.readings import READINGS
from depositary.web.pages import StatusPage
from depositary.web.shown import (
    Cell,
    Coming,
    IrregularityKind,
    Link,
    Numbers,
    ReadingShown,
    Reason,
    Row,
    Statement,
    Statements,
    TreatyLine,
)
from depositary.web.view import View, look

SHOWN_AS_MADE = ("reservation", "withdrawal of reservation", "declaration", "notification", "objection")

ENDS = ("denunciation", "denunciation-entailed", "organization-ceases", "ceased-to-exist", "withdrawn")


def status_page(view: View) -> StatusPage:
    """The status of the treaty on the day asked about."""
    clauses, effects = view.clauses, view.effects
    title, _, subtitle = clauses.title.partition("; ")
    table, notes = rows(view)
    known = view.site.completeness(clauses.id)
    data = view.addresses.data
    return StatusPage(
        frame=view.frame(),
        title=title,
        subtitle=subtitle,
        number=clauses.id,
        adopted=clauses.adopted,
        place_adopted=clauses.place_adopted,
        opened_by=clauses.opened_by,
        in_force_on=effects.in_force_on,
        numbers=numbers(view),
        reason=view.reason(reasons.entry_into_force(effects), page=view.addresses.reasons("entry_into_force")),
        coming=tuple(coming(view)),
        milestones=tuple(milestones(view)),
        rows=table,
        notes=notes,
        statements=statements(view),
        readings=tuple(readings(view)),
        irregularities=tuple(irregularity_kinds(view)),
        convention=convention(view),
        protocols=tuple(protocols(view)),
        complete_as_of=known.as_of,
        gaps=known.gaps,
        downloads=(
            Link("JSON", data("json")),
            Link("CSV", data("csv")),
            Link("XLSX", data("xlsx")),
            Link("iCalendar", view.addresses.subscribed("calendar.ics")),
            Link("Atom", view.addresses.subscribed("feed.atom")),
        ),
    )


def milestones(view: View) -> Iterator[Reason]:
    """The days that follow from entry into force and from the number of parties, each with its reasons."""
    concerns = {about: what for what, about in reasons.MILESTONES.items()}
    for one in reasons.milestones(view.effects):
        yield view.reason(one, page=view.addresses.reasons(concerns[one.about]))


def numbers(view: View) -> Numbers:
    """The counters on the day."""
    effects = view.effects
    standings = [effects.standing(code, view.on) for code in effects.codes]
    entry = view.clauses.entry_into_force
    return Numbers(
        effects.counted,
        effects.deposited,
        entry.instruments if entry else 0,
        len(effects.history.signatures),
        standings.count("contracting"),
        standings.count("party"),
        standings.count("former party"),
    )


def rows(view: View) -> tuple[tuple[Row, ...], tuple[tuple[str, ...], ...]]:
    """The table of participants by name, and its end notes in their order."""
    table: list[Row] = []
    notes: list[tuple[str, ...]] = []
    effects = view.effects
    for code in sorted(effects.codes, key=lambda code: view.words.sort_key(view.name(code))):
        episodes, signature = effects.episodes(code), effects.history.signatures.get(code)
        if not episodes and signature is None:
            continue
        ended = any(episode.until is not None for episode in episodes)
        if note := tuple(end_note(view, code)) if ended else ():
            notes.append(note)
        standing = effects.standing(code, view.on)
        consent, since = latest(view, code, episodes)
        signed = Cell(signature.date, "", view.addresses.act(signature)) if signature else None
        former = standing == "former party"
        number = len(notes) if note else 0
        table.append(Row(view.participant(code), former, standing, signed, consent, since, number))
    return tuple(table), tuple(notes)


def latest(view: View, code: str, episodes: tuple[Episode, ...]) -> tuple[Cell | None, Cell | None]:
    """The consent and the entry into force of the latest participation; none of an instrument withdrawn."""
    if not episodes or (episodes[-1].until is not None and not episodes[-1].took_effect):
        return None, None
    last = episodes[-1]
    anchor = "entry-into-force" + (f"-{len(episodes)}" if len(episodes) > 1 else "")
    mark = view.words.action(last.consent.action, mark=True)
    consent = Cell(last.consent.date, mark, view.addresses.act(last.consent))
    since = Cell(last.since, "", view.addresses.participant(code, anchor)) if last.since else None
    return consent, since


def end_note(view: View, code: str) -> Iterator[str]:
    """How the participations of one ended or will end."""
    standing = reasons.standing(view.effects, code, view.on)
    return (view.sentence(one) for one in standing.because if one.about in ENDS)


def coming(view: View) -> Iterator[Coming]:
    """What happens after the day with no further act, by day."""
    found: dict[tuple[date, str], list[str]] = defaultdict(list)
    pages: dict[tuple[date, str], set[str]] = defaultdict(set)
    for concerns, code, day in view.effects.dates:
        if day is not None and day > view.on:
            kind, _, of = concerns.partition(" ")[0].partition(":")
            key = day, f"{kind}-for" if code and kind == "entry_into_force" else kind
            found[key].append(view.name(code) if code else of)
            pages[key].add(view.addresses.reasons(concerns, code))
    for period in view.clauses.signature.periods if view.clauses.signature else ():
        if period.since > view.on:
            found[period.since, "signature-opens"].append(period.place)
        if view.on <= period.until < LATEST:
            found[period.until, "signature-closes"].append(period.place)
    for (day, kind), names in sorted(found.items()):
        page = pages[day, kind]
        yield Coming(day, kind, tuple(name for name in names if name), page.pop() if len(page) == 1 else "")


def statements(view: View) -> tuple[Statements, ...]:
    """Reservations, declarations, notifications and objections as they were made, by participant."""
    made: dict[str, list[Act]] = defaultdict(list)
    for act in view.effects.history.other:
        if act.action in SHOWN_AS_MADE:
            made[act.participant].append(act)
    return tuple(
        Statements(view.participant(code), tuple(statement(view, act) for act in made[code]))
        for code in sorted(made, key=lambda code: view.words.sort_key(view.name(code)))
    )


def statement(view: View, act: Act) -> Statement:
    """One of them."""
    return Statement(view.words.act(act), act.date, act.text, view.entry(act))


def readings(view: View) -> Iterator[ReadingShown]:
    """The readings on which a date rests, with the dates and what the other reading gives."""
    dates: dict[str, list[str]] = defaultdict(list)
    for one in view.effects.moved:
        whose = view.name(one.participant) if one.participant else view.clauses.name
        dates[one.reading].append(view.words.moved(whose, one.concerns, one.date, one.otherwise))
    for name, lines in dates.items():
        yield reading(view, name, tuple(lines))


def reading(view: View, name: str, dates: tuple[str, ...] = ()) -> ReadingShown:
    """A reading in words."""
    says, otherwise = view.words.reading(name)
    ruled = name in view.effects.history.otherwise
    return ReadingShown(name, READINGS[name].status, says, otherwise, ruled, dates)


def irregularity_kinds(view: View) -> Iterator[IrregularityKind]:
    """What is irregular, by kind: what was refused first."""
    found: dict[tuple[bool, str], list[Link]] = defaultdict(list)
    for one in irregularities(view.effects):
        sentence = view.words.irregularity(one, view.participants)
        found[one.severity != "refused", one.code].append(Link(sentence, view.addresses.act(one.act)))
    for (warning, code), each in sorted(found.items(), key=lambda item: item[0]):
        yield IrregularityKind(view.words.irregularity_label(code), not warning, tuple(each))


def convention(view: View) -> Link:
    """The convention a protocol belongs to, "" where there is none here."""
    parent = view.clauses.parent
    return (
        look(view.site, view.asked, parent, view.path).treaty if parent in view.site.collection.treaties else Link("")
    )


def protocols(view: View) -> Iterator[TreatyLine]:
    """The protocols to the treaty, each with its state."""
    for one in view.site.collection.protocols(view.clauses.id):
        yield treaty_line(look(view.site, view.asked, one.id, view.path))


def treaty_line(view: View) -> TreatyLine:
    """A treaty in a list."""
    return TreatyLine(
        Link(title(view.clauses), view.addresses.status),
        view.clauses.id,
        view.effects.in_force_on,
        numbers(view),
        bool(view.effects.codes),
        view.site.completeness(view.clauses.id).as_of,
    )


def title(clauses: Clauses) -> str:
    """A treaty's title without its subtitle."""
    return clauses.title.partition("; ")[0]
