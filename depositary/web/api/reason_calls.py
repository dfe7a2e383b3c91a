"""Why, as data: the reasons of a date as a tree, the calendar of all dates, the readings and the rulings."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter
from fastapi import Path as InPath
from pydantic import Field

from depositary.law import reasons
from depositary.law.dates import LATEST
from depositary.law.findings import Finding
from depositary.law.readings import READINGS
from depositary.web.addresses import slug
from depositary.web.api.calls import Pages, Treaty, Whose, call
from depositary.web.api.envelope import ActRef, Code, OfTreaty, Part, Plain, TreatyPage, act_ref, of_treaty
from depositary.web.api.treaty_calls import reasons_of
from depositary.web.query import Unanswerable
from depositary.web.view import View

What = Annotated[
    str,
    InPath(
        description="Which date: `entry-into-force`, `ceases`, `conference-by`, `amendment:ID` … (see calendar).",
        examples=["entry-into-force"],
    ),
]


class RestsOnReading(Part):
    """A reading on which a finding rests, and what the other reading gives."""

    reading: str
    otherwise: Plain
    ruled: Annotated[bool, Field(description="Whether a ruling has chosen the other reading.")]


class FindingInTree(Part):
    """What is found, by which provision, and what it rests on in turn, down to the acts."""

    about: Annotated[str, Field(description="The kind of the finding; it is the same in every language.")]
    sentence: Annotated[str, Field(description="The finding in the language asked for.")]
    value: Plain
    provision: Annotated[str, Field(examples=["65(1)"])]
    words: Annotated[str, Field(description="The operative words of the provision, in English.")]
    facts: Annotated[dict[str, Plain], Field(description="The numbers of the sentence: a period, a day counted from.")]
    acts: list[ActRef]
    under: list[RestsOnReading]
    because: "list[FindingInTree]"


class ReasonsAnswer(OfTreaty):
    """Why a date is what it is; "not yet" has its reasons too."""

    concerns: str
    participant: Code | None
    date: date | None
    finding: FindingInTree


class DatedEvent(Part):
    """A day on which something changes with no further act."""

    date: date
    concerns: Annotated[str, Field(examples=["entry_into_force"])]
    participant: Annotated[Code | None, Field(description="Null for a date of the treaty itself.")]
    words: Annotated[str, Field(description="What the date is of, in the language asked for.")]
    reasons: Annotated[str | None, Field(description="The address of its reasons; null for a period of signature.")]


class MovedByReading(Part):
    """A date, a standing or a number that would be another if the reading stood the other way."""

    concerns: str
    participant: Code | None
    value: Plain
    otherwise: Plain


class RulingOnReading(Part):
    """The ruling on a reading that has effect."""

    choice: Literal["default", "otherwise"]
    date: date
    entry: int | None
    source: str


class ReadingAnswer(Part):
    """A reading: a choice that the text of a treaty leaves."""

    name: str
    status: Literal["settled", "practice", "open"]
    provision: Annotated[str, Field(description="In the numbering of the Convention against Cybercrime.")]
    says: str
    otherwise: Annotated[str, Field(description='What the other reading says; "" where there is none.')]
    ruling: RulingOnReading | None
    moves: Annotated[list[MovedByReading], Field(description="What rests on it under this treaty, on the day.")]


def routes(router: APIRouter) -> None:
    """The calls about reasons."""

    @call(router, "/treaties/{treaty}/calendar", "Reasons")
    def calendar(view: Treaty, pages: Pages) -> TreatyPage[DatedEvent]:
        """The dates of effect and the deadlines that follow from the acts up to the day, by day."""
        events = sorted(dated_events(view), key=event_key)
        return TreatyPage(**of_treaty(view), **pages.cut(events, event_key))

    @call(router, "/treaties/{treaty}/reasons/{what}", "Reasons")
    def reasons_of_treaty(view: Treaty, what: What) -> ReasonsAnswer:
        """Why a date of the treaty is what it is, as a tree of findings."""
        return reasons_answer(view, what)

    @call(router, "/treaties/{treaty}/participants/{code}/reasons/{what}", "Reasons")
    def reasons_of_participant(view: Treaty, whose: Whose, what: What) -> ReasonsAnswer:
        """Why a date of a participant is what it is, as a tree of findings."""
        return reasons_answer(view, what, whose.code)

    @call(router, "/treaties/{treaty}/readings", "Reasons")
    def readings(view: Treaty, pages: Pages) -> TreatyPage[ReadingAnswer]:
        """The readings, the rulings on them, and what rests on each under the treaty."""
        cut = pages.cut(list(READINGS), str)
        return TreatyPage(**of_treaty(view), items=[reading(view, name) for name in cut["items"]], next=cut["next"])


def reasons_answer(view: View, what: str, code: str = "") -> ReasonsAnswer:
    """The reasons of a date. Raises Unanswerable for a date that the treaty does not give."""
    concerns = {slug(one): one for one, whose in view.effects.dates if whose == code}
    try:
        finding = reasons.of_date(view.effects, concerns[what], code)
    except KeyError:
        raise Unanswerable(404, "no-such-date") from None
    return ReasonsAnswer(
        **of_treaty(view),
        concerns=concerns[what],
        participant=code or None,
        date=view.effects.dates[concerns[what], code],
        finding=tree(view, finding),
    )


def tree(view: View, finding: Finding) -> FindingInTree:
    """A finding with all it rests on."""
    return FindingInTree(
        about=finding.about,
        sentence=view.sentence(finding),
        value=finding.value,
        provision=finding.provision,
        words=finding.words,
        facts=dict(finding.facts),
        acts=[act_ref(view, act) for act in finding.acts],
        under=[RestsOnReading(reading=one.name, otherwise=one.otherwise, ruled=one.ruled) for one in finding.under],
        because=[tree(view, one) for one in finding.because],
    )


def dated_events(view: View) -> list[DatedEvent]:
    """The dates that follow, and the last days of the periods for signature."""
    last_days = [
        DatedEvent(
            date=period.until,
            concerns="signature",
            participant=None,
            words=view.words.last_day_of_signature(view.words.place(period.place)),
            reasons=None,
        )
        for period in view.clauses.periods_for_signature
        if period.until < LATEST
    ]
    return last_days + [
        DatedEvent(
            date=day,
            concerns=concerns,
            participant=code or None,
            words=view.words.concerns(concerns),
            reasons=reasons_of(view, concerns, code),
        )
        for (concerns, code), day in view.effects.dates.items()
        if day is not None
    ]


def event_key(event: DatedEvent) -> str:
    """Where an event stands in the calendar."""
    return f"{event.date} {event.concerns} {event.participant or event.words}"


def reading(view: View, name: str) -> ReadingAnswer:
    """A reading, the ruling on it, and what it moves."""
    says, otherwise = view.words.reading(name)
    ruled = view.effects.rulings.get(name)
    return ReadingAnswer(
        name=name,
        status=READINGS[name].status,
        provision=READINGS[name].provision,
        says=says,
        otherwise=otherwise,
        ruling=RulingOnReading(
            choice=ruled.text,  # type: ignore[arg-type]
            date=ruled.date,
            entry=ruled.number or None,
            source=ruled.source,
        )
        if ruled
        else None,
        moves=[
            MovedByReading(
                concerns=moved.concerns,
                participant=moved.participant or None,
                value=moved.value,
                otherwise=moved.otherwise,
            )
            for moved in view.effects.moved_on(view.on)
            if moved.reading == name
        ],
    )
