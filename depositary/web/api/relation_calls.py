"""Between participants, as data: relations, the matrix, amendments, reservations and objections, votes."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.requests import Request

from depositary.law.articles.objections import Objection
from depositary.law.articles.reservations import Reservation, State
from depositary.law.relations import between, standing_reservations
from depositary.web.api.calls import Pages, Treaty, call, participant_of
from depositary.web.api.envelope import ActRef, Code, OfTreaty, Part, TreatyPage, act_ref, of_treaty
from depositary.web.api.reason_calls import FindingInTree, tree
from depositary.web.public.relations import binding_amendments
from depositary.web.public.votes import asked_vote, votes_data
from depositary.web.query import Unanswerable
from depositary.web.view import View


class AmendmentBetween(Part):
    """An amendment that binds both, and from when."""

    id: str
    since: date


class RelationAnswer(OfTreaty):
    """Whether two participants are bound to each other on a day, since when, by which version, and but for what."""

    a: Code
    b: Code
    bound: bool
    since: date | None
    amendments: list[AmendmentBetween]
    reservations: Annotated[list[ActRef], Field(description="Those in force between the two, by either.")]
    objections: Annotated[list[ActRef], Field(description="Those that have their effect, by either.")]
    territories: Annotated[list[ActRef], Field(description="The acts by which either leaves a territory out.")]
    finding: FindingInTree


class PartyInMatrix(Part):
    """A party: since when, by which amendments it is bound, and how many of its reservations are in force.

    Two parties are bound to each other from the later of their two days, by the amendments that bind both.
    """

    code: Code
    name: str
    since: date
    amendments: list[str]
    reservations: int


class ConsentToAmendment(Part):
    """The consent of a participant to an amendment, and from when it binds it."""

    act: ActRef
    binds_from: date | None


class AmendmentAnswer(Part):
    """An amendment: its adoption, the consents to it, and whom it binds."""

    id: str
    adoption: ActRef
    consents: list[ConsentToAmendment]
    in_force_for: Annotated[list[Code], Field(description="The participants that it binds on the day.")]


class StepOfReservation(Part):
    """The state of a reservation from a day on."""

    on: date
    state: State


class ReservationAnswer(Part):
    """A reservation, or an option of the text, and its course."""

    act: ActRef
    kind: Literal["reservation", "option"]
    provision: str
    text: str
    state: Annotated[State | None, Field(description="Its state at the end of the day.")]
    course: list[StepOfReservation]
    late: Annotated[bool, Field(description="Made after the instrument.")]
    unconfirmed: Annotated[bool, Field(description="Made when signing, and not repeated with the instrument.")]
    accepted_on: Annotated[date | None, Field(description="The day on which a late one is accepted by silence.")]
    withdrawn_in_part: list[ActRef]


class ObjectionAnswer(Part):
    """An objection, and its effect between the two."""

    act: ActRef
    addressee: Code | None
    provision: str
    text: str
    precludes: Annotated[bool, Field(description="Whether it keeps the treaty from being in force between the two.")]
    against: Annotated[list[ActRef], Field(description="The reservations that it is against.")]
    since: Annotated[date | None, Field(description="From when it has its effect; null: it has none.")]
    until: date | None
    has_effect: Annotated[bool, Field(description="Whether it has its effect on the day.")]
    late: bool
    by_a_stranger: Annotated[bool, Field(description="Made by one that was not contracting on its day.")]


class VotingOrganizationAnswer(Part):
    """An organization, whether it votes itself, and its members that are parties."""

    code: Code
    votes_itself: bool
    members: list[Code]


class VotesCast(Part):
    """The votes given."""

    in_favour: int
    against: int
    abstaining: int


class VoteAnswer(Part):
    """Who votes in the Conference on a day, what majority adopts, and whether the votes given do."""

    treaty: str
    on: date
    matter: Literal["amendment", "protocol"]
    provision: str
    parties: list[Code]
    votes: int
    organizations: list[VotingOrganizationAnswer]
    cast: VotesCast | None
    required: int
    adopted: bool | None
    reasons: list[str]
    complete_as_of: date | None


One = Annotated[str, Query(description="The code of a participant.", max_length=40, examples=["GHA"])]
Votes = Annotated[int, Query(ge=0, le=9999)]


def routes(router: APIRouter) -> None:
    """The calls about relations, statements and votes."""

    @call(router, "/treaties/{treaty}/relations", "Relations")
    def relations(view: Treaty, a: One, b: One) -> RelationAnswer:
        """Whether two participants are bound to each other on the day, since when, and by which version."""
        for code in (a, b):
            participant_of(view.site, code)
        if a == b:
            raise Unanswerable(422, "one-with-itself")
        return relation(view, a, b)

    @call(router, "/treaties/{treaty}/relations/all", "Relations")
    def matrix(view: Treaty, pages: Pages) -> TreatyPage[PartyInMatrix]:
        """All parties on the day; two of them are bound from the later of their days, by what binds both."""
        cut = pages.cut(view.effects.parties(view.on), str)
        parties = [party for code in cut["items"] for party in in_matrix(view, code)]
        return TreatyPage(**of_treaty(view), items=parties, next=cut["next"])

    @call(router, "/treaties/{treaty}/amendments", "Relations")
    def amendments(view: Treaty, pages: Pages) -> TreatyPage[AmendmentAnswer]:
        """The amendments adopted, the consents to each, and whom each binds."""
        cut = pages.cut(sorted(view.effects.history.amendments), str)
        return TreatyPage(**of_treaty(view), items=[amendment(view, one) for one in cut["items"]], next=cut["next"])

    @call(router, "/treaties/{treaty}/reservations", "Relations")
    def reservations(view: Treaty, pages: Pages) -> TreatyPage[ReservationAnswer]:
        """The reservations and the options of the text, each with its course and its state on the day."""
        made = [(one, code) for code in view.effects.codes for one in view.effects.reservations(code)]
        cut = pages.cut(made, lambda each: f"{each[0].act.number}")
        return TreatyPage(
            **of_treaty(view), items=[reservation(view, one) for one, _ in cut["items"]], next=cut["next"]
        )

    @call(router, "/treaties/{treaty}/objections", "Relations")
    def objections(view: Treaty, pages: Pages) -> TreatyPage[ObjectionAnswer]:
        """The objections, each with its effect between the two."""
        cut = pages.cut(view.effects.objections, lambda each: f"{each.act.number}")
        return TreatyPage(**of_treaty(view), items=[objection(view, one) for one in cut["items"]], next=cut["next"])

    @call(router, "/treaties/{treaty}/votes", "Relations")
    def votes(
        request: Request,
        view: Treaty,
        matter: Annotated[Literal["amendment", "protocol"], Query(description="What is voted on.")] = "amendment",
        organization: Annotated[list[str], Query(description="An organization that votes itself.")] = [],  # noqa: B006
        in_favour: Annotated[Votes, Query(description="How many votes are in favour.")] = 0,
        against: Annotated[Votes, Query(description="How many votes are against.")] = 0,
        abstaining: Annotated[Votes, Query(description="How many abstain; they do not vote.")] = 0,
    ) -> VoteAnswer:
        """Who votes in the Conference on a day, what majority adopts, and whether the votes given do."""
        return VoteAnswer.model_validate(votes_data(view, asked_vote(request)))


def relation(view: View, a: str, b: str) -> RelationAnswer:
    """How two participants stand to each other on the day."""
    found = between(view.effects, a, b, view.on)
    return RelationAnswer(
        **of_treaty(view),
        a=a,
        b=b,
        bound=found.bound,
        since=found.since,
        amendments=[AmendmentBetween(id=one, since=day) for one, day in found.amendments],
        reservations=[act_ref(view, act) for act in found.reservations],
        objections=[act_ref(view, act) for act in found.objections],
        territories=[act_ref(view, act) for act in found.territories],
        finding=tree(view, found.finding),
    )


def in_matrix(view: View, code: str) -> list[PartyInMatrix]:
    """A party in the matrix."""
    episode = view.effects.episode_at(code, view.on)
    if episode is None or episode.since is None:
        return []
    return [
        PartyInMatrix(
            code=code,
            name=view.name(code),
            since=episode.since,
            amendments=list(binding_amendments(view, code)),
            reservations=len(standing_reservations(view.effects, code, view.on)),
        )
    ]


def amendment(view: View, identifier: str) -> AmendmentAnswer:
    """An amendment with the consents to it."""
    adopted = view.effects.history.amendments[identifier]
    return AmendmentAnswer(
        id=identifier,
        adoption=act_ref(view, adopted.act),
        consents=[
            ConsentToAmendment(act=act_ref(view, act), binds_from=view.effects.amendment_bound(identifier, code, place))
            for (code, place), act in adopted.consents.items()
        ],
        in_force_for=[code for code in view.effects.codes if identifier in binding_amendments(view, code)],
    )


def reservation(view: View, made: Reservation) -> ReservationAnswer:
    """A reservation with its course."""
    return ReservationAnswer(
        act=act_ref(view, made.act),
        kind=made.kind or "reservation",
        provision=made.provision,
        text=made.act.text,
        state=made.state(view.on),
        course=[StepOfReservation(on=day, state=state) for day, state in made.course],
        late=made.late,
        unconfirmed=made.unconfirmed,
        accepted_on=made.accepted_on,
        withdrawn_in_part=[act_ref(view, act) for act in made.withdrawn_in_part],
    )


def objection(view: View, made: Objection) -> ObjectionAnswer:
    """An objection with its effect."""
    return ObjectionAnswer(
        act=act_ref(view, made.act),
        addressee=made.act.addressee or None,
        provision=made.act.provision,
        text=made.act.text,
        precludes=made.precludes,
        against=[act_ref(view, one.act) for one in made.against],
        since=made.since,
        until=made.until,
        has_effect=made.acts_on(view.on),
        late=made.late,
        by_a_stranger=made.by_a_stranger,
    )
