"""A list as a file: CSV, XLSX, vCard, JSON, PDF. Equal lists give equal bytes."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from depositary.authorities.lists import AuthorityLine, AuthorityList
from depositary.law.participants import Participants
from depositary.treaties.csv_files import spreadsheet_field
from depositary.words import Language
from depositary.words.authorities import FIELDS, LISTS, languages_said

MEDIA_TYPES: dict[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "vcf": "text/vcard; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "pdf": "application/pdf",
}


def as_file(authorities: AuthorityList, kind: str, words: Language, participants: Participants) -> bytes:
    """A list in the form of a suffix of MEDIA_TYPES."""
    return _AS[kind](authorities, words, participants)


def _csv(authorities: AuthorityList, words: Language, participants: Participants) -> bytes:
    """A CSV file: the columns that an import reads, then the name and the last confirmation."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow((*authorities.columns, "name", "confirmed_at"))
    for line in authorities.lines:
        row = (
            *line.texts.values(),
            words.name(participants, line.participant, authorities.on),
            line.confirmed_at.isoformat(),
        )
        writer.writerow([spreadsheet_field(text) for text in row])
    return out.getvalue().encode()


def _xlsx(authorities: AuthorityList, words: Language, participants: Participants) -> bytes:
    import xlsxwriter

    say = words.gettext
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    # The day of the list, not of today: equal lists give equal bytes.
    book.set_properties(
        {"title": say(LISTS[authorities.function]), "created": datetime.combine(authorities.on, time())}
    )
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    cell = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(authorities.on.isoformat())
    sheet.freeze_panes(1, 1)
    if words.direction == "rtl":
        sheet.right_to_left()
    heads = (say("Name"), *(say(FIELDS[name]) for name in authorities.columns), say("Last confirmed"))
    sheet.set_column(0, len(heads) - 1, 24)
    rows = [
        (
            words.name(participants, line.participant, authorities.on),
            *line.texts.values(),
            words.date(line.confirmed_at.date()),
        )
        for line in authorities.lines
    ]
    for number, row in enumerate((heads, *rows)):
        for column, text in enumerate(row):
            sheet.write_string(number, column, text, cell if number else head)
    book.close()
    return out.getvalue()


def _vcards(authorities: AuthorityList, words: Language, participants: Participants) -> bytes:
    return "".join(
        _vcard(authorities, line, words.name(participants, line.participant, authorities.on))
        for line in authorities.lines
    ).encode()


def _vcard(authorities: AuthorityList, line: AuthorityLine, name: str) -> str:
    """A vCard (RFC 2426): its lines escaped, and folded at 75 octets."""
    fields, texts = line.fields, line.texts
    full = f"{name}: {fields['authority']}"
    rows: list[tuple[str, list[str]]] = [
        ("FN", [full]),
        ("N", [full, "", "", "", ""]),
        ("ORG", [name, *(texts[part] for part in ("authority", "unit") if texts[part])]),
    ]
    written = (("TITLE", "post"), ("TZ", "zone"), ("NOTE", "hours"), ("EMAIL", "email"), ("LABEL", "postal_address"))
    rows += [(called, [texts[of]]) for called, of in written if texts.get(of)]
    for telephone in fields.get("telephones", ()):
        rows.append(("TEL;TYPE=pref" if telephone.always else "TEL", [telephone.number]))
        rows += [("NOTE", [f"24/7: {telephone.number}"])] if telephone.always else []
    rows += [
        ("CATEGORIES", [authorities.function]),
        ("UID", [f"urn:depositary:authority:{line.origin}"]),
        ("REV", [line.confirmed_at.date().isoformat()]),
    ]
    lines = [f"{called}:{';'.join(_escaped(part) for part in parts)}" for called, parts in rows]
    whole = ("BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD")
    return "".join(_folded(each) for each in whole)


def _folded(line: str) -> str:
    """A folded line: after at most 75 octets it continues on the next line behind a space; no character is split."""
    written, octets = "", 0
    for sign in line:
        size = len(sign.encode())
        if octets + size > 75:
            written, octets = f"{written}\r\n ", 1
        written, octets = written + sign, octets + size
    return f"{written}\r\n"


def _escaped(text: str) -> str:
    """A text as a value of a vCard."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return "\\n".join(text.splitlines())


def _json(authorities: AuthorityList, words: Language, participants: Participants) -> bytes:
    return authorities.content.encode()


def _pdf(authorities: AuthorityList, words: Language, participants: Participants) -> bytes:
    """A table in landscape: the public fields, the contact data, and the day of the last confirmation."""
    from depositary.words.pdf import document

    mark = {} if authorities.seen_by == "public" else {"each_page": words.gettext("CONFIDENTIAL")}
    return document("authorities", list_told(authorities, words, participants).data | mark)


@dataclass(frozen=True)
class PrintedList:
    """A list as data for a document, and its lines in the order of the document's rows."""

    data: dict[str, Any]
    lines: tuple[AuthorityLine, ...]


def list_told(authorities: AuthorityList, words: Language, participants: Participants) -> PrintedList:
    """A list as a document shows it: by the names of the participants, in the order of the language."""
    say = words.gettext
    lines = sorted(
        authorities.lines, key=lambda line: words.sort_key(words.name(participants, line.participant, authorities.on))
    )
    heads = [say("Participant"), say("Authority"), say("Languages and hours")]
    data = {
        "language": words.code,
        "title": say(LISTS[authorities.function]),
        "subtitle": say("As of %(date)s", date=words.date(authorities.on)),
        "day": [authorities.on.year, authorities.on.month, authorities.on.day],
        "foot": f"SHA-256 {authorities.digest}",
        "pages": say("Page %(page)s of %(pages)s", page="{page}", pages="{pages}"),
        "empty": say("No authority has been designated."),
        "heads": [*heads, say("How to reach it")] if authorities.seen_by != "public" else heads,
        "rows": [_row(authorities, line, words, participants) for line in lines],
    }
    return PrintedList(data, tuple(lines))


def _row(authorities: AuthorityList, line: AuthorityLine, words: Language, participants: Participants) -> list[str]:
    texts = line.texts
    name = words.name(participants, line.participant, authorities.on)

    def several(*names: str) -> str:
        return "\n".join(texts[each] for each in names if texts.get(each))

    accepted = languages_said(words, [(one.tag, one.urgency) for one in line.fields["languages"]])
    confirmed = words.gettext("Confirmed: %(date)s", date=words.date(line.confirmed_at.date()))
    row = [
        "\n".join(filter(None, (name, texts["territory"]))),
        several("authority", "unit", "post", "postal_address"),
        "\n".join(filter(None, (accepted, several("hours", "zone"), confirmed))),
    ]
    if authorities.seen_by != "public":
        fingerprint = texts.get("certificate", "")
        row.append(
            "\n".join(
                filter(
                    None,
                    (several("telephones", "email", "secure_channel"), "" if "BEGIN" in fingerprint else fingerprint),
                )
            )
        )
    return row


_AS: dict[str, Callable[[AuthorityList, Language, Participants], bytes]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "vcf": _vcards,
    "json": _json,
    "pdf": _pdf,
}
