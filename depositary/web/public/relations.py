"""Two participants: whether they are bound to each other, since when, by which version; and all of them at once."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from depositary.law import reasons
from depositary.law.acts import Act
from depositary.law.findings import About
from depositary.law.relations import Relation, between, standing_reservations
from depositary.web.parts import Choice, Link, Selection
from depositary.web.public.overview_pages import MatrixPage, RelationsPage
from depositary.web.public.overview_parts import PairGround, PairGroup, PairStanding, RelatedParty, Version
from depositary.web.public.parts import Statement
from depositary.web.public.statements import statement
from depositary.web.query import Unanswerable
from depositary.web.view import View
from depositary.words.labels import N_


def relations_page(view: View, first: str = "", second: str = "") -> RelationsPage:
    """How two participants stand to each other; with only one, how it stands to every other party.

    Raises Unanswerable for a code that is nobody's, and for one participant with itself.
    """
    for code in (first, second):
        if code and code not in view.participants:
            raise Unanswerable(404, "no-such-participant", code[:40])
    if first and first == second:
        raise Unanswerable(422, "one-with-itself")
    first, second = (first, second) if first else (second, "")
    others = tuple(related_parties(view, first)) if first and not second else ()
    return RelationsPage(
        frame=view.frame(view.treaty, question={name: code for name, code in (("a", first), ("b", second)) if code}),
        treaty=view.treaty,
        selections=(
            Selection("a", view.words.gettext("Participant"), choices(view, first)),
            Selection("b", view.words.gettext("Other participant"), choices(view, second)),
        ),
        complete_as_of=view.complete_as_of,
        first=view.participant(first),
        second=view.participant(second),
        between=between_two(view, first, second) if second else None,
        others=tuple(one for one in others if one.since <= view.on),
        coming=tuple(one for one in others if one.since > view.on),
        matrix=view.addresses.matrix,
    )


def choices(view: View, chosen: str) -> tuple[Choice, ...]:
    """The participants that have acted under the treaty, by name, and the chosen participant."""
    codes = {*view.effects.codes, chosen} - {""}
    listed = sorted(codes, key=lambda code: view.words.sort_key(view.name(code)))
    return Choice("", "—", not chosen), *(Choice(code, view.name(code), code == chosen) for code in listed)


GROUPS: tuple[tuple[str, About, str], ...] = (
    ("precludes", "objection-precludes", N_("What keeps the treaty from being in force between them")),
    ("but-for", "provision-does-not-apply", N_("What does not apply between them")),
    ("reservations", "reservation-between", N_("Reservations in force between them")),
    ("territories", "territory-left-out", N_("Territories left out")),
)
"""The sections of a pair: anchor, the findings that belong to it, heading."""


def between_two(view: View, first: str, second: str) -> PairStanding:
    """The relation of two participants: whether they are bound and by which version, then what limits that."""
    effects = view.effects
    relation = between(effects, first, second, view.on)
    version = [one for one in relation.finding.because if one.about == "version-between"]
    return PairStanding(
        relation.bound,
        None if relation.bound else bound_from(view, first, second),
        tuple(view.sentence(each) for each in (relation.finding, *version)),
        tuple(view.sentence(reasons.standing(effects, code, view.on)) for code in (first, second)),
        tuple(groups(view, relation, first, second)),
    )


def bound_from(view: View, first: str, second: str) -> date | None:
    """The first day after the day asked about on which the two are bound to each other with no further act."""
    codes = {first, second}
    days = {day for (_, code), day in view.effects.dates.items() if code in codes and day and day > view.on}
    return next((day for day in sorted(days) if between(view.effects, first, second, day).bound), None)


def groups(view: View, relation: Relation, first: str, second: str) -> Iterator[PairGroup]:
    """The sections of a pair that are not empty, each ground with the statements on which it rests."""
    for anchor, about, heading in GROUPS:
        found = [one for one in relation.finding.because if one.about == about]
        grounds = tuple(PairGround(view.sentence(one), made(view, *one.acts)) for one in found)
        if grounds:
            yield PairGroup(anchor, view.words.gettext(heading), grounds)
    idle = [
        each
        for each in view.effects.objections
        if each.act.date <= view.on
        and each.act not in relation.objections
        and {each.act.participant, each.act.addressee or (second if each.act.participant == first else first)}
        == {first, second}
    ]
    if idle:
        words = view.words
        grounds = tuple(
            PairGround(
                words.gettext("Communicated; it has no effect between the two on this day.")
                if each.act.addressee
                else words.gettext("It names no addressee: whether it concerns the other is left to the reader."),
                made(view, each.act),
            )
            for each in idle
        )
        yield PairGroup("communicated", words.gettext("Objections without effect between them"), grounds)


def made(view: View, *acts: Act) -> tuple[tuple[Link, Statement], ...]:
    """The statements of acts, each with its author."""
    return tuple((view.participant(act.participant), statement(view, act)) for act in acts)


def related_parties(view: View, whose: str) -> Iterator[RelatedParty]:
    """The other participants to which a participant is bound, or will be with no further act: the day, the version."""
    for code in sorted(view.effects.codes, key=lambda code: view.words.sort_key(view.name(code))):
        if code == whose:
            continue
        relation, day = between(view.effects, whose, code, view.on), view.on
        if not relation.bound and (coming := bound_from(view, whose, code)):
            relation, day = between(view.effects, whose, code, coming), coming
        if relation.bound and relation.since:
            shared = tuple(identifier for identifier, _ in relation.amendments)
            link = Link(view.name(code), view.addresses.relations(whose, code))
            since = day if day > view.on else relation.since
            yield RelatedParty(link, since, shared, len(relation.reservations))


def matrix_page(view: View) -> MatrixPage:
    """All parties, grouped by the amendments that bind them, and in the order in which they became parties."""
    effects, versions = view.effects, defaultdict(list)
    parties = effects.parties(view.on)
    for code in parties:
        versions[binding_amendments(view, code)].append(code)
    kinds = sorted(versions, key=lambda version: (len(version), version))
    related = []
    for code in parties:
        episode = effects.episode_at(code, view.on)
        if episode is not None and episode.since is not None:
            link = Link(view.name(code), view.addresses.relations(code))
            count = len(standing_reservations(effects, code, view.on))
            related.append(RelatedParty(link, episode.since, binding_amendments(view, code), count))
    return MatrixPage(
        frame=view.frame(view.treaty),
        treaty=view.treaty,
        versions=tuple(
            Version(mine, len(versions[mine]), tuple(tuple(one for one in mine if one in theirs) for theirs in kinds))
            for mine in kinds
        ),
        parties=tuple(sorted(related, key=lambda party: (party.since, view.words.sort_key(party.participant.words)))),
        choose=view.addresses.relations(),
    )


def binding_amendments(view: View, code: str) -> tuple[str, ...]:
    """The amendments by which a party is bound on the day."""
    days = ((one, view.effects.amendment_binds_from(one, code)) for one in view.effects.history.amendments)
    return tuple(identifier for identifier, day in days if day is not None and day <= view.on)
