"""Article 64(1)-(2). Signature.

1. This Convention shall be open to all States for signature in Hanoi in 2025 and thereafter at United
Nations Headquarters in New York until 31 December 2026.
2. This Convention shall also be open for signature by regional economic integration organizations,
provided that at least one member State of such an organization has signed this Convention.
"""

from datetime import date

from depositary.law.acts import Act
from depositary.law.articles import denunciation, entry_into_force
from depositary.law.history import LATER, History, Refusal, Unsigned


def sign(history: History, act: Act) -> Refusal:
    """64(1): enters a signature, once, within a period and at its place, before any consent.

    The last day of a period is within it (reading "signature-until-is-inclusive"). A place that was not recorded
    is taken for the right one. One that has withdrawn its instrument may still sign ("open to all States").
    """
    code, day, place = act.participant, act.date, act.place
    wrong: Refusal = ()
    for since, until, where in history.open_for_signature:
        if since <= day <= until and (place == where or not place or not where):
            break
    else:
        wrong = shut(history, day)
    if code in history.signatures or code in history.consents or code in history.past:
        wrong += obstacles(history, act)
    if code in history.organizations and not member_has_signed(history, act):
        wrong += ("reio-signature-without-member",)
    if not wrong:
        history.signatures[code] = act
    return wrong


def succeed(history: History, act: Act) -> Refusal:
    """Enters a State's succession to the signature of its predecessor: no period and no place bind it."""
    code = act.participant
    wrong = obstacles(history, act)
    if not wrong:
        history.signatures[code] = act
    return wrong


def obstacles(history: History, act: Act) -> Refusal:
    """What stands in the way of a signature by one that has done something before: it stands, or consent followed."""
    code, wrong = act.participant, list[str]()
    if code in history.signatures:
        wrong.append("duplicate-signature")
    if has_consented(history, code, act.date):
        wrong.append("signature-after-consent")
    return tuple(wrong)


def withdraw(history: History, act: Act) -> Refusal:
    """VCLT 18: a signatory may withdraw its signature unless its instrument stands or it has been a party."""
    code = act.participant
    if code not in history.signatures:
        return ("withdrawal-without-signature",) if history.late else LATER
    if has_consented(history, code, act.date):
        return ("withdrawal-without-signature",)
    history.unsigned.setdefault(code, []).append(Unsigned(history.signatures.pop(code), act))
    return ()


def has_consented(history: History, code: str, on: date) -> bool:
    """Whether an instrument of a participant stands on a day, or it has been a party."""
    return denunciation.holds(history, code, on) or has_been_party(history, code)


def has_been_party(history: History, code: str) -> bool:
    """Whether a participation of one that ended had taken effect; one that only withdrew may still sign."""
    ended = history.past.get(code, [])
    if code in history.consents:
        since = entry_into_force.since(history, history.consents[code])
        ended = [*ended, denunciation.current(history, code, since)]
    return any(episode.took_effect for episode in ended)


def shut(history: History, day: date) -> Refusal:
    """64(1): why nobody could sign there on a day: it is open elsewhere, or nowhere."""
    somewhere = any(since <= day <= until for since, until, _ in history.open_for_signature)
    return ("signature-at-wrong-place",) if somewhere else ("signature-outside-period",)


def member_has_signed(history: History, act: Act) -> bool:
    """64(2): at least one member State, of that day, has signed; on the same day is enough."""
    if not history.clauses.reio.signature_needs_member:
        return True
    members = history.participants.members(act.participant, act.date)
    return any(member in history.signatures for member in members)
