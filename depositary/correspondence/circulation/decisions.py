"""Decisions about an edition: a second person approves it, it is withdrawn, it is closed. Each is one transaction."""

from depositary.correspondence.circulation import editions
from depositary.correspondence.circulation.editions import KeptEdition
from depositary.correspondence.circulation.preparation import Registers, remake
from depositary.correspondence.mail.steps import letters, unsettled
from depositary.desk.audit import Doing
from depositary.register.seal import Seal
from depositary.register.store import Store


def approve(store: Store, own: Registers, name: str, seen: str, count: str, seal: Seal, doing: Doing) -> KeptEdition:
    """A second person approves the edition they were shown. Raises EditionRefused where the registers have changed."""
    with store.session() as session:
        every = editions.editions(session, seal)
    kept = next((one for one in every if one.name == name), None)
    if kept is None:
        raise editions.EditionRefused(f"There is no edition {name[:80]}.")
    now = remake(own, kept.edition, every, doing.at)
    with store.recording() as recording:
        return editions.approve(recording, name, seen, count, now, seal, doing)


def withdraw(store: Store, name: str, reason: str, seal: Seal, doing: Doing) -> KeptEdition:
    """Withdraws an edition. Raises EditionRefused where somebody has approved it."""
    with store.session(writing=True) as session:
        return editions.withdraw(session, name, reason, seal, doing)


def close(store: Store, name: str, seal: Seal, doing: Doing) -> KeptEdition:
    """Closes an edition. Raises EditionRefused where the letter of a recipient is not settled."""
    with store.session(writing=True) as session:
        kept = editions.edition(session, name, seal)
        posted = letters(session, seal, name)
        missing = len(kept.edition.recipients) - len({letter.recipient for letter in posted}) if kept else 0
        return editions.close(session, name, missing + len(unsettled(posted)), seal, doing)
