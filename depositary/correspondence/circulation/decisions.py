"""Decisions about an edition, each in one transaction: a second person's approval, its withdrawal, its closing."""

from depositary.correspondence.circulation import editions
from depositary.correspondence.circulation.editions import Kept
from depositary.correspondence.circulation.preparation import Registers, remade
from depositary.correspondence.mail.steps import letters, unsettled
from depositary.desk.audit import Doing
from depositary.register.seal import Seal
from depositary.register.store import Store


def approve(store: Store, own: Registers, name: str, seen: str, count: str, seal: Seal, doing: Doing) -> Kept:
    """A second person approves an edition as it was shown, if the registers still give the same. Raises NotSo."""
    with store.session() as session:
        every = editions.editions(session, seal)
    kept = next((one for one in every if one.name == name), None)
    if kept is None:
        raise editions.NotSo(f"There is no edition {name[:80]}.")
    now = remade(own, kept.edition, every, doing.at)
    with store.recording() as recording:
        return editions.approve(recording, name, seen, count, now, seal, doing)


def withdraw(store: Store, name: str, reason: str, seal: Seal, doing: Doing) -> Kept:
    """Takes an edition back that nobody has approved. Raises NotSo."""
    with store.session(writing=True) as session:
        return editions.withdraw(session, name, reason, seal, doing)


def close(store: Store, name: str, seal: Seal, doing: Doing) -> Kept:
    """Closes an edition of which every recipient's letter is settled. Raises NotSo."""
    with store.session(writing=True) as session:
        kept = editions.edition(session, name, seal)
        posted = letters(session, seal, name)
        missing = len(kept.edition.recipients) - len(posted) if kept else 0
        return editions.close(session, name, missing + len(unsettled(posted)), seal, doing)
