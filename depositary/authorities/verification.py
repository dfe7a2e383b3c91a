"""The registers of authorities checked: their entries, the journal of all their tables, their triggers, the anchors."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from depositary.authorities.store import SCHEMA, VERSION, ContactStore
from depositary.authorities.tables import CHAINED
from depositary.register.anchors import ANCHORS, anchor_faults
from depositary.register.database import engine_of, revision_of
from depositary.register.journal_check import check_journal
from depositary.register.side_tables import trigger_faults, triggers
from depositary.register.store import Store

NAME = "contacts"
"""What an anchor calls this store."""

POSTGRESQL_TRIGGERS = {
    "authority_entry": "chained never rule0 rule1 rule4 rule5 rule6 rule7",
    "journal": "never",
    "link": "chained never",
    "link_answer": "chained never",
    "proposal": "chained never rule8",
    "proposal_step": "chained never rule2 rule3 rule9",
}
"""The triggers of each table, without the table's name before them; a test holds them to the migrations."""


@dataclass(frozen=True)
class VerifiedAuthorities:
    """What does not hold, what a person compares, and how much was checked."""

    faults: tuple[str, ...]
    remarks: tuple[str, ...]
    checked: dict[str, int]


def verify_authorities(store: ContactStore, register: Store) -> VerifiedAuthorities:
    """Checks the registers of authorities, and that they are those which the register anchored.

    Raises BadInput where they are not at the revision that this program needs.
    """
    store.require_current()
    entries = store.check()
    with store.reading() as connection:
        journal = check_journal(connection, CHAINED, SCHEMA)
        there = triggers(connection, NAME)
    with register.reading() as connection:
        anchors = {row.size: row.digest for row in connection.execute(ANCHORS, {"store": NAME})}
    expected = _expected_triggers(store.engine.dialect.name)
    faults = (
        *((entries.fault,) if entries.fault else ()),
        *trigger_faults(there, expected),
        *journal.faults,
        *anchor_faults(anchors, journal.lines, NAME),
    )
    later = journal.size - max(anchors, default=0)
    remarks = (f"{later} lines of its journal are newer than the last anchor",) if later > 0 else ()
    checked = {"entries of authorities": entries.size, "lines of their journal": journal.size, "anchors": len(anchors)}
    return VerifiedAuthorities(
        tuple(f"authorities: {fault}" for fault in faults),
        tuple(f"authorities: {remark}" for remark in remarks),
        checked | {"triggers of authorities": len(expected)},
    )


def _expected_triggers(dialect: str) -> dict[str, str]:
    """The triggers that the migrations make."""
    if dialect == "postgresql":
        return {f"{table}_{name}": table for table, names in POSTGRESQL_TRIGGERS.items() for name in names.split()}
    with TemporaryDirectory() as folder:
        fresh = ContactStore(f"sqlite:///{Path(folder) / 'contacts.sqlite'}", Path(folder) / "keys")
        fresh.migrate()
        with fresh.reading() as connection:
            made = triggers(connection, NAME)
        fresh.close()
    return made


def is_there(url: str) -> bool:
    """Whether there are registers of authorities at a URL. Makes none."""
    if url.startswith("sqlite:///"):
        return Path(url.removeprefix("sqlite:///")).exists()
    engine = engine_of(url)
    try:
        return bool(revision_of(engine, VERSION))
    finally:
        engine.dispose()
