"""Signing in by an OpenID Connect provider. It needs the extra `oidc`.

The provider vouches for two factors, which `amr` names. The person must have an account at the desk already.
"""

import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from time import time
from typing import Any

SCOPE = "openid profile"
MOST_UNDER_WAY, LASTS = 1000, 600
SECOND_FACTORS = frozenset({"mfa", "otp", "hwk", "swk", "sms", "fpt", "face", "iris", "pop", "sc"})
"""Methods of RFC 8176 that are more than a password."""


class NotVouchedFor(Exception):
    """The provider did not say who the person is, or did not ask for two factors."""


@dataclass(frozen=True)
class UnderWay:
    """A person who was sent to the provider and has not come back yet."""

    nonce: str
    verifier: str
    until: float


@dataclass
class Provider:
    """A provider, and the persons who are on their way to it. They are forgotten after ten minutes."""

    issuer: str
    client_id: str
    client_secret: str
    _under_way: OrderedDict[str, UnderWay] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)
    _known: dict[str, Any] = field(default_factory=dict)

    def way_there(self, back: str) -> tuple[str, str]:
        """The provider's address for a person, and the state by which that person is recognized on their return."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        with self._client(back) as client:
            address, _ = client.create_authorization_url(
                self._metadata()["authorization_endpoint"],
                state=state,
                nonce=nonce,
                code_verifier=verifier,
                prompt="login",
            )
        with self._lock:
            self._under_way[state] = UnderWay(nonce, verifier, time() + LASTS)
            while len(self._under_way) > MOST_UNDER_WAY:
                self._under_way.popitem(last=False)
        return str(address), state

    def who_came(self, state: str, code: str, back: str) -> str:
        """The name of the account of a person who came back. Raises NotVouchedFor."""
        with self._lock:
            under_way = self._under_way.pop(state, None)
        if under_way is None or under_way.until < time():
            raise NotVouchedFor
        try:
            with self._client(back) as client:
                token = client.fetch_token(
                    self._metadata()["token_endpoint"],
                    code=code,
                    code_verifier=under_way.verifier,
                    grant_type="authorization_code",
                )
            claims = self._claims(token["id_token"])
        except Exception as fault:
            raise NotVouchedFor from fault
        if claims.get("nonce") != under_way.nonce:
            raise NotVouchedFor
        if not SECOND_FACTORS & set(claims.get("amr", ())):
            raise NotVouchedFor
        return str(claims.get("preferred_username", ""))

    def _claims(self, token: str) -> dict[str, Any]:
        from joserfc import jwt
        from joserfc.jwk import KeySet

        keys = KeySet.import_key_set(self._fetched(self._metadata()["jwks_uri"]))
        decoded = jwt.decode(token, keys, algorithms=["RS256", "ES256", "PS256", "EdDSA"])
        expected = jwt.JWTClaimsRegistry(
            iss={"essential": True, "value": self.issuer},
            aud={"essential": True, "value": self.client_id},
            exp={"essential": True},
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
