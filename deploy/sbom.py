"""The bill of materials (CycloneDX 1.5) of what a lock installs: `python deploy/sbom.py requirements.lock`."""

import json
import re
import sys
from pathlib import Path
from typing import Any

PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==(\S+)(?: ; (.*?))?(?: \\)?$", re.MULTILINE)


def bill_of(lock: str, version: str) -> dict[str, Any]:
    """The bill: each library with its version and its package URL; where it is not for every system, for which."""
    parts = [
        {
            "type": "library",
            "bom-ref": f"pkg:pypi/{name}@{pinned}",
            "name": name,
            "version": pinned,
            "purl": f"pkg:pypi/{name}@{pinned}",
            **({"properties": [{"name": "marker", "value": marker}]} if marker else {}),
        }
        for name, pinned, marker in PINNED.findall(lock)
    ]
    own = {"type": "application", "name": "depositary", "version": version, "purl": f"pkg:pypi/depositary@{version}"}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": own},
        "components": parts,
    }


if __name__ == "__main__":
    (number,) = re.findall(r'^version = "(.*)"$', Path("pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    print(json.dumps(bill_of(Path(sys.argv[1]).read_text(encoding="utf-8"), number), indent=1))
