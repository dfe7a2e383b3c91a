"""A mail server for the tests: TLS with a throw-away authority, and as badly behaved as a test asks for."""

import asyncio
import contextlib
import ssl
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cache
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from depositary.correspondence.mail.smtp import MailServer

BORN = datetime.now(UTC)
DROP = "drop"
"""In place of an answer: the connection is cut."""


@cache
def private_key(place: int = 0) -> rsa.RSAPrivateKey:
    """A key, made once for each place."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def certified(name: str, key: rsa.RSAPrivateKey, *, issuer: str = "", by: Any = None, for_tls: bool = False) -> Any:
    """A certificate of a key, signed by itself or by an authority."""
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder(
        issuer_name=x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer or name)]),
        subject_name=called,
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=BORN - timedelta(days=3650),
        not_valid_after=BORN + timedelta(days=3650),
    )
    authority = x509.BasicConstraints(ca=not (issuer or for_tls), path_length=None)
    builder = builder.add_extension(authority, critical=True)
    if for_tls:
        names = x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1")), x509.DNSName("localhost")])
        builder = builder.add_extension(names, critical=False)
    else:
        usage = [False] * 9
        usage[0] = usage[2] = usage[5] = True
        builder = builder.add_extension(x509.KeyUsage(*usage), critical=False)
    return builder.sign(by or key, hashes.SHA256())


def pem(key: rsa.RSAPrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@dataclass
class Sink:
    """What a test server was sent. It may answer otherwise than 250, by address and attempt."""

    url: str = ""
    authority: Path = Path()
    recipients: list[str] = field(default_factory=list)
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    attempts: Counter[str] = field(default_factory=Counter)
    at_recipient: Callable[[str, int], str] = lambda to, attempt: ""
    slow: Callable[[str, int], float] = lambda to, attempt: 0
    endless: Callable[[str, str], bool] = lambda to, moment: False
    """Whether the answer to a recipient, or to a message, never ends."""
    amid_data: Callable[[str, int], bool] = lambda to, attempt: False
    at_data: Callable[[str, int], str] = lambda to, attempt: ""
    after_data: Callable[[str, int], str] = lambda to, attempt: ""

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        self.recipients.append(address)
        self.attempts[address] += 1
        if wait := self.slow(address, self.attempts[address]):
            await asyncio.sleep(wait)
        await self.drip(server, address, "recipient")
        if said := self.at_recipient(address, self.attempts[address]):
            return said
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        assert len(envelope.rcpt_tos) == 1
        (to,) = envelope.rcpt_tos
        if said := self.at_data(to, self.attempts[to]):
            if said == DROP:
                server.transport.abort()
            return said
        self.taken.append((to, envelope.content))
        await self.drip(server, to, "message")
        if said := self.after_data(to, self.attempts[to]):
            if said == DROP:
                server.transport.abort()
            return said
        return "250 OK"

    async def drip(self, server: Any, to: str, moment: str) -> None:
        while self.endless(to, moment):
            await server.push("250-still at work")
            await asyncio.sleep(0)

    @property
    def messages(self) -> list[EmailMessage]:
        return [message_from_bytes(content, policy=policy.default) for _, content in self.taken]

    def server(self, *, timeout: float = 60, url: str = "") -> MailServer:
        return MailServer(url or self.url, "treaties@example.int", authority=self.authority, timeout=timeout)


class Dropping(SMTP):
    """aiosmtpd, which may be told to cut the connection in the middle of a message."""

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        sink: Any = self.event_handler
        to = self.envelope.rcpt_tos[0] if self.envelope and self.envelope.rcpt_tos else ""
        if to and sink.amid_data(to, sink.attempts[to]):
            await self.push("354 End data with <CR><LF>.<CR><LF>")
            connection: Any = self.transport
            connection.abort()
            return
        await super().smtp_DATA(arg)


class Anywhere(Controller):
    """A server at a port that is free."""

    def factory(self) -> SMTP:
        return Dropping(self.handler, **self.SMTP_kwargs)

    def _trigger_server(self) -> None:
        listening: Any = self.server
        self.port = listening.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextlib.contextmanager
def serving(folder: Path, *, tls: bool = True, implicit: bool = False, port: int = 0, **more: Any) -> Iterator[Sink]:
    """A server that listens until the block ends; with a certificate of its own authority, or without TLS at all."""
    folder.mkdir(parents=True, exist_ok=True)
    authority, own = private_key(100), private_key(101)
    files = {"authority": folder / "authority.pem", "certificate": folder / "server.pem", "key": folder / "server.key"}
    root = certified("Throw-away Authority", authority)
    leaf = certified("127.0.0.1", own, issuer="Throw-away Authority", by=authority, for_tls=True)
    files["authority"].write_bytes(root.public_bytes(Encoding.PEM))
    files["certificate"].write_bytes(leaf.public_bytes(Encoding.PEM))
    files["key"].write_bytes(pem(own))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files["certificate"], files["key"])
    sink = Sink(authority=files["authority"])
    controller = Anywhere(
        sink,
        hostname="127.0.0.1",
        port=port,
        ssl_context=context if implicit else None,
        tls_context=context if tls and not implicit else None,
        require_starttls=tls and not implicit,
        enable_SMTPUTF8=True,
        **more,
    )
    controller.start()
    try:
        sink.url = f"{'smtps' if implicit else 'smtp'}://127.0.0.1:{controller.port}"
        yield sink
    finally:
        controller.stop()
