"""Roles that draft, release or administer are given by two persons, and never to oneself."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import sqlalchemy as sa
from sqlmodel import select

from depositary import clock
from depositary.desk import accounts, first_hour, grants
from depositary.desk.audit import Doing
from depositary.desk.roles import RIGHTS, ROLES, Role
from depositary.desk.tables import AuditRow
from depositary.errors import BadInput
from depositary.web.staff.desk import Desk
from tests.staff.conftest import URL, Browser
from tests.stores import ON_BOTH
from tests.words_of import words_of

Staff = dict[Role, Browser]

ACCOUNTS, NEW = "/staff/accounts", {"name": "new.one", "full_name": "New"}


def request_in(page: str) -> str:
    """The sealed request of the link on a page."""
    (link,) = re.findall(rf"{URL}/staff/grants\?request=[^<\s]+", unescape(page))
    return str(parse_qs(urlsplit(link).query)["request"][0])


def followed(browser: Browser, path: str, **fields: str) -> Any:
    """The page of the link to which a form leads; the answer itself where it leads to none."""
    answer = browser.post(path, **fields)
    location = answer.headers.get("location", "")
    return browser.client.get(location) if "/link?" in location else answer


def roles_of(desk: Desk, name: str) -> set[str] | None:
    with desk.store.session() as session:
        person = accounts.account(session, name)
    return {*person.roles} if person else None


def test_an_administrator_alone_adds_nobody_who_drafts_or_releases(staff: Staff, desk: Desk) -> None:
    for role in sorted(grants.BY_TWO):
        page = followed(staff["administrator"], ACCOUNTS, **NEW, **{f"role-{role}": "yes"})
        assert page.status_code == 200
        assert "/staff/invitation/" not in page.text
        assert roles_of(desk, "new.one") is None
        own = staff["administrator"].post("/staff/grants", request=request_in(page.text))
        assert (own.status_code, "by a person who did not make it" in words_of(own.text)) == (422, True)
        assert roles_of(desk, "new.one") is None
    assert {role for role in ROLES if RIGHTS[role] & {"draft", "release", "accounts"}} == grants.BY_TWO


def test_a_legal_officer_agrees(staff: Staff, desk: Desk) -> None:
    page = followed(staff["administrator"], ACCOUNTS, **NEW, **{"role-registrar": "yes"})
    request = request_in(page.text)
    shown = words_of(staff["legal officer"].client.get("/staff/grants", params={"request": request}).text)
    for expected in ("Add an account", "new.one", "registrar", "administrator.one"):
        assert expected in shown
    done = followed(staff["legal officer"], "/staff/grants", request=request)
    assert done.status_code == 200
    assert f"{URL}/staff/invitation/" in done.text
    assert roles_of(desk, "new.one") == {"registrar"}
    second_click = followed(staff["legal officer"], "/staff/grants", request=request)
    assert f"{URL}/staff/invitation/" in second_click.text
    desk.answered.forget()
    again = staff["legal officer"].post("/staff/grants", request=request)
    assert (again.status_code, "was carried out" in words_of(again.text)) == (422, True)


def test_no_administrator_invites_an_officer_anew_alone(staff: Staff, desk: Desk) -> None:
    """With that link they would act as the officer."""
    page = followed(staff["administrator"], f"{ACCOUNTS}/registrar.one/invite")
    assert "/staff/invitation/" not in page.text
    assert followed(staff["legal officer"], "/staff/grants", request=request_in(page.text)).status_code == 200


def test_roles_are_taken_by_one_and_given_by_two(staff: Staff, desk: Desk) -> None:
    administrator = staff["administrator"]
    page = followed(administrator, f"{ACCOUNTS}/auditor.one/roles", **{"role-auditor": "yes", "role-registrar": "yes"})
    assert roles_of(desk, "auditor.one") == {"auditor"}
    staff["legal officer"].post("/staff/grants", request=request_in(page.text))
    assert roles_of(desk, "auditor.one") == {"auditor", "registrar"}
    assert administrator.post(f"{ACCOUNTS}/auditor.one/roles", **{"role-auditor": "yes"}).status_code == 303
    assert roles_of(desk, "auditor.one") == {"auditor"}
    desk.answered.forget()
    again = staff["legal officer"].post("/staff/grants", request=request_in(page.text))
    assert again.status_code == 422, "a request is carried out once, although the account is as it was"
    assert roles_of(desk, "auditor.one") == {"auditor"}


def test_nobody_agrees_to_a_role_of_their_own(staff: Staff, desk: Desk) -> None:
    page = followed(staff["administrator"], f"{ACCOUNTS}/legal.one/roles", **{f"role-{r}": "yes" for r in ROLES[:2]})
    refused = staff["legal officer"].post("/staff/grants", request=request_in(page.text))
    assert (refused.status_code, "whose account it does not concern" in words_of(refused.text)) == (422, True)
    assert roles_of(desk, "legal.one") == {"legal officer"}


def test_a_forged_an_expired_and_another_sealed_text_are_refused(
    staff: Staff, desk: Desk, person: Callable[..., str]
) -> None:
    at = clock.now()
    with desk.store.session(writing=True) as session:
        old = Doing("administrator.one", at - timedelta(hours=73))
        expired = grants.ask(session, "roles", "auditor.one", "", ["registrar"], "en", desk.seal, old)
    for sealed in (
        expired,
        "",
        "x",
        desk.seal.seal("x"),
        desk.seal.seal("[1]"),
        desk.seal.seal('["s", "n", "v", 1.0]'),
    ):
        with pytest.raises(BadInput, match="expired"):
            grants.read(sealed, desk.seal, at)
        assert staff["legal officer"].client.get("/staff/grants", params={"request": sealed}).status_code == 200
        assert staff["legal officer"].post("/staff/grants", request=sealed).status_code == 422


def test_a_disabled_administrator_has_asked_for_nothing(staff: Staff, desk: Desk) -> None:
    page = followed(staff["administrator"], f"{ACCOUNTS}/auditor.one/roles", **{"role-registrar": "yes"})
    with desk.store.session(writing=True) as session:
        accounts.disable(session, "administrator.one", Doing("the test", clock.now()))
    assert staff["legal officer"].post("/staff/grants", request=request_in(page.text)).status_code == 422
    assert roles_of(desk, "auditor.one") == {"auditor"}


def executed(desk: Desk, statement: str) -> None:
    """A statement of somebody who writes in the database, with every trigger in place."""
    with desk.store.engine.execution_options(depositary_writes=True).begin() as connection:
        connection.exec_driver_sql(statement)


GRANT = "INSERT INTO role_grant (what, account, roles, asked_by, asked_at, agreed_by, agreed_at) VALUES "
COLUMNS = "name, full_name, roles, language, password, second, last_step, disabled_at, granted"
ACCOUNT = f"INSERT INTO account ({COLUMNS}) VALUES "  # noqa: S608
ONESELF = [
    ("administrator.one", "administrator.one", "auditor.one"),
    ("administrator.one", "auditor.one", "registrar.one"),
    ("legal.one", "administrator.one", "registrar.one"),
    ("administrator.one", "legal.one", "legal.one"),
    ("administrator.one", "legal.one", "administrator.one"),
    ("nobody", "legal.one", "registrar.one"),
    ("administrator.one", "contacts.one", "registrar.one"),
]


@ON_BOTH
@pytest.mark.parametrize(("asked", "agreed", "account"), ONESELF)
def test_the_database_takes_a_grant_of_two_persons_only(
    staff: Staff, desk: Desk, asked: str, agreed: str, account: str
) -> None:
    with pytest.raises(sa.exc.DBAPIError, match="two persons give a role"):
        executed(desk, f"{GRANT} ('roles', '{account}', 'registrar', '{asked}', 'at', '{agreed}', 'at')")


@ON_BOTH
@pytest.mark.parametrize("role", sorted(grants.BY_TWO))
def test_the_database_gives_no_role_alone(staff: Staff, desk: Desk, role: str) -> None:
    for statement in (
        f"UPDATE account SET roles = '{role}' WHERE name = 'auditor.one'",  # noqa: S608
        f"UPDATE account SET roles = 'auditor,{role}', granted = 1 WHERE name = 'auditor.one'",  # noqa: S608
        f"{ACCOUNT} ('mallory', 'Mallory', 'auditor,{role}', 'en', 'x', '', 0, '', 0)",
        f"{ACCOUNT} ('mallory', 'Mallory', '{role}', 'en', 'x', '', 0, '', 1)",
        "INSERT INTO invitation (token, account, second, expires_at, used_at) VALUES "  # noqa: S608
        f"('x', '{role.split(maxsplit=1)[0]}.one', '', '9', '')",
    ):
        with pytest.raises(sa.exc.DBAPIError, match="nobody gives a role"):
            executed(desk, statement)


@ON_BOTH
def test_a_grant_is_used_once_by_the_database_too(staff: Staff, desk: Desk) -> None:
    page = followed(staff["administrator"], f"{ACCOUNTS}/auditor.one/roles", **{"role-registrar": "yes"})
    assert staff["legal officer"].post("/staff/grants", request=request_in(page.text)).status_code == 303
    executed(desk, "UPDATE account SET roles = 'auditor' WHERE name = 'auditor.one'")
    with pytest.raises(sa.exc.DBAPIError, match="nobody gives a role"):
        executed(desk, "UPDATE account SET roles = 'registrar' WHERE name = 'auditor.one'")


def test_the_first_hour_ends_for_ever(desk: Desk, person: Callable[..., str]) -> None:
    """Not even an administrator who disables the others, or takes their roles, is alone again."""
    doing = Doing("the test", clock.now())
    person("anna", "administrator")
    with desk.store.session(writing=True) as session:
        assert first_hour.is_now(session)
        accounts.add(session, "flora", "Flora", ["registrar"], "en", doing)
    person("rudolf", "legal officer")
    with desk.store.session(writing=True) as session:
        assert not first_hour.is_now(session)
        accounts.disable(session, "rudolf", doing)
        accounts.set_roles(session, "rudolf", ["auditor"], doing)
    with desk.store.session() as session:
        assert not first_hour.is_now(session)
        (over,) = session.exec(select(AuditRow).where(AuditRow.what == "first hour over")).all()
        assert over.about.startswith("two persons give a role")
    with pytest.raises(sa.exc.DBAPIError, match="nobody gives a role"):
        executed(desk, "UPDATE account SET roles = 'registrar' WHERE name = 'rudolf'")
