"""How long an answer may be kept: never past midnight in New York, when the effects may change."""

import hashlib
import re

from starlette.requests import Request
from starlette.responses import Response

from depositary import clock

SHORT = 5
A_DAY = 24 * 60 * 60
FOR_GOOD = "public, max-age=31536000, immutable"


OTHERWISE = "The page is no longer as If-Match expects it.\n"

_TAG = re.compile(r'(W/)?("[^"]*"|\*)')


def tags_in(header: str, *, weak: bool) -> frozenset[str]:
    """The tags in a header; weak tags, without their mark, only where they count (RFC 9110, 13.1.1 and 13.1.2)."""
    return frozenset(tag for mark, tag in _TAG.findall(header[:2000]) if weak or not mark)


def holds(if_match: str, tag: str) -> bool:
    """Whether a page has one of the tags of an If-Match, compared strongly; without the header it holds."""
    return not if_match or bool(tags_in(if_match, weak=False) & {tag, "*"})


def max_age() -> int:
    """The seconds that an answer may be kept: five, or the rest of the day in New York."""
    moment = clock.now()
    left = A_DAY - (moment.hour * 60 + moment.minute) * 60 - moment.second
    return max(0, min(SHORT, left - 1))


def tagged_response(request: Request, body: bytes, media_type: str, tag_of: bytes | None = None) -> Response:
    """The answer with its tag, or a 304. `tag_of`: the bytes of which the tag is the hash, if not the body."""
    tag = f'"{hashlib.sha256(body if tag_of is None else tag_of).hexdigest()[:32]}"'
    tag = tag if tag_of is None else f"W/{tag}"
    headers = {"ETag": tag, "Cache-Control": f"public, max-age={max_age()}"}
    wanted, known = (", ".join(request.headers.getlist(name)) for name in ("if-match", "if-none-match"))
    if not holds(wanted, tag):
        return Response(OTHERWISE, 412, {"Cache-Control": "no-store"}, "text/plain")
    if known and tags_in(known, weak=True) & {tag.removeprefix("W/"), "*"}:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)
