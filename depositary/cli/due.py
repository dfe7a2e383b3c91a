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
    from depositary.correspondence.circulation.due import Due

THE_ANSWER_IS_NO = 1


def due(on: On = None, format_: OutputFormat = "table") -> None:
    """What is due: the next circulation, who lacks an address, what is unconfirmed, what is unsettled after an hour.

    Exit status 1 where something needs a person now.
    """
    from datetime import datetime, time

    from depositary.correspondence.circulation.due import due_at
    from depositary.correspondence.mail.steps import letters

    with office() as here:
        at = datetime.combine(on, time(12), clock.now().tzinfo) if on else clock.now()
        with here.store.session() as session:
            posted = letters(session, here.seal)
        told = due_at(here.own, here.kept(), posted, CONVENTION, at)
    _say_due(told, format_)
    if told.is_alarming:
        raise typer.Exit(THE_ANSWER_IS_NO)


def _say_due(told: "Due", format_: str) -> None:
    rows = [{"what": what, "whose": whose, "detail": detail} for what, whose, detail in _due_lines(told)]
    if format_ == "json":
        next_on = told.next_on.isoformat() if told.next_on else None
        output.write_json({"on": told.on.isoformat(), "next_circulation": next_on, "due": rows})
    elif format_ == "csv":
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
