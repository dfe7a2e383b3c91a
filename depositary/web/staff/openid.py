"""Signing in by an OpenID Connect provider. It needs the extra `oidc`.

The provider vouches for two factors, which `amr` names, shown just now (`auth_time`). The person must have an account
at the desk already. What the desk must know when the person comes back is sealed in the person's own cookie, so that
nobody who sets out pushes another out.
"""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from depositary import clock
from depositary.errors import DepositaryError
from depositary.register.seal import Seal

SCOPE = "openid profile"
LASTS, SKEW = 600, 60
"""For how many seconds a person may be under way; by how many the clocks of desk and provider may differ."""

KNOWN = frozenset({"pwd", "pin", "kba"})
HELD = frozenset({"otp", "hwk", "swk", "sms", "tel", "sc", "pop"})
INHERENT = frozenset({"fpt", "face", "iris", "retina", "vbm"})
"""The methods of RFC 8176: what a person knows, holds and is."""


class NotVouchedFor(Exception):
    """The provider did not say who the person is, or did not ask for two factors just now."""


def are_two_factors(methods: object) -> bool:
    """Whether `amr` names two factors of different kinds, or says `mfa`. Anything but a list of names is none."""
    if not isinstance(methods, list) or not all(isinstance(method, str) for method in methods):
        return False
    named: Sequence[str] = methods
    return "mfa" in named or sum(any(method in kind for method in named) for kind in (KNOWN, HELD, INHERENT)) > 1


@dataclass
class Provider:
    """A provider, with the name and the secret by which it knows the desk."""

    issuer: str
    client_id: str
    client_secret: str
    _known: dict[str, Any] = field(default_factory=dict)

    def way_there(self, back: str, seal: Seal) -> tuple[str, str]:
        """The provider's address for a person, and what their browser keeps until they come back, sealed."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        with self._client(back) as client:
            address, _ = client.create_authorization_url(
                self._metadata()["authorization_endpoint"],
                state=state,
                nonce=nonce,
                code_verifier=verifier,
                prompt="login",
                max_age=0,
            )
        return str(address), seal.seal(json.dumps([state, nonce, verifier, clock.now().timestamp()]))

    def who_came(self, kept: str, state: str, code: str, back: str, seal: Seal) -> tuple[str, str]:
        """The subject and the account's name of a person who came back; `kept` is what their browser has.

        Raises NotVouchedFor.
        """
        now = clock.now().timestamp()
        try:
            own_state, nonce, verifier, set_out = json.loads(seal.open(kept))
        except (DepositaryError, ValueError) as fault:
            raise NotVouchedFor from fault
        if not state or not secrets.compare_digest(own_state.encode(), state.encode()) or now > set_out + LASTS:
            raise NotVouchedFor
        try:
            with self._client(back) as client:
                token = client.fetch_token(
                    self._metadata()["token_endpoint"],
                    code=code,
                    code_verifier=verifier,
                    grant_type="authorization_code",
                )
            claims = self._claims(token["id_token"])
        except Exception as fault:
            raise NotVouchedFor from fault
        at = claims.get("auth_time")
        is_fresh = isinstance(at, int | float) and set_out - SKEW <= at <= now + SKEW
        if claims.get("nonce") != nonce or not is_fresh or not are_two_factors(claims.get("amr")):
            raise NotVouchedFor
        return f"{self.issuer} {claims['sub']}", str(claims.get("preferred_username", ""))

    def _claims(self, token: str) -> dict[str, Any]:
        from joserfc import jwt
        from joserfc.jwk import KeySet

        keys = KeySet.import_key_set(self._fetched(self._metadata()["jwks_uri"]))
        decoded = jwt.decode(token, keys, algorithms=["RS256", "ES256", "PS256", "EdDSA"])
        expected = jwt.JWTClaimsRegistry(
            iss={"essential": True, "value": self.issuer},
            aud={"essential": True, "value": self.client_id},
            exp={"essential": True},
            sub={"essential": True},
        )
        expected.validate(decoded.claims)
        return dict(decoded.claims)

    def _metadata(self) -> dict[str, Any]:
        if not self._known:
            self._known = self._fetched(f"{self.issuer}/.well-known/openid-configuration")
            if self._known.get("issuer") != self.issuer:
                raise NotVouchedFor
        return self._known

    def _fetched(self, address: str) -> Any:
        import httpx2

        response = httpx2.get(address, timeout=10)
        response.raise_for_status()
        return response.json()

    def _client(self, back: str) -> Any:
        from authlib.integrations.httpx_client import OAuth2Client

        return OAuth2Client(
            self.client_id,
            self.client_secret,
            scope=SCOPE,
            redirect_uri=back,
            code_challenge_method="S256",
            timeout=10,
        )
