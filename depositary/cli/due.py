"""What is due, from the command line."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from depositary import clock
from depositary.cli import output
from depositary.cli.office import office
from depositary.cli.options import On, OutputFormat
from depositary.law.clauses import CONVENTION

if TYPE_CHECKING:
    from datetime import date

    from depositary.correspondence.circulation.due import Due
    from depositary.correspondence.notifications.event import Event
    from depositary.correspondence.tasks import Task

THE_ANSWER_IS_NO = 1


def due(on: On = None, format_: OutputFormat = "table") -> None:
    """What is due: the tasks of the house as on the desk's work list, the next circulation, missing addresses.

    Exit status 1 where something is overdue or needs a person now.
    """
    from datetime import datetime, time

    from depositary.correspondence.circulation.due import due_at
    from depositary.correspondence.mail.steps import letters
    from depositary.correspondence.notifications.archive import issued
    from depositary.correspondence.notifications.pending import pending
    from depositary.correspondence.tasks import URGENCIES, House, tasks
    from depositary.correspondence.tasks_of_authorities import not_handed_on, of_authorities
    from depositary.web.known import Known
    from depositary.words import language

    with office() as here:
        at = datetime.combine(on, time(12), clock.now().tzinfo) if on else clock.now()
        with here.store.session() as session:
            posted = letters(session, here.seal)
            known = Known(here.own.collection, here.store.entries)
            there = issued(session)

            def to_be_issued(day: "date") -> "list[Event]":
                return pending(known.collection, known.entries, there, known.collection.in_order, day)

            house = House(
                known.collection, known.entries, known.effects, to_be_issued, language("en"), clock.day_of(at)
            )
            to_do = [*not_handed_on(house, session, here.contacts), *tasks(house, session)]
        to_do = sorted((*to_do, *of_authorities(house, here.contacts)), key=lambda task: URGENCIES.index(task.urgency))
        told = due_at(here.own, here.kept(), posted, CONVENTION, at)
    _say_due(told, to_do, format_)
    if told.is_alarming or any(task.urgency == "overdue" for task in to_do):
        raise typer.Exit(THE_ANSWER_IS_NO)


def _say_due(told: "Due", to_do: "list[Task]", format_: str) -> None:
    rows = [{"what": what, "whose": whose, "detail": detail} for what, whose, detail in _due_lines(told)]
    told_tasks = [
        {
            "urgency": task.urgency,
            "said": task.said,
            "on": task.on.isoformat() if task.on else "",
            "page": task.where,
        }
        for task in to_do
    ]
    if format_ == "json":
        next_on = told.next_on.isoformat() if told.next_on else None
        answer = {"on": told.on.isoformat(), "next_circulation": next_on, "due": rows, "tasks": told_tasks}
        output.write_json(answer)
        return
    rows = [{"what": task["urgency"], "whose": task["on"], "detail": task["said"]} for task in told_tasks] + rows
    if format_ == "csv":
        output.write_csv(("what", "whose", "detail"), rows)
    else:
        falls = f"falls on {told.next_on.isoformat()}" if told.next_on else "has no date: the treaty is not in force"
        output.rows([f"The next annual circulation {falls}."], ("what", "whose", "detail"), rows)


def _due_lines(told: "Due") -> Iterator[tuple[str, str, str]]:
    if told.is_overdue and told.next_on:
        yield "circulation overdue", "", f"since {told.next_on.isoformat()}"
    if told.present:
        yield f"edition {told.present.state}", "", told.present.name
    for letter in told.to_resolve:
        yield f"letter {letter.state}", letter.recipient, f"letter {letter.number} of {letter.edition}"
    for letter in told.late:
        if letter not in told.to_resolve:
            yield (
                "letter not settled after an hour",
                letter.recipient,
                f"letter {letter.number} of {letter.edition}: {letter.state}",
            )
    for code in told.lacking:
        yield "no address", code, ""
    for code in told.without_certificate:
        yield "no certificate", code, "receives a note without the list, unless it goes in clear"
    for code in told.without_contact:
        yield "no point of contact", code, ""
    for code, authority, since in told.unconfirmed:
        yield "unconfirmed", code, f"{authority}, since {since.isoformat()}"
