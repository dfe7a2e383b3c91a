"""Lines and tables of the command line: as wide as the terminal, and bold only there."""

import pytest

from depositary.cli import text_table
from depositary.cli.text_table import write_line, write_table

HEADS = ("Code", "Participant", "Consent")
ROWS = [("RUR", "Ruritania", "2027-03-01 ratification"), ("GRK", "United Duchies of Graustark and Borduria", "")]


def test_a_table_that_fits_has_a_line_for_each_row(capsys: pytest.CaptureFixture[str]) -> None:
    write_table(HEADS, ROWS)
    assert capsys.readouterr().out.splitlines() == [
        "Code  Participant                               Consent",
        "RUR   Ruritania                                 2027-03-01 ratification",
        "GRK   United Duchies of Graustark and Borduria",
    ]


def test_a_wide_cell_goes_on_beneath_itself(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_table, "width", lambda: 52)
    write_table(HEADS, ROWS)
    written = capsys.readouterr().out.splitlines()
    assert max(map(len, written)) <= 52
    for row in ROWS:
        for cell in row:
            assert all(any(word in line for line in written) for word in cell.split())
    assert [line[:4].strip() for line in written if line[:4].strip()] == ["Code", "RUR", "GRK"]
    assert len(written) > 3


def test_a_long_line_is_broken_at_a_space(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_table, "width", lambda: 20)
    write_line("  entered into force on 2027-03-01")
    write_line()
    assert capsys.readouterr().out == "  entered into force\non 2027-03-01\n\n"


def test_only_a_terminal_is_told_what_is_bold(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_line("Irregularities", bold=True)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    write_line("Irregularities", bold=True)
    monkeypatch.setenv("NO_COLOR", "1")
    write_line("Irregularities", bold=True)
    plain = "Irregularities\n"
    assert capsys.readouterr().out == f"{plain}\x1b[1mIrregularities\x1b[0m\n{plain}"
