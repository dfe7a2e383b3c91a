"""The register from the command line: one act at a time, its proof, its backup."""

import json
import stat
from functools import partial
from pathlib import Path

import pytest

from depositary.law.acts import COLUMNS, LATER_COLUMNS
from depositary.register.heads import Keys
from depositary.register.store import Store
from tests.cli.conftest import Run
from tests.register.forging import forge
from tests.stores import ON_BOTH

SIGNED = "2025-10-25 GHA signature place=Hanoi"


@pytest.fixture
def recorded(run: Run, database: str) -> Run:
    """Two entries: a signature, and a ratification that is rectified by a third."""
    run = partial(run, DEPOSITARY_DATABASE_URL=database)
    assert run("record", SIGNED, "--by", "Flora", "--received", "2025-10-25T09:30:00+07:00").returncode == 0
    assert run("record", "2026-03-02 GHA ratification", "--by", "Flora", "--key", "form 1").returncode == 0
    done = run("rectify", "2", "2026-03-03 GHA ratification", "--reason", "misread", "--by", "Rudolf")
    assert (done.returncode, done.stdout) == (0, "")
    assert "Entry 2 is rectified by entry 3." in done.stderr
    return run


def test_an_act_is_examined_and_says_what_it_changes(run: Run) -> None:
    done = run("record", "2026-03-02 GHA ratification")
    assert done.returncode == 0
    assert "warning: Ghana" in done.stderr
    assert "changes:" in done.stderr
    assert "Recorded as entry 1." in done.stderr
    assert json.loads(run("status", "--format", "json").stdout)["entry_into_force"]["counted"] == 1


def test_an_act_says_what_it_makes_irregular_elsewhere(run: Run) -> None:
    """The reservation of a signature lapses where it is not repeated (VCLT 23(2))."""
    reservation = "2025-10-25 GHA reservation provision=42(5)"
    assert [run("record", act).returncode for act in (SIGNED, reservation)] == [0, 0]
    line = "when signing on 25 October 2025; it should confirm it formally (VCLT 23(2))."
    supposed = run("whatif", "--act", "2026-03-02 GHA ratification")
    recorded = run("record", "2026-03-02 GHA ratification")
    for said in (" ".join(supposed.stdout.split()), recorded.stderr):
        assert "warning for entry 2: Ghana " in said
        assert line in said


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ("2999-01-01 GHA accession", "an act is recorded when it is done"),
        ("2026-03-02 GHA denunciation", "the act has no legal effect"),
    ],
)
def test_an_act_without_effect_is_not_recorded(run: Run, act: str, said: str) -> None:
    done = run("record", act)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr
    assert "the register is empty" in run("head").stderr


def test_a_defective_act_may_be_recorded_all_the_same(run: Run) -> None:
    assert run("record", "2026-03-02 GHA denunciation", "--anyway").returncode == 0
    assert [one["code"] for one in json.loads(run("status", "--format", "json").stdout)["irregularities"]] == [
        "denunciation-by-non-party"
    ]


def test_the_history_of_an_entry_and_what_was_known_before(recorded: Run) -> None:
    rows = json.loads(recorded("history", "2", "--format", "json").stdout)
    assert [(row["entry"], row["date"], row["recorded_by"]) for row in rows] == [
        (2, "2026-03-02", "Flora"),
        (3, "2026-03-03", "Rudolf"),
    ]
    first = json.loads(recorded("history", "1", "--format", "json").stdout)[0]
    assert first["received_at"] == "2025-10-25T09:30:00+07:00"
    known = recorded("status", "--known-at", rows[0]["recorded_at"], "--format", "json")
    now = recorded("status", "--format", "json")
    dates = [json.loads(one.stdout)["participants"][0]["consent"]["date"] for one in (known, now)]
    assert dates[1] == "2026-03-03"
    assert recorded("history", "9").returncode == 2


def test_the_same_request_is_carried_out_once(recorded: Run) -> None:
    again = recorded("record", "2026-03-02 GHA ratification", "--by", "Flora", "--key", "form 1")
    assert "Recorded as entry 2." in again.stderr
    assert "already" in recorded("record", SIGNED).stderr
    assert recorded("record", SIGNED).returncode == 1
    assert len(recorded("export").stdout.splitlines()) == 3


def test_strike_and_note(recorded: Run) -> None:
    assert "struck out by entry 4" in recorded("strike", "3", "--reason", "in error").stderr
    assert recorded("strike", "3", "--reason", "again").returncode == 1
    noted = recorded("note", "1", "--reference", "C.N.1.2025", "--notified", "2025-11-03")
    assert (noted.returncode, "Noted of entry 1" in noted.stderr) == (0, True)
    assert json.loads(recorded("history", "1", "--format", "json").stdout)[1]["notification"] == "C.N.1.2025"


def test_verify_names_the_first_entry_that_does_not_hold(recorded: Run, tmp_path: Path) -> None:
    import sqlite3

    done = recorded("verify")
    assert (done.returncode, "3 entries" in done.stdout + done.stderr) == (0, True)
    kept = tmp_path / "head.json"
    kept.write_text(recorded("head").stdout)
    assert recorded("verify", "--head", str(kept)).returncode == 0
    connection = sqlite3.connect(tmp_path / "register.sqlite")
    (trigger,) = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'entry' AND sql LIKE '%UPDATE%'"
    ).fetchone()
    connection.execute(f"DROP TRIGGER {trigger}")
    connection.execute("UPDATE entry SET content = replace(content, '2026-03-02', '2026-01-02') WHERE number = 2")
    connection.commit()
    done = recorded("verify")
    assert done.returncode == 1
    assert "entry 2: its content is not what was recorded" in done.stdout + done.stderr


def test_backup_destroy_restore(recorded: Run, tmp_path: Path) -> None:
    kept, copy = tmp_path / "head.json", tmp_path / "register.backup"
    kept.write_text(recorded("head").stdout)
    assert recorded("backup", str(copy)).returncode == 0
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    lines = [line for line in copy.read_text(encoding="utf-8").splitlines() if not line.startswith(("line ", "seal "))]
    assert recorded("dump").stdout.splitlines()[:-1] == lines[:-1]  # the desk is empty; the last line is a digest
    status = recorded("status", "--format", "json", "--known-at", "2100-01-01T00:00:00Z").stdout
    for file in tmp_path.glob("register.sqlite*"):
        file.unlink()
    done = recorded("restore", str(copy), "--head", str(kept))
    assert (done.returncode, "3 entries restored, all holds" in done.stderr) == (0, True)
    assert recorded("status", "--format", "json", "--known-at", "2100-01-01T00:00:00Z").stdout == status
    assert recorded("restore", str(copy)).returncode == 2


def test_a_backup_older_than_the_head_kept_outside_is_named(recorded: Run, tmp_path: Path) -> None:
    kept, copy = tmp_path / "head.json", tmp_path / "register.backup"
    recorded("backup", str(copy))
    recorded("strike", "3", "--reason", "in error")
    kept.write_text(recorded("head").stdout)
    for file in tmp_path.glob("register.sqlite*"):
        file.unlink()
    done = recorded("restore", str(copy), "--head", str(kept))
    assert done.returncode == 1
    assert "tells of 4 entries, and there are 3: this register is older" in done.stderr


def test_a_new_key(recorded: Run) -> None:
    (first,) = json.loads(recorded("keys", "list").stdout)
    assert recorded("keys", "rotate").returncode == 0
    old, new = json.loads(recorded("keys", "list").stdout)
    assert (old, new["vouched_by"], new["since"]) == (first, first["key"], 3)
    assert recorded("verify").returncode == 0


@ON_BOTH
def test_nothing_is_recorded_in_a_register_that_does_not_hold(recorded: Run, database: str, tmp_path: Path) -> None:
    """Refused in a sentence by every command that records, until it verifies again."""
    acts = tmp_path / "acts.csv"
    acts.write_text(recorded("export").stdout, encoding="utf-8")
    store = Store(database, Keys(tmp_path / "var/keys"))
    forge(store, '"Hanoi"', '"Ha Noi"')
    for command in (
        ("record", "2026-03-04 BRA signature", "--anyway"),
        ("rectify", "3", "2026-03-04 GHA ratification", "--reason", "misread"),
        ("strike", "3", "--reason", "never done"),
        ("note", "3", "--published", "2026-03-05"),
        ("import", str(acts)),
        ("notify", "issue", "3", "--by", "Rudolf"),
    ):
        refused = recorded(*command)
        assert refused.returncode == 1, command
        assert "entry 1: its content is not what was recorded" in refused.stderr
        assert "No entry is accepted until it does" in refused.stderr
    forge(store, '"Ha Noi"', '"Hanoi"')
    store.close()
    assert recorded("strike", "3", "--reason", "never done").returncode == 0


def test_a_second_import_changes_nothing_silently(run: Run, tmp_path: Path) -> None:
    head = ",".join(COLUMNS[: -len(LATER_COLUMNS)])
    file, changed = tmp_path / "acts.csv", tmp_path / "changed.csv"
    file.write_text(f"{head}\nXVIII-16,GHA,signature,2025-10-25,,,Hanoi,,,C.N.1\n", encoding="utf-8")
    changed.write_text(
        f"{head}\nXVIII-16,GHA,signature,2025-10-26,,,Hanoi,,,C.N.2\nXVIII-16,GHA,ratification,2026-03-02,,,,,,\n",
        encoding="utf-8",
    )
    run("import", str(file))
    said = run("import", str(changed), "--dry-run").stderr
    assert "2 acts, no fault; 1 would be recorded" in said
    assert "line 2, XVIII-16 GHA signature 2025-10-26: differs from entry 1 in: date, source; not recorded" in said
    said = run("import", str(changed)).stderr
    assert "2 acts, 1 recorded, 0 stood already" in said
    assert "not recorded" in said
    assert run("export").stdout.count("signature") == 1
    said = run("import", str(changed), "--rectify").stderr
    assert "2 acts, 0 recorded, 1 stood already" in said
    assert "differs from entry 1 in: date, source; rectified" in said
    assert run("export").stdout.splitlines()[1:] == [
        "XVIII-16,GHA,ratification,2026-03-02,,,,,,",
        "XVIII-16,GHA,signature,2025-10-26,,,Hanoi,,,C.N.2",
    ]
    assert "2 stood already" in run("import", str(changed)).stderr


def test_a_file_as_people_have_it_is_shown_and_recorded(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "November.csv"
    file.write_text("State;Action;Date\nGhana;Ratification;27/11/2026\nKorea;A;28/11/2026\n", encoding="utf-8")
    refused = run("import", str(file))
    assert refused.returncode == 2
    assert [line.split(": ")[:2] for line in refused.stderr.splitlines()] == [
        ["November.csv:1", "treaty"],
        ["November.csv:3", "participant"],
    ]
    means = ("--treaty", "XVIII-16", "--means", "Korea=KOR")
    shown = run("import", str(file), *means, "--dry-run")
    assert "row 2: Ghana | Ratification | 27/11/2026  =>  XVIII-16 GHA ratification 2026-11-27" in shown.stderr
    assert "2 acts, no fault; 2 would be recorded. Nothing was." in shown.stderr
    told = json.loads(run("import", str(file), *means, "--dry-run", "--format", "json").stdout)
    assert [(row["row"], row["becomes"], row["participant"], row["written_participant"]) for row in told] == [
        (2, "new", "GHA", "Ghana"),
        (3, "new", "KOR", "Korea"),
    ]
    done = run("import", str(file), *means)
    assert "XVIII-16 KOR acceptance 2026-11-28" in done.stderr
    assert "2 acts, 2 recorded" in done.stderr
    assert run("export").stdout.splitlines()[1:] == [
        "XVIII-16,GHA,ratification,2026-11-27,,,,,,",
        "XVIII-16,KOR,acceptance,2026-11-28,,,,,,",
    ]
    told = json.loads(run("import", str(file), *means, "--dry-run", "--format", "json").stdout)
    assert {row["becomes"] for row in told} == {"stands already"}


def test_a_file_to_fill_in(run: Run) -> None:
    assert run("template").stdout == ",".join(COLUMNS) + "\n"


@pytest.mark.parametrize(("option", "said"), [("--encoding=klingon", "no such encoding"), ("--means=x", "write it as")])
def test_what_an_import_is_told_is_checked(run: Run, tmp_path: Path, option: str, said: str) -> None:
    refused = run("import", str(tmp_path / "acts.csv"), option)
    assert (refused.returncode, said in refused.stderr) == (2, True)
