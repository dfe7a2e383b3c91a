"""One event loop for the requests of all test clients: to begin one takes longer than most answers."""

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def one_event_loop() -> Iterator[None]:
    """Test clients send their requests to a loop that goes on. A conftest that imports this needs no more."""
    from anyio.from_thread import start_blocking_portal
    from starlette.testclient import TestClient

    with start_blocking_portal() as portal, pytest.MonkeyPatch.context() as patch:
        patch.setattr(TestClient, "portal", portal)
        yield
