"""What strangers find at the published site: its headers everywhere, and nothing of the inside."""

import itertools
import re
from collections.abc import Iterator

import pytest

from depositary.web.api.cross_origin import FOR_ANY_SITE
from depositary.web.api.problems import is_data
from depositary.web.publication.publication import Publication
from depositary.web.security import HEADERS
from tests.web.served_site import STATUS, port, published
from tests.web.wire import get

__all__ = ["port", "published"]  # fixtures

WELL_KNOWN_TO_BE_TRIED = [
    "/.git/config",
    "/.git/HEAD",
    "/.env",
    "/.htaccess",
    "/.htpasswd",
    "/.DS_Store",
    "/.svn/entries",
    "/.ssh/id_rsa",
    "/.well-known/passwd",
    "/register.sqlite",
    "/contacts.sqlite",
    "/var/register.sqlite",
    "/var/contacts.sqlite",
    "/keys",
    "/keys/current.pem",
    "/var/keys",
    "/backup.sql",
    "/dump.sql",
    "/db.sqlite3",
    "/database.sqlite",
    "/wp-login.php",
    "/phpinfo.php",
    "/server-status",
    "/admin",
    "/config.json",
    "/pyproject.toml",
    "/requirements.lock",
    "/depositary/settings.py",
    "/static/../../settings.py",
    "/static/%2e%2e/settings.py",
    "/..%2f..%2fetc/passwd",
    "/etc/passwd",
    "//etc/passwd",
    "/alarm.json",
    "/current",
    "/editions",
    "/snapshots",
    "/published/alarm.json",
    "/debug",
    "/console",
    "/metrics/../keys",
    "/staff/",
    "/docs",
    "/redoc",
    "/openapi.json",
]


def crawl(port: int) -> Iterator[str]:
    """Every address that is linked to, beginning at the roots; a page of each kind."""
    ahead = [
        "/",
        "/en/",
        "/ar/",
        "/robots.txt",
        "/sitemap.xml",
        "/.well-known/security.txt",
        "/healthz",
        "/register/head",
    ]
    ahead += [
        "/treaties/I-1/status.json",
        "/treaties/I-1/status.csv",
        "/api/v1/treaties/I-1/status",
        "/register/proof/1",
    ]
    seen = set(ahead)
    while ahead:
        path = ahead.pop()
        yield path
        if path.startswith(("/en", "/ar")) and "?" not in path:
            for linked in re.findall(r'href="(/[^"#]*)', get(port, path)[2].decode(errors="replace")):
                address = linked.replace("&amp;", "&")
                if address not in seen and not address.startswith(("/fr", "/es", "/ru", "/zh")):
                    seen.add(address)
                    ahead.append(address)


def test_every_answer_of_a_crawl_bears_the_headers_and_says_what_it_is(port: int) -> None:
    """Nothing leads a browser elsewhere before it is asked to."""
    kinds: set[str] = set()
    number = 0
    for path in crawl(port):
        status, headers, body = get(port, path)
        assert status in (200, 307), path
        number += 1
        expected = HEADERS | (FOR_ANY_SITE if is_data(path.partition("?")[0]) else {})
        for name, value in expected.items():  # the calculator may run its own script as well
            assert headers[name.lower()].startswith(value.lower()), path
        assert "set-cookie" not in headers
        if status == 200:
            kinds.add(headers["content-type"])
            assert "charset=utf-8" in headers["content-type"] or not headers["content-type"].startswith("text/")
        if not headers.get("content-type", "").startswith("text/html"):
            continue
        fetched = re.findall(rb'<(?:link|img|script|iframe|source)[^>]*(?:src|href)="(https?:)?//', body)
        allowed = re.findall(rb'<link rel="(?:canonical|alternate)"[^>]*href="https?://', body)
        assert len(fetched) <= len(allowed), path
    assert number > 60
    assert {"text/html; charset=utf-8", "application/json", "text/csv; charset=utf-8", "application/xml"} <= kinds


@pytest.mark.parametrize("path", WELL_KNOWN_TO_BE_TRIED)
def test_what_is_looked_for_by_strangers_is_not_there(port: int, path: str) -> None:
    status, headers, _ = get(port, path)
    assert status == 404
    assert {name.lower() for name in HEADERS} <= set(headers)


def provoked() -> Iterator[str]:
    """Two hundred questions that have no answer."""
    bad = ("x", "2026-02-30", "'", "%00", "%F0%9F%92%A9", "' OR 1=1 --", "../..", "{{7*7}}", "9" * 300, "%E2%80%AE")
    places = (
        "/en/treaties/{}/",
        "/en/treaties/I-1/participants/{}",
        "/en/treaties/I-1/register/{}",
        "/en/treaties/I-1/articles/{}",
        "/en/treaties/I-1/reasons/{}",
        "/en/treaties/I-1/?on={}",
        "/en/treaties/I-1/?known_at={}",
        "/treaties/{}/status.json",
        "/treaties/I-1/status.csv?on={}",
        "/api/v1/treaties/I-1/status?known_at={}",
        "/register/proof/{}",
        "/register/consistency/{}",
        "/{}/",
        "/static/{}",
        "/en/participants/{}",
        "/en/treaties/I-1/calculator?act={}",
        "/en/treaties/I-1/?on=2026-01-01&on={}",
        "/en/treaties/I-1/participants/RUR/reasons/{}",
        "/.well-known/{}",
        "/en/{}",
    )
    for place, word in itertools.product(places, bad):
        yield place.format(word.replace(" ", "%20").replace("{", "%7B").replace("}", "%7D"))


def test_an_error_tells_nothing_of_the_inside(port: int) -> None:
    """Two hundred provoked errors."""
    number = 0
    for path in provoked():
        status, headers, body = get(port, path)
        number += 1
        assert status < 500, path
        assert {name.lower() for name in HEADERS} <= set(headers)
        for word in (b"Traceback", b"sqlite", b"SELECT", b"site-packages", b".py", b"uvicorn", b"starlette", b"Error:"):
            assert word not in body, path
    assert number == 200


def test_a_cookie_of_the_desk_changes_no_byte(port: int, published: Publication) -> None:
    for path in [*published.current.pages, f"{STATUS}?on=2026-09-01", "/nothing"]:
        with_cookie = get(port, path, "Cookie: __Host-desk=0123456789abcdef; session=x")
        assert with_cookie[2] == get(port, path)[2]
        assert "cookie" not in with_cookie[1].get("vary", "")


def test_addresses_begin_with_the_base_url_whatever_the_host(port: int) -> None:
    for path in (
        "/sitemap.xml",
        "/robots.txt",
        "/.well-known/security.txt",
        STATUS,
        f"{STATUS}?on=2026-09-01",
        "/nothing",
    ):
        _, headers, body = get(port, path, "Host: evil.example", "X-Forwarded-Host: evil.example")
        assert b"evil" not in body
        assert "evil" not in str(headers)
    assert b"<loc>https://treaties.example/en/treaties/I-1/</loc>" in get(port, "/sitemap.xml")[2]
    security = get(port, "/.well-known/security.txt")[2].decode()
    assert "Contact: mailto:security@treaties.example\n" in security
    assert re.search(r"^Expires: \d{4}-\d\d-\d\dT", security, re.MULTILINE)
