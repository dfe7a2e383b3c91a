"""The measures of the desk, and whether it is ready: numbers, and no name."""

from collections import Counter
from collections.abc import Iterator

from prometheus_client import Metric
from prometheus_client.metrics_core import GaugeMetricFamily

from depositary import clock
from depositary.correspondence.circulation.due import due_at
from depositary.correspondence.circulation.editions import editions
from depositary.correspondence.mail.steps import letters
from depositary.law.clauses import CONVENTION
from depositary.web.staff.desk import Desk
from depositary.web.staff.edition import entitling_now
from depositary.web.watch import Watch, asked


def watch_of(desk: Desk) -> Watch:
    """The watch of a desk."""
    return Watch(lambda: asked(desk.store.require_revision), lambda: _measured(desk))


def _measured(desk: Desk) -> Iterator[Metric]:
    up = not list(asked(desk.store.require_revision))
    yield GaugeMetricFamily("depositary_database_up", "Whether the database answers as it should.", float(up))
    if not up:
        return
    yield GaugeMetricFamily("depositary_entries", "The entries under the last signed head.", desk.store.size())
    yield GaugeMetricFamily("depositary_alarm", "Whether the public site tells of a fault.", float(bool(desk.alarm)))
    with desk.store.session() as session:
        posted, kept = letters(session, desk.letters), editions(session, desk.letters)
    outbox = GaugeMetricFamily("depositary_letters", "The letters of the outbox, by state.", labels=["state"])
    for state, number in sorted(Counter(letter.state for letter in posted).items()):
        outbox.add_metric([state], number)
    yield outbox
    if desk.contacts is None:
        return
    due = due_at(entitling_now(desk), kept, posted, CONVENTION, clock.now())
    found = GaugeMetricFamily("depositary_due", "What is due, by kind (`depositary due`).", labels=["what"])
    for what, number in (
        ("circulation overdue", int(due.is_overdue)),
        ("letters late", len(due.late)),
        ("letters to resolve", len(due.to_resolve)),
        ("missions without an address", len(due.lacking)),
        ("parties without a point of contact", len(due.without_contact)),
        ("points of contact unconfirmed", len(due.unconfirmed)),
    ):
        found.add_metric([what], number)
    yield found
