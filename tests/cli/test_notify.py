"""Notifications from the command line: drafted, issued, listed, as PDF, posted."""

import json
from pathlib import Path

from tests.cli.conftest import Run


def test_a_notification_is_drafted_issued_and_sent(run: Run, tmp_path: Path) -> None:
    assert run("record", "2026-03-02 GHA ratification", "--by", "Flora").returncode == 0
    drafted = run("notify", "draft", "1", "--language", "fr", "--format", "json")
    assert json.loads(drafted.stdout)[0]["event"] == "GHANA: RATIFICATION"
    issued = run("notify", "issue", "1", "--by", "Rudolf")
    assert issued.returncode == 0, issued.stderr
    reference = issued.stdout.strip()
    assert reference.startswith("C.N.1.")
    again = run("notify", "issue", "1", "--by", "Rudolf")
    assert (again.returncode, reference in again.stderr) == (1, True), "once"
    (row,) = json.loads(run("notify", "list", "--format", "json").stdout)
    assert (row["reference"], row["kind"], row["entry"]) == (reference, "consent", 1)
    assert run("notify", "pdf", reference, "--language", "zh", "--output", str(tmp_path / "x.pdf")).returncode == 0
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF")
    sent = run("notify", "send", reference, "--by", "Rudolf")
    assert (sent.returncode, "0 posted" in sent.stderr) == (0, True)
    assert run("verify").returncode == 0


def test_what_is_wrong_is_said(run: Run) -> None:
    assert run("migrate").returncode == 0
    for arguments, said in (
        (("issue", "9"), "9: there is no such entry"),
        (("pdf", "C.N.9.2027.TREATIES-I.1"), "no notification has this reference"),
        (("draft", "9", "--language", "xx"), "allowed: en, fr"),
    ):
        done = run("notify", *arguments)
        assert done.returncode == 2
        assert said in done.stderr
        assert "Traceback" not in done.stderr
