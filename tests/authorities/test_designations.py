"""What a designation may say, who sees which of it, and what an officer is asked."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from depositary.authorities.checks import Doubt, designation_faults, doubts, expires_at, zones
from depositary.authorities.designations import FIELDS, AcceptedLanguage, Designation, Telephone, seen

NUMBER = "+12025550143"
"""A number that is kept for fiction, in a form that is given out."""

CONTACT = Designation(
    "RUR",
    "point of contact",
    "Ministry of the Interior",
    unit="Cybercrime Unit",
    languages=(AcceptedLanguage("en"), AcceptedLanguage("zh-Hans", "urgent")),
    hours="24/7",
    zone="Europe/Vienna",
    channels=("electronic transmission",),
    telephones=(Telephone(NUMBER, always=True),),
    email="cyber@example.int",
    person="R. Elphberg",
    remarks="asks for a call back",
    note="NV 7/2027",
    note_date=date(2027, 3, 1),
)
CODES = ("RUR", "GRK")
AT = datetime(2027, 3, 1, tzinfo=UTC)


def certificate(days: int) -> str:
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    built = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    built = built.serial_number(1).not_valid_before(AT - timedelta(days=900)).not_valid_after(AT + timedelta(days=days))
    return built.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()


def test_a_whole_designation_has_no_fault() -> None:
    assert designation_faults(CONTACT, CODES) == {}
    assert designation_faults(replace(CONTACT, certificate=certificate(10)), CODES) == {}
    assert designation_faults(replace(CONTACT, certificate="ab" * 32), CODES) == {}


WRONG: list[tuple[str, object, str]] = [
    ("participant", "XXX", "not a known code"),
    ("function", "king", "allowed: point of contact"),
    ("authority", " ", "is empty"),
    ("authority", "x" * 301, "at most 300"),
    ("authority", "Minis\u202etry", "invisible character"),
    ("postal_address", "x" * 1001, "at most 1000"),
    ("telephones", (), "none is marked as answered at any hour"),
    ("telephones", (Telephone(NUMBER),), "none is marked as answered at any hour"),
    ("telephones", (Telephone("0302 665421", always=True),), "with its code"),
    ("telephones", (Telephone("+1 202 555 0143", always=True),), f"write it as {NUMBER}"),
    ("telephones", (Telephone("+999123", always=True),), "not a telephone number"),
    ("email", "a@b.org, evil@x.org", "is not a valid address"),
    ("email", "cyber@example.int\r\nBcc: x", "is not a valid address"),
    ("email", "cyber", "is not a valid address"),
    ("languages", (AcceptedLanguage("english please"),), "is not a language"),
    ("languages", (AcceptedLanguage("xx-YY-zz-1"),), "is not a language"),
    ("zone", "", "is empty"),
    ("zone", "Factory", "is not a time zone"),
    ("zone", "EST", "is not a time zone"),
    ("hours", "Mon-Fri 9-17", "leaves hours without an answer"),
    ("channels", ("pigeon",), "allowed: electronic transmission"),
    ("certificate", "x", "neither a certificate"),
    ("valid_until", date(2020, 1, 1), "before the first day"),
]


@pytest.mark.parametrize(
    ("field", "value", "said"), WRONG, ids=[f"{field}-{n}" for n, (field, _, _) in enumerate(WRONG)]
)
def test_what_is_wrong_is_named_by_its_field(field: str, value: object, said: str) -> None:
    wrong = replace(CONTACT, **({"valid_from": date(2027, 1, 1)} | {field: value}))  # type: ignore[arg-type]
    found = designation_faults(wrong, CODES)
    assert list(found) == [field]
    assert said in found[field]


def test_other_authorities_have_working_hours() -> None:
    assert (
        designation_faults(
            replace(CONTACT, function="central authority", hours="Mon-Fri 9-17", telephones=(), zone=""), CODES
        )
        == {}
    )


def test_what_an_officer_is_asked() -> None:
    theirs = replace(CONTACT, participant="GRK", authority="Police of Strelsau")
    other = replace(CONTACT, authority="Ministry of Justice", telephones=(), email="")
    old = replace(CONTACT, certificate=certificate(-1))
    expiry = expires_at(old)
    assert expiry is not None
    assert doubts(CONTACT, [CONTACT], AT, AT.date()) == []
    assert doubts(CONTACT, [theirs], AT, AT.date()) == [Doubt("shared", "Police of Strelsau", "GRK")]
    assert doubts(CONTACT, [other], AT, AT.date()) == [Doubt("contradicts", "Ministry of Justice")]
    assert doubts(old, [], AT, AT.date()) == [Doubt("expired", day=date(2027, 2, 28))]
    several = replace(other, function="central authority")
    assert doubts(replace(CONTACT, function="central authority"), [several], AT, AT.date()) == []
    gone = replace(other, valid_until=date(2026, 1, 1))
    assert doubts(CONTACT, [gone], AT, AT.date()) == []


SECRET = {"telephones", "email", "secure_channel", "certificate", "person", "remarks", "note", "note_date"}


def test_every_field_says_who_may_see_it() -> None:
    assert set(FIELDS) == {field.name for field in fields(Designation)}
    assert set(seen(CONTACT, "public")) == set(FIELDS) - SECRET
    assert set(seen(CONTACT, "parties")) == set(FIELDS) - {"person", "remarks", "note", "note_date"}
    assert set(seen(CONTACT, "secretariat")) == set(FIELDS)


secrets = st.lists(st.text(st.characters(categories=["Lu", "Nd"]), min_size=12, max_size=30), min_size=5, max_size=5)


@given(secrets)
def test_what_one_may_not_see_is_in_no_byte(typed: list[str]) -> None:
    phone, email, person, remarks, note = (f"{place}§{secret}" for place, secret in enumerate(typed))
    called = (Telephone(phone, always=True),)
    designation = replace(CONTACT, telephones=called, email=email, person=person, remarks=remarks, note=note)
    public, parties = repr(seen(designation, "public")), repr(seen(designation, "parties"))
    for secret in (phone, email, person, remarks, note):
        assert secret not in public
    for secret in (person, remarks, note):
        assert secret not in parties
    assert phone in parties


def test_zones_are_places() -> None:
    assert "Africa/Accra" in zones()
    assert not zones() & {"Factory", "localtime", "EST", "Etc/GMT+5", "UTC"}
