"""What a request asks: the language, the day, and the instant as at which the register is read."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from starlette.requests import Request

from depositary import clock
from depositary.law.dates import parse_date
from depositary.web.addresses import with_query
from depositary.words import AVAILABLE, Language, language

FIRST_YEAR, LAST_YEAR = 1900, 2999


class Unanswerable(Exception):
    """A request without an answer: an HTTP status, and the key of the sentence that says why."""

    def __init__(self, status: int, fault: str, asked: str = "") -> None:
        self.status = status
        self.fault = fault
        self.asked = asked
        super().__init__(fault)


@dataclass(frozen=True)
class PageQuery:
    """A question. `given` has the day and the instant as the address writes them; each link of the page keeps them."""

    language: Language
    on: date
    known_at: datetime | None = None
    given: Mapping[str, str] = field(default_factory=dict)
    opened: bool = False
    """Whether the page chose the day itself: the last for which acts are at hand."""

    @property
    def is_today(self) -> bool:
        return "on" not in self.given

    @property
    def query(self) -> str:
        """The day and the instant, as the end of an address."""
        return with_query("", self.given)


def ask(request: Request, code: str = "en") -> PageQuery:
    """The question of a request. Raises Unanswerable with the first fault."""
    if code not in AVAILABLE:
        raise Unanswerable(404, "no-such-language", code)
    on, known_at = parameter(request, "on"), parameter(request, "known_at")
    given = {name: value for name, value in (("on", on), ("known_at", known_at)) if value}
    return PageQuery(
        language(code),
        parse_day(on) if on else clock.today(),
        _instant(known_at) if known_at else None,
        given,
    )


def parameter(request: Request, name: str) -> str:
    """A parameter of the address, "" if it is missing. Raises Unanswerable for a parameter that is given twice."""
    values = request.query_params.getlist(name)
    if len(values) > 1:
        raise Unanswerable(422, "asked-twice", name)
    return values[0].strip() if values else ""


def chosen_parameter(request: Request, name: str, allowed: Collection[str]) -> str:
    """A parameter that must be one of the allowed words; "" if it is missing. Raises Unanswerable."""
    asked = parameter(request, name)
    if asked and asked not in allowed:
        raise Unanswerable(422, "not-among", asked[:40])
    return asked


def parse_day(text: str) -> date:
    """A day in an address. Raises Unanswerable for a text that is no day."""
    try:
        return parse_date(text)
    except ValueError:
        raise Unanswerable(422, "bad-date", text[:40]) from None


def _instant(text: str) -> datetime:
    try:
        instant = clock.parse_instant(text)
    except ValueError:
        raise Unanswerable(422, "bad-instant", text[:40]) from None
    if not FIRST_YEAR <= instant.year <= LAST_YEAR:
        raise Unanswerable(422, "bad-instant", text[:40])
    if instant > clock.now():
        raise Unanswerable(422, "instant-to-come", text[:40])
    return instant


def preferred_language(accept: str) -> str:
    """The available language that an Accept-Language header prefers; English if it accepts none of them."""
    wishes = []
    for place, part in enumerate(accept[:1000].split(",")):
        tag, _, weight = part.strip().partition(";q=")
        try:
            wishes.append((-float(weight or 1), place, tag.split("-")[0].lower()))
        except ValueError:
            continue
    return next((code for weight, _, code in sorted(wishes) if code in AVAILABLE and weight < 0), AVAILABLE[0])
