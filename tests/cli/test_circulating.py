"""The annual circulation from the command line: the same rules as at the desk."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from depositary.authorities import links
from depositary.authorities.entries import AuthorityEntry
from depositary.authorities.store import ContactStore
from depositary.law.acts import Act
from depositary.register.recording import record
from tests.authorities.conftest import entered
from tests.correspondence.circulation.sample_registers import DEPOSITED, TREATY, codes, designation, mission
from tests.stores import contacts_at, register_at

AT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
NOW = "2028-03-01T15:00:00+00:00"
Command = Callable[..., tuple[int, str, str]]
Frozen = Callable[[str], AbstractContextManager[object]]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with forty parties, of which two have a mission."""
    monkeypatch.setenv("DEPOSITARY_HOME", str(tmp_path))
    with register_at(f"sqlite:///{tmp_path / 'register.sqlite'}", tmp_path) as store:
        for code in codes(40):
            record(Act(TREATY, code, "ratification", DEPOSITED), "clerk", AT, store)
    with contacts_at(f"sqlite:///{tmp_path / 'contacts.sqlite'}", tmp_path) as contacts:
        for place, code in enumerate(codes(40)[:2]):
            entered(
                contacts,
                AuthorityEntry(0, "designation", code, AT, "vera", designation=designation(code)),
                AuthorityEntry(0, "mission", code, AT, "vera", mission=mission(code, place, certificate="")),
            )
    return tmp_path


@pytest.fixture
def command(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    frozen: Callable[[str], AbstractContextManager[object]],
) -> Command:
    """`command("circulate", "2028")` on 1 March 2028: its exit status, what it answered, what it said beside."""
    from depositary.cli import main

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["depositary", *arguments])
        with frozen(NOW):
            try:
                main()
                status = 0
            except SystemExit as ended:
                status = int(ended.code or 0)
        told = capsys.readouterr()
        return status, told.out, told.err

    return run


def test_from_due_to_closed_by_two_persons(home: Path, command: Command) -> None:
    status, out, _ = command("due", "--format", "json")
    assert status == 1
    assert json.loads(out)["next_circulation"] == "2026-05-31"
    assert command("circulate", "2027")[0] == 2
    status, _, err = command("circulate", "2028", "--dry-run")
    assert (status, "2 letters" in err) == (0, True)
    assert len(list((home / "circulation/2028-1/letters").iterdir())) == 2
    assert command("outbox", "list")[1].startswith("0 letters")
    status, _, err = command("circulate", "2028", "--by", "flora")
    assert (status, "A second person approves" in err) == (0, True)
    assert command("circulate", "2028", "--by", "flora")[0] == 0
    assert command("circulate", "2028", "--approve", "2", "--by", "flora")[0] == 1
    assert command("circulate", "2028", "--approve", "3", "--by", "rudolf")[0] == 1
    assert command("circulate", "2028", "--approve", "2", "--by", "rudolf")[0] == 0
    assert not (home / "outbox").exists()
    status, _, err = command("circulate", "2028")
    assert (status, "2 letters: 2 written" in err) == (1, True)
    letters = sorted((home / "outbox").iterdir())
    assert [path.name for path in letters] == [f"2028-1-00{n}-{code}.eml" for n, code in enumerate(codes(40)[:2], 1)]
    before = [path.stat().st_mtime_ns for path in letters]
    assert command("circulate", "2028")[0] == 1
    assert [path.stat().st_mtime_ns for path in letters] == before
    status, out, _ = command("circulate", "--list", "2028", "--format", "json")
    listed = json.loads(out)
    assert [(one["participant"], one["state"]) for one in listed["copies"]] == [
        (code, "written") for code in codes(40)[:2]
    ]
    assert "example.int" not in out
    assert command("circulate", "2028", "--close", "--by", "flora")[0] == 1
    resend = ("outbox", "resolve", "1", "--as", "resend", "--reason", "a file arrives nowhere", "--by", "flora")
    assert command(*resend)[0] == 1
    resolve = ("outbox", "resolve", "1", "--as", "delivered", "--reason", "by hand", "--by", "flora")
    assert command(*resolve)[0] == 0
    assert command("outbox", "agree", "1", "--as", "delivered", "--by", "flora")[0] == 1
    assert command("outbox", "agree", "1", "--as", "delivered", "--by", "rudolf")[0] == 0
    assert command("circulate", "2028", "--close", "--by", "flora")[0] == 1
    assert command("outbox", "deliver", "2028/1", "--reason", "by hand", "--by", "flora")[0] == 0
    assert command("outbox", "deliver", "2028/1", "--agree", "--by", "flora")[0] == 1
    assert command("outbox", "deliver", "2028/1", "--agree", "--by", "rudolf")[0] == 0
    assert command("circulate", "2028", "--close", "--by", "flora")[0] == 0
    status, _, err = command("circulate", "2028", "--dry-run")
    assert (status, "byte for byte" in err) == (0, True)
    status, out, _ = command("due", "--format", "json")
    told = json.loads(out)
    assert told["next_circulation"] == "2029-03-01"
    overdue = [task["said"] for task in told["tasks"] if task["urgency"] == "overdue"]
    assert status == 1, "acts wait for their notifications since yesterday"
    assert all(line.startswith("To be issued") or "registration under Article 102" in line for line in overdue)
    assert overdue


def test_what_is_due_has_the_tasks_of_the_work_list_about_authorities(home: Path, command: Command) -> None:
    contacts = ContactStore(f"sqlite:///{home / 'contacts.sqlite'}", home / "keys")
    first = codes(40)[0]
    token = links.make(contacts, "confirmation", first, 0, "mission@example.int", "vera", datetime.fromisoformat(NOW))
    links.answer(contacts, token, "changes", "a new number", "", datetime.fromisoformat(NOW))
    contacts.close()
    status, out, _ = command("due", "--format", "json")
    tasks = json.loads(out)["tasks"]
    urgencies = [task["urgency"] for task in tasks]
    assert status == 1
    assert urgencies == sorted(urgencies, key=["overdue", "today", "coming", "ask"].index)
    (told,) = [task for task in tasks if task["said"].startswith("Missions that ask for a change: ")]
    assert (told["urgency"], told["page"]) == ("today", "/staff/contacts")
    assert any(task["said"] == "Authorities unconfirmed for a year: 2" for task in tasks)
    for form in ("table", "csv"):
        assert told["said"] in command("due", "--format", form)[1]


def test_where_the_desk_is_staffed_an_officer_prepares_and_nobody_decides_from_here(
    home: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert command("circulate", "2028", "--by", "flora")[0] == 0
    monkeypatch.setattr("depositary.cli.cases.is_for_the_desk", lambda store: True)
    monkeypatch.setattr("depositary.cli.office.is_for_the_desk", lambda store: True)
    status, _, err = command("circulate", "2029", "--by", "rudolf")
    assert (status, "this account may not circulate" in err) == (2, True)
    for call in (("circulate", "2028", "--approve", "2"), ("outbox", "agree", "1", "--as", "resend")):
        status, _, err = command(*call, "--by", "rudolf")
        assert (status, "the desk is staffed" in err) == (2, True)


def test_nobody_is_a_party_before_the_entry_into_force(tmp_path: Path, command: Command) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DEPOSITARY_HOME", str(tmp_path))
        status, _, err = command("circulate", "2028")
        assert (status, "there is no party to circulate to" in err) == (2, True)
        assert command("due")[0] == 0
