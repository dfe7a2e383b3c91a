"""One search, in six languages, across States, treaties, acts and notifications; and the page of a State."""

import csv
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from starlette.testclient import TestClient

from depositary.law.acts import Act
from depositary.register.entry import Entry, Notice
from depositary.settings import PROJECT
from depositary.treaties.collection import Collection, load_collection
from depositary.treaties.everyday_titles import FILE, everyday_titles
from depositary.web.app import create_app
from tests.words_of import words_of

AT = datetime(2026, 11, 3, 12, tzinfo=UTC)
REFERENCE = "C.N.512.2026.TREATIES-XVIII.16"
GHANA = Act(
    "XVIII-16", "GHA", "signature", date(2026, 11, 2), place="New York", source="https://vienna.example of 2026"
)
ENTRIES = [
    Entry(1, GHANA, AT, "clerk", treaty="XVIII-16"),
    Entry(2, None, AT, "clerk", treaty="XVIII-16", notice=Notice(1, REFERENCE, date(2026, 11, 3))),
    Entry(
        3,
        Act("XVIII-16", "FRA", "declaration", date(2026, 11, 2), provision="11(3)", text="Déclaration sur l'étendue"),
        AT,
        "clerk",
        treaty="XVIII-16",
    ),
]


COLLECTION = load_collection(PROJECT / "data")


def site_of(collection: Collection) -> TestClient:
    return TestClient(create_app(collection, lambda after, treaty: [e for e in ENTRIES[after:] if e.treaty == treaty]))


@pytest.fixture(scope="module")
def site() -> TestClient:
    return site_of(COLLECTION)


def sought(site: TestClient, address: str) -> str:
    response = site.get(address)
    assert response.status_code == 200
    return words_of(response.text)


@pytest.mark.parametrize("text", ["Ghana", "ghana", "Гана", "غانا", "加纳", "GHA", "the Republic of Ghana"])
def test_a_state_is_found_by_its_name_in_any_language(site: TestClient, text: str) -> None:
    page = site.get("/en/search", params={"q": text}).text
    assert '<a href="/en/participants/GHA">Ghana</a>' in page


@pytest.mark.parametrize("text", ["Ghana signature", "подписание Гана", "加纳 签署", "توقيع غانا", "2026-11-02 gha"])
def test_an_act_is_found_by_whose_it_is_and_what_it_is(site: TestClient, text: str) -> None:
    page = site.get("/ru/search", params={"q": text, "on": "2026-11-23"}).text
    assert "2 ноября 2026 года, Гана: подписание · XVIII-16" in page
    assert '"/ru/treaties/XVIII-16/register/1?on=2026-11-23"' in page


def test_an_act_is_found_by_its_text_without_its_accents(site: TestClient) -> None:
    assert "France: declaration (11(3))" in sought(site, "/en/search?q=etendue&on=2026-11-23")


def test_an_act_of_a_later_day_is_not_found(site: TestClient) -> None:
    assert "France: declaration" not in sought(site, "/en/search?q=etendue&on=2026-11-01")


def test_a_notification_is_found_by_its_reference(site: TestClient) -> None:
    page = site.get("/en/search?q=c.n.512.2026").text
    assert f'<a href="/en/notifications/{REFERENCE}">{REFERENCE}</a>' in page


def test_a_treaty_is_found(site: TestClient) -> None:
    assert "United Nations Convention against Cybercrime (XVIII-16)" in sought(site, "/en/search?q=cybercrime")


@pytest.mark.parametrize("text", ["киберпреступности", "السيبرانية", "打击网络犯罪", "cybercriminalité"])
def test_a_treaty_is_found_by_its_name_in_any_language(site: TestClient, text: str) -> None:
    page = site.get("/en/search", params={"q": text}).text
    assert '<a href="/en/treaties/XVIII-16/">' in page


def test_a_word_is_sought_by_its_beginning(site: TestClient) -> None:
    page = sought(site, "/en/search?q=viet")
    assert "Viet Nam" in page
    assert "Russian Federation" not in page  # once the Union of Soviet Socialist Republics


def test_the_address_of_a_source_is_no_word(site: TestClient) -> None:
    assert "Ghana: signature" in sought(site, "/en/search?q=of+2026&on=2026-11-23")
    assert "Ghana: signature" not in sought(site, "/en/search?q=vienna&on=2026-11-23")


@pytest.mark.parametrize(
    ("text", "name"), [("كويت", "Kuwait"), ("几内亚", "Papua New Guinea"), ("khstan", "Kazakhstan")]
)
def test_where_no_word_begins_so_it_is_sought_within_words(site: TestClient, text: str, name: str) -> None:
    assert name in words_of(site.get("/en/search", params={"q": text}).text)


def test_what_is_shown_and_what_is_asked_is_bounded(site: TestClient) -> None:
    many = site.get("/en/search?q=r").text
    assert many.count("/participants/") <= 60
    assert "Only the first 50 results are shown" in words_of(many)
    assert site.get("/en/search", params={"q": "a" * 101}).status_code == 422
    assert site.get("/en/search?q=a&q=b").status_code == 422


@pytest.mark.parametrize("text", ["", "   ", "%", "'; drop table entries; --", "\u202e", "[^a]+(a+)+$"])
def test_odd_questions_have_an_answer(site: TestClient, text: str) -> None:
    assert site.get("/en/search", params={"q": text}).status_code == 200


def test_what_is_asked_is_shown_as_it_is(site: TestClient) -> None:
    page = site.get("/en/search", params={"q": "<script>{{7*7}}"}).text
    assert 'value="&lt;script&gt;{{7*7}}"' in page


def test_the_status_page_names_its_notifications(site: TestClient) -> None:
    page = site.get("/fr/treaties/XVIII-16/?on=2026-11-23").text
    assert f"{REFERENCE}, 3 novembre 2026</a>" in page
    assert "Declarations and reservations France declaration (11(3)) · 2 November 2026 entry 3" in sought(
        site, "/en/treaties/XVIII-16/?on=2026-11-23"
    )


def test_the_page_of_a_state_says_who_it_is_and_what_it_has_done(site: TestClient) -> None:
    page = sought(site, "/en/participants/FRA?on=2026-11-23")
    assert "Region Europe" in page
    assert "Member of European Union" in page
    assert "1 entry of the register 2 November 2026 · declaration (11(3)) · United Nations Convention" in page
    assert "Members Austria , Belgium" in sought(site, "/en/participants/EU?on=2026-11-23")
    assert "United Kingdom" not in sought(site, "/en/participants/EU?on=2020-02-01")
    assert "United Kingdom" in sought(site, "/en/participants/EU?on=2020-01-31")


def test_a_title_in_another_language_says_in_which() -> None:
    untitled = {code: clauses.model_copy(update={"titles": {}}) for code, clauses in COLLECTION.treaties.items()}
    site = site_of(replace(COLLECTION, treaties={**untitled, "XVIII-16": COLLECTION.treaties["XVIII-16"]}))
    page = site.get("/ar/participants/FRA?on=2026-11-23").text
    assert 'lang="en" dir="auto">International Covenant on Civil and Political Rights</a>' in page
    assert ">اتفاقية الأمم المتحدة لمكافحة الجريمة السيبرانية</a>" in page
    assert 'dir="auto">اتفاقية' not in page
    assert 'lang="en" dir="auto">Covenant' in site.get("/ar/treaties/IV-4/register").text
    assert not re.search('<a [^>]*lang="en" dir="auto"', site.get("/en/participants/FRA?on=2026-11-23").text)


def test_a_state_of_another_name_bears_that_of_the_day(site: TestClient) -> None:
    assert "Other name Swaziland, until 18 April 2018" in sought(site, "/en/participants/SWZ?on=2026-11-23")


def test_a_place_has_its_name_in_the_language(site: TestClient, read: Callable[[str], str]) -> None:
    assert "توقيع، نيويورك" in sought(site, "/ar/treaties/XVIII-16/participants/GHA?on=2026-11-23")
    assert "Zenda" in read("/en/treaties/I-1/participants/RUR?on=2026-10-06")


@pytest.mark.parametrize("text", ["gana", "Ghanna", "Гаана"])
def test_a_state_is_found_although_its_name_is_misspelt(site: TestClient, text: str) -> None:
    assert '<a href="/en/participants/GHA">Ghana</a>' in site.get("/en/search", params={"q": text}).text


@pytest.mark.parametrize(
    "text", ["Конвенции против киберпреступности", "conventions cybercrimes", "convenciones ciberdelincuencias"]
)
def test_a_treaty_is_found_by_inflected_words(site: TestClient, text: str) -> None:
    page = site.get("/en/search", params={"q": text}).text
    assert re.search(r'<a href="/en/treaties/XVIII-1[46]/">', page)


FOUND_IN_TEXTS = {
    "article 65": "/en/treaties/XVIII-16/articles/65",
    "Статья 65": "/en/treaties/XVIII-16/articles/65",
    "المادة 65": "/en/treaties/XVIII-16/articles/65",
    "第65条": "/en/treaties/XVIII-16/articles/65",
    "artículo 65": "/en/treaties/XVIII-16/articles/65",
    "65(1)": "/en/treaties/XVIII-16/articles/65#paragraph-1",
    "mutual legal assistance": "/en/treaties/XVIII-16/articles/40",
    "24/7": "/en/treaties/XVIII-16/articles/41",
    "fortieth instrument": "/en/treaties/XVIII-16/articles/65",
    "extraditon": "/en/treaties/XVIII-16/articles/37",
    "withdrawal-after-threshold": "/en/treaties/XVIII-16/articles/65#paragraph-1",
    "отзыв документа": "/en/treaties/XVIII-16/articles/65#paragraph-1",
    "C.N.196.2025": "/en/treaties/XVIII-16/",
    "Hanoi Convention": "/en/treaties/XVIII-16/",
    "اتفاقية هانوي": "/en/treaties/XVIII-16/",
    "ICCPR": "/en/treaties/IV-4/",
    "civil politcal": "/en/treaties/IV-4/",
    "cybercrme": "/en/treaties/XVIII-16/",
    "conventions cybercriminalités": "/en/treaties/XVIII-16/",
    "киберпреступностью": "/en/treaties/XVIII-16/",
    "للجريمة السيبرانية": "/en/treaties/XVIII-16/",
    "网络犯罪": "/en/treaties/XVIII-16/",
}


@pytest.mark.parametrize(("text", "address"), FOUND_IN_TEXTS.items())
def test_articles_readings_and_treaties_are_found(site: TestClient, text: str, address: str) -> None:
    assert f'<a href="{address}"' in site.get("/en/search", params={"q": text}).text


def test_a_notification_is_found_by_its_number(site: TestClient) -> None:
    assert f'<a href="/en/notifications/{REFERENCE}">' in site.get("/en/search?q=512").text


def test_an_act_is_found_although_it_is_misspelt(site: TestClient) -> None:
    assert "Ghana: signature" in sought(site, "/en/search?q=ghanna+signatur&on=2026-11-23")


def test_the_best_results_stand_first(site: TestClient) -> None:
    found = site.get("/api/v1/search", params={"q": "entry into force"}).json()["items"]
    first = next(each for each in found if each["kind"] == "article")
    assert first["words"] == "65. Entry into force · XVIII-16"


def test_everyday_titles_are_of_treaties_that_are_here() -> None:
    told = everyday_titles()
    assert set(told) <= set(COLLECTION.treaties)
    assert all(title == title.strip() != "" for titles in told.values() for title in titles)
    assert all(len(set(titles)) == len(titles) for titles in told.values())
    with FILE.open(encoding="utf-8", newline="") as file:
        seen = {row["treaty"]: re.findall(r"(?:^|\|)([^|:]+)(?=[:|])", row["seen"]) for row in csv.DictReader(file)}
    assert [name for treaty, names in seen.items() for name in names if name not in told[treaty]] == []
    assert sum(map(len, seen.values())) > 5
