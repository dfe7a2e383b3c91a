"""A notification as PDF: tagged, PDF/A and PDF/UA, the same bytes for the same document."""

import datetime as dt

from depositary.correspondence.notifications.document import Document
from depositary.words.pdf import document


def pdf_of(notification: Document) -> bytes:
    """The document as PDF. What it says goes to the typesetter as data, whatever it looks like."""
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
