"""A case on one page: what came, its items, the examination of all of them together, and what follows its release."""

from collections.abc import Callable
from dataclasses import replace

from fastapi import APIRouter
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from depositary.correspondence.mission_letters import case_file
from depositary.desk import accounts, case_steps
from depositary.desk.accounts import Account
from depositary.desk.case import DONE, OPEN, STATES, Case, similar_cases
from depositary.desk.joinder import join, joinable
from depositary.desk.questions import questions, unchecked
from depositary.desk.release import release as release_case
from depositary.desk.roles import Right
from depositary.errors import DepositaryError, Sentence
from depositary.web.parts import Choice, Link
from depositary.web.staff import case_facts, preview
from depositary.web.staff.access import Actor, Missing, may
from depositary.web.staff.authorities.facts import note_read
from depositary.web.staff.authorities.of_case import hand_on
from depositary.web.staff.case_letters import case_letters
from depositary.web.staff.case_parts import (
    designations,
    documents,
    entry_links,
    forms_of_designations,
    item_lines,
    kinds_of_items,
    notifications_of,
    of_page,
    steps,
)
from depositary.web.staff.desk import Desk
from depositary.web.staff.intake_labels import LABELS
from depositary.web.staff.intake_page import known_case
from depositary.web.staff.letters import send_shown, with_letters_sent
from depositary.web.staff.pages import CasePage
from depositary.web.staff.rendering import answer
from depositary.words import Language


def routes(desk: Desk) -> APIRouter:
    """The routes of a case."""
    router = APIRouter()

    @router.get("/staff/cases/{number}")
    def page(request: Request, number: int, actor: Actor = may("read")) -> Response:
        return case_page(desk, actor, known_case(desk, number), page=request.query_params.get("page", ""))

    @router.get("/staff/drafts/{number}")
    def moved(number: int, actor: Actor = may("read")) -> Response:
        return RedirectResponse(f"/staff/cases/{known_case(desk, number).number}", 308)

    @router.post("/staff/cases/{number}/submit")
    def submit(number: int, actor: Actor = may("draft")) -> Response:
        return submit_case(desk, actor, known_case(desk, number), received=False)

    @router.post("/staff/cases/{number}/received")
    def received(number: int, actor: Actor = may("draft")) -> Response:
        return submit_case(desk, actor, known_case(desk, number), received=True)

    @router.post("/staff/cases/{number}/items/{place}/aside")
    def set_aside(number: int, place: int, actor: Actor = may("draft")) -> Response:
        case, seen = known_case(desk, number), actor.form.number("seen")
        if not 0 < place <= len(case.content_seen(seen).items):
            raise Missing
        content = case.content_seen(seen).set_aside(place)
        return step(desk, actor, number, lambda session: case_steps.save(session, number, seen, content, actor.doing))

    @router.post("/staff/cases/{number}/join")
    def join_case(number: int, actor: Actor = may("draft")) -> Response:
        seen, other = actor.form.number("seen"), actor.form.number("other")
        return step(desk, actor, number, lambda session: join(session, number, seen, other, actor.doing))

    @router.post("/staff/cases/{number}/hand-over")
    def hand_over(number: int, actor: Actor = may("draft")) -> Response:
        case, seen, to = known_case(desk, number), actor.form.number("seen"), actor.form["to"]
        if to not in {account.name for account in persons_who_may(desk, "draft")}:
            raise Missing
        content = replace(case.content_seen(seen), handed_to=to)
        return step(desk, actor, number, lambda session: case_steps.save(session, number, seen, content, actor.doing))

    @router.post("/staff/cases/{number}/withdraw")
    def withdraw(number: int, actor: Actor = may("draft")) -> Response:
        seen = actor.form.number("seen")
        return step(desk, actor, number, lambda session: case_steps.withdraw(session, number, seen, actor.doing))

    @router.post("/staff/cases/{number}/refuse")
    def refuse(number: int, actor: Actor = may("release")) -> Response:
        reason, seen = actor.form.reason, actor.form.number("seen")
        return step(desk, actor, number, lambda session: case_steps.refuse(session, number, seen, reason, actor.doing))

    @router.post("/staff/cases/{number}/release")
    def release(number: int, actor: Actor = may("release", binding=True)) -> Response:
        known_case(desk, number)
        try:
            release_case(desk.store, number, actor.form["shown"], actor.doing)
        except DepositaryError as fault:
            return case_page(desk, actor, known_case(desk, number), fault.sentence, 409)
        hand_on(desk, actor, known_case(desk, number))
        return RedirectResponse(f"/staff/cases/{number}", 303)

    @router.post("/staff/cases/{number}/letter")
    def send_letter(number: int, actor: Actor = may("letters", binding=True)) -> Response:
        case, to = known_case(desk, number), actor.form["to"]
        try:
            letters = case_letters(desk, case, preview.comparisons_of(desk, case.content))
            send_shown(desk, actor, letters, case_file(number), to)
        except DepositaryError as fault:
            return case_page(desk, actor, case, fault.sentence, 409)
        return RedirectResponse(f"/staff/cases/{number}#letter-{to}", 303)

    return router


def step(desk: Desk, actor: Actor, number: int, take: Callable[[Session], Case]) -> Response:
    """Takes one step with a case, or says why it cannot be taken."""
    known_case(desk, number)
    try:
        with desk.store.session(writing=True) as session:
            take(session)
    except DepositaryError as fault:
        return case_page(desk, actor, known_case(desk, number), fault.sentence, 409)
    return RedirectResponse(f"/staff/cases/{number}", 303)


def submit_case(desk: Desk, actor: Actor, case: Case, *, received: bool) -> Response:
    """Submits a case, or notes it as received. What it leaves open is confirmed first, and stands with the step."""
    asked = [] if received else open_questions(actor.words, case, preview.comparisons_of(desk, case.content))
    if asked and actor.form["confirm"] != "yes":
        fault = Sentence("Answer what is open, or confirm it below. The case is saved, and not submitted.")
        return case_page(desk, actor, case, fault, 409)
    seen = actor.form.number("seen") if actor.form["seen"] and actor.form["do"] == "" else case.last.number
    return step(
        desk,
        actor,
        case.number,
        lambda session: case_steps.submit(
            session, case.number, seen, actor.doing, received=received, reason=" ".join(asked)
        ),
    )


def persons_who_may(desk: Desk, right: Right) -> list[Account]:
    """The persons at the desk who have a right, by name."""
    with desk.store.session() as session:
        every = accounts.accounts(session)
    return [account for account in every if account.may(right) and account.has_password and not account.disabled]


def line_of(desk: Desk, words: Language, case: Case) -> str:
    """A case in a line, with its number."""
    return f"{case.number}: {case_facts.title_of(desk, words, case.content)}"


def open_questions(words: Language, case: Case, comparisons: preview.Comparisons) -> list[str]:
    """What a case leaves open, in sentences."""
    return [
        *(words.said(question) for question in questions(case.content, comparisons)),
        *(
            words.gettext("Not checked: %(label)s.", label=words.gettext(LABELS[name]))
            for name in unchecked(case.content)
        ),
    ]


def case_page(desk: Desk, actor: Actor, case: Case, fault: str = "", status: int = 200, page: str = "") -> Response:
    """A case with all that a second person must see before the release."""
    words, content, state, account = actor.words, case.content, case.state, actor.account
    is_open, is_released = state in OPEN, state == "released"
    comparisons = () if state in DONE else preview.comparisons_of(desk, content)
    own = account.name in case.authors
    may_draft = account.may("draft") and is_open
    with_contacts = any(account.may(right) for right in ("draft", "release", "contacts"))
    if with_contacts and content.designations:
        note_read(desk, actor, f"case {case.number}")
    lines, pages = item_lines(desk, words, case, comparisons, page, with_contacts=with_contacts)
    handed = designations(desk, words, case) if is_released else ()
    with desk.store.session() as session:
        similar = () if is_released else similar_cases(session, content, case.number)
        others = joinable(session, case) if may_draft else ()
    return answer(
        CasePage(
            desk.frame_of(actor),
            case.number,
            case.last.number,
            state,
            words.said(STATES[state]),
            case_facts.title_of(desk, words, content),
            tuple(case_facts.facts_of(desk, words, content)),
            lines,
            pages,
            documents(words, content),
            preview.preview_of(desk, words, content, comparisons, whole=True),
            () if is_released else tuple(preview.before_and_after(words, comparisons)),
            () if is_released else of_page(preview.notifications(desk, words, content), content, page),
            tuple(steps(case, words)),
            entry_links(case),
            tuple(notifications_of(desk, words, case)),
            with_letters_sent(
                desk,
                actor,
                case_letters(desk, case, comparisons),
                case_file(case.number),
                f"/staff/cases/{case.number}/letter",
            ),
            tuple(Link(line_of(desk, words, other), f"/staff/cases/{other.number}") for other in similar),
            tuple(Choice(str(other.number), line_of(desk, words, other), False) for other in others),
            tuple(open_questions(words, case, comparisons)) if may_draft else (),
            handed,
            account.may("draft") and is_released and len(handed) < len(content.designations),
            forms_of_designations(desk, words, case) if may_draft and desk.contacts and not content.is_file else (),
            kinds_of_items(words, case) if may_draft and not content.is_file else (),
            case_steps.view_digest(case.last, desk.root),
            may_draft and not content.is_file,
            may_draft,
            account.may("release") and state == "submitted" and not own,
            own,
            content.handed_to,
            tuple(
                Choice(each.name, each.full_name, False)
                for each in persons_who_may(desk, "draft")
                if each.name != account.name
            )
            if may_draft
            else (),
            tuple(each.full_name for each in persons_who_may(desk, "release") if each.name not in case.authors)
            if state == "submitted"
            else (),
            case.is_held,
            fault,
        ),
        status,
    )
