"""The bench: supposed acts beside what holds, shared inside the desk by an address, and on one page to take along."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from depositary import clock
from depositary.desk.preview import Examined
from depositary.desk.proposal import Proposal
from depositary.errors import BadInput
from depositary.law.acts import Act
from depositary.law.examination import irregularities
from depositary.register.entry import acts_of, as_known
from depositary.treaties.instruments_csv import described_act
from depositary.web.staff import preview
from depositary.web.staff.access import Actor, Missing, may
from depositary.web.staff.desk import Desk
from depositary.web.staff.pages import BenchPage
from depositary.web.staff.parts import SaidLine
from depositary.web.staff.rendering import answer
from depositary.words import Language
from depositary.words.pdf import document


def routes(desk: Desk) -> APIRouter:
    """The routes of the bench."""
    router = APIRouter()

    @router.get("/staff/bench")
    def bench(request: Request, actor: Actor = may("read")) -> Response:
        return bench_page(desk, actor, suppose(desk, actor.words, request.query_params))

    @router.get("/staff/bench.pdf")
    def bench_pdf(request: Request, actor: Actor = may("read")) -> Response:
        return briefing(desk, actor.words, suppose(desk, actor.words, request.query_params))

    return router


@dataclass(frozen=True)
class Supposed:
    """What the bench was asked, and what follows: `examined` is None for nothing asked, and for faults."""

    treaty: str
    text: str
    on: str
    lines: tuple[str, ...]
    faults: tuple[str, ...]
    effect: tuple[SaidLine, ...]
    beside: tuple[tuple[str, str, str], ...]

    @property
    def query(self) -> str:
        return urlencode({"treaty": self.treaty, "acts": self.text, "on": self.on})


def suppose(desk: Desk, words: Language, asked: Mapping[str, str]) -> Supposed:
    """Supposed acts, a line each, beside what holds today. Nothing is kept: the address holds the question."""
    treaty, text, on = desk.chosen(asked.get("treaty", "")), asked.get("acts", "")[:20_000], asked.get("on", "")[:10]
    lines = tuple(line.strip() for line in text.splitlines() if line.strip())
    entries = [entry for one in desk.collection.needed_by(treaty) for entry in desk.entries(one)]
    first = max((entry.number for entry in entries), default=0) + 1
    away = {int(line[1:]) for line in lines if line[0] == "-" and line[1:].isascii() and line[1:].isdigit()}
    supposed, faults = list[Act](), list[str]()
    for number, line in enumerate((line for line in lines if not line.startswith("-")), first):
        try:
            supposed.append(described_act(line, number, treaty, desk.collection.participants, desk.collection.treaties))
        except BadInput as fault:
            faults += fault.faults
    if not lines or faults:
        return Supposed(treaty, text, on, lines, tuple(faults), (), ())
    one = supposing(desk, treaty, supposed, away, day_or_none(on))
    said = preview.examination(desk, words, Proposal("import", tuple(supposed)), (one,))
    said += preview.effects_said(words, (one,))
    return Supposed(treaty, text, on, lines, (), tuple(said), tuple(preview.beside(words, (one,))))


def bench_page(desk: Desk, actor: Actor, found: Supposed) -> Response:
    page = BenchPage(
        desk.frame_of(actor),
        desk.choices(found.treaty, actor.words),
        found.text,
        found.on,
        found.faults,
        found.effect,
        found.beside,
        f"/staff/bench?{found.query}" if found.lines else "",
        f"/staff/bench.pdf?{found.query}" if found.beside else "",
    )
    return answer(page, 422 if found.faults else 200)


def briefing(desk: Desk, words: Language, found: Supposed) -> Response:
    """The same on one page to take along. Raises Missing where nothing was asked."""
    if not found.beside:
        raise Missing
    say, today = words.gettext, clock.today()
    acts = [line for line in found.lines if not line.startswith("-")]
    acts += [say("without entry %(number)s", number=line[1:]) for line in found.lines if line.startswith("-")]
    content = document(
        "briefing",
        {
            "language": words.code,
            "title": say("What if: %(treaty)s", treaty=words.treaty(desk.collection.treaties[found.treaty])),
            "subtitle": say("A supposition of %(date)s. Nothing of it is recorded.", date=words.date(today)),
            "day": [today.year, today.month, today.day],
            "labels": {
                "acts": say("Supposed"),
                "effect": say("What would follow"),
                "beside": say("Before and after"),
                "before": say("Today"),
                "after": say("Supposed"),
            },
            "acts": acts,
            "effect": [{"sentence": line.sentence, "weight": line.weight} for line in found.effect],
            "rows": found.beside,
            "foot": say("By the register of root %(root)s", root=desk.root[:16]),
        },
    )
    headers = {"Content-Disposition": 'attachment; filename="briefing.pdf"'}
    return Response(content, media_type="application/pdf", headers=headers)


def supposing(desk: Desk, treaty: str, supposed: list[Act], away: set[int], on: date | None) -> Examined:
    """What holds with acts added and entries taken away."""
    recorded = [entry for one in desk.collection.needed_by(treaty) for entry in desk.entries(one)]
    standing = acts_of(as_known(recorded))
    day = on or max([clock.today(), *(act.date for act in supposed)])
    before = desk.collection.effects(standing, treaty, day)
    after = desk.collection.effects([*(act for act in standing if act.number not in away), *supposed], treaty, day)
    new = {act.number for act in supposed}
    found = tuple(one for one in irregularities(after) if one.act.number in new)
    return Examined(treaty, before, after, day, found)


def day_or_none(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
