"""The keys that seal: made once, whole, never in the place of a missing one; and the procedures of docs/keys.md."""

import os
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier

import pytest
import sqlalchemy as sa
from typer.main import get_command

from depositary.authorities.entries import AuthorityEntry
from depositary.authorities.missions import Mission
from depositary.authorities.proposals import propose
from depositary.authorities.store import ContactStore
from depositary.cli.main import app
from depositary.correspondence.alerts.store import AlertStore
from depositary.correspondence.mail.letters import Letter
from depositary.correspondence.mail.outbox import post, seal_in
from depositary.desk import accounts
from depositary.desk.audit import Doing
from depositary.errors import DepositaryError
from depositary.law.acts import Act
from depositary.register.heads import Keys
from depositary.register.recording import record
from depositary.register.seal import SEALED_BY, Seal
from depositary.register.store import Store
from depositary.settings import PROJECT
from tests.cli.command_tree import leaves

AT = datetime(2027, 3, 1, 12, tzinfo=UTC)
FLORA = Doing("flora", AT)
TEXT = (PROJECT / "docs/keys.md").read_text(encoding="utf-8")


def test_threads_that_begin_together_have_one_key(tmp_path: Path) -> None:
    for place in range(30):
        seal, together = Seal(tmp_path / str(place)), Barrier(8)

        def begin(number: int, seal: Seal = seal, together: Barrier = together) -> str:
            together.wait()
            return seal.seal(str(number))

        with ThreadPoolExecutor(8) as pool:
            sealed = list(pool.map(begin, range(8)))
        assert [seal.open(secret) for secret in sealed] == [str(number) for number in range(8)]
        assert [path.name for path in (tmp_path / str(place)).iterdir()] == ["desk.key"]


def test_a_key_is_on_the_disk_before_it_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is synchronized under its first name, and the folder after it has its own."""
    done: list[str] = []
    fsync, link = os.fsync, os.link

    def synchronize(number: int) -> None:
        done.append(os.readlink(f"/proc/self/fd/{number}"))
        fsync(number)

    def name(source: Path, target: Path) -> None:
        done.append("link")
        link(source, target)

    monkeypatch.setattr(os, "fsync", synchronize)
    monkeypatch.setattr(os, "link", name)
    Seal(tmp_path).seal("x")
    assert [re.sub(r"\.desk\.key\.\w+$", "file", name) for name in done] == [f"{tmp_path}/file", "link", str(tmp_path)]
    done.clear()
    Keys(tmp_path / "signing").make()
    assert done[-1] == str(tmp_path / "signing")


def use(name: str, store: Store, keys: Path, place: int) -> None:
    """Seals something with a key of the house, as the program does."""
    if name == "desk.key":
        with store.session(writing=True) as session:
            accounts.add(session, f"person{place}", "A Person", ["auditor"], "en", FLORA)
            token = accounts.invite(session, f"person{place}", Seal(keys), FLORA)
            session.execute(sa.text("UPDATE account SET second = 'sealed'"))
        assert token
    elif name == "mail.key":
        with store.session(writing=True) as session:
            post(session, "edition", str(place), Letter("a@example.int", "s", "t"), seal_in(keys), FLORA)
    elif name == "contacts.key":
        contacts = ContactStore(f"sqlite:///{keys.parent / 'contacts.sqlite'}", keys)
        contacts.migrate()
        mission = Mission("RUR", "Mission", "m@ruritania.example.int", ("ruritania.example.int",))
        propose(contacts, str(place), AuthorityEntry(0, "mission", "RUR", AT, "vera", mission=mission), "vera", AT)
    else:
        alerts = AlertStore(f"sqlite:///{keys.parent / 'alerts.sqlite'}", keys)
        alerts.migrate()
        assert alerts.ask(f"reader{place}@example.int", "", "", "en", "192.0.2.1", AT)


@pytest.mark.parametrize("name", SEALED_BY)
def test_a_missing_key_is_named_and_not_made_again(sqlite: Store, tmp_path: Path, name: str) -> None:
    """As docs/keys.md says: refused; then the copy is put back; then a new key seals and the old one still opens."""
    keys = tmp_path / "house/keys"
    use(name, sqlite, keys, 1)
    copy = (keys / name).read_bytes()
    assert f"| `{name}` |" in TEXT
    (keys / name).unlink()
    with pytest.raises(DepositaryError, match=f"{name} is missing, and {SEALED_BY[name]}"):
        use(name, sqlite, keys, 2)
    with pytest.raises(DepositaryError, match="is missing"):
        Seal(keys, name).renew()
    assert not (keys / name).exists()
    (keys / name).write_bytes(copy)
    sealed = Seal(keys, name).seal("before")
    Seal(keys, name).renew()
    use(name, sqlite, keys, 3)
    assert Seal(keys, name).open(sealed) == "before"
    (keys / name).unlink()
    Seal(keys, name).renew(lost=True)
    use(name, sqlite, keys, 4)
    with pytest.raises(DepositaryError, match="is not the key"):
        Seal(keys, name).open(sealed)


def test_a_lost_signing_key_is_replaced(sqlite: Store) -> None:
    record(Act("XVIII-16", "GHA", "signature", AT.date()), "flora", AT, sqlite)
    with sqlite.recording() as recording:
        first = recording.signed(b"x")[0]
    assert [path.name for path in sqlite.keys.folder.iterdir()] == [f"{first}.key"]
    (sqlite.keys.folder / f"{first}.key").unlink()
    with pytest.raises(DepositaryError, match="put it back"), sqlite.recording() as recording:
        recording.signed(b"x")
    with pytest.raises(DepositaryError, match="put it back"), sqlite.recording() as recording:
        recording.rotate()
    with sqlite.recording() as recording:
        made = recording.rotate(lost=True)
    assert made.vouched_by == ""
    with sqlite.recording() as recording:
        assert recording.signed(b"x")[0] == made.name


def test_the_commands_of_the_page_are_commands() -> None:
    named = re.findall(r"depositary ((?:keys|user) [a-z]+(?: (?!NAME)[a-z]+)?(?: --[a-z]+)?)", TEXT)
    assert len(named) >= 10
    known = dict(leaves(get_command(app)))
    for line in named:
        words = line.split()
        options = {option for parameter in known[" ".join(words[:2])].params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= options, line
