"""`make bench`: every figure beside its reference, measured in interleaved rounds; a table and `var/bench.json`.

Exit status 1 where a ratio misses its goal. A figure in microseconds is told, never judged: it is the machine's. What
cannot be measured here is told as skipped.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from benchmarks import answering, authorities, deriving, desking, keeping, notifying, posting, publishing
from benchmarks.measuring import Figure, Skipped


def main() -> None:
    figures: list[Figure | Skipped] = []
    print(f"{'':52}{'µs':>14}{'reference':>14}{'ratio':>10}{'goal':>10}")
    for part in (deriving, keeping, authorities, desking, posting, notifying, publishing, answering):
        for figure in part.figures():
            figures.append(figure)
            if isinstance(figure, Skipped):
                print(f"{figure.name:52}  skipped: {figure.skipped}")
                continue
            missed = "" if figure.ratio <= figure.goal else "  missed"
            print(
                f"{figure.name:52}{figure.microseconds:14.1f}{figure.reference:14.1f}{figure.ratio:10.4g}{figure.goal:10.4g}{missed}"
            )
    out = Path("var")
    out.mkdir(exist_ok=True)
    (out / "bench.json").write_text(json.dumps([asdict(one) for one in figures], indent=2) + "\n")
    sys.exit(any(isinstance(one, Figure) and one.ratio > one.goal for one in figures))


if __name__ == "__main__":
    main()
