"""The command `votes`: who votes in the Conference on a day, and whether votes cast adopt."""

from typing import Annotated

import typer

from depositary import clock
from depositary.cli.answers import THE_ANSWER_IS_NO, registered
from depositary.cli.options import KnownAt, On, OutputFormat, Treaty, code_of, open_collection
from depositary.cli.output import as_value, say_as_of, write_csv, write_json
from depositary.cli.text_table import write_line
from depositary.errors import BadInput
from depositary.law.clauses import CONVENTION
from depositary.law.majorities import Cast, Matter
from depositary.settings import load_settings
from depositary.treaties.sources import last_day_at_hand
from depositary.treaties.votes import find_vote, vote_answer
from depositary.words import language


def votes(
    matter: Annotated[Matter, typer.Option(help="What is voted on.")] = "amendment",
    in_favour: Annotated[int | None, typer.Option(min=0, help="How many votes in favour.")] = None,
    against: Annotated[int | None, typer.Option(min=0, help="How many against.")] = None,
    abstaining: Annotated[int, typer.Option(min=0, help="How many abstain; they do not vote.")] = 0,
    organization: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help="An organization that votes, so that its members do not.")
    ] = None,
    treaty: Treaty = CONVENTION,
    on: On = None,
    known_at: KnownAt = None,
    format_: OutputFormat = "table",
) -> None:
    """Who votes in the Conference on a day, what majority adopts, and whether the votes cast do."""
    settings, words = load_settings(), language()
    collection, day = open_collection(settings), on or clock.today()
    exercising = [code_of(collection, code, on) for code in organization or ()]
    effects = collection.effects(registered(settings, collection, treaty, known_at), treaty, day)
    given = in_favour is not None or against is not None or abstaining > 0
    cast = Cast(in_favour or 0, against or 0, abstaining) if given else None
    try:
        found = find_vote(effects, matter, day, exercising, cast)
    except ValueError as fault:
        raise BadInput([str(fault)]) from None
    last = as_value(last_day_at_hand(settings.data, effects))
    answer = vote_answer(found, effects, matter, day, cast, words) | {"complete_as_of": last}
    if format_ == "json":
        write_json(answer)
    elif format_ == "csv":
        voters = found.electorate.votes
        rows = [{"code": code, "votes": number, "complete_as_of": last} for code, number in voters.items()]
        write_csv(("code", "votes", "complete_as_of"), rows)
    else:
        say_as_of(last, day.isoformat())
        for sentence in answer["reasons"]:
            write_line(sentence)
    if cast is not None and not found.adopted:
        raise typer.Exit(THE_ANSWER_IS_NO)
