"""Writes the document of a notification in one language: the paragraphs of its kind in the frame of the house."""

from pathlib import Path

from depositary.correspondence.notifications.case import Kind, NotificationCase
from depositary.correspondence.notifications.document import Document, Paragraph
from depositary.correspondence.notifications.kinds import paragraphs
from depositary.correspondence.notifications.paragraphs import Issue, Paragraphs
from depositary.law.clauses import Clauses
from depositary.treaties import authentic
from depositary.words import Language, notifications


def draft(case: NotificationCase, kind: Kind, words: Language, issue: Issue, folder: Path) -> Document:
    """The notification of a kind that follows from an entry, in a language. `folder` has the data files."""
    tell = Paragraphs(case, kind, words, issue, folder)
    return in_frame(case.clauses, kind, event(tell), tuple(paragraphs(tell, kind)), words, issue, folder)


def event(tell: Paragraphs) -> str:
    """The line that names participant and event, in capitals: `RURITANIA: RATIFICATION`."""
    words, kind = tell.words, tell.kind
    act = tell.case.act or (tell.case.replaced[0].act if tell.case.replaced else None)
    assert act is not None, "an act is notified, or was"
    what = words.act(act) if act.amendment else words.action(act.action)
    if kind == "entry into force":
        return words.gettext(notifications.ENTRY_INTO_FORCE).upper()
    if kind == "competence":
        what = words.gettext(notifications.COMPETENCE)
    if kind in ("corrigendum", "struck out"):
        what = words.gettext(notifications.CORRIGENDUM, event=what)
    name = tell.name(act.participant) if act.participant else ""
    return (f"{name}: {what}" if name else what).upper()


def in_frame(
    clauses: Clauses,
    kind: Kind,
    event: str,
    paragraphs: tuple[Paragraph, ...],
    words: Language,
    issue: Issue,
    folder: Path,
) -> Document:
    """The house's frame around the paragraphs of a notification."""
    say = words.gettext
    title, language = authentic.title(folder, clauses, words.code)
    return Document(
        language=words.code,
        kind=kind,
        house=say(notifications.HOUSE),
        name=say(notifications.NAME),
        reference_label=say(notifications.REFERENCE),
        reference=issue.reference
        or f"C.N.[{say(notifications.NUMBER_ON_ISSUE)}].{issue.on.year}.TREATIES-{clauses.id.replace('-', '.')}",
        title=title,
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
