"""What the pages of the desk stand on: the register, the treaties, the addresses; and the frame of each page."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from depositary.authorities.store import ContactStore
from depositary.correspondence.mail.outbox import KEY
from depositary.correspondence.mail.post_office import PostOffice
from depositary.desk.accounts import Account
from depositary.law.clauses import CONVENTION
from depositary.law.effects import Effects
from depositary.register.entry import Entry
from depositary.register.merkle import Frontier
from depositary.register.seal import Seal
from depositary.register.store import Store
from depositary.treaties.collection import Collection
from depositary.web.alarm import Alarm, alarm_in
from depositary.web.assets import DESK, DESK_SCRIPT, PASSKEY, Assets, load_assets
from depositary.web.known import Known
from depositary.web.parts import Choice, Link
from depositary.web.rate_limits import Throttle
from depositary.web.staff.access import Actor
from depositary.web.staff.agenda import Agenda
from depositary.web.staff.answered_forms import AnsweredForms
from depositary.web.staff.carried_scans import CarriedScans
from depositary.web.staff.openid import Provider
from depositary.web.staff.parts import DeskFrame
from depositary.words import Language


@dataclass(frozen=True)
class Desk:
    """The register, the treaties, and where the desk and the public site are reached."""

    collection: Collection
    store: Store
    seal: Seal
    url: str
    public_url: str
    provider: Provider | None = None
    """Where staff may sign in as well; None for nowhere."""
    contacts: ContactStore | None = None
    """The registers of authorities; None where this desk does not keep them."""
    post_office: PostOffice | None = None
    """Who sends the letters; None where a command sends them, and not this desk."""
    home: Path | None = None
    """The program's home, in which the public process writes what is wrong; None without one."""
    trusted_proxies: tuple[str, ...] = ()
    """The networks of the proxies whose word for the address of a client is taken."""
    breached: Path | None = None
    """A list of passwords that became known elsewhere; None where there is none."""
    assets: Assets = field(default_factory=load_assets)
    throttle: Throttle = field(default_factory=Throttle)
    carried: CarriedScans = field(default_factory=CarriedScans)
    answered: AnsweredForms = field(default_factory=AnsweredForms)
    words_of_entries: dict[int, str] = field(default_factory=dict)
    """By the number of an entry: all words by which the search finds it."""

    def __post_init__(self) -> None:
        if self.contacts is not None:
            self.store.last_lines["contacts"] = self.contacts.last_line

    @cached_property
    def known(self) -> Known:
        """The register as the desk knows it: each entry is read once."""
        return Known(self.collection, self.store.entries)

    @cached_property
    def agenda(self) -> Agenda:
        """What waits to be issued."""
        return Agenda(self.collection, self.store, self.known)

    def entries(self, treaty: str) -> list[Entry]:
        return self.known.entries(treaty)

    def effects(self, treaty: str, on: date) -> Effects:
        return self.known.effects(treaty, on)

    def chosen(self, treaty: str) -> str:
        """A treaty that is at hand: the treaty named, else the Convention, else the first."""
        at_hand = self.collection.treaties
        return next((one for one in (treaty, CONVENTION) if one in at_hand), self.collection.in_order[0])

    def choices(self, chosen: str, words: Language) -> tuple[Choice, ...]:
        """The treaties as a list to choose from."""
        return tuple(
            Choice(treaty, f"{treaty} {words.treaty(self.collection.treaties[treaty])}", treaty == chosen)
            for treaty in self.collection.in_order
        )

    @property
    def letters(self) -> Seal:
        """The seal of the letters in the outbox."""
        return self.seal.beside(KEY)

    @property
    def alarm(self) -> Alarm | None:
        """Why the public site is not renewed; None where all is well."""
        return alarm_in(self.home / "published") if self.home else None

    @property
    def root(self) -> str:
        """The root of the register as it is now."""
        head = self.store.head()
        return head.root if head else Frontier().root.hex()

    def frame(self, here: str, words: Language, person: Account | None = None, token: str = "") -> DeskFrame:
        """The frame of a page, with the sections that the person may enter."""
        say = words.gettext
        sections = []
        if person:
            sections = [
                link
                for right, link in (
                    ("read", Link(say("Work"), "/staff/")),
                    ("read", Link(say("Register"), "/staff/entries")),
                    ("read", Link(say("Notifications"), "/staff/notifications")),
                    ("read", Link(say("What if"), "/staff/bench")),
                    ("read", Link(say("Statistics"), "/staff/statistics")),
                    ("draft", Link(say("Import"), "/staff/import")),
                    *(
                        (
                            ("contacts", Link(say("Authorities"), "/staff/contacts")),
                            ("contacts", Link(say("Circulation"), "/staff/circulation")),
                            ("letters", Link(say("Letters"), "/staff/letters")),
                            ("read", Link(say("Emergency"), "/staff/emergency")),
                        )
                        if self.contacts
                        else ()
                    ),
                    ("accounts", Link(say("Accounts"), "/staff/accounts")),
                    ("audit", Link(say("Audit"), "/staff/audit")),
                )
                if person.may(right)
            ]
        return DeskFrame(
            words.code,
            words.direction,
            here,
            person.full_name if person else "",
            words.listed(say(role) for role in sorted(person.roles)) if person else "",
            token,
            tuple(sections),
            (self.assets.stylesheet, self.assets.address(DESK)),
            self.assets.address(DESK_SCRIPT),
            self.assets.address(PASSKEY),
            self.assets.icon,
            self.collection.is_invented,
        )

    def frame_of(self, actor: Actor) -> DeskFrame:
        return self.frame(actor.path, actor.words, actor.account, actor.signed_in.form_token)

    def frame_of_nobody(self, here: str, words: Language) -> DeskFrame:
        """The frame for a person who is not signed in."""
        return self.frame(here, words)

    def public(self, path: str) -> str:
        """An address of the public site."""
        return f"{self.public_url}{path}"
