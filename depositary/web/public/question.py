"""A question to the calculator: supposed acts, the day on which the number is reached, the day wanted.

The first act's fields are `state`, `day` and `act`; the second's `state2`, `day2` and `act2`, and so on.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from starlette.requests import Request

from depositary.law.acts import Act, Action
from depositary.law.clauses import Clauses
from depositary.law.dates import parse_date
from depositary.treaties.names import Gazetteer
from depositary.treaties.supposition import consent, usual
from depositary.web.query import parameter
from depositary.web.view import View
from depositary.words import Language

MOST_ACTS = 12
LONGEST = 120

UNNAMED = "UNNAMED-"
OTHER = "OTHER-"


@dataclass(frozen=True)
class SupposedAct:
    """A supposed act: the name as typed, the code ("" for no participant), the day (None: not given), the action."""

    number: int
    who: str
    code: str
    written: str
    day: date | None
    action: Action | None

    @property
    def place(self) -> str:
        return str(self.number) if self.number > 1 else ""

    @property
    def is_empty(self) -> bool:
        return not (self.who or self.written or self.action)

    @property
    def whose(self) -> str:
        """The participant's code; one of its own for a State that is not named."""
        return self.code or f"{UNNAMED}{self.number}"


@dataclass(frozen=True)
class Question:
    """A question. It has no answer if it has faults."""

    rows: tuple[SupposedAct, ...]
    reached: str = ""
    reached_on: date | None = None
    by_written: str = ""
    by: date | None = None
    faults: tuple[str, ...] = ()

    @property
    def supposed(self) -> tuple[SupposedAct, ...]:
        """The rows that are acts."""
        return tuple(row for row in self.rows if row.day is not None)

    @property
    def given(self) -> dict[str, str]:
        """The question as its permanent address asks it: codes for names, and nothing empty."""
        given: dict[str, str] = {}
        for row in self.rows:
            if not row.is_empty:
                given |= {
                    f"state{row.place}": row.code,
                    f"day{row.place}": row.written,
                    f"act{row.place}": row.action or "",
                }
        given |= {"reached": self.reached, "by": self.by_written}
        return {name: value for name, value in given.items() if value}

    def depositing(self) -> "Question":
        """The question with a deposit in the place of the first act."""
        return replace(self, rows=(replace(self.rows[0], action=None), *self.rows[1:]))

    def names(self, words: Language, others: int) -> dict[str, str]:
        """The names of the States that the question does not name, by code."""
        called = {
            f"{OTHER}{number:04}": words.gettext("Another State (%(number)d)", number=number)
            for number in range(1, others + 1)
        }
        for row in self.rows:
            if not row.code:
                called[row.whose] = (
                    words.gettext("Your State")
                    if row.number == 1
                    else words.gettext("State %(number)d", number=row.number)
                )
        return called

    def acts(self, view: View) -> tuple[Act, ...]:
        """The acts supposed."""
        return tuple(act for row in self.supposed for act in acts_of(view, row))


def acts_of(view: View, row: SupposedAct) -> list[Act]:
    """The act of a row; the usual instrument where none is chosen."""
    assert row.day is not None
    clauses = view.clauses
    if not row.code and row.action in (None, *clauses.consent.actions):
        return consent(view.site.collection, clauses.id, row.whose, row.day, row.action)
    action = row.action or usual(view.effects, row.code)
    return [Act(clauses.id, row.whose, action, row.day, place=place_of(clauses, action, row.day))]


def place_of(clauses: Clauses, action: Action, day: date) -> str:
    """Where a treaty is open for signature on a day."""
    periods = clauses.periods_for_signature if action == "signature" else ()
    return next((period.place for period in periods if period.since <= day <= period.until), "")


def actions(clauses: Clauses) -> tuple[Action, ...]:
    """The actions that may be supposed under a treaty."""
    allowed: list[Action] = [one for one in clauses.consent.actions if one != "succession"]
    if clauses.signature:
        allowed.append("signature")
    if clauses.denunciation:
        allowed.append("denunciation")
    return (*allowed, "withdrawal of instrument")


def question(request: Request, view: View) -> Question:
    """The question of a request. Raises Unanswerable where the address asks one thing twice."""
    faults: list[str] = []
    words = view.words
    allowed = actions(view.clauses)
    number = parameter(request, "rows")
    rows_shown = int(number) if number in {str(each) for each in range(1, MOST_ACTS + 1)} else 1
    if number and number != str(rows_shown):
        faults.append(words.gettext("At most %(number)d hypothetical acts can be given.", number=MOST_ACTS))
    rows = []
    for place in range(1, MOST_ACTS + 1):
        ending = str(place) if place > 1 else ""
        who, written, action = (parameter(request, f"{name}{ending}") for name in ("state", "day", "act"))
        row = SupposedAct(
            place,
            who[:LONGEST],
            participant_code(words, view.site.collection.gazetteer, who, view.on, faults),
            written[:LONGEST],
            day_of(words, written, faults),
            action_of(words, action, allowed, faults),
        )
        if place > 1 and not row.is_empty and not written:
            faults.append(words.gettext("Give the day of each act."))
        if place <= rows_shown or not row.is_empty:
            rows.append(row)
    reached, by = parameter(request, "reached"), parameter(request, "by")
    asked = Question(
        tuple(rows),
        reached[:LONGEST],
        day_of(words, reached, faults),
        by[:LONGEST],
        day_of(words, by, faults),
        (),
    )
    faults += impossible(view, asked)
    return replace(asked, faults=tuple(dict.fromkeys(faults)))


def impossible(view: View, asked: Question) -> Iterator[str]:
    """Why a question has no answer: its days come before the treaty, or the number was not reached on a past day."""
    words, adopted = view.words, view.clauses.adopted
    days = [view.on, *(row.day for row in asked.supposed), asked.reached_on, asked.by]
    if adopted and any(day is not None and day < adopted for day in days):
        yield words.fault("not-adopted", asked=words.date(adopted))
        return
    if asked.reached_on and asked.reached_on < view.on and view.effects.threshold_on is None:
        yield words.gettext(
            "By %(day)s the number was not reached: assume that it is reached on %(today)s or later.",
            day=words.date(asked.reached_on),
            today=words.date(view.on),
        )


def participant_code(words: Language, gazetteer: Gazetteer, who: str, on: date, faults: list[str]) -> str:
    """The code of a participant from its name in any language. A name of nobody is added to the faults."""
    if not who:
        return ""
    code = gazetteer.resolve(who, on) if len(who) <= LONGEST else ""
    if not code:
        faults.append(name_fault(words, gazetteer, who[:LONGEST], on))
    return code


def name_fault(words: Language, gazetteer: Gazetteer, who: str, on: date) -> str:
    """The sentence about a text that is nobody's name, or the name of several."""
    near = [words.name(gazetteer.participants, code, on) for code in gazetteer.candidates(who, on)]
    if near:
        return words.gettext(
            "No State or organization is called exactly “%(who)s”. Is it one of these: %(names)s?",
            who=who[:40],
            names="; ".join(near),
        )
    return words.gettext(
        "No State or organization is called “%(who)s”; choose one from the list, or leave the field empty.",
        who=who[:40],
    )


def day_of(words: Language, text: str, faults: list[str]) -> date | None:
    """A day as it was typed."""
    try:
        return parse_date(text) if text else None
    except ValueError:
        faults.append(words.fault("bad-date", asked=text[:40]))
        return None


def action_of(words: Language, text: str, allowed: tuple[Action, ...], faults: list[str]) -> Action | None:
    """The action that was chosen, None for the usual one."""
    for action in allowed:
        if action == text:
            return action
    if text:
        faults.append(words.fault("not-among", asked=text[:40]))
    return None


def day_hints(words: Language, today: date) -> Iterator[tuple[str, date]]:
    """Days that are easily asked for: today, and each day of the next week by its name."""
    yield words.gettext("today"), today
    for later in range(1, 8):
        day = date.fromordinal(today.toordinal() + later)
        yield words.weekday(day), day
