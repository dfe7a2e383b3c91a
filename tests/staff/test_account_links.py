"""The form of an account keeps what was typed; the link that it makes has a page of its own until it is used."""

import re
from collections.abc import Callable
from html import unescape

import pyotp

from depositary import clock
from depositary.desk import accounts
from depositary.web.staff.desk import Desk
from tests.staff.conftest import HERE, PASSWORD, URL, Browser
from tests.staff.releasing import Staff
from tests.words_of import words_of

NEW = {"name": "new.one", "full_name": "Nora New", "role-auditor": "yes"}


def test_a_fault_keeps_the_form(staff: Staff) -> None:
    page = staff["administrator"].post("/staff/accounts", **NEW | {"name": "Nora"})
    assert page.status_code == 422
    assert 'value="Nora New"' in page.text
    form = page.text.partition("Add an account")[2]
    assert 'name="role-auditor" value="yes" checked' in form
    assert 'name="role-registrar" value="yes" checked' not in form


def test_the_link_can_be_loaded_again_until_it_is_used(staff: Staff, desk: Desk) -> None:
    administrator = staff["administrator"]
    made = administrator.post("/staff/accounts", **NEW)
    assert made.status_code == 303
    where = made.headers["location"]
    for _ in range(2):
        page = administrator.client.get(where)
        assert "it works once, for three days" in words_of(page.text)
    link = re.search(rf"{URL}/staff/invitation/([\w-]+)", page.text)
    assert link
    with desk.store.session() as session:
        invited = accounts.invitation(session, link[1], desk.seal, clock.now())
    assert invited
    code = pyotp.TOTP(invited[1]).at(int(clock.now().timestamp()))
    fields = {"password": PASSWORD, "again": PASSWORD, "code": code}
    assert administrator.client.post(f"/staff/invitation/{link[1]}", data=fields, headers=HERE).status_code == 200
    used = administrator.client.get(where)
    assert "This link was used, or works no more." in words_of(used.text)
    assert "/staff/invitation/" not in used.text


def test_a_second_click_leads_to_the_same_link(staff: Staff, desk: Desk) -> None:
    administrator = staff["administrator"]
    pages = [
        administrator.client.get(administrator.post("/staff/accounts", **NEW).headers["location"]).text
        for _ in range(2)
    ]
    links = {re.findall(rf"{URL}/staff/invitation/[\w-]+", page)[0] for page in pages}
    assert len(links) == 1
    anew = [administrator.post("/staff/accounts/new.one/invite").headers["location"] for _ in range(2)]
    assert len(set(anew)) == 1


def test_nobody_else_sees_the_link(
    staff: Staff, desk: Desk, person: Callable[..., str], signed_in: Callable[..., Browser]
) -> None:
    person("administrator.two", "administrator")
    two = signed_in("administrator.two")
    where = staff["administrator"].post("/staff/accounts", **NEW).headers["location"]
    assert two.client.get(where).status_code == 404
    assert staff["registrar"].client.get(where).status_code == 403
    for wrong in ("", "x", desk.seal.seal("x"), desk.seal.seal("[1]")):
        assert two.client.get("/staff/accounts/link", params={"shown": wrong}).status_code == 404


def test_a_request_and_what_came_of_it_have_their_pages(staff: Staff) -> None:
    administrator, legal = staff["administrator"], staff["legal officer"]
    asked = administrator.post("/staff/accounts", **NEW | {"role-registrar": "yes"}).headers["location"]
    page = unescape(administrator.client.get(asked).text)
    (request,) = re.findall(rf"{URL}(/staff/grants\?request=[^<\s]+)", page)
    sealed = re.search(r'name="request" value="([^"]+)"', legal.client.get(request).text)
    assert sealed
    done = legal.post("/staff/grants", request=sealed[1])
    assert "/staff/invitation/" in legal.client.get(done.headers["location"]).text
    assert "This link was used, or works no more." in words_of(administrator.client.get(asked).text)
    asked = administrator.post("/staff/accounts/auditor.one/roles", **{"role-registrar": "yes"}).headers["location"]
    (request,) = re.findall(rf"{URL}(/staff/grants\?request=[^<\s]+)", unescape(administrator.client.get(asked).text))
    sealed = re.search(r'name="request" value="([^"]+)"', legal.client.get(request).text)
    assert sealed
    done = legal.post("/staff/grants", request=sealed[1])
    assert "Done." in words_of(legal.client.get(done.headers["location"]).text)
