"""A notification whose text was wrong is put right at the desk by two persons."""

from collections.abc import Callable

import pytest

from depositary import clock
from depositary.correspondence.notifications import issuance
from depositary.correspondence.notifications.archive import Archive
from depositary.correspondence.notifications.issue import issue
from depositary.desk.audit import Doing
from depositary.web.staff.desk import Desk
from tests.staff.conftest import Person
from tests.staff.test_case_browser import Counted


def test_a_wrong_text_is_corrected_by_two(
    people: Callable[..., Person],
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(issuance, "typeset_all", lambda kept: None)
    first = issue(desk.store, desk.collection, 1, "consent", Doing("one", clock.now()))
    flora, rudolf = people("flora", "registrar").sign_in(), people("rudolf", "legal officer").sign_in()
    drafter, issuer = Counted(flora), Counted(rudolf)
    flora.page.goto(f"/staff/notifications/issued/{first.reference}")
    drafter.click("text=Correct this notification")
    drafter.fill(reason="Misprinted.")
    drafter.fill(**{"stands-1": "The above action was effected on", "read-1": "The action was effected on"})
    drafter.click("text=Draft the corrigendum")
    rudolf.page.goto(flora.page.url)
    assert "Misprinted." in rudolf.text
    issuer.click("button.release")
    (made,) = [each for each in Archive(desk.store).listed() if each.kind == "corrigendum"]
    said = [(each.label, each.text) for each in made.document("en").paragraphs if each.kind == "fact"]
    assert (made.corrects, made.issued_by) == (first.reference, "rudolf")
    assert ("In place of", "The above action was effected on") in said
    assert ("Read", "The action was effected on") in said
    assert (drafter.clicks, drafter.fields, drafter.keys, issuer.clicks) == (2, 3, 69, 1)
    rudolf.page.goto(f"/staff/notifications/issued/{first.reference}")
    assert f"Corrected by {made.reference}" in rudolf.text
    assert flora.errors == rudolf.errors == []
