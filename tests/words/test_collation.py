"""Names stand in a list as the United Nations' own lists in that language have them."""

import pytest

from depositary.settings import PROJECT
from depositary.treaties.participants_csv import load_participants
from depositary.words import language
from depositary.words.collation import readings

PARTICIPANTS = load_participants(PROJECT / "data/participants.csv", PROJECT / "data/memberships.csv")


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("en", ["Åland", "Algeria", "Évallonia", "Fiji"]),
        ("es", ["Níger", "Nueva Zelandia", "Ñandú", "Omán"]),
        ("ru", ["Иран", "Италия", "Йемен", "Кабо-Верде"]),
        ("ar", ["الاتحاد الروسي", "إثيوبيا", "أذربيجان", "الأرجنتين", "الأردن", "إريتريا", "البحرين", "تونس"]),
        ("zh", ["阿富汗", "埃及", "巴西", "秘鲁", "洪都拉斯", "津巴布韦", "中国"]),
    ],
)
def test_names_stand_in_the_order_of_the_language(code: str, names: list[str]) -> None:
    assert sorted(names, key=language(code).sort_key) == names


def test_every_character_of_a_states_name_has_its_reading() -> None:
    letters = {
        letter
        for one in PARTICIPANTS.values()
        for name in one.names
        for letter in name.short.get("zh", "")
        if "\u4e00" <= letter <= "\u9fff"
    }
    assert len(letters) > 250
    assert letters - set(readings()) == set()
