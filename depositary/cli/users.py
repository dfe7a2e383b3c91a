"""The accounts of the desk, from the command line; the first account is made here."""

import sys
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlencode

import typer

from depositary import clock
from depositary.cli import output
from depositary.cli.options import OutputFormat, open_store, open_to_read
from depositary.errors import BadInput
from depositary.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlmodel import Session

    from depositary.desk.audit import Doing
    from depositary.desk.grants import What

FIRST_HOUR = (
    "This is the first hour of the house: no second person agrees to this role. It is over when an administrator "
    "and another administrator or a legal officer have taken their invitations up."
)

user = typer.Typer(no_args_is_help=True, help="The accounts of the desk.")

Name = Annotated[str, typer.Argument(metavar="NAME", help="The name to sign in with, as flora.dane.")]
AskedBy = Annotated[
    str, typer.Option("--by", metavar="NAME", help="The administrator who asks, where a second person must agree.")
]
Roles = Annotated[
    list[str],
    typer.Option("--role", help="registrar, legal officer, contacts officer, auditor or administrator; several times."),
]


@user.command()
def add(
    name: Name,
    role: Roles,
    full_name: Annotated[str, typer.Option(help="The person's name.")] = "",
    language: Annotated[str, typer.Option(help="In which the desk speaks to the person.")] = "en",
    by: AskedBy = "",
    address: Annotated[str, typer.Option("--email", help="Where it is written that something waits for them.")] = "",
) -> None:
    """Adds an account and prints the link by which the person sets a password and a second factor."""
    from depositary.desk import accounts
    from depositary.register.seal import Seal

    settings = load_settings()
    with open_store(settings) as store, store.session(writing=True) as session:
        if _by_two(session, role):
            _ask(session, "add", name, full_name or name, role, language, by)
            return
        accounts.add(session, name, full_name or name, role, language, _doing())
        accounts.set_email(session, name, address, _doing())
        token = accounts.invite(session, name, Seal(settings.keys), _doing())
    _tell_link(token, name)


@user.command()
def invite(name: Name, by: AskedBy = "") -> None:
    """Prints a new link for an account; the password and the second factor are set anew with it."""
    from depositary.desk import accounts
    from depositary.register.seal import Seal

    settings = load_settings()
    with open_store(settings) as store, store.session(writing=True) as session:
        person = accounts.account(session, name)
        if person and _by_two(session, person.roles):
            _ask(session, "invite", name, "", sorted(person.roles), person.language, by)
            return
        token = accounts.invite(session, name, Seal(settings.keys), _doing())
    _tell_link(token, name)


@user.command()
def disable(name: Name) -> None:
    """Disables an account: its sessions end at once. What it did stays."""
    from depositary.desk import accounts

    with open_store(load_settings()) as store, store.session(writing=True) as session:
        accounts.disable(session, name, _doing())
    print(f"{name}: disabled.", file=sys.stderr)


@user.command()
def enable(name: Name) -> None:
    """Enables a disabled account again."""
    from depositary.desk import accounts

    with open_store(load_settings()) as store, store.session(writing=True) as session:
        accounts.enable(session, name, _doing())
    print(f"{name}: enabled.", file=sys.stderr)


@user.command()
def email(
    name: Name, address: Annotated[str, typer.Argument(metavar="ADDRESS", help='As flora@example.int; "" for none.')]
) -> None:
    """Says where the program writes to a person when something waits for them, as an edition to approve."""
    from depositary.desk import accounts

    with open_store(load_settings()) as store, store.session(writing=True) as session:
        accounts.set_email(session, name, address, _doing())
    print(f"{name}: {address or 'no address'}.", file=sys.stderr)


@user.command()
def roles(name: Name, role: Roles, by: AskedBy = "") -> None:
    """Gives an account other roles."""
    from depositary.desk import accounts

    with open_store(load_settings()) as store, store.session(writing=True) as session:
        person = accounts.account(session, name)
        if person and _by_two(session, role, person.roles):
            _ask(session, "roles", name, "", role, person.language, by)
            return
        accounts.set_roles(session, name, role, _doing())
    print(f"{name}: {', '.join(role)}.", file=sys.stderr)


@user.command("list")
def list_users(format_: OutputFormat = "table") -> None:
    """The accounts."""
    from depositary.desk import accounts

    with open_to_read(load_settings()) as store, store.session() as session:
        rows: list[dict[str, Any]] = [
            {
                "name": account.name,
                "full_name": account.full_name,
                "roles": sorted(account.roles),
                "state": "disabled" if account.disabled else "active" if account.has_password else "invited",
            }
            for account in accounts.accounts(session)
        ]
    if format_ == "json":
        output.write_json(rows)
    elif format_ == "csv":
        output.write_csv(
            ("name", "full_name", "roles", "state"), [row | {"roles": " ".join(row["roles"])} for row in rows]
        )
    else:
        for row in rows:
            print(f"{row['name']:20} {row['state']:9} {', '.join(row['roles'])}")


def _doing() -> "Doing":
    from depositary.desk.audit import Doing

    return Doing("the command line", clock.now())


def _by_two(session: "Session", given: "Iterable[str]", had: "Iterable[str]" = ()) -> bool:
    """Whether a second person must agree at the desk. In the first hour of a house there is nobody who could."""
    from depositary.desk import first_hour, grants

    if not grants.needs_two(given, had):
        return False
    if first_hour.is_now(session):
        print(FIRST_HOUR, file=sys.stderr)
        return False
    return True


def _ask(session: "Session", what: "What", name: str, full_name: str, roles: list[str], language: str, by: str) -> None:
    """Prints the link by which a second person agrees at the desk. Raises BadInput where `by` is no administrator."""
    from depositary.desk import accounts, grants
    from depositary.desk.audit import Doing
    from depositary.register.seal import Seal

    settings, asks = load_settings(), accounts.account(session, by)
    if asks is None or not asks.may("accounts"):
        raise BadInput([f"--by {by!r}: two persons give this role; name the administrator who asks for it"])
    doing = Doing(by, clock.now(), "the command line")
    sealed = grants.ask(session, what, name, full_name, roles, language, Seal(settings.keys), doing)
    print(f"{settings.address_of_desk}/staff/grants?{urlencode({'request': sealed})}")
    print("Nothing is changed yet: another administrator or a legal officer agrees by this link.", file=sys.stderr)


def _tell_link(token: str, name: str) -> None:
    print(f"{load_settings().address_of_desk}/staff/invitation/{token}")
    print(f"{name} opens this link once, within three days, to set a password and a second factor.", file=sys.stderr)
