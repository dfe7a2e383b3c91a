"""The letters of a case to the mission: that its instrument is incomplete, or what was received from it."""

from collections.abc import Iterable, Iterator
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


def case_letter(desk: Desk, case: Case, comparisons: Iterable[Comparison]) -> LetterShown | None:
    """The letter that a case asks for now; None for a case that asks for none."""
    if case.state == "received":
        return of_incomplete_instrument(desk, case.content, comparisons)
    return acknowledgement(desk, case.content) if case.state == "released" else None


def addressee(content: CaseContent) -> str:
    """The participant whose mission is written to: it did the main act, or designates an authority; "" for nobody."""
    return content.act.participant if content.act else next(iter(content.participants), "")


def addressed(desk: Desk, code: str, on: date) -> tuple[Language, str]:
    """The language of a participant's mission, English where it is not known, and the participant's name in it."""
    words = language("en")
    if desk.contacts and (mission := missions(desk.contacts.entries()).get(code)):
        words = language(mission.language)
    participants = desk.collection.participants
    formal = participants[code].name_on(on).formal if words.code == "en" else ""
    return words, formal or words.name(participants, code, on)


def of_incomplete_instrument(desk: Desk, content: CaseContent, comparisons: Iterable[Comparison]) -> LetterShown | None:
    """The letter that tells a mission what is missing of an instrument that was received and is not deposited.

    It is in the mission's language, or in English where the language is not known.
    """
    act = content.act
    if act is None or not act.participant:
        return None
    words, state = addressed(desk, act.participant, act.date)
    received = content.receipt.received_at.date() if content.receipt and content.receipt.received_at else act.date
    text = words.gettext(
        "The Secretariat of the United Nations presents its compliments to the Permanent Mission of %(state)s to the "
        "United Nations and has the honour to refer to the instrument of %(action)s of the %(treaty)s, received on "
        "%(date)s.\n\nThe instrument has been received and is not yet deposited, because of the following:\n\n"
        "%(wrong)s\n\nThe Secretariat would be grateful to receive what is missing; the date of deposit will be the "
        "day on which the instrument is complete.",
        date=words.date(received),
        wrong="\n".join(faults_of_instrument(desk, words, content, comparisons)) or "— …",
        state=state,
        action=words.action(act.action),
        treaty=words.treaty(desk.collection.treaties[act.treaty]),
    )
    return LetterShown(text, words.code, words.direction)


def acknowledgement(desk: Desk, content: CaseContent) -> LetterShown | None:
    """The letter that acknowledges to a mission all that came from it; None for signatures alone, or a file."""
    code = addressee(content)
    acts = [item.act for item in content.to_record if item.kind == "record" and item.act]
    own = [act for act in acts if act.participant == code]
    designated = [designation for designation in content.designations if designation.participant == code]
    if not code or content.is_file or (not designated and all(act.action == "signature" for act in own)):
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
    return LetterShown("\n\n".join((text, *follows)), words.code, words.direction)


def faults_of_instrument(
    desk: Desk, words: Language, content: CaseContent, comparisons: Iterable[Comparison]
) -> Iterator[str]:
    """Why an instrument is not deposited, a line each."""
    for irregularity in irregularities_of(comparisons, clock.today()):
        if irregularity.severity == "refused":
            yield f"— {words.irregularity(irregularity, desk.collection.participants)}"
    for name, check in zip(CHECKS, content.checks, strict=True):
        if check == "no":
            yield f"— {words.gettext('It could not be established:')} {words.gettext(LABELS[name]).lower()}."
