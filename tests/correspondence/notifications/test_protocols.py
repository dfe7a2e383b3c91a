"""A protocol beside its convention: what an act under one brings about under the other is notified as it is."""

from dataclasses import replace
from datetime import date

import pytest

from depositary.correspondence.notifications import issuance
from depositary.correspondence.notifications.archive import Issued, issued
from depositary.correspondence.notifications.event import Event
from depositary.correspondence.notifications.issue import issue, issue_all
from depositary.correspondence.notifications.pending import pending
from depositary.desk.audit import Doing
from depositary.law.acts import Act
from depositary.law.effects import Effects
from depositary.register.batch import record_all
from depositary.register.entry import acts_of, as_known
from depositary.register.recording import rectify, strike_out
from depositary.register.side_tables import verify_side_tables
from depositary.register.store import Store
from depositary.register.transaction import Refused
from depositary.treaties.collection import Collection
from depositary.words import AVAILABLE, language
from tests.correspondence.notifications.conftest import CONVENTION, PROTOCOL, act
from tests.correspondence.notifications.test_later_effects import day, text

ENGLISH = language("en")


@pytest.fixture(autouse=True)
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    """The documents are not set as PDF here."""
    monkeypatch.setattr(issuance, "typeset_all", lambda kept: None)


class Houses:
    """A register of a convention and its protocol, and who issues on a day that the test sets."""

    def __init__(self, store: Store, collection: Collection) -> None:
        self.store, self.collection = store, collection

    def record(self, on: str, *acts: Act) -> None:
        record_all(acts, "flora", day(on), self.store)

    def waiting(self, on: str) -> list[Event]:
        with self.store.session() as session:
            there = issued(session)
        entries = self.store.entries
        return pending(
            self.collection, lambda of: entries(0, of), there, self.collection.in_order, date.fromisoformat(on)
        )

    def issue(self, on: str) -> list[Issued]:
        return issue_all(self.store, self.collection, Doing("rudolf", day(on)))

    def effects(self, treaty: str, on: str) -> Effects:
        acts = acts_of(as_known(self.store.entries()))
        return self.collection.effects(acts, treaty, date.fromisoformat(on))

    def number(self, code: str, action: str, treaty: str) -> int:
        wanted = (code, action, treaty)
        found = [(each.number, each.act) for each in self.store.entries() if each.act]
        return max(number for number, one in found if (one.participant, one.action, one.treaty) == wanted)


@pytest.fixture
def houses(store: Store, both: Collection) -> Houses:
    return Houses(store, both)


def under_both(code: str, on: str) -> list[Act]:
    accession = act(code, "accession", on)
    return [accession, replace(accession, treaty=PROTOCOL)]


def in_force(houses: Houses) -> None:
    """The protocol has its number first; the Convention's third instrument brings both into force."""
    houses.record("2027-03-01", *under_both("S01", "2027-02-01"), *under_both("S02", "2027-02-02"))
    houses.issue("2027-03-01")
    houses.record("2027-04-01", act("S03", "accession", "2027-04-01"))


def said_on(document: Issued, on: date | None) -> bool:
    assert on is not None
    return ENGLISH.date(on) in text(document)


def test_an_act_under_the_convention_brings_the_protocol_into_force(houses: Houses) -> None:
    in_force(houses)
    (waiting,) = [each for each in houses.waiting("2027-04-01") if each.treaty == PROTOCOL]
    with pytest.raises(Refused, match="first, which brings this about"):
        issue(houses.store, houses.collection, waiting.anchor, waiting.kind, Doing("rudolf", day("2027-04-01")))
    made = houses.issue("2027-04-01")
    assert [(each.treaty, each.kind) for each in made] == [
        (CONVENTION, "consent"),
        (CONVENTION, "entry into force"),
        (PROTOCOL, "entry into force"),
    ]
    for notification in made[1:]:
        effects = houses.effects(notification.treaty, "2027-04-01")
        assert said_on(notification, effects.in_force_on), notification.reference
        named = {each.text for each in notification.document("en").paragraphs if each.kind == "item"}
        assert named == {
            ENGLISH.name(effects.participants, code, effects.in_force_on or date.max)
            for code, since in effects.since.items()
            if since == effects.in_force_on
        }
    assert houses.waiting("2027-04-02") == []


def test_a_rectified_act_under_the_convention_moves_the_protocol_too(houses: Houses) -> None:
    in_force(houses)
    first = houses.issue("2027-04-01")
    number = houses.number("S03", "accession", CONVENTION)
    right = act("S03", "accession", "2027-03-20")
    rectify(number, right, "flora", day("2027-04-05"), houses.store, reason="Misread.")
    made = houses.issue("2027-04-05")
    entered = {each.treaty: each for each in made if each.corrects in {one.reference for one in first}}
    assert [(each.kind, each.treaty) for each in made] == [
        ("corrigendum", CONVENTION),
        ("corrigendum", CONVENTION),
        ("corrigendum", PROTOCOL),
    ]
    for treaty, notification in entered.items():
        assert said_on(notification, houses.effects(treaty, "2027-04-05").in_force_on), treaty
    assert houses.waiting("2027-04-06") == []
    assert verify_side_tables(houses.store).faults == ()


def test_the_end_in_the_convention_ends_the_protocol_on_the_same_day(houses: Houses) -> None:
    in_force(houses)
    houses.issue("2027-04-01")
    houses.record("2028-05-05", act("S01", "denunciation", "2028-05-05"))
    (denounced,) = houses.issue("2028-05-05")
    assert (denounced.treaty, denounced.kind) == (CONVENTION, "denunciation")
    assert houses.waiting("2029-05-04") == []
    (event,) = houses.waiting("2029-05-05")
    assert (event.treaty, event.kind, event.participant) == (PROTOCOL, "end of participation", "S01")
    (ended,) = houses.issue("2029-05-05")
    (episode,) = houses.effects(PROTOCOL, "2029-05-05").episodes("S01")
    assert (episode.until, episode.cause) == (date(2029, 5, 5), "convention")
    assert said_on(ended, episode.until)
    for code in AVAILABLE:
        assert all("%(" not in each.text for each in ended.document(code).paragraphs)
    assert houses.waiting("2030-01-01") == []
    strike_out(houses.number("S01", "denunciation", CONVENTION), "flora", day("2029-06-01"), houses.store, reason="No.")
    withdrawn = {each.corrects: each.kind for each in houses.issue("2029-06-01")}
    assert withdrawn == {denounced.reference: "withdrawn", ended.reference: "withdrawn"}
    assert houses.waiting("2030-01-01") == []


def test_an_instrument_of_a_protocol_without_the_convention_has_no_effect(houses: Houses) -> None:
    """61(2): a party to a protocol is a party to its convention."""
    in_force(houses)
    houses.issue("2027-04-01")
    houses.record("2027-06-01", replace(act("S05", "accession", "2027-06-01"), treaty=PROTOCOL))
    (made,) = houses.issue("2027-06-01")
    assert "no legal effect" in text(made)
    houses.record("2027-07-01", *under_both("S06", "2027-07-01"))
    made_later = {each.treaty: each for each in houses.issue("2027-07-01")}
    for treaty in (CONVENTION, PROTOCOL):
        since = houses.effects(treaty, "2027-07-01").since["S06"]
        assert said_on(made_later[treaty], since), treaty
    assert houses.waiting("2027-07-02") == []
