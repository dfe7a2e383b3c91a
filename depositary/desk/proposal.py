"""The proposal of a draft to the register: it is shown, hashed and released in one form."""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Literal, get_args

from depositary.law.acts import Act, act_of, row_of
from depositary.register.canonical import canonical
from depositary.register.entry import Receipt

Kind = Literal["record", "rectify", "strike", "import"]
KINDS: tuple[Kind, ...] = get_args(Kind)

Check = Literal["", "yes", "no"]
CHECKS = ("capacity", "undertaking", "original", "language")
"""The checks of an instrument: the signer's capacity, an unambiguous undertaking, the original, its language."""


@dataclass(frozen=True)
class Proposal:
    """An act to record, to put in an entry's place, an entry to strike out, or the acts of a file.

    With an organization's instrument its declaration of competence is recorded first, so that the instrument is last.

    `target` is the entry rectified or struck out, 0 for none; `checks` answers `CHECKS` in their order.
    """

    kind: Kind
    acts: tuple[Act, ...]
    target: int = 0
    reason: str = ""
    receipt: Receipt | None = None
    documents: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ("", "", "", "")
    remark: str = ""

    @property
    def act(self) -> Act | None:
        """The act that it proposes; None for a strike-out and for a file."""
        return self.acts[-1] if self.acts and self.kind != "import" else None

    @property
    def content(self) -> str:
        """The proposal as canonical JSON."""
        receipt = self.receipt or Receipt()
        return canonical(
            {
                "acts": [row_of(act) for act in self.acts],
                "checks": list(self.checks),
                "documents": list(self.documents),
                "kind": self.kind,
                "reason": self.reason,
                "receipt": {
                    "determined_by": receipt.determined_by,
                    "grounds": receipt.grounds,
                    "on_instrument": receipt.on_instrument.isoformat() if receipt.on_instrument else None,
                    "received_at": receipt.received_at.isoformat() if receipt.received_at else None,
                }
                if self.receipt
                else None,
                "remark": self.remark,
                "target": self.target,
            }
        )

    @property
    def digest(self) -> str:
        """The SHA-256 of its content."""
        return sha256(self.content.encode()).hexdigest()

    def numbered(self, last: int) -> tuple[Act, ...]:
        """Its acts with the numbers that they would have after the last entry of a register."""
        return tuple(replace(act, number=number) for number, act in enumerate(self.acts, last + 1))


def proposal_of(content: str) -> Proposal:
    """The proposal written in canonical JSON."""
    fields: dict[str, Any] = json.loads(content)
    receipt = fields["receipt"]
    return Proposal(
        kind=fields["kind"],
        acts=tuple(act_of(row) for row in fields["acts"]),
        target=fields["target"],
        reason=fields["reason"],
        receipt=Receipt(
            date.fromisoformat(receipt["on_instrument"]) if receipt["on_instrument"] else None,
            datetime.fromisoformat(receipt["received_at"]) if receipt["received_at"] else None,
            receipt["determined_by"],
            receipt["grounds"],
        )
        if receipt
        else None,
        documents=tuple(fields["documents"]),
        checks=tuple(fields["checks"]),
        remark=fields["remark"],
    )
