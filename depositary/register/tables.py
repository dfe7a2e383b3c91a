"""The register's tables: read by `store`, written by `writing`, and by no one else."""

import datetime as dt

from sqlmodel import Field, Session, SQLModel, col, select

from depositary.register.heads import Head, SigningKey
from depositary.register.merkle import Frontier


class EntryRow(SQLModel, table=True):
    """An entry: its number, its canonical bytes, their digest, and the columns by which it is found."""

    __tablename__ = "entry"

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    content: str
    digest: str = Field(max_length=64)
    treaty: str = Field(index=True)
    act: str = Field(default="", index=True, max_length=64)
    """The digest of the act alone, by which an equal act is found; "" without one."""
    rectifies: int | None = Field(default=None, foreign_key="entry.number", unique=True)


class HeadRow(SQLModel, table=True):
    """A signed tree head, and the frontier from which the tree grows on."""

    __tablename__ = "head"

    size: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    root: str = Field(max_length=64)
    signed_at: str = Field(max_length=32)
    key: str = Field(max_length=16)
    signature: str = Field(max_length=128)
    frontier: str
    """The frontier's peaks, hexadecimal, one after the other."""
    journal: str = Field(default="", max_length=64)
    """The digest of the last line of the journal."""


class KeyRow(SQLModel, table=True):
    """A public key that signs heads, in the order in which they came."""

    __tablename__ = "signing_key"

    name: str = Field(primary_key=True, max_length=16)
    public: str = Field(max_length=64)
    since: int
    vouched_by: str = ""
    voucher: str = ""
    place: int = Field(unique=True)


class RequestRow(SQLModel, table=True):
    """A request to record under a key of the caller's, so that it is carried out once."""

    __tablename__ = "request"

    key: str = Field(primary_key=True, max_length=200)
    asked: str = Field(max_length=64)
    entry: int


class DocumentRow(SQLModel, table=True):
    """A scanned document, by the SHA-256 of its content."""

    __tablename__ = "document"

    digest: str = Field(primary_key=True, max_length=64)
    content: bytes


def head_in(row: HeadRow) -> Head:
    """The head a row keeps."""
    return Head(row.size, row.root, dt.datetime.fromisoformat(row.signed_at), row.key, row.signature, row.journal)


def frontier_of(row: HeadRow | None) -> Frontier:
    """The frontier a head was signed over; that of the empty tree for none."""
    if row is None:
        return Frontier()
    peaks = bytes.fromhex(row.frontier)
    return Frontier(row.size, [peaks[start : start + 32] for start in range(0, len(peaks), 32)])


def signing_keys(session: Session) -> list[SigningKey]:
    """The public keys, in the order in which they came."""
    rows = session.exec(select(KeyRow).order_by(col(KeyRow.place)))
    return [SigningKey(row.name, row.public, row.since, row.vouched_by, row.voucher) for row in rows]
