"""Drafts for one note are joined into one case: examined, released and notified as what came together."""

from collections.abc import Callable

import pytest

from depositary.correspondence.notifications.pending import pending
from depositary.desk.case import known_case
from depositary.web.staff.desk import Desk
from tests.staff.conftest import Browser, act
from tests.staff.releasing import Staff, release
from tests.words_of import words_of

RESERVATION = act(action="reservation", form="apart", provision="63(3)", text="Not bound by 63(2).", do="save")


def two_cases(staff: Staff) -> Browser:
    registrar = staff["registrar"]
    registrar.post("/staff/form", **act(action="accession", do="save", remark="the note's"))
    registrar.post("/staff/form", **RESERVATION)
    return registrar


def test_two_drafts_for_one_note_become_one_case(staff: Staff, desk: Desk) -> None:
    registrar = two_cases(staff)
    page = registrar.client.get("/staff/cases/1").text
    assert "Join another case to this one" in words_of(page)
    assert '<option value="2">' in page
    for _ in range(2):
        assert registrar.post("/staff/cases/1/join", seen="1", other="2").status_code == 303
    with desk.store.session() as session:
        case, other = (known_case(session, number) for number in (1, 2))
    assert case is not None
    assert other is not None
    assert [act.action for act in case.content.acts] == ["accession", "reservation"]
    assert (case.last.number, other.state, other.steps[-1].reason) == (2, "withdrawn", "Joined to case 1.")
    assert "Made with the instrument." in words_of(registrar.client.get("/staff/cases/1").text)
    registrar.post("/staff/cases/1/submit", confirm="yes")
    assert release(staff["legal officer"], 1).status_code == 303
    (event,) = pending(desk.collection, desk.entries, [], ["XVIII-16"], desk.store.entries()[0].recorded_at.date())
    assert [entry.number for entry in event.told] == [1, 2], "one notification tells of both"


def test_a_ceremony_is_released_as_one_and_notified_each(staff: Staff, desk: Desk) -> None:
    registrar = staff["registrar"]
    for number in (1, 2, 3):
        registrar.post("/staff/form", **act(code=f"S0{number}", action="accession", do="save"))
    registrar.post("/staff/cases/1/join", seen="1", other="2")
    registrar.post("/staff/cases/1/join", seen="2", other="3")
    registrar.post("/staff/cases/1/submit", confirm="yes")
    assert release(staff["legal officer"], 1).status_code == 303
    assert len({entry.recorded_at for entry in desk.store.entries()}) == 1
    assert len(desk.agenda.events(desk.store.entries()[0].recorded_at.date())) == 3


def test_at_a_ceremony_each_designates_its_own_authorities(staff: Staff, desk: Desk) -> None:
    """The second State's authority was entered as the first one's."""
    registrar, where = staff["registrar"], "/staff/cases/1/designations/central-authority"
    for code in ("S01", "S02"):
        registrar.post("/staff/form", **act(code=code, action="accession", do="save"))
    registrar.post("/staff/cases/1/join", seen="1", other="2")
    assert f'{where}?participant=S02"' in registrar.client.get("/staff/cases/1").text
    assert [registrar.client.get(f"{where}{whose}").status_code for whose in ("", "?participant=S03")] == [404, 404]
    fields = {"authority": "Ministry of Justice", "email": "justice@example.int", "zone": "Africa/Accra"}
    assert registrar.post(f"{where}?participant=S02", seen="2", **fields).status_code == 303
    with desk.store.session() as session:
        case = known_case(session, 1)
    assert case is not None
    assert [each.participant for each in case.content.designations] == ["S02"]


def test_who_drafted_the_other_case_joins_it_and_then_does_not_release(
    staff: Staff, desk: Desk, person: Callable[..., str], signed_in: Callable[..., Browser]
) -> None:
    """A legal officer who drafted one of two cases could release it as a part of the other."""
    registrar, legal = staff["registrar"], staff["legal officer"]
    registrar.post("/staff/form", **act(action="accession", do="save"))
    legal.post("/staff/form", **RESERVATION)
    refused = registrar.post("/staff/cases/1/join", seen="1", other="2")
    assert (refused.status_code, "drafted by legal.one, who must join it" in words_of(refused.text)) == (409, True)
    assert legal.post("/staff/cases/1/join", seen="1", other="2").status_code == 303
    registrar.post("/staff/cases/1/submit", confirm="yes")
    assert release(legal, 1).status_code == 409
    person("legal.two", "legal officer")
    assert release(signed_in("legal.two"), 1).status_code == 303


@pytest.mark.parametrize("do", ["received", "submit"])
def test_a_case_that_holds_an_instrument_or_awaits_release_is_not_joined(do: str, staff: Staff) -> None:
    registrar = staff["registrar"]
    registrar.post("/staff/form", **act(action="accession", do="save"))
    registrar.post("/staff/form", **act(code="S02", action="accession", do=do))
    assert "Join another case" not in registrar.client.get("/staff/cases/1").text
    for other in ("2", "1", "99"):
        assert registrar.post("/staff/cases/1/join", seen="1", other=other).status_code == 409
