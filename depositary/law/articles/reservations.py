"""Articles 63(3)-(4), 11(3), 23(3) and 42(5); VCLT 19 to 23. The life of a reservation.

    63(3) Each State Party may, at the time of signature, ratification, acceptance or approval of or accession to this
    Convention, declare that it does not consider itself bound by paragraph 2 of this article. …
    63(4) Any State Party that has made a reservation in accordance with paragraph 3 of this article may at any time
    withdraw that reservation by notification to the Secretary-General of the United Nations.

    VCLT 19: a reservation is made when signing, ratifying, accepting, approving or acceding. VCLT 23(2): one made when
    signing must be confirmed when consenting, and is then made on that day.

What a State calls its statement is kept and shown; the rules follow its class. No count, date or participation moves
by a reservation, so its life is told from the acts when somebody asks.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from depositary.law.acts import Act
from depositary.law.clauses import Clauses, plain
from depositary.law.dates import Period
from depositary.law.history import Episode, History

Class = Literal["", "reservation", "option"]

State = Literal[
    "made at signature",
    "premature",
    "standing",
    "lapsed",
    "proposed",
    "not accepted",
    "withdrawn",
    "ended",
]

LIVING: tuple[State, ...] = ("made at signature", "premature", "standing", "proposed")

A_YEAR = Period(years=1)
"""How long a late reservation is circulated, and how long one may object (VCLT 20(5))."""

WITHDRAWALS = ("withdrawal of reservation", "partial withdrawal of reservation")


@dataclass(slots=True)
class Reservation:
    """A reservation, or an option of the text, and its course: each state with the day from which it is in it.

    `unconfirmed`: made when signing and not repeated with the instrument. `late`: made after the instrument.
    `accepted_on`: the day on which a late one is accepted unless somebody objects; None while it is not notified.
    `falls_on`: the day at whose beginning it ends, before any act of that day, with its participation.
    """

    act: Act
    kind: Class
    course: list[tuple[date, State]] = field(default_factory=list)
    late: bool = False
    unconfirmed: bool = False
    accepted_on: date | None = None
    falls_on: date | None = None
    withdrawn_in_part: list[Act] = field(default_factory=list)

    @property
    def provision(self) -> str:
        return plain(self.act.provision)

    def state(self, on: date) -> State | None:
        """Its state at the end of a day; None before it was made."""
        return next((state for day, state in reversed(self.course) if day <= on), None)

    def lives_until(self) -> date:
        """The first day on which it no longer lives."""
        return next((day for day, state in self.course if state not in LIVING), date.max)

    def may_be_withdrawn_on(self, day: date) -> bool:
        """Whether it lives when the withdrawals of a day are read: one that lapses on that day still stood then."""
        until = self.lives_until()
        return day < until or (day == until and day != self.falls_on)

    def end(self, episode: Episode) -> None:
        """Ends it with its participation, where that has an end."""
        if episode.until is None or self.lives_until() <= episode.until:
            return
        self.change(episode.until, "ended")
        if episode.ended_by is None or episode.ended_by.date < episode.until:
            self.falls_on = episode.until

    def change(self, day: date, state: State) -> None:
        """Lets it come into a state on a day, and drops what would have come later."""
        self.course = [(on, was) for on, was in self.course if on < day or (on == day and was in LIVING)]
        self.course.append((day, state))


def class_of(act: Act, clauses: Clauses) -> Class:
    """What a statement is, whatever it is called: a reservation, an option of the text ("may require"), or neither."""
    provided = clauses.reservations
    provision = plain(act.provision)
    if act.action == "declaration":
        reserves = provided is not None and provision in map(plain, provided.provided_for)
        return "reservation" if reserves else ""
    if act.action != "reservation":
        return ""
    return "option" if provided is not None and provision in map(plain, provided.options) else "reservation"


def is_authorized(act: Act, clauses: Clauses) -> bool:
    """Whether the treaty expressly authorizes a reservation to the provision of an act."""
    provided = clauses.reservations
    return provided is not None and plain(act.provision) in map(plain, provided.provided_for)


def lives(
    history: History, code: str, episodes: Sequence[Episode], objected: Callable[[Reservation], date | None]
) -> tuple[list[Reservation], list[Act]]:
    """The reservations of a participant in the order in which they were made, and the withdrawals that found none.

    `objected`: the first day on which a contracting State objected to a late one by the end of its circulation.
    """
    acts = [act for act in history.other if act.participant == code and not act.subject]
    found = [
        begin(history, act, kind, episodes)
        for act in sorted(acts, key=lambda act: (act.date, act.order, act.provision, act.text))
        if (kind := class_of(act, history.clauses))
    ]
    for reservation in found:
        day = reservation.accepted_on
        if day is not None and day < reservation.lives_until() and objected(reservation) is not None:
            reservation.course.remove((day, "standing"))
            reservation.change(day, "not accepted")
    withdrawals = sorted(
        (act for act in acts if act.action in WITHDRAWALS),
        key=lambda act: (act.date, act.order, plain(act.provision), act.text, act.number),
    )
    return found, [act for act in withdrawals if not withdraw(act, found)]


def begin(history: History, act: Act, kind: Class, episodes: Sequence[Episode]) -> Reservation:
    """63(3): a reservation, and what becomes of it by itself, by the moment at which it was made (VCLT 19, 23(2))."""
    made = Reservation(act, kind)
    mine = next((one for one in episodes if one.stands_on(act.date) or one.consent.date == act.date == one.until), None)
    if mine is not None:
        if kind == "option" or mine.consent.date == act.date:
            made.course = [(act.date, "standing")]
        else:
            propose(history, made, mine)
        made.end(mine)
        return made
    signature = history.signature(act.participant, act.date)
    at_signature = signature is not None and signature.date == act.date
    made.course = [(act.date, "made at signature" if at_signature else "premature")]
    following = next((one for one in episodes if one.consent.date > act.date), None)
    withdrawn_on = unsigned_on(history, act)
    if withdrawn_on is not None and (following is None or withdrawn_on <= following.consent.date):
        made.change(withdrawn_on, "ended")
    elif following is not None:
        consent(history, made, following, at_signature=at_signature)
    return made


def unsigned_on(history: History, act: Act) -> date | None:
    """VCLT 18: the day on which the signature was withdrawn with which a reservation was made, and on which it ends."""
    withdrawn = history.unsigned.get(act.participant, ())
    return next((one.on for one in withdrawn if one.signature.date == act.date), None)


def propose(history: History, made: Reservation, mine: Episode) -> None:
    """A late reservation is circulated, and accepted a year after its C.N. unless somebody objects by then."""
    made.late = True
    made.course = [(made.act.date, "proposed")]
    if made.act.notified is not None:
        made.accepted_on = history.after(A_YEAR, max(made.act.notified, made.act.date))
        if mine.until is None or made.accepted_on < mine.until:
            made.course.append((made.accepted_on, "standing"))


def consent(history: History, made: Reservation, following: Episode, *, at_signature: bool) -> None:
    """VCLT 23(2): on the day of the instrument a reservation made before it is confirmed, or lapses.

    The one that repeats it stands from then on in its place. 63(3) itself names the moment of signature: by the other
    reading ("confirmation-of-63(3)") one made then stands without being repeated.
    """
    day = following.consent.date
    if made.kind == "option":
        made.course.append((day, "standing"))
    else:
        repeated = any(
            act.participant == made.act.participant
            and act.date == day
            and not act.subject
            and class_of(act, history.clauses) == "reservation"
            and same(act, made.act)
            for act in history.other
        )
        provided = history.clauses.reservations
        names_signature = provided is not None and made.provision in map(plain, provided.made_at_signature)
        if at_signature and not repeated and names_signature and "confirmation-of-63(3)" in history.otherwise:
            made.course.append((day, "standing"))
        else:
            made.unconfirmed = at_signature and not repeated
            made.course.append((day, "lapsed"))
    made.end(following)


def same(act: Act, other: Act) -> bool:
    """Whether two acts reserve the same: by their provision, or by their words where they name none."""
    if act.provision or other.provision:
        return plain(act.provision) == plain(other.provision)
    return act.text == other.text


def withdraw(act: Act, made: Iterable[Reservation]) -> bool:
    """63(4), VCLT 22: withdraws the reservations to a provision that live, or all; whether there was one."""
    found = aimed_at(act, made)
    for reservation in found:
        if act.action == "partial withdrawal of reservation":
            reservation.withdrawn_in_part.append(act)
        else:
            reservation.change(act.date, "withdrawn")
            reservation.unconfirmed = False
    return bool(found)


def aimed_at(act: Act, made: Iterable[Reservation]) -> list[Reservation]:
    """The living reservations that a withdrawal is of: those made before its day, or else those made on it.

    One that was withdrawn on that day by another act stands no more.
    """
    meant = [
        one for one in made if (not act.provision or same(act, one.act)) and one.course[-1] != (act.date, "withdrawn")
    ]
    living = [one for one in meant if one.may_be_withdrawn_on(act.date)]
    return [one for one in living if one.act.date < act.date] or [one for one in living if one.act.date == act.date]
