"""The board of obligations, the letter that asks, and the work list."""

import re
from dataclasses import replace
from datetime import date

from depositary import clock
from depositary.authorities.store import ContactStore
from depositary.correspondence.mail.outbox import letter_of
from depositary.correspondence.mail.steps import letters
from depositary.correspondence.mail.tables import LetterRow
from depositary.law.acts import Act
from depositary.register.recording import record
from depositary.web.staff.desk import Desk
from tests.authorities.conftest import entered
from tests.staff.authorities.conftest import CONTACT, FORM, Staff, designation, mission
from tests.staff.conftest import Browser
from tests.words_of import words_of


class TestObligations:
    def test_silence_is_shown_as_silence(self, officer: Browser, desk: Desk, contacts: ContactStore) -> None:
        record(Act("XVIII-16", "S01", "ratification", date(2026, 3, 2)), "clerk", clock.now(), desk.store)
        entered(contacts, mission(), designation())
        board = words_of(officer.client.get("/staff/contacts/obligations").text)
        assert "overdue" in board
        assert "2 Mar 2026" in board
        page = officer.client.get("/staff/contacts/obligations/S01").text
        said = words_of(page)
        assert "NV 7" in said
        assert "no statement made" in said  # 37(6)(a): silence is not no
        assert '<pre class="letter" lang="fr" dir="ltr">' in page
        assert "Le Secrétariat de l’Organisation des Nations Unies" in said

    def test_the_letter_is_sent_from_where_it_is_shown_and_a_reminder_refers_to_it(
        self, officer: Browser, desk: Desk, contacts: ContactStore
    ) -> None:
        record(Act("XVIII-16", "S01", "ratification", date(2026, 3, 2)), "clerk", clock.now(), desk.store)
        where = "/staff/contacts/obligations/S01"
        assert officer.post(f"{where}/letter").status_code == 409, "the mission has no address yet"
        entered(contacts, mission())
        for _ in range(2):
            sent = officer.post(f"{where}/letter")
            assert (sent.status_code, sent.headers["location"]) == (303, f"{where}#letter-S01")
        page = words_of(officer.client.get(where).text)
        assert re.findall(r"Letter (\d) ?: queued", page) == ["1", "2"]
        assert "as a reminder" in page
        with desk.store.session() as session:
            first, second = letters(session, desk.letters, "owed S01")
            rows = [session.get_one(LetterRow, letter.number) for letter in (first, second)]
            headers = dict(letter_of(session, rows[1], desk.letters).headers)
            assert headers["References"] == headers["In-Reply-To"] == rows[0].message_id
        assert first.subject == "Informations à communiquer au Secrétaire général, lettre 1"
        assert officer.client.get(f"/staff/letters/{first.number}").status_code == 200

    def test_the_letter_asks_for_nothing_that_was_furnished(
        self, officer: Browser, desk: Desk, contacts: ContactStore
    ) -> None:
        record(Act("XVIII-16", "S01", "ratification", date(2026, 3, 2)), "clerk", clock.now(), desk.store)
        entered(contacts, designation())
        letter = officer.client.get("/staff/contacts/obligations/S01").text.partition('<pre class="letter"')[2]
        assert "40(12)(c)" in letter
        assert "41(2)" not in letter
        assert "37(6)" not in letter

    def test_what_was_notified_is_a_task_until_it_stands_in_the_register(
        self, officer: Browser, desk: Desk, contacts: ContactStore
    ) -> None:
        """40(12)(c): the main register has the notification, and the register of authorities is to have its data."""
        for act in (
            Act("XVIII-16", "S01", "ratification", date(2026, 3, 2)),
            Act("XVIII-16", "S01", "notification", date(2026, 3, 2), provision="40(12)(c)", text="Ministry of Justice"),
        ):
            record(act, "clerk", clock.now(), desk.store)
        where, form = "/staff/contacts/obligations/S01", "/staff/contacts/of/S01/new/central-authority"
        line = "Participants whose authority was notified and is to be entered: 1"
        assert line in words_of(officer.client.get("/staff/").text)
        page = officer.client.get(where)
        assert "notified, to be entered in the register" in words_of(page.text)
        assert "Ministry of Justice" in words_of(page.text)
        assert f'href="{form}"' in page.text
        assert officer.client.get(form).status_code == 200
        assert "40(12)(c)" not in page.text.partition('<pre class="letter"')[2], "the letter does not ask for it"
        entered(contacts, designation(replace(CONTACT, function="central authority", authority="Ministry of Justice")))
        assert form not in officer.client.get(where).text
        assert line not in words_of(officer.client.get("/staff/").text)

    def test_an_organization_s_competence_is_read_from_the_register(
        self, officer: Browser, desk: Desk, contacts: ContactStore
    ) -> None:
        for act in (
            Act("XVIII-16", "S01", "ratification", date(2026, 3, 2)),
            Act(
                "XVIII-16",
                "ORG",
                "declaration",
                date(2026, 3, 3),
                provision="64(3)",
                text="All matters",
                source="C.N.9",
            ),
            Act("XVIII-16", "ORG", "ratification", date(2026, 3, 3)),
        ):
            record(act, "clerk", clock.now(), desk.store)
        said = words_of(officer.client.get("/staff/contacts/obligations/ORG").text)
        assert "All matters" in said
        assert "C.N.9" in said

    def test_the_work_list_says_what_is_to_be_done(
        self, officer: Browser, staff: Staff, desk: Desk, contacts: ContactStore
    ) -> None:
        record(Act("XVIII-16", "S01", "ratification", date(2026, 3, 2)), "clerk", clock.now(), desk.store)
        entered(contacts, designation(hours=-24 * 366))
        officer.post("/staff/contacts/form", **FORM | {"function": "central-authority"})
        said = words_of(officer.client.get("/staff/").text)
        for line in ("Proposals to be decided: 1", "something overdue: 1", "unconfirmed for a year: 1"):
            assert line in said
        assert "overdue" not in words_of(staff["registrar"].client.get("/staff/").text)
