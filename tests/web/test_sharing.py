"""What other programs read of a page: its description, its title and address, its feed, its languages."""

import re

import pytest
from starlette.testclient import TestClient

from depositary.words import AVAILABLE


def told(client: TestClient, address: str) -> dict[str, str]:
    page = client.get(address).text
    return dict(re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', page))


@pytest.mark.parametrize("code", AVAILABLE)
def test_a_status_page_describes_itself(client: TestClient, code: str) -> None:
    found = told(client, f"/{code}/treaties/I-1/?on=2026-10-06")
    assert found["description"] == found["og:description"]
    assert "2026" in found["description"]
    assert found["og:title"].startswith("Convention on Clocks")
    assert found["og:url"].endswith(f"/{code}/treaties/I-1/?on=2026-10-06")


def test_a_state_describes_itself(client: TestClient) -> None:
    found = told(client, "/en/participants/RUR?on=2026-10-06")
    assert found["description"].startswith("Ruritania is a party: the Convention has been in force for it since")


@pytest.mark.parametrize("address", ["/fr/", "/fr/treaties/I-1/", "/fr/participants/RUR", "/fr/about"])
def test_each_page_has_a_feed_and_a_page_for_readers_of_no_language(client: TestClient, address: str) -> None:
    page = client.get(address).text
    assert '<link rel="alternate" type="application/atom+xml" href="/fr/feed.atom">' in page
    default = re.findall(r'hreflang="x-default" href="([^"]+)"', page)
    assert [each.partition("/en/")[1] for each in default] == ["/en/"]
    assert client.get("/fr/feed.atom").status_code == 200


def test_a_fault_is_not_shared(client: TestClient) -> None:
    page = client.get("/en/nowhere").text
    assert "og:" not in page
    assert "x-default" not in page
