"""VCLT 20 to 23. Objections to reservations.

    20(4)(b) An objection by another contracting State to a reservation does not preclude the entry into force of the
    treaty as between the objecting and reserving States unless a contrary intention is definitely expressed by the
    objecting State.
    20(5) A reservation is considered to have been accepted by a State if it shall have raised no objection to the
    reservation by the end of a period of twelve months after it was notified of the reservation or by the date on which
    it expressed its consent to be bound by the treaty, whichever is later.
    21(3) … the provisions to which the reservation relates do not apply as between the two States to the extent of the
    reservation.

An objection acts between the two alone; it never changes a count, a date or a participation.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from depositary.law.acts import Act
from depositary.law.articles.protocols import is_withdrawn_later_on
from depositary.law.articles.reservations import A_YEAR, LIVING, Reservation, is_authorized, same
from depositary.law.clauses import plain
from depositary.law.dates import ONE_DAY
from depositary.law.history import Episode, History

PRECLUDES = "precludes entry into force"

Episodes = Callable[[str], Sequence[Episode]]


@dataclass(frozen=True, slots=True)
class Objection:
    """An objection and what it effects: from the day `since` to the day before `until`; None: nothing.

    `against` are the reservations it is against. `asleep`: it came from one that was not contracting, and waits for
    its instrument or for being repeated with it. `late`: after the twelve months. `by_a_stranger`: from one not
    contracting on the day.
    """

    act: Act
    against: tuple[Reservation, ...]
    since: date | None = None
    until: date | None = None
    late: bool = False
    by_a_stranger: bool = False

    @property
    def precludes(self) -> bool:
        """20(4)(b): whether it definitely opposes entry into force between the two."""
        return self.act.effect == PRECLUDES

    def acts_on(self, day: date) -> bool:
        """Whether it has its effect on a day."""
        return self.since is not None and self.since <= day and (self.until is None or day < self.until)


def objections(
    history: History, episodes: Episodes, reservations: Callable[[str], Sequence[Reservation]]
) -> list[Objection]:
    """All objections, each with its effect."""
    return [
        objection(history, act, episodes, reservations(act.addressee))
        for act in history.other
        if act.action == "objection" and not act.subject
    ]


def objection(history: History, act: Act, episodes: Episodes, made: Sequence[Reservation]) -> Objection:
    """One objection. Without addressee, to an instrument or to an option of the text it is a communication.

    To a reservation that the treaty expressly authorizes it is one as well (VCLT 20(1)); by the other reading
    ("objection-to-authorized-reservation") it has its effect.
    """
    meant = [one for one in made if act.provision and one.kind == "reservation" and same(act, one.act)]
    before = [one for one in meant if one.act.date <= act.date]
    against = (*before, *(one for one in meant if one.act.date > act.date and confirms(one, before)))
    stranger = (
        bool(act.provision or not act.addressee)
        and not is_option(act, made)
        and not stands(episodes(act.participant), act.date)
    )
    if not against:
        return Objection(act, (), by_a_stranger=stranger)
    own = next((one for one in episodes(act.participant) if one.stands_on(act.date)), None)
    since: date | None = act.date
    if own is None:
        own = next((one for one in episodes(act.participant) if one.consent.date > act.date), None)
        signed = history.signature(act.participant, act.date) is not None
        since = own.consent.date if own is not None and signed else None
    late = is_late(history, act, against, own)
    if late or (is_authorized(act, history.clauses) and "objection-to-authorized-reservation" not in history.otherwise):
        since = None
    ends = [withdrawn_on(history, act), own.until if own is not None else None]
    theirs = next((one for one in episodes(act.addressee) if one.until is not None and one.until > act.date), None)
    ends.append(theirs.until if theirs is not None else None)
    return Objection(act, against, since, min((day for day in ends if day), default=None), late, stranger)


def confirms(later: Reservation, made: Sequence[Reservation]) -> bool:
    """VCLT 23(3): whether a reservation repeats, with the instrument, one of those made before it.

    An objection to the one made before need not be repeated.
    """
    return any(one.course[-1] == (later.act.date, "lapsed") for one in made)


def is_option(act: Act, made: Sequence[Reservation]) -> bool:
    """Whether an objection is against an option of the text that its addressee has used.

    Within a day an objection finds what was made that day, also where it is withdrawn later on that day.
    """
    options = [one for one in made if one.kind == "option" and same(act, one.act)]
    return any(one.act.date <= act.date < max(one.lives_until(), one.act.date + ONE_DAY) for one in options)


def stands(episodes: Sequence[Episode], day: date) -> bool:
    """Whether one is contracting when objections of a day are read (VCLT 2(1)(f)): its instrument stands, in force or
    not. One that is deposited and withdrawn on that day still stands then."""
    return any(one.stands_on(day) or is_withdrawn_later_on(one, day) for one in episodes)


def is_late(history: History, act: Act, against: Sequence[Reservation], own: Episode | None) -> bool:
    """VCLT 20(5): later than a year after the C.N. and than the day of one's own instrument.

    No period runs, and nothing is late, as long as no C.N. is known of one of the reservations; nor for those that live
    no more.
    """
    living = [one for one in against if one.state(act.date) in LIVING]
    days = [one.act.notified for one in living]
    if not living or None in days:
        return False
    last = history.after(A_YEAR, max(day for day in days if day is not None))
    return own is not None and act.date > max(last, own.consent.date)


def withdrawn_on(history: History, act: Act) -> date | None:
    """VCLT 22(2)-(3): the day on which an objection was withdrawn."""
    days = [
        other.date
        for other in history.other
        if other.action == "withdrawal of objection"
        and other.participant == act.participant
        and other.date >= act.date
        and (not other.addressee or other.addressee == act.addressee)
        and (not other.provision or plain(other.provision) == plain(act.provision))
    ]
    return min(days, default=None)


def refused_on(history: History, late: Reservation, episodes: Episodes) -> date | None:
    """The first day on which a contracting State objected to a late reservation, by the end of its circulation.

    To the reservation or to its lateness: one such objection is enough, for everybody.
    """
    days = [
        day
        for act in history.other
        if act.action == "objection"
        and not act.subject
        and act.addressee == late.act.participant
        and act.provision
        and same(act, late.act)
        and act.date >= late.act.date
        and (day := contracting_from(history, act, episodes)) is not None
        and (late.accepted_on is None or day <= late.accepted_on)
    ]
    return min(days, default=None)


def contracting_from(history: History, act: Act, episodes: Episodes) -> date | None:
    """The day from which an objection is one of a contracting State: its own, or that of a signatory's instrument."""
    if stands(episodes(act.participant), act.date):
        return act.date
    if history.signature(act.participant, act.date) is None:
        return None
    return next((one.consent.date for one in episodes(act.participant) if one.consent.date > act.date), None)
