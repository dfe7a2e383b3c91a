"""Documents as PDF: tagged, PDF/A and PDF/UA at once, the same bytes for the same content.

What is filled in goes to the template as data, never as text of the template.
"""

import json
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from depositary.settings import PROJECT

TEMPLATES = PROJECT / "templates" / "pdf"
FONTS = Path(__file__).parent / "fonts"
"""Arabic and Chinese; the typesetter itself has Latin, Greek and Cyrillic. Each letter of the Arabic font is one glyph:
a reader program finds no letters in a font that parts them into strokes and dots."""
STANDARDS: Any = ["a-2a", "ua-1"]

_ONE_AT_A_TIME = Lock()
"""The typesetter refuses a second thread while it sets."""


@cache
def _compiler() -> typst.Compiler:
    """One compiler for all documents: the second takes a hundredth of the first."""
    return typst.Compiler(root=str(TEMPLATES), font_paths=[str(FONTS)], ignore_system_fonts=True)


def document(template: str, told: dict[str, Any]) -> bytes:
    """The document of a template (`briefing`), filled with what is told."""
    data = {"data": json.dumps(told, ensure_ascii=False, sort_keys=True)}
    source = str(TEMPLATES / f"{template}.typ")
    with _ONE_AT_A_TIME:
        made = _compiler().compile(input=source, sys_inputs=data, pdf_standards=STANDARDS, format="pdf")
    assert isinstance(made, bytes), "a PDF is one file"
    return made
