"""An act and the row of a file: whatever stands in one stands in the other."""

from datetime import date

import pytest

from depositary.law.acts import COLUMNS, LATER_COLUMNS, Act, act_of, order_of, row_of

FULL = {
    "treaty": "XVIII-16",
    "participant": "GHA",
    "action": "objection",
    "date": "2027-03-01",
    "subject": "amendment:A1",
    "effective": "2027-03-02",
    "place": "New York",
    "provision": "63(3)",
    "text": "In the State's words",
    "source": "C.N.1.2027",
    "addressee": "FRA",
    "effect": "precludes entry into force",
    "notified": "2027-03-03",
}
EMPTY = {**dict.fromkeys(COLUMNS, ""), "treaty": "XVIII-16", "action": "accession", "date": "2027-03-01"}


def test_every_column_of_a_row_is_in_the_act() -> None:
    act = act_of(FULL, 7)
    assert act == Act(
        treaty="XVIII-16",
        participant="GHA",
        action="objection",
        date=date(2027, 3, 1),
        subject="amendment:A1",
        effective=date(2027, 3, 2),
        place="New York",
        provision="63(3)",
        text="In the State's words",
        source="C.N.1.2027",
        addressee="FRA",
        effect="precludes entry into force",
        notified=date(2027, 3, 3),
    )
    assert act.number == 7
    assert act.amendment == "A1"


@pytest.mark.parametrize("row", [FULL, EMPTY], ids=["full", "empty"])
def test_an_act_is_written_as_the_row_it_was_read_from(row: dict[str, str]) -> None:
    assert row_of(act_of(row)) == row
    assert tuple(row_of(act_of(row))) == COLUMNS
    assert act_of(row).number == 0


def test_an_older_row_lacks_the_later_columns() -> None:
    older = {column: value for column, value in FULL.items() if column not in LATER_COLUMNS}
    assert row_of(act_of(older)) == FULL | dict.fromkeys(LATER_COLUMNS, "")


def test_a_subject_that_is_no_amendment_names_none() -> None:
    assert act_of(FULL | {"action": "ruling", "subject": "sixty-parties"}).amendment == ""


def test_the_steps_of_a_day_follow_each_other_before_the_next_day() -> None:
    day, steps = date(2027, 3, 1), range(11)
    orders = [order_of(day, step) for step in steps]
    assert orders == sorted(set(orders))
    assert order_of(day) == orders[0]
    assert orders[-1] < order_of(date(2027, 3, 2))
    assert order_of(day, 5) <= act_of(EMPTY).order < order_of(day, 6)
    assert order_of(day, 7) <= act_of(EMPTY | {"subject": "amendment:A1"}).order < order_of(day, 8)
