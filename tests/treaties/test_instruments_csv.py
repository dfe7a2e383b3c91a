"""A file of acts is taken whole or refused whole, every fault on its line."""

import io
from pathlib import Path

import pytest

from depositary.errors import BadInput
from depositary.law.acts import COLUMNS, LATER_COLUMNS
from depositary.settings import PROJECT
from depositary.treaties import instruments_csv
from depositary.treaties.collection import Collection, load_collection
from depositary.treaties.instruments_csv import read_acts, write_acts

HEADER = ",".join(COLUMNS[: -len(LATER_COLUMNS)])


@pytest.fixture(scope="module")
def collection() -> Collection:
    return load_collection(PROJECT / "data")


def faults(tmp_path: Path, collection: Collection, content: str | bytes, only_treaty: str = "") -> tuple[str, ...]:
    path = tmp_path / "acts.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(BadInput) as refused:
        read_acts(path, collection.participants, collection.treaties, only_treaty)
    return refused.value.faults


THIRTY = [
    ("XVIII-99,GHA,signature,2026-01-05,,,,,,", "treaty"),
    (",GHA,signature,2026-01-05,,,,,,", "treaty"),
    ("XVIII-16,XXX,signature,2026-01-05,,,,,,", "participant"),
    ("XVIII-16,gha,signature,2026-01-05,,,,,,", "participant"),
    ("XVIII-16,Ghana,signature,2026-01-05,,,,,,", "participant"),
    ("XVIII-16,,signature,2026-01-05,,,,,,", "participant"),
    ("XVIII-16,GHA,ruling,2026-01-05,done-likewise,,,,default,", "participant"),
    ("XVIII-16,GHA,amendment adoption,2026-01-05,amendment:A1,,,,,", "participant"),
    ("XVIII-16,GHA,ratify,2026-01-05,,,,,,", "action"),
    ("XVIII-16,GHA,Ratification,2026-01-05,,,,,,", "action"),
    ("XVIII-16,GHA,,2026-01-05,,,,,,", "action"),
    ("XVIII-16,GHA,signature,,,,,,,", "date"),
    ("XVIII-16,GHA,signature,05/01/2026,,,,,,", "date"),
    ("XVIII-16,GHA,signature,2026-02-30,,,,,,", "date"),
    ("XVIII-16,GHA,signature,2026-1-5,,,,,,", "date"),
    ("XVIII-16,GHA,signature,46027,,,,,,", "date"),
    ("XVIII-16,GHA,signature,0001-01-01,,,,,,", "date"),
    ("XVIII-16,GHA,signature,2026-01-05T10:00,,,,,,", "date"),
    ("XVIII-16,GHA,succession,2026-01-05,,yesterday,,,,", "effective"),
    ("XVIII-16,GHA,ratification,2026-01-05,,2026-01-01,,,,", "effective"),
    ("XVIII-16,GHA,ratification,2026-01-05,A1,,,,,", "subject"),
    ("XVIII-16,,amendment adoption,2026-01-05,,,,,,", "subject"),
    ("XVIII-16,GHA,amendment proposal,2026-01-05,,,,,,", "subject"),
    ("XVIII-16,,ruling,2026-01-05,no-such-reading,,,,default,", "subject"),
    ("XVIII-16,,ruling,2026-01-05,done-likewise,,,,perhaps,", "text"),
    ("XVIII-16,,ruling,2026-01-05,signature-until-is-inclusive,,,,otherwise,", "text"),
    ("XVIII-16,GHA,reservation,2026-01-05,,,,§63,,", "provision"),
    ("XVIII-16,GHA,signature,2026-01-05,,,Ha\u202enoi,,,", "place"),
    ("XVIII-16,GHA,signature,2026-01-05,,,Ha\x00noi,,,", "place"),
    ("XVIII-16,GHA,signature,2026-01-05,,,Que\u0301bec,,,", "place"),
    ("XVIII-16,GHA,signature,2026-01-05,,,,,,,surplus", "row"),
    ("XVIII-16,GHA,signature,2026-01-05", "row"),
    (f"XVIII-16,GHA,declaration,2026-01-05,,,,,{'x' * 200_001},", "text"),
]


def test_every_fault_of_a_file_is_named_with_its_row_and_column(tmp_path: Path, collection: Collection) -> None:
    found = faults(tmp_path, collection, "\n".join([HEADER, *(row for row, _ in THIRTY)]) + "\n")
    assert [fault.split(": ")[:2] for fault in found] == [
        [f"acts.csv:{line}", column] for line, (_, column) in enumerate(THIRTY, 2)
    ]


def test_a_row_may_have_several_faults(tmp_path: Path, collection: Collection) -> None:
    found = faults(tmp_path, collection, f"{HEADER}\nXVIII-99,XXX,ratify,never,,,,,,\n")
    assert [fault.split(": ")[1] for fault in found] == ["treaty", "action", "participant", "date"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "acts.csv:1: treaty: this column is missing"),
        (HEADER.replace("date,", "").encode(), "acts.csv:1: date: this column is missing"),
        (f"{HEADER},note".encode(), "acts.csv:1: note: is not a column"),
        (f"{HEADER},date".encode(), "acts.csv:1: date: stands twice"),
        (b"\xef\xbb\xbf" + HEADER.encode(), "byte order mark"),
        (HEADER.encode("utf-16"), "acts.csv:1: file: is not UTF-8"),
        (
            f"{HEADER}\nXVIII-16,CIV,signature,2026-01-05,,,C\xf4te,,,\n".encode("latin-1"),
            "acts.csv:2: file: is not UTF-8",
        ),
        (f'{HEADER}\nXVIII-16,GHA,signature,2026-01-05,,,"Hanoi,,,\nmore\n'.encode(), "never closed"),
        (f"{HEADER}\nXVIII-16,GHA,declaration,2026-01-05,,,,,{'x' * 400_001},\n".encode(), "longer than"),
    ],
)
def test_what_is_no_table_of_acts_is_refused_in_a_sentence(
    tmp_path: Path, collection: Collection, content: bytes, said: str
) -> None:
    assert any(said in fault for fault in faults(tmp_path, collection, content))


def test_territories_are_named_in_the_text(tmp_path: Path, collection: Collection) -> None:
    """One that names none is an instrument with a defect, which is examined, and no malformed file."""
    path, out = tmp_path / "acts.csv", io.StringIO()
    path.write_text(
        f'{HEADER}\nXVIII-16,GHA,territorial application,2026-01-05,,,,,"The Isles\nof Zenda",C.N.1.2026\n'
        "XVIII-16,GHA,territorial application,2026-01-06,,,,,,\n"
    )
    named, unnamed = read_acts(path, collection.participants, collection.treaties)
    assert (named.action, named.text, unnamed.text) == ("territorial application", "The Isles\nof Zenda", "")
    write_acts([named, unnamed], out)
    assert out.getvalue() == path.read_text()
    (said,) = faults(tmp_path, collection, f"{HEADER}\nXVIII-16,GHA,territory,2026-01-05,,,,,,\n")
    assert "'territory' is not an action; allowed: " in said
    assert "territorial application" in said


def test_a_file_that_is_not_there(tmp_path: Path, collection: Collection) -> None:
    with pytest.raises(BadInput, match="cannot be read: No such file"):
        read_acts(tmp_path / "none.csv", collection.participants, collection.treaties)


def test_the_treaty_may_be_left_out_beside_one_clause_file(tmp_path: Path, collection: Collection) -> None:
    path = tmp_path / "acts.csv"
    path.write_text(HEADER.removeprefix("treaty,") + "\nGHA,signature,2025-10-25,,,Hanoi,,,\n")
    (act,) = read_acts(path, collection.participants, collection.treaties, "XVIII-16")
    assert (act.treaty, act.number) == ("XVIII-16", 2)
    assert "treaty: this column is missing" in faults(tmp_path, collection, path.read_text())[0]


def test_the_number_of_an_act_is_the_line_it_begins_on(tmp_path: Path, collection: Collection) -> None:
    path = tmp_path / "acts.csv"
    path.write_text(
        f'{HEADER}\nXVIII-16,GHA,declaration,2026-01-05,,,,,"two\nlines",\n\nXVIII-16,GHA,accession,2026-01-05,,,,,,\n'
    )
    assert [act.number for act in read_acts(path, collection.participants, collection.treaties)] == [2, 5]


def test_the_real_acts_read_back_byte_for_byte(collection: Collection) -> None:
    path = PROJECT / "data/instruments.csv"
    out = io.StringIO()
    write_acts(read_acts(path, collection.participants, collection.treaties), out)
    assert out.getvalue() == path.read_text()


def test_a_described_text_is_taken_as_it_is_written() -> None:
    text = "See https://example.int/?a=1 x=y"
    assert instruments_csv._pairs(f"place=New York text={text} source=NV 7=8") == [
        ("place", "New York"),
        ("text", text),
        ("source", "NV 7=8"),
    ]
    assert instruments_csv._pairs("colour=red") == [("colour", "red")]
