"""The bench: what supposed acts would change. Its address holds the question; a PDF has the answer on one page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from depositary import clock
from depositary.desk.case_content import case_of_acts
from depositary.errors import BadInput, Sentence
from depositary.law.acts import Act
from depositary.register.entry import acts_of, as_known
from depositary.treaties.instruments_csv import described_act
from depositary.treaties.supposition import compare, last_day
from depositary.web.staff import preview
from depositary.web.staff.access import Actor, Missing, is_number, may
from depositary.web.staff.desk import Desk
from depositary.web.staff.pages import BenchPage
from depositary.web.staff.parts import PreviewLine
from depositary.web.staff.rendering import answer
from depositary.web.staff.typed_dates import typed_day
from depositary.words import Language
from depositary.words.pdf import document

LONGEST = 20_000
"""The longest question, in characters: an address holds it."""


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
class Supposition:
    """What a person asks of the bench, and what follows; nothing follows from faults and from an empty question."""

    treaty: str
    text: str
    on: str
    day: date | None
    lines: tuple[str, ...]
    faults: tuple[str, ...]
    effect: tuple[PreviewLine, ...]
    beside: tuple[tuple[str, str, str], ...]

    @property
    def query(self) -> str:
        return urlencode({"treaty": self.treaty, "acts": self.text, "on": self.on})


def suppose(desk: Desk, words: Language, asked: Mapping[str, str]) -> Supposition:
    """What the acts of a question, one a line, would change. Nothing is kept: the address holds the question."""
    treaty, text, on = desk.chosen(asked.get("treaty", "")), asked.get("acts", ""), asked.get("on", "").strip()
    if len(text) > LONGEST:
        most = Sentence(
            "At most %(most)d characters; there are %(number)d. Nothing was done.", most=LONGEST, number=len(text)
        )
        return Supposition(treaty, text, on, None, (), (words.said(most),), (), ())
    lines = tuple(line.strip() for line in text.splitlines() if line.strip())
    entries = [entry for needed in desk.collection.needed_by(treaty) for entry in desk.entries(needed)]
    first = max((entry.number for entry in entries), default=0) + 1
    away = {int(line[1:]) for line in lines if line[0] == "-" and is_number(line[1:])}
    supposed, faults = list[Act](), list[str]()
    for number, line in enumerate((line for line in lines if not line.startswith("-")), first):
        try:
            supposed.append(described_act(line, number, treaty, desk.collection.gazetteer, desk.collection.treaties))
        except BadInput as fault:
            faults += fault.faults
    typed = None
    try:
        typed = typed_day(on)
    except ValueError as fault:
        faults.append(f"{words.gettext('As seen on')}: {words.said(fault.args[0])}")
    if not lines or faults:
        return Supposition(treaty, text, on, typed, lines, tuple(faults), (), ())
    day = typed or last_day(supposed, clock.today())
    compared = compare(desk.collection, acts_of(as_known(entries)), treaty, supposed, day, away)
    effect = preview.examination(desk, words, case_of_acts(*supposed), compared.irregularities)
    effect += preview.effect_lines(words, (compared,))
    beside = tuple(preview.before_and_after(words, (compared,)))
    return Supposition(treaty, text, on, typed, lines, (), tuple(effect), beside)


def bench_page(desk: Desk, actor: Actor, question: Supposition) -> Response:
    page = BenchPage(
        desk.frame_of(actor),
        desk.choices(question.treaty, actor.words),
        question.text,
        question.on,
        question.day,
        question.faults,
        question.effect,
        question.beside,
        f"/staff/bench?{question.query}" if question.lines else "",
        f"/staff/bench.pdf?{question.query}" if question.beside else "",
    )
    return answer(page, 422 if question.faults else 200)


def briefing(desk: Desk, words: Language, question: Supposition) -> Response:
    """The PDF of a question with its answer. Raises Missing where nothing was asked."""
    if not question.beside:
        raise Missing
    say, today = words.gettext, clock.today()
    acts = [line for line in question.lines if not line.startswith("-")]
    acts += [say("without entry %(number)s", number=line[1:]) for line in question.lines if line.startswith("-")]
    content = document(
        "briefing",
        {
            "language": words.code,
            "title": say("What if: %(treaty)s", treaty=words.treaty(desk.collection.treaties[question.treaty])),
            "subtitle": say("A hypothetical calculation of %(date)s. Nothing is recorded.", date=words.date(today)),
            "day": [today.year, today.month, today.day],
            "labels": {
                "acts": say("Hypothetical"),
                "effect": say("What would follow"),
                "beside": say("Before and after"),
                "before": say("Today"),
                "after": say("Hypothetical"),
            },
            "acts": acts,
            "effect": [{"sentence": line.sentence, "weight": line.weight} for line in question.effect],
            "rows": question.beside,
            "foot": say("By the register of root %(root)s", root=desk.root[:16]),
        },
    )
    headers = {"Content-Disposition": 'attachment; filename="briefing.pdf"'}
    return Response(content, media_type="application/pdf", headers=headers)
