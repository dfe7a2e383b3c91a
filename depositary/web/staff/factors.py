"""Both factors of a person, as a form shows them: a password with a code, or a passkey."""

from collections.abc import Awaitable, Callable, Mapping

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from depositary.desk import accounts, passkeys, sessions
from depositary.desk.accounts import Account
from depositary.desk.audit import Doing
from depositary.desk.sessions import SignedIn
from depositary.errors import Sentence
from depositary.register.seal import Seal
from depositary.register.store import Store
from depositary.web.rate_limits import Throttle

COOKIE = "__Host-desk"
RENEWED = "depositary.renewed"
"""The key under which a request keeps the new token of its session."""

FACTORS = ("password", "code", "passkey")
"""The fields in which a form shows factors."""

TOO_OFTEN = Sentence("Too many tries: wait a minute, then try again.")


class Refusal(Exception):
    """Nobody was let in: why, and with which status that is answered."""

    def __init__(self, sentence: str, status: int) -> None:
        self.sentence, self.status = sentence, status


def person_of(store: Store, seal: Seal, origin: str, fields: Mapping[str, str], doing: Doing) -> Account:
    """The account whose factors a form shows; a password is that of the name in `doing`. Raises Refusal."""
    try:
        if fields.get("passkey"):
            return passkeys.sign_in(store, fields["passkey"], origin, seal, doing)
        return accounts.sign_in(
            store, doing.by, fields.get("password", ""), fields.get("code", "").strip(), seal, doing
        )
    except accounts.Denied as fault:
        raise Refusal(fault.sentence, 401) from None


def shows_factors(fields: Mapping[str, str]) -> bool:
    """Whether a form shows both factors, right or wrong."""
    return bool(fields.get("passkey")) or ("password" in fields and "code" in fields)


def renewed(
    store: Store,
    seal: Seal,
    throttle: Throttle,
    origin: str,
    signed_in: SignedIn,
    fields: Mapping[str, str],
    doing: Doing,
) -> SignedIn:
    """The new session of a person who has shown both factors again. Raises Refusal."""
    if not throttle.allows_with(signed_in.token):
        raise Refusal(TOO_OFTEN, 429)
    if person_of(store, seal, origin, fields, doing).name != signed_in.account.name:
        raise Refusal(passkeys.NOT_RIGHT, 401)
    with store.session(writing=True) as session:
        token = sessions.renew(session, signed_in, doing)
        session.flush()
        found = sessions.find(session, token, doing.at)
    assert found is not None, "a session just renewed"
    return found


def set_cookie(response: Response, token: str) -> None:
    """Gives the browser the token of its session."""
    response.set_cookie(COOKIE, token, path="/", secure=True, httponly=True, samesite="lax")


def sends_renewed_session(app: ASGIApp) -> Callable[[Scope, Receive, Send], Awaitable[None]]:
    """The application, whose answer gives the browser the token of a session that was renewed meanwhile."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start" and RENEWED in scope:
                carrier = Response()
                set_cookie(carrier, scope[RENEWED])
                cookie = carrier.headers["set-cookie"].encode()
                message["headers"] = [*message["headers"], (b"set-cookie", cookie)]
            await send(message)

        await app(scope, receive, send_on)

    return answer
