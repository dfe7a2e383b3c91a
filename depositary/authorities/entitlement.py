"""Who may receive what is protected: the States Parties (41(2)), derived for the day, never kept in a list."""

from datetime import date

from depositary.law.effects import Effects


def entitled(effects: Effects, on: date, *, contracting: bool = False) -> tuple[str, ...]:
    """The parties on a day, by code: one whose denunciation takes effect that day is none any more.

    Before the entry into force there are none; `contracting`, an officer's decision, takes in those who have consented
    then, and has no effect afterwards.
    """
    parties = effects.parties(on)
    before = effects.in_force_on is None or on < effects.in_force_on
    if not (contracting and before):
        return parties
    return tuple(code for code in effects.codes if effects.standing(code, on) in ("party", "contracting"))


def left(effects: Effects, on: date) -> frozenset[str]:
    """Those who were parties and are none any more on a day: their authorities stand in no list."""
    return frozenset(code for code in effects.codes if effects.standing(code, on) == "former party")
