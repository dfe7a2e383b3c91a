"""Grants: changes of accounts that an administrator may not make alone, and to which a second person agrees.

One person could act as two who gave a role that drafts, releases or administers, or who invited anew a person with such
a role. The administrator's request is a sealed text that they pass on; it changes nothing until it is agreed to.
"""

import json
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlmodel import Session, select

from depositary.desk import accounts
from depositary.desk.audit import Doing, log
from depositary.desk.codes import digest
from depositary.desk.roles import ROLES, Role
from depositary.desk.tables import AccountRow, GrantRow
from depositary.errors import BadInput, DepositaryError, Sentence
from depositary.register.canonical import instant
from depositary.register.seal import Seal

LASTS = timedelta(hours=72)
BY_TWO: frozenset[Role] = frozenset({"registrar", "legal officer", "administrator"})
"""The roles that two persons give."""
AGREEING: frozenset[Role] = frozenset({"legal officer", "administrator"})
"""The roles of those who agree to a grant."""

TAG = "grant"
"""The beginning of a grant, so that no other sealed text is taken for one."""

NOT_VALID = Sentence("This request is expired, was carried out, or does not fit the account any more. Ask for another.")
NOT_ONES_OWN = Sentence(
    "A request is agreed to by a person who did not make it and whose account it does not concern. Nothing was done."
)


What = Literal["add", "roles", "invite"]


@dataclass(frozen=True)
class Grant:
    """A request to add an account, to give it other roles, or to invite its person again.

    `before` is the state of the account when it was asked, "" for a new account.
    """

    what: What
    name: str
    full_name: str
    roles: tuple[str, ...]
    language: str
    before: str
    asked_by: str
    asked_at: str


def needs_two(given: Iterable[str], had: Iterable[str] = ()) -> bool:
    """Whether a second person must agree to these roles, for an account that had others."""
    return bool(BY_TWO & {*given} - {*had})


def ask(
    session: Session,
    what: What,
    name: str,
    full_name: str,
    roles: Iterable[str],
    language: str,
    seal: Seal,
    doing: Doing,
) -> str:
    """The sealed request, for a second person. Raises BadInput with all that is wrong with it."""
    roles = tuple(roles)
    faults = accounts.new_account_faults(session, name, full_name) if what == "add" else []
    if faults := [*faults, *accounts.role_faults(roles)]:
        raise BadInput(faults)
    if what != "add" and session.get(AccountRow, name) is None:
        raise BadInput([Sentence("%(name)s: there is no such account", name=name)])
    log(session, doing, f"asked a second person: {what}", f"{name}: {', '.join(roles)}")
    grant = Grant(what, name, full_name, roles, language, state_of(session, name), doing.by, doing.instant)
    return seal.seal(json.dumps([TAG, *astuple(grant)]))


def read(sealed: str, seal: Seal, at: datetime) -> Grant:
    """The grant of a sealed text. Raises BadInput for a forged and for an expired one."""
    try:
        tag, what, name, full_name, roles, *rest = json.loads(seal.open(sealed))
        grant = Grant(what, name, full_name, tuple(roles), *rest)
    except (DepositaryError, ValueError, TypeError):
        raise BadInput([NOT_VALID]) from None
    if tag != TAG or grant.asked_at < instant(at - LASTS):
        raise BadInput([NOT_VALID])
    return grant


def agree(session: Session, grant: Grant, seal: Seal, doing: Doing) -> str:
    """Carries a grant out, by a second person; the token of an invitation, "" for none. Raises BadInput."""
    asked_by, agreed_by = (accounts.account(session, name) for name in (grant.asked_by, doing.by))
    if doing.by in (grant.asked_by, grant.name):
        raise BadInput([NOT_ONES_OWN])
    if agreed_by is None or not agreed_by.roles & AGREEING or asked_by is None or not asked_by.may("accounts"):
        raise BadInput([NOT_VALID])
    about = f"{grant.name}: {', '.join(grant.roles)}; asked by {grant.asked_by}"
    about += f" at {grant.asked_at}"
    if is_carried_out(session, grant):
        raise BadInput([NOT_VALID])
    log(session, doing, f"agreed: {grant.what}", about)
    row = GrantRow(
        what=grant.what,
        account=grant.name,
        roles=",".join(grant.roles),
        asked_by=grant.asked_by,
        asked_at=grant.asked_at,
        agreed_by=doing.by,
        agreed_at=doing.instant,
    )
    session.add(row)
    session.flush()
    number = row.number or 0
    if grant.what == "add":
        accounts.add(session, grant.name, grant.full_name, grant.roles, grant.language, doing, number)
    elif grant.what == "roles":
        accounts.set_roles(session, grant.name, grant.roles, doing, number)
        return ""
    return accounts.invite(session, grant.name, seal, doing, number)


def is_carried_out(session: Session, grant: Grant) -> bool:
    """Whether a grant was carried out, or fits the account no more."""
    same = (GrantRow.what == grant.what, GrantRow.account == grant.name, GrantRow.asked_at == grant.asked_at)
    there = session.exec(select(GrantRow.number).where(*same)).first()
    return there is not None or state_of(session, grant.name) != grant.before


def state_of(session: Session, name: str) -> str:
    """The hash of an account's roles and secrets when a grant is asked for; "" for no account."""
    row = session.get(AccountRow, name)
    if row is None:
        return ""
    return digest(f"{row.roles} {row.password} {row.second} {row.disabled_at}")


def known_roles(roles: Iterable[str]) -> tuple[Role, ...]:
    """The roles among these, in the order of the house."""
    return tuple(role for role in ROLES if role in {*roles})
