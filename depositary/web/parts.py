"""What the pages of both sites are made of: links, frames, reasons, lists to choose from."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from depositary import clock
from depositary.words import AVAILABLE, NAMES


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


def translations(base_url: str, ending: str) -> tuple[Translation, ...]:
    """A page in every language; `ending` is its address after the language."""
    return tuple(Translation(code, NAMES[code], f"/{code}{ending}", f"{base_url}/{code}{ending}") for code in AVAILABLE)


OLD = timedelta(days=730)
"""How long after the last complete day a page of the treaty opens on that day."""


@dataclass(frozen=True, slots=True)
class Complete:
    """How far the acts under the treaties of a page are complete, where that is before the day of the page.

    `last` differs from `first` on a page of several treaties. `missing` leads to what is known to be missing.
    """

    first: date
    last: date
    missing: str = ""

    @property
    def is_old(self) -> bool:
        """Whether a page of the treaty opens on that day."""
        return self.first == self.last and is_old(self.last)


def is_old(day: date) -> bool:
    """Whether a day lies more than two years back."""
    return day + OLD < clock.today()


@dataclass(frozen=True, slots=True)
class Frame:
    """What each page has around it. `other_day` says that the address names a day; without one the day is today.

    `entry` is the number of the last entry that the page takes into account; 0 if it shows nothing of the register.
    `canonical` is the address of the page, `permanent` the address whose page never changes; both are "" for a page
    that says why there is no answer. `today` is the address that shows today. `secretariat` is who publishes the site.
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
    today: str
    complete: Complete | None
    is_invented: bool
    """Whether the page is marked as fiction."""
    secretariat: str


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
