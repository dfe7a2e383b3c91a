"""One deliberate breakage of the program."""

from typing import NamedTuple


class Breakage(NamedTuple):
    """A change of a file's text, which takes a safeguard away, and the test that fails of it, with its folder."""

    name: str
    file: str
    old: str
    new: str
    tests: str
    caught_by: str
