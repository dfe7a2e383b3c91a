"""Codes of the second factor and of recovery, as people type them and as the database keeps them."""

from hashlib import sha256

import pyotp

from depositary.treaties.digits import in_plain_digits

STEP = 30
"""Seconds of one code of the second factor."""


def plain_code(typed: str) -> str:
    """A code with the digits 0 to 9, small letters and hyphens, without its spaces.

    A sign that is in no code stays, so that the code is refused.
    """
    return in_plain_digits(typed).replace(" ", "").lower()


def digest(secret: str) -> str:
    """The hash of a random secret; the database keeps nothing else of it."""
    return sha256(secret.encode()).hexdigest()


def provisioning(name: str, secret: str) -> str:
    """The address that an authenticator reads from the picture of a second factor."""
    return pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=name, issuer_name="Depositary")
