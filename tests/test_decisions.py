"""The decisions: each has its headings, its date and its line in the index, and what the documents name exists."""

import ast
import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from depositary.settings import PROJECT

FOLDER = PROJECT / "docs" / "decisions"
RECORDS = sorted(FOLDER.glob("[0-9]*.md"))
HEADINGS = ["Context", "Decision", "Alternatives", "Consequences", "Enforced by"]
DOCUMENTS = [*RECORDS, FOLDER / "README.md", PROJECT / "CONTRIBUTING.md", PROJECT / "README.md"]

NAMED = re.compile(
    r"`((?:depositary|templates|tests|docs|data|benchmarks)/[^\s`]*|[^\s`/]+\.(?:md|toml|lock)|Makefile)`"
)
LINKED = re.compile(r"\]\(([^)#:]+)\)")
NEVER_HERE = {"FILE.toml"}


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.stem)
def test_a_record_has_its_headings_and_a_date(record: Path) -> None:
    text = record.read_text(encoding="utf-8")
    assert text.startswith(f"# {int(record.stem[:4])}. ")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == HEADINGS
    assert all(section.strip() for section in re.split(r"^## .+$", text, flags=re.MULTILINE)), "an empty section"
    dated = re.search(r"^Date: (\S+)\. Status: (accepted|replaced by \d{4})\.$", text, re.MULTILINE)
    assert dated is not None
    assert date.fromisoformat(dated[1]) >= date(2026, 11, 23)


def test_records_are_numbered_in_the_order_of_their_dates() -> None:
    assert [int(record.stem[:4]) for record in RECORDS] == [*range(1, len(RECORDS) + 1)]
    dates = [re.findall(r"^Date: (\S+)\.", record.read_text(encoding="utf-8"), re.MULTILINE) for record in RECORDS]
    assert all(earlier <= later for earlier, later in pairwise(dates))


def test_the_index_lists_every_record_once() -> None:
    lines = re.findall(r"^- \[(\d{4})\]\((\S+)\) (.+)$", (FOLDER / "README.md").read_text(encoding="utf-8"), re.M)
    titles = {record.name: record.read_text(encoding="utf-8").split("\n", 1)[0] for record in RECORDS}
    assert sorted(name for _, name, _ in lines) == sorted(titles)
    for number, name, title in lines:
        assert titles[name] == f"# {int(number)}. {title}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: str(document.relative_to(PROJECT)))
def test_what_a_document_names_is_in_the_repository(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    missing = [name for name in NAMED.findall(text) if name not in NEVER_HERE and not is_here(name)]
    missing += [link for link in LINKED.findall(text) if not (document.parent / link).exists()]
    assert not missing


def is_here(name: str) -> bool:
    """Whether a path exists, and in it the test that is named after two colons."""
    path, _, function = name.partition("::")
    if not (PROJECT / path).exists():
        return False
    return not function or function in functions(PROJECT / path)


def functions(path: Path) -> set[str]:
    """The names of all functions of a file, those of classes included."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
