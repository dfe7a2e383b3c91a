"""The emergency view of the 24/7 points of contact, and the file kept for the day without a network."""

from dataclasses import dataclass
from typing import ClassVar

from depositary.web.parts import Link
from depositary.web.staff.parts import DeskFrame


@dataclass(frozen=True, slots=True)
class ReachedBy:
    """How an authority is reached: telephones first, the one answered at any hour marked."""

    authority: str
    telephones: tuple[tuple[str, bool], ...]
    email: str
    secure_channel: str
    local_time: str
    zone: str
    languages: str
    hours: str
    confirmed: str


@dataclass(frozen=True, slots=True)
class Reached:
    """A participant in an emergency: its points of contact, and who is next if they do not answer."""

    code: str
    name: str
    contacts: tuple[ReachedBy, ...]
    fallback: tuple[ReachedBy, ...]


@dataclass(frozen=True, slots=True)
class EmergencyPage:
    """The 24/7 contacts that fit what is typed."""

    template: ClassVar[str] = "staff/emergency.html"
    frame: DeskFrame
    typed: str
    question: str
    found: tuple[Reached, ...]
    initials: tuple[Link, ...]
    file: str


@dataclass(frozen=True, slots=True)
class EmergencyPart:
    """The part of the emergency page that follows what is typed."""

    template: ClassVar[str] = "staff/emergency_part.html"
    frame: DeskFrame
    typed: str
    question: str
    found: tuple[Reached, ...]


@dataclass(frozen=True, slots=True)
class EmergencyFile:
    """All 24/7 contacts in one file, to be kept where there is no network."""

    template: ClassVar[str] = "staff/emergency_file.html"
    frame: DeskFrame
    made: str
    states: tuple[Reached, ...]
    digest: str
