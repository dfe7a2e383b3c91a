"""Why the public site stays as it was: told by the process that publishes it, in a file the desk reads."""

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

NAME = "alarm.json"


@dataclass(frozen=True)
class Alarm:
    """Why the site stays as at an entry, for the staff."""

    since: str
    size: int
    reason: str

    @property
    def at(self) -> datetime:
        """When it was raised."""
        return datetime.fromisoformat(self.since)


def alarm_in(folder: Path) -> Alarm | None:
    """The alarm in the published folder; None where all is well."""
    with suppress(FileNotFoundError):
        return Alarm(**json.loads((folder / NAME).read_text(encoding="utf-8")))
    return None
