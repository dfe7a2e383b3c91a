"""What the pages of both sites are made of: links, frames, reasons, lists to choose from."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Link:
    """Words with a link; plain words if `url` is "". `language` is the language of the words, "" for the page's."""

    words: str
    url: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Translation:
    """The page in another language. `absolute` is the address by which another site links to it."""

    code: str
    name: str
    url: str
    absolute: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What each page has around it. `other_day` says that the address names a day; without one the day is today.

    `entry` is the number of the last entry that the page takes into account; 0 if it shows nothing of the register.
    `canonical` is the address of the page, `permanent` the address whose page never changes; both are "" for a page
    that says why there is no answer.
    """

    language: str
    direction: str
    comma: str
    home: str
    here: str
    trail: tuple[Link, ...]
    sections: tuple[Link, ...]
    stylesheet: str
    icon: str
    on: date
    other_day: bool
    known_at: datetime | None
    entry: int
    canonical: str
    permanent: str
    translations: tuple[Translation, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """A finding in words, and the findings it rests on. `page` leads to the full reasons.

    `words` are quoted from the treaty in `language`: the authentic text in the page's language, if it is here.
    """

    sentence: str
    provision: Link
    words: str
    under: tuple[str, ...]
    acts: tuple[Link, ...]
    because: tuple["Reason", ...]
    anchor: str
    page: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Choice:
    """An item of a list to choose from; `chosen` marks the item that was chosen."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Selection:
    """A list to choose from: the name of its field, its label, its items."""

    name: str
    label: str
    choices: tuple[Choice, ...]
