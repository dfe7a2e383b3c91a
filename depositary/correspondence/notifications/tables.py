"""The tables of issued notifications and of corrections of a text. Rows are only added."""

from typing import Literal

from sqlmodel import Field, SQLModel

Kind = Literal[
    "signature",
    "consent",
    "entry into force",
    "new date",
    "end of participation",
    "late reservation",
    "competence",
    "reservation",
    "declaration",
    "notification",
    "territorial application",
    "objection",
    "withdrawal of reservation",
    "withdrawal of instrument",
    "denunciation",
    "revocation of denunciation",
    "amendment proposal",
    "amendment adoption",
    "amendment consent",
    "ruling",
    "corrigendum",
    "struck out",
    "withdrawn",
    "correction proposed",
    "correction made",
]
"""What a notification tells: an act, an entry into force or another date of it, an effect that comes later with no act
(the end of a participation, the acceptance of a late reservation), what corrects or withdraws an earlier
notification ("struck out" where only its reference is at hand), and corrections of the text (VCLT 79)."""


class NotificationRow(SQLModel, table=True):
    """An issued notification: its number in its year, and its documents in all languages as canonical JSON.

    `concerns` is the entry it follows from, `correction` the correction of the text; one of the two is 0.
    """

    __tablename__ = "notification"

    year: int = Field(primary_key=True)
    number: int = Field(primary_key=True)
    reference: str = Field(unique=True, max_length=80)
    treaty: str = Field(max_length=40)
    kind: str = Field(max_length=40)
    participant: str = Field(max_length=8)
    concerns: int
    correction: int
    content: str
    digest: str = Field(max_length=64)
    issued_by: str = Field(max_length=200)
    issued_at: str


class CorrectionRow(SQLModel, table=True):
    """A drafted correction of a treaty's text; `follows` is the reference of its proposal, "" for a proposal."""

    __tablename__ = "correction"

    number: int | None = Field(default=None, primary_key=True)
    form: str = Field(unique=True, max_length=64)
    treaty: str = Field(max_length=40)
    follows: str = Field(max_length=80)
    content: str
    digest: str = Field(max_length=64)
    drafted_by: str = Field(max_length=200)
    drafted_at: str


class SeriesRow(SQLModel, table=True):
    """A step by which the first number of a year is set: `proposed` by one person, `agreed` by another."""

    __tablename__ = "series_step"

    year: int = Field(primary_key=True)
    step: int = Field(primary_key=True)
    what: str = Field(max_length=20)
    first: int
    done_by: str = Field(max_length=200)
    done_at: str
