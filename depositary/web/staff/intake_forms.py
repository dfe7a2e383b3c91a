"""The forms of the intake: the fields of each kind of act, and what a filled form proposes."""

import unicodedata
from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from depositary.desk.proposal import CHECKS, Check, Kind, Proposal
from depositary.errors import Sentence
from depositary.law.acts import (
    ACTIONS,
    AMENDMENT,
    COLUMNS,
    CONSENTS,
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
from depositary.law.readings import KEPT_HERE, WITH_ALTERNATIVE
from depositary.register.entry import Receipt
from depositary.treaties.collection import Collection
from depositary.treaties.csv_files import field_fault
from depositary.treaties.instruments_csv import row_faults
from depositary.web.staff.intake_labels import LABELS
from depositary.words import Language
from depositary.words.labels import N_

ZONES = ("America/New_York", "Europe/Vienna", "Europe/Zurich", "Asia/Ho_Chi_Minh", "Africa/Nairobi", "UTC")
"""The time zones in which instruments are received: Headquarters, the other seats, and Hanoi."""

INSTRUMENTS: tuple[Action, ...] = (*CONSENTS, "withdrawal of instrument", "denunciation", "revocation of denunciation")
STATEMENTS: tuple[Action, ...] = (
    "reservation",
    "declaration",
    "withdrawal of reservation",
    "partial withdrawal of reservation",
    "objection",
    "withdrawal of objection",
    "notification",
    "territorial application",
    "provisional application",
)

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

KINDS_OF_ACT: tuple[tuple[str, tuple[Action, ...]], ...] = (
    (N_("Signature"), ("signature", "succession to signature", "withdrawal of signature")),
    (N_("Instruments of consent"), ("ratification", "acceptance", "approval", "accession", "succession")),
    (N_("Leaving"), ("denunciation", "revocation of denunciation", "withdrawal of instrument")),
    (N_("Statements"), STATEMENTS),
    (N_("Amendments"), ("amendment proposal", "amendment adoption")),
    (N_("Corrections of the text"), ("objection to correction",)),
)
"""The kinds of act that have a form, by group. The form of a ruling is opened from its reading."""


@dataclass(frozen=True)
class FilledIntake:
    """A filled form: what it proposes, None where it has faults, and the faults by field."""

    proposal: Proposal | None
    faults: Mapping[str, str]


def fields_of(action: Action, *, correcting: bool) -> dict[str, tuple[str, ...]]:
    """The fields of a form for an action, by group."""
    act = ["treaty", "participant", "date"]
    for name, actions in FIELDS_OF_ACTIONS.items():
        if action in actions:
            act.append(TYPED_AS.get((action, name), name))
    if action in ("ratification", "acceptance", "approval", "accession") and not correcting:
        act.append("competence")
    if action == "amendment adoption":
        act.remove("participant")
    if action == "ruling":
        act = ["treaty", "reading", "choice", "date"]
    groups = {N_("The act"): (*act, "source")}
    if correcting:
        groups[N_("The correction")] = ("reason",)
    if action != "ruling":
        groups[N_("How it came")] = ("on_instrument", "received_on", "received_time", "received_zone")
        groups[N_("How its date was determined")] = ("determined_by", "grounds")
    if action in INSTRUMENTS:
        groups[N_("Form of the instrument")] = CHECKS
    groups[N_("For the second person")] = ("remark",)
    return groups


def slug(action: Action) -> str:
    return action.replace(" ", "-")


def action_of(slugged: str) -> Action | None:
    """The action of a slug; None for no action."""
    return next((action for action in ACTIONS if slug(action) == slugged), None)


def values_of(proposal: Proposal, words: Language, collection: Collection) -> dict[str, str]:
    """The values of a form that begins from a proposal."""
    values = dict(zip(CHECKS, proposal.checks, strict=True)) | {"reason": proposal.reason, "remark": proposal.remark}
    if act := proposal.act:
        row = row_of(act)
        values |= {column: row[column] for column in COLUMNS}
        values["subject"] = act.amendment
        values |= {name: row[column] for (action, column), name in TYPED_AS.items() if action == act.action}
        if act.participant:
            values["participant"] = option(collection, act.participant, words, act.date)
        if act.addressee:
            values["addressee"] = option(collection, act.addressee, words, act.date)
    if len(proposal.acts) > 1 and proposal.kind != "import":
        values["competence"] = proposal.acts[0].text
    if receipt := proposal.receipt:
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


def read_form(
    form: Mapping[str, str],
    collection: Collection,
    kind: Kind,
    action: Action | None,
    target: int,
    documents: tuple[str, ...],
) -> FilledIntake:
    """What a filled form proposes. The faults name their field, say what is wrong and what is allowed."""
    faults: dict[str, str] = {}
    typed = {name: _clean(value) for name, value in form.items()}
    for name in LABELS:
        if fault := field_fault("text" if name in LONG else name, typed.get(name, "")):
            faults[name] = fault
    if kind != "record" and not typed.get("reason", ""):
        faults["reason"] = Sentence("say why: a correction has a reason")
    checks: tuple[Check, ...] = tuple(_check(typed.get(name, "")) for name in CHECKS)
    common = {
        "target": target,
        "reason": typed.get("reason", ""),
        "documents": documents,
        "remark": typed.get("remark", ""),
    }
    if kind == "strike":
        return FilledIntake(None if faults else Proposal("strike", (), **common), faults)  # type: ignore[arg-type]
    assert action is not None
    act = _act(typed, collection, action, faults)
    receipt = _receipt(typed, faults)
    if faults or act is None:
        return FilledIntake(None, faults)
    acts: tuple[Act, ...] = (act,)
    if (
        kind == "record"
        and (said := typed.get("competence", ""))
        and act.participant in collection.participants.organizations
    ):
        acts = (_competence(act, said, collection), act)
    return FilledIntake(Proposal(kind, acts, receipt=receipt, checks=checks, **common), faults)  # type: ignore[arg-type]


def _act(typed: Mapping[str, str], collection: Collection, action: Action, faults: dict[str, str]) -> Act | None:
    row = dict.fromkeys(COLUMNS, "") | {"action": action}
    row |= {name: typed.get(name, "") for name in AS_TYPED}
    if subject := typed.get("subject", ""):
        row["subject"] = f"{AMENDMENT}{subject.removeprefix(AMENDMENT)}"
    row |= {column: typed.get(name, "") for (of, column), name in TYPED_AS.items() if of == action}
    if action not in NOBODYS:
        row["participant"] = _participant("participant", typed, collection, faults)
    if typed.get("addressee"):
        row["addressee"] = _participant("addressee", typed, collection, faults)
    for column, said in row_faults(row, collection.participants, collection.treaties):
        faults.setdefault(TYPED_AS.get((action, column), column), said)
    return None if faults else act_of(row)


def _participant(name: str, typed: Mapping[str, str], collection: Collection, faults: dict[str, str]) -> str:
    """The code of the participant typed in a field, "" with a fault where there is none or several."""
    text = typed.get(name, "")
    try:
        on = parse_date(typed.get("date", ""))
    except ValueError:
        on = date.max
    if code := collection.gazetteer.resolve(text, on):
        return code
    if text:
        faults[name] = collection.gazetteer.question(text, on)
    else:
        faults[name] = Sentence("is empty; give a code, or a name in any of the six languages")
    return ""


def _receipt(typed: Mapping[str, str], faults: dict[str, str]) -> Receipt | None:
    days: dict[str, date | None] = {}
    for name in ("on_instrument", "received_on"):
        try:
            days[name] = parse_date(typed[name]) if typed.get(name) else None
        except ValueError as fault:
            faults[name] = fault.args[0]
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
        except ValueError:
            faults["received_time"] = Sentence("write the time as 09:30")
    elif clock_time:
        faults["received_on"] = Sentence("is empty; give the day as well")
    receipt = Receipt(days.get("on_instrument"), at, typed.get("determined_by", ""), typed.get("grounds", ""))
    return receipt if receipt != Receipt() else None


def _competence(act: Act, said: str, collection: Collection) -> Act:
    """The declaration that goes with an organization's instrument, under the provision that its clause names."""
    provisions = collection.treaties[act.treaty].reio.competence_declared_under
    provision = provisions[-1 if act.action == "accession" else 0] if provisions else ""
    return Act(act.treaty, act.participant, "declaration", act.date, provision=provision, text=said, source=act.source)


def _check(text: str) -> Check:
    return "yes" if text == "yes" else "no" if text == "no" else ""


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip()


def readings() -> tuple[str, ...]:
    """The readings a ruling may be made on."""
    return (*sorted(WITH_ALTERNATIVE), KEPT_HERE)
