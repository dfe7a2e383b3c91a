"""What the desk shows of an authority, field by field, for one who may see so much; every look is noted (item 45)."""

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
from depositary.words import Language
from depositary.words import authorities as said


def registers(desk: Desk) -> ContactStore:
    """The registers of authorities of a desk that keeps them."""
    assert desk.contacts is not None, "these routes are there only with it"
    return desk.contacts


def note_read(desk: Desk, actor: Actor, about: str) -> None:
    """Notes that protected fields were read: by whom, when, whose; never what they say."""
    with desk.store.session(writing=True) as session:
        log(session, actor.doing, "contacts read", about)


def convention(desk: Desk, on: date | None = None) -> Effects:
    """What holds under the Convention on a day; today, for None."""
    return desk.effects(desk.chosen(""), on or clock.today())


def name_of(desk: Desk, words: Language, code: str, on: date | None = None) -> str:
    return words.name(desk.collection.participants, code, on or clock.today())


def value_said(words: Language, name: str, one: Designation) -> str:
    """What a field says, in words where it is not in the State's own."""
    value = getattr(one, name)
    if not value:
        return ""
    if name == "function":
        return words.gettext(said.FUNCTIONS[value])
    if name == "languages":
        return said.languages_said(words, [(each.tag, each.urgency) for each in value])
    if name == "channels":
        return words.listed(words.gettext(said.CHANNELS[each]) for each in value)
    if name == "legal_basis":
        return words.gettext(said.LEGAL_BASIS[value])
    if isinstance(value, date):
        return words.date(value)
    return text_of(value)


def facts(words: Language, one: Designation, seen_by: Visibility = "secretariat") -> tuple[Fact, ...]:
    """The fields that say something and may be seen, with who else may see each."""
    return tuple(
        Fact(words.gettext(said.FIELDS[name]), value, words.gettext(said.VISIBILITY[visible]))
        for name, visible in FIELDS.items()
        if visible in WIDER[seen_by] and name != "participant" and (value := value_said(words, name, one))
    )


def mission_facts(words: Language, mission: Mission) -> tuple[Fact, ...]:
    """The fields of a mission, which are the secretariat's."""
    rows = (
        ("name", mission.name),
        ("email", mission.email),
        ("domains", ", ".join(mission.domains)),
        ("language", said.tongue(words.code, mission.language)),
        ("certificate", mission.certificate),
    )
    return tuple(Fact(words.gettext(said.FIELDS[name]), value, "") for name, value in rows if value)


def entry_facts(words: Language, entry: AuthorityEntry) -> tuple[Fact, ...]:
    """What an entry says, recorded or only proposed."""
    found: tuple[Fact, ...] = ()
    if entry.designation:
        found = facts(words, entry.designation)
    elif entry.mission:
        found = mission_facts(words, entry.mission)
    rest = (("since", words.date(entry.since) if entry.since else ""), ("reason", entry.reason))
    return (*found, *(Fact(words.gettext(said.FIELDS[name]), value, "") for name, value in rest if value))


def title_of(desk: Desk, words: Language, entry: AuthorityEntry, concerned: AuthorityEntry | None = None) -> str:
    """An entry in a line: `Ghana: Point of contact (24/7), Cybercrime Unit (designation)`."""
    one = entry.designation or (concerned.designation if concerned else None)
    what = words.gettext(said.PROPOSED[entry.what])
    name = name_of(desk, words, entry.participant)
    if one is None:
        return f"{name}: {what}"
    return f"{name}: {words.gettext(said.FUNCTIONS[one.function])}, {one.authority} ({what})"


def proposal_lines(desk: Desk, words: Language, found: Iterable[AuthorityProposal]) -> tuple[ProposalLine, ...]:
    """Proposals in a list."""
    by_number = {entry.number: entry for entry in registers(desk).entries()}
    return tuple(
        ProposalLine(
            Link(str(one.number), f"/staff/contacts/proposals/{one.number}"),
            title_of(desk, words, one.entry, by_number.get(one.entry.concerns)),
            words.gettext(said.STATES[one.state]),
            one.proposed_by,
            words.date(clock.day_of(one.proposed_at)),
        )
        for one in found
    )


def is_stale(confirmed_at: datetime) -> bool:
    return clock.now() - confirmed_at > CONFIRMED_WITHIN
