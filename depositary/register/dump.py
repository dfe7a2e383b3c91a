"""The whole register as plain text: a line for each entry with its digest, then keys, heads, requests and documents.

Anyone can read it, and anyone can check it: an entry's digest is the SHA-256 of a zero byte and the line's JSON. It is
the same for every database, and the private keys are never in it. The last line is the SHA-256 of all before it.
"""

import base64
import binascii
import json
from collections.abc import Iterator
from hashlib import sha256
from itertools import islice
from typing import IO, Any

import sqlalchemy as sa

from depositary import clock
from depositary.errors import BadInput
from depositary.register.canonical import FIRST, act_digest_in, canonical, digest_of, entry_of, instant, previous_of
from depositary.register.store import Store

FIRST_LINE = "depositary register 1"

Others = dict[str, tuple[str, tuple[str, ...], str]]

OTHERS: Others = {
    "key": ("signing_key", ("name", "public", "since", "vouched_by", "voucher", "place"), "place"),
    "head": ("head", ("size", "root", "signed_at", "key", "signature", "frontier", "journal"), "size"),
    "request": ("request", ("key", "asked", "entry"), "entry"),
    "series": ("series_step", ("year", "step", "what", "first", "done_by", "done_at"), "year, step"),
    "notification": (
        "notification",
        (
            *("year", "number", "reference", "treaty", "kind", "participant", "concerns", "correction"),
            *("content", "digest", "issued_by", "issued_at"),
        ),
        "year, number",
    ),
}
"""The lines that are JSON of a table's columns: for each first word the table, its columns, and their order."""

DESK: Others = {
    "account": (
        "account",
        (
            *("name", "full_name", "roles", "language", "password", "second", "last_step", "disabled_at", "email"),
            *("granted", "subject"),
        ),
        "name",
    ),
    "grant": (
        "role_grant",
        ("number", "what", "account", "roles", "asked_by", "asked_at", "agreed_by", "agreed_at"),
        "number",
    ),
    "recovery": ("recovery_code", ("code", "account", "used_at"), "code"),
    "passkey": (
        "passkey",
        (
            *("credential", "account", "public_key", "uses", "called"),
            *("added_at", "used_at", "last_challenge", "removed_at"),
        ),
        "credential",
    ),
    "draft": ("draft", ("number", "form"), "number"),
    "version": (
        "draft_version",
        ("draft", "version", "content", "digest", "saved_by", "saved_at"),
        "draft, version",
    ),
    "step": (
        "draft_step",
        (
            *("draft", "step", "what", "version", "author", "done_by", "done_at", "reason", "shown"),
            *("entry", "last_entry"),
        ),
        "draft, step",
    ),
    "correction": (
        "correction",
        ("number", "form", "treaty", "follows", "content", "digest", "drafted_by", "drafted_at"),
        "number",
    ),
    "part": ("letter_part", ("name", "sealed"), "name"),
    "letter": (
        "letter",
        ("number", "edition", "recipient", "copy", "message_id", "sealed", "posted_by", "posted_at"),
        "number",
    ),
    "sent": (
        "letter_step",
        ("letter", "step", "what", "choice", "done_by", "done_at", "again_at", "sealed"),
        "letter, step",
    ),
    "edition": ("edition", ("name", "year", "place", "sealed", "digest", "prepared_by", "prepared_at"), "year, place"),
    "decided": (
        "edition_step",
        ("edition", "step", "what", "done_by", "done_at", "shown", "key", "signature", "reason"),
        "edition, step",
    ),
    "audit": ("audit", ("number", "done_at", "done_by", "address", "what", "about"), "number"),
    "anchor": ("anchor", ("store", "size", "digest", "anchored_at"), "store, size"),
    "line": ("journal", ("number", "of_table", "row_key", "digest"), "number"),
    "seal": ("journal_seal", ("number", "since", "key", "signature"), "number"),
}
"""The lines of the desk's tables, in backups alone. No backup has sessions or invitations, so a restore revives none.

Letters are in it as they are kept, sealed; those that were not settled are `unknown` once they are restored, because
what became of them after the backup was made nobody knows here: a restored outbox sends nothing.
"""

LATER: dict[str, dict[str, str | int]] = {
    "head": {"journal": ""},
    "account": {"email": "", "granted": 0, "subject": ""},
}
"""What a line of an earlier form does not say."""

NOT_KNOWN = """INSERT INTO letter_step (letter, step, what, choice, done_by, done_at, again_at, sealed)
    SELECT number, coalesce((SELECT max(step) FROM letter_step WHERE letter = number), 0) + 1,
        'unknown', '', 'restore', :at, '', '' FROM letter
    WHERE coalesce((SELECT what FROM letter_step AS last WHERE last.letter = number AND last.step =
        (SELECT max(step) FROM letter_step WHERE letter = number)), 'queued')
        IN ('queued', 'claimed', 'deferred', 'resend')"""

BATCH = 1000


def write_dump(store: Store, out: IO[str], *, with_desk: bool = False) -> int:
    """Writes the register as it stands at one moment, and for a backup the desk too. Gives the number of entries."""
    running, number = sha256(), 0
    with store.reading() as connection:
        for line in _lines(connection, OTHERS | DESK if with_desk else OTHERS):
            number += line.startswith("entry ")
            running.update(line.encode() + b"\n")
            out.write(line + "\n")
    out.write(f"end {running.hexdigest()}\n")
    return number


def _lines(connection: sa.Connection, others: Others) -> Iterator[str]:
    yield FIRST_LINE
    for digest, content in connection.execute(sa.text("SELECT digest, content FROM entry ORDER BY number")):
        yield f"entry {digest} {content}"
    for word, (table, columns, order) in others.items():
        wanted = sa.text(f"SELECT {', '.join(columns)} FROM {table} ORDER BY {order}")  # noqa: S608
        for row in connection.execute(wanted):
            yield f"{word} {canonical(dict(zip(columns, row, strict=True)))}"
    for digest, content in connection.execute(sa.text("SELECT digest, content FROM document ORDER BY digest")):
        yield f"document {digest} {base64.b64encode(content).decode()}"


def restore_dump(store: Store, source: IO[str], name: str) -> int:
    """Fills an empty register from a dump, in one transaction. Gives the number of its entries.

    Raises BadInput for a register that is not empty, and for a dump that is not whole, naming the line.
    """
    with store.restoring() as (session, journal):
        connection = session.connection()
        if any(connection.execute(sa.text(f"SELECT 1 FROM {table} LIMIT 1")).first() for table in TABLES):  # noqa: S608
            raise BadInput([f"{name}: the register is not empty; a backup is restored into an empty one only"])
        rows = _rows(source, name)
        number, with_journal = 0, False
        while batch := list(islice(rows, BATCH)):
            for table in TABLES:
                if own := [row for to, row in batch if to == table]:
                    columns: list[sa.ColumnClause[Any]] = [sa.column(column) for column in own[0]]
                    connection.execute(sa.insert(sa.table(table, *columns)), own)
                    number += len(own) if table == "entry" else 0
                    with_journal |= table == "journal"
        if connection.dialect.name == "postgresql":
            for table in ("draft", "audit", "letter", "correction", "role_grant"):
                counted_on = f"SELECT setval(pg_get_serial_sequence('{table}', 'number'), max(number)) FROM {table}"  # noqa: S608
                connection.execute(sa.text(counted_on))
        if with_journal:
            journal.forget()
        journal.restored(number, with_journal=with_journal)
        unsettled = connection.execute(sa.text(NOT_KNOWN), {"at": instant(clock.now())}).rowcount
        if with_journal and not unsettled:
            journal.forget()
        return number


TABLES = (
    *("entry", "signing_key", "head", "request", "series_step", "notification", "document"),
    *(table for table, _, _ in DESK.values()),
)


def _rows(source: IO[str], name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of the lines, each with its table. The whole file is checked as it is read."""
    running, previous, ended = sha256(), FIRST, False
    for place, line in enumerate(source, 1):
        word, _, rest = line.rstrip("\n").partition(" ")
        if ended or (place == 1) != (line.rstrip("\n") == FIRST_LINE):
            raise BadInput([f"{name}:{place}: this is not a dump of a register, or it does not end where it should"])
        if word == "end":
            if rest != running.hexdigest():
                raise BadInput([f"{name}:{place}: the lines before are not those that were written"])
            ended = True
            continue
        running.update(line.encode())
        if place == 1:
            continue
        try:
            table, row = _row(word, rest)
            if table == "entry" and previous_of(row["content"]) != previous:
                raise ValueError("the entry does not follow the one before it")
        except (ValueError, KeyError, TypeError, binascii.Error) as fault:
            raise BadInput([f"{name}:{place}: {fault}"]) from None
        previous = row["digest"] if table == "entry" else previous
        yield table, row
    if not ended:
        raise BadInput([f"{name}: it is not whole; the last line, which begins with `end`, is missing"])


def _row(word: str, rest: str) -> tuple[str, dict[str, Any]]:
    if word in OTHERS or word in DESK:
        table, columns, _ = (OTHERS | DESK)[word]
        told = LATER.get(word, {}) | json.loads(rest)
        return table, {column: told[column] for column in columns}
    digest, _, text = rest.partition(" ")
    if word == "document":
        content = base64.b64decode(text, validate=True)
        if sha256(content).hexdigest() != digest:
            raise ValueError(f"the document {digest} is not what was attached")
        return "document", {"digest": digest, "content": content}
    if word != "entry":
        raise ValueError(f"{word[:40]!r} is not a line of a dump")
    if digest_of(text) != digest:
        raise ValueError("the entry is not what was recorded")
    entry = entry_of(text)
    return "entry", {
        "number": entry.number,
        "content": text,
        "digest": digest,
        "treaty": entry.treaty,
        "act": act_digest_in(text),
        "rectifies": entry.rectifies,
    }
