"""The words for actions and standings, and the marks of a status table."""

from depositary.acts import Action
from depositary.law.effects import Standing

ACTIONS: dict[Action, str] = {
    "signature": "signature",
    "ratification": "ratification",
    "acceptance": "acceptance",
    "approval": "approval",
    "accession": "accession",
    "succession": "succession",
    "formal confirmation": "formal confirmation",
    "definitive signature": "definitive signature",
    "withdrawal of instrument": "withdrawal of instrument",
    "denunciation": "denunciation",
    "revocation of denunciation": "revocation of denunciation",
    "reservation": "reservation",
    "declaration": "declaration",
    "withdrawal of reservation": "withdrawal of reservation",
    "notification": "notification",
    "objection": "objection",
    "amendment proposal": "proposal of an amendment",
    "amendment adoption": "adoption of an amendment",
    "ruling": "ruling on a reading",
}

MARKS: dict[Action, str] = {
    "acceptance": "A",
    "approval": "AA",
    "accession": "a",
    "succession": "d",
    "formal confirmation": "c",
    "definitive signature": "s",
}

STANDINGS: dict[Standing, str] = {
    "none": "no relation to the treaty",
    "signatory": "signatory",
    "contracting": "contracting",
    "party": "party",
    "former party": "former party",
}
