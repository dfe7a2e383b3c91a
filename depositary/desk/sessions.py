"""Sessions. The database keeps them, so that a person can list and end them; the browser holds a random token."""

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
"""For how long after both factors were shown a person may do what is binding."""


@dataclass(frozen=True)
class SignedIn:
    """A person who is signed in, with the token of their browser. At `confirmed_at` they last showed both factors."""

    account: Account
    token: str
    confirmed_at: datetime
    begun_at: datetime

    def is_fresh(self, at: datetime) -> bool:
        return at - self.confirmed_at < FRESH

    @property
    def form_token(self) -> str:
        """What the forms of the session carry. Nobody outside knows it, and it does not give the session away."""
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

    It reads the account and its roles each time.
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
