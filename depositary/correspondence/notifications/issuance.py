"""The issue of notifications one after the other: their numbers, their documents, and the register's notes of them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import sha256

import sqlalchemy as sa

from depositary import clock
from depositary.correspondence.notifications.archive import Issued, find, strangers
from depositary.correspondence.notifications.document import Document, Paragraph
from depositary.correspondence.notifications.ledger import Ledger
from depositary.correspondence.notifications.notification import Following
from depositary.correspondence.notifications.paragraphs import Issue
from depositary.correspondence.notifications.pdf import pdf_of
from depositary.correspondence.notifications.references import reference_of
from depositary.correspondence.notifications.series import next_number
from depositary.correspondence.notifications.tables import NotificationRow
from depositary.desk.audit import Doing, log
from depositary.errors import Sentence
from depositary.register.canonical import canonical
from depositary.register.entry import Entry, Notice
from depositary.register.transaction import Refused, Transaction
from depositary.words import AVAILABLE, language
from depositary.words.pdf import NotSet


class Issuance:
    """The issue of some notifications one after the other, all from one state of the register."""

    def __init__(self, recording: Transaction, doing: Doing, base_url: str) -> None:
        if rows := strangers(recording.session):
            raise Refused(
                Sentence(
                    "The database holds a notification that was never issued, and no entry notes it: %(reference)s. "
                    "Nothing was issued. See `depositary verify`, and have the row removed.",
                    reference=", ".join(rows),
                )
            )
        self.recording, self.doing, self.base_url = recording, doing, base_url
        self.on = clock.day_of(doing.at)
        self.size, self.root = recording.size, recording.root

    def issue(self, chosen: Sequence[Following], ledgers: Iterable[Ledger]) -> list[Issued]:
        """Issues notifications in their order; each can name those before it."""
        own = {ledger.treaty: ledger.own for ledger in ledgers}
        made: list[str] = []
        kept: list[dict[str, Document]] = []
        for what in chosen:
            reference, documents, notes = self._keep(what)
            own.get(what.treaty, []).extend(notes)
            made.append(reference)
            kept.append(documents)
        typeset_all(kept)
        found = [find(self.recording.session, reference) for reference in made]
        return [each for each in found if each is not None]

    def _keep(self, what: Following) -> tuple[str, dict[str, Document], list[Entry]]:
        recording, doing, on = self.recording, self.doing, self.on
        number = next_number(recording.session, on.year)
        reference = reference_of(number, on.year, what.treaty)
        issue = Issue(on, reference, self.size, self.root, f"{self.base_url}/cn/{on.year}/{number}")
        documents = {code: what.make(language(code), issue) for code in AVAILABLE}
        content = canonical(
            {
                "concerns": what.concerns,
                "documents": {code: document.told() for code, document in documents.items()},
                "head": {"root": issue.root, "size": issue.size},
                "issued_on": on.isoformat(),
                "kind": what.kind,
                "participant": what.participant,
                "reference": reference,
                "told": {"corrects": what.corrects, "entries": list(what.told)},
                "treaty": what.treaty,
                **what.more,
            }
        )
        digest = sha256(content.encode()).hexdigest()
        row = {
            "year": on.year,
            "number": number,
            "reference": reference,
            "treaty": what.treaty,
            "kind": what.kind,
            "participant": what.participant,
            "concerns": what.concerns,
            "correction": what.correction,
            "content": content,
            "digest": digest,
            "issued_by": doing.by,
            "issued_at": doing.instant,
        }
        recording.session.connection().execute(sa.insert(NotificationRow), row)
        notes = [
            recording.append(
                None,
                doing.at,
                doing.by,
                treaty=what.treaty,
                notice=Notice(concerned, reference, on),
                documents=(digest,) if concerned == what.concerns else (),
            )
            for concerned in dict.fromkeys((what.concerns, *what.told))
            if concerned not in what.as_before
        ]
        log(recording.session, doing, "notification issued", reference)
        return reference, documents, notes


def typeset_all(kept: Sequence[dict[str, Document]]) -> None:
    """Sets all documents, those of one language together. Raises Refused for one that cannot be set."""
    for code in AVAILABLE if len(kept) > 1 else ():
        documents = [each[code] for each in kept]
        paragraphs = [(Paragraph("text", each.event), *each.paragraphs) for each in documents]
        together = replace(documents[0], paragraphs=tuple(one for each in paragraphs for one in each))
        try:
            pdf_of(together)
        except NotSet:
            break
    else:
        if len(kept) > 1:
            return
    for each in kept:
        for document in each.values():
            typeset(document)


def typeset(document: Document) -> bytes:
    """The document as PDF. Raises Refused where the house's letters cannot set it, as a script it has no fonts for."""
    try:
        return pdf_of(document)
    except NotSet as fault:
        raise Refused(
            Sentence(
                "%(event)s cannot be set in %(language)s: %(why)s. Nothing was issued.",
                event=document.event,
                language=document.language,
                why=str(fault).splitlines()[0][:300],
            )
        ) from None
