"""What a clause file means, in sentences: each rule it has, in the order of the file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from depositary.law.clause_tables import After
from depositary.law.clauses import Clauses, SignaturePeriod
from depositary.law.dates import EARLIEST, LATEST
from depositary.words.labels import N_
from depositary.words.languages import Language

EXAMPLES: dict[str, str] = {
    "threshold": N_("The number is reached on %(day)s"),
    "one short": N_("One more instrument is required"),
    "later deposits": N_("Others deposit when the number has been reached, on %(day)s"),
    "29 February": N_("29 February"),
    "end of month": N_("The number is reached at the end of a month"),
    "organization": N_("An organization instead of the last State, on %(day)s"),
    "not before day": N_("The number is reached early, on %(day)s"),
    "not before treaty": N_("The number is reached on %(day)s; the other treaty is in force, enters later, or not yet"),
    "convention": N_("A consent without the convention"),
    "succession": N_("A succession after entry into force"),
    "denunciation": N_(
        "A denunciation: before the treaty is in force or may be denounced, on the first day, and later"
    ),
    "signature": N_("Signature on the last day of a period, and a day later"),
}
"""What a worked example tries."""

TABLES: dict[str, str] = {
    "signature": N_("signature (a signature of any day is accepted)"),
    "entry_into_force": N_("entry into force"),
    "denunciation": N_("denunciation (one is refused)"),
    "amendment": N_("amendment (acts on one are refused)"),
    "reservations": N_("reservations (none is called out of place)"),
}
"""What it means that a table is left out."""


@dataclass(frozen=True)
class Meaning:
    """A clause file about to be said in a language."""

    language: Language
    clauses: Clauses

    def sentences(self) -> Iterator[tuple[str, str]]:
        """The rules of the file: the number of the provision, "" for none, and what it says."""
        yield from self.signature()
        yield from self.consent()
        yield from self.organizations()
        yield from self.entry_into_force()
        yield from self.leaving()
        yield from self.amendment()
        yield from self.milestones()
        yield from self.reservations()
        for provision, words in self.clauses.not_expressed.items():
            yield provision, self.say("This condition is not calculated: “%(words)s”.", words=words)

    def absent(self) -> list[str]:
        """What the file says nothing of."""
        return [self.say(words) for table, words in TABLES.items() if getattr(self.clauses, table) is None]

    def say(self, message: str, **facts: object) -> str:
        return self.language.gettext(message, **facts)

    def signature(self) -> Iterator[tuple[str, str]]:
        number = self.clauses.number("signature")
        for period in self.clauses.periods_for_signature:
            yield (
                number,
                self.say("It may be signed %(where)s%(when)s.", where=self.place(period), when=self.days(period)),
            )

    def place(self, period: SignaturePeriod) -> str:
        return self.say("in %(place)s ", place=period.place) if period.place else ""

    def days(self, period: SignaturePeriod) -> str:
        since, until = self.day(period.since), self.day(period.until)
        if period.since == EARLIEST:
            return (
                self.say("until %(until)s, that day included", until=until)
                if period.until < LATEST
                else self.say("on any day")
            )
        if period.until == LATEST:
            return self.say("from %(since)s, with no last day", since=since)
        return self.say("from %(since)s to %(until)s, both days included", since=since, until=until)

    def consent(self) -> Iterator[tuple[str, str]]:
        consent, parent = self.clauses.consent, self.clauses.parent
        actions = self.language.listed(self.language.action(one) for one in consent.actions if one != "succession")
        yield (
            self.clauses.number("consent"),
            self.say("Consent to be bound is expressed by: %(actions)s.", actions=actions),
        )
        yield "", self.say("A succession takes effect on the date of succession and adds nothing to the count.")
        if parent and consent.needs_convention == "":
            yield "", self.say("It is a protocol to %(parent)s, and may be joined without it.", parent=parent)
        elif parent:
            says = self.say(
                "A party to it must be a party to %(parent)s; it may become both on the same day.", parent=parent
            )
            yield self.clauses.number("needs convention"), says

    def organizations(self) -> Iterator[tuple[str, str]]:
        reio = self.clauses.reio
        if reio.signature_needs_member:
            yield reio.signature_needs_member, self.say("An organization may sign once a member State has.")
        if reio.instrument_needs_member:
            says = self.say("An organization may ratify, accept or approve once a member State has done so.")
            yield reio.instrument_needs_member, says
        if reio.accession_needs_member:
            yield reio.accession_needs_member, self.say("An organization may accede once a member State is a party.")
        if numbers := self.language.listed(reio.competence_declared_under):
            says = self.say("An organization declares the extent of its competence, by the day of its instrument.")
            yield numbers, says
        if any(reio.model_dump().values()) and self.clauses.denunciation and reio.ceases_with_members != "":
            says = self.say("An organization ceases to be a party when all its member States have denounced.")
            yield self.clauses.number("ceases with members"), says

    def entry_into_force(self) -> Iterator[tuple[str, str]]:
        entry = self.clauses.entry_into_force
        if entry is None:
            return
        nth = self.language.ordinal(entry.instruments)
        yield (
            entry.provision,
            self.say(
                "It enters into force %(run)s the day on which the %(nth)s instrument is deposited.",
                run=self.after(entry.after),
                nth=nth,
            ),
        )
        if entry.among is not None:
            says = self.say(
                "At least %(number)d of the instruments come from among “%(group)s”.",
                number=entry.among.number,
                group=entry.among.group,
            )
            yield entry.provision, says
        yield (
            "",
            self.say("The instrument of an organization is counted.")
            if entry.reio_counted
            else self.say("The instrument of an organization is not counted."),
        )
        if entry.not_before is not None:
            yield (
                entry.provision,
                self.say("It does not enter into force before %(day)s.", day=self.day(entry.not_before)),
            )
        if entry.not_before_treaty:
            says = self.say("It does not enter into force before %(other)s does.", other=entry.not_before_treaty)
            yield entry.provision, says
        if entry.participant is None:
            yield (
                "",
                self.say(
                    "For a State or organization that deposits later, the treaty is in force from the day of its deposit, never before the treaty's own entry into force."
                ),
            )
            return
        late = entry.participant.deposited_after == "entry into force"
        whom = (
            self.say("For a State or organization that deposits after entry into force")
            if late
            else self.say("For a State or organization that deposits on a later day than the %(nth)s", nth=nth)
        )
        yield (
            entry.participant.provision,
            self.say(
                "%(whom)s it enters into force %(run)s its own deposit, never before the treaty itself.",
                whom=whom,
                run=self.after(entry.participant.after),
            ),
        )

    def leaving(self) -> Iterator[tuple[str, str]]:
        clause = self.clauses.denunciation
        if clause is None:
            return
        if clause.earliest is not None:
            yield (
                clause.provision,
                self.say(
                    "A party may denounce from %(run)s the day it entered into force for that party.",
                    run=self.after(clause.earliest),
                ),
            )
        says = self.say("A denunciation takes effect %(run)s its receipt.", run=self.after(clause.after))
        yield clause.provision, says
        if "protocols" in clause.entails:
            yield self.clauses.number("entails"), self.say("It ends participation in the protocols on the same day.")

    def amendment(self) -> Iterator[tuple[str, str]]:
        clause = self.clauses.amendment
        if clause is None:
            return
        if clause.proposals_after is not None:
            says = self.say(
                "No amendment may be proposed until %(run)s entry into force, that day included.",
                run=self.after(clause.proposals_after),
            )
            yield self.clauses.number("amendment proposal"), says
        says = self.say(
            "An amendment enters into force for a party %(run)s its own deposit.", run=self.after(clause.after)
        )
        yield clause.provision, says

    def milestones(self) -> Iterator[tuple[str, str]]:
        conference, quorum = self.clauses.milestones.conference, self.clauses.milestones.protocol_quorum
        if conference is not None:
            says = self.say(
                "The Conference is convened not later than %(run)s entry into force.", run=self.after(conference.after)
            )
            yield conference.provision, says
        if quorum is not None:
            says = self.say("A protocol is considered once there are %(number)d States Parties.", number=quorum.parties)
            yield quorum.provision, says
        voting = self.clauses.voting
        if voting is not None:
            says = self.say(
                "As a last resort the Conference adopts by %(part)d/%(whole)d of the votes of the parties present "
                "and voting.",
                part=voting.majority[0],
                whole=voting.majority[1],
            )
            yield from ((each[0], says) for each in (voting.amendment, voting.protocol) if each)

    def reservations(self) -> Iterator[tuple[str, str]]:
        provided = self.clauses.reservations
        if provided is not None:
            listed = self.language.provisions(provided.provided_for)
            yield (
                "",
                self.say("Reservations are provided for to: %(list)s.", list=listed)
                if listed
                else self.say("No reservation is provided for."),
            )

    def after(self, after: After) -> str:
        """A period without the day it begins on: `on the 90th day after`."""
        if after.on == "first of month":
            return self.say(
                "on the first day of the %(nth)s month after the month of", nth=self.language.ordinal(after.months or 0)
            )
        if after.days is not None:
            run = self.say("%(nth)s day after", nth=self.language.ordinal(after.days))
            first = self.say("on the first day of the month that follows the %(run)s", run=run)
            return first if after.on else self.say("on the %(run)s", run=run)
        number = after.months if after.months is not None else after.years or 0
        if after.months is not None:
            run = self.language.ngettext("%(number)d month after", "%(number)d months after", number)
        else:
            run = self.language.ngettext("%(number)d year after", "%(number)d years after", number)
        return self.say("on the first day of the month that follows %(run)s", run=run) if after.on else run

    def day(self, day: date) -> str:
        return self.language.date(day)
