"""The circulation at the desk: two persons, the typed count; and no address on any page."""

from hashlib import sha256
from pathlib import Path

import pytest

from depositary import clock
from depositary.correspondence.circulation import editions
from depositary.correspondence.mail.steps import LetterStep, insert, letters
from depositary.desk.audit import lines
from depositary.web.staff.desk import Desk
from tests.staff.circulation.conftest import PARTIES, WHERE, address, digest, here, prepared, states
from tests.staff.conftest import Browser
from tests.words_of import words_of


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
    assert (own.status_code, "is approved by a second person" in own.text) == (409, True)
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
