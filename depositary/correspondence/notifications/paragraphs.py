"""What a notification is told from, and the sentences every kind of it is made of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from depositary.correspondence.notifications.document import Earlier, Paragraph
from depositary.correspondence.notifications.event import INSTRUMENTS, Event
from depositary.correspondence.notifications.references import Notified
from depositary.law.acts import Act
from depositary.law.clauses import Clauses
from depositary.law.findings import Finding
from depositary.law.readings import READINGS
from depositary.register.entry import Entry
from depositary.treaties import authentic
from depositary.words import Language, notifications
from depositary.words.findings.sentences import sentence_of


@dataclass(frozen=True, slots=True)
class Issue:
    """What issuing gives to a notification: reference, day, the register as it stood, where it is verified.

    Without a `reference` it is a draft; `size` and `root` are then the register's as it is.
    """

    on: date
    reference: str = ""
    size: int = 0
    root: str = ""
    link: str = ""


@dataclass(frozen=True)
class Paragraphs:
    """What a notification is told from: its event, the language, the issue, the folder of the texts.

    `entry` is that of the act being told, where it is not the first one.
    """

    event: Event
    words: Language
    issue: Issue
    folder: Path
    entry: Entry | None = None

    @property
    def act(self) -> Act:
        act = self.entry.act if self.entry else self.event.act
        assert act is not None, "an act is told"
        return act

    @property
    def number(self) -> int:
        """The number of the entry."""
        return self.entry.number if self.entry else self.event.told[0].number

    def of(self, entry: Entry) -> "Paragraphs":
        """The paragraphs of another act of the event. What came with an instrument names no earlier notification."""
        event = replace(self.event, entries=[]) if self.event.kind in INSTRUMENTS else self.event
        return replace(self, event=event, entry=entry)

    @property
    def clauses(self) -> Clauses:
        return self.event.clauses

    def name(self, code: str, *, within: bool = False) -> str:
        """A participant's name on the day of issue; `within` a sentence, with its article."""
        return self.words.name(self.event.after.participants, code, self.issue.on, within=within)

    def text(self, message: str, **facts: object) -> Paragraph:
        """A sentence of the house."""
        return Paragraph("text", self.words.gettext(message, **facts))

    def cited(self, message: str, provision: str, **facts: object) -> Paragraph:
        """A sentence closed with the provision it rests on."""
        return Paragraph("text", self.words.cited(self.words.gettext(message, **facts), provision))

    def effected(self) -> Iterator[Paragraph]:
        """The act and its date, and where and from when, where it says so."""
        act, words = self.act, self.words
        yield self.text(notifications.EFFECTED, date=words.date(act.date))
        if act.place:
            yield self.text(notifications.PLACE, place=words.place(act.place))
        if act.effective:
            yield self.text(notifications.WITH_EFFECT_FROM, date=words.date(act.effective))

    def communication(self) -> Iterator[Paragraph]:
        """What the participant said, in its own words, and the provision it named."""
        if self.act.provision:
            yield self.text(notifications.CONCERNS_PROVISION, provision=self.words.provision(self.act.provision))
        if self.act.text:
            yield self.text(notifications.TEXT)
            yield Paragraph("quote", self.act.text, language="?")

    def finding(self, finding: Finding, *, quoting: bool = True) -> Iterator[Paragraph]:
        """What the law gives, in a sentence; the open readings it rests on; the clause."""
        sentence = sentence_of(self.words, finding, self.event.after.participants, self.clauses, self.issue.on)
        yield Paragraph("text", sentence)
        yield from (
            Paragraph("text", self.words.under(reading))
            for reading in finding.under
            if READINGS[reading.name].status == "open"
        )
        if quoting:
            yield from self.clause(finding.provision)

    def clause(self, provision: str) -> Iterator[Paragraph]:
        """A provision's operative words, in the document's language where they are at hand."""
        quoted, language = authentic.quoted(self.folder, self.clauses, provision, self.words.code)
        if quoted:
            message = notifications.CLAUSE if language == self.words.code else notifications.CLAUSE_IN_ENGLISH
            yield self.text(message, provision=self.words.provision(provision))
            yield Paragraph("quote", notifications.QUOTES[language].format(quoted), language=language)

    def earlier(self, notified: Sequence[Notified]) -> Iterator[Paragraph]:
        """The notifications to be read with this one."""
        return (Earlier("text", each.text) for each in self.corrected(notified))

    def corrected(self, notified: Sequence[Notified]) -> Iterator[Paragraph]:
        """The notifications that this one corrects."""
        for notification in notified:
            if notification.on:
                yield self.text(
                    notifications.EARLIER, reference=notification.reference, date=self.words.date(notification.on)
                )
            else:
                yield self.text(notifications.EARLIER_UNDATED, reference=notification.reference)
