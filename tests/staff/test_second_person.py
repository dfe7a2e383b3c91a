"""A second person releases a draft: not its drafter, not unseen contents, and never two things at once."""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from depositary.desk import accounts, case_steps
from depositary.desk.audit import Doing
from depositary.desk.case import known_case as case_of
from depositary.desk.case_content import CaseContent, Designated, Item, case_of_acts
from depositary.desk.release import release as release_case
from depositary.law.acts import Act
from depositary.register.dump import restore_dump, write_dump
from depositary.register.merkle import Frontier
from depositary.register.recording import record
from depositary.register.store import Store
from depositary.register.transaction import Refused
from depositary.register.verification import verify_register
from depositary.web.alarm import Alarm
from depositary.web.publication.folder import Folder
from depositary.web.staff.desk import Desk
from tests.register.forging import forge
from tests.register.sample_acts import AT
from tests.staff.conftest import Browser, act
from tests.staff.releasing import ACT, Staff, hidden, release, submitted, two_officers
from tests.stores import ON_BOTH, register_at
from tests.words_of import words_of


def test_a_ruling_is_a_legal_officer_s(
    staff: Staff, desk: Desk, person: Callable[..., str], signed_in: Callable[..., Browser]
) -> None:
    for place in range(1, 41):
        record(Act("XVIII-16", f"S{place:02}", "accession", date(2026, 10, 1)), "clerk", AT, desk.store)
    record(Act("XVIII-16", "S08", "withdrawal of instrument", date(2026, 10, 20)), "clerk", AT, desk.store)
    legal, registrar = staff["legal officer"], staff["registrar"]
    page = words_of(legal.client.get("/staff/").text)
    assert "Convention against Cybercrime: Withdrawal after the number was reached" in page
    assert "by the other reading" in page
    assert "Rule upon it" in page
    assert "Rule upon it" not in registrar.client.get("/staff/").text
    ruling = act(action="ruling", reading="withdrawal-after-threshold", choice="otherwise", date="2026-11-23")
    assert registrar.client.get("/staff/new/ruling").status_code == 403
    assert registrar.post("/staff/form", **ruling).status_code == 403
    number = int(legal.post("/staff/form", **ruling).headers["location"].rsplit("/", 1)[1])
    page = legal.client.get(f"/staff/cases/{number}").text
    assert 'class="grave"' in page
    assert "a second person releases it" in page
    person("second.officer", "legal officer")
    assert release(signed_in("second.officer"), number).status_code == 303
    assert "ruled upon" in words_of(legal.client.get("/staff/").text)


class TestASecondPerson:
    """Nobody releases what they recorded themselves, by whatever way."""

    def test_not_at_the_desk(self, staff: Staff, desk: Desk) -> None:
        legal = staff["legal officer"]
        number = int(legal.post("/staff/form", **act()).headers["location"].rsplit("/", 1)[1])
        assert "a second person releases it" in legal.client.get(f"/staff/cases/{number}").text
        assert release(legal, number).status_code == 409
        assert desk.store.entries() == []

    def test_not_after_editing_by_another(
        self, staff: Staff, desk: Desk, person: Callable[..., str], signed_in: Callable[..., Browser]
    ) -> None:
        legal = staff["legal officer"]
        number = int(legal.post("/staff/form", **act(do="save")).headers["location"].rsplit("/", 1)[1])
        edited = staff["registrar"].post("/staff/form", **act(case=str(number), seen="1", date="2026-03-03"))
        assert edited.status_code == 303
        assert release(legal, number).status_code == 409
        person("second.officer", "legal officer")
        assert release(signed_in("second.officer"), number).status_code == 303

    def test_not_what_was_not_shown(self, staff: Staff, desk: Desk) -> None:
        number, legal = submitted(staff), staff["legal officer"]
        seen = hidden(legal.client.get(f"/staff/cases/{number}").text, "shown")
        assert legal.post(f"/staff/cases/{number}/release", shown="0" * 64).status_code == 409
        record(Act("XVIII-16", "S02", "accession", AT.date().replace(month=2)), "clerk", AT, desk.store)
        stale = legal.post(f"/staff/cases/{number}/release", shown=seen)
        assert stale.status_code == 409
        assert "has changed since this was shown" in words_of(stale.text)
        assert len(desk.store.entries()) == 1
        assert release(legal, number).status_code == 303

    def test_not_a_case_that_was_edited_after_it_was_submitted(self, staff: Staff) -> None:
        number, legal = submitted(staff), staff["legal officer"]
        edited = staff["registrar"].post("/staff/form", **act(case=str(number), seen="1", date="2026-03-03"))
        assert edited.status_code == 409
        seen = hidden(legal.client.get(f"/staff/cases/{number}").text, "shown")
        assert staff["registrar"].post(f"/staff/cases/{number}/withdraw", seen="1").status_code == 303
        assert legal.post(f"/staff/cases/{number}/release", shown=seen).status_code == 409

    def test_the_database_itself_refuses(self, store: Store) -> None:
        """On both databases, a raw INSERT."""
        two_officers(store)
        proposal = case_of_acts(ACT)
        with store.session(writing=True) as session:
            case_steps.begin(session, "1", proposal, Doing("flora", AT))
            case_steps.save(session, 1, 1, case_of_acts(ACT, remark="x"), Doing("rudolf", AT))
        record(ACT, "clerk", AT, store)
        insert = sa.text(
            "INSERT INTO draft_step (draft, step, what, version, author, done_by, done_at, reason, shown, entry) "
            "VALUES (1, 1, :what, :version, :author, :by, 'now', '', :shown, 1)"
        )
        step = {"what": "released", "shown": "0" * 64}
        for version, author, by in (
            (1, "flora", "flora"),
            (2, "rudolf", "rudolf"),
            (2, "rudolf", "flora"),
            (1, "rudolf", "flora"),
            (2, "rudolf", "nobody"),
        ):
            with pytest.raises(sa.exc.DBAPIError), store.session(writing=True) as session:
                session.execute(insert, step | {"version": version, "author": author, "by": by})

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE draft_version SET content = ''",
            "DELETE FROM draft_version",
            "UPDATE audit SET what = ''",
            "DELETE FROM audit",
        ],
    )
    def test_nothing_done_is_changed(self, store: Store, statement: str) -> None:
        two_officers(store)
        with store.session(writing=True) as session:
            case_steps.begin(session, "1", case_of_acts(ACT), Doing("flora", AT))
        with pytest.raises(sa.exc.DBAPIError, match="never"), store.session(writing=True) as session:
            session.execute(sa.text(statement))


def declaration(text: str) -> CaseContent:
    return case_of_acts(Act("XVIII-16", "S01", "declaration", AT.date(), provision="63(3)", text=text))


def designation(text: str) -> CaseContent:
    return CaseContent((Item(designation=Designated("S01", "central authority", text)),))


@pytest.mark.parametrize(("content", "turns"), [(declaration, 100), (designation, 30)])
def test_a_release_and_a_withdrawal_at_once(desk: Desk, content: Callable[[str], CaseContent], turns: int) -> None:
    """Whichever is first, the case and the register agree."""
    two_officers(desk.store)
    doing = {name: Doing(name, AT) for name in ("flora", "rudolf")}
    released = 0
    for turn in range(turns):
        proposal = content(str(turn))
        with desk.store.session(writing=True) as session:
            case = case_steps.begin(session, str(turn), proposal, doing["flora"])
            case_steps.submit(session, case.number, 1, doing["flora"])
        shown = case_steps.view_digest(case.last, desk.root)

        def withdraw(number: int = case.number) -> None:
            with desk.store.session(writing=True) as session:
                case_steps.withdraw(session, number, 1, doing["flora"])

        def released_by(number: int = case.number, shown: str = shown) -> None:
            release_case(desk.store, number, shown, doing["rudolf"])

        with ThreadPoolExecutor(2) as both:
            calls = [both.submit(call) for call in (withdraw, released_by)]
        refused = [call.exception() for call in calls if call.exception()]
        assert len(refused) == 1
        assert isinstance(refused[0], case_steps.CaseChanged | Refused)
        with desk.store.session() as session:
            now = case_of(session, case.number)
        assert now is not None
        released += now.state == "released"
        assert len(desk.store.entries()) == (released if proposal.acts else 0)
    print(f"{turns} races, {released} released")


def test_designations_alone_are_released_by_a_second_person(desk: Desk) -> None:
    two_officers(desk.store)
    with desk.store.session(writing=True) as session:
        case = case_steps.begin(session, "1", designation("sealed"), Doing("flora", AT))
        case_steps.submit(session, case.number, 1, Doing("flora", AT))
    shown = case_steps.view_digest(case.last, desk.root)
    with pytest.raises(Refused, match="a second person"):
        release_case(desk.store, case.number, shown, Doing("flora", AT))
    forged = sa.text(
        "INSERT INTO draft_step (draft, step, what, version, author, done_by, done_at, reason, shown, entry, "
        "last_entry) VALUES (:draft, 2, 'released', 1, 'flora', :by, 'x', '', :shown, :entry, :last)"
    )
    for by, of_what, entry in (("flora", shown, None), ("rudolf", "", None), ("rudolf", shown, 1)):
        row = {"draft": case.number, "by": by, "shown": of_what, "entry": entry, "last": None}
        with pytest.raises(sa.exc.DBAPIError), desk.store.session(writing=True) as session:
            session.execute(forged, row)
    assert release_case(desk.store, case.number, shown, Doing("rudolf", AT)).state == "released"


def test_a_backup_brings_the_desk_back_and_no_session(store: Store, tmp_path: Path) -> None:
    from depositary.desk import sessions

    two_officers(store)
    with store.session(writing=True) as session:
        flora = accounts.account(session, "flora")
        assert flora is not None
        token = sessions.begin(session, flora, "", Doing("flora", AT))
        case = case_steps.begin(session, "1", case_of_acts(ACT), Doing("flora", AT))
        case_steps.submit(session, case.number, 1, Doing("flora", AT))
    head = store.head()
    release_case(
        store, 1, case_steps.view_digest(case.last, head.root if head else Frontier().root.hex()), Doing("rudolf", AT)
    )
    plain, backup = io.StringIO(), io.StringIO()
    write_dump(store, plain)
    write_dump(store, backup, with_desk=True)
    assert "rudolf" not in plain.getvalue().replace("released by rudolf", "")
    with register_at(f"sqlite:///{tmp_path / 'other.sqlite'}", tmp_path) as other:
        assert restore_dump(other, io.StringIO(backup.getvalue()), "backup") == 1
        with other.session(writing=True) as session:
            again = case_of(session, 1)
            assert again is not None
            assert (again.state, again.entries) == ("released", range(1, 2))
            assert sessions.find(session, token, AT) is None
            assert len(accounts.accounts(session)) == 2
        once_more = io.StringIO()
        write_dump(other, once_more, with_desk=True)
        assert once_more.getvalue() == backup.getvalue()
    if store.engine.dialect.name == "postgresql":
        with store.engine.begin() as connection:
            for table in (
                "draft_step",
                "draft_version",
                "audit",
                "document",
                "request",
                "head",
                "signing_key",
                "entry",
                "journal",
                "journal_seal",
            ):
                connection.execute(sa.text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
            connection.execute(sa.text("TRUNCATE entry, head, signing_key, request, document, account CASCADE"))
            connection.execute(sa.text("TRUNCATE audit, draft, journal, journal_seal CASCADE"))
        restore_dump(store, io.StringIO(backup.getvalue()), "backup")
        with store.session(writing=True) as session:
            assert case_steps.begin(session, "2", case_of_acts(ACT, remark="x"), Doing("flora", AT)).number == 2


@ON_BOTH
def test_nothing_is_released_into_a_register_that_does_not_hold(staff: Staff, desk: Desk) -> None:
    """No entry is accepted until it verifies again."""
    record(Act("XVIII-16", "S02", "signature", AT.date()), "clerk", AT, desk.store)
    number = submitted(staff)
    forge(desk.store, '"S02"', '"S03"')
    refused = release(staff["legal officer"], number)
    assert refused.status_code == 409
    assert "No entry is accepted until it does" in words_of(refused.text)
    assert "entry 1: its content is not what was recorded" in words_of(refused.text)
    assert len(desk.store.entries()) == 1
    forge(desk.store, '"S03"', '"S02"')
    assert release(staff["legal officer"], number).status_code == 303
    assert len(desk.store.entries()) == 2
    assert verify_register(desk.store).faults == ()


def test_the_work_list_shows_why_the_public_site_stands_still(staff: Staff, desk: Desk, tmp_path: Path) -> None:
    """In the boldest words, until it is over."""
    object.__setattr__(desk, "home", tmp_path)
    folder = Folder(tmp_path / "published")
    bold = "THE PUBLIC SITE STANDS STILL as at entry 7"
    for alarm in (None, Alarm("2026-11-23T17:00:00+00:00", 7, "entry 8: <forged>"), None):
        folder.alarm(alarm)
        page = staff["legal officer"].client.get("/staff/").text
        assert (bold in page) is (alarm is not None)
        assert ("entry 8: &lt;forged&gt;" in page) is (alarm is not None)
