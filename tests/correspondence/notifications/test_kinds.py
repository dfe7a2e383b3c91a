"""Each kind of notification, in each language: what it is titled, and what it says of its effect."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from depositary.correspondence.notifications.correction import correction_document
from depositary.correspondence.notifications.document import Document
from depositary.correspondence.notifications.draft import draft, in_frame
from depositary.correspondence.notifications.event import LATER_EFFECTS, Event
from depositary.correspondence.notifications.kinds import TELL
from depositary.correspondence.notifications.paragraphs import Issue
from depositary.correspondence.notifications.pending import pending
from depositary.correspondence.notifications.references import Notified
from depositary.correspondence.notifications.tables import Kind
from depositary.law.acts import Act
from depositary.register.entry import Entry
from depositary.treaties.collection import Collection
from depositary.words import AVAILABLE, language
from tests.correspondence.notifications.conftest import AT, ISSUED, act, event_of, forty, register, under

REFERENCE = "C.N.12.2027.TREATIES-XVIII.16"
ISSUE = Issue(ISSUED, REFERENCE, 812, "ab" * 32, "https://treaties.example.int/cn/2027/12")

IN_FORCE = forty()
SIGNED = act("S41", "signature", "2026-03-02", place="New York")
LATER = "2034-06-01"
ADOPTED = [
    *IN_FORCE,
    act("S01", "amendment proposal", "2033-01-10", subject="amendment:A1"),
    act("", "amendment adoption", LATER, subject="amendment:A1"),
]
DENOUNCED = [*IN_FORCE, act("S02", "denunciation", "2028-05-05")]

CASES: dict[str, tuple[Sequence[Act], Kind, str, tuple[str, ...]]] = {
    "signature": ([SIGNED], "signature", "STATE 41: SIGNATURE", ("2 March 2026", "New York", "64(1)")),
    "ratification before the fortieth": (
        [SIGNED, act("S41", "ratification", "2026-05-04")],
        "consent",
        "STATE 41: RATIFICATION",
        (
            "4 May 2026",
            "not yet in force for State 41",
            "1 of the 40 instruments required has been deposited; 39 more are required",
            "65(1)",
        ),
    ),
    "acceptance": (
        [SIGNED, act("S41", "acceptance", "2026-05-04")],
        "consent",
        "STATE 41: ACCEPTANCE",
        ("39 more",),
    ),
    "approval": ([SIGNED, act("S41", "approval", "2026-05-04")], "consent", "STATE 41: APPROVAL", ("39 more",)),
    "the fortieth": (IN_FORCE, "consent", "STATE 40: ACCESSION", ("10 April 2027", "65(1)", "ninetieth day")),
    "after the fortieth": (
        [*IN_FORCE, act("S41", "accession", "2027-06-01")],
        "consent",
        "STATE 41: ACCESSION",
        ("1 July 2027", "65(2)", "whichever is later"),
    ),
    "entry into force": (
        IN_FORCE,
        "entry into force",
        "ENTRY INTO FORCE",
        ("10 April 2027", "65(1)", "State 40", "not later than one year following", "10 April 2028"),
    ),
    "competence": (
        [
            act("S01", "signature", "2026-03-02"),
            act("ORG", "declaration", "2026-05-04", provision="64(3)", text="Trade"),
        ],
        "competence",
        "ORGANIZATION: DECLARATION OF THE EXTENT OF COMPETENCE",
        ("64(3)", "Trade"),
    ),
    "reservation that is provided for": (
        [
            act("S01", "signature", "2026-03-02"),
            act("S01", "reservation", "2026-03-03", provision="63(3)", text="No."),
        ],
        "reservation",
        "STATE 1: RESERVATION",
        ("for which the treaty provides (article 63(3))", "does not consider itself bound", "No."),
    ),
    "reservation that is late and not provided for": (
        [act("S01", "accession", "2026-05-04"), act("S01", "reservation", "2026-08-04", provision="5", text="No.")],
        "reservation",
        "STATE 1: RESERVATION",
        ("no reservation", "after its instrument", "to accept the reservation for deposit", "end of 1 March 2028"),
    ),
    "reservation that is not provided for": (
        [act("S01", "accession", "2026-05-04"), act("S01", "reservation", "2026-05-04", provision="5", text="No.")],
        "consent",
        "STATE 1: ACCESSION (WITH RESERVATION)",
        ("no reservation", "1 March 2028", "its own instrument", "VCLT 20(5)"),
    ),
    "declaration that is a late reservation": (
        [act("S01", "accession", "2026-05-04"), act("S01", "declaration", "2026-08-04", provision="63(3)", text="No.")],
        "declaration",
        "STATE 1: DECLARATION",
        ("for which the treaty provides (article 63(3))", "to accept the reservation for deposit"),
    ),
    "declaration": (
        [act("S01", "accession", "2026-05-04"), act("S01", "declaration", "2026-05-05", text="We think.")],
        "declaration",
        "STATE 1: DECLARATION",
        ("We think.",),
    ),
    "notification under a provision": (
        [act("S01", "notification", "2026-05-04", provision="37(6)", text="Yes.")],
        "notification",
        "STATE 1: NOTIFICATION",
        ("Yes.", "legal basis for cooperation in extradition"),
    ),
    "territorial application": (
        [
            act("S01", "accession", "2026-05-04", source="C.N.4.2026.TREATIES-XVIII.16"),
            act("S01", "territorial application", "2026-09-01", text="The Isles."),
        ],
        "territorial application",
        "STATE 1: TERRITORIAL APPLICATION",
        ("1 September 2026", "The Isles.", "VCLT 29", "C.N.4.2026.TREATIES-XVIII.16"),
    ),
    "territorial application by one that is not bound": (
        [act("S01", "territorial application", "2026-09-01", text="The Isles.")],
        "territorial application",
        "STATE 1: TERRITORIAL APPLICATION",
        ("it has no legal effect", "with its instrument or afterwards"),
    ),
    "objection": (
        [
            act("S01", "reservation", "2026-05-04", provision="5", source="C.N.3.2026.TREATIES-XVIII.16"),
            act("S02", "objection", "2026-06-04", provision="5", text="We object."),
        ],
        "objection",
        "STATE 2: OBJECTION",
        ("We object.", "VCLT 20(4)(b)", "C.N.3.2026.TREATIES-XVIII.16"),
    ),
    "objection that precludes entry into force": (
        [
            act("S01", "reservation", "2026-05-04", provision="5", source="C.N.3.2026.TREATIES-XVIII.16"),
            act("S03", "reservation", "2026-05-04", provision="5", source="C.N.9.2026.TREATIES-XVIII.16"),
            act("S02", "objection", "2026-06-04", provision="5", addressee="S01", effect="precludes entry into force"),
        ],
        "objection",
        "STATE 2: OBJECTION",
        ("against the act of State 1.", "does not enter into force between the two", "C.N.3.2026.TREATIES-XVIII.16"),
    ),
    "withdrawal of signature": (
        [
            act("S01", "signature", "2026-03-02", place="New York", source="C.N.2.2026.TREATIES-XVIII.16"),
            act("S01", "withdrawal of signature", "2026-05-04"),
        ],
        "notification",
        "STATE 1: WITHDRAWAL OF SIGNATURE",
        ("The signature no longer stands", "VCLT 18", "C.N.2.2026.TREATIES-XVIII.16"),
    ),
    "withdrawal of no signature": (
        [act("S01", "withdrawal of signature", "2026-05-04")],
        "notification",
        "STATE 1: WITHDRAWAL OF SIGNATURE",
        ("it has no legal effect",),
    ),
    "succession to signature": (
        [act("S01", "succession to signature", "2026-05-04")],
        "notification",
        "STATE 1: SUCCESSION TO SIGNATURE",
        ("it may ratify, accept or approve",),
    ),
    "provisional application": (
        [act("S01", "provisional application", "2026-05-04", text="From today.")],
        "notification",
        "STATE 1: PROVISIONAL APPLICATION",
        ("From today.", "VCLT 25"),
    ),
    "withdrawal of a consent to an amendment": (
        [
            *ADOPTED,
            act("S03", "acceptance", "2034-10-03", subject="amendment:A1"),
            act("S03", "withdrawal of instrument", "2034-10-10", subject="amendment:A1"),
        ],
        "notification",
        "STATE 3: WITHDRAWAL OF INSTRUMENT (AMENDMENT A1)",
        ("it had not yet bound",),
    ),
    "partial withdrawal of reservation": (
        [
            act("S01", "reservation", "2026-05-04", provision="63(3)", source="C.N.3.2026.TREATIES-XVIII.16"),
            act("S01", "partial withdrawal of reservation", "2027-01-04", provision="63(3)", text="In part."),
        ],
        "withdrawal of reservation",
        "STATE 1: PARTIAL WITHDRAWAL OF RESERVATION",
        ("In part.", "VCLT 22(3)(a)", "C.N.3.2026.TREATIES-XVIII.16"),
    ),
    "objection to a correction": (
        [act("S01", "objection to correction", "2026-05-04", text="The text is right.")],
        "notification",
        "STATE 1: OBJECTION TO CORRECTION",
        ("The text is right.", "VCLT 79(2)"),
    ),
    "withdrawal of reservation": (
        [
            act("S01", "reservation", "2026-05-04", provision="63(3)", source="C.N.3.2026.TREATIES-XVIII.16"),
            act("S01", "withdrawal of reservation", "2027-01-04", provision="63(3)"),
        ],
        "withdrawal of reservation",
        "STATE 1: WITHDRAWAL OF RESERVATION",
        ("VCLT 22(3)(a)", "C.N.3.2026.TREATIES-XVIII.16"),
    ),
    "withdrawal of instrument": (
        [
            act("S01", "accession", "2026-05-04", source="C.N.4.2026.TREATIES-XVIII.16"),
            act("S01", "withdrawal of instrument", "2026-09-01"),
        ],
        "withdrawal of instrument",
        "STATE 1: WITHDRAWAL OF INSTRUMENT",
        ("1 September 2026", "0 of the 40", "C.N.4.2026.TREATIES-XVIII.16"),
    ),
    "denunciation": (
        DENOUNCED,
        "denunciation",
        "STATE 2: DENUNCIATION",
        ("5 May 2029", "67(1)", "one year after the date of receipt"),
    ),
    "denunciation by one that is no party": (
        [act("S02", "denunciation", "2026-05-05")],
        "denunciation",
        "STATE 2: DENUNCIATION",
        ("it has no legal effect", "without being a party"),
    ),
    "revocation": (
        [*DENOUNCED, act("S02", "revocation of denunciation", "2028-09-01")],
        "revocation of denunciation",
        "STATE 2: REVOCATION OF DENUNCIATION",
        ("received on 5 May 2028 is revoked", "VCLT 68"),
    ),
    "amendment proposed": (
        ADOPTED[:-1],
        "amendment proposal",
        "STATE 1: AMENDMENT PROPOSAL (AMENDMENT A1)",
        ("66(1)", "After the expiry of five years"),
    ),
    "amendment adopted": (
        ADOPTED,
        "amendment adoption",
        "AMENDMENT ADOPTION (AMENDMENT A1)",
        ("66(3)", "66(4)", "subject to ratification"),
    ),
    "amendment accepted, in force for a party": (
        [*ADOPTED, act("S03", "acceptance", "2034-10-03", subject="amendment:A1")],
        "amendment consent",
        "STATE 3: ACCEPTANCE (AMENDMENT A1)",
        ("1 January 2035", "66(4)"),
    ),
    "ruling that moves a date": (
        [
            *IN_FORCE,
            act("S05", "withdrawal of instrument", "2027-02-01"),
            act("", "ruling", "2027-02-20", subject="withdrawal-after-threshold", text="otherwise"),
        ],
        "ruling",
        "RULING",
        ("Withdrawal after the number was reached", "entry into force: no date, and not 10 April 2027"),
    ),
}
"""The acts of a register, the kind that follows from the last one, the event in English, and what its text contains."""


QUOTED = {
    "fr": "citée d’après le texte anglais",
    "es": "citada del texto inglés",
    "ru": "цитируется по английскому тексту",
    "ar": "مقتبس من النص الإنكليزي",
    "zh": "引自英文文本",
}


def last(acts: Sequence[Act], treaties: Collection, kind: str = "") -> Event:
    entries = register(*acts)
    return event_of(treaties, entries, len(entries), kind if kind in ("entry into force",) else "")


def text(document: Document) -> str:
    return "\n".join(f"{one.label} {one.text}" for one in document.paragraphs)


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
