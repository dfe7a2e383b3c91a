"""Notifications are numbered without gaps or doubles: a year's series, many at once, kills."""

import random
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from depositary.correspondence.notifications.issue import issue, issue_all
from depositary.correspondence.notifications.series import agree_first, propose_first
from depositary.desk.audit import Doing
from depositary.register.recording import record
from depositary.register.side_tables import verify_side_tables
from depositary.register.store import Store
from depositary.register.transaction import Refused
from depositary.register.verification import verify_register
from depositary.treaties.collection import Collection
from tests.correspondence.notifications.conftest import AT, act
from tests.correspondence.notifications.issued_numbers import FLORA, YEAR, numbers, recorded, to_be_issued
from tests.faults.conftest import injected
from tests.kills import tried

__all__ = ["injected"]


def test_the_numbers_run_over_all_treaties_and_begin_anew_each_year(
    store: Store, treaties: Collection, rudolf: Doing
) -> None:
    both = Collection(
        treaties.participants,
        {**treaties.treaties, "IV-11-b": treaties.treaties["XVIII-16"].model_copy(update={"id": "IV-11-b"})},
        treaties.folder,
    )
    recorded(store, 2)
    record(replace(act("S09", "accession", "2026-09-09"), treaty="IV-11-b"), "flora", AT, store)
    found = [
        issue(store, both, 1, "consent", rudolf).reference,
        issue(store, both, 3, "consent", rudolf).reference,
        issue(store, both, 2, "consent", replace(rudolf, at=datetime(2028, 1, 1, 12, tzinfo=UTC))).reference,
    ]
    assert found == [
        "C.N.1.2027.TREATIES-XVIII.16",
        "C.N.2.2027.TREATIES-IV.11.b",
        "C.N.1.2028.TREATIES-XVIII.16",
    ]


def test_the_year_is_new_yorks(store: Store, treaties: Collection, rudolf: Doing) -> None:
    recorded(store, 1)
    late = replace(rudolf, at=datetime(2028, 1, 1, 4, 59, tzinfo=UTC))
    assert issue(store, treaties, 1, "consent", late).on == date(2027, 12, 31)


def test_a_notification_that_cannot_be_set_takes_no_number(store: Store, treaties: Collection, rudolf: Doing) -> None:
    record(act("S01", "declaration", "2026-05-04", text="ᚠᚢᚦ"), "flora", AT, store)
    recorded(store, 1)
    with pytest.raises(Refused, match="cannot be set"):
        issue(store, treaties, 1, "declaration", rudolf)
    assert issue(store, treaties, 2, "consent", rudolf).number == 1


@pytest.mark.parametrize("number", [1, 3, 7])
def test_the_database_takes_no_number_but_the_next(
    number: int, store: Store, treaties: Collection, rudolf: Doing
) -> None:
    recorded(store, 1)
    issue(store, treaties, 1, "consent", rudolf)
    made = sa.text(
        f"INSERT INTO notification SELECT year, {number}, 'C.N.X', treaty, kind, participant, 99, correction, content, "  # noqa: S608
        "digest, issued_by, issued_at FROM notification"
    )
    wrong = pytest.raises(sa.exc.DBAPIError, match=r"the number after the last|never changed|(?i:unique)")
    with wrong, store.session(writing=True) as session:
        session.connection().execute(made)
    assert numbers(store) == [1]


def test_many_at_once_leave_neither_gap_nor_double(store: Store, treaties: Collection, rudolf: Doing) -> None:
    """Eight threads, each issuing what it finds, some of it the same, some of it refused."""
    recorded(store, 24)
    faults: list[BaseException] = []

    def work(seed: int) -> None:
        order = list(range(1, 26))
        random.Random(seed).shuffle(order)
        for number in order:
            try:
                issue(store, treaties, number, "consent", rudolf)
            except Refused as fault:
                if number != 25 and "notified by" not in fault.sentence:
                    faults.append(fault)
            except BaseException as fault:
                faults.append(fault)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert numbers(store) == list(range(1, 25))
    assert verify_register(store).faults == ()


def test_no_gap_after_issuers_are_killed(
    store: Store, treaties: Collection, rudolf: Doing, injected: Callable[..., None]
) -> None:
    """Processes killed at random moments, two at a time: what is there is numbered without a gap, and holds."""
    recorded(store, 24)
    told = tried("tests.correspondence.notifications.issuers", store.url, store.keys.folder, 3, 7)
    injected(told["kills"])
    assert told["gaps"] == []
    for number, kind in to_be_issued(store, treaties):
        issue(store, treaties, number, kind, rudolf)
    assert numbers(store) == list(range(1, 25))
    assert verify_register(store).faults == ()


class TestSeries:
    def test_a_year_goes_on_at_the_number_that_two_persons_set(
        self, store: Store, treaties: Collection, rudolf: Doing
    ) -> None:
        recorded(store, 2)
        with store.session(writing=True) as session:
            propose_first(session, YEAR, 862, FLORA)
            for person, first, said in ((FLORA, 862, "second person must agree"), (rudolf, 863, "look again")):
                with pytest.raises(Refused, match=said):
                    agree_first(session, YEAR, first, person)
            agree_first(session, YEAR, 862, rudolf)
        assert [each.number for each in issue_all(store, treaties, rudolf)] == [862, 863]
        with store.session(writing=True) as session, pytest.raises(Refused, match="issued already"):
            propose_first(session, YEAR, 900, FLORA)
        assert verify_side_tables(store).faults == ()

    def test_the_database_takes_no_other_number_and_no_single_person(
        self, store: Store, treaties: Collection, rudolf: Doing
    ) -> None:
        step = "INSERT INTO series_step (year, step, what, first, done_by, done_at) VALUES "
        for values in ("(2027, 1, 'agreed', 5, 'flora', 'x')",):
            with pytest.raises(sa.exc.DBAPIError, match="second person"), store.session(writing=True) as session:
                session.connection().execute(sa.text(f"{step}{values}"))
        with store.session(writing=True) as session:
            propose_first(session, YEAR, 5, FLORA)
            agree_first(session, YEAR, 5, rudolf)
        with pytest.raises(sa.exc.DBAPIError, match="never changed"), store.session(writing=True) as session:
            session.connection().execute(sa.text("UPDATE series_step SET first = 6"))

    def test_a_desk_at_work_is_asked_for_it(
        self, store: Store, treaties: Collection, rudolf: Doing, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        recorded(store, 1)
        monkeypatch.setattr("depositary.correspondence.notifications.series.is_staffed", lambda session: True)
        with pytest.raises(Refused, match="Two persons must set the number"):
            issue_all(store, treaties, rudolf)
        assert numbers(store) == []
