"""An address without a page leads to the page that is meant, or says what it may have meant."""

import pytest
from starlette.testclient import TestClient

from depositary.settings import PROJECT
from depositary.treaties.collection import load_collection
from depositary.web.app import create_app
from depositary.words import AVAILABLE
from tests.words_of import words_of


@pytest.fixture(scope="module")
def site() -> TestClient:
    """The site with the real treaties and no act."""
    return TestClient(create_app(load_collection(PROJECT / "data"), lambda after, treaty: []), follow_redirects=False)


PLAUSIBLE = {
    "/EN/treaties/XVIII-16/": "/en/treaties/XVIII-16/",
    "/en/treaties/xviii-16": "/en/treaties/XVIII-16/",
    "/en/treaties/XVIII.16": "/en/treaties/XVIII-16/",
    "/en/treaties/xviii.12.a/": "/en/treaties/XVIII-12-a/",
    "/treaties/XVIII-16": "/en/treaties/XVIII-16/",
    "/participants/GHA": "/en/participants/GHA",
    "/en/Treaties/XVIII-16/": "/en/treaties/XVIII-16/",
    "/fr/treaties/XVIII-16/register/": "/fr/treaties/XVIII-16/register",
    "/en/treaties/XVIII-16/articles/65(1)": "/en/treaties/XVIII-16/articles/65#paragraph-1",
    "/en/treaties/XVIII-16/articles/65.2": "/en/treaties/XVIII-16/articles/65#paragraph-2",
    "/en/participants/gha": "/en/participants/GHA",
    "/en/participants/gh": "/en/participants/GHA",
    "/en/participants/fr": "/en/participants/FRA",
    "/en/participants/ru": "/en/participants/RUS",
    "/en/participants/VN": "/en/participants/VNM",
    "/en/participants/Ghana": "/en/participants/GHA",
    "/ar/participants/viet-nam": "/ar/participants/VNM",
    "/en/treaties/XVIII-16/participants/gh": "/en/treaties/XVIII-16/participants/GHA",
    "/EN": "/en/",
    "/treaties": "/en/",
    "/en/treaties/": "/en/",
    "/XVIII-16": "/en/treaties/XVIII-16/",
    "/fr/xviii.16": "/fr/treaties/XVIII-16/",
    "/en/about/": "/en/about",
    "/en/search/": "/en/search",
    "/search": "/en/search",
    "/en/treaties/xviii-16/calculator/": "/en/treaties/XVIII-16/calculator",
    "/api/docs/": "/api/docs",
    "/api/v1/treaties/xviii.16/status": "/api/v1/treaties/XVIII-16/status",
    "/treaties/xviii-16/status.csv": "/treaties/XVIII-16/status.csv",
    "/participants/gh/calendar.ics": "/participants/GHA/calendar.ics",
    "/API/v1/treaties/XVIII-16/": "/api/v1/treaties/XVIII-16",
}


@pytest.mark.parametrize(("written", "meant"), PLAUSIBLE.items())
def test_a_plausible_address_leads_to_the_page(site: TestClient, written: str, meant: str) -> None:
    response = site.get(f"{written}?on=2026-11-28")
    path, mark, anchor = meant.partition("#")
    assert (response.status_code, response.headers["location"]) == (308, f"{path}?on=2026-11-28{mark}{anchor}")
    assert site.get(response.headers["location"]).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/en/nowhere",
        "/en/treaties/XX-99/",
        "/en/participants/gana",
        "/en/participants/%2e%2e",
        "/x",
        "/api/v1/nothing/",
    ],
)
def test_no_other_address_leads_anywhere(site: TestClient, address: str) -> None:
    response = site.get(address)
    assert response.status_code == 404
    assert "location" not in response.headers


def test_the_language_that_a_reader_prefers(site: TestClient) -> None:
    response = site.get("/treaties/XVIII-16", headers={"Accept-Language": "ru, en;q=0.5"})
    assert response.headers["location"] == "/ru/treaties/XVIII-16/"


@pytest.mark.parametrize("wrong", ["XVIII-166/", "XVIII-16/articles/999", "XVIII-16/register/no"])
def test_a_fault_suggests_the_treaty_that_may_be_meant(site: TestClient, wrong: str) -> None:
    page = site.get(f"/en/treaties/{wrong}").text.partition("Did you mean one of these?")[2]
    assert '<a href="/en/treaties/XVIII-16/">United Nations Convention against Cybercrime</a>' in page


def test_a_fault_has_languages_a_search_and_suggestions(site: TestClient) -> None:
    page = site.get("/en/participants/gana").text
    assert '<a href="/en/participants/GHA">Ghana</a>' in page.partition("Did you mean one of these?")[2]
    assert 'name="q" value="gana"' in page
    for code in AVAILABLE:
        assert f'<a href="/{code}/" lang="{code}"' in page
        assert "<search>" in site.get(f"/{code}/nowhere").text


@pytest.mark.parametrize("code", AVAILABLE)
def test_each_page_says_whose_word_it_is(code: str) -> None:
    collection = load_collection(PROJECT / "data")
    plain = TestClient(create_app(collection, lambda after, treaty: []))
    house = TestClient(create_app(collection, lambda after, treaty: [], secretariat="Secretariat of Ruritania"))
    for address in (f"/{code}/", f"/{code}/treaties/XVIII-16/", f"/{code}/about", f"/{code}/nowhere"):
        foot = words_of(plain.get(address).text.partition('<footer class="site">')[2])
        own = words_of(house.get(address).text.partition('<footer class="site">')[2])
        assert "Secretariat of Ruritania" in own
        assert foot.partition(".")[0].partition("。")[0] not in own
        assert f'href="/{code}/about"' in plain.get(address).text


def test_the_page_about_the_site_gives_the_contact() -> None:
    collection = load_collection(PROJECT / "data")
    site = TestClient(create_app(collection, lambda after, treaty: [], contact="mailto:security@example.int"))
    assert '<a href="mailto:security@example.int">security@example.int</a>' in site.get("/en/about").text
