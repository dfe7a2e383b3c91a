"""The work list, the register at the desk, the bench, the import of files, the audit."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from depositary import clock
from depositary.correspondence.notifications.pending import pending
from depositary.desk import audit, drafts
from depositary.desk.draft import STATES, Draft, drafts_at_work, drafts_done
from depositary.desk.proposal import Proposal
from depositary.errors import BadInput, Sentence
from depositary.law.acts import Act
from depositary.law.clauses import CONVENTION
from depositary.law.dates import LATEST
from depositary.law.readings import READINGS
from depositary.treaties.instruments_csv import read_acts
from depositary.web.parts import Link
from depositary.web.staff import intake_forms, preview
from depositary.web.staff.access import Actor, may, new_form
from depositary.web.staff.authorities.obligations import to_be_done
from depositary.web.staff.circulation import alarms
from depositary.web.staff.desk import Desk
from depositary.web.staff.intake import link_to
from depositary.web.staff.pages import AuditPage, EntriesPage, ImportPage, WorkPage
from depositary.web.staff.parts import AuditLine, DayLine, DeskEntryLine, DraftLine, OpenReading
from depositary.web.staff.rendering import answer
from depositary.words import Language
from depositary.words.labels import CONCERNS

RECENT, DAYS_AHEAD, NAMED = 10, 12, 3


def working(desk: Desk) -> APIRouter:
    """The routes of the daily work."""
    router = APIRouter()

    @router.get("/staff")
    def without_slash() -> Response:
        return RedirectResponse("/staff/", 307)

    @router.get("/staff/")
    def work(actor: Actor = may()) -> Response:
        if not actor.account.may("read"):
            return RedirectResponse("/staff/accounts", 303)
        words = actor.words
        with desk.store.session() as session:
            every = (*drafts_at_work(session), *drafts_done(session, RECENT))

        def lines(*states: str, own: bool = False) -> tuple[DraftLine, ...]:
            return tuple(
                draft_line(desk, words, one)
                for one in every
                if one.state in states and (not own or actor.account.name in one.authors)
            )

        intake: tuple[tuple[str, tuple[Link, ...]], ...] = ()
        if actor.account.may("draft"):
            intake = tuple(
                (
                    words.gettext(group),
                    tuple(link_to(action, CONVENTION, words.action(action)) for action in actions),
                )
                for group, actions in intake_forms.KINDS_OF_ACT
            )
        with desk.store.session() as session:
            issue = len(pending(session, desk.collection, desk.entries, desk.collection.in_order))
        notices = (Link(f"{words.gettext('To be issued')}: {issue}", "/staff/notifications"),) if issue else ()
        authorities: tuple[Link, ...] = ()
        if desk.contacts and actor.account.may("contacts"):
            authorities = (*alarms(desk, words), *to_be_done(desk, words))
        return answer(
            WorkPage(
                desk.frame_of(actor),
                desk.alarm,
                lines("submitted"),
                notices,
                lines("received"),
                lines("draft", "refused"),
                lines("released"),
                tuple(open_readings(desk, actor)),
                tuple(coming(desk, words)),
                authorities,
                intake,
            )
        )

    @router.get("/staff/entries")
    def entries(request: Request, actor: Actor = may("read")) -> Response:
        treaty = desk.chosen(request.query_params.get("treaty", ""))
        return answer(
            EntriesPage(
                desk.frame_of(actor), desk.choices(treaty, actor.words), tuple(entry_lines(desk, actor, treaty))
            )
        )

    @router.get("/staff/import")
    def import_page(actor: Actor = may("draft")) -> Response:
        return answer(ImportPage(desk.frame_of(actor), new_form(), ()))

    @router.post("/staff/import")
    def take_file(actor: Actor = may("draft")) -> Response:
        files = actor.form.files
        try:
            if len(files) != 1:
                raise BadInput([Sentence("Choose one CSV file.")])
            acts = acts_in(desk, files[0])
        except BadInput as fault:
            return answer(ImportPage(desk.frame_of(actor), actor.form["form"], fault.faults), 422)
        with desk.store.session(writing=True) as session:
            draft = drafts.begin(session, actor.form["form"], Proposal("import", tuple(acts)), actor.doing)
        return RedirectResponse(f"/staff/drafts/{draft.number}", 303)

    @router.get("/staff/audit")
    def audit_page(request: Request, actor: Actor = may("audit")) -> Response:
        text = request.query_params.get("before", "")
        before = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
        with desk.store.session() as session:
            rows = audit.lines(session, before)
            lines = tuple(
                AuditLine(
                    row.number or 0,
                    actor.words.stored_instant(row.done_at),
                    row.done_by,
                    row.address,
                    row.what,
                    row.about,
                )
                for row in rows
            )
        earlier = f"/staff/audit?before={lines[-1].number}" if len(lines) == audit.PAGE else ""
        return answer(AuditPage(desk.frame_of(actor), lines, earlier))

    return router


def acts_in(desk: Desk, content: bytes) -> list[Act]:
    """The acts of a file that was sent. Raises BadInput with every fault, and for a file without acts."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "acts.csv"
        path.write_bytes(content)
        acts = read_acts(path, desk.collection.participants, desk.collection.treaties)
    if not acts:
        raise BadInput([Sentence("The file has no act.")])
    return acts


def draft_line(desk: Desk, words: Language, draft: Draft) -> DraftLine:
    """A draft in a list."""
    said = preview.title_of(desk, words, draft.last.proposal)
    link = Link(str(draft.number), f"/staff/drafts/{draft.number}")
    return DraftLine(
        link, said, draft.last.saved_by, words.stored_instant(draft.last.saved_at), words.said(STATES[draft.state])
    )


def open_readings(desk: Desk, actor: Actor) -> Iterator[OpenReading]:
    """The open readings on which a date rests now, each with both results."""
    words, today = actor.words, clock.today()
    for treaty in desk.collection.in_order:
        effects = desk.effects(treaty, today)
        moved = [one for one in effects.open_readings if READINGS[one.reading].status == "open"]
        for name in dict.fromkeys(one.reading for one in moved):
            default, otherwise = words.reading(name)
            lines = tuple(
                words.moved(
                    words.name(effects.participants, one.participant, today)
                    if one.participant
                    else words.treaty(effects.clauses),
                    one.concerns,
                    one.date,
                    one.otherwise,
                )
                for one in moved
                if one.reading == name
            )
            rule = (
                f"/staff/new/ruling?treaty={quote(treaty)}&reading={quote(name)}" if actor.account.may("rule") else ""
            )
            ruled = words.gettext("ruled upon") if name in effects.rulings else ""
            yield OpenReading(f"{words.treaty(effects.clauses)}: {name}", default, otherwise, lines, ruled, rule)


def coming(desk: Desk, words: Language) -> list[DayLine]:
    """The next days on which something happens with no further act, under all treaties, and what."""
    today = clock.today()
    found: dict[tuple[date, str], list[str]] = {}
    for treaty in desk.collection.in_order:
        effects = desk.effects(treaty, today)
        for (concerns, code), day in effects.dates.items():
            if day is not None and day > today:
                about = words.gettext(CONCERNS.get(concerns.partition(" ")[0].partition(":")[0], concerns))
                whose = words.name(effects.participants, code, today) if code else ""
                found.setdefault((day, f"{words.treaty(effects.clauses)}: {about}"), []).extend(
                    [whose] if whose else []
                )
        closing = words.gettext("last day of signature")
        for period in effects.clauses.signature.periods if effects.clauses.signature else ():
            if today <= period.until < LATEST:
                found.setdefault((period.until, f"{words.treaty(effects.clauses)}: {closing}"), [])
    lines = []
    for (day, what), names in sorted(found.items())[:DAYS_AHEAD]:
        several = words.ngettext("%(number)d participant", "%(number)d participants", len(names))
        whose = words.listed(names) if len(names) <= NAMED else several
        lines.append(DayLine(day, f"{what}{f' ({whose})' if names else ''}"))
    return lines


def entry_lines(desk: Desk, actor: Actor, treaty: str) -> Iterator[DeskEntryLine]:
    """The entries of a treaty, the latest first."""
    words = actor.words
    entries = desk.entries(treaty)
    replaced = {entry.rectifies: entry for entry in entries if entry.rectifies is not None}
    for entry in reversed(entries):
        act, by = entry.act, replaced.get(entry.number)
        state = "" if by is None else words.gettext("rectified by %(number)d", number=by.number)
        if by is not None and by.act is None:
            state = words.gettext("struck out by %(number)d", number=by.number)
        free = by is None and act is not None and actor.account.may("draft")
        notice = entry.notice
        said = words.act(act) if act else words.strikes_out(entry.rectifies)
        if notice is not None:
            said = words.noted(notice.concerns, notice.reference, notice.notified_on, notice.published_on)
        yield DeskEntryLine(
            entry.number,
            act.date if act else None,
            words.name(desk.collection.participants, act.participant, act.date) if act and act.participant else "",
            said,
            state,
            f"/staff/entries/{entry.number}/rectify" if free else "",
            f"/staff/entries/{entry.number}/strike" if free else "",
            desk.public(f"/{words.code}/treaties/{treaty}/register/{entry.number}"),
        )
