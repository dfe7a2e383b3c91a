"""Passkeys (WebAuthn): a key that a device keeps, and uses only after it has verified the person.

A passkey shows both factors at once: the device, and what the device asks of the person. The challenge is sealed and
carries its time, so that nothing is kept of it; a passkey takes each challenge once, and none older than the last.
"""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlmodel import Session, col, select
from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from depositary.desk.accounts import Account, Denied, account
from depositary.desk.audit import Doing, log
from depositary.desk.tables import PasskeyRow
from depositary.errors import BadInput, DepositaryError, Sentence
from depositary.register.seal import Seal
from depositary.register.store import Store

LASTS = timedelta(minutes=10)
"""How long a challenge may be answered."""

SECOND = timedelta(seconds=1)
"""What an instant of the desk, which is to the second, may lie before a challenge made in that second."""

LONGEST_NAME = 60
NOT_RIGHT = Sentence("This passkey is not known here, or its answer came too late: try again.")
NOT_ADDED = Sentence("The device's answer does not hold, or came too late. Nothing was added.")
PURPOSES = ("passkey added", "passkey used")


def passkeys(session: Session, name: str) -> list[PasskeyRow]:
    """The passkeys of an account, the oldest first."""
    wanted = select(PasskeyRow).where(PasskeyRow.account == name, PasskeyRow.removed_at == "")
    return list(session.exec(wanted.order_by(col(PasskeyRow.added_at))))


def are_used(session: Session) -> bool:
    """Whether somebody at this desk has a passkey."""
    return session.exec(select(PasskeyRow).where(PasskeyRow.removed_at == "").limit(1)).first() is not None


def options_to_add(session: Session, person: Account, origin: str, seal: Seal, at: datetime) -> str:
    """What a browser asks a device for when a person adds a passkey, as JSON."""
    known = [
        PublicKeyCredentialDescriptor(base64url_to_bytes(row.credential)) for row in passkeys(session, person.name)
    ]
    options = generate_registration_options(
        rp_id=host_of(origin),
        rp_name="Depositary",
        user_id=person.name.encode(),
        user_name=person.name,
        user_display_name=person.full_name,
        challenge=challenge(seal, PURPOSES[0], at),
        exclude_credentials=known,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
    )
    return options_to_json(options)


def options_to_use(origin: str, seal: Seal, at: datetime) -> str:
    """What a browser asks a device for when somebody signs in with a passkey, as JSON."""
    options = generate_authentication_options(
        rp_id=host_of(origin),
        challenge=challenge(seal, PURPOSES[1], at),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json(options)


def add(session: Session, credential: str, called: str, origin: str, seal: Seal, doing: Doing) -> None:
    """Keeps the passkey that a device has made for a person. Raises BadInput."""
    if not 0 < len(called.strip()) <= LONGEST_NAME or not called.isprintable():
        raise BadInput([Sentence("Give the passkey a name of 1 to %(number)d characters.", number=LONGEST_NAME)])
    try:
        asked, made_at = answered(credential, seal, PURPOSES[0], doing.at)
        verified = verify_registration_response(
            credential=credential,
            expected_challenge=asked,
            expected_rp_id=host_of(origin),
            expected_origin=origin,
            require_user_verification=True,
        )
    except (WebAuthnException, DepositaryError, ValueError, TypeError, KeyError):
        raise BadInput([NOT_ADDED]) from None
    key = bytes_to_base64url(verified.credential_id)
    if session.get(PasskeyRow, key) is not None:
        raise BadInput([NOT_ADDED])
    session.add(
        PasskeyRow(
            credential=key,
            account=doing.by,
            public_key=bytes_to_base64url(verified.credential_public_key),
            uses=verified.sign_count,
            called=called.strip(),
            added_at=doing.instant,
            last_challenge=made_at,
        )
    )
    log(session, doing, "passkey added", called.strip())


def remove(session: Session, credential: str, doing: Doing) -> None:
    """Ends a passkey of the person who does it."""
    row = session.get(PasskeyRow, credential)
    if row is not None and row.account == doing.by and not row.removed_at:
        row.removed_at = doing.instant
        log(session, doing, "passkey removed", row.called)


def sign_in(store: Store, credential: str, origin: str, seal: Seal, doing: Doing) -> Account:
    """The account of the passkey that answered. Raises Denied."""
    with store.session(writing=True) as session:
        person = _person_of(session, credential, origin, seal, doing)
        if person is None:
            log(session, doing, "sign-in refused", "passkey")
    if person is None:
        raise Denied(NOT_RIGHT)
    return person


def _person_of(session: Session, credential: str, origin: str, seal: Seal, doing: Doing) -> Account | None:
    try:
        asked, made_at = answered(credential, seal, PURPOSES[1], doing.at)
        row = session.get(PasskeyRow, str(json.loads(credential)["id"])[:1400], with_for_update=True)
        if row is None or row.removed_at or made_at <= row.last_challenge:
            return None
        verified = verify_authentication_response(
            credential=credential,
            expected_challenge=asked,
            expected_rp_id=host_of(origin),
            expected_origin=origin,
            credential_public_key=base64url_to_bytes(row.public_key),
            credential_current_sign_count=row.uses,
            require_user_verification=True,
        )
    except (WebAuthnException, DepositaryError, ValueError, TypeError, KeyError):
        return None
    person = account(session, row.account)
    if person is None or person.disabled:
        return None
    row.uses, row.last_challenge, row.used_at = verified.new_sign_count, made_at, doing.instant
    return person


def challenge(seal: Seal, purpose: str, at: datetime) -> bytes:
    """A challenge for a purpose, which nobody can guess or make."""
    return seal.seal(f"{purpose} {moment(at)}").encode()


def answered(credential: str, seal: Seal, purpose: str, at: datetime) -> tuple[bytes, str]:
    """The challenge that a device answered, and when it was made. Raises ValueError for one that is not ours or old."""
    told: dict[str, Any] = json.loads(base64url_to_bytes(json.loads(credential)["response"]["clientDataJSON"]))
    asked = base64url_to_bytes(told["challenge"])
    what, _, made_at = seal.open(asked.decode()).rpartition(" ")
    if what != purpose or not moment(at - LASTS) <= made_at < moment(at + SECOND):
        raise ValueError(made_at)
    return asked, made_at


def moment(at: datetime) -> str:
    """An instant to the microsecond, for two challenges may be made in one second."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def host_of(origin: str) -> str:
    """The name for which a passkey is made: the desk's own host."""
    return urlsplit(origin).hostname or ""
