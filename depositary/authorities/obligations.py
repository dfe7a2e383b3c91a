"""What each participant owes the depositary (37(6), 37(19), 40(12)-(13), 41(2), 53(7), 64(3)-(4), 17(2)(d), 50(5)).

Each duty is checked where its fulfilment is recorded: designations here, communications and declarations of competence
in the main register. Silence is shown as silence, and nothing is concluded from it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from depositary.authorities.designations import Designation, Function
from depositary.authorities.entries import AuthorityEntry
from depositary.authorities.validity import Held, held
from depositary.law.acts import Act
from depositary.law.effects import Effects

When = Literal["at deposit", "at signature or at deposit", "no date stated", "continuing", "in the instrument"]
DutyState = Literal["furnished", "to enter", "overdue", "not received", "silent"]
"""`to enter`: it was notified, and the register of authorities does not have it yet. `overdue`: a day is stated, and it
has passed. `not received`: no day is stated. `silent`: nothing need be said, and nothing was; it does not mean no."""


@dataclass(frozen=True, slots=True)
class Duty:
    """A provision that obliges participants to furnish something; `function` names the designation that fulfils it."""

    provision: str
    when: When
    function: Function | None = None
    of: Literal["all", "states", "organizations"] = "all"


DUTIES: tuple[Duty, ...] = (
    Duty("41(2)", "no date stated", "point of contact"),
    Duty("40(12)(c)", "at deposit", "central authority"),
    Duty("40(13)", "at deposit", "central authority"),
    Duty("37(19)", "at signature or at deposit", "extradition authority"),
    Duty("37(6)(a)", "at deposit", "extradition authority"),
    Duty("53(7)", "no date stated", "prevention authority"),
    Duty("17(2)(d)", "continuing", of="states"),
    Duty("50(5)", "continuing", of="states"),
    Duty("64(3)-(4)", "in the instrument", of="organizations"),
)


@dataclass(frozen=True, slots=True)
class Furnished:
    """Information that was furnished, with its note or communication and its day."""

    what: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Owed:
    """The state of a duty of a participant. `since` is the day on which it was due; None where no day is stated."""

    duty: Duty
    state: DutyState
    since: date | None
    furnished: tuple[Furnished, ...]


def owed(
    effects: Effects, entries: Iterable[AuthorityEntry], code: str, on: date, at: datetime | None = None
) -> tuple[Owed, ...]:
    """The duties on a day of a participant that has consented; none before consent, and none for a former party."""
    return _owed(effects, [one for one in held(entries, at) if one.entry.participant == code], code, on)


def board(
    effects: Effects, entries: Iterable[AuthorityEntry], on: date, at: datetime | None = None
) -> dict[str, tuple[Owed, ...]]:
    """The duties of each participant, by code, without participants that owe nothing."""
    of: dict[str, list[Held]] = {}
    for standing in held(entries, at):
        of.setdefault(standing.entry.participant, []).append(standing)
    found = {code: _owed(effects, of.get(code, []), code, on) for code in effects.codes}
    return {code: owes for code, owes in found.items() if owes}


def _owed(effects: Effects, designated: Sequence[Held], code: str, on: date) -> tuple[Owed, ...]:
    episode = effects.episode_at(code, on)
    if episode is None:
        return ()
    organization = code in effects.participants.organizations
    acts = [act for act in effects.case.acts if act.participant == code and act.date <= on]
    found = []
    for duty in DUTIES:
        if duty.of == ("states" if organization else "organizations"):
            continue
        entered, told = _designated(duty, designated, on), _communicated(duty, acts)
        dated = duty.when not in ("no date stated", "continuing")
        since = episode.consent.date if dated else None
        is_to_be_entered = bool(told) and not entered and duty.function is not None
        state: DutyState = "to enter" if is_to_be_entered else _state(duty, (*entered, *told), since, on)
        found.append(Owed(duty, state, since, (*entered, *told)))
    return tuple(found)


def _state(duty: Duty, furnished: Sequence[Furnished], since: date | None, on: date) -> DutyState:
    if furnished:
        return "furnished"
    if duty.provision == "37(6)(a)":
        return "silent"
    return "overdue" if since is not None and since < on else "not received"


def _designated(duty: Duty, designated: Sequence[Held], on: date) -> list[Furnished]:
    return [
        Furnished(said, standing.designation.note, standing.designation.note_date or standing.since)
        for standing in designated
        if standing.designation.function == duty.function
        and standing.on(on)
        and (said := _says(duty, standing.designation))
    ]


def _says(duty: Duty, designation: Designation) -> str:
    """The text of a designation that fulfils a duty, mostly the authority's name; "" where it has none."""
    if duty.provision == "40(13)":
        return ", ".join(language.tag for language in designation.languages)
    return designation.legal_basis if duty.provision == "37(6)(a)" else designation.authority


def _communicated(duty: Duty, acts: Sequence[Act]) -> list[Furnished]:
    """The notifications and declarations to the depositary under the provision, or under its article and paragraph."""
    provisions = ("64(3)", "64(4)") if duty.function is None and duty.of == "organizations" else (duty.provision,)
    return [
        Furnished(act.text, act.source, act.date)
        for act in acts
        if act.action in ("notification", "declaration")
        and any(act.provision == one or one.startswith(f"{act.provision}(") for one in provisions if act.provision)
    ]
