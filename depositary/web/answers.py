"""How pages become answers: templates, headers, entity tags."""

from hashlib import sha256
from pathlib import Path
from typing import Any

from fastapi import Request, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from depositary.settings import PROJECT
from depositary.web.pages import (
    ArticlePage,
    EntryPage,
    FaultPage,
    FrontPage,
    Page,
    ParticipantPage,
    RegisterPage,
    StatusPage,
)

STATIC = Path(__file__).parent.parent / "static"

TEMPLATES: dict[type[Any], str] = {
    FrontPage: "public/front.html",
    StatusPage: "public/status.html",
    ParticipantPage: "public/participant.html",
    ArticlePage: "public/article.html",
    RegisterPage: "public/register.html",
    EntryPage: "public/entry.html",
    FaultPage: "public/fault.html",
}

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=(), payment=()",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
}

FEW_SECONDS = "public, max-age=5"
FOR_GOOD = "public, max-age=31536000, immutable"


def environment() -> Environment:
    """The templates: everything is escaped, and a name a page does not have is an error."""
    made = Environment(
        loader=FileSystemLoader(PROJECT / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["static"] = static_address
    return made


def static_address(name: str) -> str:
    """The address of a static file, which changes with its content."""
    return f"/static/{name}?v={digest((STATIC / name).read_bytes())[:12]}"


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def answered(
    request: Request, content: bytes, media_type: str, *, status: int = 200, cache: str = FEW_SECONDS
) -> Response:
    """An answer with its entity tag; only the tag where the reader has the content already."""
    headers = {"ETag": f'"{digest(content)[:32]}"', "Cache-Control": cache}
    if status == 200 and headers["ETag"] in request.headers.get("If-None-Match", ""):
        return Response(status_code=304, headers=headers)
    return Response(content, status_code=status, media_type=media_type, headers=headers)


class Templates:
    """Renders pages."""

    def __init__(self) -> None:
        self._environment = environment()

    def render(self, page: Page) -> bytes:
        """The bytes of a page; the template sees the page's fields and nothing else."""
        template = self._environment.get_template(TEMPLATES[type(page)])
        return template.render({name: getattr(page, name) for name in page.__dataclass_fields__}).encode()


class SecurityHeaders:
    """Puts the security headers on every answer, errors and files included."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._headers = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *self._headers]
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)
