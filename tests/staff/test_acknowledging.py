"""The acknowledgement to a mission names all that came from it in one note."""

from datetime import date

import pytest

from depositary.authorities.entries import AuthorityEntry
from depositary.authorities.missions import Mission
from depositary.correspondence.mail.steps import letters
from depositary.desk.case_content import CaseContent, Designated, Item, case_of_acts
from depositary.law.acts import Act
from depositary.web.staff.case_letters import acknowledgement
from depositary.web.staff.desk import Desk
from depositary.words import AVAILABLE, language
from tests.authorities.conftest import entered
from tests.register.sample_acts import AT
from tests.staff.releasing import Staff, release
from tests.staff.test_case_designations import CENTRAL
from tests.words_of import words_of

DAY = date(2026, 3, 2)
RATIFICATION = Act("XVIII-16", "S01", "ratification", DAY)
RESERVATION = Act("XVIII-16", "S01", "reservation", DAY, provision="63(3)", text="Not bound by article 63(2).")
AUTHORITIES = tuple(
    Item(designation=Designated("S01", function, "sealed")) for function in ("central authority", "point of contact")
)
NOTE = CaseContent((Item(RATIFICATION), Item(RESERVATION), *AUTHORITIES))


def text_of(desk: Desk, content: CaseContent) -> str:
    letter = acknowledgement(desk, content)
    assert letter is not None
    return letter.text


def with_mission(desk: Desk, code: str) -> None:
    """Gives the first State's mission an address, and letters in a language."""
    assert desk.contacts is not None
    mission = Mission("S01", "Mission of State 1", "mission@state1.example.int", ("state1.example.int",), code)
    entered(desk.contacts, AuthorityEntry(0, "mission", "S01", AT, "x", mission=mission, salt="1"))


def test_an_instrument_its_reservation_and_two_authorities(desk: Desk) -> None:
    assert text_of(desk, NOTE).partition("acknowledge the following:\n\n")[2] == (
        "Convention against Cybercrime\n"
        "— 2 March 2026: ratification\n"
        "— 2 March 2026: reservation (63(3))\n"
        "\n"
        "Authorities\n"
        "— Central authority\n"
        "— Point of contact (24/7)\n"
        "\n"
        "The States and organizations concerned are notified of these acts.\n"
        "\n"
        "An authority is entered in its register once its designation has been verified."
    )


@pytest.mark.parametrize("code", AVAILABLE)
def test_all_of_it_is_named_in_the_language_of_the_mission(desk: Desk, code: str) -> None:
    with_mission(desk, code)
    words, text = language(code), text_of(desk, NOTE)
    named = (words.act(RATIFICATION), words.act(RESERVATION), words.gettext("Central authority"), words.date(DAY))
    assert [name for name in named if name not in text] == []
    assert ("has the honour" in text) == (code == "en")
    assert ("notified" in text) == ("verified" in text) == (code == "en")


def test_an_act_that_is_set_aside_or_another_s_is_not_named(desk: Desk) -> None:
    other = Act("XVIII-16", "S02", "accession", DAY)
    joined = CaseContent((Item(RATIFICATION), Item(RESERVATION, is_set_aside=True), Item(other)))
    text = text_of(desk, joined)
    assert "ratification" in text
    assert "reservation" not in text
    assert "accession" not in text
    assert "Authorities" not in text


def test_signatures_files_and_corrections_of_the_register_are_not_acknowledged(desk: Desk) -> None:
    signature = Act("XVIII-16", "S01", "signature", DAY)
    assert acknowledgement(desk, case_of_acts(signature)) is None
    assert acknowledgement(desk, CaseContent((Item(RATIFICATION),), is_file=True)) is None
    assert acknowledgement(desk, CaseContent((Item(RATIFICATION, target=1, reason="a slip"),))) is None
    assert "signature" in text_of(desk, CaseContent((Item(signature), *AUTHORITIES)))


def test_a_note_of_authorities_alone_is_acknowledged(staff: Staff, desk: Desk) -> None:
    with_mission(desk, "en")
    registrar, legal, where = staff["registrar"], staff["legal officer"], "/staff/cases/1"
    assert registrar.post("/staff/designations/central-authority", **CENTRAL).status_code == 303
    assert registrar.post(f"{where}/submit", seen="1").status_code == 303
    assert "has the honour" not in words_of(legal.client.get(where).text), "nothing is released yet"
    assert release(legal, 1).status_code == 303
    assert legal.post(f"{where}/letter").status_code == 303
    page = words_of(legal.client.get(where).text)
    assert "the following: Authorities — Central authority An authority is entered" in page
    with desk.store.session() as session:
        (letter,) = letters(session, desk.letters, "case 1")
    assert (letter.to, letter.state) == ("mission@state1.example.int", "queued")
