"""Two persons at the registers of authorities: one proposes, another approves."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from depositary import clock
from depositary.authorities import proposal, proposals
from depositary.authorities.store import ContactStore
from depositary.web.staff.desk import Desk
from tests.authorities.conftest import entered, propose
from tests.staff.authorities.conftest import CONTACT, FORM, MISSION, designation, letters, shown_in
from tests.staff.conftest import Browser
from tests.words_of import words_of


class TestTwoPersons:
    def test_one_proposes_and_another_approves(
        self, officer: Browser, second_officer: Browser, contacts: ContactStore
    ) -> None:
        made = officer.post("/staff/contacts/form", **FORM)
        assert made.headers["location"] == "/staff/contacts/proposals/1"
        assert contacts.entries() == []
        page = second_officer.client.get("/staff/contacts/proposals/1").text
        assert "Ministry of the Interior" in page
        done = second_officer.post("/staff/contacts/proposals/1/approve", shown=shown_in(page))
        assert done.status_code == 303
        (entry,) = contacts.entries()
        assert entry.recorded_by == "contacts.one, approved by contacts.two"
        assert entry.designation is not None
        assert replace(entry.designation, languages=(), channels=()) == CONTACT
        assert [one.urgency for one in entry.designation.languages] == ["", "urgent"]
        assert contacts.check().fault == ""

    def test_nobody_approves_their_own_proposal(self, officer: Browser, contacts: ContactStore) -> None:
        officer.post("/staff/contacts/form", **FORM)
        page = officer.client.get("/staff/contacts/proposals/1").text
        assert "a second person decides" in page
        assert "/approve" not in page
        refused = officer.post(
            "/staff/contacts/proposals/1/approve", shown=shown_in(page) if "shown" in page else "x" * 64
        )
        assert refused.status_code == 409
        assert "is decided by a second person" in words_of(refused.text)
        assert contacts.entries() == []

    def test_the_same_form_twice_is_one_proposal(self, officer: Browser) -> None:
        first, second = (officer.post("/staff/contacts/form", **FORM) for _ in range(2))
        assert first.headers["location"] == second.headers["location"]

    def test_an_approval_is_of_what_was_shown(
        self, officer: Browser, second_officer: Browser, contacts: ContactStore
    ) -> None:
        officer.post("/staff/contacts/form", **FORM)
        page = second_officer.client.get("/staff/contacts/proposals/1").text
        entered(contacts, designation(replace(CONTACT, participant="S02")))
        refused = second_officer.post("/staff/contacts/proposals/1/approve", shown=shown_in(page))
        assert refused.status_code == 409
        assert "look again" in refused.text
        assert len(contacts.entries()) == 1

    def test_given_back_with_a_reason_and_taken_back(
        self, officer: Browser, second_officer: Browser, contacts: ContactStore
    ) -> None:
        officer.post("/staff/contacts/form", **FORM)
        officer.post("/staff/contacts/form", **FORM | {"form": "two"})
        assert second_officer.post("/staff/contacts/proposals/1/refuse", reason=" ").status_code == 409
        assert second_officer.post("/staff/contacts/proposals/1/refuse", reason="no such note").status_code == 303
        assert second_officer.post("/staff/contacts/proposals/2/withdraw").status_code == 409
        assert officer.post("/staff/contacts/proposals/2/withdraw").status_code == 303
        states = [each.state for each in proposal.proposals(contacts)]
        assert states == ["withdrawn", "refused"]
        assert contacts.entries() == []

    def test_a_second_click_shows_what_the_first_one_did(
        self, officer: Browser, second_officer: Browser, contacts: ContactStore
    ) -> None:
        officer.post("/staff/contacts/form", **FORM)
        shown = shown_in(second_officer.client.get("/staff/contacts/proposals/1").text)
        clicks = [second_officer.post("/staff/contacts/proposals/1/approve", shown=shown) for _ in range(2)]
        assert [click.status_code for click in clicks] == [303, 303]
        assert second_officer.post("/staff/contacts/proposals/1/refuse", reason="too late").status_code == 409
        assert len(contacts.entries()) == 1

    def test_faults_stand_beside_their_fields(self, officer: Browser) -> None:
        wrong = {
            "telephones": "12",
            "email": "a@b.org, evil@x.org",
            "zone": "",
            "note_date": "soon",
            "languages": "zz-yy-1",
        }
        page = officer.post("/staff/contacts/form", **FORM | wrong)
        assert page.status_code == 422
        for name in wrong:
            assert f'id="{name}-fault"' in page.text, name
        assert "R. Elphberg" in page.text  # what was typed stays

    def test_a_mission_has_one_address_of_its_domains(
        self, officer: Browser, second_officer: Browser, contacts: ContactStore
    ) -> None:
        form = {
            "form": "m",
            "kind": "mission",
            "code": "S01",
            "name": "Mission",
            "language": "fr",
            "domains": "s01.example.int",
        }
        wrong = officer.post("/staff/contacts/form", **form, email="a@s01.example.int, b@evil.example")
        assert 'id="email-fault"' in wrong.text
        officer.post("/staff/contacts/form", **form, email="mission@s01.example.int")
        page = second_officer.client.get("/staff/contacts/proposals/1").text
        second_officer.post("/staff/contacts/proposals/1/approve", shown=shown_in(page))
        assert contacts.entries()[0].mission == replace(MISSION, name="Mission")


def test_several_are_approved_together_as_they_were_shown(
    officer: Browser, second_officer: Browser, contacts: ContactStore
) -> None:
    for code in ("S01", "S02", "S03"):
        officer.post("/staff/contacts/form", **FORM | {"form": code, "code": code})
    assert "No proposal of another person" in officer.client.get("/staff/contacts/proposals").text
    page = second_officer.client.get("/staff/contacts/proposals").text
    fields = {"numbers": "1 2 3", "shown": shown_in(page)}
    assert officer.post("/staff/contacts/proposals", **fields).status_code == 409
    assert second_officer.post("/staff/contacts/proposals", **fields | {"numbers": "1 2"}).status_code == 409
    assert contacts.entries() == []
    assert second_officer.post("/staff/contacts/proposals", **fields).status_code == 303
    assert [entry.participant for entry in contacts.entries()] == ["S01", "S02", "S03"]
    assert second_officer.post("/staff/contacts/proposals", **fields).status_code == 303, "a second click does nothing"
    assert len(contacts.entries()) == 3


def test_approvals_race_and_one_wins(contacts: ContactStore) -> None:
    """A proposal is approved or withdrawn, never both."""
    from concurrent.futures import ThreadPoolExecutor

    raced = 0
    for place in range(10):
        proposed = propose(contacts, designation(replace(CONTACT, participant=f"S{place + 10}"), hours=-place))
        seen, at = proposal.digest_of_proposal(proposed, contacts.root), clock.now()

        def attempt(what: str, number: int = proposed.number, seen: str = seen, at: Any = at) -> str:
            try:
                if what == "approve":
                    return proposals.approve(contacts, number, seen, "otto", at).state
                return proposals.withdraw(contacts, number, "vera", at).state
            except proposal.ProposalChanged:
                return "too late"

        with ThreadPoolExecutor(2) as pool:
            results = sorted(pool.map(attempt, ("approve", "withdraw")))
        assert results in (["in effect", "too late"], ["too late", "withdrawn"])
        raced += 1
    assert raced == 10


def test_what_is_typed_is_shown_as_it_is(officer: Browser, second_officer: Browser, contacts: ContactStore) -> None:
    from tests.staff.test_forms import HOSTILE

    hostile = dict.fromkeys(("authority", "unit", "post", "postal_address", "person", "remarks", "note"), HOSTILE)
    made = officer.post("/staff/contacts/form", **FORM | hostile)
    page = second_officer.client.get(made.headers["location"]).text
    second_officer.post(f"{made.headers['location']}/approve", shown=shown_in(page))
    pages = [
        page,
        *(
            officer.client.get(path).text
            for path in (
                "/staff/contacts",
                "/staff/contacts/of/S01",
                "/staff/emergency?q=s0",
                "/staff/emergency/contacts.html",
                "/staff/contacts/entries/1/change",
            )
        ),
    ]
    pages.append(officer.post("/staff/contacts/form", **FORM | hostile | {"zone": ""}).text)
    for each in pages:
        assert "<script>alert" not in each
        assert "&lt;script&gt;alert(1)" in each
    assert len(contacts.entries()) == 1


@contextmanager
def written_to(*engines: sa.Engine) -> Iterator[list[str]]:
    """What writes: each transaction that adds something adds the lines of its journal, in one statement."""
    written: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        if statement.startswith("INSERT INTO journal "):
            written.append(statement)

    for engine in engines:
        sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield written
    finally:
        for engine in engines:
            sa.event.remove(engine, "before_cursor_execute", note)


def test_many_are_approved_in_as_many_transactions_as_one(
    officer: Browser, second_officer: Browser, contacts: ContactStore, desk: Desk
) -> None:
    """Contacts that change, so that each approval has a letter to an old contact as well."""

    def transactions(states: Sequence[str]) -> list[str]:
        for place, code in enumerate(states):
            there = designation(replace(CONTACT, participant=code, email=f"{code}@example.int"))
            number = str(entered(contacts, there)[0].number)
            fields = {"form": code, "kind": "change", "code": code, "number": number, "person": str(place)}
            assert officer.post("/staff/contacts/form", **FORM | fields).status_code == 303
        page = second_officer.client.get("/staff/contacts/proposals").text
        numbers = re.findall(r'name="numbers" value="([^"]*)"', page)[0]
        assert len(numbers.split()) == len(states)
        with written_to(desk.store.engine, contacts.engine) as written:
            done = second_officer.post("/staff/contacts/proposals", numbers=numbers, shown=shown_in(page))
        assert done.status_code == 303
        assert written
        return written

    few, many = transactions(("S01",)), transactions([f"S{place:02}" for place in range(2, 14)])
    assert len(letters(desk)) == 13
    assert few == many


def test_a_change_that_is_told_is_read_no_more(contacts: ContactStore) -> None:
    """However many changes there were, a decision reads those that are still to be told."""
    entered(contacts, designation())
    entered(contacts, designation(replace(CONTACT, person="Another"), hours=-47, concerns=1))
    (change,) = proposal.changes_to_tell(contacts)
    assert change.entry.designation is not None
    assert change.entry.designation.person == "Another"
    proposals.note_told(contacts, [change.number], "otto", clock.now())
    assert proposal.changes_to_tell(contacts) == []
