"""Sessions: in the database, so that they are listed and ended there. The browser holds a random token."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from depositary.desk.accounts import Account, account, digest
from depositary.desk.audit import Doing, log
from depositary.desk.tables import SessionRow
from depositary.register.canonical import instant

IDLE, OVERALL = timedelta(minutes=30), timedelta(hours=12)
FRESH = timedelta(minutes=5)
"""How long after showing both factors a person may do what is binding."""


@dataclass(frozen=True)
class SignedIn:
    """One who is signed in. `token` is the browser's, `confirmed_at` when both factors were last shown."""

    account: Account
    token: str
    confirmed_at: datetime
    begun_at: datetime

    def is_fresh(self, at: datetime) -> bool:
        return at - self.confirmed_at < FRESH

    @property
    def form_token(self) -> str:
        """What the session's forms carry: it cannot be known from outside, nor the session be known from it."""
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
    """Who holds a token, seen now; None for a session that has ended, was idle too long, or whose account is disabled.

    The account and its roles are read anew each time.
    """
    row = session.get(SessionRow, digest(token)) if token else None
    if row is None or row.ended_at:
        return None
    if row.seen_at < instant(at - IDLE) or row.begun_at < instant(at - OVERALL):
        row.ended_at = instant(at)
        return None
    person = account(session, row.account)
    if person is None or person.disabled:
        return None
    row.seen_at = instant(at)
    return SignedIn(person, token, datetime.fromisoformat(row.confirmed_at), datetime.fromisoformat(row.begun_at))


def renew(session: Session, signed_in: SignedIn, doing: Doing) -> str:
    """A new token for the session, both factors having been shown again; the old one ends."""
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
