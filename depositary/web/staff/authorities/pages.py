"""The desk's pages of the registers of authorities: what each shows, and nothing else."""

from dataclasses import dataclass
from typing import ClassVar

from depositary.web.parts import Choice, Link
from depositary.web.staff.parts import DeskFrame, FieldShown, LetterShown, StepLine


@dataclass(frozen=True, slots=True)
class ParticipantLine:
    """A participant in the list: its authorities by function, and since when nothing was confirmed."""

    state: Link
    code: str
    standing: str
    authorities: tuple[str, ...]
    confirmed: str
    stale: bool


@dataclass(frozen=True, slots=True)
class Fact:
    """A field that is shown: its label, what it says, and who else may see it."""

    label: str
    value: str
    visibility: str


@dataclass(frozen=True, slots=True)
class AuthorityShown:
    """An authority with all its fields, and what may be done about it."""

    title: str
    number: int
    held: str
    confirmed: str
    stale: bool
    facts: tuple[Fact, ...]
    actions: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """A proposal in a list."""

    proposal: Link
    what: str
    state: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class ContactsPage:
    """The participants with their authorities, as far as they fit what is typed."""

    template: ClassVar[str] = "staff/contacts.html"
    frame: DeskFrame
    typed: str
    functions: tuple[str, ...]
    states: tuple[ParticipantLine, ...]
    more: str
    proposals: tuple[ProposalLine, ...]
    replies: tuple[ProposalLine, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ContactsPart:
    """The lines of the list that fit what is typed."""

    template: ClassVar[str] = "staff/contacts_part.html"
    frame: DeskFrame
    functions: tuple[str, ...]
    states: tuple[ParticipantLine, ...]
    more: str


@dataclass(frozen=True, slots=True)
class StateContactsPage:
    """One participant's authorities and mission, as of a day, with their history."""

    template: ClassVar[str] = "staff/contacts_of.html"
    frame: DeskFrame
    name: str
    code: str
    standing: str
    on: str
    known_at: str
    groups: tuple[tuple[str, Link | None, tuple[AuthorityShown, ...]], ...]
    proposals: tuple[ProposalLine, ...]
    history: tuple[StepLine, ...]
    fault: str


@dataclass(frozen=True, slots=True)
class ContactFormPage:
    """A form that proposes something of an authority or a mission; `kind` is what it does."""

    template: ClassVar[str] = "staff/contacts_form.html"
    frame: DeskFrame
    title: str
    action: str
    kind: str
    hidden: tuple[tuple[str, str], ...]
    groups: tuple[tuple[str, tuple[FieldShown, ...]], ...]
    old_title: str
    old: tuple[Fact, ...]
    faults: tuple[str, ...]
    note: str
    back: str
    address: str


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """A proposal before a second person."""

    template: ClassVar[str] = "staff/contacts_proposal.html"
    frame: DeskFrame
    number: int
    title: str
    state: str
    said: str
    facts: tuple[Fact, ...]
    compared: tuple[tuple[str, str, str], ...]
    """Field by field, as it stands and as it would be; none where nothing is replaced."""
    old: tuple[Fact, ...]
    questions: tuple[str, ...]
    asked: tuple[str, ...]
    steps: tuple[StepLine, ...]
    shown: str
    own: bool
    may_approve: bool
    may_override: bool
    is_open: bool
    contacts: str
    fault: str


@dataclass(frozen=True, slots=True)
class ProposalsPage:
    """Several proposals of others on one page, each whole, to be approved together."""

    template: ClassVar[str] = "staff/contacts_proposals.html"
    frame: DeskFrame
    proposals: tuple[tuple[str, Link, tuple[Fact, ...], tuple[str, ...]], ...]
    """For each: what it is, where it is, its fields, and what is to be asked first."""
    numbers: str
    shown: str
    fault: str


@dataclass(frozen=True, slots=True)
class ObligationShown:
    """What one participant owes under one provision; `enter`: the form that enters what was notified."""

    provision: str
    what: str
    due: str
    state: str
    said: str
    furnished: tuple[str, ...]
    enter: str


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One participant on the board."""

    state: Link
    standing: str
    cells: tuple[tuple[str, str], ...]
    """For each provision, the state and what is said of it."""
    overdue: str


@dataclass(frozen=True, slots=True)
class BoardPage:
    """What each participant owes the depositary."""

    template: ClassVar[str] = "staff/contacts_board.html"
    frame: DeskFrame
    on: str
    heads: tuple[tuple[str, str], ...]
    lines: tuple[BoardLine, ...]
    fault: str


@dataclass(frozen=True, slots=True)
class OwedPage:
    """What one participant owes, and the letter that asks for it."""

    template: ClassVar[str] = "staff/contacts_owed.html"
    frame: DeskFrame
    name: str
    contacts: str
    obligations: tuple[ObligationShown, ...]
    letters: tuple[LetterShown, ...]
    fault: str


@dataclass(frozen=True, slots=True)
class ListsPage:
    """The lists to be had, and the difference between two days."""

    template: ClassVar[str] = "staff/contacts_lists.html"
    frame: DeskFrame
    on: str
    since: str
    known_at: str
    seen_by: tuple[Choice, ...]
    lists: tuple[tuple[str, str, tuple[Link, ...]], ...]
    differences: tuple[tuple[str, tuple[tuple[str, str, tuple[tuple[str, str, str], ...]], ...]], ...]
    fault: str
