"""Three years of the annual circulation: a run of the job every day, killed at random, and missions as missions are.

Each step is done in a child process, for the typesetter's threads do not live on in a child of a process that has set.
"""

import json
import os
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from email import message_from_bytes
from functools import cache
from pathlib import Path

import sqlalchemy as sa
from cryptography.hazmat.primitives.serialization import Encoding
from sqlmodel import select

from depositary import clock
from depositary.authorities import links
from depositary.authorities.designations import AcceptedLanguage, Designation
from depositary.authorities.entries import AuthorityEntry
from depositary.authorities.missions import Mission
from depositary.authorities.store import ContactStore
from depositary.authorities.validity import missions
from depositary.correspondence.circulation import decisions
from depositary.correspondence.circulation.job import JobOffice, JobReport, run
from depositary.correspondence.mail.decisions import agree_outcome, propose_outcome
from depositary.correspondence.mail.outbox import Sender, letter_of, seal_in
from depositary.correspondence.mail.outcomes import Attempt, Outcome
from depositary.correspondence.mail.post_office import PostOffice
from depositary.correspondence.mail.steps import for_a_person, letters
from depositary.correspondence.mail.tables import LetterRow
from depositary.desk import accounts
from depositary.desk.audit import Doing
from depositary.law.acts import Act
from depositary.register.heads import Keys
from depositary.register.recording import record
from depositary.register.store import Store
from depositary.settings import PROJECT
from depositary.treaties.cases import INVENTED
from depositary.treaties.clause_files import load_clauses
from depositary.treaties.collection import Collection
from tests.authorities.conftest import entered
from tests.correspondence.mail.sink import certified, private_key
from tests.kills import Child

TREATY = "XVIII-16"
PARTIES = ("S01", "S02", "S03", "S04", "S05", "S06")
CERTIFIED = ("S01", "S02", "S06")
IN_FORCE = date(2027, 3, 1)
LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")
URL = "https://desk.example.int"


@cache
def treaties() -> Collection:
    """The Convention as if five instruments brought it into force, with invented participants."""
    clauses = load_clauses(PROJECT / "data/treaties/XVIII-16.toml")
    assert clauses.entry_into_force is not None
    fewer = clauses.entry_into_force.model_copy(update={"instruments": 5})
    return Collection(INVENTED, {TREATY: clauses.model_copy(update={"entry_into_force": fewer})}, PROJECT / "data")


def address(code: str) -> str:
    return f"mission.{code.lower()}@example.int"


def contact(code: str, email: str = "") -> Designation:
    email = email or f"contact.{code.lower()}@example.int"
    languages = (AcceptedLanguage("en"),)
    return Designation(
        code,
        "point of contact",
        f"Cybercrime Centre {code}",
        languages=languages,
        hours="24/7",
        zone="UTC",
        email=email,
    )


class MailServer:
    """A mail server that writes down what it takes, at which instant, and refuses some addresses."""

    def __init__(self, taken: Path, refused: frozenset[str] = frozenset()) -> None:
        self._taken, self._refused = taken, refused
        self.ended: Outcome = "deferred"

    def ready(self) -> None:
        """It is always there."""

    def carry(self, to: str, message: bytes, name: str) -> Attempt:
        self.ended = "unknown"
        if to in self._refused:
            self.ended = "refused"
            return Attempt("refused", f"550 5.1.1 no such user {to}")
        head = message_from_bytes(message)
        line = {"at": clock.now().isoformat(), "to": to, "id": head["Message-ID"], "edition": head["X-Edition"] or ""}
        with self._taken.open("a") as out:
            out.write(json.dumps(line) + "\n")
        self.ended = "accepted"
        return Attempt("accepted", "250 OK")

    def close(self) -> None:
        """Nothing is open between two letters."""


@dataclass
class House:
    """The registers in a folder, the mail server, and the log of the job."""

    folder: Path
    refused: set[str] = field(default_factory=set)

    @contextmanager
    def office(self) -> Iterator[JobOffice]:
        """The office of the job, its databases opened by this process."""
        keys = self.folder / "keys"
        with (
            closing(Store(f"sqlite:///{self.folder / 'register.sqlite'}", Keys(keys))) as store,
            closing(ContactStore(f"sqlite:///{self.folder / 'contacts.sqlite'}", keys)) as contacts,
        ):
            mail = PostOffice(
                Sender("treaties@example.int", "example.int"),
                lambda: MailServer(self.folder / "taken", frozenset(self.refused)),
            )
            yield JobOffice(store, contacts, treaties(), TREATY, seal_in(keys), mail, URL)

    def taken(self) -> list[dict[str, str]]:
        path = self.folder / "taken"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    @property
    def log(self) -> list[str]:
        """A line for each day on which the job said something else than the day before."""
        lines, before = [], ""
        for line in (self.folder / "log").read_text().splitlines():
            day, said = line.split(" ", 1)
            if said != before:
                lines.append(f"{day}  {said}")
            before = said
        return lines


def begin(house: House, at: datetime) -> None:
    """Six parties with missions and points of contact, of which one has a second authority; two officers."""
    with house.office() as office:
        office.store.migrate()
        office.contacts.migrate()
        furnish(office, at)


def furnish(office: JobOffice, at: datetime) -> None:
    """Enters the parties, their missions and authorities, and the officers."""
    for place, code in enumerate(PARTIES):
        record(Act(TREATY, code, "ratification", date(2026, 12, 1)), "clerk", at, office.store)
        certificate = ""
        if code in CERTIFIED:
            certificate = certified(code, private_key(place)).public_bytes(Encoding.PEM).decode()
        mission = Mission(
            code, f"Permanent Mission {code}", address(code), ("example.int",), LANGUAGES[place], certificate
        )
        entered(office.contacts, AuthorityEntry(0, "mission", code, at, "vera", mission=mission))
        entered(office.contacts, AuthorityEntry(0, "designation", code, at, "vera", designation=contact(code)))
    central = replace(contact("S01"), function="central authority", authority="Ministry of Justice")
    entered(office.contacts, AuthorityEntry(0, "designation", "S01", at, "vera", designation=central))
    with office.store.session(writing=True) as session:
        for name in ("carla", "conrad"):
            accounts.add(session, name, name.title(), ["contacts officer"], "en", Doing("the test", at))
            accounts.set_email(session, name, f"{name}@example.int", Doing("the test", at))


def daily(house: House) -> None:
    """What the timer starts: a run of the job, and its line in the log."""
    with house.office() as office:
        report: JobReport = run(office, clock.now())
    with (house.folder / "log").open("a") as out:
        out.write(f"{clock.today()} {report.line}\n")


def answer(house: House, code: str, said: str = "confirmed") -> None:
    """A mission opens the link of the last letter to it that has one, and answers."""
    with house.office() as office:
        with office.store.session() as session:
            rows = session.exec(select(LetterRow).where(LetterRow.recipient == code)).all()
            texts = [letter_of(session, row, office.seal).text for row in rows if row.edition.startswith("contact ")]
        token = re.findall(rf"{URL}/contacts/confirm/(\S+)", texts[-1])[0]
        link = links.find(office.contacts, token, clock.now())
        assert link is not None, f"the link of {code} is not open on {clock.today()}"
        shown = links.digest_of_question(links.asked_about(link, office.contacts.entries(), clock.now()))
        text = "Our telephone number has changed." if said == "changes" else ""
        links.answer(office.contacts, token, said, text, shown, clock.now())


def change_contact(house: House, code: str, email: str) -> None:
    """Two persons enter another point of contact of a participant."""
    with house.office() as office:
        entries = office.contacts.entries()
        standing = [entry for entry in entries if entry.participant == code and entry.function == "point of contact"][
            -1
        ]
        entered(
            office.contacts,
            AuthorityEntry(
                0, "designation", code, clock.now(), "vera", concerns=standing.number, designation=contact(code, email)
            ),
        )


def move_mission(house: House, code: str, email: str) -> None:
    """Two persons enter another address of a mission."""
    with house.office() as office:
        mission = replace(missions(office.contacts.entries())[code], email=email)
        entered(office.contacts, AuthorityEntry(0, "mission", code, clock.now(), "vera", mission=mission))


def approve(house: House) -> None:
    """An officer approves the edition that was prepared."""
    with house.office() as office:
        kept = next(kept for kept in office.editions() if kept.state == "prepared")
        count, doing = str(len(kept.edition.recipients)), Doing("carla", clock.now())
        decisions.approve(office.store, office.registers(), kept.name, kept.edition.digest, count, office.seal, doing)


def settle(house: House) -> None:
    """Two officers settle what only persons may: a letter that was taken is delivered, any other is sent anew."""
    taken = {line["id"] for line in house.taken()}
    with house.office() as office, office.store.session(writing=True) as session:
        known = missions(office.contacts.entries())
        for letter in for_a_person(letters(session, office.seal)):
            row = session.get_one(LetterRow, letter.number)
            moved = letter.recipient in known and known[letter.recipient].email != letter.to
            choice = "delivered" if row.message_id in taken else "replaced" if moved else "resend"
            propose_outcome(session, letter.number, choice, "as was found", office.seal, Doing("carla", clock.now()))  # type: ignore[arg-type]
            agree_outcome(session, letter.number, choice, office.seal, Doing("conrad", clock.now()), known)  # type: ignore[arg-type]


def in_a_child(step: Callable[[], None], lives: int = 0) -> bool:
    """Does a step in a child; with `lives` the child is killed at that statement of the database. Whether it ended."""

    def work(_: int) -> None:
        if lives:
            _kill_at(lives)
        step()

    return not Child(work).ended()


def _kill_at(statement: int) -> None:
    counted = 0

    @sa.event.listens_for(sa.Engine, "before_cursor_execute")
    def count(*_: object) -> None:
        nonlocal counted
        counted += 1
        if counted >= statement:
            os.kill(os.getpid(), signal.SIGKILL)
