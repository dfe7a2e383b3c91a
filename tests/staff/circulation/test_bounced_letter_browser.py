"""A circulation in a browser, approved from its copies; a letter that came back goes to its mission's new address."""

from collections.abc import Callable
from email import message_from_bytes
from pathlib import Path

import pytest

from depositary import clock
from depositary.authorities.entries import AuthorityEntry
from depositary.authorities.missions import Mission
from depositary.correspondence.mail.folder import LetterFolder
from depositary.correspondence.mail.outcomes import Attempt
from depositary.web.staff.desk import Desk
from tests.authorities.conftest import entered
from tests.staff.circulation.conftest import PARTIES, address, states
from tests.staff.conftest import Person
from tests.staff.test_case_browser import Counted
from tests.waiting import until

WRITE = LetterFolder.carry


def accepted(folder: LetterFolder, to: str, message: bytes, name: str) -> Attempt:
    """What a mail server answers that accepts each letter; the folder keeps the letter."""
    assert WRITE(folder, to, message, name).outcome == "written"
    folder.ended = "accepted"
    return Attempt("accepted", "250 OK")


def test_a_letter_that_came_back_goes_to_the_new_address(
    people: Callable[..., Person],
    desk: Desk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(LetterFolder, "carry", accepted)
    carla, conrad = (people(name, "contacts officer").sign_in() for name in ("carla", "conrad"))
    preparer, approver = Counted(carla), Counted(conrad)
    carla.page.goto("/staff/circulation")
    preparer.click("main form[action='/staff/circulation'] button")
    conrad.page.goto(carla.page.url)
    approver.click("#copy-1 a")
    for copy in (1, 2, 3):
        assert f"Copy {copy} of 3" in conrad.text
        assert "has the honour to" in conrad.text
        approver.click("a[rel=next]" if copy < 3 else ".trail a:last-child")
    approver.fill(count="3")
    approver.click("button:has-text('Approve')")
    until(lambda: states(desk) == ["accepted"] * 3, "the letters leave after the answer")
    assert (preparer.clicks, approver.clicks, approver.fields, approver.keys) == (1, 5, 1, 1)

    proposer, agreeing = Counted(carla), Counted(conrad)
    carla.page.goto("/staff/letters/2")
    proposer.unfold("summary:text('Receipt or bounce')")
    proposer.fill(**{"note-2": "550 no such user"})
    proposer.click("text=The letter came back")
    assert desk.contacts is not None
    moved = Mission(PARTIES[1], "Permanent Mission", "canary.anew@example.int", ("example.int",))
    entered(desk.contacts, AuthorityEntry(0, "mission", PARTIES[1], clock.now(), "vera", mission=moved))
    carla.page.goto("/staff/letters/2")
    proposer.unfold("summary:text('Decide')")
    proposer.fill(**{"choice-2": "replaced", "reason-2": "The mission has moved."})
    proposer.click("button:text('Propose')")
    conrad.page.goto("/staff/letters/2")
    agreeing.click("button:has-text('Agree:')")
    agreeing.click("form[action$='/send'] button")
    until(lambda: states(desk)[3:] == ["accepted"], "the new letter leaves after the answer")
    new, old = (message_from_bytes(path.read_bytes()) for path in sorted((tmp_path / "outbox").glob("*002*")))
    assert (old["To"], new["To"]) == (address(PARTIES[1]), "canary.anew@example.int")
    assert states(desk) == ["accepted", "replaced", "accepted", "accepted"]
    assert (proposer.clicks, proposer.fields, proposer.keys, agreeing.clicks) == (4, 3, 38, 2)
    assert carla.errors == []
