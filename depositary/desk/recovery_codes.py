"""Recovery codes: each takes the place of a code of the second factor once. They are shown when they are made."""

import secrets

from sqlmodel import Session, select

from depositary.desk.audit import Doing, log
from depositary.desk.codes import digest, plain_code
from depositary.desk.tables import RecoveryRow

NUMBER = 10
PARTS, BYTES = 3, 5
"""Of a code: 120 random bits in all. Nobody finds a code by trying, so that a hash without salt discloses nothing."""


def as_made(typed: str) -> str:
    """A code as it was made, from what is typed: with other hyphens, with spaces in their place, or with neither."""
    signs, part = plain_code(typed).replace("-", ""), 2 * BYTES
    return "-".join(signs[at : at + part] for at in range(0, len(signs), part))


def left(session: Session, name: str) -> int:
    """How many recovery codes of an account were not used yet."""
    kept = session.exec(select(RecoveryRow).where(RecoveryRow.account == name, RecoveryRow.used_at == ""))
    return len(kept.all())


def renew(session: Session, name: str, doing: Doing) -> list[str]:
    """New recovery codes of an account; the old ones end."""
    log(session, doing, "recovery codes made anew", name)
    return make(session, name)


def make(session: Session, name: str) -> list[str]:
    """The recovery codes of an account, in the place of those it had."""
    for old in session.exec(select(RecoveryRow).where(RecoveryRow.account == name)):
        session.delete(old)
    made = ["-".join(secrets.token_hex(BYTES) for _ in range(PARTS)) for _ in range(NUMBER)]
    session.add_all(RecoveryRow(code=digest(code), account=name) for code in made)
    return made
