"""Permanent missions: where the mail to a participant goes.

One address to a mission, checked against the domains that were agreed with it: whoever can edit one field must not be
able to send the confidential list elsewhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email

from depositary.authorities.certificates import certificate_fault
from depositary.errors import Sentence
from depositary.law.participants import LANGUAGES
from depositary.treaties.csv_files import field_fault

MOST_DOMAINS = 8


@dataclass(frozen=True, slots=True)
class Mission:
    """A participant's permanent mission in New York, or the office that serves in its place.

    `email` is one address, of one of `domains`. `language` is that of the letters to it, an official one. `certificate`
    is the PEM certificate to which its mail is encrypted, "" for none.
    """

    participant: str
    name: str
    email: str
    domains: tuple[str, ...]
    language: str = "en"
    certificate: str = ""


def mission_faults(mission: Mission, participants: Iterable[str]) -> dict[str, str]:
    """The faults by field, each with what is allowed."""
    found: dict[str, str] = {}
    if mission.participant not in set(participants):
        found["participant"] = Sentence("%(value)s is not a known code", value=mission.participant)
    if not mission.name.strip():
        found["name"] = Sentence("is empty; the name of the mission")
    elif fault := field_fault("name", mission.name):
        found["name"] = fault
    if mission.language not in LANGUAGES:
        found["language"] = Sentence(
            "%(value)s is not an official language; allowed: %(allowed)s",
            value=mission.language,
            allowed=", ".join(LANGUAGES),
        )
    if fault := domains_fault(mission.domains):
        found["domains"] = fault
    if fault := mission_address_fault(mission.email, mission.domains):
        found["email"] = fault
    if mission.certificate and (fault := certificate_fault(mission.certificate)):
        found["certificate"] = fault
    return found


def plain_address(text: str) -> str:
    """An address as mail compares it: without spaces around it, and its domain as `plain_domain` writes it."""
    local, at, domain = text.strip().rpartition("@")
    return f"{local}{at}{plain_domain(domain)}"


def plain_domain(text: str) -> str:
    """A domain as mail carries it: in small letters, and in ASCII where it is internationalized (RFC 5891)."""
    try:
        return validate_email(f"a@{text}", check_deliverability=False).ascii_domain
    except EmailNotValidError:
        return text.lower()


def mission_address_fault(text: str, domains: Iterable[str]) -> str:
    """Why a text is not exactly one address in one of these domains; "" where it is."""
    if not text.isascii() or not text.isprintable() or any(sign in text for sign in ' ,;:<>()[]"\\'):
        return Sentence("is not one plain address; write it as mission@example.int, with no name and no second one")
    try:
        normal = validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError as fault:
        return Sentence("is not a valid address: %(why)s", why=str(fault))
    if (right := plain_address(normal)) != text:
        return Sentence("write it as %(right)s", right=right)
    domain = text.rpartition("@")[2]
    allowed = tuple(domains)
    if domain not in allowed:
        return Sentence(
            "is not of a domain agreed with the mission; allowed: %(allowed)s", allowed=", ".join(allowed) or "—"
        )
    return ""


def domains_fault(domains: tuple[str, ...]) -> str:
    """The fault of the domains agreed with a mission; "" where there is none."""
    if not 1 <= len(domains) <= MOST_DOMAINS:
        return Sentence("give 1 to %(most)d domains, as mission.example.int", most=MOST_DOMAINS)
    for domain in domains:
        if fault := _domain_fault(domain):
            return fault
    return ""


def _domain_fault(domain: str) -> str:
    try:
        found = validate_email(f"a@{domain}", check_deliverability=False)
    except EmailNotValidError:
        return Sentence("%(value)s is not a valid domain; write it as mission.example.int", value=domain)
    return (
        ""
        if found.ascii_domain == domain
        else Sentence("%(value)s: write it as %(right)s", value=domain, right=found.ascii_domain)
    )
