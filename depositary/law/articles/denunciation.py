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

from datetime import date

from depositary.law.acts import Act
from depositary.law.articles import entry_into_force
from depositary.law.dates import ONE_DAY
from depositary.law.history import Denounced, Episode, History, Refusal


def denounce(history: History, act: Act) -> Refusal:
    """67(1): enters a denunciation by a party.

    Where the treaty must have been in force for the party for some years, the anniversary is late enough (as for
    the United States and the Paris Agreement, 4 November 2019). One by a participant that is not a party yet is a
    communication without effect; by the other reading ("denunciation-before-party") it withdraws the instrument.
    """
    code = act.participant
    if history.denunciation_day is None:
        return ("action-not-provided-for",)
    instrument = history.consents.get(code)
    since = entry_into_force.since(history, instrument) if instrument else None
    left_on = leaves_on(history, code) if instrument else None
    if since is None or since > act.date or (left_on is not None and left_on <= act.date):
        if instrument and left_on is None and "denunciation-before-party" in history.otherwise:
            return withdraw(history, act)
        return ("denunciation-by-non-party",)
    if code in history.denunciations:
        return ("duplicate-denunciation",)
    if history.earliest_denunciation is not None and act.date < history.earliest_denunciation(since):
        return ("denunciation-too-early",)
    history.denunciations[code] = Denounced(act, history.denunciation_day(act.date))
    return ()


def withdraw(history: History, act: Act) -> Refusal:
    """65(1), 67(1): an instrument may be withdrawn until the treaty is in force for its depositor.

    It is then no longer counted. A party denounces instead.
    """
    code = act.participant
    instrument = history.consents.get(code)
    if instrument is None or (code in history.denunciations and has_left(history, code, act.date)):
        return ("withdrawal-without-instrument",)
    since = entry_into_force.since(history, instrument)
    if since is not None and since <= act.date:
        return ("withdrawal-after-entry-into-force",)
    del history.consents[code]
    history.past.setdefault(code, []).append(Episode(instrument, None, act.date, act))
    entry_into_force.discount(history, act)
    return ()


def revoke(history: History, act: Act) -> Refusal:
    """VCLT 68: a denunciation may be revoked before the day it takes effect, not on it."""
    code = act.participant
    denounced = history.denunciations.get(code)
    if denounced is None:
        return ("revocation-without-denunciation",)
    if denounced.effective <= act.date:
        return ("revocation-too-late",)
    del history.denunciations[code]
    return ()


def leaves_on(history: History, code: str) -> date | None:
    """The day on which the participation that began with the standing consent ends, for whatever cause.

    67(1): its own denunciation; 67(2): its members'; 67(3): that of the convention; or the end of the State.
    None: nothing ends it.
    """
    days = []
    if code in history.denunciations:
        days.append(history.denunciations[code].effective)
    if code in history.organizations and (day := organization_ceases_on(history, code)):
        days.append(day)
    if history.convention is not None and (day := convention_ends_on(history, code)):
        days.append(day)
    if code in history.participants.extinct:
        days.append(history.participants.extinct[code] + ONE_DAY)
    return min(days, default=None)


def has_left(history: History, code: str, on: date) -> bool:
    """Whether the participation has ended by a day."""
    day = leaves_on(history, code)
    return day is not None and day <= on


def ended_by(history: History, code: str) -> Act | None:
    """The act that ends the participation, where one does: the denunciation of the treaty or its convention."""
    day = leaves_on(history, code)
    denounced = history.denunciations.get(code)
    if denounced is not None and denounced.effective == day:
        return denounced.act
    if history.convention is not None and code in history.consents:
        episode = history.convention.episode_at(code, history.consents[code].date)
        if episode is not None and episode.until == day:
            return episode.ended_by
    return None


def organization_ceases_on(history: History, organization: str) -> date | None:
    """67(2): the day on which all members of an organization have denounced; None while one has not.

    That is the day on which the last denunciation by a member that had become a party takes effect; members
    that never joined do not block. By the other reading ("reio-ceases-with-its-members") every member must have
    denounced, without exception.
    """
    nowhere = history.clauses.reio.ceases_with_members == ""
    if nowhere or organization not in history.consents or not history.denunciations:
        return None
    everyone = "reio-ceases-with-its-members" in history.otherwise
    for day in sorted({one.effective for one in history.denunciations.values()}):
        if day <= history.consents[organization].date:
            continue
        members = history.participants.members(organization, day)
        denounced = {
            member
            for member in members
            if member in history.denunciations and history.denunciations[member].effective <= day
        }
        joined = members if everyone else {member for member in members if member in history.consents}
        if denounced and denounced >= joined:
            return day
    return None


def convention_ends_on(history: History, code: str) -> date | None:
    """67(3), 61(2): a protocol ends for a participant on the day on which its convention does."""
    assert history.convention is not None
    clause = history.convention.clauses.denunciation
    episode = history.convention.episode_at(code, history.consents[code].date)
    if episode is None or episode.until is None:
        return None
    entailed = clause is not None and "protocols" in clause.entails
    return episode.until if entailed or episode.since is None else None
