"""The checklist of `quality.md`, item by item; what concerns routes is taken from the route table itself."""

import ast
import re
import socket
from collections.abc import Callable, Iterator
from typing import Any, get_args

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from depositary.desk import accounts
from depositary.desk.roles import RIGHTS, ROLES, Right, Role
from depositary.settings import PROJECT
from depositary.web.staff.access import COOKIE, safe_path
from depositary.web.staff.desk import Desk
from depositary.web.staff.origin import DESK_HEADERS
from tests.staff.conftest import HERE, URL, Browser, act
from tests.words_of import words_of

Staff = dict[Role, Browser]

PUBLIC = {
    ("GET", "/"),
    ("GET", "/healthz"),
    ("GET", "/static/{name:path}"),
    ("GET", "/staff"),
    ("GET", "/staff/sign-in"),
    ("POST", "/staff/sign-in"),
    ("GET", "/staff/invitation/{token}"),
    ("POST", "/staff/invitation/{token}"),
    ("GET", "/contacts/confirm/{token}"),
    ("POST", "/contacts/confirm/{token}"),
}
"""The routes for which nobody need be signed in. A new one is written here, or the test of item 1 fails."""

BINDING = {
    "/staff/drafts/{number}/release",
    "/staff/self/password",
    "/staff/accounts",
    "/staff/accounts/{name}/{what}",
    "/staff/notifications/entries/{number}/{what}",
    "/staff/notifications/corrections/{number}",
    "/staff/notifications/issued/{name}/circulate",
    "/staff/contacts/entries/{number}/confirm",
    "/staff/contacts/proposals",
    "/staff/contacts/proposals/{number}/approve",
    "/staff/contacts/proposals/{number}/ask",
    "/staff/contacts/proposals/{number}/override",
    "/staff/contacts/asking/confirmation",
    "/staff/contacts/asking/ping",
    "/staff/circulation",
    "/staff/circulation/{name}/{what}",
    "/staff/letters/{number}/{what}",
}


def routes(app: FastAPI) -> Iterator[tuple[str, APIRoute]]:
    for route in flat(app.routes):
        for method in sorted((route.methods or set()) - {"HEAD"}):
            yield method, route


def flat(found: Any) -> Iterator[APIRoute]:
    """The routes of an application and of the routers it includes. Raises AttributeError for what is neither."""
    for route in found:
        if isinstance(route, APIRoute):
            yield route
        else:
            yield from flat(route.original_router.routes)


def guard_of(route: APIRoute) -> Any:
    return next((one.call for one in route.dependant.dependencies if hasattr(one.call, "right")), None)


def address(path: str) -> str:
    filled = path.replace("{number}", "1").replace("{slug}", "ratification").replace("{digest}", "0" * 64)
    return (
        filled.replace("{name:path}", "icon.svg")
        .replace("{token}", "x")
        .replace("{name}", "nobody")
        .replace("{what}", "invite")
        .replace("{code}", "S01")
    )


class TestItem1RouteAudit:
    def test_every_route_is_public_or_guarded(self, app: FastAPI) -> None:
        seen = {(method, route.path) for method, route in routes(app)}
        unguarded = {(method, route.path) for method, route in routes(app) if guard_of(route) is None}
        assert unguarded == PUBLIC
        assert len(seen) > 30

    def test_every_route_by_every_role_and_by_no_one(self, app: FastAPI, staff: Staff, desk: Desk) -> None:
        """The expected answer follows from the right a route names."""
        tried = 0
        for method, route in routes(app):
            guard, path = guard_of(route), address(route.path)
            if guard is None:
                continue
            nobody = TestClient(app, base_url=URL, follow_redirects=False).request(
                method, path, headers=HERE, data={"x": "1"} if method == "POST" else None
            )
            assert nobody.status_code == (303 if method == "GET" else 401), (method, path)
            for role in ROLES:
                browser = staff[role]
                if path == "/staff/sign-out":
                    continue
                response = browser.client.get(path) if method == "GET" else browser.post(path)
                allowed = guard.right is None or guard.right in RIGHTS[role]
                assert (response.status_code == 403) is not allowed, (method, path, role)
                assert response.status_code < 500, (method, path, role)
                tried += 1
        print(f"{tried} addresses tried by {len(ROLES)} roles")
        assert tried > 100
        assert desk.store.entries() == []

    def test_a_disabled_account_comes_nowhere(self, app: FastAPI, staff: Staff, desk: Desk) -> None:
        from tests.staff.test_signing_in import doing

        for role, browser in staff.items():
            with desk.store.session(writing=True) as session:
                accounts.disable(session, browser.name, doing())
            for method, route in routes(app):
                if guard_of(route) is not None:
                    path = address(route.path)
                    response = browser.client.get(path) if method == "GET" else browser.post(path)
                    assert response.status_code == (303 if method == "GET" else 401), (role, path)

    def test_every_right_is_somebody_s_and_asked_for(self, app: FastAPI) -> None:
        asked = {guard_of(route).right for _, route in routes(app) if guard_of(route)}
        assert set(get_args(Right)) - asked <= {"rule"}


def test_item_2_what_is_missing_looks_like_what_is_not_yours(staff: Staff) -> None:
    for path in (
        "/staff/drafts/99",
        "/staff/entries/99/rectify",
        f"/staff/documents/{'a' * 64}",
        "/staff/drafts/x",
        "/staff/new/nonsense",
    ):
        response = staff["registrar"].client.get(path)
        assert (response.status_code, words_of(response.text).count("There is nothing here.")) == (404, 1), path


class TestItem5FreshFactors:
    def test_what_is_binding_asks_again(self, app: FastAPI, staff: Staff, signed_in: Callable[..., Browser]) -> None:
        assert {route.path for _, route in routes(app) if guard_of(route) and guard_of(route).binding} == BINDING
        for path in BINDING:
            role: Role = "administrator" if "accounts" in path else "legal officer"
            own = ("contacts", "circulation", "letters")
            role = "contacts officer" if any(one in path for one in own) else role
            old = signed_in(staff[role].name, minutes=6)
            response = old.post(address(path), seen="1", shown="x", reason="typed before")
            assert response.status_code == 401
            assert "Show that it is you" in response.text
            assert 'name="kept-reason" value="typed before"' in response.text


def test_item_9_no_table_is_a_body_or_an_answer() -> None:
    for path in (PROJECT / "depositary/web/staff").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef):
                for argument in function.args.args:
                    assert "Row" not in ast.unparse(argument.annotation or ast.Constant("")), path
        assert "response_model" not in path.read_text(encoding="utf-8")


def test_item_9_fields_nobody_asked_for_set_nothing(staff: Staff, desk: Desk) -> None:
    more = {
        "id": "7",
        "role": "administrator",
        "approved_by": "x",
        "entry": "9",
        "recorded_by": "x",
        "saved_by": "rudolf",
        "number": "12",
    }
    made = staff["registrar"].post("/staff/form", **act(), **more)
    assert made.headers["location"] == "/staff/drafts/1"
    page = words_of(staff["legal officer"].client.get("/staff/drafts/1").text)
    assert re.search(r"registrar\.one ?: version 1", page)
    assert "rudolf" not in page


def test_item_10_the_database_repeats_the_rules(store: Any) -> None:
    import sqlalchemy as sa

    for statement in (
        "INSERT INTO account VALUES ('x', 'Person', 'registrar', 'en', '', '', 0, '')",
        "INSERT INTO account VALUES ('flora', '', 'registrar', 'en', '', '', 0, '')",
        "INSERT INTO account VALUES ('flora', NULL, 'registrar', 'en', '', '', 0, '')",
        "INSERT INTO draft_version VALUES (99, 1, '{}', 'x', 'nobody', '')",
        "INSERT INTO recovery_code VALUES ('x', 'nobody', '')",
        "INSERT INTO desk_session VALUES ('x', 'nobody', '', '', '', '', '', '')",
    ):
        with pytest.raises(sa.exc.DBAPIError), store.session(writing=True) as session:
            session.execute(sa.text(statement))


BAD_DATES = [
    *("2026-02-30", "2100-02-29", "0001-01-01", "9999-12-31", "05/01/2026", "1772323200", "0", "now", "today"),
    *("2026-1-5", "26-01-05", "2026-01", "2026-W05", "20260105", "2026-01-05T00:00", "2026-01-05Z", "٢٠٢٦-٠١-٠٥"),
    *("２０２６-01-05", " -2026-01-05", "2026--01-05", "2026-13-01", "2026-00-10", "2026-01-00", "2026-01-32", "x"),
    *("2026/01/05", "1 January 2026", "=1+1", "2026-01-05\u200b", "-1", "1e3", "null", "NaN"),
]


@pytest.mark.parametrize("column", ["date", "on_instrument", "received_on"])
def test_item_11_dates(staff: Staff, desk: Desk, column: str) -> None:
    assert len(BAD_DATES) > 30
    for text in BAD_DATES:
        response = staff["registrar"].post("/staff/form", **act(**{column: text}))
        assert response.status_code == 422, text
        assert f'id="{column}-fault"' in response.text, text
    assert staff["registrar"].client.get("/staff/drafts/1").status_code == 404


def test_item_12_what_is_too_long(app: FastAPI, staff: Staff) -> None:
    browser = staff["registrar"]
    big = {"token": browser.token, "text": "x" * (1024 * 1024)}
    assert browser.client.post("/staff/form", data=big, headers=HERE).status_code == 413
    scan = {"scan": ("a.pdf", b"%PDF-" + b"x" * (26 * 1024 * 1024), "application/pdf")}
    assert (
        browser.client.post("/staff/form", data={"token": browser.token}, files=scan, headers=HERE).status_code == 413
    )
    many = "&".join(f"f{n}=1" for n in range(1001))
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert browser.client.post("/staff/form", content=many, headers=HERE | kind).status_code in (413, 422)

    def endless() -> Iterator[bytes]:
        for _ in range(40):
            yield b"x" * 65536

    assert browser.client.post("/staff/form", content=endless(), headers=HERE | kind).status_code == 413


def test_item_14_text(staff: Staff) -> None:
    import unicodedata

    points = [
        *range(0x00, 0x09),
        0x0B,
        0x0C,
        *range(0x0E, 0x14),
        0x7F,
        0x85,
        0xAD,
        0x200B,
        0x200E,
        0x200F,
        *range(0x202A, 0x202F),
        *range(0x2066, 0x2070),
        0x2028,
        0x2029,
        0xFEFF,
    ]
    assert len(points) >= 40
    for point in points:
        response = staff["registrar"].post("/staff/form", **act(source=f"C.N.{chr(point)}1"))
        assert response.status_code == 422, hex(point)
    spread = unicodedata.normalize("NFD", "Hà Nội")
    made = staff["registrar"].post("/staff/form", **act(action="signature", date="2025-10-25", place=spread))
    page = staff["registrar"].client.get(made.headers["location"]).text
    assert unicodedata.normalize("NFC", spread) in page


def test_item_16_sql_in_a_field_is_a_text(staff: Staff, desk: Desk) -> None:
    for text in ("'; DROP TABLE entry; --", "' OR 1=1 --", '" UNION SELECT password FROM account --', "%'", "\\'"):
        made = staff["registrar"].post("/staff/form", **act(form=text, source=text, do="save"))
        assert made.status_code == 303
        found = words_of(staff["registrar"].client.get(f"/staff/participants?participant={text}").text)
        assert found == ""
    with desk.store.session() as session:
        assert len(accounts.accounts(session)) == len(ROLES)


def test_item_17_a_field_twice_is_refused(staff: Staff) -> None:
    browser = staff["registrar"]
    twice = [("token", browser.token), *act().items(), ("date", "2026-03-03")]
    body = "&".join(f"{name}={value}" for name, value in twice).replace(" ", "+")
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert browser.client.post("/staff/form", content=body, headers=HERE | kind).status_code == 422
    assert browser.client.post("/staff/form", json={"date": "x"}, headers=HERE).status_code == 422


HOSTILE = '"><script>alert(1)</script>{{7*7}}<img src=x onerror=alert(1)>'


def test_item_18_what_is_typed_is_shown_as_it_is(staff: Staff, desk: Desk) -> None:
    browser = staff["registrar"]
    wrong = browser.post("/staff/form", **dict.fromkeys(act(), HOSTILE) | {"kind": "record", "action": "ratification"})
    made = browser.post(
        "/staff/form",
        **act(action="declaration", text=HOSTILE, source=HOSTILE, remark=HOSTILE, grounds=HOSTILE, provision="63(3)"),
    )
    pages = [
        wrong.text,
        browser.client.get(made.headers["location"]).text,
        browser.client.get(f"{made.headers['location']}/edit").text,
    ]
    pages.append(browser.client.get("/staff/bench", params={"acts": HOSTILE}).text)
    pages.append(
        TestClient(browser.client.app, base_url=URL).post("/staff/form", data={"text": HOSTILE}, headers=HERE).text
    )
    for page in pages:
        assert HOSTILE not in page
        assert "<script>alert" not in page
        assert not re.findall(r"<img[^>]+onerror", page)
        assert "49" not in re.findall(r"\{\{.*?\}\}|49<", page)


def test_item_19_headers_on_every_answer(app: FastAPI, staff: Staff) -> None:
    client = staff["legal officer"].client
    answers = [client.get(address(route.path)) for method, route in routes(app) if method == "GET"]
    answers += [
        client.get("/nonsense"),
        client.post("/staff/form"),
        client.request("TRACE", "/"),
        client.get("/", headers={"host": "evil.example"}),
    ]
    for answer in answers:
        expected = dict(DESK_HEADERS)
        if "/documents/" in str(answer.url) and answer.status_code == 200:
            continue
        assert {name: answer.headers.get(name) for name in expected} == expected, answer.url


def test_item_24_errors_tell_nothing(staff: Staff, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("depositary.web.staff.work.drafts_at_work", lambda *_: 1 / 0)
    client = TestClient(
        staff["registrar"].client.app,
        base_url=URL,
        raise_server_exceptions=False,
        cookies=staff["registrar"].client.cookies,
    )
    response = client.get("/staff/")
    assert response.status_code == 500
    for secret in ("ZeroDivision", "Traceback", "depositary/", "sqlite"):
        assert secret not in response.text


def test_item_26_nothing_is_done_but_from_the_desk_s_own_forms(app: FastAPI, staff: Staff, desk: Desk) -> None:
    browser, tried = staff["registrar"], 0
    elsewhere: tuple[dict[str, str], ...] = (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {},
    )
    for method, route in routes(app):
        if method == "POST":
            for headers in elsewhere:
                response = browser.client.post(address(route.path), data={"token": browser.token}, headers=headers)
                assert response.status_code == 403, (route.path, headers)
                tried += 1
            if guard_of(route) is not None:
                for token in ("", "x" * 64, staff["auditor"].token):
                    assert (
                        browser.client.post(address(route.path), data={"token": token}, headers=HERE).status_code == 403
                    )
                    tried += 1
    before = desk.store.session
    with before() as session:
        from depositary.desk.draft import drafts_at_work

        assert drafts_at_work(session) == []
    print(f"{tried} requests from elsewhere refused")
    assert tried > 100


def test_item_26_a_get_changes_nothing(app: FastAPI, staff: Staff, desk: Desk) -> None:
    import sqlalchemy as sa

    def everything() -> list[Any]:
        with desk.store.reading() as connection:
            return [
                connection.execute(sa.select(sa.text("*")).select_from(sa.text(table))).all()
                for table in ("entry", "draft", "draft_version", "draft_step", "account", "invitation")
            ]

    staff["registrar"].post("/staff/form", **act())
    before = everything()
    for method, route in routes(app):
        if method == "GET":
            for browser in staff.values():
                browser.client.get(address(route.path))
    assert everything() == before


@pytest.mark.parametrize(
    "then",
    [
        "//evil.example",
        "/\\evil.example",
        "https:evil.example",
        "https://evil.example/staff/",
        "javascript:alert(1)",
        "%2f%2fevil.example",
        "/%09/evil.example",
        "/staff/../../evil",
        "/staff//evil.example",
        "\\\\evil.example",
        "/staff/\n",
        " /staff/",
        "staff/",
        "",
        "/evil",
        "/staff/%2e%2e/",
        "data:text/html,x",
        "/staff/\\evil",
        "///staff/",
        "/staff/\u202e",
    ],
)
def test_item_31_one_goes_nowhere_else_after_signing_in(then: str) -> None:
    assert safe_path(then) == "/staff/"
    assert safe_path("/staff/drafts/7") == "/staff/drafts/7"


class TestItem37Hosts:
    @pytest.mark.parametrize(
        "host",
        [
            "evil.example",
            "desk.example.int.evil.example",
            "desk.example.int:81",
            "",
            "DESK.EXAMPLE.INT@evil",
            "127.0.0.1",
            "localhost",
            "desk.example.int, evil",
            "evil.example#desk.example.int",
            ".",
            "desk.example.int.",
            "[::1]",
        ],
    )
    def test_it_answers_under_its_own_name_only(self, app: FastAPI, host: str) -> None:
        assert TestClient(app, base_url=URL).get("/staff/sign-in", headers={"host": host}).status_code == 421

    def test_links_are_of_the_configured_address(self, staff: Staff) -> None:
        made = staff["administrator"].post(
            "/staff/accounts", name="new.person", full_name="New", **{"role-auditor": "yes"}
        )
        assert made.status_code == 201
        assert f"{URL}/staff/invitation/" in made.text

    def test_no_header_changes_the_address_that_is_counted(self, app: FastAPI, desk: Desk) -> None:
        client = TestClient(app, base_url=URL)
        found = [
            client.post(
                "/staff/sign-in",
                data={"name": "nobody", "password": "x", "code": "1"},
                headers=HERE | {"X-Forwarded-For": f"10.0.{n}.1"},
            ).status_code
            for n in range(7)
        ]
        assert found[-1] == 429


def test_item_38_and_39_uploads(staff: Staff, desk: Desk) -> None:
    browser = staff["registrar"]
    names = [
        "../../etc/passwd",
        "..\\..\\x",
        "/etc/passwd",
        "CON",
        "a\x00.pdf",
        "..%2f..%2fx",
        "x" * 255,
        "a.pdf.exe",
        ".htaccess",
        "~root",
    ]
    for name in names:
        for content, status in (
            (b"%PDF-1.7 " + name.encode(), 303),
            (b"<html>", 422),
            (b"MZ", 422),
            (b"PK\x03\x04", 422),
        ):
            sent = browser.client.post(
                "/staff/form",
                data={"token": browser.token} | act(form=name, do="save"),
                files={"scan": (name, content, "application/pdf")},
                headers=HERE,
            )
            assert sent.status_code == status, (name, sent.status_code)
    page = browser.client.get("/staff/drafts/1").text
    (link,) = re.findall(r'href="(/staff/documents/[0-9a-f]{64})"', page)
    got = browser.client.get(link)
    assert got.content.startswith(b"%PDF-1.7")
    assert got.headers["content-disposition"].startswith("attachment")
    assert got.headers["x-content-type-options"] == "nosniff"
    assert TestClient(browser.client.app, base_url=URL, follow_redirects=False).get(link).status_code == 303


def test_item_40_and_41_what_is_not_there(app: FastAPI, staff: Staff) -> None:
    client = TestClient(app, base_url=URL)
    for path in ("/docs", "/redoc", "/openapi.json", "/api/docs"):
        assert client.get(path).status_code == 404
    assert client.get("/healthz").text == "ok\n"
    for method, route in routes(app):
        other = "DELETE" if method != "DELETE" else "PUT"
        assert client.request(other, address(route.path), headers=HERE).status_code == 405
    assert client.request("TRACE", "/staff/", headers=HERE).status_code == 405


def test_item_42_nothing_is_kept_by_caches(staff: Staff) -> None:
    for path in ("/staff/", "/staff/self", "/staff/sign-in"):
        assert staff["registrar"].client.get(path).headers["cache-control"] == "no-store"


def test_the_public_site_knows_no_desk_and_no_cookie(desk: Desk, staff: Staff) -> None:
    from depositary.web.app import create_app

    site = TestClient(create_app(desk.collection, desk.store.entries, proofs=desk.store), base_url=URL)
    cookie = {COOKIE: staff["registrar"].client.cookies[COOKIE]}
    for path in ("/en/treaties/XVIII-16/", "/en/"):
        plain, with_cookie = site.get(path), site.get(path, headers={"cookie": f"{COOKIE}={cookie[COOKIE]}"})
        assert plain.content == with_cookie.content
        assert "set-cookie" not in with_cookie.headers
    assert site.get("/staff/").status_code == 404
    assert socket.gethostname() not in plain.text


def test_item_13_hostile_files_make_no_draft(staff: Staff, desk: Desk) -> None:
    """The corpus of R11, sent through the browser's form."""
    from tests.faults.test_hostile_files import REFUSED

    browser, sent = staff["registrar"], 0
    for name, content in REFUSED.items():
        raw = content if isinstance(content, bytes) else content.encode()
        response = browser.client.post(
            "/staff/import",
            data={"token": browser.token, "form": name},
            files={"file": (name, raw, "text/csv")},
            headers=HERE,
        )
        assert response.status_code == 422, name
        assert 'class="faults"' in response.text, name
        sent += 1
    assert browser.client.get("/staff/drafts/1").status_code == 404
    print(f"{sent} hostile files refused")
    assert sent >= 60


def test_item_15_no_pattern_takes_long() -> None:
    """Every pattern, on 50 KB made to hold it up: it ends, and no group repeats a repetition."""
    import importlib
    import pkgutil

    import depositary

    worst = ["a" * 50_000 + "!", "1" * 50_000, "-" * 50_000, "a." * 25_000 + "!", " " * 50_000 + "x", "(" * 50_000]
    patterns: dict[tuple[str, str], re.Pattern[Any]] = {}
    for module in pkgutil.walk_packages(depositary.__path__, "depositary."):
        if not re.search("migrations|__main__", module.name):
            loaded = importlib.import_module(module.name)
            patterns |= {(module.name, name): one for name, one in vars(loaded).items() if isinstance(one, re.Pattern)}
    assert len(patterns) > 5
    for where, pattern in patterns.items():
        assert not re.search(r"\([^)]*[+*][^)]*\)[+*]", str(pattern.pattern)), where
        for typed in worst:
            given: Any = typed.encode() if isinstance(pattern.pattern, bytes) else typed
            pattern.fullmatch(given)
            pattern.match(given)


def test_items_1_and_5_hold_where_another_way_in_is_set(desk: Desk) -> None:
    from dataclasses import replace

    from depositary.web.staff.app import create_desk
    from depositary.web.staff.openid import Provider

    app = create_desk(replace(desk, provider=Provider("https://login.example.int", "desk", "secret")))
    unguarded = {(method, route.path) for method, route in routes(app) if guard_of(route) is None}
    assert unguarded == PUBLIC | {("GET", "/staff/openid"), ("GET", "/staff/openid/back")}


@pytest.mark.parametrize("code", ["en", "fr", "es", "ru", "ar", "zh"])
def test_item_22_a_briefing_in_every_language(staff: Staff, desk: Desk, code: str) -> None:
    browser = staff["auditor"]
    browser.post("/staff/self/language", language=code)
    lines = '2027-03-01 S01 ratification\n2027-03-01 S02 declaration text=#read("/etc/passwd") $x$ *b* @y'
    assert browser.client.get("/staff/bench", params={"acts": lines}).status_code == 200
    one, other = (browser.client.get("/staff/bench.pdf", params={"acts": lines}) for _ in range(2))
    assert (one.status_code, one.headers["content-type"]) == (200, "application/pdf")
    assert one.content.startswith(b"%PDF-")
    assert one.content == other.content
    assert browser.client.get("/staff/bench.pdf").status_code == 404
