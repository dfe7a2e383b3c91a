"""The tasks that the registers of authorities make: for a contacts officer, and for who released a note."""

from collections.abc import Iterator

from sqlmodel import Session

from depositary import clock
from depositary.authorities.obligations import board
from depositary.authorities.proposal import OPEN, proposals, proposals_of_case
from depositary.authorities.store import ContactStore
from depositary.authorities.validity import CONFIRMED_WITHIN, confirmations, valid
from depositary.correspondence.inquiries import replies_to_follow
from depositary.correspondence.tasks import House, Task
from depositary.desk.case import cases_done
from depositary.law.clauses import CONVENTION

RECENT = 10
"""How many of the cases that were released last are looked at."""


def not_handed_on(house: House, session: Session, contacts: ContactStore) -> Iterator[Task]:
    """The cases released last whose authorities did not reach their registers: the program stopped in between."""
    for case in cases_done(session, RECENT):
        number, designated = case.number, len(case.content.designations)
        if case.state != "released" or not designated:
            continue
        if len(proposals_of_case(contacts, case.last.saved_by, number, designated)) < designated:
            said = house.words.gettext("The authorities of case %(number)d were not handed on", number=number)
            yield Task("overdue", said, None, f"/staff/cases/{number}", "draft")


def of_authorities(house: House, contacts: ContactStore) -> Iterator[Task]:
    """What is to be done about authorities: each line with its number; no line for nothing."""
    say, entries, today = house.words.gettext, contacts.entries(), house.today
    treaty = CONVENTION if CONVENTION in house.collection.treaties else house.collection.in_order[0]
    confirmed, owing = confirmations(entries), board(house.effects(treaty, today), entries, today).values()
    overdue, told = (
        sum(any(one.state == state for one in owes) for owes in owing) for state in ("overdue", "to enter")
    )
    replies = house.names(dict.fromkeys(inquiry.participant for inquiry in replies_to_follow(contacts)))
    undecided = len(proposals(contacts, *OPEN))
    stale = sum(clock.now() - confirmed[entry.number].at > CONFIRMED_WITHIN for entry in valid(entries, today))
    lines = (
        (undecided, say("Proposals to be decided: %(number)s", number=undecided), ""),
        (replies, say("Missions that ask for a change: %(names)s", names=replies), ""),
        (overdue, say("Participants with something overdue: %(number)s", number=overdue), "/obligations"),
        (
            told,
            say("Participants whose authority was notified and is to be entered: %(number)s", number=told),
            "/obligations",
        ),
        (stale, say("Authorities unconfirmed for a year: %(number)s", number=stale), "/asking"),
    )
    for number, line, where in lines:
        if number:
            yield Task("today", line, None, f"/staff/contacts{where}", "contacts")
