"""Effects that come with no act on their day: notified once, when the day has come, and corrected where untrue."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from depositary.correspondence.notifications import issuance
from depositary.correspondence.notifications.archive import Issued, issued
from depositary.correspondence.notifications.event import Event
from depositary.correspondence.notifications.issue import issue, issue_all
from depositary.correspondence.notifications.pending import pending
from depositary.desk.audit import Doing
from depositary.law.acts import Act
from depositary.register.batch import record_all
from depositary.register.recording import note, rectify, strike_out
from depositary.register.side_tables import verify_side_tables
from depositary.register.store import Store
from depositary.treaties.collection import Collection
from depositary.words import AVAILABLE
from tests.correspondence.notifications.conftest import AT, act, forty

LATE = act("S01", "reservation", "2027-01-20", provision="63(2)", text="Not bound by article 63(2).")
RESERVED = ("reservation", "63(3)")
MADE = ("S41", "reservation")
ORGANIZATION = [
    act("ORG", "signature", "2026-03-02"),
    act("ORG", "declaration", "2027-02-01", provision="64(3)", text="Trade."),
    act("ORG", "approval", "2027-02-01"),
]


class House:
    """A register and who issues, on a day that the test sets."""

    def __init__(self, store: Store, treaties: Collection) -> None:
        self.store, self.treaties = store, treaties

    def record(self, at: datetime, *acts: Act) -> None:
        record_all(acts, "flora", at, self.store)

    def waiting(self, on: date) -> list[Event]:
        with self.store.session() as session:
            there = issued(session)
        return pending(self.treaties, lambda treaty: self.store.entries(0, treaty), there, ["XVIII-16"], on)

    def issue(self, at: datetime) -> list[Issued]:
        return issue_all(self.store, self.treaties, Doing("rudolf", at))

    def entry(self, code: str, action: str) -> int:
        return max(
            entry.number
            for entry in self.store.entries()
            if entry.act and (entry.act.participant, entry.act.action) == (code, action)
        )


@pytest.fixture(autouse=True)
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    """The documents are not set as PDF here."""
    monkeypatch.setattr(issuance, "typeset_all", lambda kept: None)


@pytest.fixture
def house(store: Store, treaties: Collection) -> House:
    return House(store, treaties)


def text(notification: Issued) -> str:
    document = notification.document("en")
    return "\n".join([document.event, *(f"{each.label} {each.text}" for each in document.paragraphs)])


def in_force(house: House) -> None:
    house.record(AT, act("S01", "signature", "2026-03-01"), *forty(), *ORGANIZATION)
    house.issue(AT)


def day(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}T15:00:00+00:00")


def test_the_end_of_an_organization_s_participation_is_notified_on_its_day(house: House) -> None:
    in_force(house)
    members = sorted(house.treaties.participants.members("ORG", date(2028, 1, 1)))
    denounced = day("2028-05-05")
    house.record(denounced, *(act(code, "denunciation", "2028-05-05") for code in members))
    house.issue(denounced)
    assert house.waiting(date(2029, 5, 4)) == []
    (event,) = house.waiting(date(2029, 5, 5))
    assert (event.kind, event.participant, event.told) == ("end of participation", "ORG", ())
    made = issue(house.store, house.treaties, event.anchor, event.kind, Doing("rudolf", day("2029-05-05")))
    said = text(made)
    assert said.startswith("ORGANIZATION: END OF PARTICIPATION")
    assert "5 May 2029" in said
    assert "shall cease to be a Party" in said
    assert house.waiting(date(2030, 1, 1)) == []
    assert verify_side_tables(house.store).faults == ()


def test_an_end_that_did_not_come_is_withdrawn(house: House) -> None:
    in_force(house)
    members = sorted(house.treaties.participants.members("ORG", date(2028, 1, 1)))
    house.record(day("2028-05-05"), *(act(code, "denunciation", "2028-05-05") for code in members))
    house.issue(day("2028-05-05"))
    (ended,) = house.issue(day("2029-05-05"))
    for code in members:
        strike_out(house.entry(code, "denunciation"), "flora", day("2029-05-06"), house.store, reason="Never made.")
    made = house.issue(day("2029-05-06"))
    withdrawn = [each for each in made if each.corrects == ended.reference]
    assert [each.kind for each in withdrawn] == ["withdrawn"]
    assert house.waiting(date(2030, 1, 1)) == []


def test_a_denunciation_that_comes_later_corrects_the_day(house: House) -> None:
    in_force(house)
    first, *others = sorted(house.treaties.participants.members("ORG", date(2028, 1, 1)))
    house.record(day("2028-05-05"), *(act(code, "denunciation", "2028-05-05") for code in (first, *others)))
    house.issue(day("2028-05-05"))
    (ended,) = house.issue(day("2029-05-05"))
    number = house.entry(first, "denunciation")
    rectify(
        number, act(first, "denunciation", "2028-05-01"), "flora", day("2029-05-06"), house.store, reason="Misread."
    )
    rectified = house.issue(day("2029-05-06"))
    corrected = [each for each in rectified if each.corrects == ended.reference]
    expected = [] if others else ["corrigendum"]
    assert [each.kind for each in corrected] == expected, "the last member's day is the day"
    assert house.waiting(date(2030, 1, 1)) == []


def test_a_late_reservation_is_accepted_a_year_after_its_notification(house: House) -> None:
    in_force(house)
    at = day("2027-06-01")
    house.record(at, LATE)
    (made,) = house.issue(at)
    assert "1 June 2028" in text(made), "one year from the date of the notification"
    assert house.waiting(date(2028, 6, 1)) == []
    (event,) = house.waiting(date(2028, 6, 2))
    (accepted,) = house.issue(day("2028-06-02"))
    assert (event.kind, accepted.kind, accepted.participant) == ("late reservation", "late reservation", "S01")
    said = text(accepted)
    assert "STATE 1: RESERVATION MADE AFTER THE INSTRUMENT: OUTCOME" in said
    assert "The reservation was accepted for deposit on that day." in said
    assert "Not bound by article 63(2)." in said
    assert made.reference in said
    assert house.waiting(date(2029, 1, 1)) == [], "its own note moves no period"


def test_a_late_reservation_to_which_one_objects_is_not_accepted(house: House) -> None:
    in_force(house)
    house.record(day("2027-06-01"), LATE)
    house.issue(day("2027-06-01"))
    objection = act("S02", "objection", "2028-01-10", provision="63(2)", addressee="S01", text="It came late.")
    house.record(day("2028-01-10"), objection)
    house.issue(day("2028-01-10"))
    (outcome,) = house.issue(day("2028-06-02"))
    assert "The reservation was not accepted for deposit." in text(outcome)
    assert house.waiting(date(2029, 1, 1)) == []
    strike_out(house.entry("S02", "objection"), "flora", day("2028-07-01"), house.store, reason="Never made.")
    made = house.issue(day("2028-07-01"))
    (corrected,) = [each for each in made if each.corrects == outcome.reference]
    assert corrected.kind == "corrigendum"
    assert "The reservation was accepted for deposit on that day." in text(corrected)
    assert house.waiting(date(2029, 1, 1)) == []


def test_the_period_of_a_reservation_that_is_found_late_runs_from_the_corrigendum(house: House) -> None:
    in_force(house)
    deposited = [act("S41", action, "2027-05-20", provision=of) for action, of in (("accession", ""), RESERVED)]
    house.record(day("2027-06-01"), *deposited)
    (first,) = house.issue(day("2027-06-01"))
    assert "one year from" not in text(first)
    late = act("S41", "reservation", "2027-05-27", provision="63(3)")
    rectify(house.entry(*MADE), late, "flora", day("2027-07-01"), house.store, reason="Misread.")
    (corrected,) = house.issue(day("2027-07-01"))
    assert "by the end of 1 July 2028, one year from the date of this notification" in text(corrected)
    assert house.waiting(date(2028, 7, 1)) == []
    assert [event.kind for event in house.waiting(date(2028, 7, 2))] == ["late reservation"]


def test_a_period_goes_on_where_a_corrigendum_tells_nothing_new_of_it(house: House) -> None:
    in_force(house)
    other = replace(LATE, provision="35", text="Not bound by article 35.")
    house.record(day("2027-06-01"), LATE, other)
    (first,) = house.issue(day("2027-06-01"))
    rectify(house.entry("S01", "reservation"), replace(other, text="Not bound by article 35(2)."), "flora",
            day("2027-07-01"), house.store, reason="Misread.")  # fmt: skip
    (corrected,) = house.issue(day("2027-07-01"))
    assert (corrected.corrects, "1 June 2028" in text(first)) == (first.reference, True)
    assert "In place of Not bound by article 35." in text(corrected)
    assert "1 July 2028" in text(corrected)
    assert [
        event.subject.act.provision for event in house.waiting(date(2028, 6, 2)) if event.subject and event.subject.act
    ] == ["63(2)"]
    assert len(house.waiting(date(2028, 7, 2))) == 2
    number = house.entry("S01", "reservation")
    rectify(
        number, replace(other, text="Not bound by 35(2)."), "flora", day("2027-08-02"), house.store, reason="Short."
    )
    (again,) = house.issue(day("2027-08-02"))
    assert "In place of In keeping with the practice" in text(again)
    assert "by the end of 1 July 2028" in text(again)
    assert "by the end of 2 August 2028" in text(again)


def test_a_period_goes_on_when_only_the_source_is_rectified_or_the_text_is_published(house: House) -> None:
    in_force(house)
    house.record(day("2027-06-01"), LATE)
    house.issue(day("2027-06-01"))
    number = house.entry("S01", "reservation")
    sourced = replace(LATE, source="Note verbale 12/2027")
    rectify(number, sourced, "flora", day("2027-07-01"), house.store, reason="Its source.")
    note(house.entry("S01", "reservation"), "flora", day("2027-07-02"), house.store, published_on=date(2027, 7, 2))
    assert house.waiting(date(2028, 6, 1)) == []
    assert [event.kind for event in house.waiting(date(2028, 6, 2))] == ["late reservation"]


@pytest.mark.parametrize("code", AVAILABLE)
def test_the_outcome_is_told_in_each_language(code: str, house: House) -> None:
    in_force(house)
    house.record(day("2027-06-01"), LATE)
    house.issue(day("2027-06-01"))
    (outcome,) = house.issue(day("2028-06-02"))
    document, english = outcome.document(code), outcome.document("en")
    own = [each.text for each in document.paragraphs if each.kind == "text"]
    assert len(own) == len([each for each in english.paragraphs if each.kind == "text"])
    assert code == "en" or not {*own} & {each.text for each in english.paragraphs}


def test_an_end_that_was_notified_elsewhere_is_not_told_again(house: House) -> None:
    house.record(
        AT, *(by_another_house(each) for each in [act("S01", "signature", "2026-03-01"), *forty(), *ORGANIZATION])
    )
    members = sorted(house.treaties.participants.members("ORG", date(2028, 1, 1)))
    denounced = [by_another_house(act(code, "denunciation", "2028-05-05")) for code in members]
    house.record(day("2028-05-05"), *denounced)
    assert house.waiting(date(2029, 5, 5) + timedelta(days=1)) == []


def by_another_house(each: Act) -> Act:
    """An act that another house notified."""
    return Act(
        each.treaty,
        each.participant,
        each.action,
        each.date,
        provision=each.provision,
        text=each.text,
        source="C.N.7.2027.TREATIES-XVIII.16",
    )


def test_the_number_of_parties_for_a_protocol_is_not_notified(store: Store, treaties: Collection) -> None:
    """Decision 61: it brings nothing into force, and the Conference finds it. Forty stand for the sixty of 62(1)."""
    clauses = treaties.treaties["XVIII-16"]
    assert clauses.milestones.protocol_quorum
    quorum = clauses.milestones.protocol_quorum.model_copy(update={"parties": 40})
    milestones = clauses.milestones.model_copy(update={"protocol_quorum": quorum})
    house = House(
        store, replace(treaties, treaties={"XVIII-16": clauses.model_copy(update={"milestones": milestones})})
    )
    house.record(AT, *forty())
    assert {event.kind for event in house.waiting(date(2027, 3, 1))} == {"consent", "entry into force"}
    house.issue(AT)
    later = date(2028, 1, 1)
    reached = house.treaties.effects(forty(), "XVIII-16", later).quorum_reached_on
    assert reached is not None
    assert reached < later
    assert house.waiting(later) == []
