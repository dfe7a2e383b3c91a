"""How long an answer may be kept: never past midnight in New York, when the effects may change."""

import hashlib

from starlette.requests import Request
from starlette.responses import Response

from depositary import clock

SHORT = 5
A_DAY = 24 * 60 * 60
FOR_GOOD = "public, max-age=31536000, immutable"


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
    known = {each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")}
    if known & {tag.removeprefix("W/"), "*"}:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)
