"""The project's own data: whole, sourced, and verbatim."""

import csv
import re
from datetime import date

import pytest

from depositary.law import effects, reasons
from depositary.law.acts import Act
from depositary.law.contents import APPLIED_BY, GIVES_RISE_TO_NO_DATE
from depositary.law.examination import irregularities
from depositary.law.participants import LANGUAGES
from depositary.settings import PROJECT
from depositary.treaties.answer import answer, table
from depositary.treaties.collection import Collection, load_collection
from depositary.treaties.instruments_csv import read_acts
from depositary.treaties.sources import complete_as_of
from depositary.web.completeness import completeness
from depositary.words import language

DATA = PROJECT / "data"


@pytest.fixture(scope="module")
def collection() -> Collection:
    return load_collection(DATA)


def paragraphs() -> dict[str, str]:
    """The paragraphs of articles 61 to 67, as `65(1)` → text."""
    text = (DATA / "treaties/XVIII-16.md").read_text(encoding="utf-8")
    found = {}
    for article in range(61, 68):
        section = re.search(rf"^### Article {article}\. .*?(?=^##|\Z)", text, re.MULTILINE | re.DOTALL)
        assert section, article
        for paragraph in re.finditer(r"^(\d+)\. (.*?)(?=^\d+\. |\Z)", section[0], re.MULTILINE | re.DOTALL):
            found[f"{article}({paragraph[1]})"] = paragraph[2]
    return found


def test_every_paragraph_of_articles_61_to_67_is_applied_or_gives_rise_to_no_date() -> None:
    assert sorted(APPLIED_BY | GIVES_RISE_TO_NO_DATE) == sorted(paragraphs())
    for provision, rule in APPLIED_BY.items():
        article, paragraph = re.fullmatch(r"(\d+)(\(\d+\))", provision).groups()  # type: ignore[union-attr]
        assert re.search(rf"{article}\(\d\)(-\(\d\))?|{re.escape(paragraph)}", rule.__doc__ or ""), provision


def test_every_quotation_is_verbatim_in_the_authentic_text(collection: Collection) -> None:
    text = " ".join((DATA / "treaties/XVIII-16.md").read_text(encoding="utf-8").split())
    quoted = collection.clauses("XVIII-16").provisions
    assert len(quoted) > 30
    assert {provision: words for provision, words in quoted.items() if words not in text} == {}


def test_every_quotation_of_a_final_clause_stands_in_its_own_paragraph(collection: Collection) -> None:
    for provision, words in collection.clauses("XVIII-16").provisions.items():
        number = provision.partition(",")[0]
        if number in paragraphs():
            assert words in " ".join(paragraphs()[number].split()), provision


def test_the_text_has_its_68_articles() -> None:
    text = (DATA / "treaties/XVIII-16.md").read_text(encoding="utf-8")
    assert [int(number) for number in re.findall(r"^### Article (\d+)\. \S", text, re.MULTILINE)] == list(range(1, 69))


def test_participants_have_their_names_in_six_languages(collection: Collection) -> None:
    today = date(2026, 11, 23)
    existing = [one for one in collection.participants.values() if one.until is None]
    assert len(existing) == 193 + 4 + 1
    for participant in collection.participants.values():
        for name in participant.names:
            assert all(name.short[language] for language in LANGUAGES), participant.code
    assert collection.participants["SWZ"].name_on(date(2018, 4, 18)).short["en"] == "Swaziland"
    assert collection.participants["SWZ"].name_on(date(2018, 4, 19)).short["en"] == "Eswatini"
    kingdom = collection.participants["NLD"].name_on(today).short
    assert [kingdom["fr"], kingdom["ar"]] == ["Pays-Bas (Royaume des)", "هولندا (مملكة -)"]
    assert collection.participants["TUR"].name_on(today).short["en"] == "Türkiye"
    assert collection.participants["EU"].is_organization
    assert set(collection.participants.extinct) == {"CSK", "DDR", "SUN", "YUG", "SCG"}


def test_the_united_kingdom_left_the_european_union(collection: Collection) -> None:
    assert "GBR" in collection.participants.members("EU", date(2020, 1, 31))
    assert "GBR" not in collection.participants.members("EU", date(2020, 2, 1))
    assert len(collection.participants.members("EU", date(2026, 11, 23))) == 27


def test_every_real_act_has_its_source_and_stands(collection: Collection) -> None:
    acts = read_acts(DATA / "instruments.csv", collection.participants, collection.treaties)
    assert all(act.source for act in acts)
    found = collection.effects(acts, "XVIII-16", date(2026, 11, 23))
    assert found.history.refused == {}
    assert found.counted == 0
    assert reasons.entry_into_force(found).value is None
    assert effects.Effects is type(found)


def test_no_real_act_under_the_convention_is_branded_and_options_of_the_text_are_classed(
    collection: Collection,
) -> None:
    """64(1) names the weekend in Hanoi; 7(2) and 9(2) let a party require more; 11(3) provides for a reservation."""
    acts = read_acts(DATA / "instruments.csv", collection.participants, collection.treaties)
    found = collection.effects(acts, "XVIII-16", date(2026, 11, 23))
    assert irregularities(found) == ()
    assert {made.provision: (made.act.action, made.kind) for made in found.reservations("AZE")} == {
        "7(2)": ("reservation", "option"),
        "9(2)": ("reservation", "option"),
        "11(3)": ("reservation", "reservation"),
        "63(3)": ("reservation", "reservation"),
    }


def test_every_treaty_says_as_of_which_day_of_its_own_it_is_complete_and_by_what_source(
    collection: Collection,
) -> None:
    found = {treaty: completeness(DATA / "SOURCES.md", treaty) for treaty in collection.treaties}
    assert [treaty for treaty, known in found.items() if known.as_of is None or not known.source] == []
    assert found["IV-2"].as_of == date(2026, 1, 31)
    assert found["XVIII-12"].as_of == date(2014, 1, 27)
    assert found["XVIII-10"].as_of == date(2026, 5, 28)
    assert len({known.as_of for known in found.values()}) > 10


def test_the_revocation_by_hungary_is_known_to_be_missing_and_no_act(collection: Collection) -> None:
    missing = str(completeness(DATA / "SOURCES.md", "XVIII-10").gaps)
    assert "Hungary withdrew its notice on 29 May 2026" in missing
    assert "Hungary" not in str(completeness(DATA / "SOURCES.md", "XVIII-12").gaps)
    acts = read_acts(DATA / "history/XVIII-10.csv", collection.participants, collection.treaties)
    assert [act.action for act in acts if act.participant == "HUN"] == ["signature", "ratification", "denunciation"]


def test_a_report_names_who_what_and_where_it_was_read_and_is_no_act(collection: Collection) -> None:
    with (DATA / "reported.csv").open(encoding="utf-8", newline="") as file:
        reports = list(csv.DictReader(file))
    acts = read_acts(DATA / "instruments.csv", collection.participants, collection.treaties)
    done = {(act.treaty, act.participant, act.action) for act in acts}
    ratified = [report["participant"] for report in reports if report["action"] == "ratification"]
    assert sorted(ratified) == ["AZE", "QAT", "VNM"]
    for report in reports:
        assert report["treaty"] in collection.treaties
        assert report["participant"] in collection.participants
        assert report["action"] in {"signature", "ratification"}
        assert (report["treaty"], report["participant"], report["action"]) not in done
        assert re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", report["reported"])
        assert report["source"].startswith("https://")


def test_the_answer_says_how_complete_it_is_and_what_is_reported(collection: Collection) -> None:
    acts = read_acts(DATA / "instruments.csv", collection.participants, collection.treaties)
    on = date(2026, 11, 27)
    given = answer(collection.effects(acts, "XVIII-16", on), on, None, language("en"), DATA)
    assert given["complete_as_of"] == str(complete_as_of(DATA, "XVIII-16"))
    assert {row["complete_as_of"] for row in table(given)} == {given["complete_as_of"]}
    told = {(one["participant"], one["action"]) for one in given["reported"]}
    assert {code for code, action in told if action == "ratification"} == {"AZE", "QAT", "VNM"}
    assert given["entry_into_force"]["deposited"] == 0
    earlier = answer(collection.effects(acts, "XVIII-16", on), date(2026, 2, 12), None, language("en"), DATA)
    assert [one["participant"] for one in earlier["reported"]] == ["ARE"]
    deposited = [*acts, Act("XVIII-16", "QAT", "ratification", date(2026, 3, 1))]
    recorded = answer(collection.effects(deposited, "XVIII-16", on), on, None, language("en"), DATA)["reported"]
    assert told - {(one["participant"], one["action"]) for one in recorded} == {("QAT", "ratification")}
    alone = answer(collection.effects(acts, "XVIII-16", on), on, None, language("en"))
    assert (alone["complete_as_of"], alone["reported"]) == (None, [])
