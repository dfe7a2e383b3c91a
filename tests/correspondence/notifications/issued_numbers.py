"""A register with something to be issued, and the numbers that were given in it."""

from datetime import date, timedelta

from depositary.correspondence.notifications.archive import issued
from depositary.correspondence.notifications.pending import pending
from depositary.desk.audit import Doing
from depositary.register.recording import record
from depositary.register.store import Store
from depositary.treaties.collection import Collection
from tests.correspondence.notifications.conftest import AT, ISSUED, forty

FLORA = Doing("flora", AT)
YEAR = 2027


def numbers(store: Store, year: int = YEAR) -> list[int]:
    """The numbers of the notifications that were issued in a year."""
    with store.session() as session:
        return sorted(one.number for one in issued(session, year=year))


def recorded(store: Store, count: int) -> None:
    """Records the first accessions of the forty."""
    for instrument in forty()[:count]:
        record(instrument, "flora", AT - timedelta(days=1), store)


def to_be_issued(store: Store, treaties: Collection, on: date = ISSUED) -> list[tuple[int, str]]:
    """The entries to be notified on a day, each with the kind of its notification."""
    with store.session() as session:
        there = issued(session)
    found = pending(treaties, lambda treaty: store.entries(0, treaty), there, ["XVIII-16"], on)
    return [event.key for event in found]
