"""The letters of a circulation at the desk: resolved by two, sent to the mission's address, listed with reasons."""

from email import message_from_bytes
from pathlib import Path

from depositary import clock
from depositary.authorities.entries import AuthorityEntry
from depositary.authorities.missions import Mission
from depositary.correspondence.mail.letters import Letter
from depositary.correspondence.mail.outbox import post
from depositary.correspondence.mail.steps import LetterStep, insert, letters
from depositary.desk.audit import Doing
from depositary.web.staff.desk import Desk
from tests.authorities.conftest import entered
from tests.staff.circulation.conftest import PARTIES, address, digest, here, is_offered, prepared, states
from tests.staff.conftest import Browser
from tests.words_of import words_of


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
        assert "Agree: The letter was delivered by other means" in words_of(second.client.get(here()[1]).text)
        assert second.post(f"/staff/letters/{number}/agree", choice="delivered").status_code == 303
    assert states(desk) == ["delivered", "delivered", "accepted"]
    assert first.post("/staff/letters/3/received", reason="NV 3").status_code == 303
    assert second.post(f"{here()[1]}/close").status_code == 303


def test_letters_in_files_are_settled_at_once(desk: Desk, officers: tuple[Browser, Browser]) -> None:
    """Each letter of a notification was to be settled alone: 65 letters, 130 decisions."""
    first, second = officers
    name, where = "C.N.1.2027.TREATIES-XVIII.16", "/staff/letters/in-files"
    with desk.store.session(writing=True) as session:
        for number, code in enumerate(PARTIES, 1):
            letter = Letter(address(code), "Notification", "A text.")
            post(session, name, code, letter, desk.letters, Doing("rudolf", clock.now()))
            if code != PARTIES[-1]:
                insert(session, number, 1, LetterStep("claimed", "sender", clock.now()), desk.letters)
                insert(session, number, 2, LetterStep("written", "sender", clock.now()), desk.letters)
    assert name in words_of(first.client.get("/staff/letters").text)
    for what, officer, status in (("deliver", first, 303), ("deliver", first, 303), ("delivered", first, 409)):
        assert officer.post(f"{where}/{what}", edition=name, reason="By courier.").status_code == status
    page = words_of(second.client.get("/staff/letters").text)
    assert f"Agree: the letters in files were delivered ({len(PARTIES) - 1})" in page
    for _ in range(2):
        assert second.post(f"{where}/delivered", edition=name).status_code == 303
    with desk.store.session() as session:
        found = [letter.state for letter in letters(session, desk.letters, name)]
    assert found == [*["delivered"] * (len(PARTIES) - 1), "queued"]
    assert second.post(f"{where}/delivered", edition="C.N.2").status_code == 409
    assert second.post(f"{where}/sent", edition=name).status_code == 404


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
    assert not is_offered(first, "send"), "a refused letter waits for two persons"
    assert first.post("/staff/letters/2/propose", choice="replaced", reason="it has moved").status_code == 303
    assert first.post("/staff/letters/2/agree", choice="replaced").status_code == 409
    assert second.post("/staff/letters/2/agree", choice="replaced").status_code == 303
    assert states(desk) == ["accepted", "replaced", "accepted", "queued"]
    assert is_offered(first, "send")
    assert not is_offered(first, "close")
    assert second.post(f"{where}/close").status_code == 409
    second.post(f"{where}/send")
    new, old = (message_from_bytes(path.read_bytes()) for path in sorted((tmp_path / "outbox").glob("*002*")))
    assert (old["To"], new["To"]) == (address(code), "canary.anew@example.int")
    assert new["References"] == new["In-Reply-To"] == old["Message-ID"] != new["Message-ID"]
    assert new["X-Copy"] == old["X-Copy"] == "2"
    assert states(desk) == ["accepted", "replaced", "accepted", "written"]


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
