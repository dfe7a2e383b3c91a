"""What a rectification changed: each part of the act that differs, as it was and as it is."""

from collections.abc import Iterator
from datetime import date

from depositary.law.acts import Act
from depositary.register.entry import Entry
from depositary.web.public.overview_parts import ChangedPart
from depositary.web.view import View
from depositary.words.labels import N_

PARTS: dict[str, str] = {
    "participant": N_("Participant"),
    "action": N_("Act"),
    "date": N_("Date of the act"),
    "subject": N_("Subject"),
    "effective": N_("With effect from"),
    "place": N_("Place"),
    "provision": N_("Provision"),
    "text": N_("Text"),
    "source": N_("Source"),
    "addressee": N_("Addressee"),
    "effect": N_("Effect"),
    "notified": N_("Notified"),
}
"""The parts of an act, with their labels."""


def changed_parts(view: View, before: Entry, after: Entry) -> Iterator[ChangedPart]:
    """The parts in which the act of an entry differs from that of the entry it rectifies; none if it strikes it out."""
    if before.act is None or after.act is None:
        return
    for name, label in PARTS.items():
        if getattr(before.act, name) != getattr(after.act, name):
            yield ChangedPart(
                view.words.gettext(label), in_words(view, before.act, name), in_words(view, after.act, name)
            )


def in_words(view: View, act: Act, name: str) -> str:
    """A part of an act as a reader sees it; a dash for one that is empty."""
    value = getattr(act, name)
    if isinstance(value, date):
        return view.words.date(value)
    if name in ("participant", "addressee") and value:
        return view.name(value)
    if name == "action":
        return view.words.action(act.action)
    if name == "place":
        return view.words.place(value) or "—"
    return value or "—"
