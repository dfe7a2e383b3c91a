"""The circulation at the desk: two persons, the typed count, letters that are resolved; and no address on any page."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes
from hashlib import sha256
from pathlib import Path

import pytest

from depositary import clock
from depositary.authorities.entries import AuthorityEntry
from depositary.authorities.missions import Mission
from depositary.correspondence.circulation import editions
from depositary.correspondence.mail.folder import LetterFolder
from depositary.correspondence.mail.letters import Letter
from depositary.correspondence.mail.outbox import Sender, post
from depositary.correspondence.mail.post_office import PostOffice
from depositary.correspondence.mail.steps import LetterStep, insert, letters
from depositary.desk.audit import Doing, lines
from depositary.law.acts import Act
from depositary.register.batch import record_all
from depositary.treaties.cases import STATES
from depositary.web.staff.desk import Desk
from tests.authorities.conftest import entered
from tests.staff.conftest import Browser
from tests.words_of import words_of

PARTIES = STATES[:40]
WHERE = "/staff/circulation"


def address(code: str) -> str:
    return f"canary.{code.lower()}@example.int"


@pytest.fixture
def desk(desk: Desk, tmp_path: Path) -> Desk:
    """Forty parties, of which three have a mission's address; letters are carried into a folder."""
    at = clock.now() - timedelta(days=300)
    consents = [Act("XVIII-16", code, "ratification", date(2026, 1, 5)) for code in PARTIES]
    record_all(consents, "clerk", at, desk.store)
    assert desk.contacts is not None
    for code in PARTIES[:3]:
        mission = Mission(code, f"Permanent Mission of {code}", address(code), ("example.int",))
        entered(desk.contacts, AuthorityEntry(0, "mission", code, at, "vera", mission=mission))
    office = PostOffice(Sender("treaties@example.int", "example.int"), lambda: LetterFolder(tmp_path / "outbox"))
    return replace(desk, post_office=office)


@pytest.fixture
def officers(person: Callable[..., str], signed_in: Callable[..., Browser]) -> tuple[Browser, Browser]:
    """Two contacts officers."""
    for name in ("carla", "conrad"):
        person(name, "contacts officer")
    return signed_in("carla"), signed_in("conrad")


def here() -> tuple[str, str]:
    year = clock.today().year
    return f"{year}/1", f"{WHERE}/{year}-1"


def digest(desk: Desk) -> str:
    with desk.store.session() as session:
        kept = editions.edition(session, here()[0], desk.letters)
    assert kept is not None
    return kept.edition.digest


def prepared(browser: Browser) -> None:
    response = browser.post(WHERE, on=clock.today().isoformat())
    assert (response.status_code, response.headers["location"]) == (303, here()[1])


def states(desk: Desk) -> list[str]:
    with desk.store.session() as session:
        return [one.state for one in letters(session, desk.letters)]


def test_what_is_due_is_said(officers: tuple[Browser, Browser]) -> None:
    page = words_of(officers[0].client.get(WHERE).text)
    assert "The annual circulation is overdue" in page
    assert "Without an address (37)" in page
    assert "Without a certificate (3)" in page
    assert "The annual circulation is overdue" in words_of(officers[0].client.get("/staff/").text)


def test_two_persons_and_the_typed_count(desk: Desk, officers: tuple[Browser, Browser], tmp_path: Path) -> None:
    first, second = officers
    prepared(first)
    where = here()[1]
    assert "You prepared this" in first.client.get(where).text
    own = first.post(f"{where}/approve", shown=digest(desk), count="3")
    assert (own.status_code, "prepared themselves" in own.text) == (409, True)
    wrong = second.post(f"{where}/approve", shown=digest(desk), count="4")
    assert (wrong.status_code, "It makes 3 letters" in wrong.text) == (409, True)
    stale = second.post(f"{where}/approve", shown="0" * 64, count="3")
    assert stale.status_code == 409
    assert states(desk) == []
    assert second.post(f"{where}/approve", shown=digest(desk), count="3").status_code == 303
    assert states(desk) == ["written"] * 3
    assert len(list((tmp_path / "outbox").iterdir())) == 3
    assert "written to a file, not sent" in words_of(first.client.get(where).text)
    assert second.post(f"{where}/close").status_code == 409
    assert first.post(f"{where}/deliver", reason="by hand on 3 March").status_code == 303
    assert first.post(f"{where}/delivered").status_code == 409
    assert states(desk) == ["proposed"] * 3
    assert "the letters in files were delivered (3)" in words_of(second.client.get(where).text)
    assert second.post(f"{where}/delivered").status_code == 303
    assert states(desk) == ["delivered"] * 3
    assert second.post(f"{where}/close").status_code == 303
    assert "closed" in words_of(second.client.get(where).text)


def test_letters_are_resolved_by_two(desk: Desk, officers: tuple[Browser, Browser]) -> None:
    first, second = officers
    prepared(first)
    second.post(f"{here()[1]}/approve", shown=digest(desk), count="3")
    with desk.store.session(writing=True) as session:
        said = f"550 no such user {address(PARTIES[1])}"
        insert(session, 1, 3, LetterStep("accepted", "sender", clock.now()), desk.letters)
        insert(session, 2, 3, LetterStep("unknown", "sender", clock.now(), said), desk.letters)
        insert(session, 3, 3, LetterStep("accepted", "sender", clock.now()), desk.letters)
    assert first.post("/staff/letters/1/bounced", reason="mailbox full").status_code == 303
    page = first.client.get(here()[1])
    assert "unknown whether it arrived" in page.text
    assert second.post(f"{here()[1]}/close").status_code == 409
    for number in ("1", "2"):
        made = first.post(f"/staff/letters/{number}/propose", choice="delivered", reason="the mission has it")
        assert made.status_code == 303
        assert first.post(f"/staff/letters/{number}/agree", choice="delivered").status_code == 409
        assert "Agree: It was delivered by other means" in words_of(second.client.get(here()[1]).text)
        assert second.post(f"/staff/letters/{number}/agree", choice="delivered").status_code == 303
    assert states(desk) == ["delivered", "delivered", "accepted"]
    assert first.post("/staff/letters/3/received", reason="NV 3").status_code == 303
    assert second.post(f"{here()[1]}/close").status_code == 303


def test_a_letter_goes_to_the_address_that_the_mission_has_now(
    desk: Desk, officers: tuple[Browser, Browser], tmp_path: Path
) -> None:
    first, second = officers
    prepared(first)
    where, code = here()[1], PARTIES[1]
    second.post(f"{where}/approve", shown=digest(desk), count="3")
    with desk.store.session(writing=True) as session:
        insert(session, 1, 3, LetterStep("accepted", "sender", clock.now()), desk.letters)
        insert(session, 2, 3, LetterStep("refused", "sender", clock.now(), "550 no such user"), desk.letters)
        insert(session, 3, 3, LetterStep("accepted", "sender", clock.now()), desk.letters)
    assert desk.contacts is not None
    mission = Mission(code, "Permanent Mission", "canary.anew@example.int", ("example.int",))
    entered(desk.contacts, AuthorityEntry(0, "mission", code, clock.now(), "vera", mission=mission))
    assert first.post("/staff/letters/2/propose", choice="replaced", reason="it has moved").status_code == 303
    assert first.post("/staff/letters/2/agree", choice="replaced").status_code == 409
    assert second.post("/staff/letters/2/agree", choice="replaced").status_code == 303
    assert states(desk) == ["accepted", "replaced", "accepted", "queued"]
    assert second.post(f"{where}/close").status_code == 409
    second.post(f"{where}/send")
    new, old = (message_from_bytes(path.read_bytes()) for path in sorted((tmp_path / "outbox").glob("*002*")))
    assert (old["To"], new["To"]) == (address(code), "canary.anew@example.int")
    assert new["References"] == new["In-Reply-To"] == old["Message-ID"] != new["Message-ID"]
    assert new["X-Copy"] == old["X-Copy"] == "2"
    assert states(desk) == ["accepted", "replaced", "accepted", "written"]


def test_each_copy_is_opened_before_it_is_approved(desk: Desk, officers: tuple[Browser, Browser]) -> None:
    prepared(officers[0])
    name, where = here()
    with desk.store.session() as session:
        kept = editions.edition(session, name, desk.letters)
    assert kept is not None
    second = officers[1].client
    assert all(f'href="{where}/copies/{copy}"' in second.get(where).text for copy in (1, 2, 3))
    page = second.get(f"{where}/copies/2").text
    assert "note without the list" in page
    assert "has the honour to" in page
    assert "canary" not in page
    note = second.get(f"{where}/copies/2/1")
    assert (note.headers["content-type"], note.content[:5]) == ("application/pdf", b"%PDF-")
    assert second.get(f"{where}/copies/2/2").json()["list"] == kept.edition.digest_of_list
    for missing in ("4", "0", "2/3", "2/0"):
        assert second.get(f"{where}/copies/{missing}").status_code == 404


def test_the_list_that_is_approved_is_opened_as_it_goes_out(desk: Desk, officers: tuple[Browser, Browser]) -> None:
    officers[0].post(WHERE, on=clock.today().isoformat(), in_clear="yes")
    name, where = here()
    with desk.store.session() as session:
        kept = editions.edition(session, name, desk.letters)
    assert kept is not None
    files = dict(kept.edition.files)
    second = officers[1].client
    assert "in clear" in second.get(f"{where}/copies/1").text
    listed, table = second.get(f"{where}/copies/1/2"), second.get(f"{where}/copies/1/3")
    assert sha256(listed.content).hexdigest() == files["list.en.pdf"]
    assert sha256(table.content).hexdigest() == files["list.csv"]


def test_letters_of_any_kind_are_listed_with_their_reasons(desk: Desk, officers: tuple[Browser, Browser]) -> None:
    first, second = officers
    letters_posted = (
        ("C.N.1.2028.TREATIES-XVIII.16", PARTIES[0]),
        ("contact confirmation 2028", PARTIES[1]),
        ("alert-2028", "subscriber-7"),
    )
    with desk.store.session(writing=True) as session:
        for place, (edition, recipient) in enumerate(letters_posted, 1):
            text = "See https://desk.example.int/contacts/confirm/abc-DEF_1 for it."
            letter = Letter("canary.old@example.int", "Subject", text)
            post(session, edition, recipient, letter, desk.letters, Doing("the test", clock.now()))
            insert(session, place, 1, LetterStep("claimed", "sender", clock.now()), desk.letters)
            said = "550 no such user canary.old@example.int"
            insert(session, place, 2, LetterStep("refused", "sender", clock.now(), said), desk.letters)
    assert '<a href="/staff/letters">Letters about which two persons decide (3)</a>' in first.client.get("/staff/").text
    page = words_of(first.client.get("/staff/letters").text)
    for said in ("C.N.1.2028.TREATIES-XVIII.16", "contact confirmation 2028", "subscriber-7", "550 no such user …"):
        assert said in page
    assert "canary" not in page
    shown = first.client.get("/staff/letters/2").text
    assert "contacts/confirm/…" in shown
    assert "abc-DEF_1" not in shown
    assert first.post("/staff/letters/3/propose", choice="replaced", reason="moved").status_code == 409
    for number in ("1", "2"):
        assert first.post(f"/staff/letters/{number}/propose", choice="replaced", reason="moved").status_code == 303
        agreed = second.post(f"/staff/letters/{number}/agree", choice="replaced")
        assert (agreed.status_code, agreed.headers["location"]) == (303, "/staff/letters")
    assert states(desk) == ["replaced", "replaced", "refused", "queued", "queued"]


def test_no_page_and_no_line_of_the_audit_bears_an_address(
    desk: Desk, officers: tuple[Browser, Browser], caplog: pytest.LogCaptureFixture
) -> None:
    first, second = officers
    prepared(first)
    second.post(f"{here()[1]}/approve", shown=digest(desk), count="3")
    with desk.store.session(writing=True) as session:
        said = f"550 no such user {address(PARTIES[0])}"
        insert(session, 1, 3, LetterStep("unknown", "sender", clock.now(), said), desk.letters)
    for path in (WHERE, here()[1]):
        text = first.client.get(path).text
        assert "canary" not in text
    assert "550 no such user …" in first.client.get(here()[1]).text
    with desk.store.session() as session:
        assert "canary" not in str([(one.what, one.about) for one in lines(session)])
    assert "canary" not in caplog.text


def test_a_withdrawn_edition_makes_room_for_another(desk: Desk, officers: tuple[Browser, Browser]) -> None:
    first, second = officers
    prepared(first)
    again = second.post(WHERE, on=clock.today().isoformat())
    assert again.status_code == 409
    assert first.post(f"{here()[1]}/withdraw", reason="").status_code == 409
    assert second.post(f"{here()[1]}/withdraw", reason="an address was wrong").status_code == 303
    assert first.post(WHERE, on=clock.today().isoformat()).headers["location"].endswith("-2")
    for wrong in ("", "x", "2025-10-25", "2026-02-30"):
        assert first.post(WHERE, on=wrong).status_code in (409, 422)


def test_links_and_senders_come_from_the_settings_alone(
    desk: Desk, officers: tuple[Browser, Browser], tmp_path: Path
) -> None:
    first, second = officers
    prepared(first)
    second.client.headers["X-Forwarded-Host"] = "evil.example"
    second.post(f"{here()[1]}/approve", shown=digest(desk), count="3")
    for file in (tmp_path / "outbox").iterdir():
        content = file.read_bytes()
        assert b"From: treaties@example.int" in content
        assert b"evil.example" not in content


def test_two_persons_who_decide_at_once(desk: Desk, officers: tuple[Browser, Browser]) -> None:
    first, second = officers
    prepared(first)
    second.post(f"{here()[1]}/approve", shown=digest(desk), count="3")
    assert first.post(f"{here()[1]}/withdraw", reason="too late").status_code == 409
    with desk.store.session() as session:
        kept = editions.edition(session, here()[0], desk.letters)
    assert kept is not None
    assert kept.state == "approved"
    assert (kept.prepared_by, kept.steps[0].done_by) == ("carla", "conrad")


def test_a_second_click_shows_what_the_first_one_did(desk: Desk, officers: tuple[Browser, Browser]) -> None:
    first, second = officers
    prepared(first)
    prepared(first)
    seen = {"shown": digest(desk), "count": "3"}
    delivery: tuple[tuple[Browser, str, dict[str, str]], ...] = (
        (second, "approve", seen),
        (first, "deliver", {"reason": "by hand"}),
        (second, "delivered", {}),
        (first, "close", {}),
    )
    for officer, what, fields in delivery:
        for _ in range(2):
            answer = officer.post(f"{here()[1]}/{what}", **fields)
            assert (answer.status_code, answer.headers.get("location")) == (303, here()[1]), what
    with desk.store.session() as session:
        kept = editions.edition(session, here()[0], desk.letters)
        of_a_letter = [step.what for step in letters(session, desk.letters)[0].steps]
    assert kept is not None
    assert [step.what for step in kept.steps] == ["approved", "closed"]
    assert (of_a_letter.count("proposed"), of_a_letter.count("delivered")) == (1, 1)


def test_a_second_click_about_a_letter_does_nothing_more(desk: Desk, officers: tuple[Browser, Browser]) -> None:
    first, second = officers
    prepared(first)
    second.post(f"{here()[1]}/approve", shown=digest(desk), count="3")
    steps: tuple[tuple[Browser, str, dict[str, str]], ...] = (
        (first, "propose", {"choice": "delivered", "reason": "by hand"}),
        (second, "agree", {"choice": "delivered"}),
        (first, "received", {"reason": "a receipt came"}),
    )
    for officer, what, fields in steps:
        for _ in range(2):
            assert officer.post(f"/staff/letters/1/{what}", **fields).status_code == 303, what
    with desk.store.session() as session:
        taken = [step.what for step in letters(session, desk.letters)[0].steps]
    assert taken[-3:] == ["proposed", "delivered", "received"]
