"""The store of requests for alerts: a database file, or a schema, of its own.

The public process adds requests and steps; only the job opens an address.
"""

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Literal

import sqlalchemy as sa

from depositary.correspondence.alerts.tables import ADDRESS, REQUEST, STEP
from depositary.correspondence.mail.letters import address_fault
from depositary.errors import DepositaryError
from depositary.register.canonical import canonical, instant
from depositary.register.database import engine_of, migrate, writing
from depositary.register.seal import Seal

VERSION = "alerts.alerts_version"
"""The table that holds the revision of the store's schema."""

KEY = "alerts.key"

TO_CONFIRM = timedelta(days=3)
"""A request that is not confirmed within this time expires."""

FOR_ONE_ADDRESS, WITHIN = 3, timedelta(days=1)
FOR_ONE_NETWORK, WITHIN_NETWORK = 20, timedelta(hours=1)

AlertStep = Literal["confirmed", "told", "left"]


@dataclass(frozen=True)
class Subscription:
    """A request: for one treaty or all (""), and one participant or all. Its owner was told all until `since`."""

    number: int
    treaty: str
    participant: str
    language: str
    expires_at: str
    steps: tuple[tuple[AlertStep, datetime], ...] = ()

    @property
    def confirmed(self) -> bool:
        return any(what == "confirmed" for what, _ in self.steps)

    @property
    def left(self) -> bool:
        return any(what == "left" for what, _ in self.steps)


@dataclass(frozen=True)
class Subscriber:
    """An address with the tokens of its letters."""

    to: str
    confirm: str
    leave: str


def address_fault_of_alert(address: str) -> str:
    """What is wrong with a subscriber's address; "" where every mail server can send to it."""
    if not address.rpartition("@")[0].isascii():
        return "the part before the @ has letters that not every mail server takes"
    return address_fault(address)


class AlertStore:
    """The store at a URL. Its seal is the key in a folder; the key is made when it is first needed."""

    def __init__(self, url: str, keys: Path) -> None:
        self.url = url
        self.seal = Seal(keys, KEY)
        self.engine = engine_of(url)
        if self.engine.dialect.name == "sqlite":
            self.engine = self.engine.execution_options(schema_translate_map={"alerts": None})

    def migrate(self) -> None:
        """Brings the store up to date, and creates it where it does not exist."""
        if self.engine.dialect.name == "postgresql":
            with self.engine.begin() as connection:
                # It asks first, because a role that uses the schema may lack the right to make a schema.
                if not sa.inspect(connection).has_schema("alerts"):
                    connection.execute(sa.text("CREATE SCHEMA alerts"))
        migrate(self.engine, Path(__file__).parent / "migrations", VERSION)

    def grant_public(self, role: str) -> None:
        """On PostgreSQL: lets the role of the public process add requests and steps, but read no address."""
        if self.engine.dialect.name != "postgresql":
            raise DepositaryError("Only PostgreSQL has roles.")
        named = self.engine.dialect.identifier_preparer.quote(role)
        with self.engine.begin() as connection:
            for granted in (
                "USAGE ON SCHEMA alerts",
                "SELECT, INSERT ON alerts.request, alerts.step",
                "INSERT ON alerts.address",
                "USAGE ON ALL SEQUENCES IN SCHEMA alerts",
            ):
                connection.execute(sa.text(f"GRANT {granted} TO {named}"))

    # What the public process does

    def ask(self, to: str, treaty: str, participant: str, language: str, network: str, now: datetime) -> bool:
        """Adds a request. Gives whether the network may ask; the answer does not tell whether the address is known."""
        self.seal.check(self._is_used)
        whose, from_ = self.hashed(to.casefold()), self.hashed(network)
        confirm, leave = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        sealed = self.seal.seal(canonical({"to": to, "confirm": confirm, "leave": leave}))
        row = {
            "treaty": treaty,
            "participant": participant,
            "language": language,
            "confirm": token_digest(confirm),
            "leave": token_digest(leave),
            "whose": whose,
            "network": from_,
            "asked_at": instant(now),
            "expires_at": instant(now + TO_CONFIRM),
        }
        with self._writing() as connection:
            if self._asked(connection, REQUEST.c.network == from_, now - WITHIN_NETWORK) >= FOR_ONE_NETWORK:
                return False
            if self._asked(connection, REQUEST.c.whose == whose, now - WITHIN) < FOR_ONE_ADDRESS:
                number = connection.execute(sa.insert(REQUEST).values(row)).inserted_primary_key
                assert number is not None
                connection.execute(sa.insert(ADDRESS), {"request": number[0], "sealed": sealed})
        return True

    def to_confirm(self, token: str, now: datetime) -> Subscription | None:
        """The request that a letter's token confirms; None where it is unknown or expired, or its owner has left."""
        found = self._by(REQUEST.c.confirm, token)
        if found is None or found.left or (not found.confirmed and found.expires_at < instant(now)):
            return None
        return found

    def to_leave(self, token: str) -> Subscription | None:
        """The request that a letter's token ends."""
        return self._by(REQUEST.c.leave, token)

    def confirm(self, token: str, now: datetime) -> Subscription | None:
        """Confirms a request, once. An earlier request of this address for the same scope ends."""
        found = self.to_confirm(token, now)
        if found is None or found.confirmed:
            return found
        with self._writing() as connection:
            self._add(connection, found.number, "confirmed", now)
            whose = sa.select(REQUEST.c.whose).where(REQUEST.c.number == found.number).scalar_subquery()
            same = sa.select(REQUEST.c.number).where(
                REQUEST.c.whose == whose,
                REQUEST.c.number < found.number,
                REQUEST.c.treaty == found.treaty,
                REQUEST.c.participant == found.participant,
            )
            for number in connection.execute(same).scalars().all():
                self._add(connection, number, "left", now)
        return found

    def leave(self, token: str, now: datetime) -> Subscription | None:
        """Ends a request. To end it again changes nothing."""
        found = self.to_leave(token)
        if found is not None and not found.left:
            with self._writing() as connection:
                self._add(connection, found.number, "left", now)
        return found

    def _is_used(self) -> bool:
        # The public process may not read the addresses themselves.
        with self.engine.begin() as connection:
            return connection.execute(sa.select(REQUEST.c.number).limit(1)).first() is not None

    # What the job does

    def subscriptions(self) -> list[Subscription]:
        """The requests whose address is still kept, in the order of their numbers."""
        wanted = sa.select(REQUEST).where(REQUEST.c.number.in_(sa.select(ADDRESS.c.request))).order_by(REQUEST.c.number)
        with self.engine.begin() as connection:
            return [self._made(connection, row) for row in connection.execute(wanted).all()]

    def recipient(self, number: int) -> Subscriber:
        """The address of a request."""
        wanted = sa.select(ADDRESS.c.sealed).where(ADDRESS.c.request == number)
        with self.engine.begin() as connection:
            return Subscriber(**json.loads(self.seal.open(connection.execute(wanted).scalar_one())))

    def told(self, number: int, until: datetime) -> None:
        """Notes until when the owner of a request was told."""
        with self._writing() as connection:
            self._add(connection, number, "told", until)

    def forget(self, now: datetime) -> int:
        """Removes the addresses of all who have left or have not confirmed in time. Gives their number."""
        gone = [
            subscription.number
            for subscription in self.subscriptions()
            if subscription.left or (not subscription.confirmed and subscription.expires_at < instant(now))
        ]
        with self._writing() as connection:
            if gone:
                connection.execute(sa.delete(ADDRESS).where(ADDRESS.c.request.in_(gone)))
        return len(gone)

    def hashed(self, text: str) -> str:
        """The keyed hash by which requests are counted; without the key nobody can guess the text."""
        return self.seal.name(text.encode())

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        with writing(self.engine).begin() as connection:
            if self.engine.dialect.name == "postgresql":
                connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtext('alerts'))"))
            yield connection

    def _asked(self, connection: sa.Connection, whose: sa.ColumnElement[bool], since: datetime) -> int:
        wanted = sa.select(sa.func.count()).select_from(REQUEST).where(whose, REQUEST.c.asked_at > instant(since))
        return int(connection.execute(wanted).scalar_one())

    def _add(self, connection: sa.Connection, number: int, what: AlertStep, at: datetime) -> None:
        last = sa.select(sa.func.coalesce(sa.func.max(STEP.c.step), 0)).where(STEP.c.request == number)
        place = int(connection.execute(last).scalar_one()) + 1
        connection.execute(sa.insert(STEP), {"request": number, "step": place, "what": what, "done_at": instant(at)})

    def _by(self, column: sa.ColumnElement[str], token: str) -> Subscription | None:
        with self.engine.begin() as connection:
            row = connection.execute(sa.select(REQUEST).where(column == token_digest(token))).first()
            return self._made(connection, row) if row else None

    def _made(self, connection: sa.Connection, row: sa.Row[tuple[object, ...]]) -> Subscription:
        wanted = sa.select(STEP.c.what, STEP.c.done_at).where(STEP.c.request == row.number).order_by(STEP.c.step)
        steps = tuple((what, datetime.fromisoformat(at)) for what, at in connection.execute(wanted))
        return Subscription(row.number, row.treaty, row.participant, row.language, row.expires_at, steps)


def token_digest(token: str) -> str:
    """The hash of a token, which the database keeps in its place."""
    return sha256(token.encode()).hexdigest()
