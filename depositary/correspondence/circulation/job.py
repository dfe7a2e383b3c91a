"""The annual circulation as a daily job: it asks, prepares, has approved, sends, follows up and closes (41(2)).

It needs a person only to approve an edition and to settle a letter. It may run twice, be killed anywhere, or be weeks
late: each run looks at what is there, does what is due now, and does nothing twice.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from depositary import clock
from depositary.authorities.store import ContactStore
from depositary.correspondence.circulation import decisions, editions
from depositary.correspondence.circulation.announcement import announce_changes
from depositary.correspondence.circulation.approval import ask_for_approval, officers
from depositary.correspondence.circulation.confirmation_round import ConfirmationRound, ask, remind, unanswered
from depositary.correspondence.circulation.dispatch import circulate_edition
from depositary.correspondence.circulation.due import next_circulation
from depositary.correspondence.circulation.editions import EditionRefused, KeptEdition
from depositary.correspondence.circulation.preparation import Registers, new_edition, read_registers, remake
from depositary.correspondence.inquiries import InquiryOffice
from depositary.correspondence.mail.outbox import send_letters
from depositary.correspondence.mail.post_office import PostOffice
from depositary.correspondence.mail.steps import for_a_person, letters
from depositary.correspondence.mail.turn import turn
from depositary.desk.audit import Doing
from depositary.errors import DepositaryError
from depositary.register.seal import Seal
from depositary.register.store import Store
from depositary.treaties.collection import Collection

JOB = "circulation job"
"""Who the job is in the audit. No account has this name, for the name of an account has no space."""

NAMED = 12
"""How many participants a line names."""

NO_LONGER = "A recipient's address or certificate, or the list, is not as it was prepared."


@dataclass(frozen=True)
class JobOffice:
    """What the job works with: the registers, the collection, the treaty, the seal of letters, the post, the desk."""

    store: Store
    contacts: ContactStore
    collection: Collection
    treaty: str
    seal: Seal
    post: PostOffice
    url: str

    @property
    def inquiries(self) -> InquiryOffice:
        clauses = self.collection.treaties[self.treaty]
        return InquiryOffice(self.contacts, self.collection.participants, clauses, self.url, self.seal)

    def registers(self) -> Registers:
        return read_registers(self.collection, self.store, self.contacts)

    def editions(self) -> list[KeptEdition]:
        with self.store.session() as session:
            return editions.editions(session, self.seal)


@dataclass
class JobReport:
    """What a run did, what waits for whom, and when the next circulation falls."""

    did: list[str] = field(default_factory=list)
    waits: list[str] = field(default_factory=list)
    next_on: date | None = None
    failed: bool = False

    @property
    def line(self) -> str:
        """All in one line."""
        falls = f"The next circulation falls on {self.next_on}" if self.next_on else "The treaty is not in force yet"
        done = "; ".join(self.did) or "nothing to do"
        waiting = "; ".join(self.waits)
        said = f"{done[0].upper()}{done[1:]}." + (f" Waits: {waiting}." if waiting else "")
        return said if self.did or self.waits else f"{said} {falls}."


def run(office: JobOffice, at: datetime) -> JobReport:
    """Does what is due at an instant. Safe to run again at any instant, and beside another run."""
    report, doing = JobReport(), Doing(JOB, at)
    with turn(office.store, "circulating") as mine:
        if not mine:
            report.waits.append("another run is at work")
            return report
        prepared = next((kept for kept in office.editions() if kept.state == "prepared"), None)
        report.next_on = next_circulation(office.registers(), office.editions(), office.treaty, at)
        if report.next_on and prepared is None:
            _before_the_day(office, ConfirmationRound(report.next_on), report, doing)
        if prepared is not None and prepared.prepared_by == JOB:
            prepared = _still_true(office, prepared, report, doing)
        if prepared is None and report.next_on and report.next_on <= clock.day_of(at):
            prepared = _prepare(office, ConfirmationRound(report.next_on), report, doing)
        if prepared is not None:
            _have_approved(office, prepared, report, doing)
        for kept in office.editions():
            if kept.state == "approved":
                _follow(office, kept, report, doing)
        _send_the_rest(office, report)
    return report


def _before_the_day(office: JobOffice, this: ConfirmationRound, report: JobReport, doing: Doing) -> None:
    """From forty days before the circulation on, asks the missions and reminds them; says who has not answered."""
    if clock.day_of(doing.at) < this.begins_on:
        return
    domain = office.post.sender.domain
    if asked := ask(office.inquiries, office.store, this, domain, doing):
        report.did.append(f"asked {named(asked)} to confirm before {this.on}")
    if reminded := remind(office.inquiries, office.store, this, domain, doing):
        report.did.append(f"reminded {named(reminded)}")
    if silent := unanswered(office.inquiries, office.store, this, doing.at):
        report.waits.append(f"for an answer of {named(silent)}")


def _still_true(office: JobOffice, kept: KeptEdition, report: JobReport, doing: Doing) -> KeptEdition | None:
    """The edition that awaits approval; None where it is no longer as it was prepared, and so was withdrawn."""
    now = remake(office.registers(), kept.edition, office.editions(), doing.at)
    if now.digest == kept.edition.digest:
        return kept
    decisions.withdraw(office.store, kept.name, NO_LONGER, office.seal, doing)
    report.did.append(f"withdrew edition {kept.name}, for an address, a certificate or the list has changed")
    return None


def _prepare(office: JobOffice, this: ConfirmationRound, report: JobReport, doing: Doing) -> KeptEdition | None:
    """Prepares the edition of today."""
    today = clock.day_of(doing.at)
    edition = new_edition(office.registers(), office.editions(), office.treaty, today.year, today, doing.at)
    try:
        with office.store.session(writing=True) as session:
            kept = editions.prepare(session, edition, office.seal, doing)
    except EditionRefused as fault:
        report.waits.append(f"for an officer: {fault}")
        return None
    report.did.append(f"prepared edition {kept.name} for {len(edition.recipients)} missions")
    if edition.lacking:
        report.did.append(f"without an address: {named(edition.lacking)}")
    if silent := unanswered(office.inquiries, office.store, this, doing.at):
        report.did.append(f"no answer from {named(silent)}")
    return kept


def _have_approved(office: JobOffice, kept: KeptEdition, report: JobReport, doing: Doing) -> None:
    """Writes to the officers who may approve an edition, each week anew; says for whom it waits."""
    silent = unanswered(office.inquiries, office.store, ConfirmationRound(kept.edition.on), doing.at)
    told = ask_for_approval(office.store, office.collection, kept, silent, office.seal, office.post, office.url, doing)
    if told:
        report.did.append(f"wrote to {', '.join(told)}")
    with office.store.session() as session:
        names = [account.name for account in officers(session, kept)]
    report.waits.append(f"edition {kept.name} for {' or '.join(names) or 'an officer who may approve it'}")


def _follow(office: JobOffice, kept: KeptEdition, report: JobReport, doing: Doing) -> None:
    """Sends an approved edition, tells what changed meanwhile, and closes it once every copy is settled."""
    own = office.registers()
    with office.store.session() as session:
        before = {letter.number: letter.state for letter in letters(session, office.seal, kept.name)}
    try:
        summary = circulate_edition(
            office.store, own, kept, office.seal, office.post.carrier(), office.post.sender, doing, now=lambda: doing.at
        )
    except DepositaryError as fault:
        report.waits.append(str(fault).rstrip("."))
        report.failed = True
        return
    if summary.stopped:
        report.waits.append(summary.stopped.rstrip("."))
        report.failed = True
    with office.store.session() as session:
        posted = letters(session, office.seal, kept.name)
    if accepted := [
        letter for letter in posted if letter.state == "accepted" and before.get(letter.number) != "accepted"
    ]:
        report.did.append(f"sent {len(accepted)} of {len(kept.edition.recipients)} letters of edition {kept.name}")
    if codes := announce_changes(office.store, own, kept, office.seal, office.post.sender.domain, doing):
        report.did.append(f"announced the changes of {named(codes)} after edition {kept.name}")
    if open_letters := for_a_person(posted):
        report.waits.append(
            f"letters of edition {kept.name} for two officers: {named([it.recipient for it in open_letters])}"
        )
    try:
        decisions.close(office.store, kept.name, office.seal, doing)
        report.did.append(f"closed edition {kept.name}")
    except EditionRefused:
        pass  # a letter of it is not settled yet


def _send_the_rest(office: JobOffice, report: JobReport) -> None:
    """Sends what else stands in the outbox: the requests, the reminders, what the officers are told."""
    summary = send_letters(office.store, office.seal, office.post.carrier(), office.post.sender)
    if summary.stopped and not report.failed:
        report.waits.append(summary.stopped.rstrip("."))
        report.failed = True


def named(codes: list[str] | tuple[str, ...]) -> str:
    """Participants in a line, by code: the first of them, and how many more."""
    more = len(codes) - NAMED
    return ", ".join(codes[:NAMED]) + (f" and {more} more" if more > 0 else "")
