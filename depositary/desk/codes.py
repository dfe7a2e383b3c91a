"""Codes and counts as people type them: with the digits of their script, with spaces, copied with invisible marks."""

import unicodedata
from hashlib import sha256

import pyotp

INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
"""The categories of Unicode for control characters, marks without a shape, and spaces."""

HALF = "Cs"
"""The category of half a surrogate pair, which has no encoding."""


STEP = 30
"""Seconds of one code of the second factor."""


def plain_code(typed: str) -> str:
    """A code with the digits 0 to 9, small letters and hyphens; spaces and invisible marks are left out.

    Arabic, Persian, full-width and all other decimal digits are read. Any other sign stays, so the code is refused.
    """
    signs = []
    for sign in unicodedata.normalize("NFKC", typed).lower():
        category = unicodedata.category(sign)
        if category == "Nd":
            signs.append(str(unicodedata.decimal(sign)))
        elif category == "Pd":
            signs.append("-")
        elif category not in INVISIBLE:
            signs.append("?" if category == HALF else sign)
    return "".join(signs)


def digest(secret: str) -> str:
    """The hash of a random secret; the database keeps nothing else of it."""
    return sha256(secret.encode()).hexdigest()


def provisioning(name: str, secret: str) -> str:
    """The address that an authenticator reads from the picture of a second factor."""
    return pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=name, issuer_name="Depositary")
