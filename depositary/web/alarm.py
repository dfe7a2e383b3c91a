"""The alarm: why the public site is not up to date. The public process writes it, and the desk reads it."""

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

NAME = "alarm.json"


@dataclass(frozen=True)
class Alarm:
    """Why the site stays as at an entry, and since when."""

    since: str
    size: int
    reason: str

    @property
    def at(self) -> datetime:
        """When the alarm was raised."""
        return datetime.fromisoformat(self.since)


def alarm_in(folder: Path) -> Alarm | None:
    """The alarm in the published folder; None if there is none."""
    with suppress(FileNotFoundError):
        return Alarm(**json.loads((folder / NAME).read_text(encoding="utf-8")))
    return None
