"""A notification and those that corrected it, as one thread: what the house has said of an event, and as of when."""

from dataclasses import dataclass

from depositary.correspondence.notifications.archive import Issued
from depositary.correspondence.notifications.ledger import Ledger
from depositary.correspondence.notifications.tables import Kind

OF_ENTRY_INTO_FORCE: tuple[Kind, ...] = ("entry into force", "new date")
WITHDRAWALS: tuple[Kind, ...] = ("withdrawn", "struck out")
CORRIGENDA: tuple[Kind, ...] = ("corrigendum", *WITHDRAWALS)
OF_THE_TEXT: tuple[Kind, ...] = ("correction proposed", "correction made")


@dataclass(frozen=True)
class Thread:
    """A notification, the notifications that corrected it, and another date of the same entry into force."""

    issued: tuple[Issued, ...]

    @property
    def first(self) -> Issued:
        return self.issued[0]

    @property
    def withdrawn(self) -> bool:
        return any(each.kind in WITHDRAWALS for each in self.issued)

    @property
    def is_of_entry_into_force(self) -> bool:
        return self.first.kind in OF_ENTRY_INTO_FORCE

    @property
    def base(self) -> Issued:
        """The notification whose acts and day count: the first, or the last that gave another date."""
        return ([each for each in self.issued if each.kind not in CORRIGENDA] or [self.first])[-1]

    @property
    def told(self) -> tuple[Issued, ...]:
        """The notification that counts, and those that corrected it."""
        return self.issued[self.issued.index(self.base) :]

    @property
    def last(self) -> Issued:
        """The last notification that was made from the register; those that an officer typed are left out."""
        return next(each for each in reversed(self.issued) if not each.correction)

    @property
    def known(self) -> int:
        """The last entry that was known when the last notification was made."""
        return self.last.note - 1 if self.last.at_issue else self.last.concerns


def threads_of(ledger: Ledger) -> list[Thread]:
    """The notifications of a treaty as threads, in the order of their first; corrections of its text are none."""
    threads: list[list[Issued]] = []
    for issued in ledger.issued:
        if issued.kind in OF_THE_TEXT:
            continue
        mine = next((thread for thread in reversed(threads) if _belongs(ledger, issued, thread)), None)
        if mine is None:
            threads.append([issued])
        else:
            mine.append(issued)
    return [Thread(tuple(thread)) for thread in threads if not thread[0].correction]


def _belongs(ledger: Ledger, issued: Issued, thread: list[Issued]) -> bool:
    if issued.corrects or issued.at_issue:
        return issued.corrects in {each.reference for each in thread}
    replaced = {entry.number for entry in ledger.replaced(ledger.by_number[issued.concerns])}
    return issued.kind in CORRIGENDA and any(number in replaced for each in thread for number in each.told)
