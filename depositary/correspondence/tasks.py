"""The tasks of the house on a day: what is overdue, what is due today, what is coming, and what is to be asked for.

Each is one sentence with its day and the page of the desk on which it is done; a right says for whom it is.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from sqlmodel import Session

from depositary import clock
from depositary.correspondence.notifications.archive import issued
from depositary.correspondence.notifications.corrections import corrections, last_day, objections_to
from depositary.correspondence.notifications.event import Event
from depositary.correspondence.notifications.threads import CORRIGENDA
from depositary.desk.case import STATES, Case, cases_at_work
from depositary.desk.roles import Right
from depositary.law.articles.reservations import A_YEAR, is_authorized
from depositary.law.dates import LATEST
from depositary.law.effects import Effects
from depositary.law.participants import Participants
from depositary.register.entry import Entry, acts_of, as_known
from depositary.treaties.collection import Collection
from depositary.treaties.memory import once_for_effects
from depositary.words import Language, notifications
from depositary.words.authorities import FUNCTIONS
from depositary.words.labels import CONCERNS, N_

Urgency = Literal["overdue", "today", "coming", "ask"]
URGENCIES: tuple[Urgency, ...] = get_args(Urgency)

NAMED = 3
"""How many participants a sentence names before it counts them."""


@dataclass(frozen=True)
class Task:
    """A task in a sentence. `on` is its day, None where it has none; `where` is its page at the desk."""

    urgency: Urgency
    said: str
    on: date | None
    where: str
    right: Right = "read"


@dataclass(frozen=True)
class House:
    """What tasks follow from: the treaties, the entries and effects by treaty, what is to be issued, and the day."""

    collection: Collection
    entries: Callable[[str], list[Entry]]
    effects: Callable[[str, date], Effects]
    to_be_issued: Callable[[date], list[Event]]
    words: Language
    today: date

    def name(self, code: str) -> str:
        return self.words.name(self.collection.participants, code, self.today)

    def names(self, codes: Iterable[str]) -> str:
        """A few names, or the number of many."""
        return names(self.words, self.collection.participants, codes, self.today)


def tasks(house: House, session: Session) -> list[Task]:
    """All tasks, the most urgent first, and among these by their day."""
    found = [*of_cases(house, session), *of_notifications(house), *of_corrections(house, session)]
    for treaty in house.collection.in_order:
        if entries := house.entries(treaty):
            begun = clock.day_of(entries[0].recorded_at)
            found += of_a_treaty(house.effects(treaty, house.today), house.words, house.today, begun)
    found.sort(key=lambda task: (URGENCIES.index(task.urgency), task.on or date.max, task.said))
    return found


@once_for_effects
def of_a_treaty(effects: Effects, words: Language, today: date, begun: date) -> tuple[Task, ...]:
    """What is coming under a treaty, and what is to be asked for. `begun`: when the first of its acts was recorded."""
    return (
        *coming(effects, words, today),
        *of_reservations(effects, words, today),
        *to_ask_for(effects, words, today),
        *registration(effects, words, today, begun),
    )


def names(words: Language, participants: Participants, codes: Iterable[str], today: date) -> str:
    """A few names, or the number of many."""
    listed = sorted((words.name(participants, code, today) for code in codes), key=words.sort_key)
    if len(listed) <= NAMED:
        return words.listed(listed)
    return words.ngettext("%(number)d participant", "%(number)d participants", len(listed))


def when(words: Language, on: date, today: date) -> str:
    """A day with the number of days to it or since it: `in 34 days: 31 December 2026`."""
    days, day = (on - today).days, words.date(on)
    if days > 0:
        return words.ngettext("in %(number)d day: %(day)s", "in %(number)d days: %(day)s", days, day=day)
    if days == 0:
        return words.gettext("today, %(day)s", day=day)
    return words.ngettext("for %(number)d day, since %(day)s", "for %(number)d days, since %(day)s", -days, day=day)


def of_cases(house: House, session: Session) -> Iterator[Task]:
    """The cases at work: the ones that were last saved before today are overdue."""
    for case in cases_at_work(session):
        saved = clock.day_of(datetime.fromisoformat(case.last.saved_at))
        right: Right = "release" if case.state == "submitted" else "draft"
        said = house.words.gettext(
            "Case %(number)d, %(what)s: %(state)s (%(name)s)",
            number=case.number,
            what=line_of(house, case),
            state=house.words.said(STATES[case.state]),
            name=case.content.handed_to or case.last.saved_by,
        )
        urgency: Urgency = "overdue" if saved < house.today else "today"
        yield Task(urgency, said, saved, f"/staff/cases/{case.number}", right)


def line_of(house: House, case: Case) -> str:
    """What a case brings, in a line: its first act, and how many more there are."""
    content, words = case.content, house.words
    if content.is_file:
        return words.ngettext("A file of %(number)d act", "A file of %(number)d acts", len(content.acts))
    act = content.act
    if act is None:
        struck = (words.gettext("Strike out entry %(number)d", number=item.target) for item in content.to_record)
        designated = (
            f"{house.name(each.participant)}: {words.gettext(FUNCTIONS[each.function])}"
            for each in content.designations
        )
        return ", ".join((*struck, *designated))
    line = words.act_line(act, house.name(act.participant) if act.participant else "")
    rest = len(content.acts) - 1
    more = words.ngettext("and %(number)d more act", "and %(number)d more acts", rest) if rest else ""
    return f"{line}, {more}" if more else line


def of_notifications(house: House) -> Iterator[Task]:
    """The notifications to be issued, by name; one of an entry that was recorded before today is overdue."""
    words = house.words
    for event in house.to_be_issued(house.today):
        entries = event.told or event.causes
        act = event.act or next((entry.act for entry in event.causes if entry.act), None)
        line = words.act_line(act, house.name(act.participant) if act.participant else "") if act else ""
        if event.kind in ("entry into force", "new date"):
            line = words.gettext(notifications.ENTRY_INTO_FORCE)
        elif event.subject and event.subject.act:
            what = words.gettext(notifications.LATER_EFFECT[event.kind])
            line = f"{house.name(event.subject.act.participant)}: {what}"
        elif event.kind in CORRIGENDA:
            line = words.gettext(notifications.CORRIGENDUM, event=line)
        recorded = max((clock.day_of(entry.recorded_at) for entry in entries), default=house.today)
        where = f"/staff/notifications/entries/{event.anchor}/{event.kind.replace(' ', '-')}"
        urgency: Urgency = "overdue" if recorded < house.today else "today"
        yield Task(urgency, words.gettext("To be issued: %(what)s", what=line), recorded, where)


def of_corrections(house: House, session: Session) -> Iterator[Task]:
    """VCLT 79(2): the proposals of corrections whose ninety days run, or have passed and wait for the procès-verbal."""
    carried_out = {drafted.follows for drafted in corrections(session) if not drafted.reason}
    for notification in issued(session):
        if notification.kind != "correction proposed" or notification.reference in carried_out:
            continue
        last, acts = last_day(notification), acts_of(as_known(house.entries(notification.treaty)))
        message = N_("The procès-verbal of %(reference)s is due")
        urgency: Urgency = "overdue"
        if objections_to(notification, acts):
            message, urgency = N_("An objection to the correction %(reference)s stands: it is not carried out"), "ask"
        elif last >= house.today:
            message, urgency = N_("Objections to the correction %(reference)s may come until this day"), "coming"
        said = house.words.gettext(message, reference=notification.reference)
        yield Task(urgency, said, last, f"/staff/notifications/issued/{notification.reference}")


def coming(effects: Effects, words: Language, today: date) -> Iterator[Task]:
    """The days on which something happens under a treaty with no further act."""
    codes_by_event: dict[tuple[date, str], list[str]] = {}
    for (concerns, code), day in effects.dates.items():
        if day is not None and day >= today:
            about = CONCERNS.get(concerns.partition(" ")[0].partition(":")[0], concerns)
            codes_by_event.setdefault((day, words.gettext(about)), []).extend([code] if code else [])
    for period in effects.clauses.periods_for_signature:
        if today <= period.until < LATEST:
            codes_by_event.setdefault((period.until, words.gettext("last day of signature")), [])
    treaty = words.treaty(effects.clauses)
    for (day, event), codes in codes_by_event.items():
        whose = f" ({names(words, effects.participants, codes, today)})" if codes else ""
        urgency: Urgency = "today" if day == today else "coming"
        yield Task(urgency, f"{treaty}: {event}{whose}", day, register_of(effects))


def of_reservations(effects: Effects, words: Language, today: date) -> Iterator[Task]:
    """The twelve months of reservations that the treaty does not provide for, and those to be confirmed."""
    to_confirm: list[str] = []
    for code in effects.codes:
        for reservation in effects.reservations(code):
            if reservation.state(today) == "made at signature":
                to_confirm.append(code)
            notified = reservation.act.notified
            if reservation.kind != "reservation" or notified is None or is_authorized(reservation.act, effects.clauses):
                continue
            last = effects.history.after(A_YEAR, notified)
            if last >= today and reservation.state(today) in ("standing", "proposed"):
                said = words.gettext(
                    "%(treaty)s: the twelve months for objections to the reservation of %(name)s end",
                    treaty=words.treaty(effects.clauses),
                    name=words.name(effects.participants, code, today),
                )
                yield Task("coming", said, last, register_of(effects))
    if to_confirm:
        said = words.gettext(
            "%(treaty)s: reservations made at signature, to be confirmed with the instrument: %(names)s",
            treaty=words.treaty(effects.clauses),
            names=names(words, effects.participants, dict.fromkeys(to_confirm), today),
        )
        yield Task("ask", said, None, register_of(effects))


def to_ask_for(effects: Effects, words: Language, today: date) -> Iterator[Task]:
    """Who has signed and has deposited no instrument."""
    signed = [code for code in effects.codes if effects.standing(code, today) == "signatory"]
    if signed:
        said = words.gettext(
            "%(treaty)s: signed, and no instrument deposited: %(names)s",
            treaty=words.treaty(effects.clauses),
            names=names(words, effects.participants, signed, today),
        )
        yield Task("ask", said, None, register_of(effects))


def registration(effects: Effects, words: Language, today: date, begun: date) -> Iterator[Task]:
    """Article 102 of the Charter, VCLT 80: registered on entry into force; its number is then in the clause file.

    A treaty that was in force before this register began was registered elsewhere.
    """
    day = effects.in_force_on
    if day is None or not begun <= day <= today or effects.clauses.registration is not None:
        return
    said = words.gettext(
        "%(treaty)s: registration under Article 102 of the Charter; enter its number",
        treaty=words.treaty(effects.clauses),
    )
    yield Task("today" if day == today else "overdue", said, day, register_of(effects))


def register_of(effects: Effects) -> str:
    """The entries of a treaty at the desk."""
    return f"/staff/entries?treaty={effects.clauses.id}"
