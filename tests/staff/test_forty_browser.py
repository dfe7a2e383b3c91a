"""Forty ratifications in a browser: imported as one file, released as one case, issued all, and true by `status`."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from depositary import clock
from depositary.correspondence.notifications import issuance
from depositary.correspondence.notifications.archive import Archive
from depositary.register.entry import acts_of, as_known
from depositary.treaties.answer import answer
from depositary.web.staff.desk import Desk
from depositary.words import language
from tests.staff.conftest import Person
from tests.staff.test_case_browser import Counted

FIRST = date(2026, 1, 12)


@pytest.fixture(autouse=True)
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    """The documents are not set as PDF here."""
    monkeypatch.setattr(issuance, "typeset_all", lambda kept: None)


def file_of_forty(desk: Desk) -> bytes:
    names = [desk.collection.participants[f"S{n:02}"].names[0].english for n in range(1, 41)]
    rows = (f"XVIII-16;{name};Ratification;{FIRST + timedelta(days=place)}" for place, name in enumerate(names))
    return "\n".join(("Treaty;State;Type;Date", *rows)).encode()


def test_forty_ratifications_are_imported_released_and_issued(people: Callable[..., Person], desk: Desk) -> None:
    flora, rudolf = people("flora", "registrar").sign_in(), people("rudolf", "legal officer").sign_in()
    drafter, releaser = Counted(flora), Counted(rudolf)
    drafter.click("nav >> text=Import")
    flora.page.set_input_files("#file", {"name": "forty.csv", "mimeType": "text/csv", "buffer": file_of_forty(desk)})
    drafter.click("main button:text('Examine')")
    assert "40 acts are new." in flora.text
    drafter.click("text=Make a case of it")
    assert "It would bring the Convention into force" in flora.text
    flora.submit()
    rudolf.page.goto("/staff/")
    releaser.click("#awaiting a")
    releaser.click("text=Release into the register")
    assert len(desk.store.entries()) == 40
    releaser.click("nav >> text=Notifications")
    releaser.click("text=See all texts, and issue all")
    assert "41 notifications are to be issued, in this order." in rudolf.text
    releaser.click("button:text('Issue all')")
    assert "No notification is to be issued." in rudolf.text
    assert releaser.clicks == 5
    today, words = clock.today(), language("en")
    acts = acts_of(as_known(desk.store.entries()))
    status = answer(desk.collection.effects(acts, "XVIII-16", today), today, None, words)
    issued = Archive(desk.store).listed()
    in_force = words.date(date.fromisoformat(status["entry_into_force"]["date"]))
    assert sorted(each.number for each in issued) == [*range(1, 42)]
    assert [each.kind for each in issued].count("entry into force") == 1
    assert issued[0].kind == "entry into force", "it follows the fortieth instrument"
    since = {each["code"]: each["entry_into_force"] for each in status["participants"]}
    for notification in issued:
        text = "\n".join(paragraph.text for paragraph in notification.document("en").paragraphs)
        day = since[notification.participant] if notification.participant else status["entry_into_force"]["date"]
        assert words.date(date.fromisoformat(day)) in text, notification.reference
        assert in_force in text
    assert flora.errors == rudolf.errors == []
