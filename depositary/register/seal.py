"""Sealed contents of the database. The key is a file beside the signing keys, never in a backup of the database.

A key file may have several keys, a line each: the first seals, and all open. A key is made when something is sealed
for the first time, and never in the place of a key that is missing.
"""

import fcntl
import hmac
import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from depositary.errors import DepositaryError

SEALED_BY = {
    "desk.key": "second factors of the desk",
    "mail.key": "letters and editions",
    "contacts.key": "registers of authorities",
    "alerts.key": "addresses of subscribers",
}
"""The key files, and the contents that each of them seals."""


class Seal:
    """Seals and opens short secrets with the key in a folder, which is made when something is first sealed."""

    def __init__(self, folder: Path, name: str = "desk.key") -> None:
        self._path = folder / name

    def beside(self, name: str) -> "Seal":
        """The seal whose key is another file in the same folder."""
        return Seal(self._path.parent, name)

    def check(self, is_used: Callable[[], object]) -> None:
        """Raises DepositaryError where the key is missing although something is sealed with it."""
        if not self._path.exists() and is_used():
            raise self._missing()

    def seal(self, secret: str) -> str:
        return self.seal_bytes(secret.encode())

    def open(self, sealed: str) -> str:
        """The secret. Raises DepositaryError where the key is missing, or not the one it was sealed with."""
        return self.open_bytes(sealed).decode()

    def seal_bytes(self, secret: bytes) -> str:
        return self._made().encrypt(secret).decode()

    def open_bytes(self, sealed: str) -> bytes:
        """The bytes that were sealed. Raises DepositaryError as `open` does."""
        return self._opened(self._there(), sealed)

    def _opened(self, key: MultiFernet, sealed: str) -> bytes:
        try:
            return key.decrypt(sealed.encode())
        except InvalidToken:
            raise DepositaryError(f"{self._path} is not the key with which this was sealed.") from None

    def open_all(self, sealed: Iterable[str]) -> Iterator[str]:
        """Several secrets; the key is read once. Raises DepositaryError as `open` does."""
        key = None
        for secret in sealed:
            key = key or self._there()
            yield self._opened(key, secret).decode()

    def name(self, content: bytes) -> str:
        """A name for a content, equal for equal contents; without the key it does not disclose the content."""
        self._made()
        return hmac.new(self._path.read_bytes(), content, sha256).hexdigest()

    def keys(self) -> list[bytes]:
        """The keys in its file: the first seals, all open."""
        self._made()
        return self._path.read_bytes().split()

    def renew(self, *, lost: bool = False) -> None:
        """Puts a new key before the others: it seals from now on. A missing key is replaced only if it is `lost`."""
        if not lost and not self._path.exists():
            raise self._missing()
        with alone_in(self._path.parent):
            older = self._path.read_bytes().split() if self._path.exists() else []
            fresh = self._written(b"\n".join((Fernet.generate_key(), *older)) + b"\n")
            fresh.replace(self._path)
            sync(self._path.parent)

    def _made(self) -> MultiFernet:
        """The key; it is made where it does not exist."""
        if not self._path.exists():
            # The file is written under another name and then renamed: two processes that begin together get one key.
            fresh = self._written(Fernet.generate_key())
            with suppress(FileExistsError):
                os.link(fresh, self._path)
            fresh.unlink()
            sync(self._path.parent)
        return self._there()

    def _there(self) -> MultiFernet:
        try:
            return MultiFernet([Fernet(line) for line in self._path.read_bytes().split()])
        except FileNotFoundError:
            raise self._missing() from None

    def _written(self, content: bytes) -> Path:
        """A file of its own beside the key, whole and on the disk."""
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = self._path.with_name(f".{self._path.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        return fresh

    def _missing(self) -> DepositaryError:
        what = SEALED_BY.get(self._path.name, "secrets")
        return DepositaryError(
            f"The key {self._path} is missing, and {what} are sealed with it. Put it back from its copy; "
            "no other key is made in its place. docs/keys.md says what to do where there is no copy."
        )


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Waits until no other thread or process changes the keys of a folder: each keeps those that the others made."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    number = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(number, fcntl.LOCK_EX)
        yield
    finally:
        os.close(number)


def sync(folder: Path) -> None:
    """Brings the names of the files in a folder to the disk."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
