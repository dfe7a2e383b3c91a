"""The calculator: what follows if these acts are done, and the last day to do them. Nothing is stored."""

from dataclasses import replace
from datetime import date

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from depositary.law import reasons
from depositary.law.acts import Act
from depositary.law.articles.entry_into_force import last_deposit, last_threshold, of_the_treaty
from depositary.law.effects import Effects
from depositary.law.examination import irregularities
from depositary.law.findings import Finding
from depositary.treaties.supposition import Supposition, suppose, with_unnamed
from depositary.web.addresses import with_query
from depositary.web.cache_control import tagged_response
from depositary.web.formats.calendars import ICALENDAR, supposed_calendar
from depositary.web.parts import Link
from depositary.web.public.calculation_parts import Backwards, CalculatorRow, Earliest, SuppositionAnswer
from depositary.web.public.pages import CalculatorPage
from depositary.web.public.question import OTHER, Question, actions, day_hints, question
from depositary.web.public.reasons import explanation
from depositary.web.query import Unanswerable
from depositary.web.responses import page_response, read_only, view_of
from depositary.web.security import WITH_SCRIPT
from depositary.web.view import View
from depositary.words.changes import effect


def routes() -> APIRouter:
    """The addresses of the calculator."""
    router = APIRouter()
    page = read_only(router)

    def view(request: Request, lang: str, treaty: str) -> View:
        here = view_of(request, lang, treaty)
        if here.clauses.entry_into_force is None:
            raise Unanswerable(404, "nothing-to-calculate")
        return here

    @page("/{lang}/treaties/{treaty}/calculator")
    def calculator(request: Request, lang: str, treaty: str) -> Response:
        here = view(request, lang, treaty)
        made = calculator_page(here, question(request, here))
        response = page_response(request, made)
        response.headers.update(WITH_SCRIPT)
        if made.faults:
            response.status_code = 422
            response.headers["Cache-Control"] = "no-store"
        return response

    @page("/{lang}/treaties/{treaty}/calculator.ics")
    def calendar(request: Request, lang: str, treaty: str) -> Response:
        here = view(request, lang, treaty)
        asked = question(request, here)
        if asked.faults or not asked.supposed:
            raise Unanswerable(422, "nothing-asked")
        supposition = supposed_view(here, asked, asked.reached_on)
        response = tagged_response(request, supposed_calendar(*supposition), ICALENDAR)
        response.headers["Content-Disposition"] = f'attachment; filename="{treaty}-calculated.ics"'
        return response

    return router


def calculator_page(view: View, asked: Question) -> CalculatorPage:
    """The page with the question and its answer."""
    clause = view.clauses.entry_into_force
    assert clause is not None
    words = view.words
    answerable = not asked.faults
    now = supposed_view(view, asked, None) if answerable else None
    here = here_asking(view, asked)
    names = {
        words.name(view.participants, code, view.on)
        for code, participant in view.participants.items()
        if participant.exists_on(view.on)
    }
    return CalculatorPage(
        frame=view.frame(view.treaty, question=asked.given),
        treaty=view.treaty,
        script=view.site.assets.script,
        name=view.words.treaty(view.clauses),
        required=clause.instruments,
        counted=view.effects.counted,
        rows=tuple(
            CalculatorRow(
                row.place,
                words.name(view.participants, row.code, view.on) if row.code else row.who,
                row.written,
                row.action or "",
            )
            for row in asked.rows
        ),
        names=tuple(sorted(names, key=words.sort_key)),
        actions=tuple(Link(words.action(one), one) for one in actions(view.clauses)),
        hints=tuple(
            Link(
                f"{name} · {words.short_date(day)}",
                here_asking(view, asked, day=day),
            )
            for name, day in day_hints(words, view.on)
        ),
        reached=asked.reached,
        by=asked.by_written,
        faults=asked.faults,
        answer=answer(view, asked, here) if answerable and (asked.supposed or asked.reached_on) else None,
        backwards=backwards(view, now, asked) if now and asked.by else None,
    )


def here_asking(view: View, asked: Question, **other: date) -> str:
    """The address of the answer to a question; `other` replaces some of its days."""
    days = {name: day.isoformat() for name, day in other.items()}
    return with_query(view.path, {**view.asked.given, **asked.given, **days}) + "#answer"


def supposed_view(view: View, asked: Question, reached_on: date | None) -> tuple[View, Supposition]:
    """The treaty as it would be on the last day supposed, and what was supposed."""
    clause = view.clauses.entry_into_force
    assert clause is not None
    required = clause.instruments
    collection = with_unnamed(view.site.collection, asked.names(view.words, required))
    acts = asked.acts(view)
    horizon = max([view.on, *(act.date for act in acts), *([reached_on] if reached_on else [])])
    known = view.site.known
    others = (f"{OTHER}{number:04}" for number in range(1, required + 1))
    treaty = view.clauses.id
    entered = known.acts(treaty, view.asked)
    supposed = suppose(collection, entered, treaty, acts, horizon, reached_on, others)
    site = replace(
        view.site, collection=collection, known=known.with_acts(collection, treaty, supposed.acts, view.asked)
    )
    return View(site, replace(view.asked, on=horizon, known_at=None), view.clauses, view.path), supposed


def answer(view: View, asked: Question, here: str) -> SuppositionAnswer:
    """The answer to a question: the result of the supposed acts."""
    there, supposed = supposed_view(view, asked, asked.reached_on)
    first = asked.supposed[0] if asked.supposed else None
    mine = next(
        (act for act in supposed.acts if first and act.participant == first.whose and act.treaty == view.clauses.id),
        None,
    )
    finding = finding_of(supposed.after, mine, there.on)
    wrong = [
        irregularity
        for irregularity in irregularities(supposed.after)
        if irregularity.act in supposed.acts and irregularity.act.participant not in supposed.others
    ]
    unnamed = frozenset(supposed.others)
    return SuppositionAnswer(
        sentence=there.sentence(finding),
        day=finding.value if isinstance(finding.value, date) else None,
        explained=explanation(there, finding),
        refused=tuple(there.words.irregularity(one, there.participants) for one in wrong if one.severity == "refused"),
        warned=tuple(there.words.irregularity(one, there.participants) for one in wrong if one.severity != "refused"),
        remarks=tuple(effect(there.words, supposed.before, supposed.after, there.on, unnamed)),
        others=len(supposed.others),
        reached_on=asked.reached_on,
        earliest=earliest(view, asked, supposed) if asked.reached_on is None else None,
        calendar=here.replace("/calculator", "/calculator.ics", 1) if asked.supposed else "",
    )


def finding_of(effects: Effects, act: Act | None, on: date) -> Finding:
    """The finding about an act: the entry into force for its participant, the end of participation, or a standing."""
    if act is None:
        return reasons.entry_into_force(effects)
    for number, episode in enumerate(effects.episodes(act.participant), start=1):
        place = f" ({number})" if number > 1 else ""
        if episode.consent == act:
            return reasons.of_date(effects, f"entry_into_force{place}", act.participant)
        if episode.ended_by == act and episode.until:
            return reasons.of_date(effects, f"ceases{place}", act.participant)
    return reasons.standing(effects, act.participant, on)


def earliest(view: View, asked: Question, supposed: Supposition) -> Earliest | None:
    """The result if the missing instruments were deposited on the last supposed day; None if none is missing."""
    if supposed.after.threshold_on is not None:
        return None
    acts = asked.acts(view)
    day = max([view.on, *(act.date for act in acts)])
    completed = supposed_view(view, asked, day)[1]
    if completed.after.in_force_on is None:
        return None
    since = completed.after.since.get(asked.supposed[0].whose) if asked.supposed else None
    ask_it = here_asking(view, asked, reached=day)
    return Earliest(len(completed.others), day, completed.after.in_force_on, since, ask_it)


def backwards(view: View, now: tuple[View, Supposition], asked: Question) -> Backwards:
    """The last day to reach the number, and the last day for the first participant to deposit."""
    there, supposed = now
    assert asked.by is not None
    after, before = supposed.after, supposed.before
    history = after.history
    reached = after.threshold_on is not None
    code = asked.rows[0].code if asked.rows else ""
    threshold_by = None if reached else last_threshold(history, asked.by)
    bound = not code or code not in before.since
    whose = code or asked.rows[0].whose
    deposit_by = last_deposit(before.history, whose, asked.by) if before.threshold_on is not None and bound else None
    on = view.on
    return Backwards(
        by=asked.by,
        reached_on=after.threshold_on,
        in_force_on=after.in_force_on,
        threshold_by=threshold_by,
        threshold_passed=threshold_by is not None and threshold_by < on,
        from_today=of_the_treaty(history, on) if not reached and history.required else None,
        deposit_by=deposit_by,
        deposit_passed=deposit_by is not None and deposit_by < on,
        name=there.name(whose),
    )
