"""What is wrong is said in the language of who made it, before and after they are known."""

from datetime import date

import pytest
import sqlalchemy as sa

from depositary.desk.roles import Role
from depositary.errors import Sentence
from depositary.words import AVAILABLE, language
from tests.staff.conftest import Browser, act
from tests.words_of import words_of

Staff = dict[Role, Browser]

SAID = {
    "en": "write the date as YYYY-MM-DD",
    "fr": "écrivez la date sous la forme AAAA-MM-JJ",
    "es": "escriba la fecha como AAAA-MM-DD",
    "ru": "пишите дату как ГГГГ-ММ-ДД",
    "ar": "اكتب التاريخ بالصيغة YYYY-MM-DD",
    "zh": "请将日期写作 YYYY-MM-DD",
}


@pytest.mark.parametrize("code", AVAILABLE)
def test_beside_its_field(staff: Staff, code: str) -> None:
    flora = staff["registrar"]
    flora.post("/staff/self/language", language=code)
    page = flora.post("/staff/form", **act(date="2 March"))
    assert page.status_code == 422
    assert SAID[code] in words_of(page.text)


def test_on_a_page_of_its_own(staff: Staff) -> None:
    flora = staff["registrar"]
    flora.post("/staff/self/language", language="ar")
    assert "لا صفحة في هذا العنوان" in flora.client.get("/staff/cases/99").text
    assert 'dir="rtl"' in flora.client.get("/staff/accounts").text


@pytest.mark.parametrize(("wished", "said"), [("ar;q=0.9, xx", "مكتب"), ("ru-RU,ru", "Имя"), ("", "Name")])
def test_before_one_is_known(staff: Staff, wished: str, said: str) -> None:
    client = staff["registrar"].client
    client.cookies.clear()
    assert said in client.get("/staff/sign-in", headers={"Accept-Language": wished}).text


def test_what_fills_a_sentence_is_said_too() -> None:
    said = Sentence("%(said)s; allowed: %(allowed)s", said=Sentence("is not a column"), allowed="date")
    assert said == "is not a column; allowed: date"
    assert language("fr").said(said).replace("\N{NO-BREAK SPACE}", " ") == "n’est pas une colonne ; admis : date"
    assert language("fr").said("as it is") == "as it is"


def test_the_work_list_asks_the_database_as_often_for_many_drafts_as_for_few(staff: Staff) -> None:
    flora, asked = staff["registrar"], list[str]()
    store = flora.client.app.state.desk.store  # type: ignore[attr-defined]
    store.entries()
    sa.event.listen(store.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))

    def statements() -> int:
        flora.client.get("/staff/")
        asked.clear()
        assert flora.client.get("/staff/").status_code == 200
        return sum(one.startswith("SELECT") for one in asked)  # when she was last seen is noted once a second

    flora.post("/staff/form", **act("S01"))
    few = statements()
    for place in range(2, 30):
        flora.post("/staff/form", **act(f"S{place:02}", date=date(2026, 3, place % 27 + 1).isoformat()))
    assert statements() == few
