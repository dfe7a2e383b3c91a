"""Full powers (VCLT 7): until when they are valid is typed, shown, and asked about where the act comes later."""

from depositary.desk.case import known_case
from depositary.desk.case_content import CaseContent, content_of_case
from depositary.web.staff.desk import Desk
from tests.staff.conftest import act
from tests.staff.releasing import Staff
from tests.words_of import words_of

GIVEN = {"signer": "R. Elphberg, Ambassador", "powers_until": "2026-03-01"}


def test_full_powers_that_ran_out_are_asked_about(staff: Staff, desk: Desk) -> None:
    registrar = staff["registrar"]
    asked = registrar.post("/staff/form", **act(action="signature", **GIVEN) | {"confirm": ""})
    assert asked.status_code == 409
    assert "The full powers were valid until 1 March 2026, and the act is dated 2 March 2026" in words_of(asked.text)
    assert "Full powers valid until 1 March 2026" in words_of(asked.text)
    assert registrar.post("/staff/cases/1/submit", seen="1", confirm="yes").status_code == 303
    with desk.store.session() as session:
        case = known_case(session, 1)
    assert case is not None
    assert "full powers" in case.steps[-1].reason
    assert content_of_case(case.content.content) == case.content


def test_full_powers_that_are_valid_ask_nothing(staff: Staff) -> None:
    sent = act(action="signature", **GIVEN | {"powers_until": "2026-03-02"}) | {"confirm": ""}
    assert "full powers were valid" not in words_of(staff["registrar"].post("/staff/form", **sent).text)


def test_a_day_that_is_none_is_said_beside_its_field(staff: Staff) -> None:
    sent = act(action="signature", powers_until="2026-02-30", do="save")
    assert staff["registrar"].post("/staff/form", **sent).status_code == 422


def test_a_case_without_full_powers_keeps_its_bytes() -> None:
    assert "powers_until" not in CaseContent(()).content
