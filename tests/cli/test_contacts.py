"""The registers of authorities from the command line: the desk's rules hold there too."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from depositary import clock
from depositary.authorities.entries import AuthorityEntry
from depositary.authorities.list_files import as_file
from depositary.authorities.lists import authority_list
from depositary.authorities.proposal import proposals
from depositary.authorities.store import ContactStore
from depositary.desk import accounts, audit
from depositary.desk.audit import Doing
from depositary.register.heads import Keys
from depositary.register.store import Store, opened
from depositary.settings import PROJECT
from depositary.treaties.participants_csv import load_participants
from tests.authorities.conftest import entered
from tests.authorities.test_designations import CONTACT, NUMBER
from tests.cli.conftest import Run

OURS = replace(CONTACT, participant="GHA", valid_from=None)
SECRETS = (NUMBER, "cyber@example.int", "R. Elphberg", "NV 7/2027")


def entry(hours: int = -48, **more: object) -> AuthorityEntry:
    designation = replace(OURS, **more)  # type: ignore[arg-type]
    at = clock.now() + timedelta(hours=hours)
    return AuthorityEntry(0, "designation", "GHA", at, "vera", designation=replace(designation, note_date=at.date()))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with an officer for contacts and a registrar."""
    folder = tmp_path / "var"
    with opened(f"sqlite:///{folder / 'register.sqlite'}", Keys(folder / "keys")) as store:
        doing = Doing("the test", clock.now())
        with store.session(writing=True) as session:
            accounts.add(session, "anna", "Anna", ["contacts officer"], "en", doing)
            accounts.add(session, "flora", "Flora", ["registrar"], "en", doing)
    return folder


@pytest.fixture
def contacts(home: Path) -> ContactStore:
    store = ContactStore(f"sqlite:///{home / 'contacts.sqlite'}", home / "keys")
    store.migrate()
    return store


def noted(home: Path) -> list[tuple[str, str, str]]:
    store = Store(f"sqlite:///{home / 'register.sqlite'}", Keys(home / "keys"))
    with store.session() as session:
        found = [(line.done_by, line.what, line.about) for line in audit.lines(session)]
    store.close()
    return found


def test_the_public_part_is_for_everybody_and_the_rest_for_who_may(
    run: Run, home: Path, contacts: ContactStore
) -> None:
    entered(contacts, entry())
    plain = run("contacts", "list", "point-of-contact", "--format", "json")
    assert json.loads(plain.stdout)["authorities"][0]["authority"] == "Ministry of the Interior"
    assert not [secret for secret in SECRETS if secret in plain.stdout]
    for by in ((), ("--by", "flora"), ("--by", "nobody")):
        for command in (
            ("list", "point-of-contact"),
            ("show", "GHA"),
            ("diff", "point-of-contact", "2026-01-01", "2026-02-01"),
        ):
            refused = run("contacts", *command, "--seen-by", "parties", *by)
            assert refused.returncode == 2
            assert not [secret for secret in SECRETS if secret in refused.stdout + refused.stderr]
    seen = run("contacts", "list", "point-of-contact", "--seen-by", "parties", "--by", "anna")
    assert NUMBER in seen.stdout
    assert "R. Elphberg" not in seen.stdout
    who, what, about = noted(home)[0]
    assert (who, what) == ("anna", "contacts read")
    assert not [secret for secret in SECRETS if secret in about]


def test_a_file_is_proposed_and_never_entered_by_one(
    run: Run, home: Path, contacts: ContactStore, tmp_path: Path
) -> None:
    path = tmp_path / "new.csv"
    path.write_text(
        "participant,function,authority,hours,zone,telephones,email\n"
        f"GHA,point of contact,Ministry of the Interior,24/7,Africa/Accra,'{NUMBER} (24/7),cyber@example.int\n",
        encoding="utf-8",
    )
    assert run("contacts", "import", str(path), "--by", "flora").returncode == 2
    assert "no fault" in run("contacts", "import", str(path), "--dry-run").stderr
    assert proposals(contacts) == []
    done = run("contacts", "import", str(path), "--by", "anna")
    assert done.returncode == 0, done.stderr
    assert "second person" in done.stderr
    (proposal,) = proposals(contacts)
    assert (proposal.state, proposal.proposed_by) == ("proposed", "anna")
    assert contacts.entries() == []
    for command in ("approve", "release", "override"):
        assert run("contacts", command, "1", "--by", "anna").returncode == 2, "it is done at the desk, by two"


def test_missions_are_read_from_a_file_and_every_fault_is_said(
    run: Run, home: Path, contacts: ContactStore, tmp_path: Path
) -> None:
    path = tmp_path / "missions.csv"
    path.write_text(
        "participant,name,email,domains,language\n"
        "GHA,Permanent Mission,mission@gha.example.int,gha.example.int,en\n"
        'JOR,Permanent Mission,"a@jor.example.int,b@evil.example",jor.example.int,ar\n'
        "XXX,Permanent Mission,m@x.example.int,x.example.int,de\n",
        encoding="utf-8",
    )
    wrong = run("contacts", "import", str(path), "--missions", "--by", "anna")
    assert wrong.returncode == 2
    places = [line.split(": ")[:2] for line in wrong.stderr.splitlines()]
    assert places == [["missions.csv:3", "email"], ["missions.csv:4", "participant"], ["missions.csv:4", "language"]]
    assert proposals(contacts) == []
    path.write_text("\n".join(path.read_text(encoding="utf-8").splitlines()[:2]) + "\n", encoding="utf-8")
    assert run("contacts", "import", str(path), "--missions", "--by", "anna").returncode == 0
    assert proposals(contacts)[0].entry.mission is not None


def test_files_of_contacts_and_missions_take_names(
    run: Run, home: Path, contacts: ContactStore, tmp_path: Path
) -> None:
    """Exactly a name, in any official language; every other is asked about."""
    missions, authorities = tmp_path / "missions.csv", tmp_path / "authorities.csv"
    missions.write_text(
        "participant,name,email,domains\n"
        "Ghana,Permanent Mission,mission@gha.example.int,gha.example.int\n"
        "الأردن,Permanent Mission,mission@jor.example.int,jor.example.int\n",
        encoding="utf-8",
    )
    authorities.write_text(
        "participant,function,authority,email\n"
        "Ghana,central-authority,Ministry of Justice,justice@gha.example.int\n"
        "Gana,central-authority,Ministry of Justice,justice@gha.example.int\n",
        encoding="utf-8",
    )
    assert run("contacts", "import", str(missions), "--missions", "--by", "anna").returncode == 0
    assert {one.entry.mission.participant for one in proposals(contacts) if one.entry.mission} == {"GHA", "JOR"}
    authorities.write_text(authorities.read_text(encoding="utf-8").replace("Gana", "Ghanna"), encoding="utf-8")
    asked = run("contacts", "import", str(authorities), "--by", "anna")
    assert asked.returncode == 2
    assert "authorities.csv:3: participant: 'Ghanna' is not exactly a name or a code" in asked.stderr
    assert "Ghana (GHA)" in asked.stderr


def test_show_diff_and_obligations(run: Run, home: Path, contacts: ContactStore) -> None:
    entered(contacts, entry(-24 * 40))
    (shown,) = json.loads(run("contacts", "show", "GHA").stdout)
    assert (shown["authority"], shown["entry"]) == ("Ministry of the Interior", 1)
    days = [(clock.today() - timedelta(days=past)).isoformat() for past in (50, 0)]
    (changed,) = json.loads(run("contacts", "diff", "point-of-contact", *days).stdout)
    assert (changed["what"], changed["participant"]) == ("added", "GHA")
    assert run("record", "2026-03-02 GHA ratification", "--by", "x").returncode == 0
    rows = json.loads(run("contacts", "obligations", "--format", "json").stdout)
    states = {row["provision"]: row["state"] for row in rows}
    assert (states["41(2)"], states["40(12)(c)"], states["37(6)(a)"]) == ("furnished", "overdue", "silent")
    assert run("contacts", "show", "XXX").returncode == 2
    assert run("contacts", "diff", "point-of-contact", "soon", "2026-01-01").returncode == 2


def test_a_list_as_a_file_is_the_desk_s(run: Run, home: Path, contacts: ContactStore, tmp_path: Path) -> None:
    entered(contacts, entry())
    for kind in ("csv", "xlsx", "vcf", "json", "pdf"):
        file = tmp_path / f"list.{kind}"
        done = run("contacts", "list", "point-of-contact", "--file", str(file), "--seen-by", "parties", "--by", "anna")
        assert done.returncode == 0, done.stderr
        assert file.stat().st_mode & 0o777 == 0o600
    assert NUMBER in (tmp_path / "list.csv").read_text(encoding="utf-8")
    assert run("contacts", "list", "point-of-contact", "--file", str(tmp_path / "list.exe")).returncode == 2


def test_verify_names_the_first_entry_that_does_not_hold(run: Run, home: Path, contacts: ContactStore) -> None:
    import sqlite3

    entered(contacts, entry())
    assert run("contacts", "verify").stdout.startswith("1 entries hold.")
    behind = sqlite3.connect(home / "contacts.sqlite", isolation_level=None)
    behind.execute("DROP TRIGGER authority_entry_UPDATE")
    behind.execute("UPDATE authority_entry SET sealed = 'x'")
    broken = run("contacts", "verify")
    assert (broken.returncode, broken.stderr.strip()) == (1, "entry 1: it cannot be opened")


def test_a_new_key_seals_and_the_old_ones_open(run: Run, home: Path, contacts: ContactStore) -> None:
    entered(contacts, entry())
    before = run("contacts", "key").stdout.split()[0]
    after = run("contacts", "key", "--new").stdout.splitlines()
    assert after[1].startswith(before)
    entered(contacts, entry(-20, function="central authority"))
    assert len(contacts.entries()) == 2
    assert run("contacts", "verify").returncode == 0
    assert (home / "keys/contacts.key").stat().st_mode & 0o777 == 0o600


def test_a_backup_is_sealed_and_comes_back_whole(
    run: Run, home: Path, contacts: ContactStore, tmp_path: Path, postgres_database: str
) -> None:
    entered(contacts, entry(), entry(-20, unit="Another"), entry(-10, function="central authority"))
    file = tmp_path / "contacts.backup"
    assert run("contacts", "backup", str(file)).returncode == 0
    content = file.read_text(encoding="utf-8")
    assert not [secret for secret in SECRETS if secret in content]
    assert file.stat().st_mode & 0o777 == 0o600
    assert run("contacts", "backup", str(file)).returncode == 2
    for url in (f"sqlite:///{tmp_path / 'other.sqlite'}", postgres_database):
        done = run("contacts", "restore", str(file), DEPOSITARY_CONTACTS_URL=url)
        assert done.returncode == 0, done.stderr
        assert run("contacts", "restore", str(file), DEPOSITARY_CONTACTS_URL=url).returncode == 2
        there = ContactStore(url, home / "keys")
        assert there.entries() == contacts.entries()
        assert there.digests() == contacts.digests()
        entered(there, entry(-5, function="prevention authority"))
        assert there.check().size == 4
        there.close()
    broken = tmp_path / "broken"
    broken.write_text(content.replace('"what":"approved"', '"what":"told"'), encoding="utf-8")
    refused = run("contacts", "restore", str(broken), DEPOSITARY_CONTACTS_URL=f"sqlite:///{tmp_path / 'third.sqlite'}")
    assert refused.returncode != 0
    assert "Traceback" not in refused.stderr


def test_on_the_line_as_at_the_desk_a_list_is_the_same(run: Run, home: Path, contacts: ContactStore) -> None:
    from depositary.words import language

    entered(contacts, entry())
    listed = authority_list(contacts.entries(), "point of contact", clock.today(), clock.now(), "public")
    people = load_participants(PROJECT / "data/participants.csv", PROJECT / "data/memberships.csv")
    assert (
        as_file(listed, "json", language("en"), people).decode()
        == run("contacts", "list", "point-of-contact", "--format", "json").stdout
    )
