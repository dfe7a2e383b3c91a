"""What the desk shows of an authority, field by field, by who may see each field. The audit notes every reading."""

from collections.abc import Iterable
from datetime import date, datetime

from depositary import clock
from depositary.authorities.designations import FIELDS, WIDER, Designation, Visibility
from depositary.authorities.designations_csv import text_of
from depositary.authorities.entries import AuthorityEntry
from depositary.authorities.missions import Mission
from depositary.authorities.proposal import AuthorityProposal
from depositary.authorities.store import ContactStore
from depositary.authorities.validity import CONFIRMED_WITHIN
from depositary.desk.audit import log
from depositary.law.effects import Effects
from depositary.web.parts import Link
from depositary.web.staff.access import Actor
from depositary.web.staff.authorities.pages import Fact, ProposalLine
from depositary.web.staff.desk import Desk
from depositary.words import Language, authorities


def registers(desk: Desk) -> ContactStore:
    """The registers of authorities of a desk that keeps them."""
    assert desk.contacts is not None, "these routes are there only with it"
    return desk.contacts


def note_read(desk: Desk, actor: Actor, about: str) -> None:
    """Notes in the audit that protected fields were read: by whom, when, and whose; never the fields themselves."""
    with desk.store.session(writing=True) as session:
        log(session, actor.doing, "contacts read", about)


def convention(desk: Desk, on: date | None = None) -> Effects:
    """What holds under the Convention on a day; today, for None."""
    return desk.effects(desk.chosen(""), on or clock.today())


def name_of(desk: Desk, words: Language, code: str, on: date | None = None) -> str:
    """A participant's name on a day; today, for None."""
    return words.name(desk.collection.participants, code, on or clock.today())


def value_of(words: Language, name: str, designation: Designation) -> str:
    """A field as text: in the reader's language, or in the State's own words."""
    value = getattr(designation, name)
    if not value:
        return ""
    if name == "function":
        return words.gettext(authorities.FUNCTIONS[value])
    if name == "languages":
        return authorities.languages_said(words, [(spoken.tag, spoken.urgency) for spoken in value])
    if name == "channels":
        return words.listed(words.gettext(authorities.CHANNELS[channel]) for channel in value)
    if name == "legal_basis":
        return words.gettext(authorities.LEGAL_BASIS[value])
    if isinstance(value, date):
        return words.date(value)
    return text_of(value)


def facts(words: Language, designation: Designation, seen_by: Visibility = "secretariat") -> tuple[Fact, ...]:
    """The fields that are filled and that a reader may see, each with who else may see it."""
    return tuple(
        Fact(words.gettext(authorities.FIELDS[name]), value, words.gettext(authorities.VISIBILITY[visible]))
        for name, visible in FIELDS.items()
        if visible in WIDER[seen_by] and name != "participant" and (value := value_of(words, name, designation))
    )


def mission_facts(words: Language, mission: Mission) -> tuple[Fact, ...]:
    """The fields of a mission; only the secretariat sees them."""
    rows = (
        ("name", mission.name),
        ("email", mission.email),
        ("domains", ", ".join(mission.domains)),
        ("language", authorities.tongue(words.code, mission.language)),
        ("certificate", mission.certificate),
    )
    return tuple(Fact(words.gettext(authorities.FIELDS[name]), value, "") for name, value in rows if value)


def entry_facts(words: Language, entry: AuthorityEntry) -> tuple[Fact, ...]:
    """What an entry says, whether it is recorded or proposed."""
    fields: tuple[Fact, ...] = ()
    if entry.designation:
        fields = facts(words, entry.designation)
    elif entry.mission:
        fields = mission_facts(words, entry.mission)
    rest = (("since", words.date(entry.since) if entry.since else ""), ("reason", entry.reason))
    return (*fields, *(Fact(words.gettext(authorities.FIELDS[name]), value, "") for name, value in rest if value))


def side_by_side(before: Iterable[Fact], after: Iterable[Fact]) -> tuple[tuple[str, str, str], ...]:
    """What stands and what would take its place, field by field: label, before, after."""
    old, new = ({fact.label: fact.value for fact in told} for told in (before, after))
    return tuple((label, old.get(label, ""), new.get(label, "")) for label in dict.fromkeys((*old, *new)))


def title_of(desk: Desk, words: Language, entry: AuthorityEntry, concerned: AuthorityEntry | None = None) -> str:
    """An entry in a line: `Ghana: Point of contact (24/7), Cybercrime Unit (designation)`."""
    designation = entry.designation or (concerned.designation if concerned else None)
    what = words.gettext(authorities.PROPOSED[entry.what])
    name = name_of(desk, words, entry.participant)
    if designation is None:
        return f"{name}: {what}"
    function = words.gettext(authorities.FUNCTIONS[designation.function])
    return f"{name}: {function}, {designation.authority} ({what})"


def proposal_lines(desk: Desk, words: Language, proposals: Iterable[AuthorityProposal]) -> tuple[ProposalLine, ...]:
    """Proposals in a list."""
    by_number = {entry.number: entry for entry in registers(desk).entries()}
    return tuple(
        ProposalLine(
            Link(str(proposal.number), f"/staff/contacts/proposals/{proposal.number}"),
            title_of(desk, words, proposal.entry, by_number.get(proposal.entry.concerns)),
            words.gettext(authorities.STATES[proposal.state]),
            proposal.proposed_by,
            words.date(clock.day_of(proposal.proposed_at)),
        )
        for proposal in proposals
    )


def is_stale(confirmed_at: datetime) -> bool:
    """Whether a confirmation is too long ago."""
    return clock.now() - confirmed_at > CONFIRMED_WITHIN
