"""A file of acts that was sent to the desk: what its rows mean, what is asked about them, and what they repeat.

The file is read in every form that the command `import` reads. Nothing is kept: the page carries the file until a case
is made of it.
"""

import zlib
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from depositary.errors import BadInput, Sentence
from depositary.law.acts import Act
from depositary.register.batch import new_acts
from depositary.register.identity import Difference
from depositary.treaties.instruments_csv import read_acts
from depositary.treaties.interpretation import Interpretation, Interpreted, Means
from depositary.web.staff.access import Form, file_name
from depositary.web.staff.desk import Desk

LARGEST = 20 * 1024 * 1024
"""The largest file, in bytes."""
ENCODINGS = ("", "windows-1252", "windows-1251", "windows-1256", "gb18030", "utf-16")
CHOOSE_ONE = Sentence("Choose one file.")
TOO_LARGE = Sentence("The file is too large to be examined here; use `depositary import`.")


@dataclass(frozen=True)
class ActsFile:
    """A file that was read. `rows` is empty where the file is in the exact form: then nothing was interpreted."""

    new: tuple[Act, ...]
    differing: tuple[Difference, ...]
    rows: tuple[Interpreted, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether nothing is left to be looked at before a case is made of it."""
        return not self.rows and not self.differing


def sent(form: Form) -> tuple[str, bytes]:
    """The name and the contents of the one file of a form: just chosen, or carried by the page. Raises BadInput."""
    if len(form.files) == 1:
        return form.names[0], form.files[0]
    if form.files or not form["kept"]:
        raise BadInput([CHOOSE_ONE])
    try:
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(b64decode(form["kept"], validate=True), LARGEST)
    except (NotBase64, zlib.error, ValueError):
        raise BadInput([CHOOSE_ONE]) from None
    if not unpacking.eof:
        raise BadInput([TOO_LARGE])
    return file_name(form["name"] or "acts.csv"), content


def carried(content: bytes) -> str:
    """The contents of a file as a field of the page."""
    return b64encode(zlib.compress(content)).decode()


def meant(form: Form) -> Means:
    """What the form says of the file: its treaty, encoding, sheet, the order of its dates, and the answers given."""
    words: dict[str, str] = {}
    for name, text in form.fields.items():
        if name.startswith("text-") and (meaning := form[f"mean-{name.removeprefix('text-')}"]):
            words[text] = meaning
    encoding = form["encoding"] if form["encoding"] in ENCODINGS else ""
    order = form["dates"] if form["dates"] in ("day", "month") else ""
    return Means(form["treaty"], encoding, form["sheet"][:80], order, words)


def read_file(desk: Desk, name: str, content: bytes, means: Means) -> ActsFile:
    """The acts of a file. Raises BadInput with all faults, as Asked where an answer may mend them."""
    collection = desk.collection
    if len(content) > LARGEST:
        raise BadInput([TOO_LARGE])
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        try:
            acts, rows = read_acts(path, collection.participants, collection.treaties), tuple[Interpreted, ...]()
        except BadInput:  # The file is not in the exact form: its meaning is interpreted, or asked.
            interpretation = Interpretation(path, collection.participants, collection.treaties, means)
            rows = tuple(interpretation.rows())
            acts = [row.act for row in rows]
    if not acts:
        raise BadInput([Sentence("The file has no act.")])
    differing: list[Difference] = []
    new = tuple(new_acts(acts, desk.store, differing))
    return ActsFile(new, tuple(differing), rows)


def chosen(differing: tuple[Difference, ...], fields: Mapping[str, str]) -> tuple[Difference, ...]:
    """The differences whose boxes were ticked: each rectifies its entry."""
    ticked = {number for name in fields if (number := name.removeprefix("rectify-")) != name}
    return tuple(one for one in differing if one.standing is not None and f"{one.act.number}" in ticked)
