"""The command line has the desk's rules once the desk is staffed, and none of its secrets."""

import json
import re
from pathlib import Path

import pyotp
import pytest

from depositary import clock
from depositary.desk import accounts
from depositary.desk.audit import Doing
from depositary.register.heads import Keys
from depositary.register.seal import Seal
from depositary.register.store import Store
from tests.cli.conftest import Run, run  # noqa: F401  (a fixture)
from tests.staff.conftest import PASSWORD

HEADER = "treaty,participant,action,date,subject,effective,place,provision,text,source\n"


@pytest.fixture
def staffed(run: Run, tmp_path: Path) -> Run:  # noqa: F811
    """A register with one entry, and a desk of a registrar and a legal officer."""
    assert run("record", "2025-10-25 GHA signature place=Hanoi", "--by", "anyone").returncode == 0
    for name, role in (("flora", "registrar"), ("rudolf", "legal officer"), ("vera", "auditor")):
        done = run("user", "add", name, "--role", role)
        assert re.fullmatch(r"http://127\.0\.0\.1:8001/staff/invitation/[\w-]{43}\n", done.stdout)
        take_up(tmp_path, done.stdout.strip().rsplit("/", 1)[1])
    return run


def take_up(folder: Path, token: str) -> None:
    keys = folder / "var/keys"
    store, seal, doing = (
        Store(f"sqlite:///{folder / 'var/register.sqlite'}", Keys(keys)),
        Seal(keys),
        Doing("x", clock.now()),
    )
    with store.session() as session:
        invited = accounts.invitation(session, token, seal, doing.at)
    assert invited is not None
    accounts.accept(store, token, PASSWORD, pyotp.TOTP(invited[1]).at(int(doing.at.timestamp())), seal, doing)
    store.close()


def entries(run: Run) -> int:  # noqa: F811
    return int(re.findall(r"(\d+) entries", run("verify").stdout + run("verify").stderr)[0])


def test_what_one_person_records_becomes_a_draft(staffed: Run, tmp_path: Path) -> None:
    (tmp_path / "acts.csv").write_text(f"{HEADER}XVIII-16,VNM,accession,2026-03-02,,,,,,\n")
    for arguments in (
        ("record", "2026-03-02 GHA ratification"),
        ("rectify", "1", "2025-10-26 GHA signature place=Hanoi", "--reason", "misread"),
        ("strike", "1", "--reason", "in error"),
        ("import", str(tmp_path / "acts.csv")),
    ):
        done = staffed(*arguments, "--by", "flora")
        assert (done.returncode, "awaits release by a second person" in done.stderr) == (0, True), done.stderr
        refused = staffed(*arguments, "--by", "vera")
        assert refused.returncode == 2
        assert "no account that may draft" in refused.stderr
    assert entries(staffed) == 1


def test_an_entry_that_is_not_there_is_struck_out_by_no_case(staffed: Run) -> None:
    refused = staffed("strike", "99999", "--reason", "x", "--by", "flora")
    assert (refused.returncode, "There is no entry 99999" in refused.stderr) == (2, True)


def test_the_help_lists_every_command_once_in_its_group(staffed: Run) -> None:
    from depositary.cli.main import COMMANDS, GROUPS

    assert sorted(name for names in GROUPS.values() for name in names) == sorted(COMMANDS)
    told = staffed("--help").stdout
    assert [told.index(f"{group}:") for group in GROUPS] == sorted(told.index(f"{group}:") for group in GROUPS)


def test_an_act_without_effect_is_no_draft_either(staffed: Run) -> None:
    assert staffed("record", "2026-03-02 GHA denunciation", "--by", "flora").returncode == 1


def test_the_accounts_are_listed_without_their_secrets(staffed: Run) -> None:
    rows = json.loads(staffed("user", "list", "--format", "json").stdout)
    assert [(row["name"], row["roles"], row["state"]) for row in rows] == [
        ("flora", ["registrar"], "active"),
        ("rudolf", ["legal officer"], "active"),
        ("vera", ["auditor"], "active"),
    ]
    assert staffed("user", "disable", "rudolf").returncode == 0
    assert "disabled" in staffed("user", "list").stdout
    assert "flora,flora,registrar,active" in staffed("user", "list", "--format", "csv").stdout
    assert staffed("record", "2026-03-02 GHA ratification").returncode == 2
    assert staffed("user", "enable", "rudolf").returncode == 0
    assert staffed("user", "roles", "rudolf", "--role", "auditor").returncode == 0
    assert staffed("user", "invite", "rudolf").stdout.startswith("http")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "Flora", "--role", "registrar"), "small letters"),
        (("add", "flora", "--role", "king"), "'king' is no role"),
        (("invite", "nobody"), "there is no such account"),
        (("disable", "nobody"), "there is no such account"),
    ],
)
def test_a_wrong_call_gets_a_sentence(run: Run, arguments: tuple[str, ...], said: str) -> None:  # noqa: F811
    done = run("user", *arguments)
    assert (done.returncode, said in done.stderr) == (2, True)
