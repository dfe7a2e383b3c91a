"""A notification is true when it leaves: in any order of recording and issuing its dates are those of the status.

So it is under a convention alone, and under a convention and its protocol, where an act under one moves the other.
The suite tries a share of the sequences; `DEPOSITARY_TEST_LONGER` above 1 tries hundreds on each database.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from depositary.correspondence.notifications import issuance
from depositary.correspondence.notifications.archive import Issued, issued
from depositary.correspondence.notifications.event import Event
from depositary.correspondence.notifications.issue import issue, issue_all
from depositary.correspondence.notifications.ledger import ledger_of
from depositary.correspondence.notifications.pending import pending
from depositary.correspondence.notifications.threads import threads_of
from depositary.desk.audit import Doing
from depositary.law.acts import CONSENTS, Action
from depositary.law.effects import Effects
from depositary.register.batch import record_all
from depositary.register.entry import Entry, acts_of, as_known
from depositary.register.recording import rectify, strike_out
from depositary.register.side_tables import verify_side_tables
from depositary.register.store import Store
from depositary.register.transaction import Refused
from depositary.treaties.answer import answer
from depositary.treaties.collection import Collection
from depositary.words import language
from tests.correspondence.notifications.conftest import AT, CONVENTION, PROTOCOL, act
from tests.longer import LONGER
from tests.postgresql import created
from tests.stores import DATABASES, register_at

STATES = ("S01", "S02", "S03", "S04", "S05")
ENGLISH = language("en")
DAY = re.compile(
    r"\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}\b"
)

LAST_DAY = re.compile(r"by the end of (\d{1,2} [A-Z][a-z]+ \d{4}), one year from")
DAY_IN_DATA = re.compile(r"\d{4}-\d\d-\d\d")

Step = tuple[str, int, int, int]
"""What is done, and three numbers by which its participant, its day and its entry are chosen."""

WHAT = (
    *(
        "accede",
        "accede",
        "accede",
        "together",
        "withdraw",
        "denounce",
        "reserve",
        "reserve late",
        "rectify",
        "rectify",
        "strike",
    ),
    *("rule", "wait", "issue", "issue", "everything"),
)

STEPS = st.lists(
    st.tuples(
        st.sampled_from(WHAT),
        *(st.integers(0, 40) for _ in range(3)),
    ),
    min_size=4,
    max_size=14,
)


@pytest.fixture(scope="module", params=DATABASES)
def registers(request: pytest.FixtureRequest) -> Callable[[], AbstractContextManager[Store]]:
    """`with registers() as store:` an empty register."""

    @contextmanager
    def new() -> Iterator[Store]:
        with TemporaryDirectory() as folder:
            if request.param == "sqlite":
                with register_at(f"sqlite:///{folder}/register.sqlite", Path(folder)) as store:
                    yield store
                return
            server, template = (request.getfixturevalue(f"postgres_{name}") for name in ("url", "template"))
            with created(server, template) as url, register_at(url, Path(folder)) as store:
                yield store

    return new


@pytest.fixture(scope="module")
def alone(both: Collection) -> Collection:
    """The Convention as if three instruments were enough, without its protocol."""
    return replace(both, treaties={CONVENTION: both.treaties[CONVENTION]})


class House:
    """A register and those who work with it, on a day that moves on."""

    def __init__(self, store: Store, collection: Collection) -> None:
        self.store, self.collection, self.at = store, collection, AT
        self.said: list[Issued] = []

    @property
    def today(self) -> date:
        return self.at.date()

    def do(self, step: Step) -> None:
        what, first, second, third = step
        state, day = STATES[first % len(STATES)], self.today - timedelta(days=second)
        treaties = self.collection.in_order
        own = replace(act(state, "accession", day.isoformat()), treaty=treaties[second % len(treaties)])
        standing = [entry for entry in as_known(self.store.entries()) if entry.act]
        chosen = standing[third % len(standing)] if standing else None
        with suppress(Refused):
            if what in ("accede", "reserve"):
                acts = [own] if third % 2 else [replace(own, treaty=treaty) for treaty in treaties]
                acts += [replace(own, action="reservation", provision="63(3)")] if what == "reserve" else []
                record_all(acts, "flora", self.at, self.store)
            elif what == "reserve late":
                late = replace(own, action="reservation", provision="63(3)")
                record_all([late], "flora", self.at, self.store)
            elif what == "together":
                days = [self.today - timedelta(days=(second + number) % 9) for number in range(third % 5)]
                acts = [act(code, "accession", on.isoformat()) for code, on in zip(STATES, days, strict=False)]
                record_all(acts, "flora", self.at, self.store)
            elif what in ("withdraw", "denounce"):
                action: Action = "withdrawal of instrument" if what == "withdraw" else "denunciation"
                record_all([replace(own, action=action)], "flora", self.at, self.store)
            elif what == "rule":
                choice = ("otherwise", "default")[third % 2]
                ruling = act("", "ruling", self.today.isoformat(), subject="withdrawal-after-threshold", text=choice)
                record_all([replace(ruling, treaty=own.treaty)], "flora", self.at, self.store)
            elif what == "rectify" and chosen and chosen.act and chosen.act.participant:
                right = replace(chosen.act, date=day, participant=state if second % 3 == 0 else chosen.act.participant)
                rectify(chosen.number, right, "flora", self.at, self.store, reason="Misread.")
            elif what == "strike" and chosen:
                strike_out(chosen.number, "flora", self.at, self.store, reason="Never made.")
            elif what == "issue" and (waiting := self.waiting()):
                event = waiting[third % len(waiting)]
                self.said.append(issue(self.store, self.collection, event.anchor, event.kind, Doing("rudolf", self.at)))
                self.check(self.said[-1:])
            elif what == "everything":
                made = issue_all(self.store, self.collection, Doing("rudolf", self.at))
                self.said += made
                self.check(made)
        self.at += timedelta(days=first if what == "wait" else 0, minutes=1)

    def waiting(self) -> list[Event]:
        return pending(self.collection, self.entries, self.archive(), self.collection.in_order, self.today)

    def entries(self, treaty: str) -> list[Entry]:
        return self.store.entries(0, treaty)

    def archive(self) -> list[Issued]:
        with self.store.session() as session:
            return issued(session)

    def effects(self, treaty: str) -> Effects:
        return self.collection.effects(acts_of(as_known(self.store.entries())), treaty, self.today)

    def status(self, treaty: str) -> dict[str, Any]:
        return answer(self.effects(treaty), self.today, None, ENGLISH)

    def days_of_acceptance(self, treaty: str) -> set[date]:
        """The days on which the reservations that were made late are accepted, unless somebody objects."""
        made = [made for state in STATES for made in self.effects(treaty).reservations(state)]
        return {each.accepted_on for each in made if each.accepted_on}

    def check(self, made: list[Issued]) -> None:
        for treaty in dict.fromkeys(notification.treaty for notification in made):
            self.check_under(treaty, [notification for notification in made if notification.treaty == treaty])

    def check_under(self, treaty: str, made: list[Issued]) -> None:
        """Every date that a notification gives as one of effect is one of the status at this instant.

        A notification under a protocol may give the dates of the convention as well.
        """
        status = self.status(treaty)
        dates = dates_of(status) | (dates_of(self.status(CONVENTION)) if treaty == PROTOCOL else set())
        accepted = {ENGLISH.date(day) for day in self.days_of_acceptance(treaty)}
        effects = {ENGLISH.date(date.fromisoformat(day)) for day in dates}
        days = {entry.act.date for entry in as_known(self.store.entries()) if entry.act}
        # The thirtieth day after a deposit stands in the sentence that says which of two days is later.
        acts = {ENGLISH.date(day) for day in days | {day + timedelta(days=30) for day in days}}
        for notification in made:
            said = effective_dates(notification)
            assert said <= effects | acts, (notification.reference, notification.kind, said - effects - acts)
            assert {*LAST_DAY.findall(told(notification))} <= accepted, (notification.reference, notification.kind)
            self.check_its_own(notification, status)

    def check_its_own(self, notification: Issued, status: dict[str, Any]) -> None:
        text = told(notification)
        day = status["entry_into_force"]["date"]
        if notification.kind in ("entry into force", "new date"):
            assert not day or ENGLISH.date(date.fromisoformat(day)) in text
            assert day or "no date" in text or "not yet in force" in text
        if notification.kind == "entry into force":
            named = {each["name"] for each in status["participants"] if day and each["entry_into_force"] == day}
            items = {each.text for each in notification.document("en").paragraphs if each.kind == "item"}
            assert named == items
        for number in notification.told if notification.kind == "consent" else ():
            entry = next(entry for entry in self.store.entries() if entry.number == number)
            if entry.act is None or entry.act.action not in CONSENTS:
                continue
            mine = next(each for each in status["participants"] if each["code"] == entry.act.participant)
            if mine["consent"] and mine["consent"]["date"] == entry.act.date.isoformat() and mine["entry_into_force"]:
                assert ENGLISH.date(date.fromisoformat(mine["entry_into_force"])) in text or "no legal effect" in text

    def settle(self) -> None:
        """Issues all that is left, until nothing is; then what the house has said is what holds."""
        for _ in range(4):
            if not self.waiting():
                break
            made = issue_all(self.store, self.collection, Doing("rudolf", self.at))
            self.said += made
            self.check(made)
        assert self.waiting() == [], "each notification is issued once, and nothing comes back"
        for treaty in self.collection.in_order:
            self.settled(treaty)
        assert [each.number for each in self.archive()] == [*range(len(self.said), 0, -1)]
        assert verify_side_tables(self.store).faults == ()

    def settled(self, treaty: str) -> None:
        """What the house has said under a treaty is what holds, and it has told of each act once."""
        ledger = ledger_of(self.collection, self.entries, self.archive(), treaty, self.today)
        standing = [thread for thread in threads_of(ledger) if not thread.withdrawn]
        of_entry_into_force = [thread for thread in standing if thread.is_of_entry_into_force]
        day = self.status(treaty)["entry_into_force"]["date"]
        assert len(of_entry_into_force) <= 1
        if day:
            assert ENGLISH.date(date.fromisoformat(day)) in told(of_entry_into_force[0].issued[-1])
        covered = [
            entry.number
            for thread in standing
            for number in thread.first.told
            for entry in ledger.course(number)
            if entry.number not in ledger.replacing and entry.act
        ]
        own = [entry.number for entry in ledger.standing if entry.act and entry.treaty == treaty]
        assert sorted(covered) == own, "each act, once"


def dates_of(status: dict[str, Any]) -> set[str]:
    """The dates of effect in a status."""
    dates = {status["entry_into_force"]["date"], *status["milestones"].values()}
    for each in status["participants"]:
        dates |= {each["entry_into_force"], each["ceases"], (each["denunciation"] or {}).get("effective")}
        dates |= {episode[end] for episode in each["episodes"] for end in ("from", "until")}
    dates |= {each["otherwise"] for each in status["open_readings"] if DAY_IN_DATA.fullmatch(str(each["otherwise"]))}
    return {day for day in dates if day}


def told(notification: Issued) -> str:
    """What a notification says holds, in English: not what it replaces, gives as reason, or refers to."""
    document = notification.document("en")
    paragraphs = [
        each.text
        for each in document.paragraphs
        if each.label not in ("In place of", "Delete", "Reason") and "epositary notification C.N." not in each.text
    ]
    return "\n".join(re.sub(r", and not [^.\n]*", "", text) for text in paragraphs)


def effective_dates(notification: Issued) -> set[str]:
    """The dates in it, without that of the notification itself and the end of twelve months that run from it."""
    own = {notification.document("en").issued, ENGLISH.date(notification.on.replace(year=notification.on.year + 1))}
    return {*DAY.findall(told(notification))} - own


@pytest.fixture(autouse=True)
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    """The documents are not set as PDF here."""
    monkeypatch.setattr(issuance, "typeset_all", lambda kept: None)


@settings(
    max_examples=15 if LONGER == 1 else 300,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS, with_protocol=st.booleans())
def test_what_is_issued_is_the_status(
    steps: list[Step],
    with_protocol: bool,
    registers: Callable[[], AbstractContextManager[Store]],
    alone: Collection,
    both: Collection,
) -> None:
    with registers() as store:
        house = House(store, both if with_protocol else alone)
        for step in steps:
            house.do(step)
        house.settle()
