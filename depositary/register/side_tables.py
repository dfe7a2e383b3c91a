"""Checks the tables beside the entries: notifications, releases, keys and triggers, and the journal of all tables.

Anybody who can write in the database can write a row of these tables. It counts only if an entry, which is signed,
says the same, and if the journal has a line for it.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa

from depositary.register.canonical import entry_of, instant
from depositary.register.entry import Entry
from depositary.register.heads import Keys
from depositary.register.journal_check import check_journal, check_seals, named_in_heads
from depositary.register.store import Store

NOTED = sa.text("""SELECT content FROM entry WHERE act = '' AND content LIKE '%"notice":{%' ORDER BY number""")
ISSUED = sa.text(
    "SELECT year, number, reference, treaty, kind, participant, concerns, correction, content, digest, issued_by, "
    "issued_at FROM notification ORDER BY year, number"
)
RELEASED = sa.text(
    "SELECT draft, author, done_by, done_at, entry, last_entry FROM draft_step "
    "WHERE what = 'released' AND entry IS NOT NULL ORDER BY entry"
)
BY_TWO = sa.text("""SELECT number, content FROM entry WHERE content LIKE '%, released by %' ORDER BY number""")
KEYS = sa.text("SELECT name, public, vouched_by, place FROM signing_key ORDER BY place")
ACCOUNTS = sa.text("SELECT name, roles FROM account ORDER BY name")
ROLES = sa.text("SELECT about FROM audit WHERE what IN ('account added', 'roles changed') ORDER BY number")
ON_SQLITE = sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
ON_POSTGRESQL = sa.text(
    "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
    "WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND c.relnamespace = CAST(:schema AS regnamespace)"
)
POSTGRESQL_TRIGGERS = {
    "account": "account_granted roles_granted",
    "anchor": "anchor_chained anchor_kept",
    "audit": "audit_chained audit_kept",
    "correction": "correction_chained correction_kept",
    "document": "document_is_never_changed document_is_never_truncated",
    "draft_step": "draft_step_chained draft_step_kept second_person",
    "draft_version": "draft_version_chained draft_version_kept",
    "edition": "edition_chained edition_kept",
    "edition_step": "closed_when_settled edition_step_chained edition_step_kept second_person_edition",
    "entry": "entry_is_never_changed entry_is_never_truncated",
    "head": "head_is_never_changed head_is_never_truncated",
    "invitation": "invitation_granted",
    "journal": "journal_kept",
    "journal_seal": "journal_seal_kept",
    "letter": "letter_chained letter_kept",
    "letter_part": "letter_part_chained letter_part_kept",
    "letter_step": "letter_step_chained letter_step_kept second_person_letter",
    "notification": "notification_chained notification_kept notification_without_gap second_person_notification",
    "request": "request_chained request_is_never_changed request_is_never_truncated",
    "role_grant": "granted_by_two role_grant_chained role_grant_kept",
    "series_step": "second_person_series series_before_its_first series_step_chained series_step_kept",
    "signing_key": "signing_key_chained signing_key_is_never_changed signing_key_is_never_truncated",
}
"""The triggers of each table; a test holds them to the migrations."""

CONTENT = ("reference", "treaty", "kind", "participant", "concerns")
"""The columns that a notification's content repeats."""


@dataclass(frozen=True)
class SideTables:
    """The result of the check: faults, values for a person to compare, and the number of checked rows."""

    faults: tuple[str, ...]
    remarks: tuple[str, ...]
    checked: dict[str, int]


def verify_side_tables(store: Store) -> SideTables:
    """Checks the tables beside the entries, in a register whose entries hold."""
    with store.reading() as connection:
        issued = connection.execute(ISSUED).mappings().all()
        released = connection.execute(RELEASED).all()
        keys = connection.execute(KEYS).all()
        accounts = {row.name: row.roles for row in connection.execute(ACCOUNTS)}
        given = dict(about.split(": ", 1) for about in connection.execute(ROLES).scalars())
        there = triggers(connection)
        noted = {}
        for content in connection.execute(NOTED).scalars():
            entry = entry_of(content)
            if entry.notice is not None and entry.documents:
                noted[entry.notice.reference] = entry
        by_two = {number: entry_of(content) for number, content in connection.execute(BY_TWO)}
        journal = check_journal(connection)
        check_seals(connection, journal, {key.name: key.public for key in keys})
        journal.faults += named_in_heads(connection, journal)
    expected = _expected_triggers(connection.dialect.name)
    faults = [
        *_notifications(issued, noted),
        *_releases(released, by_two),
        *_roles(accounts, given),
        *trigger_faults(there, expected),
        *journal.faults,
    ]
    unvouched = (
        f"no key vouches for the key {key.name}: compare it with the key that was published"
        for key in keys
        if key.place > keys[0].place and not key.vouched_by
    )
    checked = {
        "notifications": len(issued),
        "releases": len(released),
        "keys": len(keys),
        "accounts": len(accounts),
        "triggers": len(expected),
        "lines of the journal": journal.size,
    }
    return SideTables(tuple(faults), (*unvouched, *journal.remarks), checked)


def _roles(accounts: Mapping[str, str], given: Mapping[str, str]) -> Iterator[str]:
    """Every account has the roles that the audit says it was given, and no other."""
    for name, roles in accounts.items():
        if roles.replace(",", ", ") != given.get(name):
            yield f"the account {name} has roles that the audit does not say it was given ({roles})"
    for name in given.keys() - accounts.keys():
        yield f"the account {name}, which the audit says was added, is not there"


def trigger_faults(there: Mapping[str, str], expected: Mapping[str, str]) -> Iterator[str]:
    """Every trigger is as the program made it, and no other trigger is there."""
    for name in sorted({*there, *expected}):
        if name not in expected:
            yield f"the trigger {name} is none of the program"
        elif there.get(name) != expected[name]:
            yield f"the trigger {name} is not as the program made it"


def _notifications(issued: Iterable[Any], noted: dict[str, Entry]) -> Iterator[str]:
    """Every notification is noted in an entry, with its digest, issuer and instant; and each that is noted is there."""
    missing = dict(noted)
    for row in issued:
        name, entry = f"the notification {row['reference']}", missing.pop(row["reference"], None)
        if entry is None or entry.notice is None:
            yield f"{name} was not issued: no entry notes it"
            continue
        told = json.loads(row["content"])
        parts = re.match(r"C\.N\.(\d+)\.(\d+)\.", row["reference"])
        if entry.documents != (row["digest"],):
            yield f"{name} is not the one that entry {entry.number} notes"
        elif any(told.get(column) != row[column] for column in CONTENT):
            yield f"{name}: its columns do not say what it says"
        elif (entry.treaty, entry.notice.concerns) != (row["treaty"], row["concerns"]):
            yield f"{name}: entry {entry.number} notes it of another entry"
        elif parts is None or (int(parts[1]), int(parts[2])) != (row["number"], row["year"]):
            yield f"{name} has the number and the year of another"
        elif entry.recorded_by != row["issued_by"] or instant(entry.recorded_at) < row["issued_at"]:
            yield f"{name}: entry {entry.number} says who issued it and when, and it says another"
    for reference, entry in missing.items():
        yield f"the notification {reference}, which entry {entry.number} notes, is not there"


def _releases(released: Iterable[Any], by_two: dict[int, Entry]) -> Iterator[str]:
    """Every release is said by its entries; and every entry that says it was released has its release."""
    missing = dict(by_two)
    for step in released:
        for number in range(step.entry, step.last_entry + 1):
            entry = missing.pop(number, None)
            if entry is None or entry.recorded_by != f"{step.author}, released by {step.done_by}":
                yield f"entry {number} does not say that draft {step.draft} was released by {step.done_by}"
            elif instant(entry.recorded_at) < step.done_at:
                yield f"entry {number} was recorded before draft {step.draft} was released"
    for number, entry in missing.items():
        yield f"entry {number}: the release it names is not there ({entry.recorded_by})"


def triggers(connection: sa.Connection, schema: str = "public") -> dict[str, str]:
    """The triggers of a database that are enabled: on SQLite with their words, on PostgreSQL with their table."""
    if connection.dialect.name == "sqlite":
        return {row[0]: row[1] for row in connection.execute(ON_SQLITE)}
    return {row[0]: row[1] for row in connection.execute(ON_POSTGRESQL, {"schema": schema})}


@cache
def _expected_triggers(dialect: str) -> dict[str, str]:
    """The triggers that the migrations make."""
    if dialect == "postgresql":
        return {name: table for table, names in POSTGRESQL_TRIGGERS.items() for name in names.split()}
    with TemporaryDirectory() as folder:
        fresh = Store(f"sqlite:///{Path(folder) / 'register.sqlite'}", Keys(Path(folder) / "keys"))
        fresh.migrate()
        with fresh.reading() as connection:
            made = triggers(connection)
        fresh.close()
    return made
