"""Acts of which the last calls for a notification of each kind, and what its text says."""

from collections.abc import Sequence

from depositary.correspondence.notifications.document import Document
from depositary.correspondence.notifications.event import Event
from depositary.correspondence.notifications.paragraphs import Issue
from depositary.correspondence.notifications.tables import Kind
from depositary.law.acts import Act
from depositary.treaties.collection import Collection
from tests.correspondence.notifications.conftest import ISSUED, act, event_of, forty, register

REFERENCE = "C.N.12.2027.TREATIES-XVIII.16"
ISSUE = Issue(ISSUED, REFERENCE, 812, "ab" * 32, "https://treaties.example.int/cn/2027/12")
IN_FORCE = forty()
SIGNED = act("S41", "signature", "2026-03-02", place="New York")
LATER = "2034-06-01"

ADOPTED = [
    *IN_FORCE,
    act("S01", "amendment proposal", "2033-01-10", subject="amendment:A1"),
    act("", "amendment adoption", LATER, subject="amendment:A1"),
]

DENOUNCED = [*IN_FORCE, act("S02", "denunciation", "2028-05-05")]

CASES: dict[str, tuple[Sequence[Act], Kind, str, tuple[str, ...]]] = {
    "signature": ([SIGNED], "signature", "STATE 41: SIGNATURE", ("2 March 2026", "New York", "64(1)")),
    "ratification before the fortieth": (
        [SIGNED, act("S41", "ratification", "2026-05-04")],
        "consent",
        "STATE 41: RATIFICATION",
        (
            "4 May 2026",
            "not yet in force for State 41",
            "1 of the 40 instruments required has been deposited; 39 more are required",
            "65(1)",
        ),
    ),
    "acceptance": (
        [SIGNED, act("S41", "acceptance", "2026-05-04")],
        "consent",
        "STATE 41: ACCEPTANCE",
        ("39 more",),
    ),
    "approval": ([SIGNED, act("S41", "approval", "2026-05-04")], "consent", "STATE 41: APPROVAL", ("39 more",)),
    "the fortieth": (IN_FORCE, "consent", "STATE 40: ACCESSION", ("10 April 2027", "65(1)", "ninetieth day")),
    "after the fortieth": (
        [*IN_FORCE, act("S41", "accession", "2027-06-01")],
        "consent",
        "STATE 41: ACCESSION",
        ("1 July 2027", "65(2)", "whichever is later"),
    ),
    "entry into force": (
        IN_FORCE,
        "entry into force",
        "ENTRY INTO FORCE",
        ("10 April 2027", "65(1)", "State 40", "not later than one year following", "10 April 2028"),
    ),
    "competence": (
        [
            act("S01", "signature", "2026-03-02"),
            act("ORG", "declaration", "2026-05-04", provision="64(3)", text="Trade"),
        ],
        "competence",
        "ORGANIZATION: DECLARATION OF THE EXTENT OF COMPETENCE",
        ("64(3)", "Trade"),
    ),
    "reservation that is provided for": (
        [
            act("S01", "signature", "2026-03-02"),
            act("S01", "reservation", "2026-03-03", provision="63(3)", text="No."),
        ],
        "reservation",
        "STATE 1: RESERVATION",
        ("for which the treaty provides (article 63(3))", "does not consider itself bound", "No."),
    ),
    "reservation that is late and not provided for": (
        [act("S01", "accession", "2026-05-04"), act("S01", "reservation", "2026-08-04", provision="5", text="No.")],
        "reservation",
        "STATE 1: RESERVATION",
        ("no reservation", "after its instrument", "to accept the reservation for deposit", "end of 1 March 2028"),
    ),
    "reservation that is not provided for": (
        [act("S01", "accession", "2026-05-04"), act("S01", "reservation", "2026-05-04", provision="5", text="No.")],
        "consent",
        "STATE 1: ACCESSION (WITH RESERVATION)",
        ("no reservation", "1 March 2028", "its own instrument", "VCLT 20(5)"),
    ),
    "declaration that is a late reservation": (
        [act("S01", "accession", "2026-05-04"), act("S01", "declaration", "2026-08-04", provision="63(3)", text="No.")],
        "declaration",
        "STATE 1: DECLARATION",
        ("for which the treaty provides (article 63(3))", "to accept the reservation for deposit"),
    ),
    "declaration": (
        [act("S01", "accession", "2026-05-04"), act("S01", "declaration", "2026-05-05", text="We think.")],
        "declaration",
        "STATE 1: DECLARATION",
        ("We think.",),
    ),
    "notification under a provision": (
        [act("S01", "notification", "2026-05-04", provision="37(6)", text="Yes.")],
        "notification",
        "STATE 1: NOTIFICATION",
        ("Yes.", "legal basis for cooperation in extradition"),
    ),
    "territorial application": (
        [
            act("S01", "accession", "2026-05-04", source="C.N.4.2026.TREATIES-XVIII.16"),
            act("S01", "territorial application", "2026-09-01", text="The Isles."),
        ],
        "territorial application",
        "STATE 1: TERRITORIAL APPLICATION",
        ("1 September 2026", "The Isles.", "VCLT 29", "C.N.4.2026.TREATIES-XVIII.16"),
    ),
    "territorial application by one that is not bound": (
        [act("S01", "territorial application", "2026-09-01", text="The Isles.")],
        "territorial application",
        "STATE 1: TERRITORIAL APPLICATION",
        ("it has no legal effect", "with its instrument or afterwards"),
    ),
    "objection": (
        [
            act("S01", "reservation", "2026-05-04", provision="5", source="C.N.3.2026.TREATIES-XVIII.16"),
            act("S02", "objection", "2026-06-04", provision="5", text="We object."),
        ],
        "objection",
        "STATE 2: OBJECTION",
        ("We object.", "VCLT 20(4)(b)", "C.N.3.2026.TREATIES-XVIII.16"),
    ),
    "objection that precludes entry into force": (
        [
            act("S01", "reservation", "2026-05-04", provision="5", source="C.N.3.2026.TREATIES-XVIII.16"),
            act("S03", "reservation", "2026-05-04", provision="5", source="C.N.9.2026.TREATIES-XVIII.16"),
            act("S02", "objection", "2026-06-04", provision="5", addressee="S01", effect="precludes entry into force"),
        ],
        "objection",
        "STATE 2: OBJECTION",
        ("against the act of State 1.", "does not enter into force between the two", "C.N.3.2026.TREATIES-XVIII.16"),
    ),
    "withdrawal of signature": (
        [
            act("S01", "signature", "2026-03-02", place="New York", source="C.N.2.2026.TREATIES-XVIII.16"),
            act("S01", "withdrawal of signature", "2026-05-04"),
        ],
        "notification",
        "STATE 1: WITHDRAWAL OF SIGNATURE",
        ("The signature no longer stands", "VCLT 18", "C.N.2.2026.TREATIES-XVIII.16"),
    ),
    "withdrawal of no signature": (
        [act("S01", "withdrawal of signature", "2026-05-04")],
        "notification",
        "STATE 1: WITHDRAWAL OF SIGNATURE",
        ("it has no legal effect",),
    ),
    "succession to signature": (
        [act("S01", "succession to signature", "2026-05-04")],
        "notification",
        "STATE 1: SUCCESSION TO SIGNATURE",
        ("it may ratify, accept or approve",),
    ),
    "provisional application": (
        [act("S01", "provisional application", "2026-05-04", text="From today.")],
        "notification",
        "STATE 1: PROVISIONAL APPLICATION",
        ("From today.", "VCLT 25"),
    ),
    "withdrawal of a consent to an amendment": (
        [
            *ADOPTED,
            act("S03", "acceptance", "2034-10-03", subject="amendment:A1"),
            act("S03", "withdrawal of instrument", "2034-10-10", subject="amendment:A1"),
        ],
        "notification",
        "STATE 3: WITHDRAWAL OF INSTRUMENT (AMENDMENT A1)",
        ("it had not yet bound",),
    ),
    "partial withdrawal of reservation": (
        [
            act("S01", "reservation", "2026-05-04", provision="63(3)", source="C.N.3.2026.TREATIES-XVIII.16"),
            act("S01", "partial withdrawal of reservation", "2027-01-04", provision="63(3)", text="In part."),
        ],
        "withdrawal of reservation",
        "STATE 1: PARTIAL WITHDRAWAL OF RESERVATION",
        ("In part.", "VCLT 22(3)(a)", "C.N.3.2026.TREATIES-XVIII.16"),
    ),
    "objection to a correction": (
        [act("S01", "objection to correction", "2026-05-04", text="The text is right.")],
        "notification",
        "STATE 1: OBJECTION TO CORRECTION",
        ("The text is right.", "VCLT 79(2)"),
    ),
    "withdrawal of reservation": (
        [
            act("S01", "reservation", "2026-05-04", provision="63(3)", source="C.N.3.2026.TREATIES-XVIII.16"),
            act("S01", "withdrawal of reservation", "2027-01-04", provision="63(3)"),
        ],
        "withdrawal of reservation",
        "STATE 1: WITHDRAWAL OF RESERVATION",
        ("VCLT 22(3)(a)", "C.N.3.2026.TREATIES-XVIII.16"),
    ),
    "withdrawal of instrument": (
        [
            act("S01", "accession", "2026-05-04", source="C.N.4.2026.TREATIES-XVIII.16"),
            act("S01", "withdrawal of instrument", "2026-09-01"),
        ],
        "withdrawal of instrument",
        "STATE 1: WITHDRAWAL OF INSTRUMENT",
        ("1 September 2026", "0 of the 40", "C.N.4.2026.TREATIES-XVIII.16"),
    ),
    "denunciation": (
        DENOUNCED,
        "denunciation",
        "STATE 2: DENUNCIATION",
        ("5 May 2029", "67(1)", "one year after the date of receipt"),
    ),
    "denunciation by one that is no party": (
        [act("S02", "denunciation", "2026-05-05")],
        "denunciation",
        "STATE 2: DENUNCIATION",
        ("it has no legal effect", "without being a party"),
    ),
    "revocation": (
        [*DENOUNCED, act("S02", "revocation of denunciation", "2028-09-01")],
        "revocation of denunciation",
        "STATE 2: REVOCATION OF DENUNCIATION",
        ("received on 5 May 2028 is revoked", "VCLT 68"),
    ),
    "amendment proposed": (
        ADOPTED[:-1],
        "amendment proposal",
        "STATE 1: AMENDMENT PROPOSAL (AMENDMENT A1)",
        ("66(1)", "After the expiry of five years"),
    ),
    "amendment adopted": (
        ADOPTED,
        "amendment adoption",
        "AMENDMENT ADOPTION (AMENDMENT A1)",
        ("66(3)", "66(4)", "subject to ratification"),
    ),
    "amendment accepted, in force for a party": (
        [*ADOPTED, act("S03", "acceptance", "2034-10-03", subject="amendment:A1")],
        "amendment consent",
        "STATE 3: ACCEPTANCE (AMENDMENT A1)",
        ("1 January 2035", "66(4)"),
    ),
    "ruling that moves a date": (
        [
            *IN_FORCE,
            act("S05", "withdrawal of instrument", "2027-02-01"),
            act("", "ruling", "2027-02-20", subject="withdrawal-after-threshold", text="otherwise"),
        ],
        "ruling",
        "RULING",
        ("Withdrawal after the number was reached", "entry into force: no date, and not 10 April 2027"),
    ),
}
"""The acts of a register, the kind that follows from the last one, the event in English, and what its text contains."""


def last(acts: Sequence[Act], treaties: Collection, kind: str = "") -> Event:
    entries = register(*acts)
    return event_of(treaties, entries, len(entries), kind if kind in ("entry into force",) else "")


def text(document: Document) -> str:
    return "\n".join(f"{one.label} {one.text}" for one in document.paragraphs)
