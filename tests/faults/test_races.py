"""Two clerks, eight writers, a double click, a stale form."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest

from depositary.law.acts import Act
from depositary.register.canonical import content_of
from depositary.register.entry import Entry, as_known
from depositary.register.heads import Keys
from depositary.register.recording import AlreadyRecorded, record, rectify
from depositary.register.store import Store
from depositary.register.transaction import Refused
from depositary.register.verification import verify_register
from tests.register.sample_acts import AT, acts


def at_once(*calls: Callable[[], Entry]) -> list[Entry | Refused]:
    """What each call gives, all begun at one moment; a refusal is a result."""
    start = Barrier(len(calls))

    def run(call: Callable[[], Entry]) -> Entry | Refused:
        start.wait()
        try:
            return call()
        except Refused as refused:
            return refused

    with ThreadPoolExecutor(len(calls)) as clerks:
        return list(clerks.map(run, calls))


def test_two_clerks_with_one_instrument(
    store: Store, many: Callable[[int], int], injected: Callable[..., None]
) -> None:
    for act in acts(many(40)):
        found = at_once(
            lambda act=act: record(act, "one", AT, store),  # type: ignore[misc]
            lambda act=act: record(act, "other", AT, store),  # type: ignore[misc]
        )
        (entry,) = [one for one in found if isinstance(one, Entry)]
        (refused,) = [one for one in found if isinstance(one, AlreadyRecorded)]
        assert refused.entry == entry
        assert f"entry {entry.number}, by {entry.recorded_by}" in str(refused)
        injected()
    assert len(store.entries()) == many(40)
    assert verify_register(store).faults == ()


def test_eight_writers_lose_nothing(store: Store, injected: Callable[..., None]) -> None:
    mine = [acts(25, seed) for seed in range(8)]

    def write(number: int) -> None:
        own = Store(store.url, Keys(store.keys.folder))
        for act in mine[number]:
            record(act, f"clerk {number}", AT, own)
            injected()
        own.close()

    with ThreadPoolExecutor(8) as clerks:
        list(clerks.map(write, range(8)))
    assert len(store.entries()) == 200
    for number in range(8):
        own = [entry.act for entry in store.entries() if entry.recorded_by == f"clerk {number}"]
        assert own == mine[number]
    assert verify_register(store).faults == ()


def test_a_double_click_and_a_retry_give_the_same_entry(
    store: Store, many: Callable[[int], int], injected: Callable[..., None]
) -> None:
    first_act, other, *rest = acts(2 + 20)
    first = record(first_act, "clerk", AT, store, key="form 1")
    for turn in range(many(40)):
        again = record(first_act, "clerk", AT + timedelta(hours=turn), store, key="form 1")
        assert content_of(again, "") == content_of(first, "")
        with pytest.raises(Refused, match="used for another recording"):
            record(other, "clerk", AT, store, key="form 1")
        injected(2)
    for place, act in enumerate(rest):
        found = at_once(*[lambda act=act, place=place: record(act, "clerk", AT, store, key=f"twice {place}")] * 2)
        assert found[0] == found[1]
        injected()
    assert len(store.entries()) == 1 + len(rest)
    assert record(other, "another clerk", AT, store, key="form 1").number == len(store.entries())


def test_a_stale_form_overwrites_nothing(
    store: Store, many: Callable[[int], int], injected: Callable[..., None]
) -> None:
    chance, (first, *later) = random.Random(5), acts(1 + many(40))
    number = record(first, "clerk", AT, store).number
    for act in later:
        stale = replace(act, text="stale")
        number = rectify(seen := number, act, "one", AT, store, reason="misread").number
        with pytest.raises(Refused, match=f"rectified or struck out by entry {number}"):
            rectify(seen, stale, "other", AT, store, reason="misread")
        injected()
    assert [entry.act for entry in as_known(store.entries())] == [later[-1]]
    old = chance.randrange(1, number)
    with pytest.raises(Refused):
        rectify(old, Act("XVIII-16", "GHA", "signature", AT.date()), "other", AT, store, reason="late")
