"""Article 64(1)-(2). Signature.

1. This Convention shall be open to all States for signature in Hanoi in 2025 and thereafter at United
Nations Headquarters in New York until 31 December 2026.
2. This Convention shall also be open for signature by regional economic integration organizations,
provided that at least one member State of such an organization has signed this Convention.
"""

from depositary.acts import Act
from depositary.law.history import History, Refusal


def sign(history: History, act: Act) -> Refusal:
    """64(1): enters a signature, once, within a period and at its place, before any consent."""
    code = act.participant
    wrong: list[str] = []
    if history.clauses.signature is not None:
        wrong += place_and_time(history, act)
    if code in history.signatures:
        wrong.append("duplicate-signature")
    if code in history.consents or code in history.past:
        wrong.append("signature-after-consent")
    if code in history.organizations and not member_has_signed(history, act):
        wrong.append("reio-signature-without-member")
    if not wrong:
        history.signatures[code] = act
    return tuple(wrong)


def place_and_time(history: History, act: Act) -> Refusal:
    """64(1): the last day of a period is within it (reading "signature-until-is-inclusive")."""
    assert history.clauses.signature is not None
    day, place = act.date, act.place
    open_anywhere = False
    for period in history.clauses.signature.periods:
        if period.since <= day <= period.until:
            if not place or not period.place or place == period.place:
                return ()
            open_anywhere = True
    return ("signature-at-wrong-place",) if open_anywhere else ("signature-outside-period",)


def member_has_signed(history: History, act: Act) -> bool:
    """64(2): at least one member State, of that day, has signed; on the same day is enough."""
    if not history.clauses.reio.signature_needs_member:
        return True
    members = history.participants.members(act.participant, act.date)
    return any(member in history.signatures for member in members)
