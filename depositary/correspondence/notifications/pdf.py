"""A notification as PDF: tagged, PDF/A and PDF/UA. Equal documents give equal bytes."""

import datetime as dt

from depositary.correspondence.notifications.document import Document
from depositary.words.pdf import document


def pdf_of(notification: Document) -> bytes:
    """The document as PDF. Its texts go to the typesetter as data, so that no text is read as a command."""
    day = dt.date.fromisoformat(notification.day)
    told = notification.told()
    return document(
        "notification",
        told
        | {
            "treaty": told["title"],
            "title": f"{notification.reference}: {notification.event}",
            "day": [day.year, day.month, day.day],
            "foot": notification.reference,
        },
    )
