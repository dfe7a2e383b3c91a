"""Who sees what of the registers: by role, and in no byte of the public site."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from depositary import clock
from depositary.authorities.store import ContactStore
from depositary.desk import audit
from depositary.law.acts import Act
from depositary.register.recording import record
from depositary.web.staff.desk import Desk
from tests.authorities.conftest import entered
from tests.staff.authorities.conftest import (
    CONTACT,
    FORM,
    NUMBER,
    SECRETS,
    Staff,
    designation,
    letters,
    mission,
    shown_in,
)
from tests.staff.conftest import Browser
from tests.words_of import words_of


class TestWhoSeesWhat:
    def test_roles_without_the_right_see_no_byte(
        self, app: FastAPI, staff: Staff, contacts: ContactStore, desk: Desk
    ) -> None:
        from tests.staff.route_table import address, routes

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

    def test_another_s_and_none_look_the_same(self, officer: Browser, contacts: ContactStore) -> None:
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
            response = officer.client.get(path)
            told = words_of(response.text).count("There is no page at this address.")
            assert (response.status_code, told) == (404, 1), path

    def test_every_reading_is_noted_without_what_was_read(
        self, officer: Browser, staff: Staff, desk: Desk, contacts: ContactStore
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
            assert officer.client.get(path).status_code == 200
            with desk.store.session() as session:
                last = [(line.what, line.done_by, line.about) for line in audit.lines(session)]
            assert len(last) == before + 1, path
            assert last[0][:2] == ("contacts read", "contacts.one")
        told = " ".join(part for line in last for part in line)
        assert not [secret for secret in SECRETS if secret in told]

    def test_planted_secrets_are_nowhere_public(
        self,
        desk: Desk,
        contacts: ContactStore,
        officer: Browser,
        second_officer: Browser,
        tmp_path: Any,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        """The public site, its data and feeds, the dump, and every file beside the key."""
        from depositary.register.dump import write_dump
        from depositary.web.app import create_app

        record(Act("XVIII-16", "S01", "ratification", date(2026, 3, 2)), "clerk", clock.now(), desk.store)
        entered(contacts, mission(), designation())
        officer.post("/staff/contacts/form", **FORM | {"kind": "change", "number": "2", "email": "canary@example.int"})
        page = second_officer.client.get("/staff/contacts/proposals/3").text
        second_officer.post("/staff/contacts/proposals/3/approve", shown=shown_in(page))
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
        values = {"treaty": "XVIII-16", "code": "S01", "entry": "1", "earlier": "1", "what": "entry-into-force"}
        calls = site.get("/api/v1/openapi.json").json()["paths"]
        for path in calls:
            answer = site.get(path.format(**values, reference="C.N.1.2026.TREATIES-XVIII-16"), params={"q": "canary"})
            bodies += answer.content + str(answer.headers).encode()
        assert len(calls) > 30
        for path in ("/data/depositary.zip", "/data/datapackage.json", "/feed.atom"):
            content = site.get(path).content
            files = zipfile.ZipFile(io.BytesIO(content)) if path.endswith(".zip") else None
            bodies += b"".join(map(files.read, files.namelist())) if files else content
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
