"""The page of a State leads with what it does to be bound: its acts, the last days to deposit, what it sends."""

import calendar
import re
from collections.abc import Callable
from datetime import date

import pytest
from starlette.testclient import TestClient

from depositary.authorities.obligations import DUTIES
from depositary.law.acts import Act
from depositary.register.entry import acts_of, as_known
from depositary.settings import PROJECT
from depositary.treaties.collection import Collection, load_collection
from depositary.web.app import create_app
from depositary.words import AVAILABLE
from tests.web.conftest import TREATY, entries
from tests.words_of import words_of

Read = Callable[[str], str]


@pytest.fixture(scope="module")
def unsigned() -> TestClient:
    """The site with the real treaties and no act."""
    return TestClient(create_app(load_collection(PROJECT / "data"), lambda after, treaty: []))


def test_a_signatory_reads_when_it_would_be_bound(read: Read) -> None:
    page = read("/en/participants/RUR?on=2026-01-31")
    assert page.index("Ruritania is a signatory: it signed on 10 January 2026") < page.index("What to send")
    assert "If it deposits on 31 January 2026, it is bound on 1 May 2026 at the earliest: if the 2 other" in page
    assert "the instrument (ratification, acceptance, approval)" in page
    assert "it is bound on 29 August 2026." in read("/en/participants/BOR?on=2026-05-31")
    early = read("/en/participants/BOR?on=2026-02-15")
    assert "it is bound on 16 May 2026 at the earliest: if the 1 other instrument still required" in early


def test_one_that_has_not_signed_accedes_and_may_sign(read: Read) -> None:
    page = read("/en/participants/BOR?on=2026-05-31")
    assert "It has not signed. It may sign until 30 June 2026; a signature alone does not bind it." in page
    assert "the instrument (accession)" in page
    assert "It may sign until" not in read("/en/participants/BOR?on=2026-07-01")


def test_an_act_without_effect_says_why(read: Read) -> None:
    page = read("/en/participants/GRK?on=2026-05-31")
    assert "Graustark has neither signed the Convention nor deposited an instrument with effect." in page
    assert "Graustark signed at" in page


def test_one_that_consented_reads_when_it_is_bound(read: Read) -> None:
    page = read("/en/participants/GRK?on=2026-06-02")
    assert "the Convention enters into force for it on 30 August 2026" in page
    assert "The last day to deposit" not in page
    assert "What to send with the instrument" not in page


def test_an_organization_without_a_member_reads_that_its_instrument_has_no_effect(unsigned: TestClient) -> None:
    page = words_of(unsigned.get("/en/participants/EU?on=2026-11-28").text)
    assert "An instrument deposited on 28 November 2026 would have no effect:" in page
    assert "the extent of competence" in page
    assert "Head of State" not in page


@pytest.mark.parametrize("on", [date(2026, 2, 15), date(2026, 5, 31), date(2026, 9, 10)])
def test_the_last_day_to_deposit_is_the_last(collection: Collection, client: TestClient, on: date) -> None:
    page = words_of(client.get(f"/en/participants/LUT?on={on}").text)
    table = page.partition("Lutha deposits by ")[2].partition(" To be bound by another day")[0]
    days = [date(int(y), MONTHS.index(m) + 1, int(d)) for d, m, y in re.findall(r"(\d+) ([A-Z][a-z]+) (\d{4})", table)]
    known = [act for act in acts_of(as_known(entries())) if act.date <= on]
    reached = collection.effects(known, TREATY, on).threshold_on is not None
    rows = [days[n : n + (2 if reached else 3)] for n in range(0, len(days), 2 if reached else 3)]
    assert len(rows) == 3
    for row in rows:
        others = [] if reached else [Act(TREATY, code, "accession", row[1]) for code in ("EVA", "BOR")]

        def bound(deposited: date, others: list[Act] = others) -> date | None:
            supposed = [*known, *others, Act(TREATY, "LUT", "accession", deposited)]
            return collection.effects(supposed, TREATY, max(on, deposited)).since["LUT"]

        last = bound(row[-1])
        assert last is not None
        assert last <= row[0]
        later = bound(date.fromordinal(row[-1].toordinal() + 1))
        assert later is not None
        assert later > row[0]


MONTHS = tuple(calendar.month_name)[1:]


def test_the_clause_file_asks_for_what_the_registers_of_authorities_keep(unsigned: TestClient) -> None:
    clauses = load_collection(PROJECT / "data").clauses("XVIII-16")
    asked = {*clauses.information.with_instrument, *clauses.information.afterwards}
    assert asked == {duty.provision for duty in DUTIES if duty.of != "organizations"}
    assert {duty.provision for duty in DUTIES if duty.when == "at deposit"} <= {*clauses.information.with_instrument}
    page = words_of(unsigned.get("/en/participants/GHA?on=2026-11-28").text)
    for provision in asked:
        assert f"article {provision}" in page
        assert clauses.words(provision) in page


@pytest.mark.parametrize("code", AVAILABLE)
@pytest.mark.parametrize("whose", ["GHA", "EU"])
def test_all_of_it_is_one_page_of_paper(unsigned: TestClient, code: str, whose: str) -> None:
    page = unsigned.get(f"/{code}/participants/{whose}")
    assert f'href="/{code}/participants/{whose}/briefing.pdf"' in page.text
    briefing = unsigned.get(f"/{code}/participants/{whose}/briefing.pdf?on=2026-11-28")
    assert briefing.headers["content-type"] == "application/pdf"
    assert briefing.content.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", briefing.content)) == 1


def test_before_its_adoption_the_treaty_is_not_spoken_of(unsigned: TestClient) -> None:
    page = words_of(unsigned.get("/en/participants/GHA?on=2014-12-20").text)
    assert "What to send" not in page
    briefing = unsigned.get("/en/participants/GHA/briefing.pdf?on=2014-12-20")
    assert briefing.status_code == 404
    assert "The treaty did not exist on that day: it was adopted on 24 December 2024." in words_of(briefing.text)


def test_nobody_has_no_briefing(unsigned: TestClient) -> None:
    assert unsigned.get("/en/participants/XXX/briefing.pdf").status_code == 404
