"""The letters of a case to the mission: that its instrument is incomplete, or that it was deposited."""

from collections.abc import Iterable, Iterator

from depositary import clock
from depositary.authorities.validity import missions
from depositary.desk.case import Case
from depositary.desk.case_content import CHECKS, CaseContent
from depositary.desk.preview import irregularities_of
from depositary.law.acts import Act
from depositary.treaties.supposition import Comparison
from depositary.web.staff.desk import Desk
from depositary.web.staff.intake_labels import LABELS
from depositary.web.staff.parts import LetterShown
from depositary.words import Language, language


def case_letter(desk: Desk, case: Case, comparisons: Iterable[Comparison]) -> LetterShown | None:
    """The letter that a case asks for now; None for a case that asks for none."""
    if case.state == "received":
        return of_incomplete_instrument(desk, case.content, comparisons)
    return acknowledgement(desk, case.content) if case.state == "released" else None


def addressed(desk: Desk, act: Act) -> tuple[Language, dict[str, str]]:
    """The language of the mission that did an act, English where it is not known, and what a letter names in it."""
    words = language("en")
    if desk.contacts and (mission := missions(desk.contacts.entries()).get(act.participant)):
        words = language(mission.language)
    participants = desk.collection.participants
    formal = participants[act.participant].name_on(act.date).formal if words.code == "en" else ""
    return words, {
        "state": formal or words.name(participants, act.participant, act.date),
        "action": words.action(act.action),
        "treaty": words.treaty(desk.collection.treaties[act.treaty]),
    }


def of_incomplete_instrument(desk: Desk, content: CaseContent, comparisons: Iterable[Comparison]) -> LetterShown | None:
    """The letter that tells a mission what is missing of an instrument that was received and is not deposited.

    It is in the mission's language, or in English where the language is not known.
    """
    act = content.act
    if act is None or not act.participant:
        return None
    words, facts = addressed(desk, act)
    received = content.receipt.received_at.date() if content.receipt and content.receipt.received_at else act.date
    text = words.gettext(
        "The Secretariat of the United Nations presents its compliments to the Permanent Mission of %(state)s to the "
        "United Nations and has the honour to refer to the instrument of %(action)s of the %(treaty)s, received on "
        "%(date)s.\n\nThe instrument has been received and is not yet deposited, because of the following:\n\n"
        "%(wrong)s\n\nThe Secretariat would be grateful to receive what is missing; the date of deposit will be the "
        "day on which the instrument is complete.",
        date=words.date(received),
        wrong="\n".join(faults_of_instrument(desk, words, content, comparisons)) or "— …",
        **facts,
    )
    return LetterShown(text, words.code, words.direction)


def acknowledgement(desk: Desk, content: CaseContent) -> LetterShown | None:
    """The letter that acknowledges the deposit of an instrument to the mission; None for a signature, or a file."""
    act = content.act
    if act is None or not act.participant or act.action == "signature" or content.is_file:
        return None
    words, facts = addressed(desk, act)
    text = words.gettext(
        "The Secretariat of the United Nations presents its compliments to the Permanent Mission of %(state)s to the "
        "United Nations and has the honour to acknowledge the following, done under the %(treaty)s: %(action)s. The "
        "date is %(date)s. The States and organizations concerned are notified of it.",
        date=words.date(act.date),
        **facts,
    )
    return LetterShown(text, words.code, words.direction)


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
