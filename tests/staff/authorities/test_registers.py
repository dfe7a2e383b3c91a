"""The registers as they are read: lists, one participant with its history, the emergency view."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from depositary import clock
from depositary.authorities.store import ContactStore
from depositary.law.acts import Act
from depositary.register.recording import record
from depositary.web.staff.desk import Desk
from tests.authorities.conftest import entered
from tests.staff.authorities.conftest import CONTACT, NUMBER, designation, mission
from tests.staff.conftest import Browser
from tests.words_of import words_of


class TestRegisters:
    def test_found_by_a_name_in_any_language_and_by_authority(
        self, desk: Desk, officer: Browser, contacts: ContactStore
    ) -> None:
        entered(
            contacts, designation(), designation(replace(CONTACT, participant="S02", authority="Police of Strelsau"))
        )
        for typed in ("State 2", "s02", "strelsau", "STATE 2"):
            body = words_of(officer.client.get("/staff/contacts", params={"q": typed}).text)
            assert "Police of Strelsau" in body, typed
            assert "Ministry of the Interior" not in body, typed
        part = officer.client.get("/staff/contacts", params={"q": "strelsau"}, headers={"hx-request": "true"}).text
        assert "<html" not in part
        assert "Police of Strelsau" in part

    def test_one_state_as_of_a_day_and_as_known(self, officer: Browser, contacts: ContactStore) -> None:
        entered(
            contacts,
            designation(replace(CONTACT, valid_from=date(2026, 1, 1), unit="Old Unit"), -50),
            designation(replace(CONTACT, valid_from=date(2026, 6, 1), unit="New Unit"), -40, concerns=1),
        )

        def units(query: str) -> list[str]:
            return re.findall(r"(?:Old|New) Unit", officer.client.get(f"/staff/contacts/of/S01{query}").text)

        assert set(units("")) == {"New Unit"}
        assert set(units("?on=2026-05-31")) == {"Old Unit"}
        before = (clock.now() - timedelta(hours=45)).isoformat().replace("+", "%2B")
        assert set(units(f"?known_at={before}")) == {"Old Unit"}
        assert units("?on=2025-12-31") == []

    def test_in_an_emergency_two_letters_are_enough(
        self, officer: Browser, contacts: ContactStore, frozen: Callable[..., Any]
    ) -> None:
        entered(
            contacts,
            designation(replace(CONTACT, zone="Asia/Kolkata")),
            designation(replace(CONTACT, function="central authority", authority="Ministry of Justice")),
        )
        now = clock.now()
        with frozen(now.isoformat()):
            page = officer.client.get("/staff/emergency", params={"q": "s0"}).text
        assert f'href="tel:{NUMBER}"' in page
        assert page.index("Ministry of the Interior") < page.index("If there is no") < page.index("Ministry of Justice")
        assert f"{now.astimezone(ZoneInfo('Asia/Kolkata')):%H:%M}" in page
        kept = officer.client.get("/staff/emergency/contacts.html")
        assert "attachment" in kept.headers["content-disposition"]
        assert "UTC+05:30" in kept.text
        assert not re.findall(r'(?:src|href)="(?!tel:|mailto:|#)', kept.text), "it needs nothing but itself"

    def test_a_former_party_is_in_no_list(
        self,
        officer: Browser,
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


@pytest.mark.parametrize("code", ["en", "fr", "es", "ru", "ar", "zh"])
def test_every_page_in_every_language(officer: Browser, contacts: ContactStore, desk: Desk, code: str) -> None:
    record(Act("XVIII-16", "S01", "ratification", date(2026, 3, 2)), "clerk", clock.now(), desk.store)
    entered(contacts, mission(), designation())
    officer.post("/staff/self/language", language=code)
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
        page = officer.client.get(path)
        assert page.status_code == 200, path
        assert f'<html lang="{code}" dir="{"rtl" if code == "ar" else "ltr"}">' in page.text
