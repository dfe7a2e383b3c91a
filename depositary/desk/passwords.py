"""Passwords, by the rules of NIST SP 800-63B: long, not easily guessed, of any composition; kept as Argon2id hashes."""

from bisect import bisect_left
from functools import cache
from hashlib import sha1
from io import BufferedReader
from os import SEEK_END
from pathlib import Path
from threading import BoundedSemaphore

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from depositary.errors import Sentence

SHORTEST, LONGEST = 15, 200
SHORTEST_NAME = 4
"""Shorter names are parts of many words, and may stand in a password."""
GUESSES = 12
"""A password that is found within ten to the power of this number of guesses is refused."""

AFTER_ALL = b"~"
"""Comes after every digest."""

AT_ONCE = BoundedSemaphore(2)
"""A hash takes 64 MB and a fifth of a second: a flood of sign-ins waits here, and the rest of the desk goes on."""


@cache
def _hasher() -> PasswordHash:
    return PasswordHash((Argon2Hasher(),))


@cache
def _nobodys() -> str:
    """A hash for accounts without a password: the comparison with it takes as long as with any other."""
    return _hasher().hash("nobody's password, which no one can type")


def weakness(password: str, *about: str, breached: Path | None = None) -> str:
    """Why a password is not allowed, in a sentence; "" where it is allowed.

    `about` has words about the person, `breached` is a list of passwords that became known.
    """
    if len(password) < SHORTEST:
        return Sentence(
            "A password has at least %(number)d characters; a sentence that you can remember is best.", number=SHORTEST
        )
    if len(password) > LONGEST:
        return Sentence("A password has at most %(number)d characters.", number=LONGEST)
    if any(len(word) >= SHORTEST_NAME and word.casefold() in password.casefold() for word in about):
        return Sentence("Do not use your own name in a password: it is guessed first.")
    from zxcvbn import zxcvbn

    found = zxcvbn(password[:72], user_inputs=["depositary", "treaty", "secretariat", *about])
    if found["guesses_log10"] < GUESSES:
        return Sentence(
            "This password is among those that are guessed first: known words or names, repeated, or in a row."
        )
    if breached and is_listed(password, breached):
        return Sentence("This password is on a list of passwords that became known elsewhere. Choose another.")
    return ""


def is_listed(password: str, breached: Path) -> bool:
    """Whether a password is on a list: sorted SHA-1 digests, one a line, as the downloader of Have I Been Pwned has it.

    The list has forty gigabytes, so it is not read: its lines are halved until the digest is found.
    """
    wanted = sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with breached.open("rb") as file:
        lines = range(file.seek(0, SEEK_END))
        place = bisect_left(lines, wanted, key=lambda place: digest_at(file, place))
        return digest_at(file, place) == wanted


def digest_at(file: BufferedReader, place: int) -> bytes:
    """The digest of the first line that begins at a byte of a file or after it."""
    file.seek(max(place - 1, 0))
    if place:
        file.readline()
    return file.readline()[:40].upper() or AFTER_ALL


def hashed(password: str) -> str:
    """The hash of a password, which is kept in its place."""
    with AT_ONCE:
        return _hasher().hash(password)


def is_right(password: str, kept: str) -> bool:
    """Whether a password fits a hash. Without a hash it takes as long, and the answer is no."""
    if len(password) > LONGEST:
        password = ""
    with AT_ONCE:
        return _hasher().verify(password, kept or _nobodys()) and bool(kept)
