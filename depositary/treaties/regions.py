"""The region of a State, by the geographical regions of the United Nations Statistics Division (M49)."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from depositary.errors import BadInput
from depositary.treaties.csv_files import read_rows

REGIONS = ("africa", "americas", "asia", "europe", "oceania")


@cache
def load_regions(path: Path) -> dict[str, str]:
    """The regions of a file by the State's code; none where there is no such file. Raises BadInput with its faults."""
    if not path.is_file():
        return {}
    faults: list[str] = []
    found = {}
    for line, row in read_rows(path, ("code", "region"), (), faults):
        if row["region"] not in REGIONS:
            faults.append(f"{path.name}:{line}: region: {row['region']!r} is not known; allowed: {', '.join(REGIONS)}")
        found[row["code"]] = row["region"]
    if faults:
        raise BadInput(faults)
    return found


def region_of(regions: Mapping[str, str], code: str) -> str:
    """A participant's region, "" for an organization."""
    return regions.get(code, "")
