"""The forms of the intake: the fields of each kind of act, and what a filled form proposes."""

import unicodedata
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from depositary import clock
from depositary.desk.case_content import CHECKS, INSTRUMENTS, CaseContent, Check, Document, Item, Kind
from depositary.errors import Sentence
from depositary.law.acts import (
    ACTIONS,
    AMENDMENT,
    COLUMNS,
    EFFECTS,
    NOBODYS,
    NOTIFIED,
    WITH_ADDRESSEE,
    Act,
    Action,
    act_of,
    row_of,
)
from depositary.law.dates import parse_date
from depositary.register.entry import Receipt
from depositary.treaties.collection import Collection
from depositary.treaties.competence import declaration_of_competence
from depositary.treaties.csv_files import field_fault
from depositary.treaties.instruments_csv import row_faults
from depositary.treaties.written_dates import one_meaning
from depositary.web.staff.intake_kinds import STATEMENTS
from depositary.web.staff.intake_labels import LABELS
from depositary.web.staff.typed_dates import typed_day, understood
from depositary.words import Language
from depositary.words.labels import N_

Part = Literal["whole", "item", "case"]
PARTS: tuple[Part, ...] = get_args(Part)
"""What a form asks for: an act and the case that it begins, an item alone, or the case without its items."""

ZONES = ("America/New_York", "Europe/Vienna", "Europe/Zurich", "Asia/Ho_Chi_Minh", "Africa/Nairobi", "UTC")
"""The time zones in which instruments are received: Headquarters, the other seats, and Hanoi."""

FIELDS_OF_ACTIONS: dict[str, Container[str]] = {
    "place": ("signature",),
    "effective": ("succession",),
    "subject": (
        *("ratification", "acceptance", "approval", "withdrawal of instrument"),
        *("amendment proposal", "amendment adoption"),
    ),
    "addressee": WITH_ADDRESSEE,
    "provision": STATEMENTS,
    "text": (*STATEMENTS, "objection to correction"),
    "effect": EFFECTS,
    "notified": NOTIFIED,
}
"""The fields that the forms of some actions have, in their order."""

AS_TYPED = ("treaty", "date", "place", "effective", "provision", "text", "source", "effect", "notified")
"""The columns that take what is typed as it is."""

TYPED_AS: dict[tuple[str, str], str] = {
    ("ruling", "subject"): "reading",
    ("ruling", "text"): "choice",
    ("territorial application", "text"): "territories",
}
"""The columns of an action to which its form gives another name."""

LONG = frozenset({"text", "territories", "competence", "grounds", "reason", "remark"})
"""The fields with room for more than a line."""


@dataclass(frozen=True)
class FilledIntake:
    """A filled form: the case that it makes, None where it has faults, and the faults by field."""

    content: CaseContent | None
    faults: Mapping[str, str]


def fields_of(action: Action, *, correcting: bool, part: Part = "whole") -> dict[str, tuple[str, ...]]:
    """The fields of a form for an action, by group: of the act alone, or with those of the case it begins."""
    act = ["participant", "date"]
    for name, actions in FIELDS_OF_ACTIONS.items():
        if action in actions:
            act.append(TYPED_AS.get((action, name), name))
    if action in ("ratification", "acceptance", "approval", "accession") and not correcting:
        act.append("competence")
    if action == "amendment adoption":
        act.remove("participant")
    if action == "ruling":
        act = ["reading", "choice", "date"]
    groups = {N_("The act"): tuple(act)}
    if correcting:
        groups[N_("The correction")] = ("reason",)
    groups[N_("Treaty and reference")] = ("treaty", "source")
    return groups if part == "item" else groups | fields_of_case(action)


def fields_of_case(action: Action | None) -> dict[str, tuple[str, ...]]:
    """The fields that concern the whole case, by group; without an action, all of them."""
    groups: dict[str, tuple[str, ...]] = {}
    if action != "ruling":
        groups[N_("How it came")] = (
            *("on_instrument", "received_on", "received_time", "received_zone", "signer", "powers_until"),
        )
        groups[N_("How its date was determined")] = ("determined_by", "grounds")
    if action in INSTRUMENTS or action is None:
        groups[N_("Form of the instrument")] = CHECKS
    groups[N_("For the second person")] = ("remark",)
    return groups


def slug(action: Action) -> str:
    return action.replace(" ", "-")


def action_of(slugged: str) -> Action | None:
    """The action of a slug; None for no action."""
    return next((action for action in ACTIONS if slug(action) == slugged), None)


def values_of(content: CaseContent, item: Item | None, words: Language, collection: Collection) -> dict[str, str]:
    """The values of a form that begins from a case, and from one of its items."""
    values = dict(zip(CHECKS, content.checks, strict=True)) | {"remark": content.remark, "signer": content.signer}
    values["powers_until"] = content.powers_until.isoformat() if content.powers_until else ""
    if item is not None:
        values["reason"] = item.reason
    if item is not None and (act := item.act):
        row = row_of(act)
        values |= {column: row[column] for column in COLUMNS}
        values["subject"] = act.amendment
        values |= {name: row[column] for (action, column), name in TYPED_AS.items() if action == act.action}
        if act.participant:
            values["participant"] = option(collection, act.participant, words, act.date)
        if act.addressee:
            values["addressee"] = option(collection, act.addressee, words, act.date)
    if receipt := content.receipt:
        values |= {
            "on_instrument": receipt.on_instrument.isoformat() if receipt.on_instrument else "",
            "determined_by": receipt.determined_by,
            "grounds": receipt.grounds,
        }
        if at := receipt.received_at:
            zone = next((z for z in ZONES if at.astimezone(ZoneInfo(z)).utcoffset() == at.utcoffset()), "UTC")
            values |= {"received_on": at.date().isoformat(), "received_time": f"{at:%H:%M}", "received_zone": zone}
    return values


def option(collection: Collection, code: str, words: Language, on: date) -> str:
    """A participant as a form offers it: `Ghana (GHA)`."""
    return f"{words.name(collection.participants, code, on)} ({code})"


NOTHING = CaseContent(())
"""The content of a case before its first form is filled."""


@dataclass(frozen=True)
class FormOfCase:
    """Which form was filled: of a new case, of one item of a case (`place`, from 1), or of what concerns all of it."""

    kind: Kind
    action: Action | None
    target: int = 0
    part: Part = "whole"
    place: int = 1
    before: CaseContent = NOTHING


def read_form(
    form: Mapping[str, str], collection: Collection, of: FormOfCase, documents: tuple[Document, ...]
) -> FilledIntake:
    """The case that a filled form makes. The faults name their field, say what is wrong and what is allowed."""
    faults: dict[str, str] = {}
    typed = {name: _clean(value) for name, value in {**form, **understood(form)}.items()}
    for name in LABELS:
        if fault := field_fault("text" if name in LONG else name, typed.get(name, "")):
            faults[name] = fault
    content = replace(of.before, documents=documents)
    if of.part != "case":
        items = _items(typed, collection, of, faults)
        content = content.with_item(of.place, *items)
    if of.part != "item":
        content = replace(
            content,
            receipt=_receipt(typed, faults),
            checks=tuple(_check(typed.get(name, "")) for name in CHECKS),
            signer=typed.get("signer", ""),
            powers_until=_day("powers_until", typed, faults),
            remark=typed.get("remark", ""),
        )
    return FilledIntake(None if faults else content, faults)


def _items(
    typed: Mapping[str, str], collection: Collection, of: FormOfCase, faults: dict[str, str]
) -> tuple[Item, ...]:
    """The item of a form; before an organization's instrument its declaration of competence."""
    reason = typed.get("reason", "")
    if of.kind != "record" and not reason:
        faults["reason"] = Sentence("say why: a correction has a reason")
    act = None
    if of.kind != "strike":
        assert of.action is not None
        act = _act(typed, collection, of.action, faults)
    if act is None or of.kind != "record":
        return (Item(act, of.target, reason),)
    said = typed.get("competence", "")
    declares = said and act.participant in collection.participants.organizations
    return (
        *((Item(declaration_of_competence(act, said, collection.treaties[act.treaty])),) if declares else ()),
        Item(act),
    )


def _act(typed: Mapping[str, str], collection: Collection, action: Action, faults: dict[str, str]) -> Act | None:
    row = dict.fromkeys(COLUMNS, "") | {"action": action}
    row |= {name: typed.get(name, "") for name in AS_TYPED}
    if subject := typed.get("subject", ""):
        row["subject"] = f"{AMENDMENT}{subject.removeprefix(AMENDMENT)}"
    row |= {column: typed.get(name, "") for (of, column), name in TYPED_AS.items() if of == action}
    if action == "signature" and not row["place"]:
        row["place"] = place_on(collection, row["treaty"], row["date"])
    if action not in NOBODYS:
        row["participant"] = _participant("participant", typed, collection, faults)
    if typed.get("addressee"):
        row["addressee"] = _participant("addressee", typed, collection, faults)
    for column in ("date", "effective", "notified"):
        if row[column]:
            try:
                one_meaning(row[column])
            except ValueError as fault:
                faults.setdefault(column, fault.args[0])
    for column, said in row_faults(row, collection.participants, collection.treaties):
        faults.setdefault(TYPED_AS.get((action, column), column), said)
    return None if faults else act_of(row)


def place_on(collection: Collection, treaty: str, day: str) -> str:
    """The place at which a treaty is open for signature on a day; "" where there is none, or several."""
    clauses = collection.treaties.get(treaty)
    try:
        on = parse_date(day)
    except ValueError:
        return ""
    periods = clauses.signature.periods if clauses and clauses.signature else ()
    places = {period.place for period in periods if period.since <= on <= period.until}
    return places.pop() if len(places) == 1 else ""


def _participant(name: str, typed: Mapping[str, str], collection: Collection, faults: dict[str, str]) -> str:
    """The code of the participant typed in a field, as it is called on the date of the act."""
    try:
        on = parse_date(typed.get("date", ""))
    except ValueError:
        on = date.max
    return participant_in(collection, typed, on, faults, name)


def participant_in(
    collection: Collection, typed: Mapping[str, str], on: date, faults: dict[str, str], name: str = "participant"
) -> str:
    """The code of the participant typed in a field, "" with a fault where there is none or several."""
    text = typed.get(name, "").strip()
    if code := collection.gazetteer.resolve(text, on):
        return code
    if text:
        faults[name] = collection.gazetteer.question(text, on)
    else:
        faults[name] = Sentence("is empty; give a code, or a name in any of the six languages")
    return ""


def _day(name: str, typed: Mapping[str, str], faults: dict[str, str]) -> date | None:
    """The day that is typed in a field; None, with a fault where it is no day, for none."""
    try:
        return typed_day(typed.get(name, ""))
    except ValueError as fault:
        faults[name] = fault.args[0]
        return None


def _receipt(typed: Mapping[str, str], faults: dict[str, str]) -> Receipt | None:
    days = {name: _day(name, typed, faults) for name in ("on_instrument", "received_on")}
    received, clock_time, zone = (
        days.get("received_on"),
        typed.get("received_time", ""),
        typed.get("received_zone", ZONES[0]),
    )
    at = None
    if received:
        try:
            at = datetime.combine(
                received, time.fromisoformat(clock_time), ZoneInfo(zone if zone in ZONES else ZONES[0])
            )
            at = datetime.fromisoformat(at.isoformat())
            if at > clock.now():
                faults["received_on"] = Sentence("lies in the future; give the time at which it was received")
        except ValueError:
            faults["received_time"] = Sentence("write the time as 09:30")
    elif clock_time:
        faults["received_on"] = Sentence("is empty; give the day as well")
    receipt = Receipt(days.get("on_instrument"), at, typed.get("determined_by", ""), typed.get("grounds", ""))
    return receipt if receipt != Receipt() else None


def _check(text: str) -> Check:
    return "yes" if text == "yes" else "no" if text == "no" else ""


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip()
