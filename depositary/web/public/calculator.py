"""The calculator: what follows if these acts are done, and the last day to do them. Nothing is stored."""

from collections.abc import Iterator
from datetime import date

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from depositary.law import reasons
from depositary.law.acts import Act
from depositary.law.effects import Effects
from depositary.law.findings import Finding
from depositary.treaties.supposition import Supposition
from depositary.web.addresses import with_query
from depositary.web.cache_control import tagged_response
from depositary.web.formats.calendars import ICALENDAR, supposed_calendar
from depositary.web.parts import Link
from depositary.web.public.backwards import backwards
from depositary.web.public.calculation_parts import CalculatorRow, Earliest, SuppositionAnswer
from depositary.web.public.pages import CalculatorPage
from depositary.web.public.participant import standing_of
from depositary.web.public.question import Question, actions, day_hints, question
from depositary.web.public.reasons import explanation
from depositary.web.public.supposition import supposed_view
from depositary.web.query import Unanswerable
from depositary.web.responses import page_response, read_only, view_of
from depositary.web.security import WITH_SCRIPT
from depositary.web.view import View
from depositary.words import Language
from depositary.words.changes import effect
from depositary.words.holidays import holidays

FRIDAY = 5


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
        if not dated(supposition[1]):
            raise Unanswerable(422, "no-such-date")
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
        backwards=backwards(view, asked) if answerable and asked.by else None,
        lacking=lacking(view, asked) if answerable else "",
    )


def lacking(view: View, asked: Question) -> str:
    """What a question with a State and no day leaves open; "" if nothing."""
    if asked.supposed or asked.reached_on or asked.by or not asked.rows or not asked.rows[0].code:
        return ""
    return view.words.gettext(
        "Give the day on which %(name)s deposits its instrument, or the day by which it is to be bound.",
        name=view.name(asked.rows[0].code),
    )


def here_asking(view: View, asked: Question, **other: date) -> str:
    """The address of the answer to a question; `other` replaces some of its days."""
    days = {name: day.isoformat() for name, day in other.items()}
    return with_query(view.path, {**view.asked.given, **asked.given, **days}) + "#answer"


def answer(view: View, asked: Question, here: str) -> SuppositionAnswer:
    """The answer to a question: the result of the supposed acts."""
    there, supposed = supposed_view(view, asked, asked.reached_on)
    first = asked.supposed[0] if asked.supposed else None
    mine = next(
        (act for act in supposed.acts if first and act.participant == first.whose and act.treaty == view.clauses.id),
        None,
    )
    finding = finding_of(there, supposed.after, mine)
    wrong = [
        irregularity
        for irregularity in supposed.irregularities
        if irregularity.act.participant not in supposed.others and irregularity.code != "weekend-date"
    ]
    about = about_of(supposed, mine)
    return SuppositionAnswer(
        about=about,
        sentence=there.sentence(finding),
        day=finding.value if isinstance(finding.value, date) else None,
        explained=explanation(there, finding),
        refused=tuple(there.words.irregularity(one, there.participants) for one in wrong if one.severity == "refused"),
        warned=(
            *(there.words.irregularity(one, there.participants) for one in wrong if one.severity != "refused"),
            *non_working_days(there.words, asked),
        ),
        remarks=tuple(effect(there.words, supposed.before, supposed.after, there.on, frozenset(supposed.others))),
        others=len(supposed.others),
        reached_on=asked.reached_on,
        threshold_on=supposed.after.threshold_on,
        earliest=earliest(view, asked, supposed) if asked.reached_on is None and about == "date" else None,
        instead=here_asking(view, asked.depositing()) if about == "signature" else "",
        calendar=here.replace("/calculator", "/calculator.ics", 1) if asked.supposed and dated(supposed) else "",
    )


def about_of(supposed: Supposition, act: Act | None) -> str:
    """What the answer is about: "refused" for an act without effect, "signature", or a "date"."""
    if act is None:
        return "date"
    if any(found.act == act for found in supposed.refused):
        return "refused"
    return "signature" if act.action == "signature" else "date"


def dated(supposed: Supposition) -> bool:
    """Whether a date follows from the supposed acts, so that a calendar has something to hold."""
    return any(day is not None and supposed.before.dates.get(key) != day for key, day in supposed.after.dates.items())


def non_working_days(words: Language, asked: Question) -> Iterator[str]:
    """The supposed days that are no working days: weekends and public holidays, which move no date."""
    for day in dict.fromkeys(row.day for row in asked.supposed if row.day):
        if name := holidays(words, day):
            yield words.gettext(
                "%(date)s is a public holiday in New York: %(name)s. A deposit on that day counts all the same.",
                date=words.date(day),
                name=name,
            )
        elif day.isoweekday() > FRIDAY:
            yield words.gettext(
                "%(date)s is not a working day: %(weekday)s. A deposit on that day counts all the same.",
                date=words.date(day),
                weekday=words.weekday(day),
            )


def finding_of(view: View, effects: Effects, act: Act | None) -> Finding:
    """The finding about an act: the entry into force for its participant, the end of participation, or a standing."""
    if act is None:
        return reasons.entry_into_force(effects)
    for number, episode in enumerate(effects.episodes(act.participant), start=1):
        place = f" ({number})" if number > 1 else ""
        if episode.consent == act:
            return reasons.of_date(effects, f"entry_into_force{place}", act.participant)
        if episode.ended_by == act and episode.until:
            return reasons.of_date(effects, f"ceases{place}", act.participant)
    return standing_of(view, act.participant)


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
