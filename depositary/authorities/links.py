"""Links in letters: each works once and expires, and only its hash is kept.

To the old contact, when it is to be changed; to a mission, to confirm its authorities or say what should be changed; to
a point of contact, to see whether it answers. What a mission says changes nothing: an officer and a second person do.
"""

import secrets
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal

import sqlalchemy as sa

from depositary.authorities.entries import AuthorityEntry, authority_entry, new_salt
from depositary.authorities.proposal import ProposalRefused
from depositary.authorities.proposals import settled_by_old_contact
from depositary.authorities.store import AuthorityTransaction, ContactStore
from depositary.authorities.tables import ANSWER, ENTRY, LINK
from depositary.authorities.validity import valid
from depositary.clock import day_of
from depositary.errors import Sentence
from depositary.register.canonical import instant

Purpose = Literal["change", "confirmation", "ping"]
InquiryAnswer = Literal["confirmed", "objected", "changes", "acknowledged"]

LASTS: dict[Purpose, timedelta] = {
    "change": timedelta(days=3),
    "confirmation": timedelta(days=30),
    "ping": timedelta(days=1),
}
MAY_SAY: dict[Purpose, tuple[InquiryAnswer, ...]] = {
    "change": ("confirmed", "objected"),
    "confirmation": ("confirmed", "changes"),
    "ping": ("acknowledged",),
}
LONGEST = 4000
"""The longest answer in a mission's own words, in characters."""

OVER = Sentence("This link is used, expired or unknown.")


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A link that was sent. `about` is the proposal or the entry it concerns, 0 for none; `whole` shows every field.

    `said` is what was answered, "" while nothing is.
    """

    token: str
    purpose: Purpose
    participant: str
    about: int
    whole: bool
    made_by: str
    made_at: datetime
    expires_at: datetime
    said: InquiryAnswer | Literal[""] = ""
    answered_at: datetime | None = None
    text: str = ""

    def is_open(self, at: datetime) -> bool:
        return not self.said and at <= self.expires_at


def make(
    store: ContactStore,
    purpose: Purpose,
    participant: str,
    about: int,
    address: str,
    by: str,
    at: datetime,
    *,
    whole: bool = False,
    token: str = "",
    expires_at: datetime | None = None,
    within: AuthorityTransaction | None = None,
) -> str:
    """Makes a link for an address and gives its token. The store keeps hashes of both.

    A given `token` is a secret that nobody can guess; where it has a link already, that link stays as it is. Many
    links are made `within` one transaction.
    """
    token = token or secrets.token_urlsafe(32)
    row = {
        "token": hashed(token),
        "purpose": purpose,
        "participant": participant,
        "sent_to": sha256(f"{token} {address}".encode()).hexdigest(),
        "made_by": by,
        "made_at": instant(at),
        "expires_at": instant(expires_at or at + LASTS[purpose]),
        "about": about,
        "whole": int(whole),
    }
    with nullcontext(within) if within else store.recording() as recording:
        known = recording.connection.execute(sa.select(LINK.c.token).where(LINK.c.token == row["token"]))
        if known.first() is None:
            recording.connection.execute(sa.insert(LINK), row)
    return token


def exists(store: ContactStore, token: str) -> bool:
    """Whether a link of this token was made."""
    with store.reading() as connection:
        return bool(_read(connection, store, LINK.c.token == hashed(token)))


def expiry(store: ContactStore, token: str) -> datetime:
    """The last instant of the link of a token."""
    with store.reading() as connection:
        return _read(connection, store, LINK.c.token == hashed(token))[0].expires_at


def find(store: ContactStore, token: str, at: datetime) -> Inquiry | None:
    """The open link of a token; None where the token is used, expired or unknown."""
    with store.reading() as connection:
        found = _read(connection, store, LINK.c.token == hashed(token))
    return found[0] if found and found[0].is_open(at) else None


def inquiries(store: ContactStore, purpose: Purpose, *, participant: str = "", about: int = 0) -> list[Inquiry]:
    """The links sent for a purpose, the latest first."""
    which = LINK.c.purpose == purpose
    if participant:
        which &= LINK.c.participant == participant
    if about:
        which &= LINK.c.about == about
    with store.reading() as connection:
        return _read(connection, store, which)


def asked_about(link: Inquiry, entries: Iterable[AuthorityEntry], at: datetime) -> list[AuthorityEntry]:
    """The designations that a link asks about: all valid ones of a participant, or a single one."""
    hold = [entry for entry in valid(entries, day_of(at)) if entry.participant == link.participant]
    return [entry for entry in hold if entry.number == link.about] if link.purpose == "ping" else hold


def digest_of_question(entries: Sequence[AuthorityEntry]) -> str:
    """The digest of the designations that are shown with a question. An answer confirms only these."""
    return sha256(" ".join(f"{entry.number}:{entry.salt}" for entry in entries).encode()).hexdigest()


def answer(store: ContactStore, token: str, said: str, text: str, seen: str, at: datetime) -> Inquiry:
    """Keeps an answer, once, and carries it out in the same transaction. Raises ProposalRefused.

    `seen` is the digest of the designations that were shown with the question.
    """
    with store.recording() as recording:
        found = _read(recording.connection, store, LINK.c.token == hashed(token))
        if not found or not found[0].is_open(at):
            raise ProposalRefused(OVER)
        link = found[0]
        if said not in MAY_SAY[link.purpose]:
            raise ProposalRefused(Sentence("This cannot be answered so. Nothing was kept."))
        if said == "changes" and not 0 < len(text.strip()) <= LONGEST:
            raise ProposalRefused(
                Sentence(
                    "Say what should be changed, in at most %(longest)d characters. Nothing was kept.", longest=LONGEST
                )
            )
        row = {
            "token": link.token,
            "answer": said,
            "answered_at": instant(at),
            "sealed": recording.seal.seal(text.strip()),
        }
        recording.connection.execute(sa.insert(ANSWER), row)
        if link.purpose == "change":
            settled_by_old_contact(recording, store, link.about, at, objects=said == "objected")
        elif said in ("confirmed", "acknowledged"):
            _confirm(recording, link, seen, at)
        return _read(recording.connection, store, LINK.c.token == link.token)[0]


def _confirm(recording: AuthorityTransaction, link: Inquiry, seen: str, at: datetime) -> None:
    rows = recording.connection.execute(sa.select(ENTRY.c.sealed).order_by(ENTRY.c.number)).scalars().all()
    asked = asked_about(link, [authority_entry(content)[0] for content in recording.seal.open_all(rows)], at)
    if seen != digest_of_question(asked):
        raise ProposalRefused(
            Sentence("The register has changed since this page was shown: load it again. Nothing was kept.")
        )
    for entry in asked:
        recording.append(
            AuthorityEntry(
                recording.size + 1,
                "confirmation",
                entry.participant,
                at,
                "the mission" if link.purpose == "confirmation" else "the contact",
                concerns=entry.number,
                how="link" if link.purpose == "confirmation" else "ping",
                salt=new_salt(),
            )
        )


def hashed(token: str) -> str:
    """The hash of a token, which is kept in its place."""
    return sha256(token.encode()).hexdigest()


def _read(connection: sa.Connection, store: ContactStore, which: sa.ColumnElement[bool]) -> list[Inquiry]:
    wanted = (
        sa.select(LINK, ANSWER.c.answer, ANSWER.c.answered_at, ANSWER.c.sealed)
        .outerjoin(ANSWER, ANSWER.c.token == LINK.c.token)
        .where(which)
        .order_by(LINK.c.made_at.desc(), LINK.c.token)
    )
    return [
        Inquiry(
            row.token,
            row.purpose,
            row.participant,
            row.about,
            bool(row.whole),
            row.made_by,
            datetime.fromisoformat(row.made_at),
            datetime.fromisoformat(row.expires_at),
            row.answer or "",
            datetime.fromisoformat(row.answered_at) if row.answered_at else None,
            store.seal.open(row.sealed) if row.sealed else "",
        )
        for row in connection.execute(wanted)
    ]
