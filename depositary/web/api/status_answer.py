"""The status of a treaty as the API describes it: the form of `depositary.treaties.answer`, whose JSON it is."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from depositary.law.effects import Standing
from depositary.law.participants import Kind
from depositary.web.api.envelope import Code, Part, Plain, TreatyName


class ConsentGiven(Part):
    """An act of consent to be bound."""

    action: str = Field(examples=["ratification"])
    date: dt.date


class DenunciationReceived(Part):
    """When a denunciation was received, and when it takes effect."""

    received: dt.date
    effective: dt.date


class Participation(Part):
    """One participation: from entry into force for the participant to the first day outside."""

    model_config = ConfigDict(serialize_by_alias=True, validate_by_alias=True, validate_by_name=True)

    consent: ConsentGiven
    since: Annotated[dt.date | None, Field(alias="from", description="The day of entry into force for it.")]
    until: Annotated[dt.date | None, Field(description="The first day outside; null while it lasts.")]


class BindingAmendment(Part):
    """An amendment that binds a participant from a day on."""

    model_config = ConfigDict(serialize_by_alias=True, validate_by_alias=True, validate_by_name=True)

    id: str
    since: dt.date = Field(alias="from")


class ParticipantStatus(Part):
    """A participant's row. The fields beside `episodes` describe its latest participation."""

    code: Code
    name: str
    kind: Kind
    standing: Standing
    signature: dt.date | None
    consent: ConsentGiven | None
    counted: Annotated[bool, Field(description="Whether its instrument counts towards entry into force.")]
    entry_into_force: dt.date | None
    provision: Annotated[str | None, Field(description="The provision that gave the date.", examples=["65(1)"])]
    denunciation: DenunciationReceived | None
    ceases: Annotated[
        dt.date | None, Field(description="The first day on which it is not a party, for whatever cause.")
    ]
    episodes: list[Participation]
    amendments: list[BindingAmendment]


class EntryIntoForceOfTreaty(Part):
    """When the treaty itself enters into force, and how far the number required is reached."""

    date: dt.date | None
    provision: str | None
    required: int | None
    counted: Annotated[int, Field(description="States whose instrument stands or has taken effect, each once.")]
    deposited: Annotated[int, Field(description="The same with organizations.")]
    threshold_reached_on: dt.date | None
    readings: Annotated[list[str], Field(description="The readings on which the date rests.")]


class Totals(Part):
    """How many take part, by standing. `signatories` counts every signature ever made."""

    signatories: int
    contracting: int
    parties: int
    former_parties: int


class NotExpressed(Part):
    """A condition of the treaty by which no date is calculated, in the treaty's words."""

    provision: str
    words: str


class ReportedAct(Part):
    """What is said to have been done, with no date of deposit known. It is not counted."""

    participant: Code
    action: str
    reported: Annotated[str, Field(description="The day of the report, or its month.", examples=["2026-05"])]
    source: str


class PartyToAmendment(Part):
    """A participant that an amendment binds from a day on."""

    model_config = ConfigDict(serialize_by_alias=True, validate_by_alias=True, validate_by_name=True)

    code: Code
    since: dt.date = Field(alias="from")


class AmendmentStatus(Part):
    """An amendment, and for whom it is in force."""

    id: str
    adopted: dt.date
    in_force: list[PartyToAmendment]


class MilestoneDays(Part):
    """Days that follow from entry into force and from the number of parties."""

    conference_by: dt.date | None
    amendments_may_be_proposed_from: dt.date | None
    protocol_quorum_reached_on: dt.date | None


class IrregularAct(Part):
    """What is wrong with an act."""

    row: Annotated[int, Field(description="The number of its entry; 0 for a supposed act.")]
    code: str
    severity: Annotated[str, Field(description="Of a refused act nothing follows.", examples=["refused", "warning"])]
    provision: str
    message: str


class RulingMade(Part):
    """The ruling on a reading."""

    choice: str
    date: dt.date
    row: Annotated[int, Field(description="The number of its entry.")]


class OpenReading(Part):
    """What rests on an open reading, and what the other reading gives."""

    name: str
    status: Literal["settled", "practice", "open"]
    provision: str
    concerns: str
    participant: Code | None
    date: dt.date | None
    value: Plain
    otherwise: Plain
    ruling: RulingMade | None


class Status(Part):
    """The whole legal status of a treaty on a day."""

    treaty: TreatyName
    on: dt.date
    known_at: dt.datetime | None
    entry_into_force: EntryIntoForceOfTreaty
    totals: Totals
    not_expressed: list[NotExpressed]
    complete_as_of: dt.date | None
    reported: list[ReportedAct]
    participants: list[ParticipantStatus]
    amendments: list[AmendmentStatus]
    milestones: MilestoneDays
    irregularities: list[IrregularAct]
    open_readings: list[OpenReading]
