"""The signed head of the register and its proofs as data: the answers of `/register/…`, described."""

from typing import Annotated, Any

from fastapi import APIRouter
from fastapi import Path as InPath
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from depositary.web.api.calls import JSON, Here, call
from depositary.web.api.entry_calls import EntryNumber
from depositary.web.api.envelope import Part
from depositary.web.cache_control import tagged_response
from depositary.web.formats.data import as_json

Hash = Annotated[str, Field(description="A SHA-256, hexadecimal.", pattern="^[0-9a-f]{64}$")]


class SignedHead(Part):
    """A signed head of the register."""

    version: int
    size: Annotated[int, Field(description="The number of entries.")]
    root: Hash
    journal: Annotated[Hash | None, Field(description="Of a head of version 2: the last line of the journal.")] = None
    signed_at: Annotated[str, Field(description="As it is signed.", json_schema_extra={"format": "date-time"})]
    key: str
    signature: str


class SigningKeyOfRegister(Part):
    """A key that signed heads, from which size of the register on, and the key that vouched for it."""

    key: str
    public_key: str
    since: int
    vouched_by: str | None
    voucher: str | None


class HeadAnswer(SignedHead):
    """The last signed head of the register, and all keys."""

    keys: list[SigningKeyOfRegister]


class InclusionProof(Part):
    """The proof that an entry is in the register."""

    entry: int
    content: Annotated[str, Field(description="The bytes of the entry: canonical JSON (RFC 8785).")]
    leaf: Hash
    index: int
    path: list[Hash]
    head: SignedHead


class ConsistencyProof(Part):
    """The proof that an earlier register is the beginning of the present one."""

    earlier: int
    earlier_root: Hash
    path: list[Hash]
    head: SignedHead


def routes(router: APIRouter) -> None:
    """The calls about proofs."""

    @call(router, "/register/head", "Register")
    def register_head(request: Request, site: Here) -> HeadAnswer:
        """The last signed head of the register, and the keys that signed and vouched."""
        return as_proven(request, site.proofs.head())  # type: ignore[return-value]

    @call(router, "/register/proof/{entry}", "Register")
    def inclusion_proof(request: Request, site: Here, entry: EntryNumber) -> InclusionProof:
        """The bytes of an entry, and the path that leads to the root of the signed head."""
        return as_proven(request, site.proofs.inclusion(str(entry)))  # type: ignore[return-value]

    @call(router, "/register/consistency/{earlier}", "Register")
    def consistency_proof(
        request: Request,
        site: Here,
        earlier: Annotated[int, InPath(ge=1, le=999_999_999, description="The size of an earlier head.", examples=[1])],
    ) -> ConsistencyProof:
        """That the register of an earlier size is the beginning of the present register."""
        return as_proven(request, site.proofs.consistency(str(earlier)))  # type: ignore[return-value]


def as_proven(request: Request, told: dict[str, Any]) -> Response:
    """A proof with its bytes as `/register/…` has them: what is signed is not written anew."""
    return tagged_response(request, as_json(told), JSON)
