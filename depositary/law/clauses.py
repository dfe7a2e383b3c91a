"""The final clauses of a treaty, as its clause file (`data/treaties/ID.toml`) has them.

A treaty is data, and the same functions serve every treaty. A table left out means that the rule does not exist there.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from depositary.law.acts import CONSENTS, Action
from depositary.law.clause_tables import After, Day, Provision, Table
from depositary.law.dates import EARLIEST, LATEST


def plain(provision: str) -> str:
    """A provision in one way of writing: `63 (3)` and `63.3` are 63(3)."""
    number, *parts = provision.replace(" ", "").replace(")", "").replace("(", ".").split(".")
    return number + "".join(f"({part})" for part in parts)


class SignaturePeriod(Table):
    """A period in which the treaty is open for signature; without `until`, for good."""

    place: str = ""
    since: Day = Field(default=EARLIEST, alias="from")
    until: Day = LATEST

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.until < self.since:
            raise ValueError("until lies before from")
        return self


class Signature(Table):
    """Where and when the treaty may be signed. `periods` in the order of the file."""

    provision: Provision = ""
    periods: tuple[SignaturePeriod, ...] = Field(alias="period", min_length=1)


class Consent(Table):
    """The acts by which a participant may consent to be bound."""

    provision: Provision = ""
    actions: tuple[Action, ...] = CONSENTS
    needs_convention: Provision | None = None
    """For a protocol: where it is said that a party to it must be a party to its convention, as "37(2) of XVIII-12"
    where the convention says so. "" where it need not be; left out, it must."""

    @field_validator("actions")
    @classmethod
    def _are_consents(cls, actions: tuple[Action, ...]) -> tuple[Action, ...]:
        if strangers := [action for action in actions if action not in CONSENTS]:
            raise ValueError(f"{', '.join(strangers)}: not an act of consent; allowed: {', '.join(CONSENTS)}")
        return actions


class Organizations(Table):
    """The conditions on regional economic integration organizations: the provision that sets each."""

    signature_needs_member: Provision = ""
    instrument_needs_member: Provision = ""
    accession_needs_member: Provision = ""
    competence_declared_under: tuple[Provision, ...] = ()
    ceases_with_members: Provision | None = None
    """Where it is said that an organization ceases to be a party when all its members have denounced. "" where
    there is no such rule; left out, it holds."""


class Reservations(Table):
    """The provisions under which the treaty provides for reservations.

    `options` are those under which a party may require more than the text does: a statement on one is no reservation.
    `made_at_signature` are those that name the moment of signature themselves.
    """

    provided_for: tuple[Provision, ...] = ()
    options: tuple[Provision, ...] = ()
    made_at_signature: tuple[Provision, ...] = ()


class ForParticipant(Table):
    """When the treaty enters into force for one that consents after the threshold was reached."""

    provision: Provision
    after: After
    deposited_after: Literal["threshold", "entry into force"] = "threshold"
    """Whom the clause speaks of: those who deposit after the number was reached, or after entry into force."""
    whichever_is_later: bool = False
    """Whether the clause says so. Never before the treaty's own entry into force, in any case."""


class Among(Table):
    """How many of the instruments must be those of a group that the clause names.

    As in "including at least three member States of the Council of Europe".
    """

    number: Annotated[int, Field(strict=True, ge=1, le=1_000)]
    group: str = Field(min_length=1)
    """The group in the treaty's words."""
    states: tuple[str, ...] = Field(min_length=1)
    """The codes of the group."""

    @model_validator(mode="after")
    def _has_enough(self) -> Self:
        if len(set(self.states)) < self.number:
            raise ValueError(f"names {len(set(self.states))} States, and {self.number} of them are required")
        return self


class EntryIntoForce(Table):
    """When the treaty itself enters into force."""

    provision: Provision
    instruments: Annotated[int, Field(strict=True, ge=1, le=1_000)]
    after: After
    among: Among | None = None
    reio_counted: bool = False
    not_before: Day | None = None
    not_before_treaty: str = ""
    participant: ForParticipant | None = None

    @model_validator(mode="after")
    def _group_is_a_part(self) -> Self:
        if self.among is not None and self.among.number > self.instruments:
            raise ValueError(f"among: {self.among.number} of {self.instruments} instruments cannot be required")
        return self


class Denunciation(Table):
    """When a denunciation takes effect, and what it takes along."""

    provision: Provision
    after: After
    earliest: After | None = None
    """How long the treaty must have been in force for a party before it may denounce."""
    entails: tuple[Literal["protocols"], ...] = ()
    entails_provision: Provision = ""


class Amendment(Table):
    """When an amendment enters into force for one party, and from when amendments may be proposed."""

    provision: Provision
    after: After
    proposals_after: After | None = None
    proposal_provision: Provision = ""
    consent_provision: Provision = ""
    binding_provision: Provision = ""


class ConferenceMilestone(Table):
    """By when the Conference of the Parties is to be convened."""

    provision: Provision
    after: After


class QuorumMilestone(Table):
    """How many Parties there must be before a protocol is considered."""

    provision: Provision
    parties: Annotated[int, Field(strict=True, ge=1, le=1_000)]


class Milestones(Table):
    """Days that follow from entry into force and from the number of parties."""

    conference: ConferenceMilestone | None = None
    protocol_quorum: QuorumMilestone | None = None


class Information(Table):
    """The provisions that oblige a participant to furnish something: with its instrument, or afterwards."""

    with_instrument: tuple[Provision, ...] = ()
    afterwards: tuple[Provision, ...] = ()


class Voting(Table):
    """The majority of the Parties present and voting by which the Conference adopts, as a last resort.

    For an amendment and for a protocol: the provision that sets the majority, and that on organizations' votes.
    """

    majority: tuple[Annotated[int, Field(strict=True, ge=1)], Annotated[int, Field(strict=True, ge=1)]]
    amendment: tuple[Provision, Provision] | None = None
    protocol: tuple[Provision, Provision] | None = None

    @model_validator(mode="after")
    def _is_a_part(self) -> Self:
        if self.majority[0] > self.majority[1]:
            raise ValueError("majority = [2, 3] is two thirds: the first number is not larger than the second")
        return self


CONVENTION = "XVIII-16"

Rule = Literal[
    "signature",
    "consent",
    "needs convention",
    "ceases with members",
    "denunciation",
    "entails",
    "amendment",
    "amendment proposal",
    "amendment consent",
    "amendment binding",
]

_OF_THE_CONVENTION: dict[Rule, str] = {
    "signature": "64(1)",
    "consent": "64(3)",
    "ceases with members": "67(2)",
    "entails": "67(3)",
    "amendment proposal": "66(1)",
    "amendment consent": "66(3)",
    "amendment binding": "66(5)",
}
"""Where the Convention has the rules that its clause file need not number."""


class Registration(Table):
    """Article 102 of the Charter: under which number and on which day the Secretariat registered the treaty."""

    number: Annotated[int, Field(strict=True, ge=1)]
    on: Day


class Title(Table):
    """The official title of a treaty in a language other than English, and where it can be checked."""

    title: str = Field(min_length=1)
    short_title: str = ""
    source: str = Field(min_length=1)

    @property
    def name(self) -> str:
        return self.short_title or self.title


class Clauses(Table):
    """The final clauses of one treaty. Raises nothing once built: a clause file is checked whole on loading."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$", max_length=40)]
    title: str = Field(min_length=1)
    short_title: str = ""
    titles: dict[Literal["fr", "es", "ru", "ar", "zh"], Title] = Field(default_factory=dict)
    """Its titles in the other official languages."""
    chapter: str = ""
    adopted: Day | None = None
    place_adopted: str = ""
    opened_by: str = ""
    registration: Registration | None = None
    parent: str = ""
    source: str = ""
    signature: Signature | None = None
    consent: Consent = Consent()
    reio: Organizations = Organizations()
    reservations: Reservations | None = None
    entry_into_force: EntryIntoForce | None = None
    denunciation: Denunciation | None = None
    amendment: Amendment | None = None
    milestones: Milestones = Milestones()
    voting: Voting | None = None
    information: Information = Information()
    provisions: dict[str, str] = Field(default_factory=dict)
    not_expressed: dict[Provision, Annotated[str, Field(min_length=1)]] = Field(default_factory=dict)
    """By provision: a condition that the other keys cannot say, in the treaty's words. No date is calculated by it."""

    @property
    def name(self) -> str:
        return self.short_title or self.title

    @property
    def periods_for_signature(self) -> tuple[SignaturePeriod, ...]:
        """The periods in which it is open for signature; none where nobody signs."""
        return self.signature.periods if self.signature else ()

    def titled(self, language: str) -> tuple["Clauses | Title", str]:
        """What bears the titles in a language, and the language they are in: English where the file has none."""
        own = {str(code): title for code, title in self.titles.items()}.get(language)
        return (own, language) if own else (self, "en")

    def number(self, rule: Rule) -> str:
        """The number of the provision that has a rule; "" where the file names none."""
        denunciation, amendment = self.denunciation, self.amendment
        given = {
            "signature": self.signature.provision if self.signature else "",
            "consent": self.consent.provision,
            "needs convention": self.consent.needs_convention or ("61(2)" if self.parent == CONVENTION else ""),
            "ceases with members": self.reio.ceases_with_members or "",
            "denunciation": denunciation.provision if denunciation else "",
            "entails": denunciation.entails_provision if denunciation else "",
            "amendment": amendment.provision if amendment else "",
            "amendment proposal": amendment.proposal_provision if amendment else "",
            "amendment consent": amendment.consent_provision if amendment else "",
            "amendment binding": amendment.binding_provision if amendment else "",
        }[rule]
        if not given and self.id == CONVENTION:
            return _OF_THE_CONVENTION.get(rule, "")
        return given or (amendment.provision if amendment and rule.startswith("amendment") else "")

    def words(self, provision: str) -> str:
        """The operative words of a provision; "" where the file quotes none."""
        return self.provisions.get(provision, "")
