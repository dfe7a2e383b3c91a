"""What the first screen of a status page answers on a phone, and its figures."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from typing import Any

import pytest

from depositary.law.acts import Act
from depositary.register.entry import Entry
from depositary.settings import PROJECT
from depositary.treaties.collection import Collection, load_collection
from depositary.treaties.instruments_csv import read_acts
from depositary.web.app import create_app
from depositary.words import AVAILABLE
from tests.web.conftest import site
from tests.words_of import words_of

Read = Callable[[str], str]
STATUS = "/en/treaties/I-1/"
DAY, RECORDED_AT = date(2026, 11, 20), datetime(2026, 11, 21, tzinfo=UTC)


@pytest.fixture(scope="module")
def signed(serve: Callable[[Any], AbstractContextManager[str]]) -> Iterator[str]:
    """The site with the real signatures of the Convention, and a ratification."""
    collection = load_collection(PROJECT / "data")
    acts = read_acts(PROJECT / "data/instruments.csv", collection.participants, collection.treaties)
    acts = [*(act for act in acts if act.treaty == "XVIII-16"), Act("XVIII-16", "MAR", "ratification", DAY)]
    entries = [Entry(n, act, RECORDED_AT, "clerk", treaty="XVIII-16") for n, act in enumerate(acts, 1)]
    app = create_app(collection, lambda after, treaty: entries[after:] if treaty == "XVIII-16" else [])
    with serve(app) as address:
        yield address


def test_the_earliest_day_supposes_that_all_deposit_on_the_day(read: Read) -> None:
    page = read(f"{STATUS}?on=2026-05-31")
    assert "Earliest entry into force 29 August 2026 if the 1 instrument still required is also deposited on" in page


def test_the_end_of_signature_and_the_latest_consent(read: Read) -> None:
    page = read(f"{STATUS}?on=2026-05-31")
    assert "What comes next 30 June 2026 Last day of signature in Zenda, in 30 days" in page
    assert "Latest consent Zenda Union approval, 10 March 2026" in page
    assert "What comes next 30 June 2026 Last day of signature in Zenda, today" in read(f"{STATUS}?on=2026-06-30")
    assert "Last day of signature" not in read(f"{STATUS}?on=2026-07-01")


def test_what_comes_before_the_end_of_signature(collection: Collection) -> None:
    acts = [Act("I-1", code, "accession", date(2026, 3, 1)) for code in ("RUR", "GRK", "SYL")]
    page = words_of(site(collection, acts).get(f"{STATUS}?on=2026-03-02").text)
    assert "What comes next 30 May 2026 Entry into force, in 89 days Signature closes 30 June 2026 in 120 days" in page


def test_a_withdrawn_instrument_is_not_the_latest_consent(collection: Collection) -> None:
    acts = [
        Act("I-1", "RUR", "accession", date(2026, 2, 1)),
        Act("I-1", "GRK", "accession", date(2026, 3, 1)),
        Act("I-1", "GRK", "withdrawal of instrument", date(2026, 4, 1)),
    ]
    pages = site(collection, acts)
    assert "Latest consent Graustark" in words_of(pages.get(f"{STATUS}?on=2026-03-31").text)
    assert "Latest consent Ruritania" in words_of(pages.get(f"{STATUS}?on=2026-04-01").text)


def test_no_earliest_day_once_the_number_is_reached(read: Read) -> None:
    assert "Earliest entry into force" not in read(f"{STATUS}?on=2026-06-01")


QUESTIONS = {
    "is it in force?": "#state",
    "how many of the 40 instruments?": ".state .lead",
    "why?": ".state .lead a[href*='reasons/entry-into-force']",
    "how far is it?": ".state .progress",
    "when at the earliest?": ".state .glance div:nth-child(1)",
    "what comes next, and until when can a State sign?": ".state .glance .next",
    "who consented last?": ".state .glance div:nth-child(3) a[href*='participants/MAR']",
    "how many signed?": ".state .counters",
}


@pytest.mark.parametrize("code", AVAILABLE)
def test_a_phone_answers_each_question_without_scrolling(signed: str, page: Any, code: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{signed}/{code}/treaties/XVIII-16/?on=2026-11-24")
    for question, part in QUESTIONS.items():
        assert page.eval_on_selector(part, "part => part.getBoundingClientRect().bottom") <= 844, question
    assert page.evaluate("document.documentElement.scrollWidth") == 390
