"""Passwords, by the rules of NIST SP 800-63B: long, not easily guessed, of any composition; kept as Argon2id hashes."""

from functools import cache
from threading import BoundedSemaphore

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from depositary.errors import Sentence

SHORTEST, LONGEST = 15, 200
SHORTEST_NAME = 4
"""Shorter names are parts of many words, and may stand in a password."""
GUESSES = 12
"""A password that is found within ten to the power of this number of guesses is refused."""

AT_ONCE = BoundedSemaphore(2)
"""A hash takes 64 MB and a fifth of a second: a flood of sign-ins waits here, and the rest of the desk goes on."""


@cache
def _hasher() -> PasswordHash:
    return PasswordHash((Argon2Hasher(),))


@cache
def _nobodys() -> str:
    """A hash for accounts without a password: the comparison with it takes as long as with any other."""
    return _hasher().hash("nobody's password, which no one can type")


def weakness(password: str, *about: str) -> str:
    """Why a password is not allowed, in a sentence; "" where it is allowed. `about` has words about the person."""
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
    return ""


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
