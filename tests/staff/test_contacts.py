"""The registers of authorities at the desk: two persons, the old contact, and who sees what."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from sqlmodel import select
from starlette.testclient import TestClient

from depositary import clock
from depositary.authorities import proposal, proposals
from depositary.authorities.designations import Designation, Telephone
from depositary.authorities.entries import AuthorityEntry
from depositary.authorities.missions import Mission
from depositary.authorities.store import ContactStore
from depositary.correspondence.mail.outbox import letter_of
from depositary.correspondence.mail.tables import LetterRow
from depositary.desk import audit
from depositary.desk.roles import Role
from depositary.law.acts import Act
from depositary.register.recording import record
from depositary.web.staff.desk import Desk
from tests.authorities.conftest import entered, propose
from tests.staff.conftest import HERE, URL, Browser
from tests.words_of import words_of

NUMBER, OTHER = "+12025550143", "+12025550178"
SECRETS = (NUMBER, "night@example.int", "R. Elphberg", "asks for a call back", "mission@s01.example.int")
CONTACT = Designation(
    "S01",
    "point of contact",
    "Ministry of the Interior",
    hours="24/7",
    zone="Europe/Vienna",
    telephones=(Telephone(NUMBER, always=True),),
    email="night@example.int",
    person="R. Elphberg",
    remarks="asks for a call back",
    note="NV 7",
    note_date=date(2026, 3, 1),
)
MISSION = Mission("S01", "Permanent Mission of State 1", "mission@s01.example.int", ("s01.example.int",), "fr")
FORM = {
    "form": "one",
    "kind": "new",
    "code": "S01",
    "function": "point-of-contact",
    "authority": "Ministry of the Interior",
    "hours": "24/7",
    "zone": "Europe/Vienna",
    "telephones": f"{NUMBER} (24/7)",
    "email": "night@example.int",
    "person": "R. Elphberg",
    "remarks": "asks for a call back",
    "note": "NV 7",
    "note_date": "2026-03-01",
    "languages": "en; fr (urgent)",
    "channels": "electronic transmission; INTERPOL",
}

Staff = dict[Role, Browser]


@pytest.fixture
def contacts(desk: Desk) -> ContactStore:
    assert desk.contacts is not None
    return desk.contacts


@pytest.fixture
def one(staff: Staff) -> Browser:
    """The officer who proposes."""
    return staff["contacts officer"]


@pytest.fixture
def other(staff: Staff, person: Callable[..., str], signed_in: Callable[..., Browser]) -> Browser:
    """A second officer."""
    person("contacts.two", "contacts officer")
    return signed_in("contacts.two")


def designation(one: Designation = CONTACT, hours: int = -48, **more: Any) -> AuthorityEntry:
    at = clock.now() + timedelta(hours=hours)
    return AuthorityEntry(0, "designation", one.participant, at, "vera", designation=one, **more)


def mission(one: Mission = MISSION, hours: int = -48) -> AuthorityEntry:
    return AuthorityEntry(0, "mission", one.participant, clock.now() + timedelta(hours=hours), "vera", mission=one)


def shown_in(page: str) -> str:
    return str(re.findall(r'name="shown" value="([0-9a-f]{64})"', page)[0])


def letters(desk: Desk) -> list[Any]:
    with desk.store.session() as session:
        rows = session.exec(select(LetterRow).order_by(LetterRow.number)).all()  # type: ignore[arg-type]
        return [letter_of(session, row, desk.letters) for row in rows]


def link_in(letter: Any) -> str:
    (found,) = set(re.findall(rf"{URL}(/contacts/confirm/\S+)", letter.text))
    return str(found)


class TestTwoPersons:
    def test_one_proposes_and_another_approves(self, one: Browser, other: Browser, contacts: ContactStore) -> None:
        made = one.post("/staff/contacts/form", **FORM)
        assert made.headers["location"] == "/staff/contacts/proposals/1"
        assert contacts.entries() == []
        page = other.client.get("/staff/contacts/proposals/1").text
        assert "Ministry of the Interior" in page
        done = other.post("/staff/contacts/proposals/1/approve", shown=shown_in(page))
        assert done.status_code == 303
        (entry,) = contacts.entries()
        assert entry.recorded_by == "contacts.one, approved by contacts.two"
        assert entry.designation is not None
        assert replace(entry.designation, languages=(), channels=()) == CONTACT
        assert [one.urgency for one in entry.designation.languages] == ["", "urgent"]
        assert contacts.check().fault == ""

    def test_item_4_nobody_approves_their_own(self, one: Browser, contacts: ContactStore) -> None:
        one.post("/staff/contacts/form", **FORM)
        page = one.client.get("/staff/contacts/proposals/1").text
        assert "a second person decides" in page
        assert "/approve" not in page
        refused = one.post("/staff/contacts/proposals/1/approve", shown=shown_in(page) if "shown" in page else "x" * 64)
        assert refused.status_code == 409
        assert "a second person does" in words_of(refused.text)
        assert contacts.entries() == []

    def test_the_same_form_twice_is_one_proposal(self, one: Browser) -> None:
        first, second = (one.post("/staff/contacts/form", **FORM) for _ in range(2))
        assert first.headers["location"] == second.headers["location"]

    def test_an_approval_is_of_what_was_shown(self, one: Browser, other: Browser, contacts: ContactStore) -> None:
        one.post("/staff/contacts/form", **FORM)
        page = other.client.get("/staff/contacts/proposals/1").text
        entered(contacts, designation(replace(CONTACT, participant="S02")))
        refused = other.post("/staff/contacts/proposals/1/approve", shown=shown_in(page))
        assert refused.status_code == 409
        assert "look again" in refused.text
        assert len(contacts.entries()) == 1

    def test_given_back_with_a_reason_and_taken_back(
        self, one: Browser, other: Browser, contacts: ContactStore
    ) -> None:
        one.post("/staff/contacts/form", **FORM)
        one.post("/staff/contacts/form", **FORM | {"form": "two"})
        assert other.post("/staff/contacts/proposals/1/refuse", reason=" ").status_code == 409
        assert other.post("/staff/contacts/proposals/1/refuse", reason="no such note").status_code == 303
        assert other.post("/staff/contacts/proposals/2/withdraw").status_code == 409
        assert one.post("/staff/contacts/proposals/2/withdraw").status_code == 303
        states = [each.state for each in proposal.proposals(contacts)]
        assert states == ["withdrawn", "refused"]
        assert contacts.entries() == []

    def test_faults_stand_beside_their_fields(self, one: Browser) -> None:
        wrong = {
            "telephones": "12",
            "email": "a@b.org, evil@x.org",
            "zone": "",
            "note_date": "soon",
            "languages": "zz-yy-1",
        }
        page = one.post("/staff/contacts/form", **FORM | wrong)
        assert page.status_code == 422
        for name in wrong:
            assert f'id="{name}-fault"' in page.text, name
        assert "R. Elphberg" in page.text  # what was typed stays

    def test_a_mission_has_one_address_of_its_domains(
        self, one: Browser, other: Browser, contacts: ContactStore
    ) -> None:
        form = {
            "form": "m",
            "kind": "mission",
            "code": "S01",
            "name": "Mission",
            "language": "fr",
            "domains": "s01.example.int",
        }
        wrong = one.post("/staff/contacts/form", **form, email="a@s01.example.int, b@evil.example")
        assert 'id="email-fault"' in wrong.text
        one.post("/staff/contacts/form", **form, email="mission@s01.example.int")
        page = other.client.get("/staff/contacts/proposals/1").text
        other.post("/staff/contacts/proposals/1/approve", shown=shown_in(page))
        assert contacts.entries()[0].mission == replace(MISSION, name="Mission")


class TestItem7AChangeOfAContact:
    """It takes effect after a second person and the old contact, or a recorded override; and both are told."""

    @pytest.fixture
    def change(self, one: Browser, contacts: ContactStore) -> int:
        entered(contacts, mission(), designation())
        fields = FORM | {"kind": "change", "number": "2", "email": "new@example.int", "telephones": f"{OTHER} (24/7)"}
        made = one.post("/staff/contacts/form", **fields)
        return int(made.headers["location"].rpartition("/")[2])

    def approve(self, other: Browser, number: int) -> None:
        page = other.client.get(f"/staff/contacts/proposals/{number}").text
        assert other.post(f"/staff/contacts/proposals/{number}/approve", shown=shown_in(page)).status_code == 303

    def test_through_the_old_contact(
        self, app: FastAPI, other: Browser, desk: Desk, contacts: ContactStore, change: int
    ) -> None:
        self.approve(other, change)
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
        self, app: FastAPI, other: Browser, desk: Desk, contacts: ContactStore, change: int
    ) -> None:
        self.approve(other, change)
        TestClient(app, base_url=URL).post(link_in(letters(desk)[0]), data={"say": "objected"}, headers=HERE)
        assert proposal.proposals(contacts)[0].state == "objected"
        assert len(contacts.entries()) == 2

    def test_an_override_has_a_reason_and_another_person(
        self, one: Browser, other: Browser, desk: Desk, contacts: ContactStore, change: int
    ) -> None:
        path = f"/staff/contacts/proposals/{change}/override"
        assert other.post(path, reason="too early").status_code == 409
        self.approve(other, change)
        assert one.post(path, reason="I say so").status_code == 409
        assert other.post(path, reason="  ").status_code == 409
        assert len(contacts.entries()) == 2
        assert other.post(path, reason="note verbale 9/2026; the old contact is closed").status_code == 303
        assert len(contacts.entries()) == 3
        assert "note verbale 9/2026" in other.client.get(f"/staff/contacts/proposals/{change}").text
        assert [each.to for each in letters(desk)[1:]] == ["night@example.int", "new@example.int"]

    @pytest.mark.parametrize("what", ["rectify", "withdraw", "strike", "new"])
    def test_there_is_no_way_round(self, one: Browser, other: Browser, contacts: ContactStore, what: str) -> None:
        """A rectification, a withdrawal, and a second contact beside the first are changes as well."""
        entered(contacts, designation())
        fields = FORM | {"kind": what, "number": "" if what == "new" else "1", "reason": "because", "since": ""}
        number = int(one.post("/staff/contacts/form", **fields).headers["location"].rpartition("/")[2])
        self.approve(other, number)
        assert proposal.proposals(contacts)[0].state == "awaiting the old contact"
        assert len(contacts.entries()) == 1

    def test_a_link_expires(
        self, app: FastAPI, other: Browser, desk: Desk, contacts: ContactStore, change: int, frozen: Callable[..., Any]
    ) -> None:
        self.approve(other, change)
        with frozen((clock.now() + timedelta(days=3, minutes=1)).isoformat()):
            client = TestClient(app, base_url=URL)
            assert client.get(link_in(letters(desk)[0])).status_code == 404
            assert client.post(link_in(letters(desk)[0]), data={"say": "confirmed"}, headers=HERE).status_code == 404
        assert len(contacts.entries()) == 2

    def test_a_change_of_an_authority_needs_no_old_contact(
        self, one: Browser, other: Browser, contacts: ContactStore
    ) -> None:
        central = replace(CONTACT, function="central authority")
        entered(contacts, designation(central))
        fields = FORM | {"kind": "change", "number": "1", "function": ""}
        number = int(one.post("/staff/contacts/form", **fields).headers["location"].rpartition("/")[2])
        self.approve(other, number)
        assert len(contacts.entries()) == 2

    def test_item_36_the_link_is_of_the_configured_address(self, other: Browser, desk: Desk, change: int) -> None:
        page = other.client.get(f"/staff/contacts/proposals/{change}").text
        evil = {
            "X-Forwarded-Host": "evil.example",
            "Forwarded": "host=evil.example",
            "Referer": "https://evil.example/",
        }
        other.client.post(
            f"/staff/contacts/proposals/{change}/approve",
            data={"token": other.token, "shown": shown_in(page)},
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
            (entry % "'designation'", "second person|old contact"),
            (entry % "'rectification'", "second person|old contact"),
            (entry % "'withdrawal'", "second person|old contact"),
            (step % ("approved", "vera", ""), "themselves"),
            (step % ("overridden", "vera", "r"), "themselves"),
            (step % ("overridden", "otto", ""), "CHECK|check"),
            (step % ("refused", "vera", "r"), "themselves"),
            (step % ("confirmed", "otto", ""), "nothing was confirmed"),
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
        with pytest.raises(sa.exc.DBAPIError, match="old contact"), store.engine.begin() as connection:
            connection.execute(sa.text(entry % "'designation'"))
        assert len(store.entries()) == 1
        assert tried >= 10


class TestItem2And3WhoSeesWhat:
    def test_roles_without_the_right_see_no_byte(
        self, app: FastAPI, staff: Staff, contacts: ContactStore, desk: Desk
    ) -> None:
        from tests.staff.test_items import address, routes

        entered(contacts, mission(), designation(), designation(replace(CONTACT, function="central authority")))
        looked = 0
        for role, browser in staff.items():
            if role == "contacts officer":
                continue
            for method, route in routes(app):
                if method != "GET" or "/sign-out" in route.path:
                    continue
                body = browser.client.get(address(route.path)).text
                hidden = SECRETS[2:] if "emergency" in route.path and role != "administrator" else SECRETS
                for secret in hidden:
                    assert secret not in body, (role, route.path)
                looked += 1
        assert looked > 100

    def test_in_an_emergency_nobody_sees_persons_and_remarks(self, staff: Staff, contacts: ContactStore) -> None:
        entered(contacts, designation())
        for path in ("/staff/emergency?q=S0", "/staff/emergency/contacts.html"):
            body = staff["registrar"].client.get(path).text
            assert NUMBER in body
            for secret in SECRETS[2:]:
                assert secret not in body

    def test_another_s_and_none_look_the_same(self, one: Browser, contacts: ContactStore) -> None:
        entered(contacts, designation())
        for path in (
            "/staff/contacts/of/XXX",
            "/staff/contacts/entries/99/change",
            "/staff/contacts/entries/1/nonsense",
            "/staff/contacts/proposals/99",
            "/staff/contacts/replies/x",
            "/staff/contacts/lists/nonsense.csv",
            "/staff/contacts/lists/point-of-contact.exe",
            "/staff/contacts/obligations/XXX",
            "/staff/contacts/of/S01/new/king",
        ):
            response = one.client.get(path)
            assert (response.status_code, words_of(response.text).count("There is nothing here.")) == (404, 1), path

    def test_item_45_every_look_is_noted_and_says_nothing(
        self, one: Browser, staff: Staff, desk: Desk, contacts: ContactStore
    ) -> None:
        entered(contacts, mission(), designation())
        for path in (
            "/staff/contacts/of/S01",
            "/staff/contacts/entries/2/change",
            "/staff/contacts/proposals/1",
            "/staff/contacts/obligations/S01",
            "/staff/contacts/lists/point-of-contact.csv",
            "/staff/contacts/lists?since=2026-01-01",
            "/staff/emergency?q=S0",
            "/staff/emergency/contacts.html",
        ):
            with desk.store.session() as session:
                before = len(audit.lines(session))
            assert one.client.get(path).status_code == 200
            with desk.store.session() as session:
                last = [(line.what, line.done_by, line.about) for line in audit.lines(session)]
            assert len(last) == before + 1, path
            assert last[0][:2] == ("contacts read", "contacts.one")
        told = " ".join(part for line in last for part in line)
        assert not [secret for secret in SECRETS if secret in told]

    def test_item_3_planted_secrets_are_nowhere_public(
        self,
        desk: Desk,
        contacts: ContactStore,
        one: Browser,
        other: Browser,
        tmp_path: Any,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        """The public site, its data and feeds, the dump, and every file beside the key."""
        from depositary.register.dump import write_dump
        from depositary.web.app import create_app

        record(Act("XVIII-16", "S01", "ratification", date(2026, 3, 2)), "clerk", clock.now(), desk.store)
        entered(contacts, mission(), designation())
        one.post("/staff/contacts/form", **FORM | {"kind": "change", "number": "2", "email": "canary@example.int"})
        page = other.client.get("/staff/contacts/proposals/3").text
        other.post("/staff/contacts/proposals/3/approve", shown=shown_in(page))
        assert len(letters(desk)) == 1
        site = TestClient(
            create_app(desk.collection, desk.store.entries, proofs=desk.store), base_url="http://testserver"
        )
        waiting, seen, bodies = ["/en/", "/api/v1/openapi.json", "/register/head"], set[str](), b""
        while waiting and len(seen) < 300:
            path = waiting.pop()
            if path in seen:
                continue
            seen.add(path)
            answer = site.get(path)
            bodies += answer.content + str(answer.headers).encode()
            waiting += [
                link.partition("#")[0]
                for link in re.findall(r'href="(/[^"]*)"', answer.text)
                if not link.startswith("//")
            ]
        assert len(seen) > 20
        with desk.store.session() as session:
            lines = " ".join(f"{line.what} {line.about}" for line in audit.lines(session))
        out = io.StringIO()
        write_dump(desk.store, out)
        dumped = out.getvalue()
        on_disk = b"".join(
            path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and path.parent.name != "keys"
        )
        for secret in (*SECRETS, "canary@example.int"):
            assert secret.encode() not in bodies, secret
            assert secret.encode() not in on_disk, secret
            assert secret not in lines + dumped + caplog.text, secret


class TestLooking:
    def test_found_by_a_name_in_any_language_and_by_authority(
        self, desk: Desk, one: Browser, contacts: ContactStore
    ) -> None:
        entered(
            contacts, designation(), designation(replace(CONTACT, participant="S02", authority="Police of Strelsau"))
        )
        for typed in ("State 2", "s02", "strelsau", "STATE 2"):
            body = words_of(one.client.get("/staff/contacts", params={"q": typed}).text)
            assert "Police of Strelsau" in body, typed
            assert "Ministry of the Interior" not in body, typed
        part = one.client.get("/staff/contacts", params={"q": "strelsau"}, headers={"hx-request": "true"}).text
        assert "<html" not in part
        assert "Police of Strelsau" in part

    def test_one_state_as_of_a_day_and_as_known(self, one: Browser, contacts: ContactStore) -> None:
        entered(
            contacts,
            designation(replace(CONTACT, valid_from=date(2026, 1, 1), unit="Old Unit"), -50),
            designation(replace(CONTACT, valid_from=date(2026, 6, 1), unit="New Unit"), -40, concerns=1),
        )

        def units(query: str) -> list[str]:
            return re.findall(r"(?:Old|New) Unit", one.client.get(f"/staff/contacts/of/S01{query}").text)

        assert set(units("")) == {"New Unit"}
        assert set(units("?on=2026-05-31")) == {"Old Unit"}
        before = (clock.now() - timedelta(hours=45)).isoformat().replace("+", "%2B")
        assert set(units(f"?known_at={before}")) == {"Old Unit"}
        assert units("?on=2025-12-31") == []

    def test_in_an_emergency_two_letters_are_enough(
        self, one: Browser, contacts: ContactStore, frozen: Callable[..., Any]
    ) -> None:
        entered(
            contacts,
            designation(replace(CONTACT, zone="Asia/Kolkata")),
            designation(replace(CONTACT, function="central authority", authority="Ministry of Justice")),
        )
        now = clock.now()
        with frozen(now.isoformat()):
            page = one.client.get("/staff/emergency", params={"q": "s0"}).text
        assert f'href="tel:{NUMBER}"' in page
        assert page.index("Ministry of the Interior") < page.index("If nobody") < page.index("Ministry of Justice")
        assert f"{now.astimezone(ZoneInfo('Asia/Kolkata')):%H:%M}" in page
        kept = one.client.get("/staff/emergency/contacts.html")
        assert "attachment" in kept.headers["content-disposition"]
        assert "UTC+05:30" in kept.text
        assert not re.findall(r'(?:src|href)="(?!tel:|mailto:|#)', kept.text), "it needs nothing but itself"

    def test_a_former_party_is_in_no_list(
        self,
        one: Browser,
        desk: Desk,
        contacts: ContactStore,
        frozen: Callable[..., Any],
        signed_in: Callable[..., Browser],
    ) -> None:
        """At New York's midnight of the day its denunciation takes effect."""
        at = clock.parse_instant("2026-01-05T10:00:00-05:00")
        for place in range(1, 41):
            record(Act("XVIII-16", f"S{place:02}", "ratification", date(2026, 1, 5)), "clerk", at, desk.store)
        record(Act("XVIII-16", "S01", "denunciation", date(2026, 6, 15)), "clerk", at + timedelta(days=200), desk.store)
        entered(contacts, designation(hours=-9000))
        with frozen("2027-06-14T23:59:00-04:00"):
            browser = signed_in("contacts.one")
            assert NUMBER in browser.client.get("/staff/emergency?q=s01").text
            assert NUMBER in browser.client.get("/staff/contacts/lists/point-of-contact.csv").text
        with frozen("2027-06-15T00:00:30-04:00"):
            browser = signed_in("contacts.one")
            assert NUMBER not in browser.client.get("/staff/emergency?q=s01").text
            assert NUMBER not in browser.client.get("/staff/emergency/contacts.html").text
            assert NUMBER not in browser.client.get("/staff/contacts/lists/point-of-contact.csv").text


class TestObligations:
    def test_silence_is_shown_as_silence(self, one: Browser, desk: Desk, contacts: ContactStore) -> None:
        record(Act("XVIII-16", "S01", "ratification", date(2026, 3, 2)), "clerk", clock.now(), desk.store)
        entered(contacts, mission(), designation())
        board = words_of(one.client.get("/staff/contacts/obligations").text)
        assert "overdue" in board
        assert "2 Mar 2026" in board
        page = one.client.get("/staff/contacts/obligations/S01").text
        said = words_of(page)
        assert "NV 7" in said
        assert "nothing said" in said  # 37(6)(a): silence is not no
        assert '<pre class="letter" lang="fr" dir="ltr">' in page
        assert "Le Secrétariat de l’Organisation des Nations Unies" in said

    def test_the_letter_asks_for_nothing_that_was_furnished(
        self, one: Browser, desk: Desk, contacts: ContactStore
    ) -> None:
        record(Act("XVIII-16", "S01", "ratification", date(2026, 3, 2)), "clerk", clock.now(), desk.store)
        entered(contacts, designation())
        letter = one.client.get("/staff/contacts/obligations/S01").text.partition('<pre class="letter"')[2]
        assert "40(12)(c)" in letter
        assert "41(2)" not in letter
        assert "37(6)" not in letter

    def test_an_organization_s_competence_is_read_from_the_register(
        self, one: Browser, desk: Desk, contacts: ContactStore
    ) -> None:
        for act in (
            Act("XVIII-16", "S01", "ratification", date(2026, 3, 2)),
            Act(
                "XVIII-16",
                "ORG",
                "declaration",
                date(2026, 3, 3),
                provision="64(3)",
                text="All matters",
                source="C.N.9",
            ),
            Act("XVIII-16", "ORG", "ratification", date(2026, 3, 3)),
        ):
            record(act, "clerk", clock.now(), desk.store)
        said = words_of(one.client.get("/staff/contacts/obligations/ORG").text)
        assert "All matters" in said
        assert "C.N.9" in said

    def test_the_work_list_says_what_is_to_be_done(
        self, one: Browser, staff: Staff, desk: Desk, contacts: ContactStore
    ) -> None:
        record(Act("XVIII-16", "S01", "ratification", date(2026, 3, 2)), "clerk", clock.now(), desk.store)
        entered(contacts, designation(hours=-24 * 366))
        one.post("/staff/contacts/form", **FORM | {"function": "central-authority"})
        said = words_of(one.client.get("/staff/").text)
        for line in ("Proposals to be decided: 1", "something overdue: 1", "unconfirmed for a year: 1"):
            assert line in said
        assert "overdue" not in words_of(staff["registrar"].client.get("/staff/").text)


class TestAsking:
    def test_a_mission_confirms_by_a_link_once(
        self, app: FastAPI, one: Browser, desk: Desk, contacts: ContactStore
    ) -> None:
        entered(contacts, mission(), designation())
        page = one.post("/staff/contacts/asking/confirmation")
        assert page.status_code == 200
        one.post("/staff/contacts/asking/confirmation")
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
        assert "confirmed" in words_of(one.client.get("/staff/contacts/asking").text)

    def test_what_a_mission_would_change_goes_to_an_officer_and_changes_nothing(
        self, app: FastAPI, one: Browser, desk: Desk, contacts: ContactStore
    ) -> None:
        entered(contacts, mission(), designation())
        one.post("/staff/contacts/asking/confirmation")
        client = TestClient(app, base_url=URL)
        path = link_in(letters(desk)[0])
        assert client.post(path, data={"say": "changes", "text": " "}, headers=HERE).status_code == 422
        hostile = "call +999 instead <script>alert(1)</script>"
        assert client.post(path, data={"say": "changes", "text": hostile}, headers=HERE).status_code == 200
        assert len(contacts.entries()) == 2
        (reply,) = re.findall(r'href="(/staff/contacts/replies/[0-9a-f]{64})"', one.client.get("/staff/contacts").text)
        page = one.client.get(reply).text
        assert "call +999 instead &lt;script&gt;" in page

    def test_a_contact_acknowledges(self, app: FastAPI, one: Browser, desk: Desk, contacts: ContactStore) -> None:
        entered(contacts, designation())
        one.post("/staff/contacts/asking/ping")
        (letter,) = letters(desk)
        assert letter.to == "night@example.int"
        client = TestClient(app, base_url=URL)
        seen = re.findall(r'name="seen" value="([0-9a-f]{64})"', client.get(link_in(letter)).text)[0]
        client.post(link_in(letter), data={"say": "acknowledged", "seen": seen}, headers=HERE)
        assert (contacts.entries()[1].what, contacts.entries()[1].how) == ("confirmation", "ping")

    def test_whoever_has_no_address_is_named(self, one: Browser, contacts: ContactStore) -> None:
        entered(contacts, designation(replace(CONTACT, email="")))
        assert "State 1" in words_of(one.post("/staff/contacts/asking/confirmation").text)
        assert "no address to write to" in words_of(one.post("/staff/contacts/asking/ping").text)

    def test_an_officer_confirms_by_note_or_call(self, one: Browser, contacts: ContactStore) -> None:
        entered(contacts, designation())
        assert one.post("/staff/contacts/entries/1/confirm", how="dream").status_code == 404
        assert one.post("/staff/contacts/entries/1/confirm", how="call", reason="15:00").status_code == 303
        assert contacts.entries()[1].how == "call"

    def test_no_token_is_kept_in_clear(self, one: Browser, desk: Desk, contacts: ContactStore, tmp_path: Any) -> None:
        entered(contacts, mission(), designation())
        one.post("/staff/contacts/asking/confirmation")
        token = link_in(letters(desk)[0]).rpartition("/")[2].encode()
        for path in tmp_path.rglob("*"):
            if path.is_file():
                assert token not in path.read_bytes()


@pytest.mark.parametrize("code", ["en", "fr", "es", "ru", "ar", "zh"])
def test_every_page_in_every_language(one: Browser, contacts: ContactStore, desk: Desk, code: str) -> None:
    record(Act("XVIII-16", "S01", "ratification", date(2026, 3, 2)), "clerk", clock.now(), desk.store)
    entered(contacts, mission(), designation())
    one.post("/staff/self/language", language=code)
    for path in (
        "/staff/contacts",
        "/staff/contacts/of/S01",
        "/staff/contacts/of/S01/new/extradition-authority",
        "/staff/contacts/of/S01/mission",
        "/staff/contacts/entries/2/change",
        "/staff/contacts/entries/2/withdraw",
        "/staff/contacts/entries/2/confirm",
        "/staff/contacts/proposals/2",
        "/staff/contacts/obligations",
        "/staff/contacts/obligations/S01",
        "/staff/contacts/lists?since=2026-01-01",
        "/staff/contacts/asking",
        "/staff/emergency?q=s0",
        "/staff/emergency/contacts.html",
    ):
        page = one.client.get(path)
        assert page.status_code == 200, path
        assert f'<html lang="{code}" dir="{"rtl" if code == "ar" else "ltr"}">' in page.text


def test_item_18_what_is_typed_is_shown_as_it_is(one: Browser, other: Browser, contacts: ContactStore) -> None:
    from tests.staff.test_items import HOSTILE

    hostile = dict.fromkeys(("authority", "unit", "post", "postal_address", "person", "remarks", "note"), HOSTILE)
    made = one.post("/staff/contacts/form", **FORM | hostile)
    page = other.client.get(made.headers["location"]).text
    other.post(f"{made.headers['location']}/approve", shown=shown_in(page))
    pages = [
        page,
        *(
            one.client.get(path).text
            for path in (
                "/staff/contacts",
                "/staff/contacts/of/S01",
                "/staff/emergency?q=s0",
                "/staff/emergency/contacts.html",
                "/staff/contacts/entries/1/change",
            )
        ),
    ]
    pages.append(one.post("/staff/contacts/form", **FORM | hostile | {"zone": ""}).text)
    for each in pages:
        assert "<script>alert" not in each
        assert "&lt;script&gt;alert(1)" in each
    assert len(contacts.entries()) == 1


def test_approvals_race_and_one_wins(contacts: ContactStore) -> None:
    """Item 53: a proposal is approved or withdrawn, never both."""
    from concurrent.futures import ThreadPoolExecutor

    raced = 0
    for place in range(10):
        one = propose(contacts, designation(replace(CONTACT, participant=f"S{place + 10}"), hours=-place))
        seen, at = proposal.digest_of_proposal(one, contacts.root), clock.now()

        def attempt(what: str, number: int = one.number, seen: str = seen, at: Any = at) -> str:
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


def test_several_are_approved_together_as_they_were_shown(one: Browser, other: Browser, contacts: ContactStore) -> None:
    for code in ("S01", "S02", "S03"):
        one.post("/staff/contacts/form", **FORM | {"form": code, "code": code})
    assert "Nothing of others" in one.client.get("/staff/contacts/proposals").text
    page = other.client.get("/staff/contacts/proposals").text
    fields = {"numbers": "1 2 3", "shown": shown_in(page)}
    assert one.post("/staff/contacts/proposals", **fields).status_code == 409
    assert other.post("/staff/contacts/proposals", **fields | {"numbers": "1 2"}).status_code == 409
    assert contacts.entries() == []
    assert other.post("/staff/contacts/proposals", **fields).status_code == 303
    assert [entry.participant for entry in contacts.entries()] == ["S01", "S02", "S03"]
    assert other.post("/staff/contacts/proposals", **fields).status_code == 409
    assert len(contacts.entries()) == 3


def test_whoever_was_not_told_is_told_by_the_next_who_decides(
    one: Browser, other: Browser, desk: Desk, contacts: ContactStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The power fails between the entry and the letters: nobody is forgotten, and nobody is told twice."""
    entered(contacts, designation(), designation(replace(CONTACT, email="new@example.int"), -24, concerns=1))
    assert letters(desk) == []
    for _ in range(2):
        one.post("/staff/contacts/form", **FORM | {"code": "S05"})
        page = other.client.get("/staff/contacts/proposals/3").text
        other.post("/staff/contacts/proposals/3/approve", shown=shown_in(page) if "shown" in page else "")
    assert [each.to for each in letters(desk)] == ["night@example.int", "new@example.int"]


def test_faults_are_said_in_the_reader_s_language(
    app: FastAPI, one: Browser, desk: Desk, contacts: ContactStore
) -> None:
    one.post("/staff/self/language", language="fr")
    wrong = one.post("/staff/contacts/form", **FORM | {"telephones": f"{NUMBER}"})
    assert "aucun n’est marqué comme répondant à toute heure" in wrong.text
    entered(contacts, mission(), designation())
    one.post("/staff/contacts/asking/confirmation")
    client = TestClient(app, base_url=URL)
    answered = client.post(link_in(letters(desk)[0]), data={"say": "changes", "text": ""}, headers=HERE)
    assert "Indiquez ce qui doit changer" in answered.text
