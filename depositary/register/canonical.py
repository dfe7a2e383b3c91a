"""An entry as bytes: canonical JSON (RFC 8785), in three versions. These bytes are what the register keeps and proves.

Each version is frozen: a later one gets a number of its own, and old entries keep theirs. Version 2 has three more
members of an act: addressee, effect and notified. An entry whose act has none of them is written in version 1, so that
equal acts have one digest whenever they were recorded. Version 3 is for entries recorded from a case of the desk: the
receipt has one more member, case; the act is written as in version 1 or 2. Keys and their order, escapes and numbers
are those of RFC 8785; all values are strings, whole numbers, lists and null.
"""

import datetime as dt
import json
from functools import lru_cache
from hashlib import sha256
from json.encoder import encode_basestring as _quoted
from typing import Any

from depositary.law.acts import Act, act_of, row_of
from depositary.register.entry import Entry, Notice, Receipt

VERSIONS = (1, 2, 3)

FIRST = ""
"""The first entry has this in the place of a previous digest."""


def canonical(value: Any) -> str:
    """A value of strings, whole numbers, lists, objects with ASCII keys and null, as RFC 8785 writes it."""
    return _ENCODE(value)


_ENCODE = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def content_of(entry: Entry, previous: str) -> str:
    """The entry's canonical JSON. `previous` is the digest of the entry before it, `FIRST` for the first."""
    rest = canonical(
        {
            "documents": list(entry.documents),
            "notice": _notice(entry.notice),
            "number": entry.number,
            "previous": previous,
            "reason": entry.reason,
            "receipt": _receipt(entry.receipt),
            "recorded_at": instant(entry.recorded_at),
            "recorded_by": entry.recorded_by,
            "rectifies": entry.rectifies,
            "treaty": entry.act.treaty if entry.act else entry.treaty,
            "version": version_of(entry),
        }
    )
    return f'{{"act":{_act(entry.act) if entry.act else "null"},{rest[1:]}'


def version_of(entry: Entry) -> int:
    """The version an entry is written in."""
    if entry.receipt is not None and entry.receipt.case is not None:
        return 3
    return 2 if entry.act is not None and _has_more(entry.act) else 1


def _has_more(act: Act) -> bool:
    """Whether an act has one of the members that version 2 brought."""
    return bool(act.addressee or act.effect or act.notified)


def _act(act: Act) -> str:
    """The canonical JSON of an act: ten thousand are asked for at a time, and this is four times the speed."""
    if _has_more(act):
        return canonical(row_of(act))
    effective = act.effective.isoformat() if act.effective else ""
    return (
        f'{{"action":{_quoted(act.action)},"date":"{act.date.isoformat()}","effective":"{effective}",'
        f'"participant":{_quoted(act.participant)},"place":{_quoted(act.place)},"provision":{_quoted(act.provision)},'
        f'"source":{_quoted(act.source)},"subject":{_quoted(act.subject)},"text":{_quoted(act.text)},'
        f'"treaty":{_quoted(act.treaty)}}}'
    )


def framed(number: int, previous: str) -> str:
    """The piece of an entry's content that places it in the chain; it can stand nowhere else, quotes being escaped."""
    return f',"number":{number},"previous":"{previous}","reason":'


@lru_cache(1000)
def closed(rectifies: int | None, treaty: str, version: int = 1) -> str:
    """The end of an entry's content."""
    return f',"rectifies":{canonical(rectifies)},"treaty":{canonical(treaty)},"version":{version}}}'


@lru_cache(1000)
def endings(rectifies: int | None, treaty: str) -> tuple[str, ...]:
    """The ends that an entry's content may have, one for each version."""
    return tuple(closed(rectifies, treaty, version) for version in VERSIONS)


def entry_of(content: str) -> Entry:
    """The entry written in canonical JSON. Raises ValueError or KeyError for what is not one."""
    told = json.loads(content)
    if told["version"] not in VERSIONS:
        raise ValueError(f"version {told['version']} is not known here")
    number = int(told["number"])
    return Entry(
        number=number,
        act=act_of(told["act"], number) if told["act"] else None,
        recorded_at=dt.datetime.fromisoformat(told["recorded_at"]),
        recorded_by=told["recorded_by"],
        rectifies=told["rectifies"],
        reason=told["reason"],
        treaty=told["treaty"],
        receipt=_receipt_of(told["receipt"]) if told["receipt"] else None,
        notice=_notice_of(told["notice"]) if told["notice"] else None,
        documents=tuple(told["documents"]),
    )


def previous_of(content: str) -> str:
    """The digest an entry's content names as that of the entry before it."""
    return str(json.loads(content)["previous"])


def digest_of(content: str) -> str:
    """The entry's digest: the leaf hash of RFC 9162, SHA-256 over a zero byte and the content; hexadecimal."""
    return sha256(b"\x00" + content.encode()).hexdigest()


def act_digest(act: Act) -> str:
    """The digest of an act, equal for equal acts: the SHA-256 of its canonical JSON; hexadecimal."""
    return sha256(_act(act).encode()).hexdigest()


def act_digest_in(content: str) -> str:
    """The digest of the act in an entry's content; "" for an entry without an act."""
    act = content[7 : content.index(',"documents":[')]
    return "" if act == "null" else sha256(act.encode()).hexdigest()


def instant(moment: dt.datetime) -> str:
    """An instant as text: in UTC, to the microsecond, in one form only, so that texts sort as instants do."""
    return moment.astimezone(dt.UTC).isoformat(timespec="microseconds")


def _receipt(receipt: Receipt | None) -> dict[str, str | int | None] | None:
    if receipt is None:
        return None
    case = {} if receipt.case is None else {"case": receipt.case}
    return case | {
        "determined_by": receipt.determined_by,
        "grounds": receipt.grounds,
        "on_instrument": _day(receipt.on_instrument),
        "received_at": receipt.received_at.isoformat() if receipt.received_at else None,
    }


def _receipt_of(told: dict[str, Any]) -> Receipt:
    received = told["received_at"]
    return Receipt(
        _day_of(told["on_instrument"]),
        dt.datetime.fromisoformat(received) if received else None,
        told["determined_by"],
        told["grounds"],
        told.get("case"),
    )


def _notice(notice: Notice | None) -> dict[str, str | int | None] | None:
    if notice is None:
        return None
    return {
        "concerns": notice.concerns,
        "notified_on": _day(notice.notified_on),
        "published_on": _day(notice.published_on),
        "reference": notice.reference,
    }


def _notice_of(told: dict[str, Any]) -> Notice:
    return Notice(told["concerns"], told["reference"], _day_of(told["notified_on"]), _day_of(told["published_on"]))


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _day_of(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
