"""The import at the desk: a file of acts becomes one case, which a second person releases.

A file in another form than that of the register is shown row by row, what was understood beside what was written. A row
that repeats an entry in other words has a box: ticked, the row rectifies the entry.
"""

from collections.abc import Iterable

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from depositary.desk import case_steps
from depositary.desk.case_content import CaseContent, Document, Item
from depositary.errors import BadInput
from depositary.register.identity import Difference
from depositary.register.recording import attach_all
from depositary.treaties.interpretation import Asked, Interpreted, Question
from depositary.treaties.template import as_csv, as_xlsx
from depositary.web.formats.spreadsheet import XLSX
from depositary.web.parts import Choice
from depositary.web.staff.access import Actor, may, new_form
from depositary.web.staff.acts_file import ENCODINGS, ActsFile, carried, chosen, meant, read_file, sent
from depositary.web.staff.desk import Desk
from depositary.web.staff.import_pages import FileQuestion, FileRow, ImportPage
from depositary.web.staff.rendering import answer
from depositary.words import Language

SHOWN = 500
"""The number of rows that the page shows."""


def routes(desk: Desk) -> APIRouter:
    """The routes of the import."""
    router = APIRouter()

    @router.get("/staff/import")
    def page(actor: Actor = may("draft")) -> Response:
        return answer(import_page(desk, actor, new_form()))

    @router.post("/staff/import")
    def take(actor: Actor = may("draft")) -> Response:
        name, content = "", b""
        try:
            name, content = sent(actor.form)
            found = read_file(desk, name, content, meant(actor.form))
        except BadInput as fault:
            return answer(faulty_page(desk, actor, name, content, fault), 422)
        rectified = chosen(found.differing, actor.form.fields)
        if not is_ready(actor, found) or not (found.new or rectified):
            return answer(import_page(desk, actor, actor.form["form"], name, content, found=found))
        return RedirectResponse(f"/staff/cases/{begin(desk, actor, found, rectified, name, content)}", 303)

    @router.get("/staff/import/template.csv")
    def empty_csv(actor: Actor = may("read")) -> Response:
        headers = {"Content-Disposition": 'attachment; filename="acts.csv"'}
        return Response(as_csv(), media_type="text/csv; charset=utf-8", headers=headers)

    @router.get("/staff/import/template.xlsx")
    def empty_xlsx(actor: Actor = may("read")) -> Response:
        headers = {"Content-Disposition": 'attachment; filename="acts.xlsx"'}
        return Response(as_xlsx(actor.words), media_type=XLSX, headers=headers)

    return router


def is_ready(actor: Actor, found: ActsFile) -> bool:
    """Whether a file becomes a case: it is in the register's own form, or the person saw its rows and said so."""
    return found.is_plain or actor.form["do"] == "draft"


def faulty_page(desk: Desk, actor: Actor, name: str, content: bytes, fault: BadInput) -> ImportPage:
    """The form again, with the faults of the file, or with what is asked about its words."""
    faults, questions = (fault.mistakes, fault.questions) if isinstance(fault, Asked) else (fault.faults, ())
    return import_page(desk, actor, actor.form["form"], name, content, faults, questions)


def begin(desk: Desk, actor: Actor, found: ActsFile, rectified: Iterable[Difference], name: str, content: bytes) -> int:
    """Makes the case of the new acts, and one of the entries to rectify; the number of the first. Each has the file."""
    form = actor.form["form"]
    documents = tuple(Document(each, "file of acts", name) for each in attach_all(desk.store, [content]))
    replaced = tuple(Item(one.act, one.entry, f"as in the file {name}") for one in rectified)
    cases = [CaseContent(tuple(map(Item, found.new)), documents=documents, is_file=True)] if found.new else []
    cases += [CaseContent(replaced, documents=documents)] if replaced else []
    with desk.store.session(writing=True) as session:
        made = [
            case_steps.begin(session, f"{form}-{place}" if place else form, case, actor.doing)
            for place, case in enumerate(cases)
        ]
    return made[0].number


def import_page(
    desk: Desk,
    actor: Actor,
    form: str,
    name: str = "",
    content: bytes = b"",
    faults: tuple[str, ...] = (),
    questions: tuple[Question, ...] = (),
    found: ActsFile | None = None,
) -> ImportPage:
    """The page of the import: the form, and what a file that was sent means."""
    typed, words = actor.form.fields, actor.words
    asked = {str(question.text) for question in questions}
    given = [(text, typed.get(f"mean-{place[5:]}", "")) for place, text in typed.items() if place.startswith("text-")]
    lines = [FileQuestion(q.column, q.text, len(q.rows), q.rows[0], options(desk, q.candidates)) for q in questions]
    repeated = found.differing if found else ()
    return ImportPage(
        frame=desk.frame_of(actor),
        form=form,
        faults=faults,
        name=name,
        kept=carried(content) if content else "",
        treaty=typed.get("treaty", ""),
        treaties=tuple(
            Choice(treaty, f"{treaty} {words.treaty(desk.collection.treaties[treaty])}", typed.get("treaty") == treaty)
            for treaty in desk.collection.in_order
        ),
        encodings=tuple(Choice(each, each or "UTF-8", typed.get("encoding") == each) for each in ENCODINGS),
        sheet=typed.get("sheet", ""),
        dates=typed.get("dates", ""),
        questions=tuple(lines),
        answered=tuple((text, meaning) for text, meaning in given if meaning and text not in asked),
        rows=tuple(row_of_file(row) for row in found.rows[:SHOWN]) if found else (),
        more=max(len(found.rows) - SHOWN, 0) if found else 0,
        new=len(found.new) if found else 0,
        is_read=found is not None,
        differing=tuple(difference_line(desk, words, one) for one in repeated if one.standing is not None),
        struck=sum(one.standing is None for one in repeated),
    )


def difference_line(desk: Desk, words: Language, difference: Difference) -> tuple[int, str, str, int]:
    """A row that repeats an entry: its line, its act, in what they differ, and the entry."""
    act = difference.act
    name = words.name(desk.collection.participants, act.participant, act.date) if act.participant else ""
    return act.number, words.act_line(act, name), words.said(difference.said), difference.entry


def options(desk: Desk, candidates: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The candidates of a question, each with its name."""
    known = desk.collection.participants
    return tuple((one, f"{one} {known[one].names[-1].english}" if one in known else one) for one in candidates)


def row_of_file(row: Interpreted) -> FileRow:
    """A row: what was written, and what was understood."""
    written = " · ".join(text for text in row.written.values() if text)
    act = row.act
    understood = (act.treaty, act.participant, act.action, act.date.isoformat(), act.subject, act.provision, act.place)
    return FileRow(row.number, written[:300], " · ".join(filter(None, understood)), "; ".join(row.mended))
