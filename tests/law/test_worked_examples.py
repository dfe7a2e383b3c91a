"""The worked examples of clause files whole: each act that is supposed, and what follows, line by line.

`worked_examples.txt` has a section for each treaty; an example begins with what it tries.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from depositary.law.clauses import Clauses
from depositary.law.examination import Irregularity
from depositary.law.examples import Line, examples, invented
from depositary.settings import PROJECT
from depositary.treaties.clause_files import load_clauses, read_clauses

FILE = Path(__file__).parent / "worked_examples.txt"
MONTHS = """
[signature]
period = [{ place = "Strelsau", from = 2026-01-05, until = 2026-06-30 }, { from = 2026-07-01 }]
[consent]
actions = ["ratification", "formal confirmation"]
[entry_into_force]
provision = "10(1)"
instruments = 4
after = { months = 3, on = "first of month following" }
not_before = 2029-01-01
not_before_treaty = "I-9"
[entry_into_force.among]
number = 4
group = "member States of the Council"
states = ["FRA", "DEU", "ITA", "ESP"]
[entry_into_force.participant]
provision = "10(2)"
after = { days = 30 }
[denunciation]
provision = "12(1)"
after = { months = 6 }
earliest = { years = 3 }
"""
PROTOCOL = """
parent = "I-1"
[entry_into_force]
provision = "5(1)"
instruments = 2
after = { days = 90 }
[entry_into_force.participant]
provision = "5(2)"
after = { days = 30 }
"""
SMALL = """
[consent]
actions = ["formal confirmation", "ratification", "acceptance"]
[entry_into_force]
provision = "5"
instruments = 1
after = {{ days = 0 }}
{more}
"""


def treaty(number: str, body: str) -> Clauses:
    return read_clauses(f'id = "{number}"\ntitle = "A treaty"\n{body}', f"{number}.toml")


CONVENTION = load_clauses(PROJECT / "data/treaties/XVIII-16.toml")
TREATIES = {
    "the Convention": (CONVENTION, None),
    "three months, a group, two days before which it is not in force": (treaty("I-1", MONTHS), None),
    "a protocol, its convention at hand": (treaty("I-2", PROTOCOL), treaty("I-1", MONTHS)),
    "a protocol without its convention": (treaty("I-2", PROTOCOL), None),
    "a protocol open to all": (
        treaty("I-2", PROTOCOL.replace("[entry", '[consent]\nneeds_convention = ""\n[entry', 1)),
        treaty("I-1", MONTHS),
    ),
    "a protocol to the Convention": (treaty("I-2", PROTOCOL.replace("I-1", "XVIII-16")), CONVENTION),
    "a protocol to a convention never in force": (
        treaty("I-2", PROTOCOL.replace("I-1", "XVIII-16")),
        CONVENTION.model_copy(update={"entry_into_force": None}),
    ),
    "a day alone": (treaty("I-1", SMALL.format(more="not_before = 2029-01-01")), None),
    "another treaty alone": (treaty("I-1", SMALL.format(more='not_before_treaty = "I-9"')), None),
    "no entry into force": (CONVENTION.model_copy(update={"entry_into_force": None}), None),
    "no denunciation": (CONVENTION.model_copy(update={"denunciation": None}), None),
}


def told(line: Line) -> str:
    """An act and what follows."""
    act, follows = line.act, line.follows
    given = (
        f"{act.treaty} {act.number} {act.participant} {act.action} {act.date} {act.provision}{act.place}"
        if act
        else "all"
    )
    given += f" effective {act.effective}" if act and act.effective else ""
    if isinstance(follows, Irregularity):
        return f"  {given.strip()} => {follows.severity} {follows.code} on {line.on}"
    facts = " ".join(f"{name}={value}" for name, value in follows.facts.items())
    about = f"{follows.about} {follows.value} {follows.provision} {facts}".strip()
    about += f" ({', '.join(one.about for one in follows.because)})" if follows.because else ""
    return f"  {given.strip()} => {re.sub(' +', ' ', about)} on {line.on}"


def lines(clauses: Clauses, convention: Clauses | None) -> Iterator[str]:
    for example in examples(clauses, convention):
        yield f"{example.about} {example.day or ''}".strip()
        yield from map(told, example.lines)


SECTIONS = dict(
    section.split("\n", 1) for section in re.split(r"^## ", FILE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
)


@pytest.mark.parametrize("title", TREATIES)
def test_the_examples_of_a_treaty(title: str) -> None:
    assert [*lines(*TREATIES[title])] == SECTIONS[title].strip("\n").split("\n")


def test_the_participants_of_the_examples() -> None:
    """A name is theirs on every day; the first two are members of the organization."""
    found = invented(3)
    assert [(code, one.kind, *((name.short, name.formal) for name in one.names)) for code, one in found.items()] == [
        ("S0001", "state", ({"en": "State 1"}, "")),
        ("S0002", "state", ({"en": "State 2"}, "")),
        ("S0003", "state", ({"en": "State 3"}, "")),
        ("ORG", "reio", ({"en": "Organization"}, "")),
    ]
    assert found.members("ORG", date(1900, 1, 1)) == {"S0001", "S0002"}
    assert found.members("ORG", date(1899, 12, 31)) == set()


def test_every_section_is_of_a_treaty() -> None:
    assert [*SECTIONS] == [*TREATIES]
