"""Permanent missions as the rows of a file."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from depositary.authorities.missions import Mission, mission_faults, plain_address, plain_domain
from depositary.treaties.csv_files import at, plain_field, read_rows
from depositary.treaties.names import Gazetteer

REQUIRED = ("participant", "name", "email", "domains")
OPTIONAL = ("language", "certificate")


def read_missions(path: Path, gazetteer: Gazetteer, on: date, found: list[str]) -> Iterator[Mission]:
    """The missions of a file; `domains` have spaces between them. A participant is a code or a name of a day.

    Faults go to `found`, as those of any file.
    """
    for line, row in read_rows(path, REQUIRED, OPTIONAL, found):
        texts = {name: plain_field(text).strip() for name, text in row.items()}
        mission = Mission(
            gazetteer.resolve(texts["participant"], on) or texts["participant"],
            texts["name"],
            plain_address(texts["email"]),
            tuple(map(plain_domain, texts["domains"].split())),
            texts["language"] or "en",
            texts["certificate"],
        )
        wrong = mission_faults(mission, gazetteer.participants)
        if "participant" in wrong:
            wrong["participant"] = gazetteer.question(texts["participant"], on)
        found += [at(f"{path.name}:{line}: {name}", said) for name, said in wrong.items()]
        if not wrong:
            yield mission
