"""The validity of designations on a day, as known at an instant.

It is never stored: a designation ends where a later entry replaces it, withdraws it, or says that it was wrong.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from depositary.authorities.designations import Designation
from depositary.authorities.entries import AuthorityEntry
from depositary.authorities.missions import Mission
from depositary.clock import day_of

CONFIRMED_WITHIN = timedelta(days=365)
"""An authority whose last confirmation is older than this is unconfirmed: the list is circulated annually."""


@dataclass(frozen=True, slots=True)
class Held:
    """A designation with the days between which it held: the first, and the last (None: it still does)."""

    entry: AuthorityEntry
    since: date
    until: date | None
    origin: int
    """The entry with which it began, before any entry that replaced it."""

    @property
    def designation(self) -> Designation:
        assert self.entry.designation is not None
        return self.entry.designation

    def on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The last confirmation that an authority answers: when, by whom and how; `how` is "" for its own recording."""

    at: datetime
    by: str
    how: str


def entries_known(entries: Iterable[AuthorityEntry], at: datetime | None = None) -> list[AuthorityEntry]:
    """The entries recorded up to an instant; None gives all."""
    return [entry for entry in entries if at is None or entry.recorded_at <= at]


def held(entries: Iterable[AuthorityEntry], at: datetime | None = None) -> list[Held]:
    """Every designation that held at some time, as known at an instant, in the order of recording.

    A rectification stands in the place of the rectified entry, and has its successors.
    """
    recorded = entries_known(entries, at)
    by_number = {entry.number: entry for entry in recorded}
    wrong = {entry.concerns for entry in recorded if entry.what == "rectification"}

    def first(entry: AuthorityEntry) -> AuthorityEntry:
        """The first entry of a chain of rectifications; the entry itself where it rectifies none."""
        while entry.what == "rectification" and entry.concerns in by_number:
            entry = by_number[entry.concerns]
        return entry

    def origin(entry: AuthorityEntry) -> int:
        while entry.concerns in by_number:
            entry = by_number[entry.concerns]
        return entry.number

    ends: dict[int, date] = {}
    for entry in recorded:
        place = first(entry)
        ending = entry.designation or (entry.what == "withdrawal" and entry.number not in wrong)
        if entry.number in wrong or not place.concerns or not ending or entry.what in ("confirmation", "mission"):
            continue
        target = first(by_number[place.concerns]).number if place.concerns in by_number else place.concerns
        day = _begins(entry, place) if entry.designation else (entry.since or day_of(entry.recorded_at))
        ends[target] = min(ends.get(target, date.max), day)
    found = []
    for entry in recorded:
        if entry.designation is None or entry.number in wrong:
            continue
        place = first(entry)
        since, until = _begins(entry, place), entry.designation.valid_until
        if place.number in ends:
            until = min(until or date.max, ends[place.number] - timedelta(days=1))
        found.append(Held(entry, since, until, origin(entry)))
    return found


def _begins(entry: AuthorityEntry, place: AuthorityEntry) -> date:
    """The first day of a designation; where it names none, the day of its note, or of the first recording."""
    assert entry.designation is not None
    return entry.designation.valid_from or entry.designation.note_date or day_of(place.recorded_at)


def valid(entries: Iterable[AuthorityEntry], on: date, at: datetime | None = None) -> list[AuthorityEntry]:
    """The designations that held on a day, as known at an instant."""
    return [one.entry for one in held(entries, at) if one.on(on)]


def standing_entry(entries: Iterable[AuthorityEntry], number: int) -> AuthorityEntry | None:
    """The entry of a number; None where it was replaced, rectified or withdrawn and can no longer be changed."""
    rows = list(entries)
    gone = {entry.concerns for entry in rows if entry.what != "confirmation"}
    return next((entry for entry in rows if entry.number == number and number not in gone), None)


def confirmations(entries: Iterable[AuthorityEntry], at: datetime | None = None) -> dict[int, Confirmed]:
    """The last confirmation of each entry, by its number; its own recording counts."""
    found: dict[int, Confirmed] = {}
    for entry in entries_known(entries, at):
        number = entry.concerns if entry.what == "confirmation" else entry.number
        if number not in found or found[number].at <= entry.recorded_at:
            found[number] = Confirmed(entry.recorded_at, entry.recorded_by, entry.how)
    return found


def missions(entries: Sequence[AuthorityEntry], at: datetime | None = None) -> dict[str, Mission]:
    """The permanent missions by participant, as known at an instant."""
    found: dict[str, Mission] = {}
    by_number = {entry.number: entry for entry in entries}
    for entry in entries_known(entries, at):
        if entry.mission:
            found[entry.participant] = entry.mission
        elif entry.what == "withdrawal" and by_number[entry.concerns].mission:
            found.pop(entry.participant, None)
    return found


def mission_entry(entries: Iterable[AuthorityEntry], participant: str) -> AuthorityEntry | None:
    """The entry in which a participant's mission stands; None where there is none."""
    rows = list(entries)
    gone = {entry.concerns for entry in rows if entry.what == "withdrawal"}
    last = [entry for entry in rows if entry.mission and entry.participant == participant]
    return last[-1] if last and last[-1].number not in gone else None
