"""Every date leads to one page that says why: rule, words, count, readings, instruments, proofs."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from starlette.testclient import TestClient

from depositary.law.acts import Act
from depositary.register.entry import Entry
from depositary.settings import PROJECT
from depositary.treaties.collection import load_collection
from depositary.web.app import create_app
from depositary.words import AVAILABLE

Read = Callable[[str], str]
TREATY = "/en/treaties/I-1/"
ON = "?on=2027-10-06"
WORLD = load_collection(PROJECT / "data")
STATES = [
    code for code, one in WORLD.participants.items() if (one.kind, one.until, one.since) == ("state", None, date.min)
]


def test_the_entry_into_force_of_the_treaty(read: Read, client: TestClient) -> None:
    page = read(f"{TREATY}reasons/entry-into-force{ON}")
    assert "30 August 2026 The Convention entered into force on 30 August 2026, the 90th day after 1 June 2026" in page
    assert "on the ninetieth day after the deposit of the third instrument" in page
    assert "day 0 1 June 2026 … day 29 30 June 2026" in page
    assert "day 61 1 August 2026 … day 90 30 August 2026" in page
    assert "Instruments counted 2 February 2026, Ruritania: ratification · entry 3 · proof" in page
    source = client.get(f"{TREATY}reasons/entry-into-force{ON}").text
    for number in (3, 5, 7):
        assert f'href="/register/proof/{number}"' in source
        assert f'href="/en/treaties/I-1/register/{number}{ON}"' in source


def test_the_date_of_a_participant(read: Read) -> None:
    page = read(f"{TREATY}participants/BOR/reasons/entry-into-force{ON}")
    assert "entry into force · Borduria 14 September 2026" in page
    assert "day 30 14 September 2026" in page
    assert "Other acts on which it rests 15 August 2026, Borduria: accession" in page
    left = read(f"{TREATY}participants/SYL/reasons/ceases{ON}")
    assert "year 0 1 October 2026 year 1 1 October 2027" in left


def test_no_date_yet_has_its_reasons_too(read: Read) -> None:
    page = read(f"{TREATY}reasons/entry-into-force?on=2026-05-31")
    assert "No date yet The Convention is not yet in force" in page
    assert "2 of the 3 instruments required have been deposited; 1 more is required" in page


@pytest.mark.parametrize(
    "address",
    [
        "reasons/nothing",
        "reasons/ceases",
        "participants/XXX/reasons/entry-into-force",
        "participants/LUT/reasons/ceases",
    ],
)
def test_what_is_not_there(client: TestClient, address: str) -> None:
    response = client.get(f"{TREATY}{address}")
    assert response.status_code == 404
    assert "Traceback" not in response.text


def test_every_date_on_the_pages_leads_to_reasons_that_are_there(client: TestClient) -> None:
    pages = [TREATY, *(f"{TREATY}participants/{code}" for code in ("RUR", "BOR", "SYL", "ZEN")), "/en/participants/SYL"]
    found = {
        address.replace("&amp;", "&")
        for page in pages
        for on in ("?on=2026-05-31", "?on=2026-08-15", "?on=2026-10-06", ON)
        for address in re.findall(r'href="([^"]+/reasons/[^"]+)"', client.get(f"{page}{on}").text)
    }
    assert len(found) > 10
    for address in found:
        assert client.get(address).status_code == 200, address


def test_what_brings_no_date_of_effect_has_no_page_of_reasons() -> None:
    """A denunciation that was revoked, and a signature that was withdrawn, are said without one."""
    acts = [Act("XVIII-16", code, "accession", date(2026, 1, 5)) for code in sorted(STATES)[:40]]
    acts += [
        Act("XVIII-16", acts[0].participant, "denunciation", date(2026, 6, 1)),
        Act("XVIII-16", acts[0].participant, "revocation of denunciation", date(2026, 7, 1)),
        Act("XVIII-16", "URY", "signature", date(2026, 1, 5), place="New York"),
        Act("XVIII-16", "URY", "withdrawal of signature", date(2026, 2, 2)),
    ]
    entries = [Entry(number, act, datetime(2026, 8, 1, tzinfo=UTC), "clerk") for number, act in enumerate(acts, 1)]
    client = TestClient(create_app(WORLD, lambda after, treaty: entries[after:] if treaty == "XVIII-16" else []))
    for code, said in (
        (acts[0].participant, "was revoked on 1 July 2026"),
        ("URY", "Uruguay withdrew its signature of 5 January 2026 on 2 February 2026"),
    ):
        page = client.get(f"/en/treaties/XVIII-16/participants/{code}?on=2026-08-01").text
        assert said in page
        led = {address.replace("&amp;", "&") for address in re.findall(r'href="([^"]+/reasons/[^"]+)"', page)}
        assert all(client.get(address).status_code == 200 for address in led), led


@pytest.mark.parametrize("code", AVAILABLE)
def test_it_is_said_in_every_language(client: TestClient, code: str) -> None:
    page = client.get(f"/{code}/treaties/I-1/reasons/entry-into-force{ON}").text
    assert f'lang="{code}"' in page
    assert client.head(f"/{code}/treaties/I-1/reasons/entry-into-force{ON}").text == ""
