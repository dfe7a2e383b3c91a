"""What every answer of the desk carries, under which names it answers, and what an error says."""

import socket

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from depositary.desk.roles import Role
from depositary.web.staff.desk import Desk
from depositary.web.staff.factors import COOKIE
from depositary.web.staff.origin import DESK_HEADERS
from tests.staff.conftest import HERE, URL, Browser
from tests.staff.route_table import address, routes

Staff = dict[Role, Browser]


def test_headers_on_every_answer(app: FastAPI, staff: Staff) -> None:
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


def test_there_is_no_documentation_and_no_other_method(app: FastAPI, staff: Staff) -> None:
    client = TestClient(app, base_url=URL)
    for path in ("/docs", "/redoc", "/openapi.json", "/api/docs"):
        assert client.get(path).status_code == 404
    assert client.get("/healthz").text == "ok\n"
    for method, route in routes(app):
        other = "DELETE" if method != "DELETE" else "PUT"
        assert client.request(other, address(route.path), headers=HERE).status_code == 405
    assert client.request("TRACE", "/staff/", headers=HERE).status_code == 405


def test_caches_keep_nothing(staff: Staff) -> None:
    for path in ("/staff/", "/staff/self", "/staff/sign-in"):
        assert staff["registrar"].client.get(path).headers["cache-control"] == "no-store"


def test_the_page_of_an_error_says_nothing_of_the_program(
    staff: Staff, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("depositary.web.staff.work.cases_at_work", lambda *_: 1 / 0)
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


class TestHosts:
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
        assert made.status_code == 303
        assert f"{URL}/staff/invitation/" in staff["administrator"].client.get(made.headers["location"]).text

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
