"""What is kept sealed in the database: the key is a file beside the signing keys, never in a backup of the database.

A key file may have several keys, a line each: the first seals, and all open.
"""

import hmac
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from depositary.errors import DepositaryError


class Seal:
    """Seals and opens short secrets with the key in a folder, which is made when first asked for."""

    def __init__(self, folder: Path, name: str = "desk.key") -> None:
        self._path = folder / name

    def beside(self, name: str) -> "Seal":
        """The seal whose key is another file in the same folder."""
        return Seal(self._path.parent, name)

    def seal(self, secret: str) -> str:
        return self.seal_bytes(secret.encode())

    def open(self, sealed: str) -> str:
        """The secret. Raises DepositaryError where the key is not the one it was sealed with."""
        return self.open_bytes(sealed).decode()

    def seal_bytes(self, secret: bytes) -> str:
        return self._key().encrypt(secret).decode()

    def open_bytes(self, sealed: str) -> bytes:
        """The same of what is no text."""
        return self._opened(self._key(), sealed)

    def _opened(self, key: MultiFernet, sealed: str) -> bytes:
        try:
            return key.decrypt(sealed.encode())
        except InvalidToken:
            raise DepositaryError(f"{self._path} is not the key with which this was sealed.") from None

    def open_all(self, sealed: Iterable[str]) -> Iterator[str]:
        """Several secrets, the key being read once. Raises DepositaryError where it is not theirs."""
        key = self._key()
        for one in sealed:
            yield self._opened(key, one).decode()

    def name(self, content: bytes) -> str:
        """A name by which the same content is found again, and which tells nobody without the key what it is."""
        self._key()
        return hmac.new(self._path.read_bytes(), content, sha256).hexdigest()

    def keys(self) -> list[bytes]:
        """The keys in its file: the first seals, all open."""
        self._key()
        return self._path.read_bytes().split()

    def renew(self) -> None:
        """Puts a new key before the others: it seals from now on."""
        every = b"\n".join((Fernet.generate_key(), *self.keys())) + b"\n"
        fresh = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(every)
        fresh.replace(self._path)

    def _key(self) -> MultiFernet:
        if not self._path.exists():
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            # Made apart and then given its name: two processes that begin together have one key, and it is whole.
            fresh = self._path.with_name(f".{self._path.name}.{os.getpid()}")
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
                out.write(Fernet.generate_key())
            with suppress(FileExistsError):
                os.link(fresh, self._path)
            fresh.unlink()
        return MultiFernet([Fernet(line) for line in self._path.read_bytes().split()])
