"""Who may come in. Each route names the right that it needs; a binding act needs both factors, shown just now.

Where a session has ended, or must be confirmed, the page that asks to sign in keeps what was typed, and sends it on.
"""

import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, cast

from fastapi import Depends
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, UploadFile
from starlette.requests import Request
from starlette.types import Scope

from depositary import clock
from depositary.desk import sessions
from depositary.desk.accounts import Account
from depositary.desk.audit import Doing, log
from depositary.desk.roles import Right
from depositary.desk.sessions import SignedIn
from depositary.register.store import Store
from depositary.treaties.digits import in_plain_digits
from depositary.web.query import preferred_language
from depositary.web.security import route_of
from depositary.web.staff.factors import COOKIE, FACTORS, RENEWED, Refusal, renewed, shows_factors
from depositary.words import Language, language

WORDS = "depositary.words"
"""The key under which a request keeps the language of its account."""

FORM, FORM_WITH_FILES = "application/x-www-form-urlencoded", "multipart/form-data"
LONGEST_QUERY, LONGEST_REASON = 2_000, 2_000
MOST_FIELDS, LONGEST_FIELD, LONGEST_PART = 200, 4 * 1024 * 1024, 200
NOT_KEPT = ("token", "then", *FACTORS)


class SignInNeeded(Exception):
    """Nobody is signed in; `kept` is what was typed."""

    def __init__(self, kept: Mapping[str, str]) -> None:
        self.kept = kept


class ConfirmNeeded(SignInNeeded):
    """A person is signed in, and must show both factors again for what they want to do; `fault`: why not so."""

    def __init__(self, signed_in: SignedIn, kept: Mapping[str, str], fault: Refusal | None = None) -> None:
        super().__init__(kept)
        self.signed_in, self.fault = signed_in, fault


class Forbidden(Exception):
    """This person may not do this."""


class Malformed(Exception):
    """A form that this site did not make."""


class Missing(Exception):
    """There is no such page, draft, entry or document, or this person may not know of it."""


class TooLong(Exception):
    """A text is longer than is kept. It is shown again, never cut."""

    def __init__(self, typed: str) -> None:
        self.typed = typed


@dataclass(frozen=True)
class Form:
    """A form as it was sent: each field once, and the contents of the files with their names."""

    fields: Mapping[str, str] = field(default_factory=dict)
    files: tuple[bytes, ...] = ()
    names: tuple[str, ...] = ()

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "").strip()

    @property
    def reason(self) -> str:
        """Why a person does something. Raises TooLong."""
        if len(self["reason"]) > LONGEST_REASON:
            raise TooLong(self["reason"])
        return self["reason"]

    def number(self, name: str) -> int:
        """A field as a whole number; 0 for any other text."""
        text = in_plain_digits(self[name])
        return int(text) if is_number(text) else 0


@dataclass(frozen=True)
class Actor:
    """A person who is signed in, with what they sent."""

    signed_in: SignedIn
    doing: Doing
    words: Language
    path: str
    form: Form

    @property
    def account(self) -> Account:
        return self.signed_in.account


@dataclass(frozen=True)
class Visitor:
    """Who sends a request: a person who is signed in, one whose session has ended (`was_here`), or anybody."""

    signed_in: SignedIn | None
    was_here: bool
    at: datetime


def visitor_of(request: Request) -> Visitor:
    """Who sends a request. It is asked before the body is read, and in a thread, so that the others go on."""
    store, at = cast("Store", request.app.state.desk.store), clock.now()
    token = request.cookies.get(COOKIE, "")
    with store.session() as session:
        signed_in = sessions.find(session, token, at)
        was_here = sessions.is_known(session, token)
    if signed_in:
        sessions.touch(store, signed_in, at)
    return Visitor(signed_in, was_here, at)


def may(right: Right | None = None, *, binding: bool = False) -> Any:
    """The dependency that lets in a person who has a right; with None, everybody who is signed in.

    With `binding`, both factors must have been shown within the last minutes. A form must carry the session's token.
    """

    async def guard(request: Request, visitor: Visitor = Depends(visitor_of)) -> Actor:
        signed_in, at = visitor.signed_in, visitor.at
        if signed_in is None:
            raise SignInNeeded(await _kept_of(request) if visitor.was_here else {})
        form = await _form(request) if request.method == "POST" else Form()
        words = request.scope[WORDS] = language(signed_in.account.language)
        actor = Actor(
            signed_in,
            Doing(signed_in.account.name, at, address_of(request)),
            words,
            request.scope["path"],
            form,
        )
        if right is not None and not signed_in.account.may(right):
            await run_in_threadpool(note_refusal, request, actor, "refused: no right")
            raise Forbidden
        if request.method == "POST" and not hmac.compare_digest(form["token"].encode(), signed_in.form_token.encode()):
            await run_in_threadpool(note_refusal, request, actor, "refused: not this session's form")
            raise Forbidden
        if binding and not signed_in.is_fresh(at):
            return await run_in_threadpool(confirmed, request, actor)
        return actor

    guard.right = right  # type: ignore[attr-defined]
    guard.binding = binding  # type: ignore[attr-defined]
    return Depends(guard)


def note_refusal(request: Request, actor: Actor, what: str) -> None:
    """Adds a line to the audit: what a person was refused, and on which route."""
    store = cast("Store", request.app.state.desk.store)
    with store.session(writing=True) as session:
        log(session, actor.doing, what, route_of(request.scope))


def confirmed(request: Request, actor: Actor) -> Actor:
    """A person who shows both factors again with what they send. Raises ConfirmNeeded."""
    desk, form, signed_in = request.app.state.desk, actor.form, actor.signed_in
    kept = _kept(form)
    if not shows_factors(form.fields):
        raise ConfirmNeeded(signed_in, kept)
    try:
        again = renewed(desk.store, desk.seal, desk.throttle, desk.url, signed_in, form.fields, actor.doing)
    except Refusal as refusal:
        raise ConfirmNeeded(signed_in, kept, refusal) from None
    request.scope[RENEWED] = again.token
    return replace(actor, signed_in=again, form=Form(kept, form.files, form.names))


def is_number(text: str) -> bool:
    """Whether a text is a number that any column of the database can hold."""
    return text.isascii() and text.isdigit() and len(text) < 10


def is_storable(text: str) -> bool:
    """Whether every database keeps a text: PostgreSQL has no NUL, and no encoding has half a surrogate pair."""
    return "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)


def require_plausible_address(request: Request) -> None:
    """Lets an address pass whose parts any database can look up. Raises Missing for every other, on every route."""
    for name, part in request.path_params.items():
        if name == "number" and not is_number(part):
            raise Missing
        if not part.isprintable() or len(part) > LONGEST_PART:
            raise Missing


def words_of(scope: Scope) -> Language:
    """The language of a reader: the language of their account, or before they sign in, of their browser."""
    known = scope.get(WORDS)
    return known if known else language(preferred_language(Headers(scope=scope).get("accept-language", "")))


async def anybody(request: Request) -> Form:
    """The form of a person who need not be signed in. It has no files."""
    if request.method == "POST" and _kind(request) != FORM:
        raise Malformed
    return await _form(request) if request.method == "POST" else Form()


def address_of(request: Request) -> str:
    """The address that a request came from: as the server saw it, or as a trusted proxy named it."""
    return request.client.host if request.client else ""


def safe_path(then: str) -> str:
    """The path to go to after signing in: the path asked for if it is the desk's, else the first page."""
    path, _, query = then.partition("?")
    plain = then.isascii() and then.isprintable() and not set("\\#") & set(then)
    inside = path.startswith("/staff/") and not any(sign in path for sign in ("..", "//", "%"))
    return then if plain and inside and len(query) <= LONGEST_QUERY else "/staff/"


def new_form() -> str:
    """The key of a new form. A form that is sent twice with one key is carried out once."""
    return secrets.token_urlsafe(16)


async def _form(request: Request) -> Form:
    if _kind(request) not in (FORM, FORM_WITH_FILES):
        raise Malformed
    fields: dict[str, str] = {}
    files, names = [], []
    async with request.form(max_fields=MOST_FIELDS, max_files=10, max_part_size=LONGEST_FIELD) as sent:
        for name, value in sent.multi_items():
            if isinstance(value, UploadFile):
                if value.size:
                    files.append(await value.read())
                    names.append(file_name(value.filename or ""))
            elif name in fields or not is_storable(value):
                raise Malformed
            else:
                fields[name] = value
    return Form(fields, tuple(files), tuple(names))


def file_name(sent: str) -> str:
    """The last part of a file's name, as it may be shown and written: a file system takes 255 bytes."""
    name = re.sub(r"[^\w .()-]", "_", sent.replace("\\", "/").rpartition("/")[2])
    return name[-80:].encode()[-240:].decode(errors="ignore").strip(". ") or "file"


async def _kept_of(request: Request) -> dict[str, str]:
    """What a person sent whose session has ended: what they typed, and a token of the scans that came with it."""
    if request.method != "POST" or not is_number(request.headers.get("content-length", "")):
        return {}
    form = await _form(request)
    kept = _kept(form)
    if form.files:
        kept["carried"] = request.app.state.desk.carried.put(form.files, form.names, clock.now())
    return kept


def _kind(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0]


def _kept(form: Form) -> dict[str, str]:
    return {name: value for name, value in form.fields.items() if name not in NOT_KEPT}
