"""The files of an edition's list, with marks for changes since the last edition. Equal registers give equal bytes."""

import csv
import io
import json
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from depositary.authorities.list_files import as_file, list_told
from depositary.authorities.lists import AuthorityLine, AuthorityList, ListChange, difference
from depositary.correspondence.circulation.confirmation_round import ConfirmationRound
from depositary.correspondence.circulation.edition import Edition, Recipient
from depositary.correspondence.circulation.editions import KeptEdition
from depositary.law.participants import Participants
from depositary.treaties.csv_files import plain_field
from depositary.words import AVAILABLE, Language, circulation, language
from depositary.words.pdf import document

CSV, MANIFEST, NOTE = "list.csv", "edition.json", "note.pdf"


@dataclass(frozen=True)
class EditionList:
    """The list of an edition, and that of the edition before it, of the day `before_on`; None where there is none."""

    edition: Edition
    present: AuthorityList
    before_on: date | None
    before: AuthorityList | None
    participants: Participants

    @cached_property
    def changes(self) -> list[ListChange]:
        """The changes since the edition before; none where this is the first."""
        return difference(self.before, self.present) if self.before else []

    def change(self, participant: str, authority: str) -> str:
        """`added` or `changed`, of an authority in the list."""
        of = [one for one in self.changes if (one.participant, one.authority) == (participant, authority)]
        return next((one.what for one in of if one.what != "ended"), "")


def is_unconfirmed(edition: Edition, line: AuthorityLine) -> bool:
    """Whether an authority was not confirmed since the missions were asked for this edition."""
    return line.confirmed_at < ConfirmationRound(edition.on).begins_at


def pdf_name(code: str) -> str:
    """The file name of the list as PDF in a language."""
    return f"list.{code}.pdf"


def list_files(listed: EditionList) -> dict[str, bytes]:
    """All files of a list by name: a table for programs, and a document in each language."""
    return {CSV: _csv(listed), **{pdf_name(code): _pdf(listed, language(code)) for code in AVAILABLE}}


def list_files_in(listed: EditionList, code: str) -> dict[str, bytes]:
    """The files of a list for a mission that reads a language."""
    return {CSV: _csv(listed), pdf_name(code): _pdf(listed, language(code))}


def manifest(kept: KeptEdition) -> bytes:
    """The signed manifest with its signature; it has digests, and nothing that is protected."""
    return (json.dumps(kept.signed, indent=1, sort_keys=True) + "\n").encode()


def _csv(listed: EditionList) -> bytes:
    """The list's own columns, then a column for the change since the edition before."""
    rows = list(
        csv.reader(io.StringIO(as_file(listed.present, "csv", language(), listed.participants).decode(), newline=""))
    )
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*rows[0], "changed_since", "unconfirmed"])
    for row, line in zip(rows[1:], listed.present.lines, strict=True):
        told = dict(zip(rows[0], map(plain_field, row), strict=True))
        change = listed.change(told["participant"], told["authority"])
        writer.writerow([*row, change, "yes" if is_unconfirmed(listed.edition, line) else ""])
    return out.getvalue().encode()


def change_rows(listed: EditionList, words: Language) -> list[tuple[str, list[list[str]]]]:
    """Who changed and what, in the order of the language."""
    named = [
        (f"{words.name(listed.participants, each.participant, listed.edition.on)}: {each.authority}", each)
        for each in listed.changes
    ]
    named.sort(key=lambda pair: words.sort_key(pair[0]))
    return [(name, circulation.change(words, each)) for name, each in named]


def _pdf(listed: EditionList, words: Language) -> bytes:
    told = list_told(listed.present, words, listed.participants)
    marks = [
        circulation.marks(
            words,
            listed.change(line.participant, str(line.fields["authority"])),
            unconfirmed=is_unconfirmed(listed.edition, line),
        )
        for line in told.lines
    ]
    return document(
        "circulation",
        {
            **told.data,
            "reference": circulation.edition_line(words, listed.edition.name, listed.edition.on),
            "foot": f"{circulation.year_of(listed.edition.name)} · SHA-256 {listed.present.digest}",
            "notice": circulation.for_authorities_only(words),
            "each_page": circulation.confidential(words),
            "changes_heading": circulation.changes_heading(
                words, listed.edition.before, listed.before_on, len(listed.changes)
            ),
            "changes": change_rows(listed, words),
            "marks": marks,
        },
    )


def cover_note(kept: KeptEdition, to: Recipient, listed: EditionList, words: Language) -> dict[str, Any]:
    """The cover note verbale to a mission, as data for its letter and its document."""
    edition = kept.edition
    return {
        "language": words.code,
        "day": [edition.on.year, edition.on.month, edition.on.day],
        "title": circulation.title(words),
        "house": circulation.house(words),
        "reference": circulation.edition_line(words, edition.name, edition.on),
        "copy": circulation.copy_line(words, to.copy, len(edition.recipients)),
        "to": to.mission,
        "paragraphs": circulation.paragraphs(
            words,
            edition.on,
            len(listed.present.lines),
            edition.before,
            listed.before_on,
            [each.what for each in listed.changes],
            sum(is_unconfirmed(edition, line) for line in listed.present.lines),
            attached=to.manner != "notice",
        ),
        "place": circulation.place_line(words, edition.on),
        "checks": circulation.checks(
            words, edition.digest_of_list, edition.register, kept.approval.key if kept.approval else ""
        ),
        "foot": f"{circulation.year_of(edition.name)} · {to.copy}/{len(edition.recipients)}",
        "pages": circulation.page_of(words),
    }


def cover_note_pdf(told: dict[str, Any]) -> bytes:
    """The cover note as a document."""
    return document("note_verbale", told)
