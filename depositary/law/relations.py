"""Two participants: whether they are bound to each other, since when, and by which version of the treaty.

Article 66(5); VCLT 30(4)(b) and 40(4): between a party to the amended treaty and one that is not, the version by
which both are bound governs.
"""

from dataclasses import dataclass
from datetime import date

from depositary.law.acts import Act
from depositary.law.effects import Effects
from depositary.law.findings import Finding
from depositary.law.history import Episode


@dataclass(frozen=True, slots=True)
class Relation:
    """Between two participants on a day. `amendments` are those that bind both, each with the day it began to.

    `reservations` are the ones in force between them, by either.
    """

    bound: bool
    since: date | None
    amendments: tuple[tuple[str, date], ...]
    reservations: tuple[Act, ...]
    finding: Finding


def between(effects: Effects, one: str, other: str, on: date) -> Relation:
    """How two participants stand to each other on a day."""
    ours, theirs = in_force_at(effects, one, on), in_force_at(effects, other, on)
    if ours is None or theirs is None or ours.since is None or theirs.since is None:
        return Relation(False, None, (), (), Finding("not-bound-to-each-other", False))
    since = max(ours.since, theirs.since)
    shared = []
    for identifier in effects.history.amendments:
        days = (
            effects.amendment_binds_from(identifier, one),
            effects.amendment_binds_from(identifier, other),
        )
        if days[0] is not None and days[1] is not None and max(days[0], days[1]) <= on:
            shared.append((identifier, max(days[0], days[1], since)))
    amended = effects.clauses.amendment
    version = Finding(
        "version-between",
        ", ".join(identifier for identifier, _ in shared),
        amended.provision if amended else "",
        acts=tuple(effects.history.amendments[identifier].act for identifier, _ in shared),
    )
    finding = Finding(
        "bound-to-each-other",
        since,
        facts={"one": one, "one_since": ours.since, "other": other, "other_since": theirs.since},
        because=(version,),
        acts=(ours.consent, theirs.consent),
    )
    reservations = (*standing_reservations(effects, one, on), *standing_reservations(effects, other, on))
    return Relation(True, since, tuple(shared), reservations, finding)


def in_force_at(effects: Effects, code: str, on: date) -> Episode | None:
    """The participation in force for a participant on a day."""
    if effects.standing(code, on) != "party":
        return None
    return effects.episode_at(code, on)


def standing_reservations(effects: Effects, code: str, on: date) -> tuple[Act, ...]:
    """63(3)-(4): the reservations of a participant not withdrawn by a day, each provision's latest."""
    standing: dict[str, Act] = {}
    for act in effects.history.other:
        if act.participant != code or act.date > on or act.subject:
            continue
        if act.action == "reservation":
            standing[act.provision or act.text] = act
        elif act.action == "withdrawal of reservation":
            standing.pop(act.provision or act.text, None)
    return tuple(standing.values())
