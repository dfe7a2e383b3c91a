"""Where an entry or a case leads: to the notifications that tell of its acts, and to the letters of its file."""

from collections.abc import Collection, Iterator

from depositary import clock
from depositary.correspondence.mail import steps
from depositary.correspondence.mission_letters import code_of, sent_letters
from depositary.correspondence.notifications.archive import Issued, issued
from depositary.correspondence.notifications.event import Event
from depositary.correspondence.notifications.headline import headline
from depositary.correspondence.notifications.notification import following
from depositary.correspondence.notifications.paragraphs import Issue, Paragraphs
from depositary.register.entry import Entry, history_of
from depositary.web.parts import Link
from depositary.web.staff.access import Actor
from depositary.web.staff.desk import Desk
from depositary.web.staff.issue_page import address_issued, address_of
from depositary.web.staff.parts import NotificationLine, SentLetter
from depositary.words import Language
from depositary.words.circulation import LETTER_STATES


def link_to_event(desk: Desk, words: Language, event: Event) -> Link:
    """The link to a notification that is to be issued."""
    tell = Paragraphs(event, words, Issue(clock.today()), desk.collection.folder)
    return Link(headline(tell), address_of(following(desk.collection, event)))


def link_to_entry(number: int) -> Link:
    """The link to the page of an entry at the desk."""
    return Link(str(number), f"/staff/entries/{number}")


def link_to_case(entry: Entry) -> Link:
    """The link to the case that recorded an entry; an empty one where no case did."""
    case = entry.receipt.case if entry.receipt else None
    return Link(str(case), f"/staff/cases/{case}") if case else Link("")


def notification_lines(desk: Desk, words: Language, treaty: str, numbers: Collection[int]) -> list[NotificationLine]:
    """The notifications that tell of entries of a treaty, the first first, and those that are to be issued."""
    history = {each.number for number in numbers for each in history_of(desk.entries(treaty), number)}
    with desk.store.session() as session:
        told = [each for each in issued(session, treaty=treaty) if history & {each.concerns, *each.told}]
        lines = []
        for notification in reversed(told):
            letters = steps.letters(session, desk.letters, notification.reference)
            lines.append(issued_line(words, notification, len(letters), len(letters) - len(steps.unsettled(letters))))
    waiting = (event for event in desk.agenda.events(clock.today()) if event.treaty == treaty)
    lines += [
        NotificationLine(link_to_event(desk, words, event), words.gettext("to be issued"), "", "")
        for event in waiting
        if history & {event.anchor, *(entry.number for entry in (*event.told, *event.causes))}
    ]
    return lines


def issued_line(words: Language, notification: Issued, letters: int, settled: int) -> NotificationLine:
    """A notification that was issued, with what became of its letters."""
    what = notification.document(words.code).event
    posted = words.gettext("letters: %(number)d, settled: %(settled)d", number=letters, settled=settled)
    link = Link(notification.reference, address_issued(notification.reference))
    return NotificationLine(link, what, words.short_date(notification.on), posted if letters else "")


def sent_lines(desk: Desk, actor: Actor, file: str) -> Iterator[tuple[str, SentLetter]]:
    """The letters of a file, each with the code of whose mission it went to, and its page for who may see it."""
    words = actor.words
    with desk.store.session() as session:
        sent = sent_letters(session, desk.letters, file)
    for letter in sent:
        line = SentLetter(
            letter.copy,
            f"/staff/letters/{letter.number}" if actor.account.may("letters") and desk.contacts else "",
            words.short_instant(letter.posted_at),
            words.gettext(LETTER_STATES[letter.state]),
        )
        yield code_of(letter.recipient), line
