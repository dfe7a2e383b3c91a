"""Proposals with their steps, read from the store."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Literal

import sqlalchemy as sa

from depositary.authorities.entries import AuthorityEntry, authority_entry
from depositary.authorities.store import ContactStore
from depositary.authorities.tables import ENTRY, PROPOSAL, STEP
from depositary.authorities.validity import valid
from depositary.clock import day_of
from depositary.errors import DepositaryError, Sentence

Became = Literal["approved", "confirmed", "objected", "overridden", "in effect", "refused", "withdrawn", "told"]
ProposalState = Literal["proposed", "awaiting the old contact", "objected", "in effect", "refused", "withdrawn"]

OPEN: tuple[ProposalState, ...] = ("proposed", "awaiting the old contact", "objected")
"""The states from which a proposal can still take a step."""

CONTACT = "point of contact"


class ProposalChanged(DepositaryError):
    """Somebody else was faster, or the register has grown since the page was shown. Nothing was done."""


class ProposalRefused(DepositaryError):
    """The rules of proposals do not allow this. Nothing was done."""


@dataclass(frozen=True, slots=True)
class ProposalStep:
    """A step of a proposal."""

    what: Became
    done_by: str
    done_at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AuthorityProposal:
    """A proposal: an entry without a number, and the steps of the proposal."""

    number: int
    entry: AuthorityEntry
    digest: str
    proposed_by: str
    proposed_at: datetime
    steps: tuple[ProposalStep, ...] = ()

    @property
    def state(self) -> ProposalState:
        done = {step.what for step in self.steps}
        for last in ("in effect", "refused", "withdrawn"):
            if last in done:
                return last
        if "objected" in done:
            return "objected"
        return "awaiting the old contact" if "approved" in done else "proposed"

    @property
    def is_told(self) -> bool:
        """Whether the letters that announce its effect have been handed to the outbox."""
        return any(step.what == "told" for step in self.steps)

    def was_decided(self, what: Became, by: str) -> bool:
        """Whether this person took this decision: a second click asks for what the first one did."""
        return any((step.what, step.done_by) == (what, by) for step in self.steps)


def proposal(store: ContactStore, number: int) -> AuthorityProposal | None:
    """The proposal of a number."""
    with store.reading() as connection:
        found = _read(connection, store, PROPOSAL.c.number == number)
    return found[0] if found else None


def form_key(by: str, form: str) -> str:
    """The key of a form that a person sent."""
    return sha256(f"{by} {form}".encode()).hexdigest()


def proposals_of_form(store: ContactStore, by: str, form: str, number: int) -> list[AuthorityProposal]:
    """The proposals that the first `number` entries of a form became, in their order; none where it was not sent."""
    keys = [form_key(by, f"{form} {place}") for place in range(number)]
    with store.reading() as connection:
        return _read(connection, store, PROPOSAL.c.form.in_(keys))


def proposals_of_case(store: ContactStore, by: str, number: int, designations: int) -> list[AuthorityProposal]:
    """The proposals that the designations of a case became once it was released."""
    return proposals_of_form(store, by, form_of_case(number), designations)


def form_of_case(number: int) -> str:
    """The form under which the designations of a case are proposed, once."""
    return f"case {number}"


def proposals(store: ContactStore, *states: ProposalState, participant: str = "") -> list[AuthorityProposal]:
    """The proposals in some states, or in all where none is named, the latest first."""
    with store.reading() as connection:
        found = _read(connection, store, PROPOSAL.c.participant == participant if participant else sa.true())
    return [one for one in reversed(found) if not states or one.state in states]


def digest_of_proposal(proposed: AuthorityProposal, root: str) -> str:
    """The digest of the page that a person approves: the proposal, and the register it would be added to."""
    return sha256(f"{proposed.digest} {root}".encode()).hexdigest()


def digest_of_proposals(several: Sequence[AuthorityProposal], root: str) -> str:
    """The digest of the page on which a person approves several proposals."""
    return sha256(" ".join((*(one.digest for one in several), root)).encode()).hexdigest()


def old_contacts(
    entries: Sequence[AuthorityEntry], proposed: AuthorityProposal, function: str, at: datetime
) -> list[AuthorityEntry]:
    """The points of contact that confirm a change: the contact that the proposal concerns, or all valid ones."""
    if function != CONTACT:
        return []
    of = [entry for entry in entries if entry.participant == proposed.entry.participant]
    stand = [entry for entry in valid(of, day_of(at)) if entry.function == CONTACT]
    return [entry for entry in stand if entry.number == proposed.entry.concerns] or stand


def needs_old_contact(store: ContactStore, number: int) -> bool:
    """Whether the old contact must be asked: the proposal concerns a point of contact, and the State has or had one."""
    with store.reading() as connection:
        return touches_contact(connection, number)


def entry_number(store: ContactStore, number: int) -> int:
    """The number of the entry that a proposal became; 0 while it is none."""
    with store.reading() as connection:
        return connection.execute(sa.select(ENTRY.c.number).where(ENTRY.c.proposal == number)).scalar() or 0


def changes_to_tell(store: ContactStore) -> list[AuthorityProposal]:
    """The changes in effect of a State's point of contact of which its contacts have not been told, the latest first.

    The first point of contact of a State changes none.
    """
    before, told = ENTRY.alias(), sa.select(STEP.c.proposal).where(STEP.c.what == "told")
    had = sa.exists().where(
        before.c.participant == ENTRY.c.participant,
        before.c.function == CONTACT,
        before.c.what != "confirmation",
        before.c.number < ENTRY.c.number,
    )
    changed = sa.select(ENTRY.c.proposal).where(ENTRY.c.function == CONTACT, ENTRY.c.proposal.not_in(told), had)
    with store.reading() as connection:
        return _read(connection, store, PROPOSAL.c.number.in_(changed))[::-1]


def touches_contact(connection: sa.Connection, number: int) -> bool:
    """Whether a proposal concerns a point of contact of a State that has or had one, within a transaction.

    The function of the proposal counts, and so does the function of the entry it concerns.
    """
    row = connection.execute(
        sa.select(PROPOSAL.c.function, PROPOSAL.c.participant, PROPOSAL.c.concerns).where(PROPOSAL.c.number == number)
    ).one()
    concerned = connection.execute(sa.select(ENTRY.c.function).where(ENTRY.c.number == (row.concerns or 0))).scalar()
    had = sa.select(ENTRY.c.number).where(
        ENTRY.c.participant == row.participant, ENTRY.c.function == CONTACT, ENTRY.c.what != "confirmation"
    )
    return CONTACT in (row.function, concerned) and connection.execute(had.limit(1)).first() is not None


def proposal_in(connection: sa.Connection, store: ContactStore, number: int) -> AuthorityProposal:
    """The proposal of a number, within a transaction. Raises ProposalRefused."""
    found = _read(connection, store, PROPOSAL.c.number == number)
    if not found:
        raise ProposalRefused(Sentence("There is no proposal %(number)d.", number=number))
    return found[0]


def _read(connection: sa.Connection, store: ContactStore, which: sa.ColumnElement[bool]) -> list[AuthorityProposal]:
    rows = connection.execute(sa.select(PROPOSAL).where(which).order_by(PROPOSAL.c.number)).all()
    steps = connection.execute(
        sa.select(STEP).join(PROPOSAL, PROPOSAL.c.number == STEP.c.proposal).where(which).order_by(STEP.c.step)
    ).all()
    taken: dict[int, list[ProposalStep]] = {}
    for each in steps:
        step = ProposalStep(each.what, each.done_by, datetime.fromisoformat(each.done_at), each.reason)
        taken.setdefault(each.proposal, []).append(step)
    return [
        AuthorityProposal(
            row.number,
            authority_entry(content)[0],
            row.digest,
            row.proposed_by,
            datetime.fromisoformat(row.proposed_at),
            tuple(taken.get(row.number, ())),
        )
        for row, content in zip(rows, store.seal.open_all(row.sealed for row in rows), strict=True)
    ]
