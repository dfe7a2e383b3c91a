"""What other programs read of a page: its description, its title and address, its feed, its languages."""

import json
import re
from datetime import date
from html import escape
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from depositary.words import AVAILABLE, language


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


@pytest.mark.parametrize("code", AVAILABLE)
@pytest.mark.parametrize("image", ["card", "badge"])
def test_a_treaty_has_an_image_for_other_sites(client: TestClient, code: str, image: str) -> None:
    words = language(code)
    before = client.get(f"/{code}/treaties/I-1/{image}.svg?on=2026-04-01")
    assert before.headers["content-type"] == "image/svg+xml; charset=utf-8"
    assert before.headers["access-control-allow-origin"] == "*"
    assert before.headers["cross-origin-resource-policy"] == "cross-origin"
    drawn = ElementTree.fromstring(before.content)  # noqa: S314  (our own)
    said = "not yet in force: %(counted)s of the %(required)s instruments required"
    waiting = words.ngettext(said, said, 2, counted=2, required=3)
    assert waiting in str(drawn.findtext("{http://www.w3.org/2000/svg}title"))
    since = words.gettext("in force since %(day)s", day=words.date(date(2026, 8, 30)))
    assert since in client.get(f"/{code}/treaties/I-1/{image}.svg?on=2026-10-06").text
    if image == "card":
        assert words.date(date(2026, 4, 1)) in "".join(drawn.itertext())


def test_a_badge_needs_no_language(client: TestClient) -> None:
    assert "Convention on Clocks" in client.get("/treaties/I-1/badge.svg").text
    assert client.get("/treaties/I-9/badge.svg").status_code == 404


@pytest.mark.parametrize("question", ["", "?on=2026-10-06"])
def test_a_shared_status_page_shows_its_card(client: TestClient, question: str) -> None:
    image = told(client, f"/fr/treaties/I-1/{question}")["og:image"]
    assert image == f"https://treaties.example/fr/treaties/I-1/card.svg{question}"
    assert client.get(image.removeprefix("https://treaties.example")).status_code == 200


@pytest.mark.parametrize("code", AVAILABLE)
def test_search_engines_are_told_whether_a_treaty_is_in_force(client: TestClient, code: str) -> None:
    page = client.get(f"/{code}/treaties/I-1/?on=2026-10-06").text
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    described = json.loads(block)
    assert (described["@context"], described["@type"]) == ("https://schema.org", "Legislation")
    assert f">{escape(described['name'])}</h1>" in page
    assert described["legislationLegalForce"] == "https://schema.org/InForce"
    assert client.get(described["url"].removeprefix("https://treaties.example")).status_code == 200


def test_search_engines_are_told_of_the_data_and_the_treaties(client: TestClient) -> None:
    page = client.get("/en/about?on=2026-10-06").text
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    described = json.loads(block)
    assert described["@context"] == "https://schema.org"
    data, treaty = described["@graph"]
    assert (data["@type"], data["license"]) == ("Dataset", "https://creativecommons.org/licenses/by/4.0/")
    assert client.get(data["distribution"][0]["contentUrl"].removeprefix("https://treaties.example")).status_code == 200
    assert (treaty["@type"], treaty["legislationIdentifier"]) == ("Legislation", "I-1")
    assert treaty["legislationLegalForce"] == "https://schema.org/InForce"
    assert "https://schema.org/NotInForce" in client.get("/en/about?on=2026-04-01").text
