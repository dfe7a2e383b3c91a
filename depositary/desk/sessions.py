"""Sessions. The database keeps them, so that a person can list and end them; the browser holds a random token."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from depositary.desk.accounts import Account, account
from depositary.desk.audit import Doing, log
from depositary.desk.codes import digest
from depositary.desk.tables import SessionRow
from depositary.errors import Unavailable
from depositary.register.canonical import instant
from depositary.register.store import Store

IDLE, OVERALL, NOTED_EACH = timedelta(minutes=30), timedelta(hours=12), timedelta(minutes=1)
FRESH = timedelta(minutes=5)
"""A person may do binding things for this long after they have shown both factors."""


@dataclass(frozen=True)
class SignedIn:
    """A person who is signed in, with the token of their browser. At `confirmed_at` they last showed both factors."""

    account: Account
    token: str
    confirmed_at: datetime
    begun_at: datetime
    seen_at: datetime

    def is_fresh(self, at: datetime) -> bool:
        return at - self.confirmed_at < FRESH

    @property
    def form_token(self) -> str:
        """The token in the forms of a session. Nobody outside knows it, and it does not disclose the session."""
        return digest(f"form {self.token}")


def begin(session: Session, person: Account, agent: str, doing: Doing) -> str:
    """A new session's token."""
    token = secrets.token_urlsafe(32)
    at = doing.instant
    session.add(
        SessionRow(
            token=digest(token),
            account=person.name,
            begun_at=at,
            seen_at=at,
            confirmed_at=at,
            address=doing.address[:60],
            agent=agent[:200],
        )
    )
    log(session, doing, "signed in")
    return token


def find(session: Session, token: str, at: datetime) -> SignedIn | None:
    """The person of a token, seen now; None for a session that ended or was idle too long, and for a disabled account.

    It reads the account and its roles each time. It writes nothing, so that it waits for nobody.
    """
    row = session.get(SessionRow, digest(token)) if token else None
    if row is None or row.ended_at:
        return None
    if row.seen_at < instant(at - IDLE) or row.begun_at < instant(at - OVERALL):
        return None
    person = account(session, row.account)
    if person is None or person.disabled:
        return None
    times = (datetime.fromisoformat(text) for text in (row.confirmed_at, row.begun_at, row.seen_at))
    return SignedIn(person, token, *times)


def is_known(session: Session, token: str) -> bool:
    """Whether a token is that of a session, even of one that has ended."""
    return bool(token) and session.get(SessionRow, digest(token)) is not None


def touch(store: Store, signed_in: SignedIn, at: datetime) -> None:
    """Notes once a minute that a session is in use. While somebody else writes it notes nothing, and nobody waits."""
    if at - signed_in.seen_at < NOTED_EACH:
        return
    used = sa.update(SessionRow).where(col(SessionRow.token) == digest(signed_in.token)).values(seen_at=instant(at))
    with store.session() as session, without_waiting(session.connection()) as connection, suppress(Unavailable):
        connection.execute(used)


@contextmanager
def without_waiting(connection: sa.Connection) -> Iterator[sa.Connection]:
    """A connection that gives up at once where another holds the database; afterwards it waits as before."""
    if connection.dialect.name != "sqlite":
        yield connection
        return
    patience = connection.exec_driver_sql("PRAGMA busy_timeout").scalar()
    connection.exec_driver_sql("PRAGMA busy_timeout=0")
    try:
        yield connection
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={patience}")


def renew(session: Session, signed_in: SignedIn, doing: Doing) -> str:
    """A new token for a session in which both factors were shown again; the old token ends."""
    row = session.get_one(SessionRow, digest(signed_in.token))
    row.ended_at = doing.instant
    token = secrets.token_urlsafe(32)
    session.add(
        SessionRow(
            token=digest(token),
            account=row.account,
            begun_at=row.begun_at,
            seen_at=doing.instant,
            confirmed_at=doing.instant,
            address=doing.address[:60],
            agent=row.agent,
        )
    )
    log(session, doing, "confirmed")
    return token


def end(session: Session, token: str, doing: Doing) -> None:
    """Ends one session by its token or by the hash of it."""
    row = session.get(SessionRow, digest(token)) or session.get(SessionRow, token)
    if row is not None and row.account == doing.by and not row.ended_at:
        row.ended_at = doing.instant
        log(session, doing, "signed out")


def open_sessions(session: Session, name: str, at: datetime) -> list[SessionRow]:
    """The sessions of an account that have not ended."""
    wanted = select(SessionRow).where(
        SessionRow.account == name, SessionRow.ended_at == "", col(SessionRow.seen_at) >= instant(at - IDLE)
    )
    return list(session.exec(wanted.order_by(col(SessionRow.seen_at).desc())))
