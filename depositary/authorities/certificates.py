"""Certificates to which mail is encrypted: the key must be RSA, long enough, and allowed for encryption."""

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import rsa

from depositary.errors import Sentence

SHORTEST = 2048
"""The bits of the shortest RSA key to which letters are encrypted."""


def certificate_fault(pem: str) -> str:
    """Why mail cannot be encrypted to a certificate; "" where it can."""
    try:
        certificate = x509.load_pem_x509_certificate(pem.encode())
        key = certificate.public_key()
    except (ValueError, UnsupportedAlgorithm):
        return Sentence("is not a certificate (PEM) to which mail can be encrypted")
    if not isinstance(key, rsa.RSAPublicKey):
        return Sentence("has no RSA key; letters are encrypted to RSA keys")
    if key.key_size < SHORTEST:
        return Sentence(
            "has an RSA key of %(bits)d bits; at least %(least)d are needed", bits=key.key_size, least=SHORTEST
        )
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return ""
    except ValueError:
        return Sentence("is not a certificate (PEM) to which mail can be encrypted")
    return "" if usage.key_encipherment else Sentence("is for signatures only; give one for encryption")
