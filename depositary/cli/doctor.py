"""The command that checks everything the program needs, and reports in sentences."""

import shutil
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Annotated
from urllib.parse import urlsplit

import typer

from depositary.cli.options import open_to_read
from depositary.errors import DepositaryError
from depositary.settings import Settings, load_settings

THE_ANSWER_IS_NO = 1

LITTLE = 1024**3
"""The doctor warns when fewer bytes are free on the disk."""

SOON = 21
"""The doctor warns of a certificate that ends within this number of days."""

PATIENCE = 10.0

Check = Callable[[Settings], Iterator[str]]
"""Gives a sentence for each thing that is in order. Raises DepositaryError or OSError for a thing that is not."""


def doctor(
    mail: Annotated[str, typer.Option(metavar="ADDRESS", help="Send a test letter to this address.")] = "",
) -> None:
    """Looks at database, schema, roles, keys, clock, disk, names, certificates and mail; says what is not well."""
    settings, well = load_settings(), True
    checks: dict[str, Check] = {
        "register": _register,
        "registers of authorities": _contacts,
        "keys": _keys,
        "clock": _clock,
        "disk": _disk,
        "public name": lambda told: _name(told.base_url, "DEPOSITARY_BASE_URL"),
        "desk's name": lambda told: _name(told.desk_url, "DEPOSITARY_DESK_URL"),
        "mail": lambda told: _mail(told, mail),
    }
    for subject, check in checks.items():
        try:
            for said in check(settings):
                print(f"well      {subject}: {said}")
        except (DepositaryError, OSError, ValueError) as fault:
            well = False
            print(f"NOT WELL  {subject}: {str(fault).partition(chr(10))[0]}")
    if not well:
        raise typer.Exit(THE_ANSWER_IS_NO)


def _register(settings: Settings) -> Iterator[str]:
    import sqlalchemy as sa

    from depositary.register.database import shown

    with open_to_read(settings) as store:
        yield f"{shown(store.engine)} answers; its revision is the one this program needs; {store.size()} entries"
        if store.engine.dialect.name != "postgresql":
            return
        asked = (
            "SELECT current_user, pg_is_in_recovery(), has_table_privilege('entry', 'INSERT'), "
            "(SELECT tableowner = current_user FROM pg_tables WHERE tablename = 'entry' AND schemaname = 'public')"
        )
        with store.engine.connect() as connection:
            role, standby, writes, owns = connection.execute(sa.text(asked)).one()
        may = "owns the tables: for `migrate` alone" if owns else "reads and writes" if writes else "only reads"
        yield f"the role {role} {may}{', on a standby' if standby else ''}"


def _contacts(settings: Settings) -> Iterator[str]:
    from depositary.authorities.store import ContactStore

    with closing(ContactStore(settings.contacts, settings.keys)) as contacts:
        contacts.require_current()
        checked = contacts.check()
    if checked.fault:
        raise DepositaryError(checked.fault)
    yield f"{checked.size} entries open and hold"


def _keys(settings: Settings) -> Iterator[str]:
    from depositary.register.heads import is_signed
    from depositary.register.recovery import PUBLIC

    with open_to_read(settings) as store:
        names = store.signing_keys()
        if names:
            signature = store.keys.sign(names[-1].name, b"doctor")
            if not is_signed(names[-1].public, signature, b"doctor"):
                raise DepositaryError(f"the file of the key {names[-1].name} holds another key")
            yield f"the register's key {names[-1].name} is here and signs"
    for path in (settings.keys, *settings.keys.glob("*.key")):
        if path.exists() and path.stat().st_mode & 0o077:
            raise DepositaryError(f"{path} can be read by others: chmod go= {path}")
    if not (settings.keys / PUBLIC).is_file():
        raise DepositaryError("there is no recovery key; make one with `depositary keys recovery FILE`")
    yield "only their owner reads them; backups are sealed to a recovery key"


def _clock(settings: Settings) -> Iterator[str]:
    with open_to_read(settings) as store:
        head = store.head()
    ahead = (head.signed_at.timestamp() - time.time()) if head else 0
    if ahead > 1:
        raise DepositaryError(f"the last entry was recorded {ahead:.0f} seconds in the future of this clock")
    yield "it is not behind the last entry"


def _disk(settings: Settings) -> Iterator[str]:
    free = shutil.disk_usage(settings.home).free
    if free < LITTLE:
        raise DepositaryError(f"{free // 1024**2} MB are free in {settings.home}")
    yield f"{free // 1024**3} GB are free in {settings.home}"


def _name(url: str, setting: str) -> Iterator[str]:
    at = urlsplit(url)
    if not at.hostname:
        yield f"{setting} is not set"
        return
    port = at.port or (443 if at.scheme == "https" else 80)
    with socket.create_connection((at.hostname, port), PATIENCE) as connection:
        if at.scheme != "https":
            yield f"{url} answers, without TLS"
            return
        with ssl.create_default_context().wrap_socket(connection, server_hostname=at.hostname) as secured:
            ends = ssl.cert_time_to_seconds(str((secured.getpeercert() or {})["notAfter"]))
    days = int((ends - time.time()) / 86400)
    if days < SOON:
        raise DepositaryError(f"the certificate of {at.hostname} ends in {days} days")
    yield f"{url} answers; its certificate holds for {days} days"


def _mail(settings: Settings, to: str) -> Iterator[str]:
    from email.message import EmailMessage
    from email.policy import SMTP

    from depositary.correspondence.mail.post_office import carrier_of

    if not settings.smtp_url:
        yield f"DEPOSITARY_SMTP_URL is not set: letters are files in {settings.home / 'outbox'}"
        return
    if not to:
        yield "a server is set; `depositary doctor --mail ADDRESS` sends a test letter"
        return
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = settings.mail_from, to, "Depositary: a test letter"
    letter.set_content("This letter was sent by `depositary doctor`. Nothing is to be done.\n")
    carrier = carrier_of(settings)
    try:
        carrier.ready()
        attempt = carrier.carry(to, letter.as_bytes(policy=SMTP), "doctor")
    finally:
        carrier.close()
    if attempt.outcome != "accepted":
        raise DepositaryError(f"the test letter was not taken: {attempt.said}")
    yield f"a test letter to {to} was taken by the server"
