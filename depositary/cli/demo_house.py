"""The house of the demonstration: what it recorded, issued and circulated until today, by two invented persons.

It moved its older acts in at the beginning of last year, or earlier. Since then each act came through the desk: Flora
drafted it, Vera released it and issued the notification. A year ago today they circulated the points of contact.
"""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pyotp
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from depositary import clock
from depositary.authorities import proposals
from depositary.authorities.designations import AcceptedLanguage, Designation, Telephone
from depositary.authorities.entries import AuthorityEntry, new_salt
from depositary.authorities.missions import Mission
from depositary.authorities.proposal import digest_of_proposals
from depositary.authorities.store import ContactStore
from depositary.correspondence.circulation import decisions, editions
from depositary.correspondence.circulation.dispatch import circulate_edition
from depositary.correspondence.circulation.preparation import FUNCTION, new_edition, read_registers
from depositary.correspondence.mail.outbox import seal_in
from depositary.correspondence.mail.outcomes import Attempt, Outcome
from depositary.correspondence.mail.post_office import sender_of
from depositary.correspondence.notifications.issue import issue_all
from depositary.correspondence.notifications.series import agree_first, propose_first
from depositary.desk import accounts, case_steps
from depositary.desk.audit import Doing
from depositary.desk.case_content import CaseContent, Item
from depositary.desk.release import release
from depositary.law.acts import Act
from depositary.law.clauses import CONVENTION
from depositary.law.dates import add_years
from depositary.law.participants import LANGUAGES
from depositary.register.batch import record_all
from depositary.register.heads import Keys
from depositary.register.seal import Seal
from depositary.register.store import Store
from depositary.settings import Settings
from depositary.treaties.collection import Collection
from depositary.treaties.instruments_csv import read_acts

DRAFTS, RELEASES = "flora.dane", "vera.lind"
PERSONS = {
    DRAFTS: ("Flora Dane", ("registrar", "contacts officer")),
    RELEASES: ("Vera Lind", ("legal officer", "contacts officer")),
}
PASSWORD = "seven herons over a paper lake"  # noqa: S105
"""Of both accounts: the demonstration is for one person at one machine."""

WITHOUT_MISSION, WITHOUT_CONTACT, WITHOUT_CERTIFICATE = ("YSS", "WAQ"), ("KIT", "MUU"), ("LIL", "BLE", "LAP")
SILENT = ("ERE", "POH", "TAP", "YSS", "WAQ")
"""Who has not confirmed its point of contact since last year."""


@dataclass(frozen=True)
class SignIn:
    """How a person signs in at the desk: the secret for an authenticator, and ten codes that serve once each."""

    name: str
    secret: str
    codes: list[str]


@dataclass(frozen=True)
class House:
    """The house: its settings, treaties and registers."""

    settings: Settings
    collection: Collection
    store: Store
    contacts: ContactStore

    def at(self, by: str) -> Doing:
        return Doing(by, clock.now(), "the demonstration")


class InventedServer:
    """A mail server that accepts every letter of a year ago, and carries none."""

    ended: Outcome = "accepted"

    def ready(self) -> None:
        """It is always there."""

    def carry(self, to: str, message: bytes, name: str) -> Attempt:
        return Attempt("accepted", "250 accepted by an invented server")

    def close(self) -> None:
        """Nothing is open between two letters."""


def moved_in_on(today: date) -> date:
    """The day from which on the house keeps its register with this program."""
    return min(date(today.year - 1, 1, 4), today - timedelta(days=400))


def furnish(settings: Settings, collection: Collection) -> list[SignIn]:
    """Makes the registers of the demonstration up to the present instant. Gives how the two persons sign in."""
    store = Store(settings.database, Keys(settings.keys))
    contacts = ContactStore(settings.contacts, settings.keys)
    with closing(store), closing(contacts):
        store.migrate()
        contacts.migrate()
        house = House(settings, collection, store, contacts)
        now = clock.now()
        moved_in = clock.midnight(moved_in_on(clock.today())) + timedelta(hours=10)
        acts = read_acts(settings.data / "instruments.csv", collection.participants, collection.treaties)
        with clock.stopped(moved_in):
            record_all((act for act in acts if act.date < clock.today()), "import", clock.now(), store)
            persons = [_person(house, name) for name in PERSONS]
        with clock.stopped(moved_in + timedelta(hours=1)):
            _designate(house, clock.today())
            with store.session(writing=True) as session:
                for year in range(clock.today().year, now.year + 2):
                    propose_first(session, year, 1, house.at(DRAFTS))
                    agree_first(session, year, 1, house.at(RELEASES))
        later: list[tuple[datetime, Callable[[], None]]] = [
            (_a_year_before(now), lambda: _circulate(house)),
            (now - timedelta(days=20), lambda: _confirm(house)),
        ]
        later += [(clock.midnight(on) + timedelta(hours=15), _acts_of(house, on, acts)) for on in _days(acts, moved_in)]
        for instant, does in sorted(later, key=lambda each: each[0]):
            with clock.stopped(instant):
                does()
    return persons


def _days(acts: list[Act], moved_in: datetime) -> Iterator[date]:
    return iter(sorted({act.date for act in acts if act.date >= clock.day_of(moved_in)}))


def _a_year_before(now: datetime) -> datetime:
    return clock.midnight(add_years(clock.day_of(now), -1)) + timedelta(hours=11)


def _person(house: House, name: str) -> SignIn:
    full_name, roles = PERSONS[name]
    doing, seal = house.at("the command line"), Seal(house.settings.keys)
    with house.store.session(writing=True) as session:
        accounts.add(session, name, full_name, roles, "en", doing)
        accounts.set_email(session, name, f"{name}@example.int", doing)
        token = accounts.invite(session, name, seal, doing)
    with house.store.session() as session:
        invited = accounts.invitation(session, token, seal, doing.at)
    assert invited is not None
    code = pyotp.TOTP(invited[1]).at(int(doing.at.timestamp()))
    return SignIn(name, invited[1], accounts.accept(house.store, token, PASSWORD, code, seal, doing))


def _designate(house: House, on: date) -> None:
    """Enters missions and points of contact: proposed by one person, approved by the other."""
    key = rsa.generate_private_key(65537, 2048)  # one for all: nobody is to read these letters
    entries: list[AuthorityEntry] = []
    for place, (code, each) in enumerate(house.collection.participants.items()):
        if code not in WITHOUT_MISSION:
            certificate = "" if code in WITHOUT_CERTIFICATE else _certificate(code, key)
            mission = _mission(code, each.name_on(on).english, LANGUAGES[place % len(LANGUAGES)], certificate)
            entries.append(AuthorityEntry(0, "mission", code, clock.now(), DRAFTS, mission=mission))
        if code not in WITHOUT_CONTACT and each.kind == "state":
            contact = _contact(code, each.name_on(on).english, place)
            entries.append(AuthorityEntry(0, "designation", code, clock.now(), DRAFTS, designation=contact))
    proposed = proposals.propose_all(house.contacts, "the demonstration", entries, DRAFTS, clock.now())
    seen = digest_of_proposals(proposed, house.contacts.root)
    proposals.approve_all(house.contacts, [one.number for one in proposed], seen, RELEASES, clock.now())


def _confirm(house: House) -> None:
    """The missions answer, twenty days before the circulation of this year, that their points of contact are right."""
    with house.contacts.recording() as recording:
        for entry in house.contacts.entries():
            if entry.function == FUNCTION and entry.participant not in SILENT:
                size = recording.size + 1
                said = AuthorityEntry(size, "confirmation", entry.participant, clock.now(), "the mission", how="link")
                recording.append(replace(said, concerns=entry.number, salt=new_salt()))


def _mission(code: str, name: str, language: str, certificate: str) -> Mission:
    domain = f"{code.lower()}.example.int"
    return Mission(code, f"Permanent Mission of {name}", f"mission@{domain}", (domain,), language, certificate)


def _contact(code: str, name: str, place: int) -> Designation:
    return Designation(
        code,
        "point of contact",
        f"Cybercrime Centre of {name}",
        languages=(AcceptedLanguage("en"), AcceptedLanguage(LANGUAGES[1 + place % 5], "urgent")),
        hours="24/7",
        zone="UTC",
        telephones=(Telephone(f"+999 555 {place:04}", always=True),),
        email=f"contact@{code.lower()}.example.int",
    )


def _certificate(code: str, key: rsa.RSAPrivateKey) -> str:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"mission@{code.lower()}.example.int")])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(clock.now() - timedelta(days=1)).not_valid_after(clock.now() + timedelta(days=3650))
    return made.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM).decode()


def _acts_of(house: House, on: date, acts: list[Act]) -> Callable[[], None]:
    """What is done with the acts of a day: one person drafts and submits each, the other releases and issues."""

    def does() -> None:
        store = house.store
        for act in acts:
            if act.date != on:
                continue
            content = CaseContent((Item(act),))
            with store.session(writing=True) as session:
                case = case_steps.begin(session, f"the demonstration {act.number}", content, house.at(DRAFTS))
                case = case_steps.submit(session, case.number, case.last.number, house.at(DRAFTS))
            head = store.head()
            assert head is not None
            release(store, case.number, case_steps.view_digest(case.last, head.root), house.at(RELEASES))
        issue_all(store, house.collection, house.at(RELEASES))

    return does


def _circulate(house: House) -> None:
    """Circulates the list of points of contact: prepared by one person, approved by the other, sent, closed."""
    store, seal, sender = house.store, seal_in(house.settings.keys), sender_of(house.settings)
    own, today = read_registers(house.collection, store, house.contacts), clock.today()
    edition = new_edition(own, [], CONVENTION, today.year, today, clock.now())
    with store.session(writing=True) as session:
        kept = editions.prepare(session, edition, seal, house.at(DRAFTS))
    count = str(len(edition.recipients))
    kept = decisions.approve(store, own, kept.name, edition.digest, count, seal, house.at(RELEASES))
    circulate_edition(store, own, kept, seal, InventedServer(), sender, house.at(RELEASES))
    decisions.close(store, kept.name, seal, house.at(RELEASES))


def sign_in_file(home: Path, persons: list[SignIn]) -> Path:
    """Writes how the two persons sign in to a file that its owner alone reads."""
    path = home / "SIGN-IN.txt"
    path.touch(0o600)
    path.write_text("\n".join(_how(person) for person in persons), encoding="utf-8")
    return path


def _how(person: SignIn) -> str:
    full_name, roles = PERSONS[person.name]
    lines = [
        f"{full_name}, {', '.join(roles)}",
        f"  name      {person.name}",
        f"  password  {PASSWORD}",
        f"  secret    {person.secret} (for an authenticator), or in place of its code each of these once:",
        *(f"            {code}" for code in person.codes),
    ]
    return "\n".join(lines) + "\n"
