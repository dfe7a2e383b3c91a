"""The reasons of a date: its rule, the words, the count by hand, the readings, the instruments and their proofs."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from depositary.law import reasons
from depositary.law.acts import Act
from depositary.law.counts import Count, counts
from depositary.law.findings import Finding
from depositary.law.readings import READINGS
from depositary.web.addresses import slug
from depositary.web.parts import Link
from depositary.web.public.calculation_parts import Ahead, CountByHand, Explanation, Ground, Month
from depositary.web.public.glance import glance
from depositary.web.public.pages import ReasonsPage
from depositary.web.public.question import Question
from depositary.web.public.status import reading_in_words
from depositary.web.public.supposition import supposed_view
from depositary.web.query import Unanswerable
from depositary.web.responses import page_response, read_only, view_of
from depositary.web.view import View

COUNTED = ("threshold", "threshold-not-reached")
DAY_ZERO = "day-of-deposit-is-day-zero"


def routes() -> APIRouter:
    """The addresses of reasons: of a date of the treaty, or of a participant's."""
    router = APIRouter()
    page = read_only(router)

    @page("/{lang}/treaties/{treaty}/reasons/{what}")
    def of_the_treaty(request: Request, lang: str, treaty: str, what: str) -> Response:
        return page_response(request, reasons_page(view_of(request, lang, treaty), what))

    @page("/{lang}/treaties/{treaty}/participants/{code}/reasons/{what}")
    def of_a_participant(request: Request, lang: str, treaty: str, code: str, what: str) -> Response:
        return page_response(request, reasons_page(view_of(request, lang, treaty), what, code))

    return router


def reasons_page(view: View, what: str, code: str = "") -> ReasonsPage:
    """Why a date is what it is. Raises Unanswerable for a date that the treaty does not give."""
    if code and code not in view.participants:
        raise Unanswerable(404, "no-such-participant", code[:40])
    concerns = {slug(one): one for one, whose in view.effects.dates if whose == code}
    try:
        finding = reasons.of_date(view.effects, concerns[what], code)
    except KeyError:
        raise Unanswerable(404, "no-such-date") from None
    whose = view.participant(code) if code else Link("")
    trail = (view.treaty, whose) if code else (view.treaty,)
    return ReasonsPage(
        frame=view.frame(*trail),
        ahead=None if finding.value else ahead(view, concerns[what], code),
        about=view.words.concerns(concerns[what]),
        whose=whose,
        treaty=view.treaty,
        explained=explanation(view, finding),
    )


def ahead(view: View, concerns: str, code: str) -> Ahead | None:
    """What a date waits for, and the earliest day on which it can come; None where no number of instruments decides."""
    first = glance(view)
    if first.earliest is None:
        return None
    there, _ = supposed_view(view, Question(()), view.on)
    return Ahead(first.missing, there.effects.dates.get((concerns, code)), first.calculation)


def explanation(view: View, finding: Finding) -> Explanation:
    """A finding with its grounds."""
    hand_counts = counts(finding, leap_day_to_march=view.effects.history.leap_day_to_march)
    counted = dict.fromkeys(act for one in finding if one.about in COUNTED for act in one.acts)
    every = dict.fromkeys(act for one in finding for act in one.acts)
    return Explanation(
        day=finding.value if isinstance(finding.value, date) else None,
        reason=view.reason(finding),
        counts=tuple(count_shown(view, one) for one in hand_counts),
        readings=tuple(reading_in_words(view, name) for name in readings(finding, begun=bool(hand_counts))),
        counted=tuple(ground(view, act) for act in counted),
        others=tuple(ground(view, act) for act in sorted(every, key=lambda act: act.order) if act not in counted),
    )


def readings(finding: Finding, *, begun: bool) -> Iterable[str]:
    """The readings on which a finding rests, each once. A count also rests on the reading of day zero."""
    names = dict.fromkeys(under.name for one in finding for under in one.under)
    return {name: None for name in READINGS if name in names or (begun and name == DAY_ZERO)}


def count_shown(view: View, count: Count) -> CountByHand:
    """A count with the months that its days fall into."""
    return CountByHand(
        of=view.sentence(count.finding),
        unit=count.unit,
        since=count.since,
        until=count.until,
        steps=count.steps,
        months=tuple(months(count)) if count.unit == "days" else (),
    )


def months(count: Count) -> Iterator[Month]:
    """The days of a count, month by month."""
    for _, days in groupby(count.steps, key=lambda step: (step[1].year, step[1].month)):
        within = list(days)
        yield Month(within[0][1], within[0][0], within[-1][1], within[-1][0])


def ground(view: View, act: Act) -> Ground:
    """An act with its entry and its proof."""
    entered = act.number > 0
    return Ground(view.act_line(act), view.entry(act), f"/register/proof/{act.number}" if entered else "")
