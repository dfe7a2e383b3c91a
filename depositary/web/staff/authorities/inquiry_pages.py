"""Asking missions and contacts whether what is recorded of them holds: the desk's page, and those behind a link."""

from dataclasses import dataclass
from typing import ClassVar

from depositary.web.parts import Link
from depositary.web.staff.authorities.pages import Fact
from depositary.web.staff.parts import DeskFrame


@dataclass(frozen=True, slots=True)
class AskingLine:
    """A participant with an authority: since when nothing was confirmed, when it was asked, and what it answered."""

    state: Link
    code: str
    confirmed: str
    stale: bool
    asked: str
    answered: str
    checked: str
    acknowledged: str
    has_mission: bool


@dataclass(frozen=True, slots=True)
class AskingPage:
    """Asking the missions to confirm, and the contacts whether they answer; the longest unconfirmed first."""

    template: ClassVar[str] = "staff/contacts_asking.html"
    frame: DeskFrame
    lines: tuple[AskingLine, ...]
    missing: tuple[str, ...]
    done: str


@dataclass(frozen=True, slots=True)
class InquiryPage:
    """What one who was sent a link is asked; `shown` names, with their fields, the authorities it is about.

    `compared` has the fields of a contact as it stands, and as it would be; nothing where no contact would change.
    """

    template: ClassVar[str] = "staff/contacts_asked.html"
    frame: DeskFrame
    purpose: str
    name: str
    shown: tuple[tuple[str, tuple[Fact, ...]], ...]
    compared: tuple[tuple[str, str, str], ...]
    seen: str
    until: str
    whole: bool
    longest: int
    text: str
    fault: str


@dataclass(frozen=True, slots=True)
class InquiryAnswerPage:
    """That an answer was kept; or, with a fault, why there is nothing to answer."""

    template: ClassVar[str] = "staff/contacts_answered.html"
    frame: DeskFrame
    fault: str
    said: str


@dataclass(frozen=True, slots=True)
class ReplyPage:
    """What a mission would have changed, in its own words."""

    template: ClassVar[str] = "staff/contacts_reply.html"
    frame: DeskFrame
    name: str
    contacts: str
    answered: str
    text: str
