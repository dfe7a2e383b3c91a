"""What the pages of both sites are made of: links, frames, reasons, lists to choose from."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere; plain words without a `url`. `language` is theirs, where it is not the page's own."""

    words: str
    url: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Translation:
    """The same page in one of the languages, `absolute` as another site would link to it."""

    code: str
    name: str
    url: str
    absolute: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page bears. `other_day` tells that a day was asked for; without one it is today.

    `entry` is the last entry of the register that it takes account of; 0 where it shows nothing of the register.

    `canonical` is the page's own address, `permanent` the one under which it will always show the same; both are ""
    where there is no page.
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
    """A finding in words, and what it rests on in turn; `page` has the same at length.

    `words` are quoted from the treaty in `language`: authentic words of the page's own where they are at hand.
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
    """A choice of a list; the chosen one is marked."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Selection:
    """A list to choose from: the name of its field, what it is called, what is on it."""

    name: str
    label: str
    choices: tuple[Choice, ...]
