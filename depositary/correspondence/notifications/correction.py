"""The document of a correction of the text (VCLT 79): proposal and procès-verbal."""

from collections.abc import Iterator, Sequence
from datetime import date

from depositary.correspondence.notifications.archive import Issued
from depositary.correspondence.notifications.corrections import Correction
from depositary.correspondence.notifications.document import Document, Paragraph
from depositary.correspondence.notifications.draft import in_frame
from depositary.correspondence.notifications.paragraphs import Issue
from depositary.correspondence.notifications.references import Notified
from depositary.correspondence.notifications.tables import Kind
from depositary.law.clauses import Clauses
from depositary.words import Language, notifications
from depositary.words.labels import LANGUAGES

Passage = tuple[str, str, str]
"""For each passage: where it is, its present words, and its corrected words."""


def correction_document(
    clauses: Clauses,
    passages: Sequence[Passage],
    languages: Sequence[str],
    until: date,
    proposal: Notified | None,
    words: Language,
    issue: Issue,
) -> Document:
    """The document of a correction in a language: of a made one where there is a `proposal`, else of a proposed one.

    `until` is the last day to object.
    """
    kind: Kind = "correction made" if proposal else "correction proposed"
    event = words.gettext(notifications.CORRECTION_MADE if proposal else notifications.CORRECTION_PROPOSED).upper()
    paragraphs = tuple(_paragraphs(passages, languages, until, proposal, words))
    return in_frame(clauses, kind, event, paragraphs, words, issue)


def corrigendum_document(
    clauses: Clauses, drafted: Correction, corrected: Issued, words: Language, issue: Issue
) -> Document:
    """The document of a correction of a notification that an officer typed."""
    event = words.gettext(notifications.CORRIGENDUM, event=corrected.document(words.code).event).upper()
    paragraphs = tuple(_of_a_notification(drafted, corrected, words))
    return in_frame(clauses, drafted.kind, event, paragraphs, words, issue)


def _of_a_notification(drafted: Correction, corrected: Issued, words: Language) -> Iterator[Paragraph]:
    say, facts = words.gettext, {"reference": corrected.reference, "date": words.date(corrected.on)}
    if drafted.withdraws:
        yield Paragraph("text", say(notifications.WITHDRAWN, **facts))
    else:
        yield Paragraph("text", say(notifications.CORRECTS, reference=corrected.reference))
        yield Paragraph("text", say(notifications.EARLIER, **facts))
    for passage in () if drafted.withdraws else drafted.passages:
        yield Paragraph("text", say(notifications.IN_THE_TEXT, language=say(LANGUAGES[passage.where])))
        yield Paragraph("fact", passage.stands, say(notifications.INSTEAD_OF), "?")
        yield Paragraph("fact", passage.read, say(notifications.READ), "?")
    yield Paragraph("fact", drafted.reason, say(notifications.REASON), "?")


def _paragraphs(
    passages: Sequence[Passage], languages: Sequence[str], until: date, proposal: Notified | None, words: Language
) -> Iterator[Paragraph]:
    say, day = words.gettext, words.date(until)
    named = words.listed(say(LANGUAGES[code]) for code in languages)
    yield Paragraph("text", say(notifications.ERRORS, languages=named))
    if proposal is not None:
        yield Paragraph("text", words.cited(say(notifications.NO_OBJECTION, date=day), "VCLT 79(2)"))
    for where, stands, read in passages:
        yield Paragraph("text", f"{where}:")
        yield Paragraph("fact", stands, say(notifications.AS_IT_STANDS), "?")
        yield Paragraph("fact", read, say(notifications.AS_CORRECTED), "?")
    if proposal is None:
        yield Paragraph("text", words.cited(say(notifications.NINETY_DAYS, date=day), "VCLT 79(2)"))
    elif proposal.on:
        yield Paragraph("text", say(notifications.EARLIER, reference=proposal.reference, date=words.date(proposal.on)))
