"""The document of a notification in one language: the frame of the house around what its kind tells."""

from collections.abc import Iterable
from pathlib import Path

from depositary.correspondence.notifications.corrigendum import corrigendum
from depositary.correspondence.notifications.document import Document, Paragraph
from depositary.correspondence.notifications.event import Event
from depositary.correspondence.notifications.headline import headline
from depositary.correspondence.notifications.kinds import paragraphs
from depositary.correspondence.notifications.paragraphs import Issue, Paragraphs
from depositary.correspondence.notifications.tables import Kind
from depositary.correspondence.notifications.threads import CORRIGENDA
from depositary.law.clauses import Clauses
from depositary.words import Language, notifications


def draft(event: Event, words: Language, issue: Issue, folder: Path) -> Document:
    """The notification of an event, in a language. `folder` is that of the data files."""
    tell = Paragraphs(event, words, issue, folder)
    said = tuple(corrigendum(tell) if event.kind in CORRIGENDA else without_repeated_clauses(paragraphs(tell)))
    return in_frame(event.clauses, event.kind, headline(tell), said, words, issue)


def without_repeated_clauses(paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    """Paragraphs in which each clause is quoted once, where it is quoted first."""
    kept: list[Paragraph] = []
    for paragraph in paragraphs:
        if paragraph.kind == "quote" and paragraph.language != "?" and paragraph in kept:
            kept.pop()  # the sentence that announces the clause
        else:
            kept.append(paragraph)
    return kept


def in_frame(
    clauses: Clauses,
    kind: Kind,
    event: str,
    paragraphs: tuple[Paragraph, ...],
    words: Language,
    issue: Issue,
) -> Document:
    """The house's frame around the paragraphs of a notification."""
    say = words.gettext
    titles, language = clauses.titled(words.code)
    return Document(
        language=words.code,
        kind=kind,
        house=say(notifications.HOUSE),
        name=say(notifications.NAME),
        reference_label=say(notifications.REFERENCE),
        reference=issue.reference
        or f"C.N.[{say(notifications.NUMBER_ON_ISSUE)}].{issue.on.year}.TREATIES-{clauses.id.replace('-', '.')}",
        title=titles.title,
        title_language=language,
        place_and_day=words.done_at(clauses),
        event=event,
        opening=say(notifications.OPENING),
        paragraphs=paragraphs,
        day=issue.on.isoformat(),
        issued=words.date(issue.on),
        attention=say(notifications.ATTENTION),
        proof=say(notifications.PROOF, size=issue.size, root=issue.root) if issue.root else "",
        verify=say(notifications.VERIFY) if issue.link else "",
        link=issue.link,
    )
