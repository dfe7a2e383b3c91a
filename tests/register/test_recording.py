"""Recording one entry: once, for good, with its five dates; corrected only by a later entry."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from depositary.errors import DepositaryError
from depositary.register.batch import record_all
from depositary.register.canonical import act_digest
from depositary.register.entry import Receipt, acts_of, as_known, history_of
from depositary.register.recording import AlreadyRecorded, enter, note, record, rectify, strike_out
from depositary.register.store import Store
from depositary.register.transaction import Refused
from depositary.register.verification import verify_register
from tests.register.sample_acts import AT, RATIFIED, SIGNED, acts

RECEIPT = Receipt(
    date(2025, 10, 20),
    datetime(2025, 10, 24, 23, 30, tzinfo=timezone(timedelta(hours=-4))),
    "legal officer",
    "handed over at the ceremony",
)


def test_an_act_is_recorded_with_its_five_dates(store: Store) -> None:
    entry = record(SIGNED, "registrar", AT, store, receipt=RECEIPT)
    note(entry.number, "registrar", AT, store, reference="C.N.1.2025", notified_on=date(2025, 11, 3))
    note(entry.number, "registrar", AT, store, published_on=date(2025, 11, 10))
    recorded, notified, published = store.entries()
    assert recorded.receipt == RECEIPT
    assert recorded.receipt.received_at is not None
    assert recorded.receipt.received_at.isoformat() == "2025-10-24T23:30:00-04:00"
    assert recorded.act is not None
    assert recorded.act.date == date(2025, 10, 25)
    assert notified.notice is not None
    assert (notified.notice.reference, notified.notice.notified_on) == ("C.N.1.2025", date(2025, 11, 3))
    assert published.notice is not None
    assert published.notice.published_on == date(2025, 11, 10)
    assert acts_of(as_known(store.entries())) == [SIGNED]
    assert [one.number for one in history_of(store.entries(), 1)] == [1, 2, 3]


def test_the_same_act_twice_is_refused_with_the_first_entry_shown(store: Store) -> None:
    record(SIGNED, "first clerk", AT, store)
    with pytest.raises(AlreadyRecorded, match="entry 1, by first clerk") as refused:
        record(SIGNED, "second clerk", AT, store)
    assert refused.value.entry.number == 1
    assert len(store.entries()) == 1


def test_a_struck_out_act_may_be_recorded_again(store: Store) -> None:
    record(SIGNED, "clerk", AT, store)
    strike_out(1, "clerk", AT, store, reason="entered under the wrong State")
    assert record(SIGNED, "clerk", AT, store).number == 3
    assert acts_of(as_known(store.entries())) == [SIGNED]


def test_a_chain_of_rectifications(store: Store) -> None:
    record(SIGNED, "clerk", AT, store, receipt=RECEIPT)
    later = replace(SIGNED, date=date(2025, 10, 26))
    rectify(1, later, "clerk", AT, store, reason="misread")
    with pytest.raises(Refused, match="by entry 2: go on from there"):
        rectify(1, SIGNED, "clerk", AT, store, reason="again")
    rectify(2, SIGNED, "clerk", AT, store, reason="it was right at first")
    entries = store.entries()
    assert acts_of(as_known(entries)) == [SIGNED]
    assert [one.number for one in as_known(entries)] == [3]
    assert [one.number for one in history_of(entries, 2)] == [1, 2, 3]
    assert entries[2].receipt == RECEIPT
    assert entries[0].act == SIGNED


@pytest.mark.parametrize(
    ("number", "act", "reason", "said"),
    [
        (7, RATIFIED, "why", "There is no entry 7; the register has 2"),
        (1, RATIFIED, " ", "Say why"),
        (1, SIGNED, "why", "what entry 1 says already"),
        (1, replace(RATIFIED, treaty="I-1"), "why", "strike it out"),
        (2, RATIFIED, "why", "cannot be undone"),
    ],
)
def test_what_cannot_be_rectified(sqlite: Store, number: int, act: object, reason: str, said: str) -> None:
    record(SIGNED, "clerk", AT, sqlite)
    if number == 2:
        strike_out(1, "clerk", AT, sqlite, reason="why")
    else:
        record(RATIFIED, "clerk", AT, sqlite)
    with pytest.raises(Refused, match=said):
        rectify(number, act, "clerk", AT, sqlite, reason=reason)  # type: ignore[arg-type]
    assert len(sqlite.entries()) == 2
    with pytest.raises(Refused, match="no act in entry 9"):
        note(9, "clerk", AT, sqlite, published_on=date(2026, 1, 1))
    with pytest.raises(Refused, match="Give the date"):
        note(1, "clerk", AT, sqlite)


def test_a_key_is_good_for_one_recording(store: Store) -> None:
    first = record(SIGNED, "clerk", AT, store, key="k1")
    again = record(SIGNED, "clerk", AT + timedelta(hours=1), store, key="k1")
    assert again == first
    with pytest.raises(Refused, match="was used for another recording, entry 1"):
        record(RATIFIED, "clerk", AT, store, key="k1")
    assert record(RATIFIED, "other clerk", AT, store, key="k1").number == 2
    struck = strike_out(2, "clerk", AT, store, reason="why", key="k2")
    assert strike_out(2, "clerk", AT, store, reason="why", key="k2") == struck
    with pytest.raises(Refused, match="100 characters"):
        record(SIGNED, "clerk", AT, store, key="k" * 101)


def test_what_a_case_records_has_the_case_s_number(store: Store) -> None:
    with store.recording() as recording:
        recording.case = 17
        enter(recording, SIGNED, "clerk", AT, receipt=RECEIPT)
        recording.append_all([(RATIFIED, act_digest(RATIFIED))], AT, "clerk")
    with pytest.raises(Refused, match="says already"):
        rectify(1, SIGNED, "clerk", AT, store, reason="nothing is new", receipt=RECEIPT)
    rectify(1, replace(SIGNED, place="New York"), "clerk", AT, store, reason="the place")
    strike_out(2, "clerk", AT, store, reason="why")
    first, second, third, fourth = store.entries()
    assert first.receipt == replace(RECEIPT, case=17)
    assert second.receipt == Receipt(case=17)
    assert third.receipt == RECEIPT
    assert fourth.receipt is None
    assert verify_register(store).faults == ()


def test_documents_are_kept_by_their_content(store: Store) -> None:
    entry = record(SIGNED, "clerk", AT, store, documents=[b"%PDF-1.7 scan", b"%PDF-1.7 scan", b"second"])
    assert len(entry.documents) == 2
    assert store.document(entry.documents[0]) == b"%PDF-1.7 scan"
    assert verify_register(store).faults == ()
    with pytest.raises(DepositaryError, match="There is no document"):
        store.document("0" * 64)
    with pytest.raises(Refused, match="at most 25 MB"):
        record(RATIFIED, "clerk", AT, store, documents=[b"x" * (25 * 1024 * 1024 + 1)])


def test_two_clerks_at_once_get_one_entry_and_one_refusal(store: Store) -> None:
    races, refused = 15, 0
    with ThreadPoolExecutor(2) as clerks:
        for act in acts(races):
            asked = [clerks.submit(record, act, f"clerk {n}", AT, store) for n in (1, 2)]
            outcomes = [one.exception() for one in asked]
            assert [type(one) for one in outcomes if one] == [AlreadyRecorded]
            refused += 1
    print(f"{races} races, {refused} refused")
    assert len(store.entries()) == races == refused


def test_eight_writers_lose_nothing_and_see_no_lock(store: Store) -> None:
    each = 12
    with ThreadPoolExecutor(8) as writers:
        done = [
            writers.submit(lambda own: [record(act, "clerk", AT, store) for act in own], acts(each, seed=seed))
            for seed in range(8)
        ]
        for recording in done:
            recording.result()
    assert len(store.entries()) == 8 * each
    assert verify_register(store).faults == ()


def test_clocks_that_run_backwards_do_not_turn_the_order(store: Store) -> None:
    record(SIGNED, "clerk", AT, store)
    record(RATIFIED, "clerk", AT - timedelta(days=1), store)
    assert [one.recorded_at for one in store.entries()] == [AT, AT]
    assert store.entries()[0].recorded_at.tzinfo == UTC


def test_an_import_adds_only_what_is_new(store: Store) -> None:
    record(SIGNED, "clerk", AT, store)
    added = record_all([SIGNED, RATIFIED], "import", AT, store)
    assert added == range(2, 3)
