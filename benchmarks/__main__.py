"""`make bench`: every figure beside its reference, measured in interleaved rounds; a table and `var/bench.json`.

Exit status 1 where a ratio misses its goal. A figure in microseconds is told, never judged: it is the machine's.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from benchmarks import authorities, deriving, desking, keeping, notifying, posting


def main() -> None:
    figures = []
    print(f"{'':52}{'µs':>14}{'reference':>14}{'ratio':>10}{'goal':>10}")
    for part in (deriving, keeping, authorities, desking, posting, notifying):
        for one in part.figures():
            missed = "" if one.ratio <= one.goal else "  missed"
            print(
                f"{one.name:52}{one.microseconds:14.1f}{one.reference:14.1f}{one.ratio:10.4g}{one.goal:10.4g}{missed}"
            )
            figures.append(one)
    out = Path("var")
    out.mkdir(exist_ok=True)
    (out / "bench.json").write_text(json.dumps([asdict(one) for one in figures], indent=2) + "\n")
    sys.exit(any(one.ratio > one.goal for one in figures))


if __name__ == "__main__":
    main()
