"""Article 67. Denunciation.

    1. A State Party may denounce this Convention by written notification to the Secretary-General of the United
    Nations. Such denunciation shall become effective one year after the date of receipt of the notification.
    2. A regional economic integration organization shall cease to be a Party to this Convention when all of its
    member States have denounced it.
    3. Denunciation of this Convention in accordance with paragraph 1 of this article shall entail the
    denunciation of any protocols thereto.

Until the day of effect the party stays a party. Falling below the number required for entry into force changes
nothing (VCLT 55).
"""

from bisect import bisect_right
from datetime import date

from depositary.law.acts import OF_ONE_STEP, STEP_OF_67_2, STEP_OF_LATE_WITHDRAWALS, Act, order_of
from depositary.law.articles import entry_into_force, protocols
from depositary.law.dates import ONE_DAY
from depositary.law.history import LATER, Cause, Denounced, Episode, History, Refusal


def denounce(history: History, act: Act) -> Refusal:
    """67(1): enters a denunciation by a party.

    Where the treaty must have been in force for the party for some years, the anniversary is late enough (as for
    the United States and the Paris Agreement, 4 November 2019). One by a participant that is not a party yet is a
    communication without effect; by the other reading ("denunciation-before-party") it withdraws the instrument.
    """
    code = act.participant
    if history.denunciation_day is None:
        return ("action-not-provided-for",)
    if not holds(history, code, act.date):
        return ("denunciation-by-non-party",)
    since = entry_into_force.since(history, history.consents[code])
    if since is None or since > act.date:
        if "denunciation-before-party" in history.otherwise:
            end(history, code, act.date, "withdrawal", act)
            return ()
        return ("denunciation-by-non-party",)
    if code in history.denunciations:
        return ("duplicate-denunciation",)
    if history.earliest_denunciation is not None and act.date < history.earliest_denunciation(since):
        return ("denunciation-too-early",)
    denounced = history.denunciations[code] = Denounced(act, history.denunciation_day(act.date))
    if code in history.participants.organizations_and_members:
        history.plan(order_of(denounced.effective), take_effect, code, denounced)
    return ()


def withdraw(history: History, act: Act) -> Refusal:
    """65(1), 67(1): an instrument may be withdrawn until the treaty is in force for its depositor.

    It is then no longer counted. A party denounces instead.
    """
    code = act.participant
    if not holds(history, code, act.date):
        return ("withdrawal-without-instrument",) if history.late else LATER
    since = entry_into_force.since(history, history.consents[code])
    if since is not None and since <= act.date:
        return ("withdrawal-after-entry-into-force",)
    end(history, code, act.date, "withdrawal", act)
    return ()


def revoke(history: History, act: Act) -> Refusal:
    """VCLT 68: a denunciation may be revoked before the day it takes effect, not on it."""
    code = act.participant
    denounced = history.denunciations.get(code)
    if denounced is None:
        if not history.late:
            return LATER
        once = any(episode.denounced for episode in history.past.get(code, ()))
        return ("revocation-too-late",) if once else ("revocation-without-denunciation",)
    if has_left(history, code, act.date):
        return ("revocation-too-late",)
    del history.denunciations[code]
    history.revoked.append((denounced, act))
    return ()


# How a participation ends


def holds(history: History, code: str, on: date) -> bool:
    """Whether a participant's instrument stands on a day, in force or not."""
    return code in history.consents and not has_left(history, code, on)


def has_left(history: History, code: str, on: date) -> bool:
    """Whether the participation of the last instrument has ended by a day, by a denunciation or with the State.

    Every other end, and an organization's, is entered on its day.
    """
    denounced = history.denunciations.get(code)
    if denounced is not None and denounced.effective <= on:
        return True
    extinct = history.participants.extinct
    return code in extinct and extinct[code] < on


def close(history: History, code: str) -> None:
    """Puts a participation that has ended among the past ones, before a new one begins."""
    ended = current(history, code, entry_into_force.since(history, history.consents[code]))
    history.past.setdefault(code, []).append(ended)
    del history.consents[code]
    history.denunciations.pop(code, None)
    history.competence.discard(code)


def current(history: History, code: str, since: date | None) -> Episode:
    """The participation of the last instrument as it looks by now; `since` when it is in force."""
    instrument, denounced = history.consents[code], history.denunciations.get(code)
    last_day = history.participants.extinct.get(code)
    if last_day is not None and (denounced is None or last_day < denounced.effective):
        since = since if since is not None and since <= last_day else None
        return Episode(instrument, since, last_day + ONE_DAY, "extinction", None, denounced)
    if denounced is not None:
        return Episode(instrument, since, denounced.effective, "denunciation", denounced.act, denounced)
    return Episode(instrument, since)


def end(history: History, code: str, on: date, cause: Cause, act: Act | None) -> None:
    """Ends a participation on a day. One that ends before the treaty is in force for it is as if withdrawn.

    The protocol's end with its convention comes before an entry into force on the same day (61(2)).
    """
    instrument, denounced = history.consents.pop(code), history.denunciations.pop(code, None)
    since = entry_into_force.since(history, instrument)
    if since is not None and (since > on or (since == on and cause == "convention")):
        since = None
    history.past.setdefault(code, []).append(Episode(instrument, since, on, cause, act, denounced))
    history.competence.discard(code)
    entry_into_force.discount(history, code, on)
    if history.denounced and code in history.participants.organizations_and_members:
        history.plan(order_of(on, STEP_OF_67_2), cease, on)


def take_effect(history: History, code: str, denounced: Denounced) -> None:
    """67(1): on the day a denunciation takes effect, for an organization or a member of one.

    Nothing takes effect that was revoked, or where something else ended the participation first.
    """
    if history.denunciations.get(code) is not denounced or has_left(history, code, denounced.effective - ONE_DAY):
        return
    if code in history.organizations:
        end(history, code, denounced.effective, "denunciation", denounced.act)
    else:
        history.denounced.add(code)
        history.plan(order_of(denounced.effective) + 1, cease, denounced.effective)


# 67(2)


def watch_members(history: History, instrument: Act) -> None:
    """67(2): looks at an organization's members on each day on which one joins, leaves or ceases to exist."""
    if history.clauses.reio.ceases_with_members == "":
        return
    if history.denounced:
        history.plan(order_of(instrument.date, STEP_OF_67_2), cease, instrument.date)
    days = history.participants.turning_days(instrument.participant)
    if after := days[bisect_right(days, instrument.date) :]:
        history.plan(order_of(after[0]) + 1, turn, instrument, after)


def turn(history: History, instrument: Act, days: tuple[date, ...]) -> None:
    """67(2): on the first of the days on which the membership changes."""
    if history.consents.get(instrument.participant) is instrument:
        cease(history, days[0])
        if days[1:]:
            history.plan(order_of(days[1]) + 1, turn, instrument, days[1:])


def cease(history: History, on: date) -> None:
    """67(2): an organization ceases to be a party on the first day on which all its members have denounced.

    It is a fact of that day, which no later act revives or moves. An instrument not yet in force lapses.
    """
    if history.clauses.reio.ceases_with_members == "":
        return
    for organization in sorted(history.organizations.intersection(history.consents)):
        if holds(history, organization, on) and all_have_denounced(history, organization, on):
            end(history, organization, on, "members", None)


def all_have_denounced(history: History, organization: str, on: date) -> bool:
    """67(2): whether one at least of the members of a day has denounced with effect, and none holds any more.

    Members that never joined do not stand in the way. By the other reading ("reio-ceases-with-its-members") all
    members must have denounced, without exception.
    """
    members = history.participants.members(organization, on)
    gone = members & history.denounced
    if not gone or any(holds(history, member, on) for member in members):
        return False
    return gone == members or "reio-ceases-with-its-members" not in history.otherwise


# 67(3)


def follow_convention(history: History, instrument: Act) -> None:
    """61(2), 67(2)-(3): plans the end of a protocol's instrument for the day the convention ends for its depositor."""
    assert history.convention is not None
    under = protocols.participation(history.convention, instrument)
    if under is None or under.until is None:
        return
    clause = history.convention.clauses.denunciation
    if under.cause == "denunciation" and (clause is None or "protocols" not in clause.entails):
        return
    order = order_of(under.until)
    if under.cause == "withdrawal":
        late = under.until in (under.consent.date, instrument.date)
        order = order_of(under.until, STEP_OF_LATE_WITHDRAWALS if late else 1) + OF_ONE_STEP - 1
    history.plan(order, fall, instrument, under)


def fall(history: History, instrument: Act, under: Episode) -> None:
    """61(2), 67(3): ends a protocol's instrument with the participation in the convention it was deposited under."""
    code = instrument.participant
    assert under.until is not None
    if history.consents.get(code) is not instrument or has_left(history, code, under.until):
        return
    end(history, code, under.until, "convention", under.ended_by)
    if under.cause == "denunciation":
        history.denounced.add(code)
        history.plan(order_of(under.until) + 1, cease, under.until)
