"""Corrections of a treaty's text (VCLT 79): one is proposed, and made after ninety days without an objection.

The register has no act for corrections: an officer types one, and a second person issues it.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from hashlib import sha256

from sqlmodel import Session, col, select

from depositary.correspondence.notifications.archive import Issued, find
from depositary.correspondence.notifications.references import references_in
from depositary.correspondence.notifications.tables import CorrectionRow, Kind
from depositary.desk.audit import Doing, log
from depositary.errors import BadInput, Sentence
from depositary.law.acts import Act
from depositary.register.canonical import canonical
from depositary.register.transaction import Refused
from depositary.words.labels import LANGUAGES

DAYS = 90
LONGEST = 20_000


@dataclass(frozen=True)
class Passage:
    """A passage: its place (`article 40, paragraph 12`), its present words, and its corrected words."""

    where: str
    stands: str
    read: str


@dataclass(frozen=True)
class Correction:
    """A drafted correction of a treaty's text, or of a notification.

    `follows` is the reference of the proposal that it carries out, "" for a proposal. The correction of a notification
    has a `reason`; `follows` is then the notification, which it `withdraws`, or whose passages it corrects: each is in
    the text of the language that `where` names.
    """

    treaty: str
    languages: tuple[str, ...]
    passages: tuple[Passage, ...]
    follows: str = ""
    number: int = 0
    drafted_by: str = ""
    reason: str = ""
    withdraws: bool = False

    @property
    def kind(self) -> Kind:
        if self.reason:
            return "withdrawn" if self.withdraws else "corrigendum"
        return "correction made" if self.follows else "correction proposed"

    @property
    def content(self) -> str:
        told = {"languages": list(self.languages), "passages": [asdict(one) for one in self.passages]}
        return canonical(told | ({"reason": self.reason, "withdraws": int(self.withdraws)} if self.reason else {}))


def correction_faults(correction: Correction, treaties: Iterable[str]) -> list[str]:
    """The faults of a typed correction: a sentence for each field, with what is allowed."""
    found = []
    if correction.treaty not in set(treaties):
        found.append(f"treaty: {correction.treaty[:40]!r} is not here")
    if strangers := set(correction.languages) - set(LANGUAGES):
        found.append(f"languages: {', '.join(sorted(strangers))}; allowed: {', '.join(sorted(LANGUAGES))}")
    if not correction.languages:
        found.append(f"languages: there is none; allowed: {', '.join(sorted(LANGUAGES))}")
    if not correction.passages:
        found.append("passages: there is none; give where it is, the text as it stands, and as it is to be read")
    for place, passage in enumerate(correction.passages, 1):
        if not (passage.where.strip() and passage.stands.strip() and passage.read.strip()):
            found.append(f"passage {place}: give where it is, the text as it stands, and as it is to be read")
        elif passage.stands == passage.read:
            found.append(f"passage {place}: nothing is corrected; the two texts are the same")
        if max(len(passage.where), len(passage.stands), len(passage.read)) > LONGEST:
            found.append(f"passage {place}: at most {LONGEST} characters")
    return found


def propose(session: Session, form: str, correction: Correction, treaties: Iterable[str], doing: Doing) -> Correction:
    """Keeps a drafted proposal; a form that is sent twice makes one. Raises BadInput with all faults."""
    if found := correction_faults(correction, treaties):
        raise BadInput(found)
    return _keep(session, form, correction, doing)


def correct(session: Session, form: str, correction: Correction, doing: Doing) -> Correction:
    """Keeps a drafted correction of a notification. Raises BadInput with all faults."""
    corrected = find(session, correction.follows)
    if corrected is None:
        raise BadInput([f"{correction.follows[:80]}: no notification has this reference"])
    if found := corrigendum_faults(correction, corrected):
        raise BadInput(found)
    return _keep(session, form, correction, doing)


def corrigendum_faults(correction: Correction, corrected: Issued) -> list[str]:
    """The faults of a typed correction of a notification: what it replaces must stand in that notification."""
    found = [] if correction.reason.strip() else ["reason: say why the notification is corrected"]
    if not correction.withdraws and not correction.passages:
        found.append("passages: there is none; give a passage as it stands, and as it is to be read")
    for place, passage in enumerate(correction.passages, 1):
        document = corrected.document(passage.where) if passage.where in LANGUAGES else None
        if document is None:
            found.append(f"passage {place}: {passage.where[:10]!r}: allowed: {', '.join(sorted(LANGUAGES))}")
        elif not passage.stands.strip() or not any(
            passage.stands.strip() in text for text in (document.event, *(each.text for each in document.paragraphs))
        ):
            found.append(f"passage {place}: {passage.stands.strip()[:80]!r} does not stand in the notification")
        elif not passage.read.strip() or passage.read == passage.stands:
            found.append(f"passage {place}: give what is to be read in its place")
    if max((len(text) for each in correction.passages for text in (each.stands, each.read)), default=0) > LONGEST:
        found.append(f"passages: at most {LONGEST} characters each")
    return found


def carry_out(
    session: Session, form: str, reference: str, on: date, doing: Doing, acts: Iterable[Act] = ()
) -> Correction:
    """Drafts the procès-verbal of a proposal, which is drafted once. `acts` are those under its treaty.

    Raises BadInput before its ninety days have passed, Refused while an objection to it stands.
    """
    proposal = find(session, reference)
    if proposal is None or proposal.kind != "correction proposed":
        raise BadInput([f"{reference[:80]}: no proposal of corrections has this reference"])
    if on <= last_day(proposal):
        raise BadInput([f"{reference}: objections may be communicated until {last_day(proposal)}; carry it out after"])
    if standing := [act.number for act in objections_to(proposal, acts)]:
        numbers = ", ".join(str(number) for number in standing)
        raise Refused(Sentence("An objection to this correction stands (entry %(numbers)s).", numbers=numbers))
    drafted = session.exec(select(CorrectionRow).where(CorrectionRow.follows == reference))
    for there in map(_correction, drafted):
        if not there.reason:
            return there
    told = json.loads(proposal.content)["correction"]
    passages = tuple(Passage(**one) for one in told["passages"])
    return _keep(
        session, form, Correction(proposal.treaty, tuple(told["languages"]), passages, follows=reference), doing
    )


def last_day(proposal: Issued) -> date:
    """The last day on which a party may communicate an objection to a proposal."""
    return proposal.on + timedelta(days=DAYS)


def objections_to(proposal: Issued, acts: Iterable[Act]) -> list[Act]:
    """The objections to a proposal that stand: those in its ninety days that name it, or name no notification.

    A withdrawal of objection that names no addressee, by the same participant and not before it, lifts one.
    """
    acts = tuple(acts)
    withdrawn = {
        act.participant: act.date for act in acts if act.action == "withdrawal of objection" and not act.addressee
    }
    return [
        act
        for act in acts
        if act.action == "objection to correction"
        and proposal.on <= act.date <= last_day(proposal)
        and proposal.reference in (references_in(act.source) or (proposal.reference,))
        and withdrawn.get(act.participant, date.min) < act.date
    ]


def correction(session: Session, number: int) -> Correction | None:
    """The drafted correction of a number."""
    row = session.get(CorrectionRow, number)
    return _correction(row) if row else None


def corrections(session: Session) -> list[Correction]:
    """All drafted corrections, the latest first."""
    return [_correction(row) for row in session.exec(select(CorrectionRow).order_by(col(CorrectionRow.number).desc()))]


def _keep(session: Session, form: str, correction: Correction, doing: Doing) -> Correction:
    key = sha256(f"{doing.by} {form}".encode()).hexdigest()
    row = session.exec(select(CorrectionRow).where(CorrectionRow.form == key)).first()
    if row is None:
        row = CorrectionRow(
            form=key,
            treaty=correction.treaty,
            follows=correction.follows,
            content=correction.content,
            digest=sha256(correction.content.encode()).hexdigest(),
            drafted_by=doing.by,
            drafted_at=doing.instant,
        )
        session.add(row)
        session.flush()
        log(session, doing, "correction drafted", f"correction {row.number}, {correction.treaty}")
    return _correction(row)


def _correction(row: CorrectionRow) -> Correction:
    told = json.loads(row.content)
    passages = tuple(Passage(**one) for one in told["passages"])
    assert row.number is not None, "a row that was kept has a number"
    return Correction(
        row.treaty,
        tuple(told["languages"]),
        passages,
        row.follows,
        row.number,
        row.drafted_by,
        told.get("reason", ""),
        bool(told.get("withdraws", 0)),
    )
