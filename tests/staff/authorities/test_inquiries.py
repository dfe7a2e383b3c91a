"""Inquiries: missions confirm by a link, contacts acknowledge, officers note what they hear."""

import re
from dataclasses import replace
from typing import Any

from fastapi import FastAPI
from starlette.testclient import TestClient

from depositary.authorities.store import ContactStore
from depositary.web.staff.desk import Desk
from tests.authorities.conftest import entered
from tests.staff.authorities.conftest import CONTACT, FORM, NUMBER, SECRETS, designation, letters, link_in, mission
from tests.staff.conftest import HERE, URL, Browser
from tests.words_of import words_of


class TestInquiries:
    def test_a_mission_confirms_by_a_link_once(
        self, app: FastAPI, officer: Browser, desk: Desk, contacts: ContactStore
    ) -> None:
        entered(contacts, mission(), designation())
        page = officer.post("/staff/contacts/asking/confirmation")
        assert page.status_code == 200
        officer.post("/staff/contacts/asking/confirmation")
        (letter,) = letters(desk)
        assert letter.to == "mission@s01.example.int"
        assert not [secret for secret in SECRETS[:4] if secret in letter.text + letter.html]
        client = TestClient(app, base_url=URL)
        shown = client.get(link_in(letter)).text
        assert NUMBER not in shown
        assert "•••143" in shown
        seen = re.findall(r'name="seen" value="([0-9a-f]{64})"', shown)[0]
        assert len(contacts.entries()) == 2
        stale = client.post(link_in(letter), data={"say": "confirmed", "seen": "0" * 64}, headers=HERE)
        assert stale.status_code == 422
        assert client.post(link_in(letter), data={"say": "confirmed", "seen": seen}, headers=HERE).status_code == 200
        entry = contacts.entries()[2]
        assert (entry.what, entry.concerns, entry.how) == ("confirmation", 2, "link")
        assert client.post(link_in(letter), data={"say": "confirmed", "seen": seen}, headers=HERE).status_code == 404
        assert "confirmed" in words_of(officer.client.get("/staff/contacts/asking").text)

    def test_what_a_mission_would_change_goes_to_an_officer_and_changes_nothing(
        self, app: FastAPI, officer: Browser, desk: Desk, contacts: ContactStore
    ) -> None:
        entered(contacts, mission(), designation())
        officer.post("/staff/contacts/asking/confirmation")
        client = TestClient(app, base_url=URL)
        path = link_in(letters(desk)[0])
        assert client.post(path, data={"say": "changes", "text": " "}, headers=HERE).status_code == 422
        hostile = "call +999 instead <script>alert(1)</script>"
        assert client.post(path, data={"say": "changes", "text": hostile}, headers=HERE).status_code == 200
        assert len(contacts.entries()) == 2
        (reply,) = re.findall(
            r'href="(/staff/contacts/replies/[0-9a-f]{64})"', officer.client.get("/staff/contacts").text
        )
        page = officer.client.get(reply).text
        assert "call +999 instead &lt;script&gt;" in page
        told = "Missions that ask for a change: State 1"
        assert told in words_of(officer.client.get("/staff/").text)
        changed = FORM | {"kind": "change", "number": "2", "hours": "24/7", "email": "new@example.int"}
        assert officer.post("/staff/contacts/form", **changed).status_code == 303
        assert told not in words_of(officer.client.get("/staff/").text), "a proposal has followed"

    def test_a_contact_acknowledges(self, app: FastAPI, officer: Browser, desk: Desk, contacts: ContactStore) -> None:
        entered(contacts, designation())
        officer.post("/staff/contacts/asking/ping")
        (letter,) = letters(desk)
        assert letter.to == "night@example.int"
        client = TestClient(app, base_url=URL)
        seen = re.findall(r'name="seen" value="([0-9a-f]{64})"', client.get(link_in(letter)).text)[0]
        client.post(link_in(letter), data={"say": "acknowledged", "seen": seen}, headers=HERE)
        assert (contacts.entries()[1].what, contacts.entries()[1].how) == ("confirmation", "ping")

    def test_whoever_has_no_address_is_named(self, officer: Browser, contacts: ContactStore) -> None:
        entered(contacts, designation(replace(CONTACT, email="")))
        assert "State 1" in words_of(officer.post("/staff/contacts/asking/confirmation").text)
        assert "no address to write to" in words_of(officer.post("/staff/contacts/asking/ping").text)

    def test_an_officer_confirms_by_note_or_call(self, officer: Browser, contacts: ContactStore) -> None:
        entered(contacts, designation())
        assert officer.post("/staff/contacts/entries/1/confirm", how="dream").status_code == 404
        assert officer.post("/staff/contacts/entries/1/confirm", how="call", reason="15:00").status_code == 303
        assert contacts.entries()[1].how == "call"

    def test_no_token_is_kept_in_clear(
        self, officer: Browser, desk: Desk, contacts: ContactStore, tmp_path: Any
    ) -> None:
        entered(contacts, mission(), designation())
        officer.post("/staff/contacts/asking/confirmation")
        token = link_in(letters(desk)[0]).rpartition("/")[2].encode()
        for path in tmp_path.rglob("*"):
            if path.is_file():
                assert token not in path.read_bytes()


def test_faults_are_said_in_the_reader_s_language(
    app: FastAPI, officer: Browser, desk: Desk, contacts: ContactStore
) -> None:
    officer.post("/staff/self/language", language="fr")
    wrong = officer.post("/staff/contacts/form", **FORM | {"telephones": f"{NUMBER}"})
    assert "aucun n’est marqué comme répondant à toute heure" in wrong.text
    entered(contacts, mission(), designation())
    officer.post("/staff/contacts/asking/confirmation")
    client = TestClient(app, base_url=URL)
    answered = client.post(link_in(letters(desk)[0]), data={"say": "changes", "text": ""}, headers=HERE)
    assert "Indiquez ce qui doit changer" in answered.text
