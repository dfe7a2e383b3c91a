"""Recording: each function is one transaction that appends, and signs the head, or does nothing at all.

Every recording may carry a key of the caller's: the same request under the same key is carried out once and gives the
same entry again.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256

from depositary.errors import Sentence
from depositary.law.acts import Act
from depositary.register.canonical import act_digest
from depositary.register.entry import Entry, Notice, Receipt
from depositary.register.store import Store
from depositary.register.transaction import LONGEST_DOCUMENT, Refused, Transaction, request_digest


class AlreadyRecorded(Refused):
    """The same act stands in the register. `entry` is the one that was recorded first."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        super().__init__(
            Sentence(
                "This act is recorded already: entry %(number)d, by %(by)s, %(at)s. Nothing was recorded.",
                number=entry.number,
                by=entry.recorded_by,
                at=entry.recorded_at.isoformat(),
            )
        )


def record(
    act: Act,
    by: str,
    at: datetime,
    store: Store,
    *,
    receipt: Receipt | None = None,
    documents: Sequence[bytes] = (),
    key: str = "",
    after: Act | None = None,
) -> Entry:
    """Appends one act, and in the same transaction before it the act that it comes `after`.

    Raises AlreadyRecorded where an equal one stands, Refused for a key used for another.
    """
    acts = (after, act) if after else (act,)
    told = ("record", *map(act_digest, acts), *_digests(documents), repr(receipt))

    def append(recording: Transaction) -> Entry:
        scans = attach(recording, documents)
        return [enter(recording, each, by, at, receipt=receipt, documents=scans) for each in acts][-1]

    return _once(store, by, key, told, append)


def enter(
    recording: Transaction, act: Act, by: str, at: datetime, *, receipt: Receipt | None, documents: tuple[str, ...] = ()
) -> Entry:
    """Does the work of `record` in an open transaction; the documents are attached already."""
    if standing := recording.standing(act):
        raise AlreadyRecorded(_entry(recording, standing[0]))
    return recording.append(act, at, by, receipt=receipt, documents=documents)


def rectify(
    number: int,
    act: Act,
    by: str,
    at: datetime,
    store: Store,
    *,
    reason: str,
    receipt: Receipt | None = None,
    documents: Sequence[bytes] = (),
    key: str = "",
) -> Entry:
    """Appends the act that takes the place of an entry's. The old entry stays, and stays visible.

    Raises Refused for an entry that is not there, has no act, or was rectified or struck out already; without a
    reason; and for an act under another treaty, for which the entry is struck out and the act recorded.
    """
    told = ("rectify", number, act_digest(act), reason, *_digests(documents), repr(receipt))
    return _once(
        store,
        by,
        key,
        told,
        lambda recording: enter_instead(
            recording, number, act, by, at, reason=reason, receipt=receipt, documents=attach(recording, documents)
        ),
    )


def enter_instead(
    recording: Transaction,
    number: int,
    act: Act,
    by: str,
    at: datetime,
    *,
    reason: str,
    receipt: Receipt | None,
    documents: tuple[str, ...] = (),
) -> Entry:
    """Does the work of `rectify` in an open transaction; the documents are attached already."""
    old = _rectifiable(recording, number, reason)
    if old.act is None:
        raise Refused(
            Sentence("Entry %(number)d has no act that could be rectified. Nothing was recorded.", number=number)
        )
    if act.treaty != old.treaty:
        raise Refused(
            Sentence(
                "Entry %(number)d is under %(old)s, and a rectification stays there: strike it out, "
                "and record the act under %(new)s. Nothing was recorded.",
                number=number,
                old=old.treaty,
                new=act.treaty,
            )
        )
    came = replace(old.receipt, case=None) if old.receipt else None
    kept = came if receipt is None else receipt
    if act == old.act and kept == came and set(documents) <= set(old.documents):
        raise Refused(Sentence("This is what entry %(number)d says already. Nothing was recorded.", number=number))
    scans = tuple(dict.fromkeys((*old.documents, *documents)))
    return recording.append(act, at, by, rectifies=number, reason=reason, receipt=kept, documents=scans)


def strike_out(number: int, by: str, at: datetime, store: Store, *, reason: str, key: str = "") -> Entry:
    """Appends that an entry is struck out. Raises Refused as `rectify` does."""
    told = ("strike out", number, reason)
    return _once(store, by, key, told, lambda recording: enter_strike(recording, number, by, at, reason=reason))


def enter_strike(recording: Transaction, number: int, by: str, at: datetime, *, reason: str) -> Entry:
    """Does the work of `strike_out` in an open transaction."""
    _rectifiable(recording, number, reason)
    return recording.append(None, at, by, rectifies=number, reason=reason)


def note(
    number: int,
    by: str,
    at: datetime,
    store: Store,
    *,
    reference: str = "",
    notified_on: date | None = None,
    published_on: date | None = None,
    key: str = "",
) -> Entry:
    """Appends that an entry was notified (a C.N.'s reference and date) or published. Raises Refused for no entry."""
    notice = Notice(number, reference, notified_on, published_on)

    def append(recording: Transaction) -> Entry:
        old = recording.entry(number)
        if old is None or old.act is None:
            raise Refused(Sentence("There is no act in entry %(number)d. Nothing was recorded.", number=number))
        if not (notified_on or published_on):
            raise Refused(Sentence("Give the date of the notification or of the publication. Nothing was recorded."))
        return recording.append(None, at, by, treaty=old.treaty, notice=notice)

    return _once(store, by, key, ("note", repr(notice)), append)


def _once(store: Store, by: str, key: str, told: tuple[object, ...], append: Callable[[Transaction], Entry]) -> Entry:
    """Carries a request out once under its key, which is the caller's own."""
    if len(key) > 100:
        raise Refused(Sentence("A key has at most 100 characters. Nothing was recorded."))
    name, digest = f"{by}/{key}"[:200], request_digest(by, *(str(part) for part in told))
    with store.recording() as recording:
        if key and (before := recording.request(name)):
            if before[0] != digest:
                raise Refused(
                    Sentence(
                        "The key %(key)s was used for another recording, entry %(number)d. Nothing was recorded.",
                        key=repr(key),
                        number=before[1],
                    )
                )
            return _entry(recording, before[1])
        entry = append(recording)
        if key:
            recording.note_request(name, digest, entry.number)
        return entry


def _rectifiable(recording: Transaction, number: int, reason: str) -> Entry:
    entry = recording.standing_entry(
        number,
        none=Sentence(
            "There is no entry %(number)d; the register has %(size)d. Nothing was recorded.",
            number=number,
            size=recording.size,
        ),
        replaced=lambda by: Sentence(
            "Entry %(number)d was rectified or struck out by entry %(by)d: go on from there. Nothing was recorded.",
            number=number,
            by=by,
        ),
    )
    if entry.rectifies is not None and entry.act is None:
        raise Refused(
            Sentence(
                "Entry %(number)d strikes out another and cannot be undone; record the act anew. Nothing was recorded.",
                number=number,
            )
        )
    if not reason.strip():
        raise Refused(Sentence("Say why: a rectification has a reason. Nothing was recorded."))
    return entry


def attach(recording: Transaction, documents: Sequence[bytes]) -> tuple[str, ...]:
    """Keeps documents. Gives their digests, each once. Raises Refused for a document that is too long."""
    for document in documents:
        if len(document) > LONGEST_DOCUMENT:
            raise Refused(
                Sentence("A document has at most %(number)d MB. Nothing was recorded.", number=LONGEST_DOCUMENT >> 20)
            )
    return tuple(dict.fromkeys(recording.attach(document) for document in documents))


def attach_all(store: Store, documents: Sequence[bytes]) -> tuple[str, ...]:
    """Keeps documents before there is an entry that names them; their digests. Raises Refused for one too long."""
    if not documents:
        return ()
    with store.recording() as recording:
        return attach(recording, documents)


def _digests(documents: Sequence[bytes]) -> tuple[str, ...]:
    return tuple(sha256(document).hexdigest() for document in documents)


def _entry(recording: Transaction, number: int) -> Entry:
    entry = recording.entry(number)
    assert entry is not None, number
    return entry
