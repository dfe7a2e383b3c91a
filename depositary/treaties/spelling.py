"""Invisible characters: the words of a State keep some of them, all others are removed. Nothing else is changed."""

import unicodedata

from depositary.errors import Sentence

IN_TEXTS = ("text",)
"""The columns whose words are a State's own."""

TAKEN_OUT = {
    "\u00ad": Sentence("soft hyphens taken out"),
    "\u200b": Sentence("spaces without width taken out"),
    "\ufeff": Sentence("byte order marks taken out"),
    "\u2060": Sentence("word joiners taken out"),
}
MARKS = "\u200e\u200f\u061c"
"""The marks of direction, which a text in Arabic or Hebrew may need, and a name or a date never."""
SEPARATORS = "\u2028\u2029\x0b\x0c\x85"


def mended(column: str, text: str) -> tuple[str, list[Sentence]]:
    """The text that is kept, and the repairs that were made in it.

    What may hide words, as U+202E, is left: the check of the row refuses it.
    """
    if text.isascii() and text.isprintable():
        return text.strip() if column not in IN_TEXTS else text, []
    said: list[Sentence] = []
    for character, sentence in TAKEN_OUT.items():
        if character in text:
            text = text.replace(character, "")
            said.append(sentence)
    if column not in IN_TEXTS and any(mark in text for mark in MARKS):
        text = text.translate(dict.fromkeys(map(ord, MARKS)))
        said.append(Sentence("marks of direction taken out"))
    if any(one in text for one in SEPARATORS) or "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n").translate(dict.fromkeys(map(ord, SEPARATORS), "\n"))
        said.append(Sentence("line separators written as line breaks"))
    if column not in IN_TEXTS:
        text = " ".join(text.split())
    if (composed := unicodedata.normalize("NFC", text)) != text:
        text = composed
        said.append(Sentence("letters written in their composed form (NFC)"))
    return text, said
