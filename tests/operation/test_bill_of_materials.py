"""The bill of materials says what the lock installs."""

import json
import subprocess
import sys

from depositary.settings import PROJECT


def test_the_bill_is_that_of_the_lock() -> None:
    command = [sys.executable, "deploy/sbom.py", "requirements.lock"]
    written = subprocess.run(command, cwd=PROJECT, check=True, capture_output=True, text=True).stdout
    assert (PROJECT / "deploy" / "sbom.cdx.json").read_text() == written, "run make lock"
    bill = json.loads(written)
    lines = [line for line in (PROJECT / "requirements.lock").read_text().splitlines() if "==" in line]
    assert len(bill["components"]) == len(lines)
    assert {f"{part['name']}=={part['version']}" for part in bill["components"]} <= {
        line.split(" ")[0].split("[")[0] + ("==" + line.split("==")[1].split(" ")[0] if "[" in line else "")
        for line in lines
    }
