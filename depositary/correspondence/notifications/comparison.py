"""What was shown of a notification, and what differs when it is issued."""

from dataclasses import dataclass, replace
from datetime import date

from depositary.correspondence.notifications.draft import draft
from depositary.correspondence.notifications.event import Event
from depositary.correspondence.notifications.paragraphs import Issue
from depositary.correspondence.notifications.passages import Difference, differences
from depositary.errors import DepositaryError
from depositary.treaties.collection import Collection
from depositary.words import Language


@dataclass(frozen=True)
class Shown:
    """When somebody was shown what is to be issued: the day, and how many entries the register had."""

    on: date
    size: int


class Changed(DepositaryError):
    """What is to be issued is no longer what was shown. Nothing was issued."""


def passages(event: Event, words: Language, on: date, collection: Collection) -> list[str]:
    """What a notification says of its event on a day, without its references to earlier notifications."""
    document = draft(replace(event, entries=[]), words, Issue(on), collection.folder)
    return [document.event, *(f"{each.label} {each.text}".strip() for each in document.paragraphs)]


def differences_since(
    then: Event | None, now: Event, words: Language, shown: Shown, on: date, collection: Collection
) -> list[Difference]:
    """What a notification says now and did not say when it was shown; all of it where it was not there."""
    old = passages(then, words, shown.on, collection) if then else []
    return list(differences(old, passages(now, words, on, collection)))
