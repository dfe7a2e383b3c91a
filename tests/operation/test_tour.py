"""The tour of docs/tour.md, walked in a browser: what it prints in bold is pressed, in order."""

import re
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from depositary.cli.demo_house import DRAFTS, PASSWORD, RELEASES
from depositary.settings import PROJECT
from tests.browsers import follow
from tests.operation.conftest import environment, listening
from tests.waiting import until

TOUR = (PROJECT / "docs" / "tour.md").read_text(encoding="utf-8")
PROGRAM = PROJECT / ".venv" / "bin" / "depositary"


class Walker:
    """A person of the demonstration at a browser of their own."""

    def __init__(self, browser: Any, desk: str, home: Path, name: str) -> None:
        self.page = browser.new_context(base_url=desk).new_page()
        own = (home / "SIGN-IN.txt").read_text().partition(f"{name}\n")[2]
        code = re.findall(r"[0-9a-f]+(?:-[0-9a-f]+){2,}", own)[0]
        self.page.goto("/staff/sign-in")
        for field, value in (("name", name), ("password", PASSWORD), ("code", code)):
            self.page.fill(f"[name={field}]", value)
        follow(self.page, "main button")

    def press(self, label: str) -> None:
        """Presses the button or follows the link with a label, to another page."""
        found = self.page.get_by_role("button", name=label, exact=True)
        follow(self.page, found if found.count() else self.page.get_by_role("link", name=label, exact=True).first)

    @property
    def text(self) -> str:
        return " ".join(self.page.inner_text("main").split())


@pytest.fixture
def home(world: Path, tmp_path: Path) -> Path:
    shutil.copytree(world / "var", tmp_path / "var")
    return tmp_path / "var"


def test_the_tour(home: Path, browser: Any) -> None:
    bold = iter(re.findall(r"\*\*(.+?)\*\*", TOUR))
    told = environment(home.parent, DEPOSITARY_DATA=str(home / "data"))
    with listening(PROGRAM, home.parent, told) as (site, desk):
        address = f"http://127.0.0.1:{desk}"
        flora, vera = (Walker(browser, address, home, name) for name in (DRAFTS, RELEASES))

        flora.press(next(bold))
        flora.press(next(bold))
        flora.page.click(f"text={next(bold)}")
        flora.page.select_option("#treaty", "XVIII-16-a")
        flora.page.fill("#participant", "Ruritania")
        for question in ("capacity", "undertaking", "original", "language"):
            flora.page.select_option(f"#{question}", "yes")
        flora.page.wait_for_selector("#preview >> text=It would bring the Protocol into force")
        submit = next(bold)
        flora.press(submit)
        if flora.page.locator("input[name=confirm]").count():  # a weekend, on which offices are closed
            flora.page.check("input[name=confirm]")
            flora.press(submit)

        vera.press(next(bold))
        follow(vera.page, "#awaiting a")
        assert "Ruritania" in vera.text
        vera.press(next(bold))
        entry = re.search(r"Recorded as\D*(\d+)", vera.text)
        assert entry, vera.text

        def shown() -> bool:
            with urllib.request.urlopen(f"http://127.0.0.1:{site}/en/treaties/XVIII-16-a") as answer:
                return "Enters into force on" in answer.read().decode()

        until(shown, "the site shows the entry into force", pause=0.1)

        vera.press(next(bold))
        assert "ENTRY INTO FORCE" in vera.text
        vera.press(next(bold))
        vera.press(next(bold))
        assert "No notification is to be issued." in vera.text
        follow(vera.page, "#issued-last ~ * a >> nth=0")
        vera.press(next(bold))

        flora.press(next(bold))
        flora.press(next(bold))
        vera.page.goto(flora.page.url)
        vera.page.fill("#count", str(vera.page.locator("table >> nth=0").locator("tbody tr").count()))
        vera.press(next(bold))
        until(lambda: len([*(home / "outbox").glob("*.eml")]) > 61 + 60, "the letters are written", pause=0.1)

        command = [sys.executable, str(PROJECT / "docs/verify.py"), f"http://127.0.0.1:{site}", entry[1]]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert "all holds" in done.stdout
    assert next(bold, None) is None, "everything that the tour names was pressed"
