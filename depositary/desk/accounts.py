"""Accounts: invited by a link, with a password and a second factor; disabled, never deleted."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pyotp
from email_validator import EmailNotValidError, validate_email
from sqlmodel import Session, col, select

from depositary.desk import first_hour, passwords, recovery_codes
from depositary.desk.audit import Doing, log
from depositary.desk.codes import STEP, digest, plain_code
from depositary.desk.roles import ROLES, Right, Role, rights
from depositary.desk.tables import AccountRow, InvitationRow, PasskeyRow, RecoveryRow, SessionRow
from depositary.errors import BadInput, DepositaryError, Sentence
from depositary.register.canonical import instant
from depositary.register.seal import Seal
from depositary.register.store import Store

INVITATION_LASTS = timedelta(hours=72)
USED_UP = Sentence("This invitation is used, expired or unknown. Ask for another.")
WRONG = Sentence("The name, the password or the code is not right.")
CODE_USED = Sentence("This code was used already: wait until your authenticator shows the next one.")
RECOVERY_USED = Sentence("This recovery code was used already: take another.")

_NAME = re.compile(r"[a-z][a-z0-9.-]{1,39}")


@dataclass(frozen=True)
class Account:
    """A person at the desk."""

    name: str
    full_name: str
    roles: frozenset[Role]
    language: str
    has_password: bool
    disabled: bool
    email: str = ""

    def may(self, right: Right) -> bool:
        return not self.disabled and right in rights(self.roles)


class Denied(DepositaryError):
    """The name, the password or the code is wrong. The sentence does not say which of them.

    Only who has the right password is told that a code was used already.
    """


def account(session: Session, name: str) -> Account | None:
    """The account of a name."""
    row = session.get(AccountRow, name)
    return _account(row) if row else None


def of_subject(session: Session, subject: str, name: str, doing: Doing) -> Account | None:
    """The account of a person by the provider's own name for them, `subject`, which the provider gives to nobody else.

    Who comes for the first time is found by the account's name, and is known by the subject from then on.
    """
    row = session.exec(select(AccountRow).where(AccountRow.subject == subject)).one_or_none()
    if row is None and (named := session.get(AccountRow, name, with_for_update=True)) and not named.subject:
        row = named
        row.subject = subject
        log(session, doing, "account bound to the provider", name)
    return _account(row) if row else None


def accounts(session: Session) -> list[Account]:
    """All accounts by name."""
    return [_account(row) for row in session.exec(select(AccountRow).order_by(col(AccountRow.name)))]


def is_staffed(session: Session) -> bool:
    """Whether somebody has taken up an invitation to the desk. From then on, an entry needs two persons."""
    return any(one.has_password for one in accounts(session))


def add(
    session: Session, name: str, full_name: str, roles: Sequence[str], language: str, doing: Doing, granted: int = 0
) -> Account:
    """A new account without a password. Raises BadInput with all that is wrong."""
    if faults := [*new_account_faults(session, name, full_name), *role_faults(roles)]:
        raise BadInput(faults)
    row = AccountRow(name=name, full_name=full_name.strip(), roles=",".join(roles), language=language, granted=granted)
    session.add(row)
    session.flush()
    log(session, doing, "account added", f"{name}: {', '.join(roles)}")
    return _account(session.get_one(AccountRow, name))


def new_account_faults(session: Session, name: str, full_name: str) -> list[Sentence]:
    """What is wrong with the names of a new account."""
    faults: list[Sentence] = []
    if not _NAME.fullmatch(name):
        faults.append(
            Sentence(
                "%(name)s: an account's name has 2 to 40 small letters, digits, dots and hyphens, as flora.dane",
                name=repr(name),
            )
        )
    elif session.get(AccountRow, name):
        faults.append(Sentence("%(name)s: this name is taken", name=name))
    if not full_name.strip() or len(full_name) > 200 or not full_name.isprintable():
        faults.append(Sentence("full name: 1 to 200 characters"))
    return faults


def role_faults(roles: Sequence[str]) -> list[Sentence]:
    """What is wrong with a list of roles."""
    allowed = ", ".join(ROLES)
    unknown = [
        Sentence("%(role)s is not a role; allowed: %(allowed)s", role=repr(role), allowed=allowed)
        for role in roles
        if role not in ROLES
    ]
    if not roles:
        unknown.append(Sentence("give at least one role of: %(allowed)s", allowed=allowed))
    if "administrator" in roles and len(roles) > 1:
        unknown.append(Sentence("an administrator looks after accounts only, and has no other role"))
    return unknown


def set_roles(session: Session, name: str, roles: Sequence[str], doing: Doing, granted: int = 0) -> None:
    """Gives an account other roles. Raises BadInput."""
    row = _known(session, name)
    if faults := role_faults(roles):
        raise BadInput(faults)
    row.roles, row.granted = ",".join(roles), granted or row.granted
    log(session, doing, "roles changed", f"{name}: {', '.join(roles)}")


def set_language(session: Session, name: str, code: str) -> None:
    """The language in which the desk speaks to a person."""
    _known(session, name).language = code


def set_email(session: Session, name: str, email: str, doing: Doing) -> None:
    """Where the program writes to a person when something waits for them; "" for nowhere. Raises BadInput."""
    row = _known(session, name)
    try:
        normal = validate_email(email.strip(), check_deliverability=False).normalized if email.strip() else ""
    except EmailNotValidError as fault:
        raise BadInput([Sentence("e-mail address: %(why)s", why=str(fault))]) from None
    row.email = normal
    log(session, doing, "address of an account", f"{name}: {'set' if normal else 'none'}")


def disable(session: Session, name: str, doing: Doing) -> None:
    """Disables an account and ends its sessions and invitations at once. Raises BadInput for a name not known."""
    row = _known(session, name)
    row.disabled_at = row.disabled_at or doing.instant
    end_sessions(session, name, doing)
    for invitation in session.exec(select(InvitationRow).where(InvitationRow.account == name)):
        invitation.used_at = invitation.used_at or doing.instant
    log(session, doing, "account disabled", name)


def enable(session: Session, name: str, doing: Doing) -> None:
    """Enables a disabled account again; its old sessions stay ended."""
    _known(session, name).disabled_at = ""
    log(session, doing, "account enabled", name)


def invite(session: Session, name: str, seal: Seal, doing: Doing, granted: int = 0) -> str:
    """A token that lets a person set a password and a second factor, once, within three days; older ones end.

    Raises BadInput for a name that is not known or is disabled.
    """
    row = _known(session, name)
    if row.disabled_at:
        raise BadInput([Sentence("%(name)s: this account is disabled", name=name)])
    for older in session.exec(select(InvitationRow).where(InvitationRow.account == name)):
        older.used_at = older.used_at or doing.instant
    token = secrets.token_urlsafe(32)
    expires = instant(doing.at + INVITATION_LASTS)
    seal.check(lambda: session.exec(select(AccountRow.name).where(AccountRow.second != "").limit(1)).first())
    second = seal.seal(pyotp.random_base32())
    session.add(InvitationRow(token=digest(token), account=name, second=second, expires_at=expires, granted=granted))
    log(session, doing, "invited", name)
    return token


def invitation(session: Session, token: str, seal: Seal, at: datetime) -> tuple[Account, str] | None:
    """The account that a token invites, and the second factor's secret; None for a used, expired or unknown token."""
    row = session.get(InvitationRow, digest(token))
    if row is None or row.used_at or row.expires_at < instant(at):
        return None
    return _account(session.get_one(AccountRow, row.account)), seal.open(row.second)


def accept(
    store: Store, token: str, password: str, code: str, seal: Seal, doing: Doing, breached: Path | None = None
) -> list[str]:
    """Takes an invitation up, and gives the recovery codes, which are shown once. Raises BadInput with all faults."""
    with store.session() as session:
        invited = invitation(session, token, seal, doing.at)
    if invited is None:
        raise BadInput([USED_UP])
    person, secret = invited
    faults: list[str] = []
    if weak := passwords.weakness(password, person.name, *person.full_name.split(), breached=breached):
        faults.append(weak)
    step = matching_step(secret, code, doing.at)
    if step is None:
        faults.append(Sentence("The code is not the one your authenticator shows now."))
    if faults or step is None:
        raise BadInput(faults)
    kept = passwords.hashed(password)  # takes its time, so before the transaction
    with store.session(writing=True) as session:
        used = session.get_one(InvitationRow, digest(token), with_for_update=True)
        if used.used_at:
            raise BadInput([USED_UP])
        row = session.get_one(AccountRow, person.name)
        row.password, row.second, row.last_step, row.subject = kept, used.second, step, ""
        used.used_at = doing.instant
        for passkey in session.exec(select(PasskeyRow).where(PasskeyRow.account == person.name)):
            passkey.removed_at = passkey.removed_at or doing.instant
        end_sessions(session, person.name, doing)
        log(session, doing, "invitation taken up", person.name)
        session.flush()
        first_hour.end(session, doing)
        return recovery_codes.make(session, person.name)


def change_password(store: Store, name: str, password: str, doing: Doing, breached: Path | None = None) -> None:
    """Sets another password and ends every session. Raises BadInput for one that is not allowed."""
    with store.session() as session:
        full_name = _known(session, name).full_name
    if weak := passwords.weakness(password, name, *full_name.split(), breached=breached):
        raise BadInput([weak])
    kept = passwords.hashed(password)
    with store.session(writing=True) as session:
        _known(session, name).password = kept
        end_sessions(session, name, doing)
        log(session, doing, "password changed", name)


def sign_in(store: Store, name: str, password: str, code: str, seal: Seal, doing: Doing) -> Account:
    """The account of a name, a password and a code. Raises Denied, after the same time for a name that nobody has."""
    with store.session() as session:
        row = session.get(AccountRow, name)
        kept = row.password if row and not row.disabled_at else ""
    right = passwords.is_right(password, kept)
    with store.session(writing=True) as session:
        row = session.get(AccountRow, name, with_for_update=True)
        same = row is not None and not row.disabled_at and row.password == kept
        denied = WRONG
        if row is not None and right and same:
            wrong = _second_factor(session, row, code, seal, doing)
            if wrong is None:
                return _account(row)
            denied = wrong
        log(session, doing, "sign-in refused", name[:40])
    raise Denied(denied)


def matching_step(secret: str, code: str, at: datetime) -> int | None:
    """The time step of a code: the present step, the step before or the step after; None for any other code."""
    now = int(at.timestamp()) // STEP
    generator = pyotp.TOTP(secret, interval=STEP)
    steps = (now, now - 1, now + 1)
    typed = plain_code(code).encode()
    return next((step for step in steps if secrets.compare_digest(generator.at(step * STEP).encode(), typed)), None)


def end_sessions(session: Session, name: str, doing: Doing) -> None:
    """Ends every session of an account."""
    for row in session.exec(select(SessionRow).where(SessionRow.account == name)):
        row.ended_at = row.ended_at or doing.instant


def _second_factor(session: Session, row: AccountRow, code: str, seal: Seal, doing: Doing) -> Sentence | None:
    """Why a code is not taken; None for a code of a later step than the last, and for a recovery code not used yet."""
    step = matching_step(seal.open(row.second), code, doing.at)
    if step is not None:
        if step <= row.last_step:
            return CODE_USED
        row.last_step = step
        return None
    recovery = session.get(RecoveryRow, digest(recovery_codes.as_made(code)))
    if recovery is None or recovery.account != row.name:
        return WRONG
    if recovery.used_at:
        return RECOVERY_USED
    recovery.used_at = doing.instant
    log(session, doing, "recovery code used", row.name)
    return None


def _known(session: Session, name: str) -> AccountRow:
    row = session.get(AccountRow, name)
    if row is None:
        raise BadInput([Sentence("%(name)s: there is no such account", name=name)])
    return row


def _account(row: AccountRow) -> Account:
    roles = frozenset(role for role in ROLES if role in row.roles.split(","))
    return Account(row.name, row.full_name, roles, row.language, bool(row.password), bool(row.disabled_at), row.email)
