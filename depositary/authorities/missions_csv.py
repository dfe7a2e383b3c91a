"""Permanent missions as the rows of a file."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from depositary.authorities.missions import Mission, mission_faults, plain_address
from depositary.treaties.csv_files import at, plain_field, read_rows

REQUIRED = ("participant", "name", "email", "domains")
OPTIONAL = ("language", "certificate")


def read_missions(path: Path, participants: Mapping[str, object], found: list[str]) -> Iterator[Mission]:
    """The missions of a file; `domains` have spaces between them. Faults go to `found`, as those of any file."""
    for line, row in read_rows(path, REQUIRED, OPTIONAL, found):
        texts = {name: plain_field(text).strip() for name, text in row.items()}
        mission = Mission(
            texts["participant"],
            texts["name"],
            plain_address(texts["email"]),
            tuple(texts["domains"].lower().split()),
            texts["language"] or "en",
            texts["certificate"],
        )
        wrong = mission_faults(mission, participants)
        found += [at(f"{path.name}:{line}: {name}", said) for name, said in wrong.items()]
        if not wrong:
            yield mission
