"""What a case says: its items, its documents, how it came; as it is shown, hashed, examined and released.

A case is what came in one note verbale or at one ceremony, a file of acts, or a correction of the register. Its content
is canonical JSON. Before there were cases, a draft said one thing: that form is still read, and keeps its bytes.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Literal, get_args

from depositary.law.acts import CONSENTS, Act, Action, act_of, row_of
from depositary.register.canonical import canonical
from depositary.register.entry import Receipt

Kind = Literal["record", "rectify", "strike", "designation"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""What an item does in the register."""

Check = Literal["", "yes", "no"]
CHECKS = ("capacity", "undertaking", "original", "language")
"""What is checked of an instrument: the signer's capacity, an unambiguous undertaking, the original, its language."""
UNCHECKED: tuple[Check, ...] = ("", "", "", "")

INSTRUMENTS: tuple[Action, ...] = (*CONSENTS, "withdrawal of instrument", "denunciation", "revocation of denunciation")

DocumentKind = Literal["instrument", "full powers", "note verbale", "translation", "file of acts"]
DOCUMENT_KINDS: tuple[DocumentKind, ...] = get_args(DocumentKind)


@dataclass(frozen=True, slots=True)
class Document:
    """A document that came with the case, by the SHA-256 of its content."""

    digest: str
    kind: DocumentKind = "instrument"
    name: str = ""


@dataclass(frozen=True, slots=True)
class Designated:
    """An authority that a note designates: for whom, under which function, and its data, sealed."""

    participant: str
    function: str
    sealed: str


@dataclass(frozen=True, slots=True)
class Item:
    """An act to record; an act in the place of an entry (`target`), for a `reason`; or an entry to strike out.

    An item with a designation records no act: it is handed to the officers who keep the registers of authorities.
    """

    act: Act | None = None
    target: int = 0
    reason: str = ""
    is_set_aside: bool = False
    designation: Designated | None = None

    @property
    def kind(self) -> Kind:
        if self.designation:
            return "designation"
        if not self.target:
            return "record"
        return "rectify" if self.act else "strike"


@dataclass(frozen=True, slots=True)
class CaseContent:
    """What a case says. An item that is set aside stays in the case, and is neither examined nor released.

    `is_file` marks the acts of an imported file; `checks` answers `CHECKS` in their order; `signer` is the name and the
    title of the person who signed. `handed_to` is the colleague who goes on with it, "" for nobody in particular.
    """

    items: tuple[Item, ...]
    receipt: Receipt | None = None
    documents: tuple[Document, ...] = ()
    checks: tuple[Check, ...] = UNCHECKED
    signer: str = ""
    remark: str = ""
    is_file: bool = False
    handed_to: str = ""
    powers_until: date | None = None
    """The last day of the signer's full powers (VCLT 7); None where none were produced, or they name no day."""

    @property
    def standing(self) -> tuple[Item, ...]:
        """The items that are not set aside."""
        return tuple(item for item in self.items if not item.is_set_aside)

    @property
    def to_record(self) -> tuple[Item, ...]:
        """The items that become entries of the register, in their order."""
        return tuple(item for item in self.standing if item.designation is None)

    @property
    def designations(self) -> tuple[Designated, ...]:
        """The authorities that the case designates."""
        return tuple(item.designation for item in self.standing if item.designation)

    @property
    def acts(self) -> tuple[Act, ...]:
        """The acts that the case would record."""
        return tuple(item.act for item in self.standing if item.act)

    @property
    def participants(self) -> tuple[str, ...]:
        """The codes of those who act or designate an authority, each once: several at a ceremony."""
        acting = (act.participant for act in self.acts if act.participant)
        return tuple(dict.fromkeys((*acting, *(designated.participant for designated in self.designations))))

    @property
    def targets(self) -> frozenset[int]:
        """The numbers of the entries whose place is taken or that are struck out."""
        return frozenset(item.target for item in self.standing if item.target)

    @property
    def act(self) -> Act | None:
        """The act that gives the case its name: the first instrument, or else the last act; None for a file."""
        return None if self.is_file else main_act(self.acts)

    def act_of(self, participant: str) -> Act | None:
        """The first instrument of a participant, or else its last act; None where it does no act."""
        return main_act([act for act in self.acts if act.participant == participant])

    @property
    def scans(self) -> tuple[str, ...]:
        """The digests of the documents that are attached to each entry."""
        return tuple(document.digest for document in self.documents if document.kind != "file of acts")

    @property
    def content(self) -> str:
        """The content as canonical JSON."""
        added = {"handed_to": self.handed_to} if self.handed_to else {}
        added |= {"powers_until": self.powers_until.isoformat()} if self.powers_until else {}
        return canonical(
            added
            | {
                "checks": list(self.checks),
                "documents": [[document.digest, document.kind, document.name] for document in self.documents],
                "is_file": int(self.is_file),
                "items": [
                    {
                        "act": row_of(item.act) if item.act else None,
                        "designation": _of_designation(item.designation),
                        "is_set_aside": int(item.is_set_aside),
                        "reason": item.reason,
                        "target": item.target,
                    }
                    for item in self.items
                ],
                "receipt": _told(self.receipt) if self.receipt else None,
                "remark": self.remark,
                "signer": self.signer,
            }
        )

    @property
    def digest(self) -> str:
        """The SHA-256 of its content."""
        return sha256(self.content.encode()).hexdigest()

    def numbered(self, last: int) -> tuple[Act, ...]:
        """Its acts with the numbers that they would have after the last entry of a register."""
        return tuple(replace(act, number=number) for number, act in enumerate(self.acts, last + 1))

    def with_item(self, place: int, *items: Item) -> "CaseContent":
        """The content with items in the place of one, counted from 1; after the last, they are added."""
        return replace(self, items=(*self.items[: place - 1], *items, *self.items[place:]))

    def set_aside(self, place: int) -> "CaseContent":
        """The content with an item set aside, or taken up again where it was set aside."""
        item = self.items[place - 1]
        return self.with_item(place, replace(item, is_set_aside=not item.is_set_aside))


def main_act(acts: Sequence[Act]) -> Act | None:
    """The first instrument of some acts, or else the last act."""
    instruments = [act for act in acts if act.action in INSTRUMENTS]
    return next(iter((*instruments, *acts[-1:])), None)


def case_of_acts(*acts: Act, remark: str = "") -> CaseContent:
    """The content of a case whose items are acts to record."""
    return CaseContent(tuple(Item(act) for act in acts), remark=remark)


def content_of_case(text: str) -> CaseContent:
    """The content written in canonical JSON, in its present form or in that of a draft."""
    fields: dict[str, Any] = json.loads(text)
    if "items" not in fields:
        return _of_draft(fields)
    return CaseContent(
        tuple(
            Item(
                act_of(item["act"]) if item["act"] else None,
                item["target"],
                item["reason"],
                bool(item["is_set_aside"]),
                Designated(*item["designation"]) if item["designation"] else None,
            )
            for item in fields["items"]
        ),
        _receipt(fields["receipt"]),
        tuple(Document(*document) for document in fields["documents"]),
        tuple(fields["checks"]),
        fields["signer"],
        fields["remark"],
        bool(fields["is_file"]),
        fields.get("handed_to", ""),
        date.fromisoformat(fields["powers_until"]) if "powers_until" in fields else None,
    )


def _of_draft(fields: dict[str, Any]) -> CaseContent:
    """The content of a draft: acts to record, those of a file, an act in an entry's place, or an entry struck out."""
    kind, target, reason = fields["kind"], fields["target"], fields["reason"]
    acts: tuple[Act | None, ...] = tuple(act_of(row) for row in fields["acts"])
    if kind == "strike":
        acts = (None,)
    return CaseContent(
        tuple(Item(act, target, reason) for act in acts),
        _receipt(fields["receipt"]),
        tuple(Document(digest) for digest in fields["documents"]),
        tuple(fields["checks"]),
        remark=fields["remark"],
        is_file=kind == "import",
    )


def _of_designation(designated: Designated | None) -> list[str] | None:
    return [designated.participant, designated.function, designated.sealed] if designated else None


def _told(receipt: Receipt) -> dict[str, str | None]:
    return {
        "determined_by": receipt.determined_by,
        "grounds": receipt.grounds,
        "on_instrument": receipt.on_instrument.isoformat() if receipt.on_instrument else None,
        "received_at": receipt.received_at.isoformat() if receipt.received_at else None,
    }


def _receipt(told: dict[str, Any] | None) -> Receipt | None:
    if told is None:
        return None
    return Receipt(
        date.fromisoformat(told["on_instrument"]) if told["on_instrument"] else None,
        datetime.fromisoformat(told["received_at"]) if told["received_at"] else None,
        told["determined_by"],
        told["grounds"],
    )
