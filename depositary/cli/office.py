"""The common ground of commands about letters: they open both registers, check a person's right, show progress."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from depositary.cli.cases import is_for_the_desk
from depositary.cli.options import open_collection, open_store
from depositary.errors import BadInput
from depositary.settings import Settings, load_settings

if TYPE_CHECKING:
    from depositary.authorities.store import ContactStore
    from depositary.correspondence.circulation.editions import KeptEdition
    from depositary.correspondence.circulation.preparation import Registers
    from depositary.register.seal import Seal
    from depositary.register.store import Store


@dataclass(frozen=True)
class CirculationOffice:
    """What a circulation needs: the settings, both registers, and the seal of letters."""

    settings: Settings
    store: "Store"
    contacts: "ContactStore"
    own: "Registers"
    seal: "Seal"

    def kept(self, year: int | None = None) -> "list[KeptEdition]":
        from depositary.correspondence.circulation.editions import editions

        with self.store.session() as session:
            return editions(session, self.seal, year)


@contextmanager
def office() -> Iterator[CirculationOffice]:
    """Opens and reads both registers."""
    from depositary.authorities.store import ContactStore
    from depositary.correspondence.circulation.preparation import read_registers
    from depositary.correspondence.mail.outbox import seal_in

    settings = load_settings()
    with open_store(settings) as store:
        contacts = ContactStore(settings.contacts, settings.keys)
        try:
            contacts.migrate()
            store.last_lines["contacts"] = contacts.last_line
            own = read_registers(open_collection(settings), store, contacts)
            yield CirculationOffice(settings, store, contacts, own, seal_in(settings.keys))
        finally:
            contacts.close()


@contextmanager
def progress(what: str) -> Iterator[Any]:
    """A progress bar on standard error where that is a terminal; call it with the number done and the number of all."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def check_officer(store: "Store", by: str) -> None:
    """Raises BadInput where the desk is staffed and `by` may not circulate."""
    from depositary.desk.accounts import account

    if not is_for_the_desk(store):
        return
    with store.session() as session:
        person = account(session, by)
    if person is None or not person.may("contacts"):
        raise BadInput([f"--by {by!r}: the desk is staffed, and this account may not circulate"])
