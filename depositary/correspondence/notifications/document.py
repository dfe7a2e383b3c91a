"""A notification as a document in one language: the house's frame, and the paragraphs within it.

The same document is the PDF and the page, and it is what is kept once it is issued.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: plain text, a quotation (`language` where it is not the document's), an item of a list, or a term.

    A `fact` has a label, as a passage before its correction and after.
    """

    kind: Literal["text", "quote", "item", "fact"]
    text: str
    label: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A notification in a language. `day` is the date of issue, ISO; every other date is in words.

    `event` is the line in capitals, `title_language` that of the treaty's title. `proof` are the lines by which the
    register as it stood at issue can be recognized, `link` where the notification is checked.
    """

    language: str
    kind: str
    house: str
    name: str
    reference_label: str
    reference: str
    title: str
    title_language: str
    place_and_day: str
    event: str
    opening: str
    paragraphs: tuple[Paragraph, ...]
    day: str
    issued: str
    attention: str
    proof: str
    verify: str
    link: str

    def told(self) -> dict[str, Any]:
        """The document as plain data."""
        return asdict(self) | {"paragraphs": [asdict(one) for one in self.paragraphs]}


def document_of(told: Mapping[str, Any]) -> Document:
    """The document written as plain data."""
    return Document(**{**told, "paragraphs": tuple(Paragraph(**one) for one in told["paragraphs"])})
