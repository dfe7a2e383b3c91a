"""A published page: its bytes in three codings, each under a tag that is its hash, and how a reader is answered."""

import gzip
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

import brotli

from depositary.web.caching import FOR_GOOD
from depositary.web.security import HEADERS

Headers = tuple[tuple[bytes, bytes], ...]

GUARDS: Headers = tuple((name.lower().encode(), value.encode()) for name, value in HEADERS.items())

QUICK, SMALL = (5, 6), (11, 9)
"""Levels of brotli and gzip: to be seen at once, and to be sent often."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A page in one coding: `whole` and `unchanged` are the headers of a 200 and of a 304, but for its age."""

    coding: bytes
    body: bytes
    tag: bytes
    whole: Headers
    unchanged: Headers


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """A published page. `own` are its headers beside those of every page."""

    path: str
    treaty: str
    own: Headers
    identity: Variant
    gzip: Variant
    br: Variant
    forever: bool = False
    """Whether its address changes with its content."""

    @property
    def weight(self) -> int:
        return len(self.identity.body) + len(self.gzip.body) + len(self.br.body)

    def variant(self, accepted: bytes) -> Variant:
        """The coding that a reader accepts and that is shortest."""
        coding = preferred_coding(accepted)
        return self.br if coding == b"br" else self.gzip if coding == b"gzip" else self.identity

    def answer(self, accepted: bytes, known: bytes, age: int) -> tuple[int, Headers, bytes]:
        """Status, headers and body for a reader: `known` is If-None-Match, `age` how long the answer may be kept."""
        chosen = self.variant(accepted)
        kept = (b"cache-control", FOR_GOOD.encode() if self.forever else b"public, max-age=%d" % age)
        if known and not tags_in(known).isdisjoint((chosen.tag, b"*")):
            return 304, (*chosen.unchanged, kept), b""
        return 200, (*chosen.whole, kept), chosen.body


def make_page(
    path: str, treaty: str, own: Headers, body: bytes, levels: tuple[int, int] = QUICK, *, forever: bool = False
) -> PublishedPage:
    """A page of its bytes. `levels` say how hard it is compressed."""
    zipped = gzip.compress(body, levels[1], mtime=0)
    return page_of_codings(path, treaty, own, (body, zipped, brotli.compress(body, quality=levels[0])), forever=forever)


def page_of_codings(
    path: str, treaty: str, own: Headers, bodies: tuple[bytes, bytes, bytes], *, forever: bool = False
) -> PublishedPage:
    """A page of its bytes as they are, in gzip and in brotli."""
    plain, zipped, br = (
        _variant(coding, own, body) for coding, body in zip((b"", b"gzip", b"br"), bodies, strict=True)
    )
    return PublishedPage(path, treaty, own, plain, zipped, br, forever)


def compress(page: PublishedPage) -> PublishedPage:
    """The same page, compressed as far as it goes."""
    return make_page(page.path, page.treaty, page.own, page.identity.body, SMALL)


def tag_of(body: bytes) -> str:
    """The tag of bytes, without its quotation marks: their hash."""
    return sha256(body).hexdigest()[:32]


def _variant(coding: bytes, own: Headers, body: bytes) -> Variant:
    tag = f'"{tag_of(body)}"'.encode()
    guards = tuple(guard for guard in GUARDS if guard[0] not in dict(own))
    same: Headers = ((b"etag", tag), (b"vary", b"accept-encoding"))
    encoded: Headers = ((b"content-encoding", coding),) if coding else ()
    whole = (*own, *same, *encoded, (b"content-length", str(len(body)).encode()), *guards)
    return Variant(coding, body, tag, whole, same)


@lru_cache(maxsize=256)
def tags_in(header: bytes) -> frozenset[bytes]:
    """The tags an If-None-Match names; a weak one is compared as it stands (RFC 9110, 13.1.2)."""
    return frozenset(each.strip().removeprefix(b"W/") for each in header[:2000].split(b","))


@lru_cache(maxsize=256)
def preferred_coding(header: bytes) -> bytes:
    """The coding an Accept-Encoding likes best of br, gzip and none; br before gzip where it likes them alike."""
    wishes = dict(_wishes(header[:1000].lower().split(b",")))
    best, weight = b"", max(wishes.get(b"identity", 0.001), 0.001)
    for coding in (b"gzip", b"br"):
        wish = wishes.get(coding, wishes.get(b"*", 0.0))
        if wish > 0 and wish >= weight:
            best, weight = coding, wish
    return best


def _wishes(parts: Iterable[bytes]) -> Iterable[tuple[bytes, float]]:
    for part in parts:
        name, _, weight = part.partition(b";")
        try:
            yield name.strip(), float(weight.partition(b"=")[2] or 1)
        except ValueError:
            continue
