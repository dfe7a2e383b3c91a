"""Documents as PDF: tagged, PDF/A and PDF/UA at once, the same bytes for the same content.

What is filled in goes to the template as data, never as text of the template. The typesetter, typst, is the extra `pdf`:
a host without it serves everything else.
"""

import json
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from depositary.errors import Unavailable
from depositary.settings import PROJECT

if TYPE_CHECKING:
    import typst

TEMPLATES = PROJECT / "templates" / "pdf"
FONTS = Path(__file__).parent / "fonts"
"""Arabic and Chinese; the typesetter itself has Latin, Greek and Cyrillic. Each letter of the Arabic font is one glyph:
a reader program finds no letters in a font that parts them into strokes and dots."""
STANDARDS: Any = ["a-2a", "ua-1"]

_ONE_AT_A_TIME = Lock()
"""The typesetter refuses a second thread while it sets."""


class NotSet(Exception):
    """A document that the typesetter cannot set, and why."""


@cache
def _compiler() -> "typst.Compiler":
    """One compiler for all documents: the second takes a hundredth of the first. Raises Unavailable without it."""
    try:
        import typst
    except ImportError:
        raise Unavailable("This host makes no PDF: it is installed without the extra depositary[pdf].") from None
    return typst.Compiler(root=str(TEMPLATES), font_paths=[str(FONTS)], ignore_system_fonts=True)


def document(template: str, told: dict[str, Any]) -> bytes:
    """The document of a template (`briefing`), filled with what is told. Raises NotSet, or Unavailable."""
    data = {"data": json.dumps(told, ensure_ascii=False, sort_keys=True)}
    source = str(TEMPLATES / f"{template}.typ")
    compiler = _compiler()
    with _ONE_AT_A_TIME:
        try:
            made = compiler.compile(input=source, sys_inputs=data, pdf_standards=STANDARDS, format="pdf")
        except RuntimeError as fault:
            if not TEMPLATES.is_dir():
                raise Unavailable(f"No PDF can be set: the templates {TEMPLATES} are not there.") from fault
            raise NotSet(str(fault)) from fault
    assert isinstance(made, bytes), "a PDF is one file"
    return made
