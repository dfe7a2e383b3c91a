"""What a reader of a status page wants to know first: the earliest day, what comes next, the latest consent."""

from dataclasses import dataclass
from datetime import date

from depositary.law.articles.entry_into_force import of_the_treaty
from depositary.law.dates import LATEST
from depositary.law.grounds import missing
from depositary.web.addresses import with_query
from depositary.web.parts import Link
from depositary.web.public.days import coming_events
from depositary.web.public.parts import ComingEvent
from depositary.web.view import View


@dataclass(frozen=True, slots=True)
class Glance:
    """What stands beneath the count. Days are None where they do not apply.

    `earliest` is the entry into force if all `missing` instruments were deposited on the day asked about, and
    `calculation` the page that says why. `signature_until` is the last day of signature still to come. `coming` is
    the next event that needs no further act; it may be the end of signature. `latest` is the participant that
    consented last, by `act`, on `latest_on`; an instrument withdrawn before it took effect is none.
    """

    earliest: date | None
    missing: int
    calculation: str
    signature_until: date | None
    coming: ComingEvent | None
    latest: Link
    act: str
    latest_on: date | None


def glance(view: View) -> Glance:
    """The first facts of the treaty on the day asked about."""
    effects, history, on = view.effects, view.effects.history, view.on
    clause = view.clauses.entry_into_force
    open_ended = clause is not None and effects.threshold_on is None and history.treaty_day is not None
    periods = view.clauses.periods_for_signature
    closing = max((period.until for period in periods if period.since <= on <= period.until < LATEST), default=None)
    consents = [
        episode.consent
        for code in effects.codes
        for episode in effects.episodes(code)
        if episode.until is None or episode.took_effect
    ]
    last = max(consents, key=lambda act: act.order, default=None)
    return Glance(
        of_the_treaty(history, on) if open_ended else None,
        missing(effects, effects.last_day) if clause else 0,
        with_query(view.addresses.calculator.partition("?")[0], {**view.asked.given, "reached": on.isoformat()})
        + "#answer",
        closing,
        next(coming_events(view), None),
        view.participant(last.participant) if last else Link(""),
        view.words.action(last.action) if last else "",
        last.date if last else None,
    )
