"""Notifications on the public site: the list, each page, PDF and content, and what is not there."""

import hashlib
import io
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pypdf
import pytest
from starlette.testclient import TestClient

from depositary.correspondence.notifications.archive import Archive, Issued
from depositary.correspondence.notifications.issue import issue
from depositary.desk.audit import Doing
from depositary.law.acts import Act
from depositary.register.recording import record, rectify
from depositary.register.store import Store
from depositary.treaties.collection import Collection
from depositary.web.app import create_app
from depositary.words import AVAILABLE, language
from tests.correspondence.notifications.conftest import AT, act
from tests.words_of import words_of

HOSTILE = '"><script>alert(1)</script>{{7*7}}<img src=x onerror=alert(1)>'
FIRST = "C.N.1.2027.TREATIES-XVIII.16"


@pytest.fixture
def house(sqlite: Store, treaties: Collection, rudolf: Doing) -> list[Issued]:
    """Three notifications; the last corrects the first."""
    acts = [
        act("S01", "accession", "2026-05-04"),
        act("S02", "declaration", "2026-05-05", text=HOSTILE),
    ]
    for instrument in acts:
        record(instrument, "flora", AT - timedelta(days=1), sqlite)
    found = [issue(sqlite, treaties, 1, "consent", rudolf), issue(sqlite, treaties, 2, "declaration", rudolf)]
    right = rectify(1, Act("XVIII-16", "S01", "accession", acts[1].date), "flora", AT, sqlite, reason="Misread.")
    later = Doing("rudolf", AT + timedelta(days=9))
    return [
        *found,
        issue(sqlite, treaties, right.number, "corrigendum", later, base_url="https://treaties.example.int"),
    ]


@pytest.fixture
def site(
    house: list[Issued], sqlite: Store, treaties: Collection, frozen: Callable[[str], AbstractContextManager[Any]]
) -> Iterator[TestClient]:
    """The public site on a later day, on a connection that reads only what is public."""
    public = Store(sqlite.url, sqlite.keys, public=True)
    app = create_app(treaties, public.entries, proofs=public, archive=Archive(public))
    with frozen("2027-06-01T12:00:00"):
        yield TestClient(app, follow_redirects=False)
    public.close()


@pytest.mark.parametrize("code", AVAILABLE)
def test_a_notification_is_a_page_in_each_language(code: str, site: TestClient, house: list[Issued]) -> None:
    page = site.get(f"/{code}/notifications/{FIRST}")
    assert page.status_code == 200
    told = words_of(page.text)
    document = house[0].document(code)
    for part in (FIRST, document.event, document.opening, document.issued, *(one.text for one in document.paragraphs)):
        assert re.sub(r"\s+", " ", part) in told
    assert page.text.count("/notifications/" + FIRST + ".pdf") == len(AVAILABLE)
    assert f'lang="{code}"' in page.text


@pytest.mark.parametrize("code", AVAILABLE)
def test_its_pdf_has_the_same_content(code: str, site: TestClient, house: list[Issued]) -> None:
    answer = site.get(f"/{code}/notifications/{FIRST}.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    reader = pypdf.PdfReader(io.BytesIO(answer.content))
    assert FIRST in "".join(page.extract_text() for page in reader.pages)
    assert answer.content == site.get(f"/{code}/notifications/{FIRST}.pdf").content


def test_the_content_is_what_the_register_notes(site: TestClient, house: list[Issued], sqlite: Store) -> None:
    content = site.get(f"/en/notifications/{FIRST}.json").content
    digest = hashlib.sha256(content).hexdigest()
    note = next(one for one in sqlite.entries() if one.notice and one.notice.reference == FIRST)
    assert note.documents == (digest,)
    page = site.get(f"/en/notifications/{FIRST}").text
    assert digest in page
    assert f"/register/proof/{note.number}" in page
    assert site.get(f"/register/proof/{note.number}").status_code == 200


def test_what_is_typed_is_shown_as_text(site: TestClient, house: list[Issued]) -> None:
    page = site.get(f"/en/notifications/{house[1].reference}").text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "{{7*7}}" in words_of(page)


def test_the_list_can_be_narrowed(site: TestClient, house: list[Issued]) -> None:
    def listed(query: str = "") -> list[str]:
        page = site.get(f"/en/notifications{query}")
        assert page.status_code == 200
        return list(dict.fromkeys(re.findall(r'href="/en/notifications/(C\.N[^"?]+)', page.text)))

    every = [one.reference for one in reversed(house)]
    assert listed() == every
    assert listed("?participant=S02") == [house[1].reference]
    assert listed("?treaty=XVIII-16&year=2027&participant=") == every
    assert listed("?year=2026") == []
    assert listed("?on=2027-03-05") == every[1:], "as of a day"
    assert listed("?known_at=2027-03-05T00:00:00Z") == every[1:]


def test_a_corrected_one_names_what_corrects_it(site: TestClient, house: list[Issued]) -> None:
    assert f'href="/en/notifications/{house[2].reference}"' in site.get(f"/en/notifications/{FIRST}").text
    assert house[2].reference not in site.get(f"/en/notifications/{FIRST}?on=2027-03-05").text


def test_the_entry_leads_to_its_notification(site: TestClient) -> None:
    assert f'href="/en/notifications/{FIRST}"' in site.get("/en/treaties/XVIII-16/register/1").text


def test_the_short_address_leads_to_it(site: TestClient) -> None:
    answer = site.get("/cn/2027/1", headers={"Accept-Language": "ru"})
    assert (answer.status_code, answer.headers["location"]) == (307, f"/ru/notifications/{FIRST}")


@pytest.mark.parametrize(
    "path",
    [
        "/en/notifications/C.N.9.2027.TREATIES-XVIII.16",
        "/en/notifications/C.N.1.2027.TREATIES-XVIII.1",
        "/en/notifications/x.pdf",
        "/en/notifications/..%2f..%2fetc%2fpasswd",
        "/en/notifications/%00",
        f"/en/notifications/{'C' * 5000}",
        f"/en/notifications/{FIRST}?on=2027-02-01",
        f"/en/notifications/{FIRST}.pdf?on=2027-02-01",
        f"/xx/notifications/{FIRST}",
        "/en/notifications?treaty=I-99",
        "/en/notifications?participant=%3Cscript%3E",
        "/cn/2027/9",
        "/cn/x/1",
        "/cn/2027/01",
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(path: str, site: TestClient) -> None:
    answer = site.get(path)
    assert answer.status_code == 404
    assert "<script>" not in answer.text


def test_a_house_that_has_issued_nothing_says_so(treaties: Collection) -> None:
    empty = TestClient(create_app(treaties, lambda after, treaty: []))
    for code in AVAILABLE:
        said = language(code).gettext("No notification has been issued that fits.")
        assert said in words_of(empty.get(f"/{code}/notifications").text)
