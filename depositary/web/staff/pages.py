"""The pages of the desk: what each shows, and nothing else."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from depositary.correspondence.notifications.document import Document
from depositary.web.alarm import Alarm
from depositary.web.parts import Choice, Link
from depositary.web.staff.parts import (
    AccountLine,
    AuditLine,
    CaseLine,
    DeskFrame,
    FieldShown,
    ItemShown,
    LetterShown,
    NotificationLine,
    OpenReading,
    PasskeyLine,
    Preview,
    PreviewLine,
    SessionLine,
    StepLine,
    TaskLine,
)


@dataclass(frozen=True, slots=True)
class SignInPage:
    """Name, password and code, or a passkey. `kept` is what was typed before.

    `confirming`: who is signed in shows both factors again, and what was typed is sent on with them to `action`.
    `passkey` is what the browser asks a device for, as JSON; "" where there is none.
    """

    template: ClassVar[str] = "staff/sign_in.html"
    frame: DeskFrame
    fault: str
    action: str
    then: str
    kept: tuple[tuple[str, str], ...]
    confirming: bool
    elsewhere: str
    """The address of the other way to sign in; "" for none."""
    passkey: str


@dataclass(frozen=True, slots=True)
class SignedOutPart:
    """What a part of a page says to a person whose session has ended."""

    template: ClassVar[str] = "staff/signed_out.html"
    frame: DeskFrame


@dataclass(frozen=True, slots=True)
class ContinuePage:
    """What was typed before signing in, to be sent on."""

    template: ClassVar[str] = "staff/continue.html"
    frame: DeskFrame
    action: str
    kept: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class InvitationPage:
    """Setting a password and a second factor."""

    template: ClassVar[str] = "staff/invitation.html"
    frame: DeskFrame
    name: str
    secret: str
    picture: str
    faults: tuple[str, ...]
    shortest: int


@dataclass(frozen=True, slots=True)
class RecoveryPage:
    """The recovery codes, shown once, and where to go on."""

    template: ClassVar[str] = "staff/recovery.html"
    frame: DeskFrame
    codes: tuple[str, ...]
    onward: str


@dataclass(frozen=True, slots=True)
class WorkPage:
    """What is to be done. `alarm` comes first: it says why the public site is not renewed."""

    template: ClassVar[str] = "staff/work.html"
    frame: DeskFrame
    alarm: Alarm | None
    awaiting: tuple[CaseLine, ...]
    received: tuple[CaseLine, ...]
    mine: tuple[CaseLine, ...]
    done: tuple[CaseLine, ...]
    readings: tuple[OpenReading, ...]
    morning: tuple[tuple[str, tuple[TaskLine, ...]], ...]
    """The tasks by urgency: overdue, today, coming, ask."""
    intake: tuple[tuple[str, tuple[Link, ...]], ...]


@dataclass(frozen=True, slots=True)
class IntakePage:
    """A form for one kind of act, beside what the act would do."""

    template: ClassVar[str] = "staff/intake.html"
    frame: DeskFrame
    title: str
    hidden: tuple[tuple[str, str], ...]
    groups: tuple[tuple[str, tuple[FieldShown, ...]], ...]
    old: tuple[tuple[str, str], ...]
    old_documents: tuple[Link, ...]
    differing: tuple[tuple[str, str, str], ...]
    """The fields that were saved meanwhile with another value: label, what was saved, what is typed here."""
    preview: Preview
    faults: tuple[str, ...]
    documents: tuple[Link, ...]
    with_documents: bool
    document_kinds: tuple[Choice, ...]
    case: str
    unfolded: bool


@dataclass(frozen=True, slots=True)
class PreviewPart:
    """The part of the intake that follows what is typed."""

    template: ClassVar[str] = "staff/preview.html"
    frame: DeskFrame
    preview: Preview
    days: tuple[tuple[str, str], ...]
    """The days that are typed, in words: the name of each field, and what stands under it."""


@dataclass(frozen=True, slots=True)
class OptionsPart:
    """The participants that fit what is typed."""

    template: ClassVar[str] = "staff/options.html"
    frame: DeskFrame
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CasePage:
    """A case with all that a second person must see before releasing it."""

    template: ClassVar[str] = "staff/case.html"
    frame: DeskFrame
    number: int
    version: int
    state: str
    state_in_words: str
    title: str
    facts: tuple[tuple[str, str], ...]
    items: tuple[ItemShown, ...]
    pages: tuple[Link, ...]
    documents: tuple[Link, ...]
    preview: Preview
    before: tuple[tuple[str, str, str], ...]
    notifications: tuple[Document, ...]
    steps: tuple[StepLine, ...]
    entries: tuple[Link, ...]
    notified: tuple[NotificationLine, ...]
    """The notifications that tell of its entries, issued or to be issued; `notifications` are those to be expected."""
    letters: tuple[LetterShown, ...]
    similar: tuple[Link, ...]
    joinable: tuple[Choice, ...]
    questions: tuple[str, ...]
    designations: tuple[Link, ...]
    may_hand_on: bool
    authorities: tuple[Link, ...]
    kinds: tuple[tuple[str, tuple[Link, ...]], ...]
    shown: str
    may_edit: bool
    may_submit: bool
    may_release: bool
    own: bool
    handed_to: str
    colleagues: tuple[Choice, ...]
    releasers: tuple[str, ...]
    """Who could release a case that awaits it."""
    is_held: bool
    fault: str


@dataclass(frozen=True, slots=True)
class BenchPage:
    """Supposed acts, and what would hold with them beside what holds today."""

    template: ClassVar[str] = "staff/bench.html"
    frame: DeskFrame
    treaties: tuple[Choice, ...]
    acts: str
    on: str
    day: date | None
    faults: tuple[str, ...]
    effect: tuple[PreviewLine, ...]
    beside: tuple[tuple[str, str, str], ...]
    link: str
    pdf: str


@dataclass(frozen=True, slots=True)
class AccountsPage:
    """The accounts, and the form of a new one with what was typed."""

    template: ClassVar[str] = "staff/accounts.html"
    frame: DeskFrame
    accounts: tuple[AccountLine, ...]
    roles: tuple[Choice, ...]
    faults: tuple[str, ...]
    name: str
    full_name: str


@dataclass(frozen=True, slots=True)
class GrantPage:
    """What a second person agrees to; with `done`, that it was carried out."""

    template: ClassVar[str] = "staff/grant.html"
    frame: DeskFrame
    facts: tuple[tuple[str, str], ...]
    sealed: str
    faults: tuple[str, ...]
    done: bool


@dataclass(frozen=True, slots=True)
class AccountLinkPage:
    """A link that was made for another person: an invitation, or a request for a second person. `used`: no more."""

    template: ClassVar[str] = "staff/account_link.html"
    frame: DeskFrame
    name: str
    link: str
    used: bool
    is_request: bool
    back: str


@dataclass(frozen=True, slots=True)
class SelfPage:
    """One's own account: sessions, password."""

    template: ClassVar[str] = "staff/self.html"
    frame: DeskFrame
    name: str
    sessions: tuple[SessionLine, ...]
    faults: tuple[str, ...]
    languages: tuple[Choice, ...]
    codes_left: int
    passkeys: tuple[PasskeyLine, ...]
    passkey: str
    """What the browser asks a device for when a passkey is added, as JSON."""


@dataclass(frozen=True, slots=True)
class AuditPage:
    """What was done at the desk, the latest first."""

    template: ClassVar[str] = "staff/audit.html"
    frame: DeskFrame
    lines: tuple[AuditLine, ...]
    earlier: str


@dataclass(frozen=True, slots=True)
class DeskFaultPage:
    """Why there is no answer."""

    template: ClassVar[str] = "staff/fault.html"
    frame: DeskFrame
    status: int
    sentence: str
    back: str
    typed: str
    """What was typed and is too long, so that it is not lost; "" for any other fault."""
