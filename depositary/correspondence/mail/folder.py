"""Letters as files, where no mail server is set: each is an .eml file, which any mail program opens."""

import os
import re
from pathlib import Path

from depositary.correspondence.mail.outcomes import Attempt, Outcome
from depositary.errors import DepositaryError


class LetterFolder:
    """A folder that only its owner may read. A letter that is written again replaces its file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.ended: Outcome = "deferred"

    def ready(self) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as fault:
            raise DepositaryError(f"{self._folder}: {fault.strerror}. No letter was written.") from None

    def carry(self, to: str, message: bytes, name: str) -> Attempt:
        self.ended = "deferred"
        path = self._folder / f"{file_name(name)}.eml"
        partial = path.with_suffix(".partial")
        try:
            with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
                out.write(message)
                out.flush()
                os.fsync(out.fileno())
            partial.replace(path)
        except OSError as fault:
            partial.unlink(missing_ok=True)
            return Attempt("deferred", f"{path.name} could not be written: {fault.strerror}")
        self.ended = "written"
        return Attempt("written", f"written to {path.name}")

    def close(self) -> None:
        """Does nothing: no file is open between two letters."""


def file_name(name: str) -> str:
    """A name as the name of a file: letters, digits, dots and hyphens."""
    return re.sub(r"[^A-Za-z0-9.-]+", "-", name).strip(".-") or "letter"
