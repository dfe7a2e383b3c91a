"""Documents are set by typst, which a host that only serves pages may leave out."""

import subprocess
import sys

import pytest

from depositary.errors import Unavailable
from depositary.settings import PROJECT
from depositary.words import pdf


def test_a_host_without_the_typesetter_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    pdf._compiler.cache_clear()
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(Unavailable, match=r"installed without the extra depositary\[pdf\]"):
        pdf.document("briefing", {})
    monkeypatch.undo()
    with pytest.raises(pdf.NotSet):
        pdf.document("briefing", {})  # with nothing to fill it


def test_the_site_is_imported_without_it() -> None:
    code = "import sys; sys.modules['typst'] = None; import depositary.web.app, depositary.web.staff.app"
    subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=True)
