"""Every setting is in the page of settings, and the page names no other."""

import re

from depositary.settings import PREFIX, PROJECT, Settings


def test_the_page_names_each_setting() -> None:
    page = (PROJECT / "docs/settings.md").read_text(encoding="utf-8")
    assert set(re.findall(rf"`{PREFIX}([A-Z_]+)`", page)) == {name.upper() for name in Settings.model_fields}
