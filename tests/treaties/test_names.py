"""Names: a text means a participant where it is exactly its code or name; else it is asked about, and nobody is taken
for another.

`cldr-territories.csv` has every name of a territory in the six languages, short and variant forms too, from Unicode's
CLDR 48.2 (cldr-localenames-full, Unicode licence).
"""

import csv
from datetime import date
from pathlib import Path

import pytest
from babel.core import get_global

from depositary.errors import BadInput
from depositary.law.participants import LANGUAGES
from depositary.settings import PROJECT
from depositary.treaties.collection import load_collection
from depositary.treaties.instruments_csv import described_act
from depositary.treaties.names import EVERYDAY, Gazetteer

TODAY = date(2026, 11, 28)
CLDR = Path(__file__).parent / "cldr-territories.csv"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_collection(PROJECT / "data").gazetteer


def test_every_name_of_unicode_is_its_state_s_or_a_question(gazetteer: Gazetteer) -> None:
    aliases = get_global("territory_aliases")
    existing = [code for code, one in gazetteer.participants.items() if one.until is None]
    ours = {"EU": "EU"} | {aliases[code][0]: code for code in existing if code in aliases}
    assert len(ours) > 195
    with CLDR.open(encoding="utf-8") as file:
        regions_too = [*csv.DictReader(file)]
    names = [row for row in regions_too if row["territory"].isalpha()]
    assert {row["language"] for row in names} == {*LANGUAGES}
    asked = []
    for row in names:
        found = gazetteer.meant(row["name"], TODAY)
        expected = ours.get(row["territory"], "")
        assert len(found) != 1 or found == (expected,), row
        if expected and not found:
            asked.append(row["name"])
        assert not found or expected in found, row
    assert not asked, "every State's name in CLDR is known"


def test_every_official_name_means_its_bearer_on_its_days(gazetteer: Gazetteer) -> None:
    for code, participant in gazetteer.participants.items():
        for name in participant.names:
            for text in (*name.short.values(), name.formal):
                assert code in gazetteer.meant(text, name.until), (code, text)
                assert code in gazetteer.meant(text.upper(), name.until), (code, text)
    for code in gazetteer.participants:
        assert gazetteer.resolve(code, TODAY) == gazetteer.resolve(code.casefold(), TODAY) == code


MEANT = {
    "VNM": "Vietnam|Viet Nam|VIET NAM|Viêt Nam|vn|越南|Вьетнам",
    "LAO": "Laos|Lao PDR|the Lao People's Democratic Republic|Лаос|老挝|لاوس",
    "PLW": "Palau|Palaos|Palaos (PLW)",
    "GBR": "UK|U.K.|Great Britain|英国|Великобритания|Royaume-Uni|بريطانيا",
    "USA": "US|U.S.|USA|United States|EE. UU.|EE.UU.|США|美国|États-Unis",
    "COD": "DRC|DR Congo|RDC|Congo, Democratic Republic of the|Congo (the Democratic Republic of the)|Zaïre|刚果（金）",
    "COG": "Congo|Congo-Brazzaville|Republic of the Congo",
    "KOR": "South Korea|Korea, Republic of|Korea (the Republic of)|Corée du Sud|韩国",
    "NLD": "Holland|The Netherlands|Netherlands (Kingdom of the)|Netherlands|荷兰",
    "CIV": "Côte d’Ivoire|Côte d'Ivoire|COTE D`IVOIRE|Ivory Coast|Кот-д’Ивуар",
    "IRN": "Iran|Iran, Islamic Republic of|Iran (Islamic Republic of)",
    "BHS": "Bahamas (the)|Bahamas|Bahamas, The",
    "GHA": "Ghana (GHA)|Republic of Ghana|\u200fغانا",
    "GNB": "Guinea Bissau|Guinea-Bissau|Guinée-Bissau",
}


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in MEANT.items() for text in texts.split("|")])
def test_an_everyday_name_means_its_state(gazetteer: Gazetteer, code: str, text: str) -> None:
    assert gazetteer.meant(text, TODAY) == (code,)


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("Korea", {"KOR", "PRK"}),
        ("RU", {"RUS", "GBR"}),
        ("Laos (PLW)", {"PLW", "LAO"}),
        ("Yugoslavia", {"YUG", "SRB"}),
        ("USSR", {"RUS", "SUN"}),
        ("Nigria", {"NGA"}),
        ("Guin", {"GIN", "GNB", "GNQ", "PNG"}),
        ("Vietn", {"VNM"}),
        ("England", set()),
        ("Puerto Rico", set()),
        ("", set()),
    ],
)
def test_every_other_text_is_a_question(gazetteer: Gazetteer, text: str, candidates: set[str]) -> None:
    assert gazetteer.resolve(text, TODAY) == ""
    assert candidates <= set(gazetteer.candidates(text, TODAY))
    with pytest.raises(BadInput) as asked:
        gazetteer.code(text, TODAY)
    assert all(code in asked.value.faults[0] for code in candidates)


def test_a_name_is_read_as_of_the_day(gazetteer: Gazetteer) -> None:
    assert gazetteer.resolve("Yugoslavia", date(1985, 1, 1)) == "YUG"
    assert gazetteer.resolve("Yugoslavia", date(1999, 1, 1)) == "SRB"


def test_the_everyday_names_are_of_participants_and_no_other_s(gazetteer: Gazetteer) -> None:
    with EVERYDAY.open(encoding="utf-8") as file:
        rows = [*csv.DictReader(file)]
    for row in rows:
        assert row["code"] in gazetteer.participants
        for name in row["names"].split("|"):
            assert row["code"] in gazetteer.meant(name, TODAY), name


def test_an_act_may_be_described_by_a_name(gazetteer: Gazetteer) -> None:
    act = described_act("2027-03-01 Viet Nam withdrawal of signature", 1, "XVIII-16", gazetteer, ["XVIII-16"])
    assert (act.participant, act.action) == ("VNM", "withdrawal of signature")
    with pytest.raises(BadInput, match="KOR") as asked:
        described_act("2027-02-30 Korea ratification", 1, "XVIII-16", gazetteer, ["XVIII-16"])
    assert len(asked.value.faults) == 2
