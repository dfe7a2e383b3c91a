"""The acknowledgement to a mission names all that came from it in one note."""

from datetime import date

import pytest

from depositary.authorities.entries import AuthorityEntry
from depositary.authorities.missions import Mission
from depositary.correspondence.mail.outbox import letter_of
from depositary.correspondence.mail.steps import letters
from depositary.correspondence.mail.tables import LetterRow
from depositary.desk.case import Case, CaseStep, CaseVersion
from depositary.desk.case_content import CaseContent, Designated, Item, case_of_acts
from depositary.law.acts import Act
from depositary.web.staff.case_letters import acknowledgement, case_letters
from depositary.web.staff.desk import Desk
from depositary.words import AVAILABLE, language
from tests.authorities.conftest import entered
from tests.register.sample_acts import AT
from tests.staff.conftest import act
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


def text_of(desk: Desk, content: CaseContent, code: str = "S01") -> str:
    letter = acknowledgement(desk, content, code)
    assert letter is not None
    return letter.text


def with_mission(desk: Desk, language_of_letters: str, code: str = "S01") -> None:
    """Gives a State's mission an address, and letters in a language."""
    assert desk.contacts is not None
    domain = f"{code.lower()}.example.int"
    mission = Mission(code, f"Mission of {code}", f"mission@{domain}", (domain,), language_of_letters)
    entered(desk.contacts, AuthorityEntry(0, "mission", code, AT, "x", mission=mission, salt="1"))


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
    assert "accession" in text_of(desk, joined, "S02")
    assert "ratification" not in text_of(desk, joined, "S02")


def test_signatures_files_and_corrections_of_the_register_are_not_acknowledged(desk: Desk) -> None:
    signature = Act("XVIII-16", "S01", "signature", DAY)
    assert acknowledgement(desk, case_of_acts(signature), "S01") is None
    file = CaseContent((Item(RATIFICATION),), is_file=True)
    released = CaseStep("released", 1, "rudolf", "", "", 1, 1)
    assert case_letters(desk, Case(1, (CaseVersion(1, file, "", "flora", ""),), (released,)), ()) == []
    assert acknowledgement(desk, CaseContent((Item(RATIFICATION, target=1, reason="a slip"),)), "S01") is None
    assert "signature" in text_of(desk, CaseContent((Item(signature), *AUTHORITIES)))


def test_a_note_of_authorities_alone_is_acknowledged(staff: Staff, desk: Desk) -> None:
    with_mission(desk, "en")
    registrar, legal, where = staff["registrar"], staff["legal officer"], "/staff/cases/1"
    assert registrar.post("/staff/designations/central-authority", **CENTRAL).status_code == 303
    assert registrar.post(f"{where}/submit", seen="1").status_code == 303
    assert "has the honour" not in words_of(legal.client.get(where).text), "nothing is released yet"
    assert release(legal, 1).status_code == 303
    assert legal.post(f"{where}/letter", to="S01").status_code == 303
    page = words_of(legal.client.get(where).text)
    assert "the following: Authorities — Central authority An authority is entered" in page
    with desk.store.session() as session:
        (letter,) = letters(session, desk.letters, "case 1")
    assert (letter.to, letter.state) == ("mission@s01.example.int", "queued")


def test_at_a_ceremony_each_mission_gets_its_own_letter(staff: Staff, desk: Desk) -> None:
    """Only the mission of who did the main act got one."""
    registrar, legal, where = staff["registrar"], staff["legal officer"], "/staff/cases/1"
    for code in ("S01", "S02"):
        with_mission(desk, "en" if code == "S01" else "fr", code)
    for number, code in enumerate(("S01", "S02", "S03"), 1):
        registrar.post("/staff/form", **act(code=code, action="accession", do="save"))
        registrar.post(f"{where}/join", seen=str(number - 1), other=str(number))
    registrar.post(f"{where}/submit", confirm="yes")
    assert release(legal, 1).status_code == 303
    page = words_of(legal.client.get(where).text)
    assert [page.count(f"Letter to the mission: {name(desk, code)}") for code in ("S01", "S02", "S03")] == [1, 1, 1]
    assert legal.post(f"{where}/letter", to="S03").status_code == 409, "its mission has no address"
    sent = [legal.post(f"{where}/letter", to=code, letter=shown) for code, shown in (("S02", "1"), ("S01", "1"))]
    assert [each.status_code for each in sent] == [303, 409], "a letter of that number went to another mission since"
    assert "Another letter of this file was sent" in words_of(sent[1].text)
    for code, shown in (("S01", "2"), ("S02", "3"), ("S02", "3")):
        assert legal.post(f"{where}/letter", to=code, letter=shown).status_code == 303
    with desk.store.session() as session:
        posted = letters(session, desk.letters, "case 1")
        rows = [session.get_one(LetterRow, letter.number) for letter in posted]
        kept = [letter_of(session, row, desk.letters) for row in rows]
        first = rows[0].message_id
    assert [letter.recipient for letter in posted] == ["S02 1", "S01 2", "S02 3"]
    assert [letter.to for letter in posted] == [f"mission@s0{number}.example.int" for number in (2, 1, 2)]
    assert [dict(letter.headers).get("References") for letter in kept] == [None, None, first]
    assert [letter.subject.endswith("letter before") for letter in kept] == [False, False, False]
    assert "comme suite à la lettre" in kept[2].subject
    assert "adhésion" in kept[0].text
    of_letter = words_of(legal.client.get(f"/staff/letters/{posted[0].number}").text)
    assert (name(desk, "S02") in of_letter, "S02 1" in of_letter) == (True, False)
    entry = words_of(legal.client.get("/staff/entries/2").text)
    assert [f"Letter {number}" in entry for number in (1, 2, 3)] == [True, False, True]


def name(desk: Desk, code: str) -> str:
    return language("en").name(desk.collection.participants, code, DAY)
