"""The pages of the register: its entries, and one of them."""

from collections.abc import Iterator

from depositary.correspondence.notifications.references import parts_of
from depositary.law.examination import irregularities
from depositary.register.entry import Entry
from depositary.web.addresses import with_query
from depositary.web.parts import Link
from depositary.web.public.overview_parts import ChangedPart, EntryLine
from depositary.web.public.pages import EntryPage, RegisterPage
from depositary.web.public.rectification import changed_parts
from depositary.web.query import Unanswerable
from depositary.web.view import View


def register_page(view: View) -> RegisterPage:
    """The entries of the treaty as they were known, the latest first."""
    replaced = replacements(view)
    lines = [line(view, entry, replaced) for entry in view.recorded]
    return RegisterPage(view.frame(view.treaty), view.treaty, tuple(reversed(lines)))


def entry_page(view: View, number: str) -> EntryPage:
    """One entry. Raises Unanswerable for a number the treaty has no entry of."""
    entries = {str(entry.number): entry for entry in view.recorded}
    if number not in entries:
        raise Unanswerable(404, "no-such-entry", number[:40])
    entry = entries[number]
    act = entry.act
    by = replacements(view).get(entry.number)
    return EntryPage(
        frame=view.frame(view.treaty, Link(view.words.gettext("Register"), view.addresses.register)),
        number=entry.number,
        treaty=view.treaty,
        recorded_at=entry.recorded_at,
        act=view.words.act(act) if act else without_act(view, entry),
        participant=view.participant(act.participant if act else ""),
        day=act.date if act else None,
        effective=act.effective if act else None,
        place=view.words.place(act.place) if act else "",
        provision=view.provision(act.provision if act else ""),
        text=act.text if act else "",
        source=act.source if act else "",
        reason=entry.reason,
        rectifies=_entry(view, entry.rectifies),
        rectified_by=_entry(view, by.number if by else None),
        changed=changed(view, entry) or (changed(view, by) if by else ()),
        receipt=entry.receipt,
        notices=tuple(notices(view, entry.number)),
        documents=entry.documents,
        proof=f"/register/proof/{entry.number}",
        wrong=tuple(
            view.words.irregularity(irregularity, view.participants)
            for irregularity in irregularities(view.effects)
            if irregularity.act.number == entry.number
        ),
    )


def without_act(view: View, entry: Entry) -> str:
    """The words for an entry without an act: it notes or strikes out another entry."""
    notice = entry.notice
    if notice is None:
        return view.words.strikes_out(entry.rectifies)
    return view.words.noted(notice.concerns, notice.reference, notice.notified_on, notice.published_on)


def notices(view: View, number: int) -> Iterator[Link]:
    """The entries that note when an entry was notified and published; each leads to the notification if it is here."""
    for entry in view.recorded:
        if entry.notice is not None and entry.notice.concerns == number:
            yield Link(
                without_act(view, entry), notification_address(view, entry) or view.addresses.entry(entry.number)
            )


def notification_address(view: View, entry: Entry) -> str:
    """The address of the notification that an entry notes; "" if the notification was not issued here."""
    reference = entry.notice.reference if entry.notice else ""
    if not entry.documents or parts_of(reference) is None:
        return ""
    return with_query(f"/{view.words.code}/notifications/{reference}", view.asked.given)


def changed(view: View, entry: Entry) -> tuple[ChangedPart, ...]:
    """What an entry changed in the one that it rectifies; () for an entry that rectifies none."""
    earlier = next((one for one in view.recorded if one.number == entry.rectifies), None)
    return tuple(changed_parts(view, earlier, entry)) if earlier else ()


def replacements(view: View) -> dict[int, Entry]:
    """The entries that rectified or struck out others, by the number of the other."""
    return {entry.rectifies: entry for entry in view.recorded if entry.rectifies is not None}


def line(view: View, entry: Entry, replaced: dict[int, Entry]) -> EntryLine:
    """An entry in the list."""
    act, by = entry.act, replaced.get(entry.number)
    state = "" if by is None else "rectified" if by.act else "struck"
    return EntryLine(
        Link(str(entry.number), view.addresses.entry(entry.number)),
        entry.recorded_at,
        view.participant(act.participant if act else ""),
        view.words.act(act) if act else without_act(view, entry),
        act.date if act else None,
        state,
        _entry(view, entry.rectifies if act else None),
        changed(view, entry),
    )


def _entry(view: View, number: int | None) -> Link:
    return Link(str(number), view.addresses.entry(number)) if number is not None else Link("")
