"""The recovery key: its public half seals, and only its private half opens; that is kept away from every server.

Sealed by HPKE (RFC 9180) with X25519, HKDF-SHA256 and ChaCha20-Poly1305.
"""

import json
import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from depositary.errors import BadInput, DepositaryError

PUBLIC = "recovery.public"

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
_INFO = b"depositary keys 1"


def make_recovery_key(keys: Path, file: Path) -> None:
    """Makes a recovery key: its private half into a file to be taken away, its public half beside the keys."""
    private = X25519PrivateKey.generate()
    try:
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise BadInput([f"{file}: is there already; a key never writes over another"]) from None
    with os.fdopen(opened, "w", encoding="ascii") as out:
        out.write(private.private_bytes_raw().hex() + "\n")
    _keep_public(private, keys)


def _keep_public(private: X25519PrivateKey, keys: Path) -> None:
    keys.mkdir(parents=True, exist_ok=True, mode=0o700)
    (keys / PUBLIC).write_text(private.public_key().public_bytes_raw().hex() + "\n", encoding="ascii")


def sealed_keys(keys: Path) -> bytes:
    """Every key of a folder, sealed to the recovery key. Raises DepositaryError where there is none."""
    try:
        public = X25519PublicKey.from_public_bytes(bytes.fromhex((keys / PUBLIC).read_text(encoding="ascii").strip()))
    except (OSError, ValueError):
        raise DepositaryError(
            f"There is no recovery key in {keys}: make one with `depositary keys recovery FILE`, and take FILE away."
        ) from None
    content = {path.name: path.read_text(encoding="ascii") for path in sorted(keys.glob("*.key"))}
    return _SUITE.encrypt(json.dumps(content).encode(), public, _INFO)


def open_keys(sealed: bytes, private: Path, keys: Path) -> list[str]:
    """Puts sealed keys into a folder, over none that is there; their names. Raises BadInput.

    The next backup from that folder is sealed to this recovery key as well.
    """
    try:
        key = X25519PrivateKey.from_private_bytes(bytes.fromhex(private.read_text(encoding="ascii").strip()))
        content: dict[str, str] = json.loads(_SUITE.decrypt(sealed, key, _INFO))
    except (ValueError, InvalidTag):
        raise BadInput([f"{private}: does not open these keys"]) from None
    keys.mkdir(parents=True, exist_ok=True, mode=0o700)
    there = [name for name in content if (keys / name).exists()]
    if there:
        raise BadInput([f"{keys / name}: is there already; nothing was put back" for name in there])
    for name, text in content.items():
        with os.fdopen(os.open(keys / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(text)
    if not (keys / PUBLIC).exists():
        _keep_public(key, keys)
    return list(content)
