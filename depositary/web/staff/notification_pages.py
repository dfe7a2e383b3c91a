"""The pages of notifications at the desk."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from depositary.correspondence.notifications.document import Document
from depositary.correspondence.notifications.passages import Difference
from depositary.correspondence.notifications.series import Series
from depositary.web.parts import Choice, Link
from depositary.web.staff.parts import DeskFrame, NotificationLine


@dataclass(frozen=True, slots=True)
class NotificationsWorkPage:
    """What is to be issued, and what was issued last."""

    template: ClassVar[str] = "staff/notifications.html"
    frame: DeskFrame
    pending: tuple[NotificationLine, ...]
    corrections: tuple[NotificationLine, ...]
    issued: tuple[NotificationLine, ...]
    series: Series
    may_correct: bool
    may_agree: bool
    fault: str


@dataclass(frozen=True, slots=True)
class IssuePage:
    """A notification as it would leave the house now. `differences`: what it says otherwise than at the release.

    `shown` is the moment at which it is shown, `next` the notification that is issued after it.
    """

    template: ClassVar[str] = "staff/notification.html"
    frame: DeskFrame
    event: str
    document: Document
    languages: tuple[Choice, ...]
    action: str
    entry: Link
    differences: tuple[Difference, ...]
    shown: str
    documents: tuple[Link, ...]
    next: Link
    may_issue: bool
    fault: str


@dataclass(frozen=True, slots=True)
class IssuedTogether:
    """One of the notifications that are issued together. `differences`: what it says otherwise than at the release."""

    link: Link
    document: Document
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class IssueAllPage:
    """All notifications that are to be issued, each with its text. `differs`: one is otherwise than at the release."""

    template: ClassVar[str] = "staff/notifications_all.html"
    frame: DeskFrame
    waiting: tuple[IssuedTogether, ...]
    differs: bool
    shown: str
    may_issue: bool
    fault: str


@dataclass(frozen=True, slots=True)
class IssuedPage:
    """A notification that was issued; `letters` were posted of it, `settled` of them. `until`: last day to object."""

    template: ClassVar[str] = "staff/notification_issued.html"
    frame: DeskFrame
    reference: str
    treaty: str
    document: Document
    languages: tuple[Choice, ...]
    here: str
    language: str
    public: str
    entries: tuple[Link, ...]
    cases: tuple[Link, ...]
    corrected_by: tuple[Link, ...]
    documents: tuple[Link, ...]
    letters: int
    settled: int
    may_circulate: bool
    until: date | None
    may_carry_out: bool
    objections: tuple[Link, ...]
    may_correct: bool
    fault: str


@dataclass(frozen=True, slots=True)
class CorrigendumPage:
    """The form in which a corrigendum of a notification is typed, beside its text."""

    template: ClassVar[str] = "staff/corrigendum.html"
    frame: DeskFrame
    form: str
    reference: str
    document: Document
    passages: tuple[tuple[str, tuple[Choice, ...], str, str], ...]
    reason: str
    withdraws: bool
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CorrectionPage:
    """The form in which a correction of a text is drafted."""

    template: ClassVar[str] = "staff/correction.html"
    frame: DeskFrame
    form: str
    treaties: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    passages: tuple[tuple[str, str, str, str], ...]
    faults: tuple[str, ...]
