"""A clause file is checked whole: every fault named, with its key."""

from datetime import date
from pathlib import Path

import pytest

from depositary.errors import BadInput
from depositary.settings import PROJECT
from depositary.treaties.clause_files import load_clauses, read_clauses


def faults(text: str) -> tuple[str, ...]:
    with pytest.raises(BadInput) as refused:
        read_clauses(text, "T.toml")
    return refused.value.faults


def test_every_fault_is_named_with_its_key() -> None:
    assert faults(
        """
        id = "X 1"
        titel = "x"
        adopted = "2024-12-24"
        [[signature.period]]
        from = 2026-01-01
        until = 2025-01-01
        [consent]
        actions = ["signature"]
        [entry_into_force]
        provision = "1"
        instruments = "forty"
        after = { days = 90, months = 3 }
        [denunciation]
        provision = "67(1)"
        after = { years = 1, on = "first of month" }
        """
    ) == (
        "T.toml: id: allowed: letters and digits joined by hyphens, as XVIII-16",
        "T.toml: title: is missing",
        "T.toml: adopted: must be a date written without quotes, as 2025-10-25",
        "T.toml: signature.period[1]: until lies before from",
        "T.toml: consent.actions: signature: not an act of consent; allowed: ratification, acceptance, approval, "
        "accession, succession, formal confirmation, definitive signature",
        "T.toml: entry_into_force.instruments: must be a whole number",
        "T.toml: entry_into_force.after: give exactly one of days, months and years",
        'T.toml: denunciation.after: on = "first of month following" goes with days or months, '
        '"first of month" with months',
        "T.toml: titel: is not a key of a clause file",
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id = ", "T.toml: not a TOML file"),
        ('id = "T-1"\ntitle = ""', "T.toml: title: is empty"),
        ('id = "T-1"\ntitle = "T"\nsignature = { period = [] }', "T.toml: signature.period: needs one entry at least"),
        (
            'id = "T-1"\ntitle = "T"\n[entry_into_force]\nprovision = "1"',
            "T.toml: entry_into_force.instruments: is missing",
        ),
        ('id = "T-1"\ntitle = "T"\nregistration = { number = 7 }', "T.toml: registration.on: is missing"),
        (
            'id = "T-1"\ntitle = "T"\nregistration = { number = "I-7", on = 2026-01-01 }',
            "T.toml: registration.number: must be a whole number",
        ),
        ('id = "T-1"\ntitle = "T"\nreio = 3', "T.toml: reio: must be a table"),
        (
            'id = "T-1"\ntitle = "T"\n[denunciation]\nprovision = "1"\nafter = { months = 0, on = "first of month" }',
            'T.toml: denunciation.after: on = "first of month" needs one month at least',
        ),
    ],
)
def test_a_fault_is_a_sentence(text: str, said: str) -> None:
    assert any(fault.startswith(said) for fault in faults(text))


def test_a_table_left_out_is_a_rule_that_does_not_exist() -> None:
    clauses = read_clauses('id = "T-1"\ntitle = "T"', "T.toml")
    for table in (clauses.signature, clauses.entry_into_force, clauses.denunciation, clauses.amendment):
        assert table is None
    assert clauses.words("1") == ""
    assert clauses.name == "T"


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        load_clauses(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes('title = "Traité"'.encode("latin-1"))
    with pytest.raises(BadInput, match="is not UTF-8"):
        load_clauses(tmp_path / "latin.toml")


def test_the_convention_reads_as_it_is_written() -> None:
    clauses = load_clauses(PROJECT / "data/treaties/XVIII-16.toml")
    entry, leaving = clauses.entry_into_force, clauses.denunciation
    assert entry is not None
    assert entry.participant is not None
    assert leaving is not None
    assert (entry.instruments, entry.after.period.after(date(2027, 3, 1))) == (40, date(2027, 5, 30))
    assert (entry.participant.provision, entry.reio_counted) == ("65(2)", False)
    assert leaving.after.period.after(date(2028, 2, 29)) == date(2029, 2, 28)
