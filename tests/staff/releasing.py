"""How a test submits a draft and releases it by a second person."""

import re

from depositary.desk import accounts
from depositary.desk.audit import Doing
from depositary.desk.roles import Role
from depositary.law.acts import Act
from depositary.register.store import Store
from tests.register.sample_acts import AT
from tests.staff.conftest import Browser, act
from tests.words_of import words_of

Staff = dict[Role, Browser]


ACT = Act("XVIII-16", "S01", "ratification", AT.date())


def two_officers(store: Store) -> None:
    with store.session(writing=True) as session:
        for name in ("flora", "rudolf"):
            accounts.add(session, name, name, ["legal officer"], "en", Doing("the test", AT))


def hidden(page: str, name: str) -> str:
    """The value of a form's hidden field."""
    return str(re.findall(rf'name="{name}" value="([^"]*)"', page)[0])


def submitted(staff: Staff, **fields: str) -> int:
    response = staff["registrar"].post("/staff/form", **act(**fields))
    assert response.status_code == 303, words_of(response.text)
    return int(response.headers["location"].rsplit("/", 1)[1])


def release(browser: Browser, number: int):
    page = browser.client.get(f"/staff/cases/{number}").text
    return browser.post(f"/staff/cases/{number}/release", shown=hidden(page, "shown"), seen=hidden(page, "seen"))
