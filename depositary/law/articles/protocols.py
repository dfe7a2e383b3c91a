"""Articles 61 and 62. Protocols.

61(2) In order to become a Party to a protocol, a State or a regional economic integration organization must
also be a Party to this Convention.
61(3) A State Party to this Convention is not bound by a protocol unless it becomes a Party to the protocol
in accordance with the provisions thereof.
62(1) At least 60 States Parties shall be required before any supplementary protocol is considered for
adoption by the Conference of the States Parties.
"""

from collections.abc import Iterable
from datetime import date

from depositary.law.acts import Act
from depositary.law.history import Convention, Episode


def participation(convention: Convention, act: Act) -> Episode | None:
    """61(2): the participation in the convention under which an instrument of the protocol is deposited.

    None: it cannot be. The consent to the convention must stand on the day; one given on the same day is enough.
    An instrument of the convention replaced within one day does not end it: the last that replaced it counts.
    One of the convention that is withdrawn later on the day still stands when the protocol's is deposited.
    """
    episodes, day = convention.episodes(act.participant), act.date
    for place, episode in enumerate(episodes):
        if episode.stands_on(day) or is_withdrawn_later_on(episode, day):
            return last_of(episodes[place:])
    return None


def is_withdrawn_later_on(episode: Episode, day: date) -> bool:
    """Whether an instrument of the convention is withdrawn on a day, after instruments are deposited on it."""
    if episode.cause != "withdrawal" or episode.until != day or episode.ended_by is None:
        return False
    return episode.consent.date == day or episode.ended_by.action == "denunciation"


def last_of(episodes: tuple[Episode, ...]) -> Episode:
    """The last of those by which an instrument was replaced on the day it was withdrawn; the first where none was."""
    last, *following = episodes
    for episode in following:
        if last.cause != "withdrawal" or episode.consent.date != last.until:
            break
        last = episode
    return last


def quorum_reached_on(
    spans: Iterable[tuple[str, date, date | None]],
    organizations: frozenset[str],
    parties: int,
    *,
    count_all: bool,
) -> date | None:
    """62(1): the first day on which there are as many States Parties as required.

    `spans` are the participations: code, first day, first day outside. Organizations do not count; by the other
    reading ("sixty-parties", article 2(n)) they do.
    """
    changes: dict[date, int] = {}
    for code, since, until in spans:
        if code in organizations and not count_all:
            continue
        changes[since] = changes.get(since, 0) + 1
        if until is not None:
            changes[until] = changes.get(until, 0) - 1
    there = 0
    for day in sorted(changes):
        there += changes[day]
        if there >= parties:
            return day
    return None
