"""A published page: its bytes in three codings, each with a tag that is its hash, and the answer to a reader."""

import gzip
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

import brotli

from depositary.web import cache_control
from depositary.web.cache_control import FOR_GOOD
from depositary.web.security import HEADERS

Headers = tuple[tuple[bytes, bytes], ...]

GUARDS: Headers = tuple((name.lower().encode(), value.encode()) for name, value in HEADERS.items())

QUICK, SMALL = (5, 6), (11, 9)
"""Levels of brotli and gzip: `QUICK` for a page that is needed at once, `SMALL` for a page that is sent often."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A page in one coding. `whole` are the headers of a 200, `unchanged` of a 304, both without Cache-Control."""

    coding: bytes
    body: bytes
    tag: bytes
    whole: Headers
    unchanged: Headers


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """A published page. `own` are the headers that only this page has."""

    path: str
    treaty: str
    own: Headers
    identity: Variant
    gzip: Variant
    br: Variant
    forever: bool = False
    """Whether the address changes with the content."""

    @property
    def weight(self) -> int:
        return len(self.identity.body) + len(self.gzip.body) + len(self.br.body)

    def variant(self, accepted: bytes) -> Variant:
        """The shortest coding that a reader accepts."""
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
    """A page of these bytes, compressed at these levels of brotli and gzip."""
    zipped = gzip.compress(body, levels[1], mtime=0)
    return page_of_codings(path, treaty, own, (body, zipped, brotli.compress(body, quality=levels[0])), forever=forever)


def page_of_codings(
    path: str, treaty: str, own: Headers, bodies: tuple[bytes, bytes, bytes], *, forever: bool = False
) -> PublishedPage:
    """A page of bytes that are already compressed: plain, gzip, brotli."""
    plain, zipped, br = (
        _variant(coding, own, body) for coding, body in zip((b"", b"gzip", b"br"), bodies, strict=True)
    )
    return PublishedPage(path, treaty, own, plain, zipped, br, forever)


def compress(page: PublishedPage) -> PublishedPage:
    """The page, compressed as small as possible."""
    return make_page(page.path, page.treaty, page.own, page.identity.body, SMALL)


def tag_of(body: bytes) -> str:
    """The tag of bytes, without quotation marks: the beginning of their SHA-256."""
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
    """The tags of an If-None-Match; a weak tag counts like a strong one (RFC 9110, 13.1.2)."""
    return frozenset(tag.encode() for tag in cache_control.tags_in(header.decode("latin-1"), weak=True))


@lru_cache(maxsize=256)
def preferred_coding(header: bytes) -> bytes:
    """The coding that an Accept-Encoding prefers: br, gzip or none; br before gzip if both have one weight."""
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
