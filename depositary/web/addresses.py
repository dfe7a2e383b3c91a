"""The addresses of the pages. Each keeps the day and the instant of the present page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from depositary.law.acts import Act


def with_query(path: str, asked: Mapping[str, str]) -> str:
    """An address with its parameters."""
    return f"{path}?{urlencode(asked, safe=':')}" if asked else path


@dataclass(frozen=True)
class Addresses:
    """The addresses of the pages of a treaty, in one language. `articles` are the articles whose text is here."""

    language: str
    treaty: str
    given: Mapping[str, str] = field(default_factory=dict)
    articles: frozenset[str] = frozenset()

    @property
    def query(self) -> str:
        """The day and the instant, as the end of an address."""
        return with_query("", self.given)

    @staticmethod
    def states(language: str, query: str = "") -> str:
        return f"/{language}/participants/{query}"

    @staticmethod
    def state(language: str, code: str, query: str = "") -> str:
        """The page of a participant across treaties."""
        return f"/{language}/participants/{code}{query}"

    @staticmethod
    def acts_to_fill_in(language: str = "") -> str:
        """The empty file of acts: a workbook that explains itself in a language, or a CSV file without one."""
        return f"/{language}/acts.xlsx" if language else "/acts.csv"

    @property
    def home(self) -> str:
        return f"/{self.language}/{self.query}"

    @property
    def _treaty(self) -> str:
        return f"/{self.language}/treaties/{self.treaty}/"

    @property
    def status(self) -> str:
        return f"{self._treaty}{self.query}"

    @property
    def register(self) -> str:
        return f"{self._treaty}register{self.query}"

    @property
    def map(self) -> str:
        return f"{self._treaty}map{self.query}"

    @property
    def drawing(self) -> str:
        """The map as an image; it is one image for all languages."""
        return f"/treaties/{self.treaty}/map.svg{self.query}"

    @property
    def code_of_citation(self) -> str:
        """The code that a printed status page shows."""
        return f"{self._treaty}cite.svg{self.query}"

    @property
    def timeline(self) -> str:
        return f"{self._treaty}timeline{self.query}"

    @property
    def missing(self) -> str:
        """What is known to be missing of the acts."""
        return f"{self._treaty}missing{self.query}"

    @property
    def matrix(self) -> str:
        return f"{self._treaty}relations/all{self.query}"

    def relations(self, first: str = "", second: str = "") -> str:
        """The page of two participants."""
        return self.with_given("relations", {name: code for name, code in (("a", first), ("b", second)) if code})

    @property
    def votes(self) -> str:
        """Who votes in the Conference on the day."""
        return f"{self._treaty}votes{self.query}"

    def difference(self, since: date | None = None) -> str:
        """The difference between an earlier day and the day asked about."""
        return self.with_given("difference", {"from": since.isoformat()} if since else {})

    def on(self, day: date) -> str:
        """The status as of another day."""
        return self.with_given("", {"on": day.isoformat()})

    def notification(self, reference: str) -> str:
        return f"/{self.language}/notifications/{reference}{self.query}"

    def with_given(self, page: str, question: Mapping[str, str]) -> str:
        """A page of the treaty with more parameters than the day and the instant."""
        return with_query(f"{self._treaty}{page}", {**self.given, **question})

    def participant(self, code: str) -> str:
        return f"{self._treaty}participants/{code}{self.query}"

    def entry(self, number: int) -> str:
        return f"{self._treaty}register/{number}{self.query}"

    def act(self, act: Act) -> str:
        """The entry of an act; "" for an act of another treaty, whose entry has another address."""
        return self.entry(act.number) if act.number > 0 and act.treaty == self.treaty else ""

    def reasons(self, concerns: str, code: str = "") -> str:
        """The page of the reasons of a date in `Effects.dates`, by what the date concerns and the participant."""
        whose = f"participants/{code}/" if code else ""
        return f"{self._treaty}{whose}reasons/{slug(concerns)}{self.query}"

    @property
    def calculator(self) -> str:
        return f"{self._treaty}calculator{self.query}"

    def article(self, number: str) -> str:
        return f"{self._treaty}articles/{number}{self.query}"

    @property
    def text(self) -> str:
        """The contents of the text of the treaty."""
        return f"{self._treaty}articles{self.query}"

    def provision(self, provision: str) -> str:
        """The page of the article of a provision; "" if its text is not here."""
        cited = re.match(r"(\d+)(?:\((\d+)\))?", provision)
        if cited is None or cited[1] not in self.articles:
            return ""
        return self.article(cited[1]) + (f"#paragraph-{cited[2]}" if cited[2] else "")

    def subscribed(self, name: str) -> str:
        """The feed or the calendar of the treaty, in this language: `feed.atom`, `calendar.ics`."""
        return f"{self._treaty}{name}"

    def data(self, kind: str) -> str:
        """The status as data: json, csv or xlsx."""
        return f"/treaties/{self.treaty}/status.{kind}{self.query}"


def slug(concerns: str) -> str:
    """What a date concerns, in the form of an address: `entry_into_force (2)` becomes `entry-into-force-2`."""
    kind, colon, identifier = concerns.partition(":")
    return re.sub(r"[^a-z0-9]+", "-", kind).strip("-") + colon + re.sub(r" \((\d+)\)", r"-\1", identifier)
