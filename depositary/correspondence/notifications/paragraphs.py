"""The sentences of which every kind of notification is made, and the data they are made from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from depositary.correspondence.notifications.case import Kind, NotificationCase
from depositary.correspondence.notifications.document import Paragraph
from depositary.correspondence.notifications.references import Notified
from depositary.law.acts import Act
from depositary.law.clauses import Clauses
from depositary.law.findings import Finding
from depositary.law.readings import READINGS
from depositary.treaties import authentic
from depositary.words import Language, notifications
from depositary.words.findings.sentences import sentence_of


@dataclass(frozen=True, slots=True)
class Issue:
    """The data of an issue: the reference, the day, the register at that time, and the address for verification.

    A draft has no `reference`; its `size` and `root` are those of the present register.
    """

    on: date
    reference: str = ""
    size: int = 0
    root: str = ""
    link: str = ""


@dataclass(frozen=True)
class Paragraphs:
    """The writer of a notification's paragraphs: its case and kind, its language, the issue, the folder of texts."""

    case: NotificationCase
    kind: Kind
    words: Language
    issue: Issue
    folder: Path

    @property
    def act(self) -> Act:
        assert self.case.act is not None, "only a strike-out has no act"
        return self.case.act

    @property
    def number(self) -> int:
        """The number of the entry."""
        return self.case.entry.number

    @property
    def clauses(self) -> Clauses:
        return self.case.clauses

    def name(self, code: str) -> str:
        """A participant's name on the day of issue."""
        return self.words.name(self.case.after.participants, code, self.issue.on)

    def text(self, message: str, **facts: object) -> Paragraph:
        """A sentence of the catalogue as a paragraph."""
        return Paragraph("text", self.words.gettext(message, **facts))

    def cited(self, message: str, provision: str, **facts: object) -> Paragraph:
        """A sentence that ends with the provision it rests on."""
        return Paragraph("text", self.words.cited(self.words.gettext(message, **facts), provision))

    def effected(self) -> Iterator[Paragraph]:
        """The act and its date, and its territory and first day where it names them."""
        act, words = self.act, self.words
        yield self.text(notifications.EFFECTED, date=words.date(act.date))
        if act.place:
            yield self.text(notifications.PLACE, place=words.place(act.place))
        if act.effective:
            yield self.text(notifications.WITH_EFFECT_FROM, date=words.date(act.effective))

    def communication(self) -> Iterator[Paragraph]:
        """The participant's own words, and the provision that it named."""
        if self.act.provision:
            yield self.text(notifications.CONCERNS_PROVISION, provision=self.words.provision(self.act.provision))
        if self.act.text:
            yield self.text(notifications.TEXT)
            yield Paragraph("quote", self.act.text, language="?")

    def finding(self, finding: Finding, *, quoting: bool = True) -> Iterator[Paragraph]:
        """A legal effect in a sentence, the open readings it rests on, and the clause."""
        sentence = sentence_of(self.words, finding, self.case.after.participants, self.clauses, self.issue.on)
        yield Paragraph("text", sentence)
        yield from (
            Paragraph("text", self.words.under(reading))
            for reading in finding.under
            if READINGS[reading.name].status == "open"
        )
        if quoting:
            yield from self.clause(finding.provision)

    def clause(self, provision: str) -> Iterator[Paragraph]:
        """The operative words of a provision, in the document's language where the data has them."""
        quoted, language = authentic.quoted(self.folder, self.clauses, provision, self.words.code)
        if quoted:
            message = notifications.CLAUSE if language == self.words.code else notifications.CLAUSE_IN_ENGLISH
            yield self.text(message, provision=self.words.provision(provision))
            yield Paragraph("quote", notifications.QUOTES[language].format(quoted), language=language)

    def earlier(self, notified: Sequence[Notified]) -> Iterator[Paragraph]:
        """The earlier notifications to which this notification refers."""
        for notification in notified:
            if notification.on:
                yield self.text(
                    notifications.EARLIER, reference=notification.reference, date=self.words.date(notification.on)
                )
            else:
                yield self.text(notifications.EARLIER_UNDATED, reference=notification.reference)
