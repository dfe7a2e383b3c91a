"""The change of a 24/7 contact: the old contact confirms it, or a second person overrides with a reason."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from starlette.testclient import TestClient

from depositary import clock
from depositary.authorities import proposal
from depositary.authorities.store import ContactStore
from depositary.web.staff.desk import Desk
from tests.authorities.conftest import entered, propose
from tests.staff.authorities.conftest import (
    CONTACT,
    FORM,
    OTHER,
    SECRETS,
    designation,
    letters,
    link_in,
    mission,
    shown_in,
)
from tests.staff.conftest import HERE, URL, Browser


class TestAChangeOfAContact:
    """It takes effect after a second person and the old contact, or a recorded override; and both are told."""

    @pytest.fixture
    def change(self, officer: Browser, contacts: ContactStore) -> int:
        entered(contacts, mission(), designation())
        fields = FORM | {"kind": "change", "number": "2", "email": "new@example.int", "telephones": f"{OTHER} (24/7)"}
        made = officer.post("/staff/contacts/form", **fields)
        return int(made.headers["location"].rpartition("/")[2])

    def approve(self, second_officer: Browser, number: int) -> None:
        page = second_officer.client.get(f"/staff/contacts/proposals/{number}").text
        assert (
            second_officer.post(f"/staff/contacts/proposals/{number}/approve", shown=shown_in(page)).status_code == 303
        )

    def test_through_the_old_contact(
        self, app: FastAPI, second_officer: Browser, desk: Desk, contacts: ContactStore, change: int
    ) -> None:
        self.approve(second_officer, change)
        assert len(contacts.entries()) == 2
        (letter,) = letters(desk)
        assert letter.to == "night@example.int"
        assert "point de contact" in letter.subject
        assert not [
            secret for secret in (*SECRETS[:4], OTHER, "new@example.int") if secret in letter.text + letter.html
        ]
        scanner = TestClient(app, base_url=URL, follow_redirects=False)
        for _ in range(3):
            page = scanner.get(link_in(letter))
            assert page.status_code == 200
        assert OTHER not in page.text
        assert "new@example.int" not in page.text
        assert re.search(r"•••143[^<]*</td><td>•••178", page.text), "as it stands, and as it would be"
        assert re.search(r"<td>n•••@example\.int</td><td>n•••@example\.int \(", page.text), "it changes under its mask"
        assert len(contacts.entries()) == 2, "looking confirms nothing"
        answered = scanner.post(link_in(letter), data={"say": "confirmed"}, headers=HERE)
        assert answered.status_code == 200
        assert contacts.entries()[2].designation.email == "new@example.int"  # type: ignore[union-attr]
        assert contacts.entries()[2].recorded_by == "contacts.one, confirmed by the old contact"
        assert [each.to for each in letters(desk)[1:]] == ["night@example.int", "new@example.int"]
        assert proposal.proposals(contacts)[0].is_told
        assert scanner.post(link_in(letter), data={"say": "confirmed"}, headers=HERE).status_code == 404
        assert len(contacts.entries()) == 3

    def test_the_old_contact_objects(
        self, app: FastAPI, second_officer: Browser, desk: Desk, contacts: ContactStore, change: int
    ) -> None:
        self.approve(second_officer, change)
        TestClient(app, base_url=URL).post(link_in(letters(desk)[0]), data={"say": "objected"}, headers=HERE)
        assert proposal.proposals(contacts)[0].state == "objected"
        assert len(contacts.entries()) == 2

    def test_an_override_has_a_reason_and_another_person(
        self, officer: Browser, second_officer: Browser, desk: Desk, contacts: ContactStore, change: int
    ) -> None:
        path = f"/staff/contacts/proposals/{change}/override"
        assert second_officer.post(path, reason="too early").status_code == 409
        self.approve(second_officer, change)
        assert officer.post(path, reason="I say so").status_code == 409
        assert second_officer.post(path, reason="  ").status_code == 409
        assert len(contacts.entries()) == 2
        assert second_officer.post(path, reason="note verbale 9/2026; the old contact is closed").status_code == 303
        assert len(contacts.entries()) == 3
        assert "note verbale 9/2026" in second_officer.client.get(f"/staff/contacts/proposals/{change}").text
        assert [each.to for each in letters(desk)[1:]] == ["night@example.int", "new@example.int"]

    @pytest.mark.parametrize("what", ["rectify", "withdraw", "strike", "new"])
    def test_there_is_no_way_round(
        self, officer: Browser, second_officer: Browser, contacts: ContactStore, what: str
    ) -> None:
        """A rectification, a withdrawal, and a second contact beside the first are changes as well."""
        entered(contacts, designation())
        fields = FORM | {"kind": what, "number": "" if what == "new" else "1", "reason": "because", "since": ""}
        number = int(officer.post("/staff/contacts/form", **fields).headers["location"].rpartition("/")[2])
        self.approve(second_officer, number)
        assert proposal.proposals(contacts)[0].state == "awaiting the old contact"
        assert len(contacts.entries()) == 1

    def test_a_link_expires(
        self,
        app: FastAPI,
        second_officer: Browser,
        desk: Desk,
        contacts: ContactStore,
        change: int,
        frozen: Callable[..., Any],
    ) -> None:
        self.approve(second_officer, change)
        with frozen((clock.now() + timedelta(days=3, minutes=1)).isoformat()):
            client = TestClient(app, base_url=URL)
            assert client.get(link_in(letters(desk)[0])).status_code == 404
            assert client.post(link_in(letters(desk)[0]), data={"say": "confirmed"}, headers=HERE).status_code == 404
        assert len(contacts.entries()) == 2

    def test_a_change_of_an_authority_needs_no_old_contact(
        self, officer: Browser, second_officer: Browser, contacts: ContactStore
    ) -> None:
        central = replace(CONTACT, function="central authority")
        entered(contacts, designation(central))
        fields = FORM | {"kind": "change", "number": "1", "function": ""}
        number = int(officer.post("/staff/contacts/form", **fields).headers["location"].rpartition("/")[2])
        self.approve(second_officer, number)
        assert len(contacts.entries()) == 2

    def test_the_link_is_of_the_configured_address(self, second_officer: Browser, desk: Desk, change: int) -> None:
        page = second_officer.client.get(f"/staff/contacts/proposals/{change}").text
        evil = {
            "X-Forwarded-Host": "evil.example",
            "Forwarded": "host=evil.example",
            "Referer": "https://evil.example/",
        }
        second_officer.client.post(
            f"/staff/contacts/proposals/{change}/approve",
            data={"token": second_officer.token, "shown": shown_in(page)},
            headers=HERE | evil,
        )
        (letter,) = letters(desk)
        assert f"{URL}/contacts/confirm/" in letter.text
        assert "evil" not in letter.text + letter.html


class TestTheDatabaseHoldsIt:
    """A raw statement finds no other path, on either database."""

    @pytest.fixture
    def store(self, request: pytest.FixtureRequest, tmp_path: Any) -> Any:
        url = f"sqlite:///{tmp_path / 'raw.sqlite'}"
        if request.node.callspec.params["where"] == "postgresql":
            url = request.getfixturevalue("postgres_database")
        store = ContactStore(url, tmp_path / "keys")
        store.migrate()
        yield store
        store.close()

    @pytest.mark.parametrize("where", ["sqlite", "postgresql"])
    def test_no_path_but_the_state_machine_s(self, store: ContactStore, where: str) -> None:
        entered(store, designation(hours=-50))
        number = propose(store, designation(replace(CONTACT, email="evil@example.int"), concerns=1)).number
        of = "contacts." if where == "postgresql" else ""
        entry = (
            f"INSERT INTO {of}authority_entry (number, sealed, digest, participant, what, function, proposal) "  # noqa: S608
            f"VALUES (2, 'x', '{'a' * 64}', 'S01', %s, 'point of contact', {number})"
        )
        step = (
            f"INSERT INTO {of}proposal_step (proposal, step, what, done_by, done_at, reason, shown) "  # noqa: S608
            f"VALUES ({number}, 1, '%s', '%s', 'now', '%s', '{'b' * 64}')"
        )
        refused = [
            (entry % "'designation'", "second person|old contact|says itself"),
            (entry % "'rectification'", "second person|old contact|says itself"),
            (entry % "'withdrawal'", "second person|old contact|says itself"),
            (step % ("approved", "vera", ""), "themselves"),
            (step % ("overridden", "vera", "r"), "themselves|does not follow"),
            (step % ("overridden", "otto", ""), "does not follow"),
            (step % ("refused", "vera", "r"), "themselves"),
            (step % ("confirmed", "otto", ""), "nothing was confirmed|does not follow"),
            (f"UPDATE {of}proposal SET proposed_by = 'mallory'", "never"),  # noqa: S608
            (f"DELETE FROM {of}proposal_step", "never"),  # noqa: S608
            (f"UPDATE {of}link SET about = 1", "never" if where == "postgresql" else ""),  # noqa: S608
        ]
        tried = 0
        for statement, said in refused:
            if said:
                with pytest.raises(sa.exc.DBAPIError, match=said), store.engine.begin() as connection:
                    connection.execute(sa.text(statement))
                tried += 1
        with store.engine.begin() as connection:
            connection.execute(sa.text(step % ("approved", "otto", "")))
        with pytest.raises(sa.exc.DBAPIError, match=r"old contact|says itself"), store.engine.begin() as connection:
            connection.execute(sa.text(entry % "'designation'"))
        assert len(store.entries()) == 1
        assert tried >= 10


def test_whoever_was_not_told_is_told_by_the_next_who_decides(
    officer: Browser, second_officer: Browser, desk: Desk, contacts: ContactStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The power fails between the entry and the letters: nobody is forgotten, and nobody is told twice."""
    entered(contacts, designation(), designation(replace(CONTACT, email="new@example.int"), -24, concerns=1))
    assert letters(desk) == []
    for _ in range(2):
        officer.post("/staff/contacts/form", **FORM | {"code": "S05"})
        page = second_officer.client.get("/staff/contacts/proposals/3").text
        second_officer.post("/staff/contacts/proposals/3/approve", shown=shown_in(page) if "shown" in page else "")
    assert [each.to for each in letters(desk)] == ["night@example.int", "new@example.int"]
