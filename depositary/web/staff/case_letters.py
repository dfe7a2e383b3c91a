"""The letters of a case to missions, to each its own: an instrument is incomplete, or what was received from it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from depositary import clock
from depositary.authorities.validity import missions
from depositary.desk.case import Case
from depositary.desk.case_content import CHECKS, CaseContent
from depositary.desk.preview import irregularities_of
from depositary.treaties.supposition import Comparison
from depositary.web.staff.desk import Desk
from depositary.web.staff.intake_labels import LABELS
from depositary.web.staff.parts import LetterShown
from depositary.words import Language, language
from depositary.words.authorities import FUNCTIONS


def case_letters(desk: Desk, case: Case, comparisons: Sequence[Comparison]) -> list[LetterShown]:
    """The letters that a case asks for now: one to the mission of each participant whom it concerns."""
    written = []
    for code in () if case.content.is_file else case.content.participants:
        if case.state == "received":
            written.append(of_incomplete_instrument(desk, case.content, code, comparisons))
        elif case.state == "released":
            written.append(acknowledgement(desk, case.content, code))
    return [letter for letter in written if letter]


def addressed(desk: Desk, code: str, on: date) -> tuple[Language, str]:
    """The language of a participant's mission, English where it is not known, and the participant's name in it."""
    words = language("en")
    if desk.contacts and (mission := missions(desk.contacts.entries()).get(code)):
        words = language(mission.language)
    participants = desk.collection.participants
    formal = participants[code].name_on(on).formal if words.code == "en" else ""
    return words, formal or words.name(participants, code, on)


def of_incomplete_instrument(
    desk: Desk, content: CaseContent, code: str, comparisons: Iterable[Comparison]
) -> LetterShown | None:
    """The letter that tells a mission what is missing of its instrument, which was received and is not deposited.

    It is in the mission's language, or in English where the language is not known. None where nobody said what is
    missing, and for a participant that does no act.
    """
    act = content.act_of(code)
    if act is None:
        return None
    words, state = addressed(desk, act.participant, act.date)
    received = content.receipt.received_at.date() if content.receipt and content.receipt.received_at else act.date
    wrong = "\n".join(faults_of_instrument(desk, words, content, code, comparisons))
    text = words.gettext(
        "The Secretariat of the United Nations presents its compliments to the Permanent Mission of %(state)s to the "
        "United Nations and has the honour to refer to the instrument of %(action)s of the %(treaty)s, received on "
        "%(date)s.\n\nThe instrument has been received and is not yet deposited, because of the following:\n\n"
        "%(wrong)s\n\nThe Secretariat would be grateful to receive what is missing; the date of deposit will be the "
        "day on which the instrument is complete.",
        date=words.date(received),
        wrong=wrong,
        state=state,
        action=words.action(act.action),
        treaty=words.treaty(desk.collection.treaties[act.treaty]),
    )
    return LetterShown(code, text, words.code, words.direction) if wrong else None


def acknowledgement(desk: Desk, content: CaseContent, code: str) -> LetterShown | None:
    """The letter that acknowledges to a participant's mission all that came from it; None for signatures alone."""
    acts = [item.act for item in content.to_record if item.kind == "record" and item.act]
    own = [act for act in acts if act.participant == code]
    designated = [designation for designation in content.designations if designation.participant == code]
    if not designated and all(act.action == "signature" for act in own):
        return None
    words, state = addressed(desk, code, own[0].date if own else clock.today())
    came = [
        "\n".join(
            (
                words.treaty(desk.collection.treaties[treaty]),
                *(f"— {words.act_line(act, '')}" for act in own if act.treaty == treaty),
            )
        )
        for treaty in dict.fromkeys(act.treaty for act in own)
    ]
    follows = [words.gettext("The States and organizations concerned are notified of these acts.")] if own else []
    if designated:
        functions = (f"— {words.gettext(FUNCTIONS[designation.function])}" for designation in designated)
        came.append("\n".join((words.gettext("Authorities"), *functions)))
        follows.append(words.gettext("An authority is entered in its register once its designation has been verified."))
    text = words.gettext(
        "The Secretariat of the United Nations presents its compliments to the Permanent Mission of %(state)s to the "
        "United Nations and has the honour to acknowledge the following:\n\n%(came)s",
        state=state,
        came="\n\n".join(came),
    )
    return LetterShown(code, "\n\n".join((text, *follows)), words.code, words.direction)


def faults_of_instrument(
    desk: Desk, words: Language, content: CaseContent, code: str, comparisons: Iterable[Comparison]
) -> Iterator[str]:
    """Why a participant's instrument is not deposited, a line each. The checks are those of all of the case."""
    for irregularity in irregularities_of(comparisons, clock.today()):
        if irregularity.severity == "refused" and irregularity.act.participant == code:
            yield f"— {words.irregularity(irregularity, desk.collection.participants)}"
    for name, check in zip(CHECKS, content.checks, strict=True):
        if check == "no":
            yield f"— {words.gettext('It could not be established:')} {words.gettext(LABELS[name]).lower()}."
