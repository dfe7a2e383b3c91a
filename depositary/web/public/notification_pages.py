"""The pages of notifications."""

from dataclasses import dataclass
from typing import ClassVar

from depositary.correspondence.notifications.document import Document
from depositary.web.parts import Frame, Link, Selection
from depositary.web.public.parts import InLanguage, NotificationLine


@dataclass(frozen=True, slots=True)
class NotificationsPage:
    """The notifications that fit what is chosen; `count` of them, of which the latest are shown."""

    template: ClassVar[str] = "public/notifications.html"
    frame: Frame
    fields: tuple[Selection, ...]
    kept: tuple[tuple[str, str], ...]
    lines: tuple[NotificationLine, ...]
    count: int


@dataclass(frozen=True, slots=True)
class NotificationPage:
    """A notification as it was issued, and where it is proven."""

    template: ClassVar[str] = "public/notification.html"
    frame: Frame
    reference: str
    document: Document
    pdfs: tuple[InLanguage, ...]
    treaty: Link
    entry: Link
    corrected_by: tuple[Link, ...]
    content: str
    digest: str
    proof: str
