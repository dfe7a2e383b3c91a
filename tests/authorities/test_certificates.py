"""Certificates of missions: letters are encrypted to RSA keys that are long enough and may be used so."""

from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from depositary.authorities.certificates import certificate_fault
from depositary.authorities.missions import mission_faults
from depositary.correspondence.mail.letters import Letter
from depositary.errors import BadInput
from tests.authorities.test_designations import AT, CODES
from tests.authorities.test_missions import MISSION


def certificate(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, *, encrypts: bool | None = None) -> str:
    """A certificate of a key; `encrypts` says its use, None leaves the use out."""
    name = x509.Name([])
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, AT - timedelta(days=9), AT + timedelta(days=9))
    if encrypts is not None:
        uses = dict.fromkeys(("key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"), False)
        uses |= {"data_encipherment": False, "content_commitment": True}
        use = x509.KeyUsage(digital_signature=True, key_encipherment=encrypts, **uses)
        builder = builder.add_extension(use, critical=True)
    return builder.sign(key, SHA256()).public_bytes(Encoding.PEM).decode()


LONG = rsa.generate_private_key(65537, 2048)
SHORT = rsa.generate_private_key(65537, 1024)  # noqa: S505


@pytest.mark.parametrize("pem", [certificate(LONG), certificate(LONG, encrypts=True)])
def test_a_mission_may_have_it(pem: str) -> None:
    assert certificate_fault(pem) == ""
    assert mission_faults(replace(MISSION, certificate=pem), CODES) == {}


def test_the_library_encrypts_to_rsa_keys_alone() -> None:
    """When this fails, certificates of elliptic curves need not be refused any more."""
    curve = x509.load_pem_x509_certificate(certificate(ec.generate_private_key(ec.SECP256R1())).encode())
    with pytest.raises(TypeError, match="Only RSA keys"):
        pkcs7.PKCS7EnvelopeBuilder().add_recipient(curve)


@pytest.mark.parametrize(
    ("pem", "said"),
    [
        (certificate(SHORT), "has an RSA key of 1024 bits; at least 2048 are needed"),
        (certificate(ec.generate_private_key(ec.SECP256R1())), "has no RSA key; letters are encrypted to RSA keys"),
        (certificate(LONG, encrypts=False), "is for signatures only; give one for encryption"),
        (
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
            "is not a certificate (PEM) to which mail can be encrypted",
        ),
        ("a fingerprint", "is not a certificate (PEM) to which mail can be encrypted"),
    ],
)
def test_what_nothing_can_be_encrypted_to_is_refused_with_a_sentence(pem: str, said: str) -> None:
    assert mission_faults(replace(MISSION, certificate=pem), CODES) == {"certificate": said}
    with pytest.raises(BadInput, match="certificate: "):
        Letter("a@example.int", "subject", "text", certificate=pem)
