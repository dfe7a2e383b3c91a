"""Statements as they were made: reservations, declarations, objections, notifications, territories."""

from collections import defaultdict
from collections.abc import Iterator

from depositary.law.acts import Act
from depositary.web.parts import Link
from depositary.web.public.parts import ParticipantStatements, Statement, StatementSection
from depositary.web.view import View
from depositary.words.labels import N_

KINDS = (
    ("declarations", N_("Declarations and reservations"), ("reservation", "withdrawal of reservation", "declaration")),
    ("objections", N_("Objections"), ("objection",)),
    ("notifications", N_("Notifications by participants"), ("notification",)),
    ("territories", N_("Territorial application"), ("territorial application",)),
)
"""The sections of statements: anchor, heading, acts. Territories are a table, as in the UN's own collection."""


def statements(view: View) -> Iterator[StatementSection]:
    """The sections that are not empty, by participant."""
    for anchor, heading, actions in KINDS:
        made: dict[str, list[Act]] = defaultdict(list)
        for act in view.effects.history.other:
            if act.action in actions:
                made[act.participant].append(act)
        in_order = sorted(made, key=lambda code: view.words.sort_key(view.name(code)))
        by_participant = tuple(
            ParticipantStatements(view.participant(code), tuple(statement(view, a) for a in made[code]))
            for code in in_order
        )
        if by_participant:
            yield StatementSection(anchor, view.words.gettext(heading), by_participant)


def statement(view: View, act: Act) -> Statement:
    """A statement, with its act, day and entry."""
    return Statement(view.words.act(act), act.date, act.text, view.entry(act))


def notification_links(view: View) -> Iterator[Link]:
    """The depositary notifications of the treaty, each with the day it was issued, the latest first."""
    issued = {
        entry.notice.reference: entry.notice.notified_on
        for entry in view.recorded
        if entry.notice is not None and entry.notice.reference
    }
    for reference, day in reversed(issued.items()):
        cited = view.words.phrase((reference, view.words.date(day))) if day else reference
        yield Link(cited, view.addresses.notification(reference))
