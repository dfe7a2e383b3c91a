"""A case: what came in one note is entered, examined and released together, and blocks what it holds."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from depositary.desk import case_steps
from depositary.desk.audit import Doing
from depositary.desk.case import known_case, similar_cases
from depositary.desk.case_content import CaseContent, Document, Item, case_of_acts, content_of_case
from depositary.desk.preview import examine
from depositary.desk.questions import questions, unchecked
from depositary.desk.release import release as release_case
from depositary.desk.tables import VersionRow
from depositary.errors import Sentence
from depositary.law.acts import Act
from depositary.register.entry import Receipt
from depositary.register.recording import record
from depositary.register.transaction import Refused
from depositary.register.verification import verify_register
from depositary.treaties.collection import Collection
from depositary.web.staff.desk import Desk
from tests.register.sample_acts import AT
from tests.staff.conftest import act
from tests.staff.releasing import Staff, hidden, release, submitted, two_officers
from tests.words_of import words_of

RATIFIED = Act("XVIII-16", "S01", "ratification", date(2026, 3, 2))
RESERVED = Act("XVIII-16", "S01", "reservation", date(2026, 3, 2), provision="63(3)", text="Not bound by 63(2).")

DRAFT = (
    '{"acts":[{"action":"ratification","addressee":"","date":"2026-03-02","effect":"","effective":"","notified":"",'
    '"participant":"S01","place":"","provision":"","source":"","subject":"","text":"","treaty":"XVIII-16"}],'
    '"checks":["yes","","",""],"documents":["' + "ab" * 32 + '"],"kind":"KIND","reason":"why","receipt":null,'
    '"remark":"look","target":TARGET}'
)
"""What a draft said before there were cases."""


def opened(desk: Desk, content: CaseContent, form: str = "1", by: str = "flora") -> int:
    with desk.store.session(writing=True) as session:
        return case_steps.begin(session, form, content, Doing(by, AT)).number


def submit(desk: Desk, number: int, *, received: bool = False) -> None:
    with desk.store.session(writing=True) as session:
        seen = case_steps.case_to_change(session, number).last.number
        case_steps.submit(session, number, seen, Doing("flora", AT), received=received)


@pytest.mark.parametrize(
    ("kind", "target", "item", "is_file"),
    [
        ("record", 0, Item(RATIFIED, 0, "why"), False),
        ("import", 0, Item(RATIFIED, 0, "why"), True),
        ("rectify", 7, Item(RATIFIED, 7, "why"), False),
        ("strike", 7, Item(None, 7, "why"), False),
    ],
)
def test_a_draft_of_an_existing_home_is_read_as_a_case(kind: str, target: int, item: Item, is_file: bool) -> None:
    content = content_of_case(DRAFT.replace("KIND", kind).replace("TARGET", str(target)))
    expected = (item,)
    assert content == CaseContent(
        expected, None, (Document("ab" * 32),), ("yes", "", "", ""), remark="look", is_file=is_file
    )
    assert content_of_case(content.content) == content


def test_a_submitted_draft_of_an_existing_home_is_released_as_a_case(desk: Desk) -> None:
    two_officers(desk.store)
    number = opened(desk, case_of_acts(replace(RATIFIED, participant="S02")))
    old = DRAFT.replace("KIND", "record").replace("TARGET", "0").replace("ab" * 32, "").replace('[""]', "[]")
    row = {"draft": number, "version": 2, "content": old, "digest": "0" * 64, "saved_by": "flora", "saved_at": "x"}
    with desk.store.session(writing=True) as session:
        session.execute(sa.insert(VersionRow), row)
    submit(desk, number)
    with desk.store.session() as session:
        case = case_steps.case_to_change(session, number)
    release_case(desk.store, number, case_steps.view_digest(case.last, desk.root), Doing("rudolf", AT))
    (entry,) = desk.store.entries()
    assert entry.act is not None
    assert (entry.act.participant, entry.receipt) == ("S01", Receipt(case=number))


def test_a_note_with_a_reservation_is_one_case_and_one_release(staff: Staff, desk: Desk) -> None:
    registrar, legal = staff["registrar"], staff["legal officer"]
    saved = registrar.post("/staff/form", **act(do="save", received_on="2026-03-02", received_time="10:00"))
    where = saved.headers["location"]
    assert "Add an act to this case" in registrar.client.get(where).text
    form = registrar.client.get(f"{where}/new/reservation").text
    assert hidden(form, "part") == "item"
    assert 'name="received_on"' not in form
    assert "Ratification" not in form
    added = registrar.post(
        "/staff/form",
        **act(action="reservation", do="save", provision="63(3)", text="Not bound by 63(2)."),
        part="item",
        case="1",
        seen="1",
    )
    assert added.headers["location"] == where
    page = words_of(registrar.client.get(where).text)
    assert "State 1: ratification, 2 March 2026, and 1 more" in page
    assert "Made with the instrument." in page
    assert "Made on a day without a deposit" not in page
    assert registrar.post(f"{where}/submit", seen="2").status_code == 409
    assert registrar.post(f"{where}/submit", seen="2", confirm="yes").status_code == 303
    assert "Not checked: Original, not a copy." in words_of(legal.client.get(where).text)
    assert release(legal, 1).status_code == 303
    entries = desk.store.entries()
    assert [entry.act.action for entry in entries if entry.act] == ["ratification", "reservation"]
    assert {entry.receipt.case for entry in entries if entry.receipt} == {1}
    assert len({entry.recorded_at for entry in entries}) == 1
    assert verify_register(desk.store).faults == ()
    assert "Recorded as 1 · 2" in words_of(legal.client.get(where).text)


def test_an_item_is_changed_and_set_aside_until_the_release(staff: Staff, desk: Desk) -> None:
    registrar = staff["registrar"]
    registrar.post("/staff/form", **act(do="save"))
    item = {"part": "item", "case": "1"}
    registrar.post("/staff/form", **act(action="declaration", do="save", text="A", provision="35"), **item, seen="1")
    changed = act(action="declaration", do="save", text="B", provision="36")
    assert registrar.post("/staff/form", **changed, **item, item="2", seen="2").status_code == 303
    assert registrar.post("/staff/cases/1/items/2/aside", seen="3").status_code == 303
    assert registrar.post("/staff/cases/1/items/9/aside", seen="4").status_code == 404
    assert "set aside" in registrar.client.get("/staff/cases/1").text
    assert registrar.post("/staff/cases/1/submit", seen="4", confirm="yes").status_code == 303
    assert registrar.client.get("/staff/cases/1/items/2/edit").status_code == 404
    assert release(staff["legal officer"], 1).status_code == 303
    assert [entry.act.action for entry in desk.store.entries() if entry.act] == ["ratification"]


def test_all_of_a_case_is_recorded_or_nothing(desk: Desk) -> None:
    two_officers(desk.store)
    record(RESERVED, "clerk", AT, desk.store)
    number = opened(desk, case_of_acts(RATIFIED, RESERVED))
    submit(desk, number)
    with desk.store.session() as session:
        case = case_steps.case_to_change(session, number)
    with pytest.raises(Refused, match="recorded already"):
        release_case(desk.store, number, case_steps.view_digest(case.last, desk.root), Doing("rudolf", AT))
    assert len(desk.store.entries()) == 1
    with desk.store.session() as session:
        assert case_steps.case_to_change(session, number).state == "submitted"


def test_received_and_not_deposited_blocks_the_same_instrument(desk: Desk) -> None:
    two_officers(desk.store)
    held = opened(desk, case_of_acts(RATIFIED), "1")
    submit(desk, held, received=True)
    other = opened(desk, case_of_acts(replace(RATIFIED, action="accession")), "2", "rudolf")
    with pytest.raises(Refused, match="received in case 1 and is not deposited"):
        submit(desk, other)
    with pytest.raises(Refused, match="give the day of deposit"):
        submit(desk, held)
    with desk.store.session() as session:
        assert [case.number for case in similar_cases(session, case_of_acts(RATIFIED), other)] == [held]
    cured = CaseContent(
        (Item(replace(RATIFIED, date=date(2026, 3, 9))),), Receipt(grounds="full powers came on 9 March")
    )
    with desk.store.session(writing=True) as session:
        assert case_steps.save(session, held, 1, cured, Doing("flora", AT)).is_held
    submit(desk, held)
    with desk.store.session() as session:
        case = known_case(session, held)
    assert case is not None
    release_case(desk.store, held, case_steps.view_digest(case.last, desk.root), Doing("rudolf", AT))
    (entry,) = desk.store.entries()
    assert entry.act is not None
    assert entry.receipt is not None
    assert (entry.act.date, entry.receipt.grounds) == (date(2026, 3, 9), "full powers came on 9 March")


def test_a_second_case_is_shown_to_both_persons(staff: Staff) -> None:
    first, second = submitted(staff), submitted(staff, form="another", date="2026-03-03")
    for role in ("registrar", "legal officer"):
        page = words_of(staff[role].client.get(f"/staff/cases/{second}").text)
        assert f"Other open cases with the same act {first}: State 1: ratification, 2 March 2026" in page


FRIDAY_EVENING = datetime(2026, 3, 7, 4, 30, tzinfo=UTC)
"""Friday 6 March 2026, 23:30 in New York; Saturday in Geneva."""


@pytest.mark.parametrize(
    ("proposed", "receipt", "expected"),
    [
        (RATIFIED, None, ""),
        (RATIFIED, Receipt(received_at=datetime(2026, 3, 2, 15, 0, tzinfo=UTC)), ""),
        (RATIFIED, Receipt(received_at=datetime(2026, 3, 5, 15, 0, tzinfo=UTC)), "is before the day of receipt"),
        (replace(RATIFIED, date=date(2026, 3, 6)), Receipt(received_at=FRIDAY_EVENING), ""),
        (replace(RATIFIED, date=date(2026, 3, 7)), Receipt(received_at=FRIDAY_EVENING), "is after the day of receipt"),
        (replace(RATIFIED, date=date(2026, 3, 7)), Receipt(received_at=FRIDAY_EVENING, grounds="a copy first"), ""),
        (RATIFIED, Receipt(on_instrument=date(2026, 3, 3)), "The instrument bears the date"),
        (RATIFIED, Receipt(on_instrument=date(2026, 3, 2)), ""),
        (replace(RATIFIED, date=date(2024, 12, 23)), None, "before the treaty was adopted"),
        (replace(RATIFIED, date=date(2024, 12, 24)), None, ""),
        (Act("XVIII-16", "S01", "signature", date(2024, 12, 1), place="Hanoi"), None, "before the treaty was adopted"),
        (Act("XVIII-16", "S01", "signature", date(2025, 10, 25)), None, "The place of signature is empty"),
        (Act("XVIII-16", "S01", "signature", date(2025, 10, 25), place="Hanoi"), None, ""),
        (replace(RESERVED, provision=""), None, "names no provision"),
        (RESERVED, None, ""),
        (replace(RATIFIED, participant="YNG", action="succession", date=date(2028, 2, 1)), None, "whom it succeeds"),
    ],
)
def test_what_a_case_leaves_open(treaties: Collection, proposed: Act, receipt: Receipt | None, expected: str) -> None:
    content = CaseContent((Item(proposed),), receipt)
    found = questions(content, examine(content, treaties, lambda treaty: [], date(2026, 11, 23)))
    assert [expected in question for question in found] == ([True] if expected else [])
    assert all(isinstance(question, Sentence) for question in found)


def test_checks_that_nobody_answered() -> None:
    content = CaseContent((Item(RATIFIED),), checks=("yes", "", "no", ""))
    assert unchecked(content) == ("undertaking", "language")
    assert unchecked(case_of_acts(RESERVED)) == ()


@pytest.mark.parametrize(("day", "place"), [("2025-10-26", "Hanoi"), ("2025-10-27", "New York"), ("2025-01-01", "")])
def test_the_date_gives_the_place_of_signature(staff: Staff, desk: Desk, day: str, place: str) -> None:
    number = submitted(staff, action="signature", date=day)
    with desk.store.session() as session:
        case = known_case(session, number)
    assert case is not None
    assert case.content.act is not None
    assert case.content.act.place == place


def test_a_signature_shows_three_fields(staff: Staff) -> None:
    form = staff["registrar"].client.get("/staff/new/signature").text
    shown = form.partition("<details")[0].partition('class="intake"')[2]
    assert [name for name in ("participant", "date", "place", "treaty", "source") if f'id="{name}"' in shown] == [
        "participant",
        "date",
        "place",
    ]


def test_a_case_of_nothing_is_not_submitted(desk: Desk) -> None:
    two_officers(desk.store)
    number = opened(desk, CaseContent((Item(RATIFIED, is_set_aside=True),)))
    with pytest.raises(Refused, match="no act and no designation"):
        submit(desk, number)


def test_an_imported_file_is_shown_to_its_last_row(desk: Desk, staff: Staff) -> None:
    acts = [Act("XVIII-16", f"S{place:02}", "accession", date(2026, 3, 2)) for place in range(1, 61)]
    content = CaseContent(tuple(Item(each) for each in (*acts, acts[0])), is_file=True)
    number = opened(desk, content, by="registrar.one")
    first, second = (
        staff["legal officer"].client.get(f"/staff/cases/{number}?page={page}").text for page in ("1", "2")
    )
    assert "61. State 1: accession" in words_of(second)
    assert "61. State 1: accession" not in words_of(first)
    assert second.count('class="item"') == 11
    assert "State 60: no relation before" in words_of(first)
    assert "a further instrument is possible only after leaving" in words_of(
        second.partition("61. State 1")[2].partition("</article>")[0]
    )


def test_what_stands_irregularly_is_listed_by_treaty(desk: Desk, staff: Staff) -> None:
    assert "No act of the register is irregular." in staff["auditor"].client.get("/staff/irregularities").text
    record(RATIFIED, "clerk", AT, desk.store)
    page = words_of(staff["auditor"].client.get("/staff/irregularities").text)
    assert "XVIII-16 Convention against Cybercrime" in page
    assert "State 1 ratification Look again:" in page


def test_a_receipt_in_the_future_is_refused(staff: Staff) -> None:
    sent = staff["registrar"].post("/staff/form", **act(received_on="2099-01-01", received_time="10:00"))
    assert sent.status_code == 422
    assert "lies in the future" in sent.text
