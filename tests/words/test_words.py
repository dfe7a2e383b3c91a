"""Everything the law can find has its words, in every language that is available."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from typing import get_args

import pytest
from babel.messages.extract import extract_from_dir

from depositary.law import reasons, relations
from depositary.law.acts import ACTIONS, CONSENTS, Act
from depositary.law.derivation import derive
from depositary.law.effects import Effects, Standing
from depositary.law.examination import IRREGULARITIES, Irregularity, irregularities
from depositary.law.findings import About, Finding, UnderReading, Value
from depositary.law.readings import READINGS, Status
from depositary.settings import PROJECT
from depositary.treaties.cases import INVENTED, read_cases
from depositary.treaties.clause_files import load_clauses
from depositary.web.query import preferred_language
from depositary.words import AVAILABLE, Language, labels, language, readings
from depositary.words import irregularities as wrong
from depositary.words.findings.sentences import SENTENCES, sentence_of

Facts = dict[str, Value]

CLAUSES = load_clauses(PROJECT / "data/treaties/XVIII-16.toml")
DAY = date(2027, 5, 30)
OF_NOBODY = {"duplicate-amendment", "amendment-adopted-too-early", "ruling-too-late", "conflicting-rulings"}
LANGUAGES = [language(code) for code in AVAILABLE]

pytestmark = pytest.mark.parametrize("words", LANGUAGES, ids=AVAILABLE)


def effects() -> Iterator[Effects]:
    for path in sorted((PROJECT / "data/cases").glob("*.txt")):
        for case in read_cases(path, "XVIII-16"):
            yield derive(case.acts, INVENTED, CLAUSES)


def said(words: Language, about: About, facts: Facts, value: Value = None, on: date = DAY) -> str:
    acts = (Act("XVIII-16", "S01", "ratification", date(2027, 5, 1)),)
    finding = Finding(about, value, "65(2)", facts=facts, acts=acts)
    return sentence_of(words, finding, INVENTED, CLAUSES, on)


def test_nothing_the_law_knows_is_without_words(words: Language) -> None:
    assert set(SENTENCES) == set(get_args(About))
    assert set(wrong.SENTENCES) == set(wrong.LABELS) == set(IRREGULARITIES)
    assert set(readings.READINGS_IN_WORDS) == set(READINGS)
    assert set(readings.TITLES) == {*READINGS, *readings.REGISTER_IN_WORDS}
    assert set(labels.ACTIONS) == set(ACTIONS)
    assert set(labels.MARKS) == set(CONSENTS) - {"ratification"}
    assert set(labels.STANDINGS) == set(get_args(Standing))
    assert set(labels.STATUSES) == set(get_args(Status))


@cache
def found_in_cases() -> tuple[list[tuple[Finding, date]], list[Irregularity]]:
    """Each finding of the worked cases with its day, and each irregularity, once. No language is in them."""
    found: dict[str, tuple[Finding, date]] = {}
    wrongs: dict[str, Irregularity] = {}
    for case in effects():
        concerned = {concerns.partition(" ")[0].partition(":")[0] for concerns, _ in case.dates}
        assert concerned <= set(labels.CONCERNS)
        for on in (DAY, date(2045, 1, 1)):
            findings = [*reasons.milestones(case), reasons.entry_into_force(case)]
            for code in case.codes:
                findings.append(reasons.standing(case, code, on))
                findings += [reasons.amendment_for(case, one, code) for one in case.history.amendments]
            findings += [relations.between(case, "S01", "S02", on).finding]
            found |= {f"{finding!r} {on}": (finding, on) for finding in findings}
        wrongs |= {repr(irregularity): irregularity for irregularity in irregularities(case)}
    steps = {id(step): (step, on) for finding, on in found.values() for step in finding}
    return [*steps.values()], [*wrongs.values()]


def test_every_finding_of_the_worked_cases_is_a_sentence(words: Language) -> None:
    found, wrongs = found_in_cases()
    for finding, on in found:
        assert_sentence(sentence_of(words, finding, INVENTED, CLAUSES, on))
        for under in finding.under:
            assert_sentence(words.under(under))
    for irregularity in wrongs:
        assert_sentence(words.irregularity(irregularity, INVENTED))


def assert_sentence(sentence: str) -> None:
    assert sentence.endswith((".", "。"))
    assert "%(" not in sentence
    assert "None" not in sentence
    assert "  " not in sentence


@pytest.mark.parametrize("about", get_args(About))
def test_a_bare_finding_is_a_sentence_too(words: Language, about: About) -> None:
    facts: Facts = {
        "action": "ratification", "amendment": "A1", "deposited": DAY, "general": DAY, "own": DAY, "received": DAY,
        "since": DAY, "one": "S01", "one_since": DAY, "other": "S02", "other_since": DAY, "days": 30, "treaty": "I-1",
        "counted": 1, "required": 40, "missing": 39, "member": "S03", "reserved": "63(3)", "reserving": "S01",
        "objecting": "S02", "text": "Isles", "signed": DAY, "provisions": "37(19), 40(13)",
    }  # fmt: skip
    for value in (None, DAY, date(2030, 1, 1)):
        assert_sentence(said(words, about, facts, value))


def test_a_state_or_an_organization_ceases_to_exist(words: Language) -> None:
    (organization, *_) = sorted(INVENTED.organizations)
    state, own = (said(words, "ceased-to-exist", {"participant": code}, DAY) for code in ("S01", organization))
    assert state != own
    for sentence in (state, own):
        assert_sentence(sentence)
        assert words.date(DAY) in sentence


@pytest.mark.parametrize("code", IRREGULARITIES)
def test_every_irregularity_says_whose_act_it_is_and_its_provision(words: Language, code: str) -> None:
    severity, provision = IRREGULARITIES[code]
    act = Act("XVIII-16", "S01", "ratification", DAY, subject="amendment:A1")
    sentence = words.irregularity(Irregularity(act, code, severity, provision), INVENTED)
    assert_sentence(sentence)
    assert code in OF_NOBODY or "State 1" in sentence
    assert words.provision(provision) in sentence
    assert words.irregularity_label(code)


@pytest.mark.parametrize("name", READINGS)
def test_a_reading_has_another_in_words_where_it_has_one_in_law(words: Language, name: str) -> None:
    default, otherwise = words.reading(name)
    assert default
    assert bool(otherwise) == READINGS[name].alternative
    assert words.reading_title(name) in words.under(UnderReading(name, DAY))


def test_dates_are_never_in_figures_alone(words: Language) -> None:
    for month in range(1, 13):
        assert any(letter.isalpha() for letter in words.date(date(2003, month, 26)))
        assert any(letter.isalpha() for letter in words.short_date(date(2003, month, 26)))


def test_a_language_that_is_not_there_is_a_key_error(words: Language) -> None:
    with pytest.raises(KeyError):
        language("tlh")
    with pytest.raises(KeyError):
        words.action("wave")


def test_english(words: Language) -> None:
    if words.code != "en":
        return
    assert words.date(date(2003, 9, 26)) == "26 September 2003"
    assert words.short_date(date(2025, 10, 25)) == "25 Oct 2025"
    assert words.instant(datetime(2026, 11, 23, 22, tzinfo=UTC)) == "23 November 2026, 17:00:00 in New York"
    assert [words.action(action, mark=True) for action in CONSENTS] == ["", "A", "AA", "a", "d", "c", "s"]
    assert [words.value(value) for value in (None, True, False, 3, "party", "A1")] == [
        "no date", "yes", "no", "3", "party", "A1",
    ]  # fmt: skip


def test_english_sentences(words: Language) -> None:
    if words.code != "en":
        return
    assert said(words, "threshold-not-reached", {"required": 40, "counted": 3, "missing": 37}) == (
        "3 of the 40 instruments required have been deposited; 37 more are required (article 65(2))."
    )
    assert said(words, "threshold-not-reached", {"required": 40, "counted": 39, "missing": 1}) == (
        "39 of the 40 instruments required have been deposited; 1 more is required (article 65(2))."
    )
    before, after = date(2028, 3, 13), date(2028, 3, 14)
    facts: Facts = {"since": date(2027, 12, 15), "days": 90}
    assert said(words, "entry-into-force", facts, after, before) == (
        "The Convention enters into force on 14 March 2028, the 90th day after 15 December 2027, "
        "when the 40th instrument was deposited (article 65(2))."
    )
    assert said(words, "entry-into-force", facts, after, after).startswith("The Convention entered into force on")
    own: Facts = {"general": DAY, "deposited": date(2027, 5, 1), "own": date(2027, 5, 31), "days": 30}
    assert said(words, "entry-into-force-after-threshold", own, date(2027, 5, 31)) == (
        "The Convention enters into force for State 1 on 31 May 2027, the 30th day after 1 May 2027, "
        "when it deposited; that is later than the entry into force of the Convention on 30 May 2027 (article 65(2))."
    )


@pytest.mark.parametrize(
    ("accept", "code"),
    [("", "en"), ("en-GB,en;q=0.9", "en"), ("tlh", "en"), ("en;q=nonsense, *", "en"), (", ;q=,", "en")],
)
def test_a_browser_is_answered_in_a_language_there_is(words: Language, accept: str, code: str) -> None:
    assert preferred_language(accept) == code


def test_every_message_is_found_for_the_catalogues(words: Language) -> None:
    found = {message for _, _, message, _, _ in extract_from_dir(PROJECT / "depositary/words", [("**.py", "python")])}
    known = [*wrong.SENTENCES.values(), *wrong.LABELS.values(), *labels.ACTIONS.values(), *labels.STANDINGS.values()]
    known += [each for pair in readings.READINGS_IN_WORDS.values() for each in pair if each]
    assert set(known) <= found
    assert "%(said)s (%(provision)s)." in found
    templates = list(extract_from_dir(PROJECT / "templates", [("**.html", "jinja2.ext.babel_extract")]))
    assert len(templates) > 50


def test_names_are_listed_with_the_comma_of_the_script(words: Language) -> None:
    assert words.listed(["A", "B"]) == {"ar": "A، B", "zh": "A、B"}.get(words.code, "A, B")
    assert words.phrase(["A", "B"]) == {"ar": "A، B", "zh": "A，B"}.get(words.code, "A, B")
    assert words.short_instant(datetime(2026, 11, 2, 15, tzinfo=UTC)).endswith((", 10:00", "، 10:00", "日 10:00"))


def test_provisions_are_cited_one_after_another(words: Language) -> None:
    said = words.provisions(("40(12)(c)", "63(3)"))
    assert (
        said
        == {
            "en": "40(12)(c), 63(3)",
            "fr": "alinéa c) du paragraphe 12 de l’article 40, paragraphe 3 de l’article 63",
            "es": "apartado c) del párrafo 12 del artículo 40, párrafo 3 del artículo 63",
            "ru": "подпункт (c) пункта 12 статьи 40, пункт 3 статьи 63",
            "ar": "الفقرة 12 (ج) من المادة 40، الفقرة 3 من المادة 63",
            "zh": "第四十条第十二款(c)项、第六十三条第三款",
        }[words.code]
    )
