"""The same acts give the same answer in any order, and no correction changes what was shown before it."""

import json
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from depositary.law.acts import Act
from depositary.register.batch import record_all
from depositary.register.entry import as_known
from depositary.register.recording import note, record, rectify, strike_out
from depositary.register.store import Store
from depositary.settings import PROJECT
from depositary.treaties.answer import answer
from depositary.treaties.cases import INVENTED, STATES
from depositary.treaties.clause_files import load_clauses
from depositary.treaties.collection import Collection, load_collection
from depositary.web.app import create_app
from depositary.words import language
from tests.longer import examples
from tests.register.sample_acts import AT
from tests.register.sample_acts import acts as sample_acts
from tests.stores import register_at

CLAUSES = load_clauses(PROJECT / "data/treaties/XVIII-16.toml")
WORLD = Collection(INVENTED, {"XVIII-16": CLAUSES}, Path())
histories = st.lists(
    st.builds(
        Act,
        st.just("XVIII-16"),
        st.sampled_from(STATES[:45]),
        st.sampled_from(["signature", "ratification", "accession", "denunciation", "withdrawal of instrument"]),
        st.dates(date(2025, 10, 25), date(2025, 11, 8)),
    ),
    max_size=60,
    unique_by=lambda act: (act.participant, act.action, act.date),
)


@settings(max_examples=examples(300), suppress_health_check=[HealthCheck.too_slow])
@given(histories, st.randoms(use_true_random=False))
def test_any_order_of_arrival_gives_the_same_answer(acts: list[Act], chance: random.Random) -> None:
    on = date(2027, 1, 1)
    acts = [replace(act, number=number) for number, act in enumerate(acts, 1)]
    told = json.dumps(answer(WORLD.effects(acts, "XVIII-16", on), on, None, language()), default=str)
    chance.shuffle(acts)
    assert json.dumps(answer(WORLD.effects(acts, "XVIII-16", on), on, None, language()), default=str) == told


def test_both_databases_have_the_same_entries_and_root(sqlite: Store, postgres_database: str, tmp_path: Path) -> None:
    with register_at(postgres_database, tmp_path) as other:
        for store in (sqlite, other):
            record_all(sample_acts(50), "import", AT, store)
            for act in sample_acts(5, seed=2):
                record(act, "clerk", AT, store)
            strike_out(3, "clerk", AT, store, reason="why")
        assert sqlite.digests() == other.digests()
        ours, two = sqlite.head(), other.head()
        assert ours is not None
        assert two is not None
        assert (ours.size, ours.root) == (two.size, two.root)


def test_every_page_once_shown_comes_back_byte_for_byte(sqlite: Store, injected: Callable[..., None]) -> None:
    collection, chance = load_collection(PROJECT / "data"), random.Random(23)
    site = TestClient(create_app(collection, sqlite.entries, proofs=sqlite))
    codes = ["GHA", "VNM", "QAT", "BRA"]
    pages = (
        "/en/treaties/XVIII-16/",
        "/treaties/XVIII-16/status.json",
        "/treaties/XVIII-16/status.csv",
        "/en/treaties/XVIII-16/participants/GHA",
        "/en/treaties/XVIII-16/register",
        "/api/v1/treaties/XVIII-16/status",
    )
    shown: dict[str, bytes] = {}
    at = AT
    for turn in range(25):
        at += timedelta(minutes=1)
        standing = [entry.number for entry in as_known(sqlite.entries())]
        day = date(2026, 1, 1) + timedelta(days=turn)
        act = Act("XVIII-16", chance.choice(codes), chance.choice(["signature", "ratification"]), day)
        match chance.randrange(5) if standing else 0:
            case 3:
                rectify(chance.choice(standing), act, "clerk", at, sqlite, reason="misread")
                injected()
            case 4:
                strike_out(chance.choice(standing), "clerk", at, sqlite, reason="in error")
                injected()
            case 2:
                note(chance.choice(standing), "clerk", at, sqlite, reference="C.N.1", notified_on=day)
            case _:
                record(act, "clerk", at, sqlite)
        for page in pages:
            asked = f"{page}?on=2026-11-24&known_at={at.isoformat().replace('+00:00', 'Z')}"
            shown[asked] = site.get(asked).content
    for asked, content in shown.items():
        response = site.get(asked)
        assert (response.status_code, response.content) == (200, content), asked
    different = {content for asked, content in shown.items() if asked.startswith(pages[1])}
    assert len(different) > 10
    assert all(one <= other for one, other in pairwise(entry.recorded_at for entry in sqlite.entries()))
