"""A frozen edition of the list: its sources, the digests of its files, and its recipients.

The edition does not contain the list. The registers give it again, byte for byte, by the edition's day and instant.
"""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Literal

from depositary.register.canonical import canonical, instant

VERSION = 1

Manner = Literal["encrypted", "clear", "notice"]
"""How a mission gets the list: encrypted to its certificate; in clear, as an officer chose; or not at all: then the
letter says that the list is ready."""


@dataclass(frozen=True)
class Recipient:
    """A recipient of a copy: its number, the party, and the party's mission when the edition was prepared."""

    copy: int
    participant: str
    mission: str
    email: str
    language: str
    certificate: str
    manner: Manner


@dataclass(frozen=True)
class Edition:
    """An edition. `on` is its day; it was made from the registers of `known_at`; `before` is the edition before it.

    `register` and `authorities` are the size and the root of either register. `files` are the SHA-256 of the files of
    the list, by their names. `lacking` are the parties without a mission's address. `in_clear_by` is the officer who
    chose to send it in clear to missions without a certificate, "" for nobody.
    """

    name: str
    year: int
    place: int
    treaty: str
    on: date
    known_at: datetime
    contracting: bool
    before: str
    register: tuple[int, str]
    authorities: tuple[int, str]
    digest_of_list: str
    files: tuple[tuple[str, str], ...]
    recipients: tuple[Recipient, ...]
    lacking: tuple[str, ...]
    in_clear_by: str = ""

    @property
    def content(self) -> str:
        """The edition as canonical JSON, with all addresses; it is kept sealed."""
        recipients = [
            [
                recipient.copy,
                recipient.participant,
                recipient.mission,
                recipient.email,
                recipient.language,
                recipient.certificate,
                recipient.manner,
            ]
            for recipient in self.recipients
        ]
        more = {"recipients": recipients, "lacking": list(self.lacking), "in_clear_by": self.in_clear_by}
        return canonical({**self.manifest, **more})

    @property
    def digest(self) -> str:
        """The SHA-256 of the content, which a second person approves."""
        return sha256(self.content.encode()).hexdigest()

    @property
    def manifest(self) -> dict[str, Any]:
        """The manifest: it is signed, goes with every copy, and has digests but nothing that is protected."""
        return {
            "version": VERSION,
            "edition": self.name,
            "year": self.year,
            "place": self.place,
            "treaty": self.treaty,
            "on": self.on.isoformat(),
            "known_at": instant(self.known_at),
            "contracting": int(self.contracting),
            "before": self.before,
            "register": list(self.register),
            "authorities": list(self.authorities),
            "list": self.digest_of_list,
            "files": [list(pair) for pair in self.files],
        }

    @property
    def parties(self) -> tuple[str, ...]:
        """All participants that are entitled to the edition, with an address or without."""
        return tuple(sorted((*(one.participant for one in self.recipients), *self.lacking)))


def edition_of(content: str) -> Edition:
    """The edition written in canonical JSON."""
    told = json.loads(content)
    return Edition(
        told["edition"],
        told["year"],
        told["place"],
        told["treaty"],
        date.fromisoformat(told["on"]),
        datetime.fromisoformat(told["known_at"]),
        bool(told["contracting"]),
        told["before"],
        (told["register"][0], told["register"][1]),
        (told["authorities"][0], told["authorities"][1]),
        told["list"],
        tuple((name, digest) for name, digest in told["files"]),
        tuple(Recipient(*one) for one in told["recipients"]),
        tuple(told["lacking"]),
        told["in_clear_by"],
    )


def signed_bytes(edition: Edition) -> bytes:
    """The bytes that are signed for an edition."""
    return canonical(edition.manifest).encode()


def in_clear(edition: Edition, officer: str) -> Edition:
    """The edition after an officer has chosen to send it in clear to missions without a certificate."""
    recipients = tuple(
        replace(each, manner="clear") if each.manner == "notice" else each for each in edition.recipients
    )
    return replace(edition, recipients=recipients, in_clear_by=officer)
