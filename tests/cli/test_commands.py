"""The commands as a person calls them: exit statuses, a sentence for every fault, and the way through the register."""

import csv
import io
import json
from pathlib import Path

import pytest

from depositary.settings import PROJECT
from tests.cli.conftest import Run, Write

CLAUSES = str(PROJECT / "data/treaties/XVIII-16.toml")
ACTS = str(PROJECT / "data/instruments.csv")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("compute", "--clauses", "none.toml", "--instruments", ACTS), "none.toml: cannot be read"),
        (("compute", "--clauses", CLAUSES, "--instruments", "none.csv"), "none.csv: cannot be read"),
        (("compute", "--clauses", CLAUSES, "--instruments", ACTS, "--on", "tomorrow"), "YYYY-MM-DD"),
        (("compute", "--clauses", ACTS, "--instruments", ACTS), "not a TOML file"),
        (("compute", "--clauses", CLAUSES), "--instruments"),
        (("status", "--treaty", "I-1"), "I-1: no such treaty here"),
        (("status", "--known-at", "2027-01-01"), "with its offset"),
        (("status", "--format", "xml"), "xml"),
        (("explain", "XXX"), "'XXX' is not a participant"),
        (("relations", "GHA", "XXX"), "'XXX' is not a participant"),
        (("whatif", "--act", "2027-03-01 GHA"), "write it as"),
        (("whatif", "--act", "2027-02-30 XXX ratify"), "not a day of the calendar"),
        (("import", "none.csv"), "none.csv: cannot be read"),
        (("nonsense",), "nonsense"),
    ],
)
def test_a_wrong_call_gets_a_sentence(run: Run, arguments: tuple[str, ...], said: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert said in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("DEPOSITARY_DATABSE_URL", "sqlite:///x", "DEPOSITARY_DATABSE_URL: no such setting"),
        ("DEPOSITARY_DATABASE_URL", "mysql://x", "DEPOSITARY_DATABASE_URL: allowed: a URL"),
        ("DEPOSITARY_DATA", "/nowhere", "DEPOSITARY_DATA: there is no folder"),
        ("DEPOSITARY_BASE_URL", "example.int", "DEPOSITARY_BASE_URL: allowed"),
        ("DEPOSITARY_SMTP_URL", "mail.example.int", "DEPOSITARY_SMTP_URL: allowed"),
    ],
)
def test_a_wrong_setting_stops_the_start(run: Run, setting: str, value: str, said: str) -> None:
    done = run("status", **{setting: value})
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(said)


def test_the_register_from_import_to_export(run: Run, tmp_path: Path) -> None:
    assert "77 recorded" in run("import", ACTS).stderr
    assert "0 recorded, 77 stood already" in run("import", ACTS).stderr
    assert "77 acts, no fault; 0 would be recorded" in run("import", ACTS, "--dry-run").stderr
    from_register = json.loads(run("status", "--on", "2026-11-23", "--format", "json").stdout)
    from_file = json.loads(
        run("compute", "--clauses", CLAUSES, "--instruments", ACTS, "--on", "2026-11-23", "--format", "json").stdout
    )
    assert from_register["participants"] == from_file["participants"]
    assert run("export").stdout == Path(ACTS).read_text(encoding="utf-8")
    before = run("status", "--known-at", "2020-01-01T00:00:00Z", "--format", "json")
    assert json.loads(before.stdout)["participants"] == []


def test_an_import_with_a_fault_records_nothing(run: Run, acts: Write) -> None:
    path = acts("XVIII-16,GHA,accession,2027-01-05,,,,,,", "XVIII-16,GHA,ratify,2027-01-05,,,,,,")
    assert run("import", path).returncode == 2
    assert json.loads(run("status", "--format", "json").stdout)["participants"] == []


def test_a_database_that_does_not_answer_gets_a_sentence(run: Run, tmp_path: Path) -> None:
    done = run("status", DEPOSITARY_DATABASE_URL="postgresql://127.0.0.1:1/none?connect_timeout=1")
    assert (done.returncode, done.stdout) == (3, "")
    assert "cannot be reached" in done.stderr
    assert "Nothing was recorded" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_each_answer_from_the_register_says_as_of_when(run: Run) -> None:
    assert run("import", ACTS).returncode == 0
    asked = [
        ("status",),
        ("explain", "Ghana"),
        ("relations", "GHA", "Viet Nam"),
        ("whatif", "--act", "2026-12-01 Viet Nam ratification"),
    ]
    for command in asked:
        table = run(*command, "--on", "2026-12-02").stdout
        assert "As of 2025-10-26, the last day for which acts are at hand" in table, command
        assert (
            json.loads(run(*command, "--on", "2026-12-02", "--format", "json").stdout)["complete_as_of"] == "2025-10-26"
        )
        rows = [*csv.DictReader(io.StringIO(run(*command, "--on", "2026-12-02", "--format", "csv").stdout))]
        assert {row["complete_as_of"] for row in rows} == {"2025-10-26"}, command
        assert "As of" not in run(*command, "--on", "2025-10-26").stdout or command[0] == "whatif"


PAGE = """<!DOCTYPE html><table>
<tr><th>Participant</th><th>Signature</th><th>Ratification, Acceptance(A), Accession(a)</th></tr>
<tr><td>Viet Nam</td><td>25 Oct 2025</td><td>2 Nov 2026</td></tr>
<tr><td>Ghana<sup>1</sup></td><td>25 Oct 2025</td><td>&nbsp;</td></tr>
</table>"""


def test_a_status_page_is_imported_and_compared_with_the_register(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "XVIII-16.html"
    page.write_text(PAGE, encoding="utf-8")
    treaty = ("--treaty", "XVIII-16", "--on", "2026-11-20")
    done = run("import", "--from", "untc", str(page), "--treaty", "XVIII-16")
    assert "3 acts, 3 recorded" in done.stderr
    assert "Viet Nam | ratification | 2 Nov 2026  =>  XVIII-16 VNM ratification 2026-11-02" in done.stderr
    same = run("compare", str(page), *treaty)
    assert (same.returncode, same.stdout) == (0, "No difference.\n")
    page.write_text(PAGE.replace("2 Nov", "3 Nov").replace("Ghana", "Peru"), encoding="utf-8")
    other = run("compare", "--from", "untc", str(page), *treaty, "--format", "csv")
    assert other.returncode == 1
    rows = [(row["participant"], row["what"]) for row in csv.DictReader(io.StringIO(other.stdout))]
    assert rows == [
        ("GHA", "only in the register"),
        ("PER", "only in the file"),
        ("VNM", "differs"),
    ]
    assert (
        "VNM  differs               entry 2: 2026-11-02 ratification / row 3: 2026-11-03"
        in run("compare", str(page), *treaty).stdout
    )
    exported = tmp_path / "acts.csv"
    run("export", str(exported))
    assert run("compare", str(exported), "--on", "2026-11-20").returncode == 0
    wrong = run("import", "--from", "untc", str(exported))
    assert (wrong.returncode, "is not a status page" in wrong.stderr) == (2, True)
