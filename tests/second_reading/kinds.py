"""The kinds of acts of which small worlds are made, each as all acts of the kind that a day may have."""

from collections.abc import Callable, Iterator
from datetime import date

from tests.second_reading.ledger import Row

TREATY, PROTOCOL = "XVIII-16", "XVIII-16-a"
STATES = ("A", "B", "C")
AMENDMENT = "amendment:A1"

Kinds = Callable[[date], Iterator[Row]]


def act(code: str, action: str, day: date, **columns: str) -> Row:
    treaty = columns.pop("treaty", TREATY)
    return Row(0, treaty, code, action, day, **columns)  # type: ignore[arg-type]


def joining(day: date) -> Iterator[Row]:
    """Signatures, instruments, withdrawals, denunciations, revocations, competence."""
    for code in STATES:
        yield act(code, "signature", day, place="New York")
        yield act(code, "ratification", day)
        yield act(code, "accession", day)
        yield act(code, "withdrawal of instrument", day)
        yield act(code, "denunciation", day)
        yield act(code, "revocation of denunciation", day)
    yield act("O", "signature", day, place="New York")
    yield act("O", "declaration", day, provision="64(3)")
    yield act("O", "approval", day)
    yield act("O", "accession", day)
    yield act("O", "withdrawal of instrument", day)
    yield act("O", "denunciation", day)


def ruling(*readings: str) -> Kinds:
    def kinds(day: date) -> Iterator[Row]:
        for reading in readings:
            yield act("", "ruling", day, subject=reading, text="otherwise")
        yield act("", "ruling", day, subject=readings[0], text="default")

    return kinds


def amending(day: date) -> Iterator[Row]:
    """Amendments: proposals, adoption, consents, their withdrawals, and a newcomer's different intention."""
    yield act("A", "amendment proposal", day, subject=AMENDMENT)
    yield act("C", "amendment proposal", day, subject=AMENDMENT)
    yield act("", "amendment adoption", day, subject=AMENDMENT)
    for code in STATES:
        yield act(code, "ratification", day, subject=AMENDMENT)
        yield act(code, "withdrawal of instrument", day, subject=AMENDMENT)
        yield act(code, "declaration", day, subject=AMENDMENT, provision="40(5)")
        yield act(code, "accession", day)
        yield act(code, "withdrawal of instrument", day)
        yield act(code, "denunciation", day)
    yield act("A", "accession", day, subject=AMENDMENT)
    yield act("A", "revocation of denunciation", day)
    yield act("O", "declaration", day, provision="64(4)")
    yield act("O", "accession", day)
    yield act("O", "approval", day, subject=AMENDMENT)


def reserving(day: date) -> Iterator[Row]:
    """Reservations at every moment, their withdrawals, and objections."""
    for code in STATES[:2]:
        yield act(code, "signature", day, place="New York")
        yield act(code, "ratification", day)
        yield act(code, "withdrawal of instrument", day)
        yield act(code, "reservation", day, provision="63(3)")
        yield act(code, "declaration", day, provision="63.3")
        yield act(code, "declaration", day, provision="41(1)")
        yield act(code, "reservation", day, provision="7(2)")
        yield act(code, "reservation", day, provision="6(1)")
        yield act(code, "withdrawal of reservation", day, provision="63(3)")
        yield act(code, "withdrawal of reservation", day, provision="7(2)")
    yield act("B", "objection", day, provision="63(3)", addressee="A")
    yield act("C", "objection", day, provision="63(3)", addressee="A")
    yield act("C", "objection", day, provision="7(2)", addressee="A")
    yield act("C", "accession", day)
    yield act("A", "denunciation", day)
    yield act("", "ruling", day, subject="confirmation-of-63(3)", text="otherwise")


def objecting(day: date) -> Iterator[Row]:
    """Objections to what the treaty does not provide for, their withdrawals, and the ends of what they rest on."""
    for code in ("B", "C"):
        yield act(code, "objection", day, provision="6(1)", addressee="A")
        yield act(code, "objection", day, provision="6.1", addressee="A", effect="precludes entry into force")
        yield act(code, "withdrawal of objection", day, addressee="A")
        yield act(code, "signature", day, place="New York")
        yield act(code, "accession", day)
        yield act(code, "withdrawal of instrument", day)
        yield act(code, "denunciation", day)
    yield act("B", "objection", day, provision="63(3)", addressee="A")
    yield act("A", "ratification", day)
    yield act("A", "reservation", day, provision="6(1)")
    yield act("A", "reservation", day, provision="63(3)")
    yield act("A", "withdrawal of reservation", day, provision="6(1)")
    yield act("A", "withdrawal of instrument", day)
    yield act("A", "denunciation", day)
    yield act("", "ruling", day, subject="objection-to-authorized-reservation", text="otherwise")


def signing(day: date) -> Iterator[Row]:
    """Signatures, successions to one, their withdrawals, and what was made with them."""
    for code in ("A", "B"):
        yield act(code, "signature", day, place="New York")
        yield act(code, "succession to signature", day)
        yield act(code, "withdrawal of signature", day)
        yield act(code, "accession", day)
        yield act(code, "withdrawal of instrument", day)
        yield act(code, "reservation", day, provision="63(3)")
        yield act(code, "partial withdrawal of reservation", day, provision="63.3")
        yield act(code, "withdrawal of reservation", day)
    yield act("A", "denunciation", day)
    yield act("A", "reservation", day, provision="6(1)")
    yield act("A", "reservation", day, provision="7(2)")
    yield act("B", "objection", day, provision="6(1)", addressee="A")
    yield act("O", "signature", day, place="New York")
    yield act("O", "withdrawal of signature", day)
    yield act("O", "declaration", day, provision="64(4)")
    yield act("O", "accession", day)


def communicating(day: date) -> Iterator[Row]:
    """Territories, reservations withdrawn in part, and what effects nothing, beside what can end it all."""
    for code in ("A", "C"):
        for effect in ("excludes", "extends", ""):
            yield act(code, "territorial application", day, text="Isle", effect=effect)
        yield act(code, "territorial application", day)
        yield act(code, "provisional application", day)
        yield act(code, "objection to correction", day, text='In article 2, read "a"')
        yield act(code, "partial withdrawal of reservation", day, provision="6(1)")
        yield act(code, "withdrawal of instrument", day)
        yield act(code, "accession", day)
        yield act(code, "denunciation", day)
    yield act("A", "reservation", day, provision="6(1)")
    yield act("A", "withdrawal of reservation", day, provision="6(1)")
    yield act("A", "withdrawal of signature", day)
    yield act("C", "succession to signature", day)


def under_protocol(day: date) -> Iterator[Row]:
    """Instruments of the convention and of its protocol, and their ends."""
    for treaty in (TREATY, PROTOCOL):
        for code in STATES:
            yield act(code, "accession", day, treaty=treaty)
            yield act(code, "withdrawal of instrument", day, treaty=treaty)
            yield act(code, "denunciation", day, treaty=treaty)
        yield act("O", "declaration", day, treaty=treaty, provision="64(4)")
        yield act("O", "accession", day, treaty=treaty)
    yield act("A", "revocation of denunciation", day)
    yield act("", "ruling", day, subject="withdrawal-after-threshold", text="otherwise", treaty=PROTOCOL)


def together(*kinds: Kinds) -> Kinds:
    def each(day: date) -> Iterator[Row]:
        for kind in kinds:
            yield from kind(day)

    return each
