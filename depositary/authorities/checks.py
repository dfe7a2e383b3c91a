"""What is wrong with a designation, and what a careful officer asks about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Literal
from zoneinfo import available_timezones

import phonenumbers
from babel import Locale, UnknownLocaleError
from cryptography import x509
from cryptography.x509 import load_pem_x509_certificate
from email_validator import EmailNotValidError, validate_email

from depositary.authorities.designations import CHANNELS, FUNCTIONS, Designation
from depositary.authorities.missions import plain_address
from depositary.authorities.telephone_numbers import kept_form
from depositary.authorities.written_forms import ALWAYS
from depositary.errors import Sentence
from depositary.treaties.csv_files import field_fault

TEXTS = (
    *("authority", "territory", "unit", "post", "postal_address", "hours"),
    *("secure_channel", "certificate", "person", "remarks", "note"),
)
NO_PLACE = frozenset({"Factory", "localtime", "posixrules", "leapseconds"})
FINGERPRINT = 64
"""The hexadecimal digits of a SHA-256 fingerprint."""


@cache
def zones() -> frozenset[str]:
    """The names of time zones that are places, as Africa/Accra."""
    return frozenset(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")) - NO_PLACE


def designation_faults(designation: Designation, participants: Iterable[str]) -> dict[str, str]:
    """The faults by field, each with what is allowed."""
    found: dict[str, str] = {}
    if designation.participant not in set(participants):
        found["participant"] = Sentence("%(value)s is not a known code", value=designation.participant)
    if designation.function not in FUNCTIONS:
        found["function"] = Sentence(
            "%(value)s is not allowed; allowed: %(allowed)s", value=designation.function, allowed=", ".join(FUNCTIONS)
        )
    if not designation.authority.strip():
        found["authority"] = Sentence("is empty; the name of the authority")
    for name in TEXTS:
        if fault := field_fault(name, getattr(designation, name)):
            found[name] = fault
    found |= (
        _telephones(designation)
        | _email(designation)
        | _languages(designation)
        | ({} if "certificate" in found else _certificate(designation))
    )
    if designation.zone and designation.zone not in zones():
        found["zone"] = Sentence(
            "%(value)s is not a time zone; allowed: a place, as Africa/Accra", value=designation.zone
        )
    if unknown := [channel for channel in designation.channels if channel not in CHANNELS]:
        found["channels"] = Sentence(
            "%(value)s is not allowed; allowed: %(allowed)s", value=unknown[0], allowed=", ".join(CHANNELS)
        )
    if designation.valid_from and designation.valid_until and designation.valid_until < designation.valid_from:
        found["valid_until"] = Sentence("lies before the first day")
    if designation.function == "point of contact":
        found |= _always_reachable(designation, found)
    return found


def _always_reachable(designation: Designation, found: Mapping[str, str]) -> dict[str, str]:
    """A point of contact is available twenty-four hours a day, seven days a week (41(1))."""
    more: dict[str, str] = {}
    if "telephones" not in found and not any(telephone.always for telephone in designation.telephones):
        more["telephones"] = Sentence("none is marked as answered at any hour; a point of contact has one (41(1))")
    if designation.hours not in ("", ALWAYS):
        more["hours"] = Sentence(
            "%(value)s leaves hours without an answer; a point of contact is available 24/7 (41(1))",
            value=designation.hours,
        )
    if not designation.zone:
        more["zone"] = Sentence("is empty; the caller must know what time it is there")
    return more


def _telephones(designation: Designation) -> dict[str, str]:
    for telephone in designation.telephones:
        try:
            parsed = phonenumbers.parse(telephone.number, None)
        except phonenumbers.NumberParseException:
            return {
                "telephones": Sentence(
                    "%(value)s is not a telephone number; write it as +12025550143, with its code",
                    value=telephone.number,
                )
            }
        if not phonenumbers.is_valid_number(parsed):
            return {
                "telephones": Sentence(
                    "%(value)s is not a number that is assigned in its country", value=telephone.number
                )
            }
        if (right := kept_form(telephone.number)) != telephone.number:
            return {"telephones": Sentence("%(value)s: write it as %(right)s", value=telephone.number, right=right)}
    return {}


def _email(designation: Designation) -> dict[str, str]:
    if not designation.email:
        return {}
    try:
        normal = validate_email(designation.email, check_deliverability=False).normalized
    except EmailNotValidError as fault:
        return {"email": Sentence("%(value)s is not a valid address: %(why)s", value=designation.email, why=str(fault))}
    right = plain_address(normal)
    return {} if right == designation.email else {"email": Sentence("write it as %(right)s", right=right)}


def _languages(designation: Designation) -> dict[str, str]:
    for language in designation.languages:
        try:
            known = Locale.parse(language.tag, sep="-")
        except (UnknownLocaleError, ValueError):
            return {
                "languages": Sentence(
                    "%(value)s is not a language; write it as its tag, as fr or zh-Hans", value=language.tag
                )
            }
        if known.language == "und":
            return {"languages": Sentence("%(value)s is not the name of a language", value=language.tag)}
    return {}


def _certificate(designation: Designation) -> dict[str, str]:
    """A PEM certificate, or the SHA-256 fingerprint of a key."""
    text = designation.certificate
    bare = text.replace(":", "").replace(" ", "")
    if not text or (len(bare) == FINGERPRINT and all(digit in "0123456789abcdefABCDEF" for digit in bare)):
        return {}
    try:
        load_pem_x509_certificate(text.encode())
    except ValueError:
        return {"certificate": Sentence("is neither a certificate (PEM) nor a SHA-256 fingerprint of 64 digits")}
    return {}


def expires_at(designation: Designation) -> datetime | None:
    """The instant at which its certificate expires; None for a fingerprint, and where there is no certificate."""
    if "BEGIN CERTIFICATE" not in designation.certificate:
        return None
    certificate: x509.Certificate = load_pem_x509_certificate(designation.certificate.encode())
    return certificate.not_valid_after_utc


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a careful officer asks: `expired` (day), `shared` (participant, authority), `contradicts` (authority)."""

    about: Literal["expired", "shared", "contradicts"]
    authority: str = ""
    participant: str = ""
    day: date | None = None


def doubts(designation: Designation, others: Iterable[Designation], at: datetime, on: date) -> list[Doubt]:
    """Doubts to settle before a designation is recorded: an expired certificate, a contact that two States share, two

    designations of one State for one function at one time, which is right for central authorities alone.
    """
    asked = []
    expiry = expires_at(designation)
    if expiry is not None and expiry <= at:
        asked.append(Doubt("expired", day=expiry.date()))
    numbers = {telephone.number for telephone in designation.telephones}
    for other in others:
        if other.participant != designation.participant:
            if numbers & {telephone.number for telephone in other.telephones} or (
                designation.email and plain_address(designation.email) == plain_address(other.email)
            ):
                asked.append(Doubt("shared", other.authority, other.participant))
        elif _contradict(designation, other, on):
            asked.append(Doubt("contradicts", other.authority))
    return asked


def _contradict(designation: Designation, other: Designation, on: date) -> bool:
    same = (designation.function, designation.territory) == (other.function, other.territory)
    return (
        same
        and designation.function != "central authority"
        and other.is_valid_on(on)
        and designation.authority != other.authority
    )
