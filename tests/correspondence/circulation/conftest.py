"""An office: a register on both databases in which one act is recorded, and parties made up beside it."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from depositary.correspondence.circulation import decisions
from depositary.correspondence.circulation.editions import KeptEdition, editions, prepare
from depositary.correspondence.circulation.preparation import Registers, new_edition
from depositary.desk.audit import Doing
from depositary.register.recording import record
from depositary.register.seal import Seal
from depositary.register.store import Store
from tests.correspondence.circulation.sample_registers import AT, FIRST, TREATY
from tests.correspondence.mail.conftest import seal, sender, sink  # noqa: F401  (fixtures)
from tests.faults.conftest import injected, many  # noqa: F401  (fixtures)
from tests.register.sample_acts import RATIFIED


@pytest.fixture
def prepared(store: Store, seal: Seal) -> Callable[..., KeptEdition]:  # noqa: F811
    """`prepared(registers)`: an edition of 2028, or of another day, prepared by flora."""
    record(RATIFIED, "clerk", AT, store)

    def prepare_(own: Registers, on: date = FIRST, at: datetime = AT, **more: object) -> KeptEdition:
        return prepared_in(store, seal, own, on, at, **more)

    return prepare_


def prepared_in(store: Store, seal: Seal, own: Registers, on: date, at: datetime, **more: object) -> KeptEdition:  # noqa: F811
    with store.session(writing=True) as session:
        edition = new_edition(own, editions(session, seal), TREATY, on.year, on, at, **more)  # type: ignore[arg-type]
        return prepare(session, edition, seal, Doing("flora", at))


def approved_in(store: Store, seal: Seal, own: Registers, kept: KeptEdition) -> KeptEdition:  # noqa: F811
    count = str(len(kept.edition.recipients))
    return decisions.approve(store, own, kept.name, kept.edition.digest, count, seal, Doing("rudolf", kept.prepared_at))


@pytest.fixture
def approved(store: Store, seal: Seal, prepared: Callable[..., KeptEdition]) -> Callable[..., KeptEdition]:  # noqa: F811
    """The same, approved by rudolf."""

    def approve(own: Registers, on: date = FIRST, at: datetime = AT, **more: object) -> KeptEdition:
        return approved_in(store, seal, own, prepared(own, on, at, **more))

    return approve
