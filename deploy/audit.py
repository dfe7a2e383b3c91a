"""Asks a database of weaknesses about all that the bill of materials names: `python deploy/audit.py [BILL] [URL]`.

One question for all, in the form of OSV (https://osv.dev). Exit status 1: a library has a known weakness; 2: something
could not be checked. What no such database knows is said each time.
"""

import json
import sys
import urllib.request
from pathlib import Path
from typing import Any

BILL = Path(__file__).with_name("sbom.cdx.json")
OSV = "https://api.osv.dev/v1/querybatch"
NEVER = "Not checked by this: Python itself, the system, and what a library's wheel has in it that is not Python."


def ask(url: str, parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """An answer for each part. Raises OSError or ValueError where there is none."""
    told = json.dumps({"queries": [{"package": {"purl": part["purl"]}} for part in parts]}).encode()
    request = urllib.request.Request(url, told, {"Content-Type": "application/json"})  # noqa: S310
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
        return list(json.load(answer)["results"])


def main(bill: Path, url: str) -> int:
    parts = json.loads(bill.read_text(encoding="utf-8"))["components"]
    try:
        answers = ask(url, parts)
    except (OSError, ValueError, KeyError) as fault:
        answers, why = [], str(fault)
    else:
        why = "no answer, or only a part of one"
    weak = unknown = 0
    for number, part in enumerate(parts):
        answer = answers[number] if number < len(answers) else None
        found = [one["id"] for one in answer.get("vulns", [])] if answer is not None else []
        if answer is None or "next_page_token" in answer:
            unknown += 1
            print(f"{part['name']} {part['version']}: could not be checked ({why})")
        if found:
            weak += 1
            print(f"{part['name']} {part['version']}: {', '.join(found)}")
    print(f"{len(parts)} libraries: {weak} with a known weakness, {unknown} that could not be checked. {NEVER}")
    return 1 if weak else 2 if unknown else 0


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.exit(main(Path(given[0]) if given else BILL, given[1] if len(given) > 1 else OSV))
