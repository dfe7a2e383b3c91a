"""History as an oracle: real treaties come out on the dates the world knows.

The acts are those of `data/history`. Every party's date is compared with `plain_rules`, and with the dates and numbers
of `published.csv` and `counted.csv`, each row with its source. A general date has no participant; an empty date says
that nothing follows.
"""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from depositary.law.clauses import Clauses
from depositary.law.effects import Effects
from depositary.law.examination import irregularities
from depositary.settings import PROJECT
from depositary.treaties.collection import Collection, Derived, load_collection
from depositary.treaties.instruments_csv import read_acts
from tests.history.plain_rules import RULES, bound_from, bound_until

HERE = Path(__file__).parent
DATA = PROJECT / "data"
HISTORIES = sorted((DATA / "history").glob("*.csv"))

Row = dict[str, str]


def table(name: str) -> list[Row]:
    with (HERE / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


PUBLISHED = table("published.csv")
COUNTED = table("counted.csv")
GENERAL = [row for row in PUBLISHED if not row["participant"]]
OF_PARTIES = [row for row in PUBLISHED if row["participant"]]

BOUND = bound_from(DATA / "history", {row["treaty"]: date.fromisoformat(row["date"]) for row in GENERAL})
LEFT = bound_until(DATA / "history")
del BOUND["XXI-6", "YUG"]  # ended in 1992, two years before the treaty entered into force: it never was a party

REFUSED = {
    "XXI-6": {("CZE", "signature-outside-period"), ("SVK", "signature-outside-period")},
    "XXVII-15": {("MNE", "signature-outside-period")},
}
"""Rows of the tables that are no acts of their kind: these three succeeded to a signature of their predecessor, years
after the last day for signing. The register has no such action, because it has no effect of its own."""

EXPLAINED: dict[tuple[str, str], str] = {}
"""Published dates that differ, by treaty and participant, with the reason."""


@pytest.fixture(scope="module")
def collection() -> Collection:
    return load_collection(DATA)


@pytest.fixture(scope="module")
def derived(collection: Collection) -> Derived:
    known = (collection.participants, collection.treaties)
    acts = [act for file in HISTORIES for act in read_acts(file, *known)]
    return Derived(collection, acts)


def day(row: Row) -> date | None:
    return date.fromisoformat(row["date"]) if row["date"] else None


def named(rows: list[Row]) -> list[str]:
    return [f"{row['treaty']} {row['participant'] or 'itself'} {row['concerns']}" for row in rows]


def dated(effects: Effects, row: Row) -> date | None:
    first = effects.episodes(row["participant"])[0]
    return first.since if row["concerns"] == "in force" else first.until


@pytest.mark.parametrize("row", GENERAL, ids=named(GENERAL))
def test_a_treaty_entered_into_force_on_its_published_date(row: Row, derived: Derived) -> None:
    assert derived.effects(row["treaty"]).in_force_on == day(row)


@pytest.mark.parametrize("row", OF_PARTIES, ids=named(OF_PARTIES))
def test_a_party_was_bound_from_its_published_date(row: Row, derived: Derived) -> None:
    found = dated(derived.effects(row["treaty"]), row)
    differs = (row["treaty"], row["participant"]) in EXPLAINED
    assert (found == day(row)) != differs


def differences(derived: Derived, treaty: str) -> list[str]:
    """The participants whose dates the engine gives otherwise than the plain rule of the treaty."""
    effects = derived.effects(treaty)
    different = []
    for code in effects.codes:
        episodes = effects.episodes(code)
        came_out = [(episode.since, episode.ended_by and episode.until) for episode in episodes]
        since, until = BOUND.get((treaty, code)), LEFT.get((treaty, code))
        if came_out != ([(since, until)] if since else [(None, None)] * len(episodes)):
            different.append(code)
    return different


@pytest.mark.parametrize("treaty", [file.stem for file in HISTORIES])
def test_every_party_was_bound_from_the_day_that_the_treaty_s_own_rule_gives(treaty: str, derived: Derived) -> None:
    assert {code for of, code in BOUND if of == treaty} <= set(derived.effects(treaty).codes)
    assert differences(derived, treaty) == []


@pytest.mark.parametrize("row", COUNTED, ids=[row["treaty"] for row in COUNTED])
def test_there_were_as_many_parties_as_the_depositary_counted(row: Row, derived: Derived) -> None:
    """The depositary counts whoever has consented, also before the treaty enters into force for it."""
    on = date.fromisoformat(row["on"])
    effects = derived.effects(row["treaty"], on)
    standings = Counter(effects.standing(code, on) for code in effects.codes)
    assert standings["party"] + standings["contracting"] == int(row["parties"])
    if row["signatories"]:
        assert len(effects.history.signatures) == int(row["signatories"])


def test_every_history_is_compared_and_every_date_has_its_source() -> None:
    assert {file.stem for file in HISTORIES} == {row["treaty"] for row in GENERAL} == set(RULES)
    assert all(row["source"] for row in (*PUBLISHED, *COUNTED))
    twice = Counter((row["treaty"], row["participant"], row["concerns"]) for row in PUBLISHED)
    assert [key for key, number in twice.items() if number > 1] == []


@pytest.mark.parametrize("treaty", [file.stem for file in HISTORIES])
def test_no_act_of_a_history_is_refused_but_those_explained(treaty: str, derived: Derived) -> None:
    found = {
        (one.act.participant, one.code) for one in irregularities(derived.effects(treaty)) if one.severity == "refused"
    }
    assert found == REFUSED.get(treaty, set())


@pytest.mark.parametrize("treaty", [file.stem for file in HISTORIES])
def test_one_instrument_fewer_never_brings_it_into_force_sooner(treaty: str, derived: Derived) -> None:
    """Without the last of the instruments counted on the day of the threshold it comes later, or the same day."""
    effects = derived.effects(treaty)
    assert effects.threshold_on is not None
    last = effects.instruments_counted(effects.threshold_on)[-1]
    without = Derived(derived.collection, [act for act in effects.case.acts if act is not last]).effects(treaty)
    assert without.in_force_on is not None
    assert effects.in_force_on is not None
    assert without.in_force_on >= effects.in_force_on


def without_ceased(derived: Derived, treaty: str) -> date | None:
    ceased = derived.collection.participants.extinct
    acts = [act for act in derived.effects(treaty).case.acts if act.participant not in ceased]
    return derived.collection.effects(acts, treaty).in_force_on


@pytest.mark.parametrize(
    ("treaty", "wrong"),
    [
        ("IV-2", "1969-03-09"),
        ("IV-3", "1976-08-19"),
        ("IV-4", "1976-09-11"),
        ("IV-8", "1981-09-04"),
        ("XXI-6", "1995-06-21"),
        ("XXVI-2", "1984-03-29"),
        ("XXVII-3", "1992-06-18"),
    ],
)
def test_a_status_list_without_the_states_that_ceased_gives_a_wrong_date(
    treaty: str, wrong: str, derived: Derived
) -> None:
    assert without_ceased(derived, treaty) == date.fromisoformat(wrong)


def test_with_the_organization_counted_rotterdam_would_come_out_wrong(derived: Derived) -> None:
    clauses = derived.collection.clauses("XXVII-14")
    assert clauses.entry_into_force is not None
    counted = clauses.entry_into_force.model_copy(update={"reio_counted": True})
    other: Clauses = clauses.model_copy(update={"entry_into_force": counted})
    world = Collection(derived.collection.participants, {"XXVII-14": other})
    assert world.effects(derived.effects("XXVII-14").case.acts, "XXVII-14").in_force_on == date(2004, 1, 8)


def test_the_table_in_the_document_is_what_came_out(derived: Derived) -> None:
    """Parties' dates compared with the treaty's rule and with a publication, mismatches, as docs/history.md says."""
    by_rule = Counter(treaty for treaty, _ in (*BOUND, *LEFT))
    published = Counter(row["treaty"] for row in OF_PARTIES)
    wrong = Counter(row["treaty"] for row in OF_PARTIES if dated(derived.effects(row["treaty"]), row) != day(row))
    document = (PROJECT / "docs/history.md").read_text(encoding="utf-8")
    for row in GENERAL:
        treaty = derived.collection.clauses(row["treaty"])
        mismatches = len(differences(derived, treaty.id)) + wrong[treaty.id]
        numbers = f"{by_rule[treaty.id]:,} | {published[treaty.id]} | {mismatches}"
        assert f"| {treaty.id} | {treaty.name} | {row['date']} | {numbers} |" in document
    assert f"{sum(by_rule.values()):,} dates of single parties" in document
    assert f"{sum(published.values())} of them" in document
