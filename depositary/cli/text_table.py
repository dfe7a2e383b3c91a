"""Lines and tables on standard output, without a library: to load and ask one took a third of an answer's time."""

import os
import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from itertools import zip_longest

WIDE = 100
NARROW = 8
"""No column is made narrower than this."""


def width() -> int:
    """How wide an answer is: as the terminal, or wide enough for a table where there is none."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else WIDE


def write_line(line: str = "", *, bold: bool = False) -> None:
    """Writes a line, broken at spaces where it is wider than the answer."""
    for part in textwrap.wrap(line, width(), replace_whitespace=False, break_on_hyphens=False) or [""]:
        _write(part, bold)


def write_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Writes rows beneath the heads of their columns."""
    table = [heads, *rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    while sum(widths) + 2 * len(widths) - 2 > width() and max(widths) > NARROW:
        widths[widths.index(max(widths))] -= 1
    for number, row in enumerate(table):
        for line in _lines(row, widths):
            _write(line, bold=number == 0)


def _lines(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    cells = [[cell] if len(cell) <= wide else textwrap.wrap(cell, wide) for cell, wide in zip(row, widths, strict=True)]
    for parts in zip_longest(*cells, fillvalue=""):
        yield "  ".join(part.ljust(wide) for part, wide in zip(parts, widths, strict=True)).rstrip()


def _write(line: str, bold: bool) -> None:
    print(f"\x1b[1m{line}\x1b[0m" if bold and sys.stdout.isatty() and not os.environ.get("NO_COLOR") else line)
