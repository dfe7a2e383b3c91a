"""What was shown of a notification, and what differs when it is issued."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from depositary.correspondence.notifications.document import Document, Earlier
from depositary.correspondence.notifications.draft import draft
from depositary.correspondence.notifications.event import Event
from depositary.correspondence.notifications.paragraphs import Issue
from depositary.correspondence.notifications.passages import Difference, differences
from depositary.errors import DepositaryError
from depositary.words import Language


@dataclass(frozen=True)
class Shown:
    """When somebody was shown what is to be issued: the day, and how many entries the register had."""

    on: date
    size: int


class Changed(DepositaryError):
    """What is to be issued is no longer what was shown. Nothing was issued."""


def passages(document: Document) -> list[str]:
    """What a notification says of its event, without its references to earlier notifications."""
    told = (each for each in document.paragraphs if not isinstance(each, Earlier))
    return [document.event, *(f"{each.label} {each.text}".strip() for each in told)]


def differences_since(
    then: Event | None, now: Document, words: Language, shown: Shown, folder: Path
) -> tuple[Difference, ...]:
    """What a notification says now and did not say when it was shown; all of it where it was not there."""
    old = passages(draft(then, words, Issue(shown.on), folder)) if then else []
    return tuple(differences(old, passages(now)))
