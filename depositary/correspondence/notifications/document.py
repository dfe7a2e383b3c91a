"""A notification as a document in one language: paragraphs in the frame of the house.

The PDF and the page are made from the document, and it is kept when the notification is issued.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: plain text, a quotation, an item of a list, or a term. `language` is set where it is another one.

    A `fact` has a label: it is a passage before its correction, or after.
    """

    kind: Literal["text", "quote", "item", "fact"]
    text: str
    label: str = ""
    language: str = ""


class Earlier(Paragraph):
    """A paragraph that names an earlier notification, to be read with this one."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A notification in a language. `day` is the date of issue as ISO; every other date is in words.

    `event` is the line in capitals, `title_language` the language of the treaty's title. `proof` are the lines that
    identify the register at the time of issue; `link` is the address at which the notification can be checked.
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
