"""Once the desk is staffed, no command settles alone what two persons settle, and none shows a contact."""

import io
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from typer.main import get_command

from depositary import clock
from depositary.cli.gate import AT_THE_DESK, DRAFTS, OPERATES
from depositary.cli.main import app, main
from depositary.desk import accounts
from depositary.desk.audit import Doing
from depositary.law.acts import Act
from depositary.register.dump import write_dump
from depositary.register.heads import Keys
from depositary.register.recording import record
from depositary.register.store import Store
from tests.cli.command_tree import leaves
from tests.empty_stores import copy_empty

READS = frozenset(
    {
        *(
            "compare",
            "compute",
            "status",
            "explain",
            "whatif",
            "relations",
            "votes",
            "export",
            "verify",
            "head",
            "history",
            "dump",
            "template",
            "doctor",
        ),
        *("due", "treaty check", "user list", "keys list", "outbox list", "notify list", "notify pdf"),
        *("contacts obligations", "contacts verify"),
    }
)
"""The commands that change nothing and show nothing that is protected."""

CALLS = {
    "note": ("1", "--notified", "2026-03-03", "--reference", "C.N.1.2026.TREATIES-XVIII.16"),
    "notify issue": ("1",),
    "notify series": ("2026", "--first", "7"),
    "notify send": ("C.N.1.2026.TREATIES-XVIII.16",),
    "circulate": ("2027", "--approve", "1"),
    "outbox agree": ("1", "--as", "resend"),
    "outbox deliver": ("2027/1", "--agree"),
    "outbox note": ("1", "received", "--said", "a receipt"),
    "contacts list": ("point-of-contact", "--seen-by", "parties"),
    "contacts show": ("GHA", "--seen-by", "secretariat"),
    "contacts diff": ("point-of-contact", "2026-01-01", "2026-02-01", "--seen-by", "parties"),
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The register of a home with one entry and an officer, who has not come to the desk yet."""
    monkeypatch.setenv("DEPOSITARY_HOME", str(tmp_path))
    url = f"sqlite:///{tmp_path / 'register.sqlite'}"
    copy_empty("register", url)
    store = Store(url, Keys(tmp_path / "keys"))
    act = Act("XVIII-16", "GHA", "signature", clock.today().replace(year=2025, month=10, day=25), place="Hanoi")
    record(act, "clerk", clock.now(), store)
    with store.session(writing=True) as session:
        accounts.add(session, "rudolf", "Rudolf", ["legal officer", "contacts officer"], "en", Doing("x", clock.now()))
    return store


def staff(store: Store) -> None:
    with store.session(writing=True) as session:
        session.execute(sa.text("UPDATE account SET password = 'a hash'"))


def whole(store: Store) -> str:
    out = io.StringIO()
    write_dump(store, out, with_desk=True)
    return out.getvalue()


def called(monkeypatch: pytest.MonkeyPatch, path: str, *arguments: str) -> int:
    """Calls a command in this process; its exit status."""
    monkeypatch.setattr(sys, "argv", ["depositary", *path.split(), *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def test_each_command_is_of_one_kind() -> None:
    """A new command is written here as one that reads, or in the gate; some both prepare and decide."""
    named = [*READS, *AT_THE_DESK, *(DRAFTS - set(AT_THE_DESK)), *OPERATES]
    assert sorted(named) == sorted(path for path, _ in leaves(get_command(app)))
    assert set(CALLS) == set(AT_THE_DESK)


@pytest.mark.parametrize("path", AT_THE_DESK)
def test_it_is_done_at_the_desk(
    home: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], path: str
) -> None:
    by = ("--by", "rudolf")
    called(monkeypatch, path, *CALLS[path], *by)
    assert "the desk is staffed" not in capsys.readouterr().err
    staff(home)
    before = whole(home)
    assert called(monkeypatch, path, *CALLS[path], *by) == 2
    out = capsys.readouterr()
    assert out.out == ""
    assert out.err == f"{path}: the desk is staffed; this is done there, with both factors. Nothing was done.\n"
    assert whole(home) == before


def test_what_is_public_is_shown_all_the_same(
    home: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    staff(home)
    assert called(monkeypatch, "contacts list", "point-of-contact") == 0
    assert called(monkeypatch, "circulate", "2027", "--list") == 0
    capsys.readouterr()
