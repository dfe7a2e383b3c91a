"""What tests in a browser need: an application that is served, Chromium, and what finds a page inaccessible."""

import contextlib
import os
import re
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

VENDOR = Path(__file__).parent / "vendor"

PATIENCE = 180_000
"""How many milliseconds a test waits for a page, or for something on it: a loaded machine takes its time."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tries a test in a browser once more where it failed (decision 57)."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def serve() -> Callable[[Any], AbstractContextManager[str]]:
    """`with serve(app) as address:` answers at that address, http://127.0.0.1:PORT, until the block ends."""
    import uvicorn

    @contextlib.contextmanager
    def serving(app: Any) -> Iterator[str]:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none", timeout_graceful_shutdown=1))
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
            thread.start()
            for _ in range(1000):  # counted, because the clock may be frozen
                thread.join(0.01)
                if server.started or not thread.is_alive():
                    break
            if not server.started:
                pytest.fail("The application did not start; its log says why.", pytrace=False)
            try:
                yield f"http://127.0.0.1:{listener.getsockname()[1]}"
            finally:
                server.should_exit = True
                thread.join(10)

    return serving


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """pytest-playwright's `page`, `context` and `browser` are those of the installed Chromium.

    Its headless shell is preferred: it opens a page in a third of the time.
    """
    names = [os.environ["CHROMIUM"]] if "CHROMIUM" in os.environ else ["chromium-headless-shell", "chromium"]
    chromium = next(filter(None, map(shutil.which, names)), None)
    if chromium is None:
        pytest.fail(
            "These tests need Chromium. Install it (on Debian: apt-get install chromium-headless-shell), or set "
            "CHROMIUM to its path.",
            pytrace=False,
        )
    return {
        **browser_type_launch_args,
        "executable_path": chromium,
        "args": [
            "--no-sandbox",  # which root cannot have
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@pytest.fixture(scope="session")
def browser(browser: Any) -> Any:
    """The browser of pytest-playwright; its pages are waited for with patience."""
    from playwright.sync_api import expect

    expect.set_options(timeout=PATIENCE)
    browser.on("context", lambda context: context.set_default_timeout(PATIENCE))
    return browser


def arrive(page: Any, address: str) -> None:
    """Waits until a page with an address is there; `*` stands for anything.

    The address is asked for again and again: `wait_for_url` fails where a second click, or the next move of a
    slider, takes the place of a navigation under way.
    """
    from playwright.sync_api import expect

    expect(page).to_have_url(re.compile(".*".join(map(re.escape, re.split(r"\*+", address))) + "$"))
    page.wait_for_load_state()


def follow(page: Any, what: Any, by: str = "click") -> None:
    """Clicks or taps on what leads to another page, a selector or locator, and waits until that page is there.

    The page that is left bears a mark. A wait for a navigation would end at any change of the address, also where a
    script makes it.
    """
    from playwright.sync_api import expect

    page.evaluate("document.documentElement.dataset.left = ''")
    getattr(page.locator(what).first if isinstance(what, str) else what, by)()
    expect(page.locator("html:not([data-left])")).to_be_attached()
    page.wait_for_load_state()
    await_scripts(page)


def await_scripts(page: Any) -> None:
    """Waits until the scripts of a page hear what is typed: htmx begins to listen a moment after the page is loaded."""
    from playwright.sync_api import expect

    if page.evaluate("'htmx' in window"):
        deaf = ", ".join(f"[{name}]:not([data-htmx-powered])" for name in ("hx-get", "hx-post"))
        expect(page.locator(deaf)).to_have_count(0)


@pytest.fixture(scope="session")
def axe() -> Callable[[Any], list[str]]:
    """`axe(page)` lists what is inaccessible on a page, as far as a program can see it."""
    script = (VENDOR / "axe.min.js").read_text(encoding="utf-8")

    def violations(page: Any) -> list[str]:
        if page.evaluate("typeof axe") == "undefined":  # to load it takes as long as to run it
            page.evaluate(script)
        found = page.evaluate("axe.run({resultTypes: ['violations'], preload: false}).then(found => found.violations)")
        return [
            f"{violation['id']}: {violation['help']}: {node['html']}"
            for violation in found
            for node in violation["nodes"]
        ]

    return violations


def is_clean(page: Any, axe: Callable[[Any], list[str]], *, both_directions: bool = False) -> None:
    """Asserts of the page that is open that it fits, wide and narrow, and that nothing on it is inaccessible.

    With both directions it fits in each of them at each width, and is accessible wide from left to right and narrow
    from right to left: the direction of a page is an attribute, which is set here.
    """
    for width, directions in ((1280, ("rtl", "ltr")), (390, ("ltr", "rtl"))):
        page.set_viewport_size({"width": width, "height": 900})
        for direction in directions if both_directions else [page.evaluate("document.dir")]:
            page.evaluate("direction => { document.dir = direction }", direction)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (page.url, width, direction)
        assert axe(page) == [], (page.url, width)
