"""What is promised of security names tests that exist, and the checklist has every requirement once."""

import re
from collections.abc import Iterator

import pytest

from depositary.settings import PROJECT
from depositary.web.security import HEADERS, WITH_SCRIPT
from depositary.web.staff.origin import DESK_HEADERS

TESTS = {
    name
    for file in (PROJECT / "tests").rglob("test_*.py")
    for name in re.findall(r"^ *(?:async )?def (test_\w+)\(", file.read_text(encoding="utf-8"), re.MULTILINE)
}

SECTIONS = (
    "1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1 4.3:2 "
    "4.4:4 5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 "
    "7.6:2 8.1:2 8.2:3 8.3:1 8.4:1 9.1:3 9.2:4 10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3 11.1:2 11.2:3 "
    "11.3:3 11.4:4 11.5:1 11.6:1 12.1:3 12.2:2 12.3:4 13.1:1 13.2:5 13.3:2 13.4:5 14.1:2 14.2:4 14.3:3 15.1:3 "
    "15.2:3 15.3:7 16.1:1 16.2:5 16.3:4 16.4:3 16.5:3 17.1:1 17.2:4 17.3:2"
)
"""The sections of ASVS 5.0.0, each with how many requirements of levels 1 and 2 it begins with."""


@pytest.mark.parametrize("name", ["SECURITY.md", "docs/security.md", "docs/asvs.md"])
def test_every_test_that_is_named_exists(name: str) -> None:
    named = set(re.findall(r"`(test_\w+)`", (PROJECT / name).read_text(encoding="utf-8")))
    assert len(named) > 20
    assert named - TESTS == set()


def test_the_checklist_has_every_requirement_once() -> None:
    lines = re.findall(r"^\| ([\d., ]+) \|", (PROJECT / "docs/asvs.md").read_text(encoding="utf-8"), re.MULTILINE)
    numbers = [number for line in lines for number in line.split(", ")]
    assert sorted(numbers) == sorted(required())
    assert len(numbers) == 253


def required() -> Iterator[str]:
    for section in SECTIONS.split():
        name, _, count = section.partition(":")
        yield from (f"{name}.{number}" for number in range(1, int(count) + 1))


def test_what_is_not_met_is_counted() -> None:
    text = (PROJECT / "docs/asvs.md").read_text(encoding="utf-8")
    said = re.search(r"\*\*(\d+) are not met\*\*", text)
    rows = re.findall(r"^\| ([\d., ]+) \| \*\*not met\*\* \|", text, re.MULTILINE)
    assert said
    assert int(said[1]) == sum(len(row.split(", ")) for row in rows)


@pytest.mark.parametrize("headers", [HEADERS, HEADERS | WITH_SCRIPT, DESK_HEADERS], ids=["page", "script", "desk"])
def test_a_page_loads_nothing_from_elsewhere(headers: dict[str, str]) -> None:
    policy = dict(directive.split(" ", 1) for directive in headers["Content-Security-Policy"].split("; "))
    assert [policy[name] for name in ("default-src", "base-uri", "frame-ancestors")] == ["'none'"] * 3
    assert set(policy.values()) <= {"'none'", "'self'", "'self' data:"}
