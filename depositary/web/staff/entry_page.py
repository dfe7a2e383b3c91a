"""An entry of the register at the desk: what it says, its case, its documents, its notifications and its letters."""

from fastapi import APIRouter
from starlette.responses import Response

from depositary.correspondence.mission_letters import case_file
from depositary.register.entry import Entry, history_of
from depositary.web.staff import case_facts
from depositary.web.staff.access import Actor, Missing, may
from depositary.web.staff.cross_references import link_to_case, link_to_entry, notification_lines, sent_lines
from depositary.web.staff.desk import Desk
from depositary.web.staff.entries import content, entry_line
from depositary.web.staff.intake_page import documents_of, known_entry
from depositary.web.staff.register_pages import EntryPage
from depositary.web.staff.rendering import answer


def routes(desk: Desk) -> APIRouter:
    """The route of an entry."""
    router = APIRouter()

    @router.get("/staff/entries/{number}")
    def page(number: int, actor: Actor = may("read")) -> Response:
        return answer(entry_page(desk, actor, known_entry(desk, number)))

    return router


def entry_page(desk: Desk, actor: Actor, entry: Entry) -> EntryPage:
    """An entry with all that belongs to it."""
    words, treaty = actor.words, treaty_of(desk, entry)
    case = entry.receipt.case if entry.receipt else None
    participant = entry.act.participant if entry.act else ""
    history = history_of(desk.entries(treaty), entry.number)
    replacement = next((each for each in history if each.rectifies == entry.number), None)
    receipt = case_facts.receipt_facts(words, entry.receipt) if entry.receipt else []
    return EntryPage(
        desk.frame_of(actor),
        entry_line(desk, actor, treaty, entry, replacement),
        (*case_facts.entry_facts(desk, words, entry), *receipt),
        link_to_case(entry),
        tuple(case_facts.document_link(words, document) for document in documents_of(desk, entry)),
        tuple(notification_lines(desk, words, treaty, [entry.number])),
        tuple(line for code, line in sent_lines(desk, actor, case_file(case)) if code == participant) if case else (),
        tuple(
            (link_to_entry(each.number), content(words, each), words.short_instant(each.recorded_at))
            for each in history
            if each.number != entry.number
        ),
        entry.reason,
    )


def treaty_of(desk: Desk, entry: Entry) -> str:
    """The treaty under which an entry stands. Raises Missing where the desk does not have that treaty."""
    if entry.treaty not in desk.collection.treaties:
        raise Missing
    return entry.treaty
