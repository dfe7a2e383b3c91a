"""An outbox on both databases, and a mail server that does as it is told."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from depositary.correspondence.mail.outbox import Sender, seal_in
from depositary.register.seal import Seal
from tests.correspondence.mail.sink import Sink, serving
from tests.faults.conftest import injected, many  # noqa: F401  (fixtures)


@pytest.fixture
def seal(tmp_path: Path) -> Seal:
    return seal_in(tmp_path / "keys")


@pytest.fixture
def sender() -> Sender:
    return Sender("treaties@example.int", "example.int")


@pytest.fixture
def sink(tmp_path: Path) -> Iterator[Sink]:
    with serving(tmp_path / "sink") as sink:
        yield sink
