"""Each kind of notification, in each language: what it is titled, and what it says of its effect."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from depositary.correspondence.notifications.correction import correction_document
from depositary.correspondence.notifications.draft import draft, in_frame
from depositary.correspondence.notifications.event import LATER_EFFECTS
from depositary.correspondence.notifications.kinds import TELL
from depositary.correspondence.notifications.pending import pending
from depositary.correspondence.notifications.references import Notified
from depositary.correspondence.notifications.tables import Kind
from depositary.register.entry import Entry
from depositary.treaties.collection import Collection
from depositary.words import AVAILABLE, language
from tests.correspondence.notifications.conftest import AT, ISSUED, act, register, under
from tests.correspondence.notifications.sample_events import CASES, IN_FORCE, ISSUE, REFERENCE, SIGNED, last, text

QUOTED = {
    "fr": "citée d’après le texte anglais",
    "es": "citada del texto inglés",
    "ru": "цитируется по английскому тексту",
    "ar": "مقتبس من النص الإنكليزي",
    "zh": "引自英文文本",
}


@pytest.mark.parametrize("name", CASES)
def test_each_kind_follows_from_its_entry_and_says_its_effect(name: str, treaties: Collection) -> None:
    acts, kind, event, said = CASES[name]
    told = last(acts, treaties, kind)
    assert told.kind == kind
    document = draft(told, language("en"), ISSUE, treaties.folder)
    assert document.event == event
    for part in said:
        assert part in text(document), text(document)


def test_every_kind_has_a_case() -> None:
    of_its_own = {"new date", *LATER_EFFECTS}
    assert {kind for _, kind, _, _ in CASES.values()} | of_its_own == set(TELL)


@pytest.mark.parametrize("code", AVAILABLE)
@pytest.mark.parametrize("name", CASES)
def test_each_kind_in_each_language(name: str, code: str, treaties: Collection) -> None:
    """The frame and the sentences are the language's own; only what is quoted is English, and says so."""
    acts, kind, _, _ = CASES[name]
    told = last(acts, treaties, kind)
    english = draft(told, language("en"), ISSUE, treaties.folder)
    document = draft(told, language(code), ISSUE, treaties.folder)
    words = language(code)
    assert (document.reference, document.language, document.day) == (REFERENCE, code, "2027-03-01")
    assert [one.kind for one in document.paragraphs] == [one.kind for one in english.paragraphs]
    if code == "en":
        return
    assert document.opening != english.opening
    assert document.event != english.event or code == "fr", "a ratification is called one in French"
    assert document.issued == words.date(ISSUED)
    for own, other in zip(document.paragraphs, english.paragraphs, strict=True):
        assert own.text != other.text or own.kind != "text", own.text
        if own.kind == "quote" and own.language == "en":
            assert own.text == other.text
    for before, quote in pairwise(document.paragraphs):
        if quote.language == "en":
            assert QUOTED[code] in before.text


WRONG = act("S41", "accession", "2027-06-01", source="C.N.7.2027.TREATIES-XVIII.16")
RIGHT = replace(WRONG, date=date(2027, 6, 2))


@pytest.mark.parametrize("code", AVAILABLE)
@pytest.mark.parametrize("struck", [False, True])
def test_a_corrigendum_names_the_notification_of_others_that_it_corrects(
    struck: bool, code: str, treaties: Collection
) -> None:
    entries = register(*IN_FORCE, WRONG)
    new = Entry(42, None if struck else RIGHT, AT, "flora", rectifies=41, reason="Misread.", treaty="XVIII-16")
    kind: Kind = "struck out" if struck else "corrigendum"
    found = pending(treaties, under([*entries, new]), [], ["XVIII-16"], date(2027, 7, 1))
    assert [(event.kind, event.anchor) for event in found][-1] == (kind, 42)
    words = language(code)
    document = draft(found[-1], words, ISSUE, treaties.folder)
    told = text(document)
    assert "C.N.7.2027.TREATIES-XVIII.16" in told
    assert "Misread." in told
    assert words.date(WRONG.date) in told
    assert words.date(date(2027, 7, 1)) in told
    assert (words.date(date(2027, 7, 2)) in told) is not struck
    if code == "en":
        assert document.event == "STATE 41: ACCESSION: CORRIGENDUM"


def test_what_was_not_notified_is_not_corrected(treaties: Collection) -> None:
    wrong = replace(WRONG, source="")
    entries = register(*IN_FORCE, wrong)
    right = Entry(
        42, replace(wrong, date=date(2027, 6, 2)), AT, "flora", rectifies=41, reason="Misread.", treaty="XVIII-16"
    )
    struck = Entry(42, None, AT, "flora", rectifies=41, reason="Misread.", treaty="XVIII-16")
    on = date(2027, 7, 1)
    last = pending(treaties, under([*entries, right]), [], ["XVIII-16"], on)[-1]
    assert (last.kind, last.anchor) == ("consent", 42)
    last = pending(treaties, under([*entries, struck]), [], ["XVIII-16"], on)[-1]
    assert (last.kind, last.anchor) == ("entry into force", 40)


def test_only_one_entry_into_force_follows_the_fortieth(treaties: Collection) -> None:
    entries = register(*IN_FORCE, replace(WRONG, source=""))
    found = pending(treaties, under(entries), [], ["XVIII-16"], date(2027, 7, 1))
    assert [(event.kind, event.anchor) for event in found[38:]] == [
        ("consent", 39),
        ("consent", 40),
        ("entry into force", 40),
        ("consent", 41),
    ]


INSTRUMENT = [
    act("S41", "ratification", "2027-02-01"),
    act("S41", "reservation", "2027-02-01", provision="63(3)", text="Not bound."),
    act("S41", "reservation", "2027-02-01", provision="11(3)", text="In part."),
    act("S41", "declaration", "2027-02-01", text="We think."),
    act("S41", "denunciation", "2027-02-01"),
]


@pytest.mark.parametrize("code", AVAILABLE)
def test_an_instrument_is_told_with_what_came_with_it(code: str, treaties: Collection) -> None:
    found = pending(treaties, under(register(*INSTRUMENT)), [], ["XVIII-16"], ISSUED)
    assert [(event.kind, len(event.told)) for event in found] == [("consent", 4), ("denunciation", 1)]
    document = draft(found[0], language(code), ISSUE, treaties.folder)
    told = text(document)
    for said in ("Not bound.", "In part.", "We think."):
        assert said in told
    if code == "en":
        assert document.event == "STATE 41: RATIFICATION (WITH RESERVATIONS, WITH DECLARATION)"
        assert told.count("The above action was effected on 1 February 2027.") == 1
    else:
        assert document.event != "STATE 41: RATIFICATION (WITH RESERVATIONS, WITH DECLARATION)"


def test_what_was_recorded_apart_is_told_apart(treaties: Collection) -> None:
    entries = register(*INSTRUMENT[:2])
    apart = [entries[0], replace(entries[1], recorded_at=AT + timedelta(hours=1))]
    found = pending(treaties, under(apart), [], ["XVIII-16"], ISSUED)
    assert [event.kind for event in found] == ["consent", "reservation"]


@pytest.mark.parametrize("code", AVAILABLE)
def test_a_correction_of_the_text_is_proposed_and_made(code: str, treaties: Collection) -> None:
    clauses = treaties.treaties["XVIII-16"]
    passages = [("40(12)", "autority", "authority")]
    until = date(2027, 5, 30)
    for proposal in (None, Notified("C.N.7.2027.TREATIES-XVIII.16", ISSUED)):
        words = language(code)
        document = correction_document(clauses, passages, ("en", "fr"), until, proposal, words, ISSUE)
        told = text(document)
        assert "autority" in told
        assert words.date(until) in told
        assert "79(2)" in told
        assert ("C.N.7.2027" in told) is (proposal is not None)


def test_a_notification_names_the_treaty_in_its_language(treaties: Collection) -> None:
    told = last([SIGNED], treaties)
    titles = {code: draft(told, language(code), ISSUE, treaties.folder) for code in AVAILABLE}
    assert {code: document.title_language for code, document in titles.items()} == {code: code for code in AVAILABLE}
    assert titles["fr"].title.startswith("Convention des Nations Unies contre la cybercriminalité")
    assert titles["ar"].title == "اتفاقية الأمم المتحدة لمكافحة الجريمة السيبرانية"


def test_a_notification_names_a_treaty_without_a_title_in_its_language_in_english(treaties: Collection) -> None:
    clauses = treaties.treaties["XVIII-16"].model_copy(update={"titles": {}})
    document = in_frame(clauses, "signature", "EVENT", (), language("ar"), ISSUE)
    assert (document.title, document.title_language) == (clauses.title, "en")


@pytest.mark.parametrize(
    ("name", "begins", "ends"),
    [
        ("after the fortieth", "“For each State or regional economic", "whichever is later.”"),
        ("the fortieth", "“This Convention shall enter into force on the ninetieth day", "of that organization.”"),
    ],
)
def test_a_clause_is_quoted_with_its_whole_paragraph(name: str, begins: str, ends: str, treaties: Collection) -> None:
    acts, kind, _, _ = CASES[name]
    document = draft(last(acts, treaties, kind), language("en"), ISSUE, treaties.folder)
    quotes = [one.text for one in document.paragraphs if one.kind == "quote"]
    assert any(quote.startswith(begins) and quote.endswith(ends) for quote in quotes)


@pytest.mark.parametrize("name", sorted(CASES))
def test_no_clause_is_quoted_twice(name: str, treaties: Collection) -> None:
    acts, kind, _, _ = CASES[name]
    document = draft(last(acts, treaties, kind), language("en"), ISSUE, treaties.folder)
    quotes = [one.text for one in document.paragraphs if one.kind == "quote" and one.language != "?"]
    assert len(quotes) == len(set(quotes))
    assert all(after.kind == "quote" for before, after in pairwise(document.paragraphs) if before.text.endswith("):"))


def test_an_item_of_a_paragraph_is_quoted_in_its_operative_words(treaties: Collection) -> None:
    notified = act("S01", "notification", "2027-01-10", provision="40(12)(c)", text="The Ministry of Justice.")
    document = draft(last([*IN_FORCE, notified], treaties, "notification"), language("en"), ISSUE, treaties.folder)
    assert any(
        one.kind == "quote" and one.text.startswith("“The Secretary-General of the United Nations shall be notified")
        for one in document.paragraphs
    )
