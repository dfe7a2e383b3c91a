"""`depositary treaty check`: what a clause file means, and worked examples a lawyer can confirm."""

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from depositary.cli.main import app
from depositary.law.examination import Irregularity
from depositary.law.examples import Example, examples
from depositary.law.findings import Value
from depositary.settings import PROJECT
from depositary.treaties.clause_files import load_clauses, read_clauses

Run = Callable[..., subprocess.CompletedProcess[str]]

TREATIES = PROJECT / "data/treaties"
FILES = sorted(TREATIES.glob("*.toml"))


def written(tmp_path: Path, body: str, name: str = "I-1") -> Path:
    file = tmp_path / f"{name}.toml"
    file.write_text(f'id = "{name}"\ntitle = "A treaty"\n{body}', encoding="utf-8")
    return file


ENTRY = """
[entry_into_force]
provision = "10(1)"
instruments = 3
after = {after}
{more}
[entry_into_force.participant]
provision = "10(2)"
after = {{ days = 30 }}
"""


def worked(after: str, more: str = "") -> dict[str, Example]:
    clauses = read_clauses(f'id = "I-1"\ntitle = "T"\n{ENTRY.format(after=after, more=more)}', "I-1.toml")
    return {one.about: one for one in examples(clauses)}


def values(example: Example) -> Iterator[Value]:
    for line in example.lines:
        yield line.follows.code if isinstance(line.follows, Irregularity) else line.follows.value


def days(example: Example) -> list[str]:
    return [str(value) for value in values(example)]


@pytest.mark.parametrize(
    ("after", "threshold", "leap", "ends_of_months"),
    [
        ("{ days = 90 }", "2027-05-30", "2028-05-29", None),
        ("{ months = 3 }", "2027-06-01", "2028-05-29", ["2027-11-30", "2028-02-29", "2028-04-30"]),
        ("{ years = 1 }", "2028-03-01", "2029-02-28", None),
        ('{ days = 60, on = "first of month following" }', "2027-05-01", "2028-05-01", None),
        (
            '{ months = 3, on = "first of month following" }',
            "2027-07-01",
            "2028-06-01",
            ["2027-12-01", "2028-03-01", "2028-05-01"],
        ),
        (
            '{ months = 6, on = "first of month" }',
            "2027-09-01",
            "2028-08-01",
            ["2028-02-01", "2028-05-01", "2028-07-01"],
        ),
    ],
)
def test_every_form_of_period_is_worked(
    after: str, threshold: str, leap: str, ends_of_months: list[str] | None
) -> None:
    found = worked(after)
    assert days(found["threshold"]) == [threshold, threshold]
    assert days(found["29 February"])[0] == leap
    assert ("end of month" in found) == (ends_of_months is not None)
    if ends_of_months:
        assert days(found["end of month"]) == ends_of_months
    assert days(found["one short"]) == ["None"]


def test_those_that_deposit_later() -> None:
    assert days(worked("{ days = 90 }")["later deposits"]) == [
        "2027-05-30",
        "2027-05-30",
        "2027-06-28",
        "2027-06-29",
        "2027-06-30",
        "2028-08-02",
    ]


def test_an_organization_counted_and_not() -> None:
    assert days(worked("{ days = 90 }")["organization"]) == ["None"]
    assert days(worked("{ days = 90 }", "reio_counted = true")["organization"]) == ["2027-05-30"]


def test_a_day_before_which_it_cannot_enter_into_force() -> None:
    found = worked("{ days = 90 }", "not_before = 1989-01-01")
    assert days(found["not before day"]) == ["1989-01-01"]
    waiting = worked("{ days = 90 }", 'not_before_treaty = "I-2"')
    assert days(waiting["not before treaty"]) == ["2027-05-30", "2028-04-04", "None"]


def test_a_treaty_without_a_date_has_only_signature(tmp_path: Path) -> None:
    file = written(tmp_path, "[[signature.period]]\nfrom = 2027-01-01\nuntil = 2027-01-31\n")
    (only,) = examples(load_clauses(file))
    assert (only.about, list(values(only))) == ("signature", ["signatory", "signature-outside-period"])


def test_a_protocol_without_its_convention() -> None:
    clauses = read_clauses(
        f'id = "I-1-a"\ntitle = "T"\nparent = "I-1"\n{ENTRY.format(after="{ days = 9 }", more="")}', "f"
    )
    convention = read_clauses(f'id = "I-1"\ntitle = "T"\n{ENTRY.format(after="{ days = 9 }", more="")}', "f")
    found = {one.about: one for one in examples(clauses, convention)}
    assert list(values(found["convention"])) == ["protocol-party-not-convention-party"]
    assert days(found["threshold"]) == ["2027-03-10", "2027-03-10"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_clause_file_here_is_in_order(file: Path) -> None:
    done = CliRunner().invoke(app, ["treaty", "check", str(file), "--format", "json"])
    assert (done.exit_code, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    remarks = [one for one in told["remarks"] if not one.startswith(KNOWN.get(file.stem, ("nothing",)))]
    assert remarks == []
    assert {one["about"] for one in told["examples"]} >= {"One more instrument is required", "29 February"}
    assert all(line["follows"].endswith(".") for one in told["examples"] for line in one["lines"])


KNOWN = {
    "IV-11-b": ("parent: IV-11 ",),
    "IV-11-d": ("parent: IV-11 ", "provisions: quotes no words of 22(1)"),
}
"""The Convention on the Rights of the Child has no clause file here;
the words of IV-11-d, article 22, were not found."""


def test_what_the_file_means_is_told(run: Run) -> None:
    done = run("treaty", "check", str(TREATIES / "XVIII-16.toml"))
    said = " ".join(done.stdout.split())
    assert (
        "It enters into force on the 90th day after the day on which the 40th instrument is deposited. (65(1))" in said
    )
    assert "→ The Convention enters into force on 30 May 2027, the 90th day after 1 March 2027" in said
    assert "It ends participation in the protocols on the same day. (67(3))" in said
    assert said.endswith("Remarks none")


def test_remarks_name_what_is_missing(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path, 'parent = "I-0"\n' + ENTRY.format(after="{ days = 90 }", more='not_before_treaty = "I-9"'))
    (tmp_path / "I-1.md").write_text("Nothing.", encoding="utf-8")
    file.write_text(
        file.read_text(encoding="utf-8") + '[provisions]\n"10(2)" = "on the thirtieth day"\n', encoding="utf-8"
    )
    done = run("treaty", "check", str(file))
    assert done.returncode == 0
    said = " ".join(done.stdout.split())
    for expected in (
        "provisions.10(2): these words do not stand in I-1.md.",
        "provisions: quotes no words of 10(1), which is cited.",
        "parent: I-0 has no clause file beside this one",
        "not_before_treaty: I-9 has no clause file beside this one",
        "chapter: is not given",
    ):
        assert expected in said


def test_a_faulty_file_is_refused_with_every_fault(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path, "[entry_into_force]\nprovision = 1\ninstruments = 0\nafter = { weeks = 2 }\n")
    done = run("treaty", "check", str(file))
    assert done.returncode == 2
    assert [line.partition(": ")[2].partition(":")[0] for line in done.stderr.splitlines()] == [
        "entry_into_force.provision",
        "entry_into_force.instruments",
        "entry_into_force.after.weeks",
    ]


def test_as_csv(run: Run) -> None:
    done = run("treaty", "check", str(TREATIES / "XVIII-16.toml"), "--format", "csv")
    lines = done.stdout.splitlines()
    assert lines[0] == "part,given,follows"
    assert (
        "means,65(1),It enters into force on the 90th day after the day on which the 40th instrument is deposited."
        in lines
    )
