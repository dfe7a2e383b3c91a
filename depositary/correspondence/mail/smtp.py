"""The mail server: one encrypted connection with a checked certificate; otherwise nothing is sent.

The end of a message is sent apart from the message, because it decides: before it the server has taken nothing,
and the letter can be tried again; after it, a sender that hears no answer does not know, and the letter is `unknown`.
"""

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Timer
from urllib.parse import unquote, urlsplit

from depositary.correspondence.mail.outcomes import Attempt, Outcome
from depositary.errors import DepositaryError

TIMEOUT = 60
"""The seconds that the server may be silent."""
LONGEST = 600
"""The seconds that the server may take to connect, or for a letter, even where it is never silent."""

TAKEN, FORWARDS, GO_AHEAD, CLOSING, TOO_LARGE = 250, 251, 354, 421, 552
END = b".\r\n"
LOST = (OSError, smtplib.SMTPException)
"""The errors of the standard library for a server that is gone, or that breaks the protocol."""


class Connection(smtplib.SMTP):
    """A connection that can be hung up by another thread, also while it waits or agrees on its keys."""

    def __init__(self, host: str, port: int, timeout: float, tls: ssl.SSLContext | None) -> None:
        self._tls = tls
        self._line: socket.socket | None = None
        try:
            with self.limited():
                super().__init__(host, port, timeout=timeout)
        except BaseException:
            self.close()
            raise

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        plain = socket.create_connection((host, port), timeout)
        self._line = plain.dup()  # what is done to it holds for the connection, whatever is laid around the other
        return self._tls.wrap_socket(plain, server_hostname=host) if self._tls else plain

    @contextmanager
    def limited(self) -> Iterator[None]:
        """Hangs up where the block takes too long."""
        timer = Timer(LONGEST, self._hang_up)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _hang_up(self) -> None:
        with suppress(OSError):
            if self._line:
                self._line.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        super().close()
        if self._line:
            self._line.close()


class MailServer:
    """A mail server at smtp://user:word@host:587 (STARTTLS) or smtps://host:465; other addresses are refused.

    `authority` is a file of certificates to trust in place of the system's, for an office with its own authority.
    """

    def __init__(self, url: str, sender: str, *, authority: Path | None = None, timeout: float = TIMEOUT) -> None:
        self._at = urlsplit(url)
        self._sender = sender
        self._timeout = timeout
        self._tls = ssl.create_default_context(cafile=str(authority) if authority else None)
        self._tls.minimum_version = ssl.TLSVersion.TLSv1_2
        self._server: Connection | None = None
        self.ended: Outcome = "deferred"

    def ready(self) -> None:
        """Connects where there is no connection. Raises DepositaryError; then nothing is sent."""
        if self._server is not None:
            return
        try:
            self._server = self._connected()
        except ssl.SSLError as fault:
            raise self._unsafe(f"its certificate does not hold ({fault.reason or 'TLS failed'})") from None
        except smtplib.SMTPNotSupportedError:
            raise self._unsafe("it offers no STARTTLS, or takes no password") from None
        except smtplib.SMTPAuthenticationError:
            raise self._unsafe("it does not take the user and password of DEPOSITARY_SMTP_URL") from None
        except LOST as fault:
            said = getattr(fault, "strerror", None) or type(fault).__name__
            raise self._unsafe(f"it cannot be reached ({said})") from None

    def _unsafe(self, why: str) -> DepositaryError:
        return DepositaryError(f"The mail server {self._at.hostname}: {why}. Nothing was sent by it.")

    def _connected(self) -> Connection:
        at_once = self._at.scheme == "smtps"
        server = Connection(
            self._at.hostname or "",
            self._at.port or (465 if at_once else 587),
            self._timeout,
            self._tls if at_once else None,
        )
        try:
            with server.limited():
                if not at_once:
                    server.starttls(context=self._tls)
                server.ehlo_or_helo_if_needed()
                if self._at.username:
                    server.login(unquote(self._at.username), unquote(self._at.password or ""))
        except BaseException:
            server.close()
            raise
        return server

    def carry(self, to: str, message: bytes, name: str) -> Attempt:
        """Hands a message over. If the sender is stopped meanwhile, `ended` has the end of the attempt."""
        self.ended = "deferred"
        try:
            self.ready()
        except DepositaryError as fault:
            return Attempt("deferred", str(fault))
        assert self._server is not None, "it is ready"
        try:
            with self._server.limited():
                return self._handed_over(self._server, to, message)
        except LOST as fault:
            self.close()
            return self._lost(str(fault) or type(fault).__name__)

    def _lost(self, said: str) -> Attempt:
        if self.ended == "unknown":
            return Attempt("unknown", f"No answer after the end of the message: {said}")
        return Attempt("deferred", f"The connection was lost before the end of the message: {said}")

    def _handed_over(self, server: smtplib.SMTP, to: str, message: bytes) -> Attempt:
        options = [f"SIZE={len(message)}"] if server.has_extn("size") else []
        if not to.isascii():
            if not server.has_extn("smtputf8"):
                return Attempt("refused", "The mail server takes no address that is not ASCII (SMTPUTF8).")
            options += ["SMTPUTF8", "BODY=8BITMIME"]
            server.command_encoding = "utf-8"
        code, said = server.mail(self._sender, options)
        if code != TAKEN:
            # A refused sender says nothing about the recipient, unless the letter is too long for the server.
            return self._answered("refused" if code == TOO_LARGE else "deferred", code, said)
        code, said = server.rcpt(to)
        if code not in (TAKEN, FORWARDS):
            return self._answered(_by(code), code, said)
        code, said = server.docmd("DATA")
        if code != GO_AHEAD:
            return self._answered(_by(code), code, said)
        server.send(_stuffed(message))
        self.ended = "unknown"
        server.send(END)
        code, said = server.getreply()
        return self._answered("accepted" if code == TAKEN else _by(code), code, said)

    def _answered(self, outcome: Outcome, code: int, said: bytes) -> Attempt:
        self.ended = outcome
        if code == CLOSING:
            self.close()
        elif outcome != "accepted" and self._server is not None:
            with suppress(*LOST):
                self._server.rset()
        return Attempt(outcome, f"{code} {said.decode(errors='replace')}")

    def close(self) -> None:
        """Ends the connection, whatever the server answers."""
        server, self._server = self._server, None
        if server is not None:
            with suppress(*LOST), server.limited():
                server.quit()
            server.close()


def _by(code: int) -> Outcome:
    """The meaning of an answer that does not accept: 5xx refuses for good, any other answer defers."""
    return "refused" if 500 <= code < 600 else "deferred"


def _stuffed(message: bytes) -> bytes:
    """A message as it is sent (RFC 5321, 4.5.2): a line that begins with a full stop gets a second one."""
    lines = message.replace(b"\r\n.", b"\r\n..")
    lines = b"." + lines if lines.startswith(b".") else lines
    return lines if lines.endswith(b"\r\n") else lines + b"\r\n"
