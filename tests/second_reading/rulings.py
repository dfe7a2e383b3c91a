"""Which rulings have effect: "A ruling cannot move what has come." """

from collections import defaultdict
from datetime import date

from tests.second_reading.ledger import Answer, Ledger, Row
from tests.second_reading.world import World

Effects = set[tuple[object, ...]]


def come(world: World, by: date) -> Effects:
    """ "a date of effect (entry into force, ceasing, an amendment's, a milestone) not later than that day" """
    found: Effects = set()
    for treaty in world.books:
        answer = world.answer(treaty)
        dates: list[tuple[object, date | None]] = [
            ("in force", answer.in_force_on),
            ("conference", answer.conference_by),
            ("proposals", answer.proposals_from),
            ("quorum", answer.quorum_on),
        ]
        for code, participations in answer.participations.items():
            for each in participations:
                if each.in_force_on:
                    dates += [((code, "in force"), each.in_force_on), ((code, "ceases"), each.ended_on)]
                dates += [((code, amendment), day) for amendment, day in each.bonds]
        found |= {(treaty, what, day) for what, day in dates if day is not None and day <= by}
    return found


def walked(ledger: Ledger) -> tuple[dict[str, Answer], set[tuple[int, str]]]:
    """The answers under every treaty of a ledger, and all that is wrong: (row, code)."""
    choices, wrong = choices_of(ledger)
    world = World(ledger, choices)
    return {treaty: world.answer(treaty) for treaty in world.books}, wrong | world.wrong


def choices_of(ledger: Ledger) -> tuple[dict[tuple[str, str], str], set[tuple[int, str]]]:
    """The rulings that hold, and what is wrong with the others."""
    choices: dict[tuple[str, str], str] = {}
    wrong: set[tuple[int, str]] = set()
    days: dict[date, list[Row]] = defaultdict(list)
    for row in ledger.rows:
        if row.action == "ruling":
            days[row.date].append(row)
    for day in sorted(days):
        seen = ledger.until(day)
        before = come_under(seen, choices, day)
        # "Rulings of one day are each tried alone upon earlier days'"
        late = {row for row in days[day] if come_under(seen, choices | others_of([row]), day) != before}
        wrong |= {(row.number, "ruling-too-late") for row in late}
        texts = defaultdict(set)
        for row in days[day]:
            texts[row.treaty, row.subject].add(row.text)
        # "two on one reading that differ … have no effect"
        differing = {row for row in days[day] if len(texts[row.treaty, row.subject]) > 1}
        wrong |= {(row.number, "conflicting-rulings") for row in differing}
        left = [row for row in days[day] if row not in late | differing]
        # "several that pass alone and together move what has come, have no effect"
        if len(left) > 1 and come_under(seen, choices | others_of(left), day) != before:
            wrong |= {(row.number, "conflicting-rulings") for row in left}
            left = []
        choices |= others_of(left)
    return choices, wrong


def come_under(ledger: Ledger, choices: dict[tuple[str, str], str], by: date) -> Effects:
    """What has come by a day under a set of choices: dates alone, so that no day is looked at."""
    return come(World(ledger, choices, looks=False), by)


def others_of(rows: list[Row]) -> dict[tuple[str, str], str]:
    return {(row.treaty, row.subject): row.text for row in rows}
