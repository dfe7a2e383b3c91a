"""What the pages of a treaty are filled from: its effects on a day, its known entries, and the words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from types import MappingProxyType

from depositary import clock
from depositary.law.acts import Act
from depositary.law.clauses import Clauses
from depositary.law.effects import Effects
from depositary.law.findings import Finding
from depositary.law.participants import Participants
from depositary.register.entry import Entry, acts_of, as_known
from depositary.treaties.authentic import authentic
from depositary.treaties.collection import Collection
from depositary.treaties.regions import load_regions
from depositary.treaties.sources import is_kept_here
from depositary.treaties.text import Article, articles, paragraph_of
from depositary.web.addresses import Addresses, with_query
from depositary.web.assets import Assets
from depositary.web.completeness import Completeness, completeness
from depositary.web.known import Known
from depositary.web.parts import Complete, Frame, Link, Reason, is_old, translations
from depositary.web.proofs import Proofs
from depositary.web.query import PageQuery, Unanswerable
from depositary.words import Language
from depositary.words.findings.sentences import sentence_of

SEMICOLON = re.compile(r"\s*[;；؛]\s*")
"""What parts a treaty's title from its subtitle, in Latin and Cyrillic, Chinese and Arabic script."""

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Site:
    """The site: the collection, its entries, its assets and proofs, and the address of the site."""

    collection: Collection
    known: Known
    base_url: str
    assets: Assets
    proofs: Proofs
    alerts: bool = False
    """Whether readers may ask for alerts by e-mail."""
    contact: str = ""
    """Whom to tell of a weakness, as mailto:security@example.int; "" if it is not set."""
    secretariat: str = ""
    """Who publishes the site as the depositary or for it; "" for a site that is not the depositary's."""

    def text(self, treaty: str) -> dict[str, Article]:
        """The articles of a treaty by number; empty if its text is not here."""
        return articles(self.collection.folder / "treaties" / f"{treaty}.md")

    def addresses(self, asked: PageQuery, treaty: str) -> Addresses:
        """The addresses of the pages of a treaty, in the language and as at the day asked about."""
        return Addresses(asked.language.code, treaty, asked.given, frozenset(self.text(treaty)))

    @property
    def regions(self) -> Mapping[str, str]:
        """The region of each State; empty if the data has no regions."""
        return load_regions(self.collection.folder / "regions.csv")

    def completeness(self, treaty: str) -> Completeness:
        """How complete the acts under a treaty are."""
        return completeness(self.collection.folder / "SOURCES.md", treaty)

    def alerts_of(self, words: Language, what: Mapping[str, str]) -> tuple[Link, ...]:
        """The link to ask for alerts; nothing if alerts are not offered."""
        if not self.alerts:
            return ()
        return (Link(words.gettext("Alerts by e-mail"), with_query(f"/{words.code}/alerts", what)),)

    def frame(
        self,
        asked: PageQuery,
        here: str,
        trail: tuple[Link, ...] = (),
        sections: tuple[Link, ...] = (),
        *,
        treaty: str = "",
        known_at: datetime | None = None,
        lasting: bool = True,
        complete: Complete | None = None,
        question: Mapping[str, str] = NOTHING,
    ) -> Frame:
        """The frame of a page. `sections` are those of the treaty; without them those of the site.

        `treaty`: the treaty of the page, "" for a page of all; the frame names the last entry under the treaties
        whose acts the page shows. `known_at`: when the last of them was recorded. `complete`: how far the acts are
        complete. `question`: the other parameters of the address. A page that is not `lasting` has no address of its
        own, and shows nothing of the register.
        """
        words, code, query = asked.language, asked.language.code, asked.query
        sections = sections or (
            Link(words.gettext("Treaties"), f"/{code}/{query}"),
            Link(words.gettext("Participants"), Addresses.states(code, query)),
            Link(words.gettext("Notifications"), f"/{code}/notifications{query}"),
        )
        sections = (*sections, Link(words.gettext("Search"), f"/{code}/search{query}"))
        own = with_query(here, {**asked.given, **question})
        treaties = self.collection.shown_with(treaty) if treaty else self.collection.treaties
        ending = own.removeprefix(f"/{code}") if lasting else "/"
        return Frame(
            asked.language.code,
            asked.language.direction,
            asked.language.comma,
            f"/{asked.language.code}/{asked.query}",
            here,
            trail,
            sections,
            self.assets.stylesheet,
            self.assets.icon,
            asked.on,
            not asked.is_today,
            asked.known_at,
            self.known.last(treaties, asked.known_at) if lasting else 0,
            self.base_url + own if lasting else "",
            self.base_url + self.permanent(asked, here, known_at, question) if lasting else "",
            translations(self.base_url, ending),
            with_query(here, {"on": clock.today().isoformat()}) if complete and complete.is_old else here,
            complete,
            self.collection.is_invented,
            self.secretariat,
        )

    def permanent(self, asked: PageQuery, here: str, known_at: datetime | None, question: Mapping[str, str]) -> str:
        """The address whose page never changes: with the day, and the instant of the last known entry."""
        latest = asked.known_at or known_at or self.known.latest()
        recorded = {"known_at": latest.isoformat()} if latest else {}
        return with_query(here, {"on": asked.on.isoformat(), **recorded, **question})


@dataclass(frozen=True)
class View:
    """A treaty as a request asks about it."""

    site: Site
    asked: PageQuery
    clauses: Clauses
    path: str

    @property
    def words(self) -> Language:
        return self.asked.language

    @property
    def on(self) -> date:
        return self.asked.on

    @property
    def participants(self) -> Participants:
        return self.site.collection.participants

    @cached_property
    def recorded(self) -> list[Entry]:
        """The entries under the treaty recorded by the instant asked about."""
        return self.site.known.entries(self.clauses.id, self.asked.known_at)

    @cached_property
    def acts(self) -> list[Act]:
        """The acts under the treaty as they were known at the instant asked about."""
        return acts_of(as_known(self.recorded))

    @cached_property
    def effects(self) -> Effects:
        """The effects on the day, from the known entries."""
        return self.site.known.effects(self.clauses.id, self.on, self.asked.known_at)

    @cached_property
    def completeness(self) -> Completeness:
        """How complete the acts are; nothing is said of a register that the house keeps itself."""
        return Completeness() if is_kept_here(self.effects) else self.site.completeness(self.clauses.id)

    @property
    def complete_as_of(self) -> date | None:
        """The last day up to which the acts are complete; None where that is not stated."""
        return self.completeness.as_of

    @property
    def complete(self) -> Complete | None:
        """How far the acts are complete, where that is not up to the day of the page."""
        last = self.complete_as_of
        if last is None or (last >= self.on and not self.asked.opened):
            return None
        return Complete(last, last, self.addresses.missing if self.completeness.gaps else "")

    @property
    def as_of_sentence(self) -> str:
        """The sentence that says so, "" where the acts are complete up to the day of the page."""
        last = self.complete_as_of
        if last is None or last >= self.on:
            return ""
        sentence = "The register is complete as of %(day)s; acts of later days may be missing."
        return self.words.gettext(sentence, day=self.words.date(last))

    def opened(self) -> "View":
        """The view with which the page of the treaty opens: of the last day at hand, if that is long past."""
        last = self.complete_as_of
        if last is None or not self.asked.is_today or not is_old(last):
            return self
        return replace(self, asked=replace(self.asked, on=last, opened=True))

    @cached_property
    def addresses(self) -> Addresses:
        return self.site.addresses(self.asked, self.clauses.id)

    @property
    def treaty(self) -> Link:
        return Link(self.words.treaty(self.clauses), self.addresses.status, self.words.treaty_language(self.clauses))

    def frame(self, *trail: Link, question: Mapping[str, str] = NOTHING) -> Frame:
        """The frame of a page of this treaty. `question`: the other parameters of the address."""
        sections = [
            Link(self.words.gettext("Status"), self.addresses.status),
            Link(self.words.gettext("Register"), self.addresses.register),
        ]
        if self.clauses.entry_into_force:
            sections.append(Link(self.words.gettext("Calculator"), self.addresses.calculator))
        if self.site.text(self.clauses.id):
            sections.insert(1, Link(self.words.gettext("Text"), self.addresses.text))
        own = {**self.asked.given, "treaty": self.clauses.id}
        sections.append(Link(self.words.gettext("Notifications"), with_query(f"/{self.words.code}/notifications", own)))
        return self.site.frame(
            self.asked,
            self.path,
            trail,
            tuple(sections),
            treaty=self.clauses.id,
            known_at=max((entry.recorded_at for entry in self.recorded), default=None),
            complete=self.complete,
            question=question,
        )

    @property
    def heading(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """The treaty's title without its subtitle, and its full title; each with its language.

        The full title is in English where only the English one has a subtitle, and "" where none has one.
        """
        own, language = self.clauses.titled(self.words.code)
        title, *subtitle = SEMICOLON.split(own.title, maxsplit=1)
        full = own if subtitle or not SEMICOLON.search(self.clauses.title) else self.clauses
        return (title, language), (full.title if full.title != title else "", language if full is own else "en")

    def titled(self, url: str) -> Link:
        """The treaty's title as a link."""
        (title, language), _ = self.heading
        return Link(title, url, "" if language == self.words.code else language)

    @property
    def title(self) -> str:
        """The treaty's title without its subtitle."""
        return self.heading[0][0]

    @property
    def authentic(self) -> dict[str, Article]:
        """The text in the language of the page, as far as it is here; empty for English."""
        return authentic(self.site.collection.folder, self.clauses.id, self.words.code)

    def name(self, code: str) -> str:
        return self.words.name(self.participants, code, self.on)

    def participant(self, code: str, words: Language | None = None) -> Link:
        """A link to a participant's page. `words`: the language of the name, if it is not the page's."""
        name = (words or self.words).name(self.participants, code, self.on) if code else ""
        return Link(name, self.page_of(code) if code else "")

    def page_of(self, code: str) -> str:
        """A participant's page under the treaty; its page under all treaties where it has not acted under this one."""
        acted = code in self.effects.codes
        return self.addresses.participant(code) if acted else Addresses.state(self.words.code, code, self.asked.query)

    def provision(self, provision: str) -> Link:
        """A citation of a provision, as a link to the article if its text is here."""
        number, of, treaty = provision.partition(" of ")
        addresses = self.addresses
        if of and treaty in self.site.collection.treaties:
            addresses = self.site.addresses(self.asked, treaty)
        return Link(self.words.provision(provision) if provision else "", addresses.provision(number))

    def entry(self, act: Act) -> Link:
        """A link to the entry of an act. The entry of an act under the convention is in the convention's register."""
        addresses = self.addresses
        if act.treaty != self.clauses.id and act.treaty in self.site.collection.treaties:
            addresses = self.site.addresses(self.asked, act.treaty)
        return Link(str(act.number), addresses.act(act))

    def sentence(self, finding: Finding) -> str:
        return sentence_of(self.words, finding, self.participants, self.clauses, self.on)

    def reason(self, finding: Finding, anchor: str = "", quoted: str = "", page: str = "") -> Reason:
        """A finding in words, and the findings it rests on. Words that were just `quoted` are not quoted again."""
        own = paragraph_of(self.authentic, finding.provision) if finding.words else ""
        return Reason(
            self.sentence(finding),
            self.provision(finding.provision),
            "" if finding.words == quoted else own or finding.words,
            tuple(self.words.under(each) for each in finding.under),
            tuple(Link(self.act_line(act), self.entry(act).url) for act in finding.acts),
            tuple(self.reason(one, quoted=finding.words or quoted) for one in finding.because),
            anchor,
            page,
            self.words.code if own else "en",
        )

    def act_line(self, act: Act) -> str:
        """An act in a line: its day, its participant, its action."""
        name = self.name(act.participant)
        return self.words.act_line(act, name)


def look(site: Site, asked: PageQuery, treaty: str, path: str) -> View:
    """The view of a treaty. Raises Unanswerable for a treaty that is not here."""
    if treaty not in site.collection.treaties:
        raise Unanswerable(404, "no-such-treaty", treaty[:40])
    return View(site, asked, site.collection.treaties[treaty], path)
