"""Several treaties in one register: lists, protocols and conventions, and a State across them all."""

from datetime import UTC, date, datetime

import brotli
import pytest
from starlette.testclient import TestClient

from depositary.law.acts import Act
from depositary.register.entry import Entry
from depositary.settings import PROJECT
from depositary.treaties.collection import Collection, load_collection
from depositary.treaties.instruments_csv import read_acts
from depositary.web.app import create_app
from tests.words_of import words_of

DATA = PROJECT / "data"
RECORDED_AT = datetime(2026, 11, 1, 12, tzinfo=UTC)


class Growing:
    """A register to which the test adds, and which counts what it was asked for."""

    def __init__(self, acts: list[Act]) -> None:
        self.entries = [
            Entry(number, act, RECORDED_AT, "import", treaty=act.treaty) for number, act in enumerate(acts, 1)
        ]
        self.asked: list[int] = []

    def later(self, number: int, treaty: str) -> list[Entry]:
        self.asked.append(number)
        return [entry for entry in self.entries[number:] if entry.treaty == treaty]


@pytest.fixture(scope="module")
def collection() -> Collection:
    return load_collection(DATA)


@pytest.fixture(scope="module")
def register(collection: Collection) -> Growing:
    files = (DATA / "instruments.csv", *sorted((DATA / "history").glob("*.csv")))
    known = (collection.participants, collection.treaties)
    return Growing([act for file in files for act in read_acts(file, *known)])


@pytest.fixture(scope="module")
def client(collection: Collection, register: Growing) -> TestClient:
    return TestClient(create_app(collection, register.later), follow_redirects=False)


def read(client: TestClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return words_of(response.text)


def test_the_front_page_lists_them_by_chapter_in_the_depositary_s_order(client: TestClient) -> None:
    awaited, _, page = read(client, "/en/?on=2026-11-23").partition("Chapter IV.")
    page = f"Chapter IV.{page}"
    assert "XVIII-16 · not yet in force: 0 of the 40 instruments required · 73 signatories · 0 parties" in awaited
    assert "in force since" not in awaited
    order = [
        "Chapter IV. Human rights",
        "IV-2 · in force since 4 January 1969",
        "IV-11-d",
        "Chapter XVIII. Penal matters",
        "XVIII-5 · in force since 3 June 1983 · 39 signatories",
        "XVIII-12 ·",
        "XVIII-12-a ·",
        "Chapter XXI. Law of the sea",
        "Chapter XXVII. Environment",
    ]
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    assert "complete as of 31 January 2026" in page
    assert "complete as of 27 January 2014" in page
    assert "28 February 2015" not in page


@pytest.mark.parametrize(
    "address",
    ["", "register", "participants/GHA", "articles/{article}"],
)
def test_every_page_of_every_treaty_is_there(client: TestClient, collection: Collection, address: str) -> None:
    for treaty, clauses in collection.treaties.items():
        assert clauses.entry_into_force
        article = clauses.entry_into_force.provision.partition("(")[0]
        response = client.get(f"/en/treaties/{treaty}/{address.format(article=article)}")
        assert response.status_code == 200, treaty
        assert clauses.name in words_of(response.text) or clauses.title.partition("; ")[0] in words_of(response.text)


def test_a_protocol_and_its_convention_lead_to_each_other(client: TestClient) -> None:
    protocol = client.get("/en/treaties/XVIII-12-a/?on=2015-01-01").text
    assert (
        '<a href="/en/treaties/XVIII-12/?on=2015-01-01">Convention against Transnational Organized Crime</a>'
        in protocol
    )
    convention = client.get("/en/treaties/XVIII-12/?on=2015-01-01").text
    assert 'href="/en/treaties/XVIII-12-a/?on=2015-01-01"' in convention
    assert "XVIII-12-b · in force since 28 January 2004" in words_of(convention)


def test_a_reason_may_lead_to_the_convention(client: TestClient) -> None:
    page = client.get("/en/treaties/XVIII-12-a/participants/ALB?on=2015-01-01").text
    assert (
        "A party to a protocol must be a party to its convention, XVIII-12, which binds it from 29 September 2003"
        in page
    )
    assert 'href="/en/treaties/XVIII-12/articles/37?on=2015-01-01#paragraph-2"' in page


def test_a_state_across_treaties(client: TestClient) -> None:
    page = read(client, "/en/participants/GHA?on=2026-11-23")
    leading, _, others = page.partition("Other treaties on")
    assert "United Nations Convention against Cybercrime Ghana is a signatory: it signed on 25 October 2025" in leading
    assert "XVIII-16" not in others
    assert "party XVIII-10 · Ghana is a party: the Statute has been in force for it since 1 July 2002." in page
    assert "signatory IV-3-a" in page
    early = read(client, "/en/participants/GHA?on=2014-12-20")
    assert "the Protocol enters into force for it on 9 January 2015" in early
    assert "9 January 2015 Entry into force for Ghana" in early


def test_where_it_has_not_acted_the_last_day_for_signing_is_told(client: TestClient) -> None:
    assert "It may sign until 31 December 2026" in read(client, "/en/participants/BTN?on=2026-11-23")
    page = read(client, "/en/participants/BTN?on=2001-06-01")
    others = page[page.index("Treaties under which it has not acted") :]
    assert "XVIII-12 12 December 2002 Last day of signature in New York" in others


def test_the_list_of_participants_is_that_of_the_day(client: TestClient) -> None:
    now = read(client, "/en/participants/?on=2026-11-23")
    assert "Côte d’Ivoire" in now or "Côte d'Ivoire" in now
    assert "Czechoslovakia" not in now
    assert "Czechoslovakia" in read(client, "/en/participants/?on=1990-01-01")


def test_nobody_of_that_code(client: TestClient) -> None:
    response = client.get("/en/participants/XXX")
    assert (response.status_code, "no State or organization" in response.text or "XXX" in response.text) == (404, True)


def test_a_new_entry_is_seen_at_once_and_nothing_is_read_twice(
    client: TestClient, register: Growing, collection: Collection
) -> None:
    known = len(register.entries)
    page = read(client, "/en/treaties/XVIII-16/?on=2026-11-23")
    assert "signatories 73" in page
    read(client, "/en/treaties/XVIII-16/?on=2026-11-23")
    assert register.asked[-1] == max(one.number for one in register.entries if one.treaty == "XVIII-16")
    new = Act("XVIII-16", "BTN", "signature", date(2026, 11, 20), place="New York", number=known + 1)
    register.entries.append(Entry(known + 1, new, RECORDED_AT, "clerk", treaty="XVIII-16"))
    try:
        assert "signatories 74" in read(client, "/en/treaties/XVIII-16/?on=2026-11-23")
        register.entries.append(Entry(known + 2, None, RECORDED_AT, "clerk", known + 1, "Twice.", "XVIII-16"))
        assert "signatories 73" in read(client, "/en/treaties/XVIII-16/?on=2026-11-23")
    finally:
        register.entries = register.entries[: known + 2]


@pytest.mark.parametrize(
    ("code", "treaty", "title"),
    [
        ("ar", "XVIII-16", "اتفاقية الأمم المتحدة لمكافحة الجريمة السيبرانية"),
        ("zh", "XVIII-16", "联合国打击网络犯罪公约"),
        ("ar", "XVIII-14", "اتفاقية الأمم المتحدة لمكافحة الفساد"),
        ("ru", "XVIII-14", "Конвенция Организации Объединенных Наций против коррупции"),
    ],
)
def test_a_treaty_bears_its_title_in_the_page_s_language(
    client: TestClient, code: str, treaty: str, title: str
) -> None:
    page = client.get(f"/{code}/treaties/{treaty}/").text
    assert f'<h1 lang="{code}" dir="auto">{title}</h1>' in page
    assert f"<title>{title} · " in page
    assert f">{title}</a>" in client.get(f"/{code}/").text


def test_the_full_title_is_folded_in_the_page_s_language_or_in_english(client: TestClient) -> None:
    french, arabic, corruption = (
        client.get(address).text
        for address in ("/fr/treaties/XVIII-16/", "/ar/treaties/XVIII-16/", "/fr/treaties/XVIII-14/")
    )
    assert '<h1 lang="fr" dir="auto">Convention des Nations Unies contre la cybercriminalité</h1>' in french
    assert (
        '<p lang="fr" dir="auto">Convention des Nations Unies contre la cybercriminalité\N{NO-BREAK SPACE}; R' in french
    )
    assert '<p lang="en" dir="auto">United Nations Convention against Cybercrime; Strengthening' in arabic
    assert "Titre complet" not in corruption


def test_a_number_stands_beside_what_is_reported_and_a_standing_says_as_of_when(client: TestClient) -> None:
    page = read(client, "/en/treaties/XVIII-16/?on=2026-11-23")
    assert "0 of the 40 instruments required have been deposited. 3 more are reported, not recorded." in page
    assert "73 recorded; 2 reported" in page
    assert "reported" not in read(client, "/en/treaties/XVIII-16/?on=2026-01-31").partition("Participants")[0]
    said = "This is as of 27 January 2014, the last day for which the acts are recorded."
    for address in ("treaties/XVIII-12/participants/FRA", "participants/FRA"):
        assert said in read(client, f"/en/{address}?on=2026-11-23")
        assert said not in read(client, f"/en/{address}?on=2014-01-27")


def test_the_home_page_begins_with_the_convention(collection: Collection, client: TestClient) -> None:
    page = read(client, "/en/?on=2026-11-23")
    leading, _, chapters = page.partition("Chapter IV.")
    assert "United Nations Convention against Cybercrime Not yet in force" in leading
    assert "Signature closes: 31 December 2026" in leading
    assert "XVIII-16" not in chapters
    assert "Chapitre XVIII. Questions pénales" in read(client, "/fr/?on=2026-11-23")
    codes = [code for code in collection.participants if collection.participants[code].kind == "state"][:40]
    acts = [Act("XVIII-16", code, "accession", date(2026, 11, 1)) for code in codes]
    entries = [Entry(n, act, RECORDED_AT, "clerk", treaty="XVIII-16") for n, act in enumerate(acts, 1)]
    grown = TestClient(create_app(collection, lambda after, treaty: entries[after:] if treaty == "XVIII-16" else []))
    assert "Enters into force on 30 January 2027" in read(grown, "/en/?on=2026-11-23")
    for day in ("2027-01-30", "2027-02-28"):
        assert "Cybercrime Entered into force on 30 January 2027" in read(grown, f"/en/?on={day}")
    assert "Cybercrime In force since 30 January 2027" in read(grown, "/en/?on=2027-03-01")


def test_the_heaviest_status_page_weighs_at_most_8_kb(collection: Collection, register: Growing) -> None:
    site = TestClient(create_app(collection, register.later, base_url="https://depositary.example.int"))
    assert len(brotli.compress(site.get("/ru/treaties/IV-8/").content)) <= 8192
