"""Signed tree heads: the size and root of the register at a moment, signed with the depositary's key (Ed25519).

A head that is kept outside (printed, mailed, published) is what finds even an insider who writes the whole register
anew. The private keys are files beside the database, never in it.
"""

import datetime as dt
import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from depositary.errors import DepositaryError
from depositary.register.canonical import canonical, instant
from depositary.register.seal import sync


@dataclass(frozen=True, slots=True)
class Head:
    """A signed tree head. `root`, `signature` and `key` (the key's name) are hexadecimal.

    `journal` is the digest of the last line of the journal at that moment; "" in a head from before there was one.
    """

    size: int
    root: str
    signed_at: dt.datetime
    key: str
    signature: str = ""
    journal: str = ""

    @property
    def signed(self) -> bytes:
        """The signed message: canonical JSON of the other fields."""
        return canonical({name: value for name, value in self.told().items() if name != "signature"}).encode()

    def told(self) -> dict[str, Any]:
        """The head as data, in the form in which it is published and kept outside."""
        return {
            "version": 2 if self.journal else 1,
            "size": self.size,
            "root": self.root,
            **({"journal": self.journal} if self.journal else {}),
            "signed_at": instant(self.signed_at),
            "key": self.key,
            "signature": self.signature,
        }


def head_of(told: Any) -> Head:
    """Reads a head from data. Raises ValueError, KeyError or TypeError where the data is no head."""
    at = dt.datetime.fromisoformat(told["signed_at"])
    journal = str(told.get("journal", ""))
    return Head(int(told["size"]), str(told["root"]), at, str(told["key"]), str(told["signature"]), journal)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A public key, from which size of the register on it signs, and the key before it that vouches for it.

    The first key has none; one that was made because the key before it was lost has none either.
    """

    name: str
    public: str
    since: int
    vouched_by: str = ""
    voucher: str = ""

    @property
    def vouched(self) -> bytes:
        """The message that the key before it signs as a voucher."""
        return canonical({"public": self.public, "since": self.since, "version": 1}).encode()


def name_of(public: str) -> str:
    """A key's name: the beginning of its SHA-256."""
    return sha256(bytes.fromhex(public)).hexdigest()[:16]


def is_signed(public: str, signature: str, message: bytes) -> bool:
    """Whether a key made a signature over a message."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


class Keys:
    """The private keys in a folder, each in a file of its name that only its owner may read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make(self) -> str:
        """Makes a key and keeps it. Gives its public half, hexadecimal."""
        private = Ed25519PrivateKey.generate()
        public = private.public_key().public_bytes_raw().hex()
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = os.open(self._path(name_of(public)), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(file, "w", encoding="ascii") as out:
            out.write(private.private_bytes_raw().hex())
            out.flush()
            os.fsync(out.fileno())
        sync(self.folder)
        return public

    def sign(self, name: str, message: bytes) -> str:
        """A signature with the key of that name. Raises DepositaryError where the key is not here."""
        try:
            private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(self._path(name).read_text(encoding="ascii")))
        except (OSError, ValueError):
            raise DepositaryError(
                f"The signing key {name} is not in {self.folder}; put it back, or make a new one with "
                "`depositary keys rotate --lost`."
            ) from None
        return private.sign(message).hex()

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.key"
