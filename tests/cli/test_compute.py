"""`depositary compute`: the contract of its answer, and its acts read from a file."""

import json
from pathlib import Path

from depositary.settings import PROJECT
from tests.cli.conftest import Run, Write, forty

CLAUSES = str(PROJECT / "data/treaties/XVIII-16.toml")
ACTS = str(PROJECT / "data/instruments.csv")


def test_the_contract_of_the_answer(run: Run) -> None:
    done = run("compute", "--clauses", CLAUSES, "--instruments", ACTS, "--on", "2026-11-23", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    given = json.loads(done.stdout)
    assert given["on"] == "2026-11-23"
    assert given["treaty"]["id"] == "XVIII-16"
    assert given["entry_into_force"] == {
        "date": None,
        "provision": "65(1)",
        "required": 40,
        "counted": 0,
        "deposited": 0,
        "threshold_reached_on": None,
        "readings": [],
    }
    assert given["totals"] == {"signatories": 73, "contracting": 0, "parties": 0, "former_parties": 0}
    assert [row["code"] for row in given["participants"]] == sorted(row["code"] for row in given["participants"])
    assert next(row for row in given["participants"] if row["code"] == "GHA") == {
        "code": "GHA",
        "name": "Ghana",
        "kind": "state",
        "standing": "signatory",
        "signature": "2025-10-25",
        "consent": None,
        "counted": False,
        "entry_into_force": None,
        "provision": "65(1)",
        "denunciation": None,
        "ceases": None,
        "episodes": [],
        "amendments": [],
    }
    assert given["milestones"] == {
        "conference_by": None,
        "amendments_may_be_proposed_from": None,
        "protocol_quorum_reached_on": None,
    }
    assert given["open_readings"] == []


def test_the_fortieth_and_what_follows(run: Run, acts: Write) -> None:
    path = acts(*forty(), "XVIII-16,ZWE,accession,2027-05-01,,,,,,", "XVIII-16,AFG,denunciation,2028-02-29,,,,,,")
    done = run("compute", "--clauses", CLAUSES, "--instruments", path, "--on", "2028-03-01", "--format", "json")
    given = json.loads(done.stdout)
    assert given["entry_into_force"]["date"] == "2027-05-30"
    assert given["entry_into_force"]["counted"] == 41
    assert given["totals"]["parties"] == 41
    zwe = next(row for row in given["participants"] if row["code"] == "ZWE")
    assert (zwe["entry_into_force"], zwe["provision"], zwe["standing"]) == ("2027-05-31", "65(2)", "party")
    afg = next(row for row in given["participants"] if row["code"] == "AFG")
    assert afg["denunciation"] == {"received": "2028-02-29", "effective": "2029-02-28"}
    assert afg["ceases"] == "2029-02-28"
    assert {
        "name": "anniversary-of-29-february",
        "status": "open",
        "provision": "67(1)",
        "concerns": "ceases",
        "participant": "AFG",
        "date": "2029-02-28",
        "value": "2029-02-28",
        "otherwise": "2029-03-01",
        "ruling": None,
    } in given["open_readings"]


def test_later_acts_are_not_seen(run: Run, acts: Write) -> None:
    path = acts(*forty(), "XVIII-16,AFG,denunciation,2028-02-29,,,,,,")
    arguments = ("compute", "--clauses", CLAUSES, "--instruments", path, "--format", "json", "--on")
    assert json.loads(run(*arguments, "2027-02-28").stdout)["participants"] == []
    given = json.loads(run(*arguments, "2027-03-01").stdout)
    assert given["entry_into_force"]["date"] == "2027-05-30"
    assert given["totals"]["contracting"] == 40
    assert given["participants"][0]["denunciation"] is None


def test_an_irregular_act_is_named_by_its_row(run: Run, acts: Write) -> None:
    path = acts("XVIII-16,GHA,signature,2027-01-01,,,New York,,,")
    done = run("compute", "--clauses", CLAUSES, "--instruments", path, "--on", "2027-02-01", "--format", "json")
    (found,) = json.loads(done.stdout)["irregularities"]
    assert found.pop("message").startswith("Ghana ")
    assert found == {"row": 2, "code": "signature-outside-period", "severity": "refused", "provision": "64(1)"}


def test_a_file_without_acts(run: Run, acts: Write) -> None:
    done = run("compute", "--clauses", CLAUSES, "--instruments", acts(), "--format", "json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["participants"] == []


def test_ten_thousand_acts(run: Run, acts: Write) -> None:
    rows = [f"XVIII-16,GHA,declaration,2027-03-{1 + n % 28:02},,,,63(3),text {n}," for n in range(10_000)]
    done = run("compute", "--clauses", CLAUSES, "--instruments", acts(*rows), "--on", "2028-01-01", "--format", "json")
    assert done.returncode == 0
    assert len(json.loads(done.stdout)["participants"]) == 1


def test_faults_are_lines_of_their_own_and_nothing_else(run: Run, acts: Write) -> None:
    path = acts("XVIII-16,XXX,signature,2026-02-30,,,,,,", "XVIII-16,GHA,ratify,2026-02-03,,,,,,")
    done = run("compute", "--clauses", CLAUSES, "--instruments", path)
    assert (done.returncode, done.stdout) == (2, "")
    assert [line.split(": ")[:2] for line in done.stderr.splitlines()] == [
        ["acts.csv:2", "participant"],
        ["acts.csv:2", "date"],
        ["acts.csv:3", "action"],
    ]


def test_a_spreadsheet_takes_no_field_for_a_formula(run: Run, tmp_path: Path) -> None:
    rows = (PROJECT / "data/participants.csv").read_text(encoding="utf-8").replace("GHA,state,Ghana", "GHA,state,=1+1")
    (tmp_path / "participants.csv").write_text(rows, encoding="utf-8")
    arguments = ("compute", "--clauses", CLAUSES, "--instruments", ACTS, "--participants", "participants.csv")
    assert "GHA,'=1+1," in run(*arguments, "--format", "csv").stdout
