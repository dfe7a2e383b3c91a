"""Scans that a person sent when their session had ended: carried in memory until they have signed in again.

Nobody without a session puts a document into the register's database. What is carried is little and lasts short.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

LASTS = timedelta(minutes=30)
MOST = 128 * 1024 * 1024
"""How many bytes are carried for all persons together; the oldest go first."""


@dataclass
class CarriedScans:
    """The scans that are carried, by a token that only the page of their sender has."""

    _kept: dict[str, tuple[datetime, tuple[bytes, ...], tuple[str, ...]]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def put(self, files: Sequence[bytes], names: Sequence[str], at: datetime) -> str:
        """Carries the files of a form, and gives their token."""
        token = secrets.token_urlsafe(24)
        with self._lock:
            self._kept[token] = (at, tuple(files), tuple(names))
            for old in [key for key, (since, _, _) in self._kept.items() if since + LASTS < at]:
                del self._kept[old]
            while self.size() > MOST:
                del self._kept[next(iter(self._kept))]
        return token

    def size(self) -> int:
        """How many bytes are carried."""
        return sum(len(content) for _, files, _ in self._kept.values() for content in files)

    def found(self, token: str, at: datetime) -> tuple[tuple[bytes, ...], tuple[str, ...]]:
        """The files of a token with their names; none for a token that is unknown or too old."""
        with self._lock:
            since, files, names = self._kept.get(token, (at, (), ()))
        return (files, names) if since + LASTS >= at else ((), ())
