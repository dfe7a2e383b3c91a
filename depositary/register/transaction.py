"""A transaction that appends entries to the register, and signs the head."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from depositary.errors import DepositaryError, Sentence
from depositary.law.acts import Act
from depositary.register.bell import NOTIFY, ring
from depositary.register.canonical import FIRST, act_digest, canonical, content_of, digest_of, entry_of, instant
from depositary.register.entry import Entry, Notice, Receipt
from depositary.register.heads import Head, Keys, SigningKey, name_of
from depositary.register.journal import Journal, Signs
from depositary.register.tables import (
    DocumentRow,
    EntryRow,
    HeadRow,
    KeyRow,
    RequestRow,
    frontier_of,
    head_in,
    signing_keys,
)

LONGEST_DOCUMENT = 25 * 1024 * 1024


class Refused(DepositaryError):
    """The request cannot be recorded. Nothing was recorded."""


class Transaction:
    """An open transaction on the register, which reads entries and appends them."""

    def __init__(self, session: Session, keys: Keys) -> None:
        self.session = session
        """The database session, for rows beside the register that belong to the transaction."""
        self.case: int | None = None
        """The case of the desk that is released in it: every entry has its number. None where it is no release."""
        self._keys = keys
        self.journal = Journal(session.connection())
        database = session.get_bind().engine.url
        if database.get_backend_name() == "postgresql":
            session.execute(NOTIFY)  # heard once this is committed
        else:
            sa.event.listen(session, "after_commit", lambda _: ring(database), once=True)
        head = session.exec(select(HeadRow).order_by(col(HeadRow.size).desc()).limit(1)).first()
        last = session.exec(select(EntryRow).order_by(col(EntryRow.number).desc()).limit(1)).first()
        self.size = last.number if last else 0
        self._digest = last.digest if last else FIRST
        self._recorded_at = entry_of(last.content).recorded_at if last else None
        self._head = head_in(head) if head else None
        self._frontier = frontier_of(head)
        unsigned = (
            select(EntryRow.digest).where(col(EntryRow.number) > self._frontier.size).order_by(col(EntryRow.number))
        )
        for digest in session.exec(unsigned).all():
            self._frontier.add(bytes.fromhex(digest))

    @property
    def root(self) -> str:
        """The root of the tree as it is now, hexadecimal."""
        return self._frontier.root.hex()

    def entries(self) -> list[Entry]:
        """Every entry, those of this transaction included."""
        wanted = select(EntryRow.content).order_by(col(EntryRow.number))
        return [entry_of(content) for content in self.session.exec(wanted)]

    def entry(self, number: int) -> Entry | None:
        row = self.session.get(EntryRow, number)
        return entry_of(row.content) if row else None

    def standing_entry(self, number: int, *, none: Sentence, replaced: Callable[[int], Sentence]) -> Entry:
        """The entry of a number. Raises Refused where there is `none`, and where another entry `replaced` it."""
        entry = self.entry(number)
        if entry is None:
            raise Refused(none)
        if by := self.rectified_by(number):
            raise Refused(replaced(by))
        return entry

    def rectified_by(self, number: int) -> int | None:
        """The number of the entry that rectifies another or strikes it out."""
        return self.session.exec(select(EntryRow.number).where(EntryRow.rectifies == number)).first()

    def standing(self, act: Act) -> list[int]:
        """The numbers of the entries of an equal act that are neither rectified nor struck out."""
        later = sa.orm.aliased(EntryRow)
        replaced = select(later.number).where(later.rectifies == EntryRow.number).exists()
        wanted = select(EntryRow.number).where(EntryRow.act == act_digest(act), ~replaced)
        return list(self.session.exec(wanted.order_by(col(EntryRow.number))))

    def append(
        self,
        act: Act | None,
        at: dt.datetime,
        by: str,
        *,
        rectifies: int | None = None,
        reason: str = "",
        treaty: str = "",
        receipt: Receipt | None = None,
        notice: Notice | None = None,
        documents: tuple[str, ...] = (),
    ) -> Entry:
        """Adds an entry with the next number. Its instant is never before that of the entry before it."""
        at = max(at, self._recorded_at) if self._recorded_at else at
        if act is None and rectifies is not None and not treaty and (struck := self.entry(rectifies)):
            treaty = struck.treaty
        number = self.size + 1
        entry = Entry(
            number,
            replace(act, number=number) if act else None,
            at.astimezone(dt.UTC),
            by,
            rectifies,
            reason,
            act.treaty if act else treaty,
            self._of_case(receipt),
            notice,
            documents,
        )
        self._insert([self._row(entry, act_digest(act) if act else "")])
        return entry

    def append_all(self, acts: Iterable[tuple[Act, str]], at: dt.datetime, by: str) -> None:
        """Adds an entry for each act; each comes with its digest."""
        at = (max(at, self._recorded_at) if self._recorded_at else at).astimezone(dt.UTC)
        rows, receipt = [], self._of_case(None)
        for act, digest in acts:
            rows.append(self._row(Entry(self.size + 1, act, at, by, treaty=act.treaty, receipt=receipt), digest))
        self._insert(rows)

    def _of_case(self, receipt: Receipt | None) -> Receipt | None:
        """A receipt with the number of the case that is released."""
        if receipt is None and self.case is None:
            return None
        return replace(receipt or Receipt(), case=self.case)

    def _row(self, entry: Entry, act: str) -> dict[str, Any]:
        """The row of the next entry; with it the chain and the tree have grown."""
        content = content_of(entry, self._digest)
        digest = digest_of(content)
        self._frontier.add(bytes.fromhex(digest))
        self.size, self._digest, self._recorded_at = entry.number, digest, entry.recorded_at
        return {
            "number": entry.number,
            "content": content,
            "digest": digest,
            "treaty": entry.treaty,
            "act": act,
            "rectifies": entry.rectifies,
        }

    def _insert(self, rows: list[dict[str, Any]]) -> None:
        if rows:
            self.session.connection().execute(sa.insert(EntryRow), rows)

    def attach(self, content: bytes) -> str:
        """Keeps a document, once, and gives the digest by which an entry names it."""
        digest = sha256(content).hexdigest()
        if self.session.get(DocumentRow, digest) is None:
            self.session.add(DocumentRow(digest=digest, content=content))
            self.session.flush()
        return digest

    def request(self, key: str) -> tuple[str, int] | None:
        """The request under a key, as its digest, and the entry that answered it."""
        row = self.session.get(RequestRow, key)
        return (row.asked, row.entry) if row else None

    def note_request(self, key: str, asked: str, entry: int) -> None:
        """Notes that a request was carried out."""
        self.session.add(RequestRow(key=key, asked=asked, entry=entry))
        self.session.flush()

    def sign(self, signs: Signs | None = None) -> None:
        """Signs the journal and the head of the tree as they are now; the first signing makes the first key."""
        has_grown = self._frontier.size != (self._head.size if self._head else 0)
        if has_grown and not signing_keys(self.session):
            self._new_key()
        self.session.flush()
        journal = self.journal.close(signs or partial(signature_in, self.session, self._keys))
        if not has_grown:
            return
        assert self._recorded_at is not None, "a tree that grew has a last entry"
        name = signing_keys(self.session)[-1].name
        head = Head(self._frontier.size, self._frontier.root.hex(), self._recorded_at, name, journal=journal)
        head = replace(head, signature=self._keys.sign(name, head.signed))
        self.session.add(
            HeadRow(
                size=head.size,
                root=head.root,
                signed_at=instant(head.signed_at),
                key=head.key,
                signature=head.signature,
                frontier="".join(peak.hex() for peak in self._frontier.peaks),
                journal=journal,
            )
        )
        self.session.flush()
        self._head = head

    def signed(self, message: bytes) -> tuple[str, str]:
        """The name of the register's present key, and its signature over a message that is no head.

        Raises DepositaryError where there is no key yet, because nothing is recorded.
        """
        if signed := signature_in(self.session, self._keys, message):
            return signed
        raise DepositaryError("The register has no key yet: nothing is recorded in it. Nothing was done.")

    def rotate(self, *, lost: bool = False) -> SigningKey:
        """Makes a new key; the present one vouches for it, unless it is lost."""
        return self._new_key(lost=lost)

    def _new_key(self, *, lost: bool = False) -> SigningKey:
        keys = signing_keys(self.session)
        voucher = keys[-1] if keys and not lost else None
        public = self._keys.make()
        key = SigningKey(name_of(public), public, self._frontier.size)
        if voucher is not None:
            key = replace(key, vouched_by=voucher.name, voucher=self._keys.sign(voucher.name, key.vouched))
        self.session.add(
            KeyRow(
                name=key.name,
                public=key.public,
                since=key.since,
                vouched_by=key.vouched_by,
                voucher=key.voucher,
                place=len(keys),
            )
        )
        self.session.flush()
        return key


def signature_in(session: Session, keys: Keys, message: bytes) -> tuple[str, str] | None:
    """The name of the register's present key, and its signature over a message; None where there is no key yet."""
    there = signing_keys(session)
    return (there[-1].name, keys.sign(there[-1].name, message)) if there else None


def request_digest(*parts: Any) -> str:
    """The digest of a request; equal requests have equal digests."""
    return sha256(canonical(parts).encode()).hexdigest()
