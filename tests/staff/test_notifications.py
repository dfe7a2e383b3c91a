"""Notifications at the desk: seen before the release, issued by one who did not draft, circulated once."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from depositary import clock
from depositary.authorities.entries import AuthorityEntry
from depositary.authorities.missions import Mission
from depositary.correspondence.notifications import comparison, notification
from depositary.correspondence.notifications.archive import Archive
from depositary.correspondence.notifications.document import Document
from depositary.correspondence.notifications.draft import draft
from depositary.correspondence.notifications.event import Event
from depositary.correspondence.notifications.pending import pending
from depositary.desk.roles import Role
from depositary.law.acts import Act
from depositary.register.batch import record_all
from depositary.web.staff import agenda
from depositary.web.staff.desk import Desk
from depositary.words import AVAILABLE, language
from depositary.words.notifications import OPENING
from tests.authorities.conftest import entered
from tests.register.sample_acts import AT
from tests.staff.conftest import Browser, act
from tests.words_of import words_of

Staff = dict[Role, Browser]

WORK = "/staff/notifications"
FIRST = "/staff/notifications/entries/1/consent"


def drafted(by: Browser, **fields: str) -> str:
    """A draft that was submitted: its address."""
    made = by.post("/staff/form", **act(action="accession", **fields))
    assert made.status_code == 303, words_of(made.text)
    return str(made.headers["location"])


def released(staff: Staff, **fields: str) -> None:
    address = drafted(staff["registrar"], **fields)
    page = staff["legal officer"].client.get(address).text
    shown = re.search(r'name="shown" value="(\w{64})"', page)
    assert shown
    assert staff["legal officer"].post(f"{address}/release", shown=shown[1]).status_code == 303


def issue(by: Browser, address: str = FIRST, **more: str) -> Any:
    """What is answered to the button of the page at an address."""
    shown = re.search(r'name="shown" value="([^"]+)"', by.client.get(address).text)
    assert shown
    return by.post(address, shown=shown[1], **more)


def body(page: str) -> str:
    """The document of a page, as words, without what issuing gives to it."""
    found = re.search(r'<article class="notification".*?</article>', page, re.DOTALL)
    assert found
    inner = re.sub(
        r"<header>.*?</header>|<footer>.*?</footer>|<p class=\"issued\">.*?</p>", "", found[0], flags=re.DOTALL
    )
    return words_of(inner)


def test_what_is_seen_before_the_release_is_what_is_issued(staff: Staff, desk: Desk) -> None:
    address = drafted(staff["registrar"])
    before = body(staff["legal officer"].client.get(address).text)
    assert language("en").gettext(OPENING) in before
    shown = re.search(r'name="shown" value="(\w{64})"', staff["legal officer"].client.get(address).text)
    assert shown
    staff["legal officer"].post(f"{address}/release", shown=shown[1])
    assert body(staff["legal officer"].client.get(FIRST).text) == before
    answer = issue(staff["legal officer"])
    assert answer.status_code == 303
    page = staff["legal officer"].client.get(answer.headers["location"]).text
    assert body(page) == before


def test_what_is_released_waits_to_be_issued_and_then_no_more(staff: Staff, desk: Desk) -> None:
    officer = staff["legal officer"]
    assert "No notification is to be issued." in words_of(officer.client.get(WORK).text)
    released(staff)
    page = officer.client.get(WORK).text
    assert f'href="{FIRST}"' in page
    assert "To be issued:" in words_of(officer.client.get("/staff/").text)
    shown = re.search(r'name="shown" value="([^"]+)"', officer.client.get(FIRST).text)
    assert shown
    officer.post(FIRST, shown=shown[1])
    page = officer.client.get(WORK).text
    assert f'href="{FIRST}"' not in page
    assert re.search(r"C\.N\.1\.\d{4}\.TREATIES-XVIII\.16", page)
    assert len(Archive(desk.store).listed()) == 1
    assert officer.post(FIRST, shown=shown[1]).status_code == 303, "a second click leads to what was issued"
    assert len(Archive(desk.store).listed()) == 1, "issued twice is issued once"
    assert officer.client.get(FIRST).status_code == 303, "its page leads to what was issued"


def test_who_drafted_does_not_issue(
    staff: Staff, desk: Desk, person: Callable[..., str], signed_in: Callable[..., Browser]
) -> None:
    """Another legal officer releases what the first drafted; the first does not issue it, the other does."""
    person("legal.two", "legal officer")
    two = signed_in("legal.two")
    address = drafted(staff["legal officer"])
    shown = re.search(r'name="shown" value="(\w{64})"', two.client.get(address).text)
    assert shown
    assert two.post(f"{address}/release", shown=shown[1]).status_code == 303
    refused = issue(staff["legal officer"])
    assert refused.status_code == 409
    assert "is issued by a second person" in words_of(refused.text)
    assert Archive(desk.store).listed() == []
    assert issue(two).status_code == 303


@pytest.mark.parametrize("code", AVAILABLE)
def test_it_is_looked_at_in_every_language_and_as_pdf(code: str, staff: Staff, desk: Desk) -> None:
    released(staff)
    page = staff["registrar"].client.get(f"{FIRST}?language={code}")
    assert words_of(language(code).gettext(OPENING)) in words_of(page.text)
    address = issue(staff["legal officer"]).headers["location"]
    pdf = staff["registrar"].client.get(f"{address}/pdf?language={code}")
    assert pdf.content.startswith(b"%PDF")
    assert staff["registrar"].client.get(f"{address}?language=xx").status_code == 404


def test_it_is_circulated_once(staff: Staff, desk: Desk) -> None:
    released(staff)
    assert desk.contacts is not None
    address = issue(staff["legal officer"]).headers["location"]
    mission = Mission("S02", "Mission of State 2", "mission@state2.example.int", ("state2.example.int",), "fr")
    entered(
        desk.contacts,
        AuthorityEntry(0, "mission", "S02", datetime(2026, 1, 1, tzinfo=UTC), "x", mission=mission, salt="1"),
    )
    for _ in range(2):
        assert staff["legal officer"].post(f"{address}/circulate").status_code == 303
    with desk.store.session() as session:
        found = session.connection().execute(sa.text("SELECT edition, recipient FROM letter")).all()
    assert [tuple(one) for one in found] == [(address.rpartition("/")[2], "S02")]
    assert "Letters posted: 1." in words_of(staff["legal officer"].client.get(address).text)


TYPED = {
    "form": "one",
    "treaty": "XVIII-16",
    "language-en": "yes",
    "where-1": "article 40(12)",
    "stands-1": "autority <b>",
    "read-1": "authority",
}
"""The form of a correction, filled in."""


class TestCorrection:
    def test_it_is_drafted_and_issued_by_two(self, staff: Staff, desk: Desk) -> None:
        made = staff["legal officer"].post(f"{WORK}/corrections", **TYPED)
        assert made.status_code == 303
        address = made.headers["location"]
        page = staff["registrar"].client.get(address)
        assert "autority <b>" in words_of(page.text)
        assert "<b>" not in page.text
        own = staff["legal officer"].post(address)
        assert (own.status_code, Archive(desk.store).listed()) == (409, [])
        assert staff["legal officer"].client.get(WORK).text.count(f'href="{address}"') == 1

    def test_it_is_issued_by_a_second_and_not_carried_out_too_early(self, staff: Staff, desk: Desk) -> None:
        address = staff["registrar"].post(f"{WORK}/corrections", **TYPED).headers["location"]
        issued = staff["legal officer"].post(address)
        assert issued.status_code == 303
        page = staff["registrar"].client.get(issued.headers["location"])
        assert "Objections may be communicated until" in words_of(page.text)
        early = staff["registrar"].post(f"{issued.headers['location']}/carry-out", **{"no-objection": "yes"})
        assert early.status_code == 409

    def test_what_is_missing_is_said_and_what_was_typed_is_kept(self, staff: Staff) -> None:
        answer = staff["registrar"].post(f"{WORK}/corrections", **(TYPED | {"read-1": "", "language-en": ""}))
        assert answer.status_code == 422
        assert 'value="article 40(12)"' in answer.text
        told = words_of(answer.text)
        assert "languages: there is none" in told
        assert "passage 1" in told


def test_many_texts_are_compared_with_one_reading_of_the_register(
    staff: Staff, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was shown at a release is derived once, however many notifications follow from that release."""
    acts = [Act("XVIII-16", f"S{place:02}", "accession", date(2026, 3, 2)) for place in range(1, 13)]
    record_all(acts, "clerk", AT, desk.store)
    read: list[object] = []

    def derived(*given: Any) -> Any:
        read.append(given)
        return pending(*given)

    monkeypatch.setattr(agenda, "pending", derived)
    page = staff["legal officer"].client.get(f"{WORK}/all").text
    assert page.count("<details>") == 12
    assert len(read) == 2, "once as it is, and once as it was at the release"


def test_what_was_released_today_is_drafted_once(staff: Staff, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    acts = [Act("XVIII-16", f"S{place:02}", "accession", date(2026, 3, 2)) for place in range(1, 4)]
    record_all(acts, "clerk", clock.now(), desk.store)
    drafted: list[object] = []

    def counted(event: Event, *given: Any) -> Document:
        drafted.append(event.key)
        return draft(event, *given)

    for module in (notification, comparison):
        monkeypatch.setattr(module, "draft", counted)
    page = staff["legal officer"].client.get(f"{WORK}/all").text
    assert page.count("<details>") == len(drafted) == 3


def test_each_release_is_compared_with_the_register_that_it_left(staff: Staff, desk: Desk) -> None:
    """Two releases within one second are two."""
    for code in ("S01", "S02"):
        released(staff, code=code)
    first, second = desk.agenda.events(clock.today())
    found = desk.agenda.at_release(first, clock.today())
    assert found is not None
    assert found[0].size == 1
    assert desk.agenda.at_release(second, clock.today()) is None, "nothing came since"
