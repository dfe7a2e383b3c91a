"""Files served as they are: read once at the start, each under an address that changes with its content."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from depositary.words import AVAILABLE
from depositary.words.languages import forms_of_days

FOLDER = Path(__file__).parent.parent / "static"

DESK = "desk.css"

SLIDER = "slider.js"

SERVED = {
    "vendor/pico.min.css": "text/css; charset=utf-8",
    "depositary.css": "text/css; charset=utf-8",
    "icon.svg": "image/svg+xml",
    "desk.css": "text/css; charset=utf-8",
    "vendor/htmx.min.js": "text/javascript; charset=utf-8",
    SLIDER: "text/javascript; charset=utf-8",
}


@dataclass(frozen=True)
class Assets:
    """The files by name: content, type and hash."""

    files: dict[str, tuple[bytes, str, str]]

    def address(self, name: str) -> str:
        return f"/static/{name}?v={self.files[name][2]}"

    @property
    def stylesheets(self) -> tuple[str, ...]:
        """Those of every page; the desk has one more."""
        return tuple(self.address(name) for name in self.files if name.endswith(".css") and name != DESK)

    @property
    def script(self) -> str:
        return self.address("vendor/htmx.min.js")

    @property
    def slider(self) -> str:
        """The script of a status page's slider."""
        return self.address(SLIDER)

    @property
    def icon(self) -> str:
        return self.address("icon.svg")


def days_in_words() -> bytes:
    """The constant the slider's script says a day with: how each language writes the days of each month."""
    return (
        f"const DAYS = {json.dumps({code: forms_of_days(code) for code in AVAILABLE}, ensure_ascii=False)};\n".encode()
    )


def load_assets() -> Assets:
    """The files that are served."""
    files = {}
    for name, kind in SERVED.items():
        content = (days_in_words() if name == SLIDER else b"") + (FOLDER / name).read_bytes()
        files[name] = (content, kind, hashlib.sha256(content).hexdigest()[:16])
    return Assets(files)
