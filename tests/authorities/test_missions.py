"""The permanent missions: one address, of a domain agreed with them, in the append-only store."""

from dataclasses import replace
from datetime import timedelta

import pytest

from depositary.authorities.entries import AuthorityEntry
from depositary.authorities.missions import Mission, mission_address_fault, mission_faults, plain_address
from depositary.authorities.store import ContactStore
from depositary.authorities.validity import mission_entry, missions
from tests.authorities.conftest import entered
from tests.authorities.test_designations import AT, CODES

MISSION = Mission(
    "RUR", "Permanent Mission of Ruritania", "mission@ruritania.example.int", ("ruritania.example.int",), "fr"
)


def entry_with(mission: Mission = MISSION, hours: int = 0, **more: object) -> AuthorityEntry:
    return AuthorityEntry(
        0,
        "mission",
        mission.participant,
        AT + timedelta(hours=hours),
        "vera",
        mission=mission,
        **more,  # type: ignore[arg-type]
    )


def test_a_whole_mission_has_no_fault() -> None:
    assert mission_faults(MISSION, CODES) == {}


PAYLOADS = [
    "mission@ruritania.example.int, evil@example.org",
    "mission@ruritania.example.int,evil@example.org",
    "mission@ruritania.example.int;evil@example.org",
    "mission@ruritania.example.int evil@example.org",
    '"mission@ruritania.example.int, evil"@example.org',
    '"mission"@ruritania.example.int',
    '"a b"@ruritania.example.int',
    "Mission <mission@ruritania.example.int>",
    "<mission@ruritania.example.int>",
    "<mission@ruritania.example.int> evil@example.org",
    "States: mission@ruritania.example.int, evil@example.org;",
    "undisclosed-recipients:;",
    "mission@ruritania.example.int\r\nBcc: evil@example.org",
    "mission@ruritania.example.int\nevil@example.org",
    "mission@ruritania.example.int\x00",
    "mission@ruritania.example.int\t",
    " mission@ruritania.example.int",
    "mission(comment)@ruritania.example.int",
    "mission@ruritania.example.int(comment)",
    "mission@[127.0.0.1]",
    "mission@ruritania.example.int@example.org",
    "@example.org:mission@ruritania.example.int",
    "mission@evil.ruritania.example.int.example.org",
    "mission@sub.ruritania.example.int",
    "mission@example.int",
    "mission@ruritania.example.int.",
    "mission@RURITANIA.example.int",
    "mission@ruritania.ехample.int",
    "mission%evil@example.org",
    "evil!mission@example.org",
    "mission\\@ruritania.example.int",
    "mission",
    "",
    "@ruritania.example.int",
    "=?utf-8?q?evil=40example.org?=@ruritania.example.int,x",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_exactly_one_address_of_an_agreed_domain(payload: str) -> None:
    assert mission_address_fault(payload, MISSION.domains)
    assert list(mission_faults(replace(MISSION, email=payload), CODES)) == ["email"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("participant", "XXX"),
        ("name", " "),
        ("name", "Miss\u202eion"),
        ("language", "de"),
        ("certificate", "x"),
        ("certificate", "ab" * 32),
    ],
)
def test_what_is_wrong_is_named_by_its_field(field: str, value: str) -> None:
    assert list(mission_faults(replace(MISSION, **{field: value}), CODES)) == [field]  # type: ignore[arg-type]


@pytest.mark.parametrize("domains", [(), ("example",), ("exa mple.int",), ("a@example.int",), ("EXAMPLE.int",), ("*",)])
def test_domains_are_written_plainly(domains: tuple[str, ...]) -> None:
    assert "domains" in mission_faults(replace(MISSION, domains=domains), CODES)


def test_missions_are_known_as_of_an_instant(contacts: ContactStore) -> None:
    moved = replace(MISSION, email="registry@ruritania.example.int")
    (first,) = entered(contacts, entry_with())
    (second,) = entered(contacts, entry_with(moved, 2, concerns=first.number))
    gone = AuthorityEntry(
        0, "withdrawal", "RUR", AT + timedelta(hours=4), "vera", concerns=second.number, reason="closed"
    )
    entered(contacts, gone)
    entries = contacts.entries()
    assert missions(entries, AT + timedelta(hours=1)) == {"RUR": MISSION}
    assert missions(entries, AT + timedelta(hours=3)) == {"RUR": moved}
    assert missions(entries) == {}
    assert mission_entry(entries, "RUR") is None
    assert mission_entry(entries[:2], "RUR") == entries[1]
    assert contacts.check().fault == ""


@pytest.mark.parametrize("typed", ["mission@example.int", " mission@Example.INT\n", "mission@EXAMPLE.int "])
def test_an_address_is_trimmed_and_its_domain_is_in_small_letters(typed: str) -> None:
    assert plain_address(typed) == "mission@example.int"
    assert plain_address("Mission@Example.int") == "Mission@example.int", "the part before the @ is the mission's own"
