"""Two participants: whether they are bound to each other, since when, by which version, and but for what.

Article 66(5); VCLT 30(4)(b) and 40(4): between a party to the amended treaty and one that is not, the version by
which both are bound governs. VCLT 20(4)(b), 21 and 29: an objection may keep the treaty from being in force between
the two, or a provision from applying; a reservation modifies it; a territory may be left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from depositary.law.acts import Act
from depositary.law.articles.objections import Objection
from depositary.law.articles.reservations import same
from depositary.law.effects import Effects
from depositary.law.findings import Finding
from depositary.law.history import Episode


@dataclass(frozen=True, slots=True)
class Relation:
    """Between two participants on a day. `amendments` are those that bind both, each with the day it began to.

    `reservations` are the ones in force between them, by either; `objections` those that have their effect, by either;
    `territories` the acts by which either leaves a territory out.
    """

    bound: bool
    since: date | None
    amendments: tuple[tuple[str, date], ...]
    reservations: tuple[Act, ...]
    finding: Finding
    objections: tuple[Act, ...] = ()
    territories: tuple[Act, ...] = ()


def between(effects: Effects, first: str, other: str, on: date) -> Relation:
    """How two participants stand to each other on a day. One has no such relation with itself."""
    if first == other:
        return Relation(False, None, (), (), Finding("one-with-itself", False))
    ours, theirs = in_force_at(effects, first, on), in_force_at(effects, other, on)
    if ours is None or theirs is None:
        return Relation(False, None, (), (), Finding("not-bound-to-each-other", False))
    effective = tuple(objections_between(effects, first, other, on))
    opposing = tuple(each for each in effective if each.precludes)
    if opposing:
        because = tuple(of_objection(effects, each, on) for each in opposing)
        finding = Finding("not-bound-by-objection", False, facts={"one": first, "other": other}, because=because)
        return Relation(False, None, (), (), finding, tuple(each.act for each in opposing))
    since = max(day for day in (ours.since, theirs.since) if day)
    shared = tuple(shared_amendments(effects, first, other, on))
    reservations = (*standing_reservations(effects, first, on), *standing_reservations(effects, other, on))
    excluded = (*excluded_territories(effects, first, ours, on), *excluded_territories(effects, other, theirs, on))
    version = Finding(
        "version-between",
        ", ".join(identifier for identifier, _ in shared),
        effects.clauses.number("amendment binding"),
        acts=tuple(effects.history.amendments[identifier].act for identifier, _ in shared),
    )
    objected = [each.act for objection in effective for each in objection.against]
    finding = Finding(
        "bound-to-each-other",
        since,
        facts={"one": first, "one_since": ours.since, "other": other, "other_since": theirs.since},
        because=(
            version,
            *(of_objection(effects, each, on) for each in effective),
            *(of_reservation(effects, act, on) for act in reservations if act not in objected),
            *(
                Finding("territory-left-out", act.date, "VCLT 29", facts={"text": act.text}, acts=(act,))
                for act in excluded
            ),
        ),
        acts=(ours.consent, theirs.consent),
    )
    return Relation(True, since, shared, reservations, finding, tuple(each.act for each in effective), excluded)


def shared_amendments(effects: Effects, first: str, other: str, on: date) -> Iterator[tuple[str, date]]:
    """66(5): the amendments that bind both on a day, each with the day from which it does."""
    for identifier in effects.history.amendments:
        days = [binds_at(effects, identifier, code, on) for code in (first, other)]
        if days[0] is not None and days[1] is not None and max(days[0], days[1]) <= on:
            yield identifier, max(days[0], days[1])


def binds_at(effects: Effects, identifier: str, code: str, on: date) -> date | None:
    """From when an amendment binds a participant in the participation that stands on a day."""
    places = [place for place, episode in enumerate(effects.episodes(code)) if episode.stands_on(on)]
    return effects.amendment_bound(identifier, code, places[0]) if places else None


def objections_between(effects: Effects, first: str, other: str, on: date) -> Iterator[Objection]:
    """VCLT 20 to 23: the objections of either to a reservation of the other that have their effect on a day."""
    for objection in effects.objections:
        if {objection.act.participant, objection.act.addressee} != {first, other} or not objection.acts_on(on):
            continue
        if any(each.state(on) == "standing" for each in objection.against):
            yield objection


def of_objection(effects: Effects, objection: Objection, on: date) -> Finding:
    """VCLT 20(4)(b), 21(3): what an objection effects between the two."""
    act, standing = objection.act, objection.against[-1]
    facts = {"objecting": act.participant, "reserving": act.addressee, "reserved": standing.provision}
    acts = (act, standing.act, *withdrawn_in_part(effects, standing.act, on))
    if objection.precludes:
        return Finding("objection-precludes", act.date, "VCLT 20(4)(b)", facts=facts, acts=acts)
    return Finding("provision-does-not-apply", act.date, "VCLT 21(3)", facts=facts, acts=acts)


def of_reservation(effects: Effects, act: Act, on: date) -> Finding:
    """VCLT 21(1): that a reservation stands between the two."""
    facts = {"reserving": act.participant, "reserved": act.provision or act.text}
    acts = (act, *withdrawn_in_part(effects, act, on))
    return Finding("reservation-between", act.date, "VCLT 21(1)", facts=facts, acts=acts)


def withdrawn_in_part(effects: Effects, act: Act, on: date) -> Iterator[Act]:
    """VCLT 22: the acts of a day or before it that withdraw a part of a reservation."""
    for reservation in effects.reservations(act.participant):
        if reservation.act is act:
            yield from (part for part in reservation.withdrawn_in_part if part.date <= on)


def in_force_at(effects: Effects, code: str, on: date) -> Episode | None:
    """The participation in force for a participant on a day."""
    if effects.standing(code, on) != "party":
        return None
    return effects.episode_at(code, on)


def standing_reservations(effects: Effects, code: str, on: date) -> tuple[Act, ...]:
    """63(3)-(4): the reservations of a participant that stand on a day, each provision's latest."""
    found: list[Act] = []
    for reservation in effects.reservations(code):
        if reservation.kind == "reservation" and reservation.state(on) == "standing":
            found = [*(act for act in found if not same(act, reservation.act)), reservation.act]
    return tuple(found)


def excluded_territories(effects: Effects, code: str, episode: Episode, on: date) -> Iterator[Act]:
    """VCLT 29: the acts of a participation that leave out a territory to which the treaty was not extended since."""
    mine = [
        act
        for act in effects.history.other
        if act.participant == code
        and act.action == "territorial application"
        and episode.consent.date <= act.date <= on
    ]
    for place, act in enumerate(mine):
        later = mine[place + 1 :]
        if act.effect == "excludes" and not any(each.text == act.text and each.effect for each in later):
            yield act
