"""S/MIME (RFC 8551): a letter signed with the depositary's certificate, and encrypted to the recipient's."""

import base64
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from itertools import pairwise
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.ciphers import algorithms
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key, pkcs7

from depositary.authorities.certificates import certificate_fault
from depositary.errors import DepositaryError

KEY, CERTIFICATE = "smime.key.pem", "smime.certificate.pem"
"""The files in the folder of keys; without them letters are not signed. Intermediate certificates follow the first."""


@dataclass(frozen=True)
class Signer:
    """The depositary's certificate and its key."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
    chain: tuple[x509.Certificate, ...] = ()
    """The intermediate certificates, its issuer's first; they go with each signature."""

    def signed(self, entity: bytes, *, boundary: str) -> bytes:
        """A MIME entity with a detached signature: a reader who cannot check the signature can still read it."""
        builder = pkcs7.PKCS7SignatureBuilder().set_data(entity).add_signer(self.certificate, self.key, SHA256())
        for issuer in self.chain:
            builder = builder.add_certificate(issuer)
        options = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary]
        signature = wrapped(builder.sign(Encoding.DER, options))
        mark = boundary.encode()
        return (
            b'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; micalg="sha-256";\r\n'
            b' boundary="' + mark + b'"\r\n\r\n--' + mark + b"\r\n" + entity + b"\r\n--" + mark + b"\r\n"
            b'Content-Type: application/pkcs7-signature; name="smime.p7s"\r\n'
            b"Content-Transfer-Encoding: base64\r\n"
            b'Content-Disposition: attachment; filename="smime.p7s"\r\n\r\n' + signature + b"\r\n--" + mark + b"--\r\n"
        )

    def expires_at(self) -> datetime:
        return self.certificate.not_valid_after_utc


def signer_in(folder: Path) -> Signer | None:
    """The signer whose key and certificate are in a folder; None where there are none. Raises DepositaryError."""
    if not (folder / CERTIFICATE).exists() and not (folder / KEY).exists():
        return None
    try:
        certificate, *chain = x509.load_pem_x509_certificates((folder / CERTIFICATE).read_bytes())
        key = load_pem_private_key((folder / KEY).read_bytes(), None)
    except (OSError, ValueError, TypeError):
        raise DepositaryError(
            f"{folder / KEY} and {folder / CERTIFICATE} are to be a private key and its certificate, both PEM. "
            "Nothing was sent."
        ) from None
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise DepositaryError(f"{folder / KEY}: allowed is a key for RSA or for an elliptic curve. Nothing was sent.")
    if key.public_key() != certificate.public_key():
        raise DepositaryError(f"{folder / CERTIFICATE} is not the certificate of {folder / KEY}. Nothing was sent.")
    for signed, issuer in pairwise((certificate, *chain)):
        try:
            signed.verify_directly_issued_by(issuer)
        except (ValueError, TypeError, InvalidSignature):
            raise DepositaryError(
                f"{folder / CERTIFICATE}: each certificate is to be followed by that of its issuer. Nothing was sent."
            ) from None
    return Signer(certificate, key, tuple(chain))


def is_usable(pem: str, at: datetime) -> bool:
    """Whether letters can be encrypted to a certificate at an instant: its key is RSA, and it is valid then."""
    if certificate_fault(pem):
        return False
    certificate = x509.load_pem_x509_certificate(pem.encode())
    return certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc


def encrypted(entity: bytes, certificate: str) -> bytes:
    """A MIME entity that only the holder of a certificate's key can read."""
    builder = pkcs7.PKCS7EnvelopeBuilder().set_data(entity)
    builder = builder.set_content_encryption_algorithm(algorithms.AES256)
    builder = builder.add_recipient(x509.load_pem_x509_certificate(certificate.encode()))
    sealed = builder.encrypt(Encoding.DER, [pkcs7.PKCS7Options.Binary])
    made = EmailMessage(policy.SMTP)
    made["Content-Type"] = 'application/pkcs7-mime; smime-type="enveloped-data"; name="smime.p7m"'
    made["Content-Transfer-Encoding"] = "base64"
    made["Content-Disposition"] = 'attachment; filename="smime.p7m"'
    return made.as_bytes().rstrip(b"\r\n") + b"\r\n\r\n" + wrapped(sealed) + b"\r\n"


def wrapped(content: bytes) -> bytes:
    """Base64 in lines of 76 signs."""
    text = base64.b64encode(content)
    return b"\r\n".join(text[start : start + 76] for start in range(0, len(text), 76))
