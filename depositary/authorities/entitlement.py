"""The participants entitled to protected fields: the States Parties (41(2)), derived for the day, never listed."""

from datetime import date

from depositary.law.effects import Effects


def entitled(effects: Effects, on: date, *, contracting: bool = False) -> tuple[str, ...]:
    """The codes of the parties on a day; a party whose denunciation takes effect that day is not among them.

    Before the entry into force there are none; `contracting`, an officer's decision, takes in those who have consented
    then, and has no effect afterwards.
    """
    parties = effects.parties(on)
    before = effects.in_force_on is None or on < effects.in_force_on
    if not (contracting and before):
        return parties
    return tuple(code for code in effects.codes if effects.standing(code, on) in ("party", "contracting"))


def left(effects: Effects, on: date) -> frozenset[str]:
    """The codes of the former parties on a day. No list has their authorities."""
    return frozenset(code for code in effects.codes if effects.standing(code, on) == "former party")
