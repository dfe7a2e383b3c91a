"""The connection of the public site: it answers published pages directly, from memory."""

from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE

from depositary.web.connection import Connection
from depositary.web.publication.page import Headers
from depositary.web.publication.publication import Publication
from depositary.web.publication.server import PublishedSite


class PublicProtocol(Connection):
    """A connection. A page in memory is answered here; the application answers the rest."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        app: Any = self.config.app
        self._site = app if isinstance(app, PublishedSite) else None
        self._publication: Publication | None = self._site.publication if self._site else None
        self._answered = False

    def accept(self) -> None:
        answer = self._from_memory()
        if answer is None:
            super().accept()
            return
        self._answered = True
        self.transport.writelines(answer)

    def on_body(self, body: bytes) -> None:
        if not self._answered:
            super().on_body(body)

    def on_message_complete(self) -> None:
        if not self._answered:
            super().on_message_complete()
            return
        self._answered = False
        self.end_message()
        if self.parser.get_http_version() != "1.1" or not self.parser.should_keep_alive():
            self.transport.close()
        self.on_response_complete()

    def _from_memory(self) -> tuple[bytes, bytes] | None:
        """Head and body of the answer, if a published page is asked for and no earlier request is open."""
        if (
            self._site is None
            or self._publication is None
            or self.pipeline
            or not self.is_answered
            or self.flow.write_paused
            or self.transport.is_closing()
        ):
            return None
        page = self._publication.find(self.url.decode("latin-1"))
        method = self.parser.get_method()
        if page is None or method not in (b"GET", b"HEAD") or self.parser.should_upgrade():
            return None
        accepted = known = b""
        for name, value in self.headers:
            if name == b"accept-encoding":
                accepted = accepted + b"," + value if accepted else value
            elif name == b"if-none-match":
                known = known + b"," + value if known else value
            elif name in (b"content-length", b"transfer-encoding", b"expect", b"if-match"):
                return None
        self._site.answered["from memory"] += 1
        status, headers, body = page.answer(accepted, known, self._publication.age())
        keep = self.parser.get_http_version() == "1.1" and self.parser.should_keep_alive()
        head = on_the_wire(status, (*self.server_state.default_headers, *headers), keep)
        return head, b"" if method == b"HEAD" else body


def on_the_wire(status: int, headers: Headers, keep: bool) -> bytes:
    """The head of an answer in bytes. The body is never copied: it is sent from where it is in memory."""
    lines = [STATUS_LINE[status]]
    for name, value in headers:
        lines += (name, b": ", value, b"\r\n")
    lines.append(b"\r\n" if keep else b"connection: close\r\n\r\n")
    return b"".join(lines)
