"""The command line has the desk's rules once the desk is staffed, and none of its secrets."""

import json
import re
from pathlib import Path

import pyotp
import pytest

from depositary import clock
from depositary.desk import accounts
from depositary.desk.audit import Doing
from depositary.desk.case import known_case
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
        assert "this account may not draft" in refused.stderr
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
        (("add", "flora", "--role", "king"), "'king' is not a role"),
        (("invite", "nobody"), "there is no such account"),
        (("disable", "nobody"), "there is no such account"),
    ],
)
def test_a_wrong_call_gets_a_sentence(run: Run, arguments: tuple[str, ...], said: str) -> None:  # noqa: F811
    done = run("user", *arguments)
    assert (done.returncode, said in done.stderr) == (2, True)


def test_what_was_understood_is_said_and_a_draft_takes_every_field_of_the_desk(staffed: Run, tmp_path: Path) -> None:
    (tmp_path / "declaration.txt").write_text("In accordance with article 40 = (12), Ghana declares …\nSecond line.\n")
    for name in ("ratification.pdf", "powers.pdf"):
        (tmp_path / name).write_bytes(b"%PDF-1.7 " + name.encode())
    done = staffed(
        *("record", "2026-03-02 Ghana declaration provision=40(12)(b) source=https://example.int/?note=1&of=GHA"),
        *("--text", str(tmp_path / "declaration.txt"), "--document", str(tmp_path / "ratification.pdf")),
        *("--document", f"full powers:{tmp_path / 'powers.pdf'}", "--signer", "R. Elphberg, Minister", "--by", "flora"),
        *("--remark", "Called the mission.", "--check", "original=yes", "--check", "language=no", "--anyway"),
    )
    assert done.returncode == 0, done.stderr
    assert "understood: 2 March 2026, Ghana (GHA): declaration" in done.stderr
    assert done.stderr.index("understood") < done.stderr.index("awaits release")
    store = Store(f"sqlite:///{tmp_path / 'var/register.sqlite'}", Keys(tmp_path / "var/keys"))
    with store.session() as session:
        case = known_case(session, 1)
    store.close()
    assert case is not None
    (act,) = case.content.acts
    assert act.text == "In accordance with article 40 = (12), Ghana declares …\nSecond line."
    assert act.source == "https://example.int/?note=1&of=GHA"
    assert (case.content.signer, case.content.remark) == ("R. Elphberg, Minister", "Called the mission.")
    assert case.content.checks == ("", "", "yes", "no")
    assert [(each.kind, each.name) for each in case.content.documents] == [
        ("instrument", "ratification.pdf"),
        ("full powers", "powers.pdf"),
    ]


def test_an_addressee_and_an_amendment_may_be_named_as_people_do(staffed: Run) -> None:
    done = staffed("record", "2026-03-02 Ghana objection addressee=Vietnam provision=11", "--by", "flora", "--anyway")
    assert "addressee=VNM" in done.stderr
    done = staffed("record", "2026-03-02 Ghana ratification subject=A1", "--by", "flora", "--anyway")
    assert "subject=amendment:A1" in done.stderr


def test_an_organization_declares_its_competence_with_its_instrument(run: Run, tmp_path: Path) -> None:  # noqa: F811
    (tmp_path / "competence.txt").write_text("The Union is competent for …")
    given = ("--competence", str(tmp_path / "competence.txt"), "--by", "one", "--anyway")
    refused = run("record", "2026-03-02 GHA ratification", *given)
    assert (refused.returncode, "is not a regional economic integration organization" in refused.stderr) == (2, True)
    assert run("record", "2026-03-02 EU approval", *given).returncode == 0
    assert re.findall(r"understood: .*: (\w+)", run("record", "2026-03-03 EU approval", *given).stderr) == [
        "declaration",
        "approval",
    ]
    assert entries(run) == 4


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--check", "capacity=perhaps"), "allowed: capacity, undertaking, original, language"),
        (("--document", "nothing.pdf"), "nothing.pdf"),
        (("--text", "nothing.txt"), "nothing.txt"),
    ],
)
def test_a_field_that_cannot_be_taken_is_said(staffed: Run, arguments: tuple[str, ...], said: str) -> None:
    done = staffed("record", "2026-03-02 GHA ratification", "--by", "flora", *arguments)
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr


def test_what_only_a_case_keeps_is_not_dropped_in_silence(run: Run) -> None:  # noqa: F811
    done = run("record", "2026-03-02 GHA ratification", "--by", "one", "--signer", "R. Elphberg")
    assert (done.returncode, "are kept in a case" in done.stderr) == (2, True)
    assert entries(run) == 0
