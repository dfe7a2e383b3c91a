"""Recording acts: examine, append, all in one transaction."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from depositary.acts import Act
from depositary.register import Entry, acts_of, as_known
from depositary.store import Store


def record_all(acts: Iterable[Act], by: str, at: datetime, store: Store) -> list[Entry]:
    """Appends the acts that do not stand in the register yet, in one transaction; the new entries.

    The same acts given twice add nothing. An act that is legally defective is recorded as it is: it stays
    visible and has no effect.
    """
    with store.recording() as recording:
        standing = Counter(acts_of(as_known(recording.entries)))
        added = []
        for act in acts:
            if standing[act]:
                standing[act] -= 1
            else:
                added.append(recording.append(act, at, by))
        return added
