"""The commands as a person calls them: answers, exit statuses, and a sentence for every fault."""

import csv
import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from depositary.settings import PROJECT

CLAUSES = str(PROJECT / "data/treaties/XVIII-16.toml")
ACTS = str(PROJECT / "data/instruments.csv")
Run = Callable[..., subprocess.CompletedProcess[str]]
Write = Callable[..., str]

HEADER = "treaty,participant,action,date,subject,effective,place,provision,text,source\n"


@pytest.fixture
def acts(tmp_path: Path) -> Write:
    def write(*rows: str) -> str:
        path = tmp_path / "acts.csv"
        path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
        return str(path)

    return write


def forty(day: str = "2027-03-01") -> list[str]:
    with (PROJECT / "data/participants.csv").open(encoding="utf-8") as file:
        codes = [row["code"] for row in csv.DictReader(file) if row["kind"] == "state" and not row["until"]]
    return [f"XVIII-16,{code},ratification,{day},,,,,," for code in codes[:40]]


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
        (("explain", "XXX"), "'XXX' is no participant"),
        (("relations", "GHA", "XXX"), "'XXX' is no participant"),
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


def test_what_if(run: Run) -> None:
    run("import", ACTS)
    done = run("whatif", "--act", "2027-03-01 GHA ratification", "--format", "json")
    given = json.loads(done.stdout)
    assert (done.returncode, given["on"]) == (0, "2027-03-01")
    assert given["entry_into_force"]["counted"] == 1
    assert {"concerns": "standing", "participant": "GHA", "before": "signatory", "after": "contracting"} in given[
        "changed"
    ]
    assert json.loads(run("status", "--format", "json").stdout)["entry_into_force"]["counted"] == 0
    refused = run("whatif", "--act", "2027-03-01 EU approval")
    assert refused.returncode == 1
    assert "refused" in refused.stdout


def test_explain_and_relations(run: Run, acts: Write) -> None:
    run("import", acts(*forty(), "XVIII-16,ZWE,accession,2027-05-01,,,,,,"))
    explained = run("explain", "ZWE", "--on", "2027-06-01")
    assert "31 May 2027" in explained.stdout
    assert "on the thirtieth day after the date of deposit" in " ".join(explained.stdout.replace("│", "").split())
    tree = json.loads(run("explain", "ZWE", "--on", "2027-06-01", "--format", "json").stdout)
    assert tree["findings"][0]["value"] == "party"
    rows = list(csv.DictReader(io.StringIO(run("explain", "ZWE", "--on", "2027-06-01", "--format", "csv").stdout)))
    assert rows[0]["about"] == "party"
    bound = run("relations", "AFG", "ZWE", "--on", "2027-06-01", "--format", "json")
    assert (bound.returncode, json.loads(bound.stdout)["since"]) == (0, "2027-05-31")
    assert run("relations", "AFG", "ZWE", "--on", "2027-05-30").returncode == 1


def test_explain_says_what_is_irregular_in_every_form(run: Run, acts: Write) -> None:
    run("import", acts("XVIII-16,GHA,signature,2026-05-04,,,,,,", "XVIII-16,GHA,denunciation,2027-05-03,,,,,,"))
    table = run("explain", "GHA", "--on", "2027-06-01").stdout
    assert "object and purpose" in " ".join(table.replace("│", "").split())
    assert "refused 2 " in table
    found = json.loads(run("explain", "GHA", "--on", "2027-06-01", "--format", "json").stdout)
    assert [one["about"] for one in found["findings"]] == [
        "signatory",
        "signatory-owes",
        "information-owed",
        "if-deposited",
    ]
    wrong = found["irregularities"]
    assert [(one["row"], one["code"], one["severity"]) for one in wrong] == [
        (2, "denunciation-by-non-party", "refused")
    ]
    rows = list(csv.DictReader(io.StringIO(run("explain", "GHA", "--on", "2027-06-01", "--format", "csv").stdout)))
    assert (rows[-1]["about"], rows[-1]["value"], rows[-1]["entries"]) == ("denunciation-by-non-party", "refused", "2")


def test_one_has_no_relation_to_itself(run: Run) -> None:
    done = run("relations", "GHA", "GHA")
    assert (done.returncode, done.stdout) == (2, "")
    assert "give two participants" in done.stderr


def test_votes(run: Run, acts: Write) -> None:
    run("import", acts(*forty()))
    day = ("--on", "2027-06-01")
    assert "40 votes can be cast" in run("votes", *day).stdout
    adopted = run("votes", *day, "--in-favour", "20", "--against", "10", "--abstaining", "5", "--format", "json")
    told = json.loads(adopted.stdout)
    assert (adopted.returncode, told["votes"], told["required"], told["adopted"]) == (0, 40, 20, True)
    assert told["provision"] == "66(1)"
    lost = run("votes", *day, "--matter", "protocol", "--in-favour", "19", "--against", "10")
    assert lost.returncode == 1
    assert "Not adopted: 19 in favour, 10 against" in lost.stdout
    assert run("votes", *day, "--organization", "GHA").returncode == 2
    rows = list(csv.DictReader(io.StringIO(run("votes", *day, "--format", "csv").stdout)))
    assert len(rows) == 40
    assert {row["votes"] for row in rows} == {"1"}


def test_a_spreadsheet_takes_no_field_for_a_formula(run: Run, tmp_path: Path) -> None:
    rows = (PROJECT / "data/participants.csv").read_text(encoding="utf-8").replace("GHA,state,Ghana", "GHA,state,=1+1")
    (tmp_path / "participants.csv").write_text(rows, encoding="utf-8")
    arguments = ("compute", "--clauses", CLAUSES, "--instruments", ACTS, "--participants", "participants.csv")
    assert "GHA,'=1+1," in run(*arguments, "--format", "csv").stdout


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
    assert (wrong.returncode, "is no status page" in wrong.stderr) == (2, True)
