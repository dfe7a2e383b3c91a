"""Two participants: whether they are bound to each other, since when, by which version; and all of them at once."""

from collections import defaultdict
from collections.abc import Iterator

from depositary.law import reasons
from depositary.law.relations import Relation, between, standing_reservations
from depositary.web.parts import Choice, Link, Selection
from depositary.web.public.overview_pages import MatrixPage, RelationsPage
from depositary.web.public.overview_parts import PairStanding, RelatedParty, Version
from depositary.web.public.parts import ParticipantStatements, Statement
from depositary.web.public.statements import statement
from depositary.web.query import Unanswerable
from depositary.web.view import View


def relations_page(view: View, first: str = "", second: str = "") -> RelationsPage:
    """How two participants stand to each other; with only one, how it stands to every other party.

    Raises Unanswerable for a code that is nobody's.
    """
    for code in (first, second):
        if code and code not in view.participants:
            raise Unanswerable(404, "no-such-participant", code[:40])
    first, second = (first, second) if first else (second, "")
    second = "" if second == first else second
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
        others=tuple(related_parties(view, first)) if first and not second else (),
        matrix=view.addresses.matrix,
    )


def choices(view: View, chosen: str) -> tuple[Choice, ...]:
    """The participants that have acted under the treaty, by name, and the chosen participant."""
    codes = {*view.effects.codes, chosen} - {""}
    listed = sorted(codes, key=lambda code: view.words.sort_key(view.name(code)))
    return Choice("", "—", not chosen), *(Choice(code, view.name(code), code == chosen) for code in listed)


def between_two(view: View, first: str, second: str) -> PairStanding:
    """The relation of two participants: in sentences, with the standing and the reservations of each."""
    effects = view.effects
    relation = between(effects, first, second, view.on)
    return PairStanding(
        relation.bound,
        tuple(view.sentence(each) for each in relation.finding),
        tuple(view.sentence(reasons.standing(effects, code, view.on)) for code in (first, second)),
        tuple(
            ParticipantStatements(view.participant(code), reservations_of(view, relation, code))
            for code in (first, second)
        ),
    )


def reservations_of(view: View, relation: Relation, code: str) -> tuple[Statement, ...]:
    """The reservations of a participant that apply between the two, and its objections."""
    objections = [a for a in view.effects.history.other if a.participant == code and a.action == "objection"]
    mine = [act for act in relation.reservations if act.participant == code]
    return tuple(statement(view, act) for act in (*mine, *(objections if relation.bound else ())))


def related_parties(view: View, whose: str) -> Iterator[RelatedParty]:
    """The other parties to which a party is bound, with the day and the version; empty for a non-party."""
    parties = sorted(view.effects.parties(view.on), key=lambda code: view.words.sort_key(view.name(code)))
    for code in parties:
        relation = between(view.effects, whose, code, view.on)
        if code != whose and relation.bound and relation.since:
            shared = tuple(identifier for identifier, _ in relation.amendments)
            link = Link(view.name(code), view.addresses.relations(whose, code))
            yield RelatedParty(link, relation.since, shared, len(relation.reservations))


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
