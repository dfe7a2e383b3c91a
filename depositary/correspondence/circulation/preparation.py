"""Makes an edition from the registers: its recipients, derived for the day, and the list as it was known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256

from depositary.authorities.designations import Function
from depositary.authorities.entitlement import entitled
from depositary.authorities.entries import AuthorityEntry
from depositary.authorities.lists import AuthorityList, authority_list
from depositary.authorities.missions import mission_address_fault
from depositary.authorities.store import ContactStore
from depositary.authorities.validity import missions
from depositary.correspondence.circulation.edition import Edition, Manner, Recipient, in_clear
from depositary.correspondence.circulation.editions import KeptEdition
from depositary.correspondence.circulation.lists import EditionList, list_files
from depositary.correspondence.mail.smime import is_usable
from depositary.errors import BadInput
from depositary.law.effects import Effects
from depositary.register.entry import Entry, acts_of, as_known
from depositary.register.merkle import Frontier
from depositary.register.store import Store
from depositary.treaties.collection import Collection

FUNCTION: Function = "point of contact"


@dataclass(frozen=True)
class Entitling:
    """What entitles to a circulation: the entries of the treaty at least, and the registers of authorities."""

    collection: Collection
    entries: Sequence[Entry]
    authorities: Sequence[AuthorityEntry]

    def effects(self, treaty: str, on: date, at: datetime) -> Effects:
        """The legal effects on a day, as the register knew them at an instant."""
        needed = self.collection.needed_by(treaty)
        entries = [entry for entry in self.entries if entry.treaty in needed]
        return self.collection.effects(acts_of(as_known(entries, at)), treaty, on)


@dataclass(frozen=True)
class Registers(Entitling):
    """Both registers with all their entries. Every edition, old or new, is made from them."""

    digests: Sequence[bytes]
    authority_digests: Sequence[str]


def read_registers(collection: Collection, store: Store, contacts: ContactStore) -> Registers:
    """Reads both registers."""
    return Registers(collection, store.entries(), contacts.entries(), store.digests(), contacts.digests())


def recipients(
    own: Entitling, treaty: str, on: date, at: datetime, *, contracting: bool
) -> tuple[tuple[Recipient, ...], tuple[str, ...]]:
    """The recipients of a circulation on a day, as known at an instant, and the entitled without an address.

    They are the parties, derived: a denouncing party until the day of effect, and an organization that is a party.
    With `contracting` they are, before the entry into force, the participants that have consented.
    """
    known = missions(list(own.authorities), at)
    found: list[Recipient] = []
    lacking: list[str] = []
    for code in sorted(entitled(own.effects(treaty, on, at), on, contracting=contracting)):
        mission = known.get(code)
        if mission is None or mission_address_fault(mission.email, mission.domains):
            lacking.append(code)
            continue
        certificate = mission.certificate if mission.certificate and is_usable(mission.certificate, at) else ""
        manner: Manner = "encrypted" if certificate else "notice"
        found.append(
            Recipient(len(found) + 1, code, mission.name, mission.email, mission.language, certificate, manner)
        )
    return tuple(found), tuple(lacking)


def new_edition(
    own: Registers,
    kept: Iterable[KeptEdition],
    treaty: str,
    year: int,
    on: date,
    at: datetime,
    *,
    contracting: bool = False,
    in_clear_by: str = "",
) -> Edition:
    """The next edition of a year. Raises BadInput where the day is not of the year, or lies ahead of what is known."""
    if on.year != year:
        raise BadInput([f"--on {on.isoformat()}: not a day of {year}; the edition of a year is of a day of that year"])
    kept = list(kept)
    place = max((one.edition.place for one in kept if one.edition.year == year), default=0) + 1
    earlier = [one for one in kept if one.approval and one.edition.on <= on and one.edition.year < year]
    before = earlier[-1].name if earlier else ""
    blank = Edition(
        f"{year}/{place}", year, place, treaty, on, at, contracting, before, (0, ""), (0, ""), "", (), (), ()
    )
    blank = replace(blank, register=_register(own, at), authorities=_authorities(own, at))
    addressed = with_recipients(own, blank, at)
    if in_clear_by:
        addressed = in_clear(addressed, in_clear_by)
    return with_list(own, addressed, [one.edition for one in kept])


def remake(own: Registers, edition: Edition, kept: Iterable[KeptEdition], at: datetime | None = None) -> Edition:
    """Makes an edition again from the registers. It is equal unless the registers or the program have changed.

    With `at` it has the recipients known at that instant, to be compared with the recipients that are approved.
    """
    again = with_recipients(own, edition, at or edition.known_at)
    if edition.in_clear_by:
        again = in_clear(again, edition.in_clear_by)
    again = replace(again, register=_register(own, edition.known_at), authorities=_authorities(own, edition.known_at))
    return with_list(own, again, [one.edition for one in kept])


def with_recipients(own: Registers, edition: Edition, at: datetime) -> Edition:
    """The edition with the recipients known at an instant."""
    found, lacking = recipients(own, edition.treaty, edition.on, at, contracting=edition.contracting)
    return replace(edition, recipients=found, lacking=lacking)


def with_list(own: Registers, edition: Edition, others: Iterable[Edition]) -> Edition:
    """The edition with the digests of its list and its files."""
    made = edition_list(own, edition, others)
    digests = tuple((name, sha256(content).hexdigest()) for name, content in sorted(list_files(made).items()))
    return replace(edition, digest_of_list=made.present.digest, files=digests)


def edition_list(own: Registers, edition: Edition, others: Iterable[Edition]) -> EditionList:
    """The lists of an edition and of the edition before it, from the registers."""
    before = next((one for one in others if one.name == edition.before), None)
    return EditionList(
        edition,
        _list(own, edition),
        before.on if before else None,
        _list(own, before) if before else None,
        own.collection.participants,
    )


def _list(own: Registers, edition: Edition) -> AuthorityList:
    """The points of contact of the entitled participants, with the fields that States Parties may see."""
    effects = own.effects(edition.treaty, edition.on, edition.known_at)
    of = entitled(effects, edition.on, contracting=edition.contracting)
    return authority_list(own.authorities, FUNCTION, edition.on, edition.known_at, "parties", of)


def _register(own: Registers, at: datetime) -> tuple[int, str]:
    size = sum(entry.recorded_at <= at for entry in own.entries)
    frontier = Frontier()
    for digest in own.digests[:size]:
        frontier.add(digest)
    return size, frontier.root.hex()


def _authorities(own: Registers, at: datetime) -> tuple[int, str]:
    size = sum(entry.recorded_at <= at for entry in own.authorities)
    return size, own.authority_digests[size - 1] if size else ""
