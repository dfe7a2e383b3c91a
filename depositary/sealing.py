"""What is kept sealed in the database: the key is a file beside the signing keys, never in a backup of the database."""

import os
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from depositary.errors import DepositaryError


class Seal:
    """Seals and opens short secrets with the key in a folder, which is made when first asked for."""

    def __init__(self, folder: Path, name: str = "desk.key") -> None:
        self._path = folder / name

    def seal(self, secret: str) -> str:
        return self._key().encrypt(secret.encode()).decode()

    def open(self, sealed: str) -> str:
        """The secret. Raises DepositaryError where the key is not the one it was sealed with."""
        try:
            return self._key().decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise DepositaryError(f"{self._path} is not the key with which this was sealed.") from None

    def _key(self) -> Fernet:
        if not self._path.exists():
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with os.fdopen(os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                out.write(Fernet.generate_key())
        return Fernet(self._path.read_bytes())
