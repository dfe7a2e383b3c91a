"""`make figures`: writes the last run of `make bench` into docs/performance.md, with the machine it was made on."""

import json
import platform
import re
import time
from pathlib import Path

DOCUMENT, RUN = Path("docs/performance.md"), Path("var/bench.json")
BEGIN, END = "<!-- the last run -->", "<!-- its end -->"
BYTES = ("bytes beside", "requests before", "statements", "wrong of", "answers,", "pages rendered")
"""What the rows count that are not times."""


def main() -> None:
    before, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(BEGIN)
    _, found, after = rest.partition(END)
    assert found, f"{DOCUMENT} has no place for the figures"
    rows = json.loads(RUN.read_text(encoding="utf-8"))
    day = time.strftime("%Y-%m-%d", time.gmtime(RUN.stat().st_mtime))
    head = ("| what | ours | reference | ratio | goal | |", "| --- | ---: | ---: | ---: | ---: | --- |")
    text = "\n".join((BEGIN, "", f"Run of {day}, on {machine()}.", "", *head, *map(line, rows), "", END))
    DOCUMENT.write_text(before + text + after, encoding="utf-8")


def line(row: dict[str, str | float]) -> str:
    """A row of the table."""
    name = str(row["name"])
    if "skipped" in row:
        return f"| {name} | | | | | skipped: {row['skipped']} |"
    ours, reference = (amount(name, float(row[key])) for key in ("microseconds", "reference"))
    ratio, goal = float(row["ratio"]), float(row["goal"])
    return f"| {name} | {ours} | {reference} | {ratio:.3g} | {goal:.3g} | {'met' if ratio <= goal else '**missed**'} |"


def amount(name: str, number: float) -> str:
    """A figure with its unit."""
    if "in KB" in name:
        return f"{number / 1000:.0f} MB"
    if any(word in name for word in BYTES):
        return f"{number:,.0f}"
    for unit, size in (("s", 1e6), ("ms", 1e3)):
        if number >= size:
            return f"{number / size:.3g} {unit}"
    return f"{number:.3g} µs"


def machine() -> str:
    """The processors, memory, system and Python of this machine."""
    cpus = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    model = (re.findall(r"^model name\s*: (.+)$", cpus, re.MULTILINE) or ["an unknown processor"])[0]
    memory = int(re.findall(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text(encoding="utf-8"))[0]) >> 20
    cores = cpus.count("processor\t:")
    system = f"{platform.system()} {platform.release().split('-')[0]}"
    python = platform.python_version()
    return f"{cores} cores of {model}, {memory} GiB of memory, {system}, Python {python}, SQLite in a file"


if __name__ == "__main__":
    main()
