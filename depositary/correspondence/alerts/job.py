"""The job that writes to subscribers: asks for confirmations, and tells each event once to each of them.

The job notes until when a subscriber is told before it posts the letter, and posts the last letter again on every
run. The outbox keeps a letter once, so a run that is broken off loses nothing and repeats nothing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from depositary.correspondence.alerts.events import Registered, events
from depositary.correspondence.alerts.store import AlertStore, Subscriber, Subscription
from depositary.correspondence.mail.letters import Letter, write
from depositary.correspondence.mail.outbox import NOWHERE, post
from depositary.desk.audit import Doing
from depositary.register.canonical import instant
from depositary.register.seal import Seal
from depositary.register.store import Store
from depositary.words import language

BY = "alerts"

BEHIND = timedelta(minutes=1)
"""The job reads entries up to this long before now, so that no entry is recorded later in a time already told."""


@dataclass
class AlertSummary:
    """What a run did."""

    confirmations: int = 0
    alerts: int = 0
    forgotten: int = 0


@dataclass(frozen=True)
class AlertOffice:
    """What the job needs: the register's store with its outbox, the seal of letters, and the address of the site."""

    store: Store
    seal: Seal
    base_url: str


def run(alerts: AlertStore, office: AlertOffice, here: Registered, now: datetime) -> AlertSummary:
    """Posts the confirmations and the alerts. It may run again at any instant."""
    told = AlertSummary(forgotten=alerts.forget(now))
    for subscription in alerts.subscriptions():
        if not subscription.confirmed:
            told.confirmations += _post(
                office, "alert-confirmation", subscription, confirmation(alerts, office, subscription), now
            )
            continue
        instants = [at for what, at in subscription.steps if what in ("confirmed", "told")]
        if len(instants) > 1:
            told.alerts += _tell(alerts, office, here, subscription, instants[-2], instants[-1], now)
        until = now - BEHIND
        if until > instants[-1] and events(here, subscription, language(subscription.language), instants[-1], until):
            alerts.told(subscription.number, until)
            told.alerts += _tell(alerts, office, here, subscription, instants[-1], until, now)
    return told


def _tell(
    alerts: AlertStore,
    office: AlertOffice,
    here: Registered,
    subscription: Subscription,
    since: datetime,
    until: datetime,
    now: datetime,
) -> bool:
    words = language(subscription.language)
    happened = events(here, subscription, words, since, until)
    who = alerts.recipient(subscription.number)
    leave = leave_of(office, subscription, who)
    lines = [(event.said, office.base_url + event.path) for event in happened]
    subject, text, html = write("alert", words, {"lines": lines, "leave": leave})
    letter = Letter(who.to, subject, text, html, headers=unsubscribing(leave))
    return bool(happened) and _post(office, f"alert-{instant(until)}", subscription, letter, now)


def confirmation(alerts: AlertStore, office: AlertOffice, subscription: Subscription) -> Letter:
    """The letter that asks its reader to confirm the request."""
    who = alerts.recipient(subscription.number)
    link = f"{office.base_url}/{subscription.language}/alerts/confirm/{who.confirm}"
    subject, text, html = write(
        "alert_confirmation", language(subscription.language), {"link": link, "what": scope(subscription)}
    )
    return Letter(who.to, subject, text, html, headers=unsubscribing(leave_of(office, subscription, who)))


def leave_of(office: AlertOffice, subscription: Subscription, who: Subscriber) -> str:
    """The address at which one click ends the subscription."""
    return f"{office.base_url}/{subscription.language}/alerts/leave/{who.leave}"


def unsubscribing(leave: str) -> tuple[tuple[str, str], ...]:
    """The headers of RFC 8058: with them a mail program ends the subscription with one click."""
    return (
        ("List-Unsubscribe", f"<{leave}>"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ("Auto-Submitted", "auto-generated"),
    )


def scope(subscription: Subscription) -> str:
    """The scope of a subscription, by the treaty's number and the participant's code."""
    return " · ".join(filter(None, (subscription.treaty, subscription.participant))) or "*"


def _post(office: AlertOffice, edition: str, subscription: Subscription, letter: Letter, now: datetime) -> bool:
    domain = urlsplit(office.base_url).hostname or NOWHERE
    with office.store.session(writing=True) as session:
        return post(
            session, edition, f"subscriber-{subscription.number}", letter, office.seal, Doing(BY, now), domain=domain
        )
