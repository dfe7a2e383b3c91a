"""Assets: files that are read once at the start. The address of each changes with its content."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from depositary.words import AVAILABLE
from depositary.words.dates import forms_of_days

FOLDER = Path(__file__).parent / "static"

DESK = "desk.css"

DESK_SCRIPT = "desk.js"

SLIDER = "slider.js"

PASSKEY = "passkey.js"

CSS, SCRIPT = "text/css; charset=utf-8", "text/javascript; charset=utf-8"

SERVED = {
    "depositary.css": (CSS, ("vendor/pico.min.css", "depositary.css")),
    "icon.svg": ("image/svg+xml", ("icon.svg",)),
    DESK: (CSS, (DESK,)),
    "vendor/htmx.min.js": (SCRIPT, ("vendor/htmx.min.js",)),
    DESK_SCRIPT: (SCRIPT, ("vendor/htmx.min.js", DESK_SCRIPT)),
    SLIDER: (SCRIPT, (SLIDER,)),
    PASSKEY: (SCRIPT, (PASSKEY,)),
}
"""The assets: type and source files of each. A browser waits for one stylesheet before it shows a page."""


@dataclass(frozen=True)
class Assets:
    """The files by name: content, type and hash."""

    files: dict[str, tuple[bytes, str, str]]

    def address(self, name: str) -> str:
        return f"/static/{name}?v={self.files[name][2]}"

    @property
    def stylesheet(self) -> str:
        """The stylesheet of all pages; the desk has one more."""
        return self.address("depositary.css")

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
    """The constant with which the slider's script writes a day: the days of each month in each language."""
    return (
        f"const DAYS = {json.dumps({code: forms_of_days(code) for code in AVAILABLE}, ensure_ascii=False)};\n".encode()
    )


def load_assets() -> Assets:
    """The files that are served."""
    files = {}
    for name, (kind, parts) in SERVED.items():
        content = b"".join((FOLDER / part).read_bytes() for part in parts)
        if name == SLIDER:
            content = days_in_words() + content
        files[name] = (content, kind, hashlib.sha256(content).hexdigest()[:16])
    return Assets(files)
