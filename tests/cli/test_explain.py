"""`depositary explain`, `relations`, `votes` and `what-if`."""

import csv
import io
import json

from depositary.settings import PROJECT
from tests.cli.conftest import Run, Write, forty

ACTS = str(PROJECT / "data/instruments.csv")


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
