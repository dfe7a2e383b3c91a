"""The import at the desk: a file of acts becomes one case, which a second person releases."""

from collections import deque
from pathlib import Path
from tempfile import TemporaryDirectory

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from depositary.desk import case_steps
from depositary.desk.case_content import CaseContent, Document, Item
from depositary.errors import BadInput, Sentence
from depositary.law.acts import Act
from depositary.register.batch import new_acts
from depositary.register.identity import Difference
from depositary.register.recording import attach_all
from depositary.treaties.csv_files import at
from depositary.treaties.instruments_csv import read_acts
from depositary.web.staff.access import Actor, may, new_form
from depositary.web.staff.desk import Desk
from depositary.web.staff.pages import ImportPage
from depositary.web.staff.rendering import answer


def routes(desk: Desk) -> APIRouter:
    """The routes of the import."""
    router = APIRouter()

    @router.get("/staff/import")
    def page(actor: Actor = may("draft")) -> Response:
        return answer(ImportPage(desk.frame_of(actor), new_form(), ()))

    @router.post("/staff/import")
    def take(actor: Actor = may("draft")) -> Response:
        try:
            acts = acts_in(desk, actor.form.files)
        except BadInput as fault:
            return answer(ImportPage(desk.frame_of(actor), actor.form["form"], fault.faults), 422)
        (digest,) = attach_all(desk.store, actor.form.files)
        items = tuple(Item(act) for act in acts)
        content = CaseContent(items, documents=(Document(digest, "file of acts"),), is_file=True)
        with desk.store.session(writing=True) as session:
            case = case_steps.begin(session, actor.form["form"], content, actor.doing)
        return RedirectResponse(f"/staff/cases/{case.number}", 303)

    return router


def acts_in(desk: Desk, files: tuple[bytes, ...]) -> list[Act]:
    """The acts of the one CSV file that was sent. Raises BadInput with every fault, and for a file without acts."""
    if len(files) != 1:
        raise BadInput([Sentence("Choose one CSV file.")])
    with TemporaryDirectory() as folder:
        path = Path(folder) / "acts.csv"
        path.write_bytes(files[0])
        acts = read_acts(path, desk.collection.participants, desk.collection.treaties)
    if not acts:
        raise BadInput([Sentence("The file has no act.")])
    differing: list[Difference] = []
    deque(new_acts(acts, desk.store, differing), maxlen=0)
    if differing:
        raise BadInput(at(f"acts.csv:{one.act.number}: row", one.said) for one in differing)
    return acts
