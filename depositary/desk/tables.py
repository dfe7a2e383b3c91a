"""The desk's tables, in the register's database so that a release is one transaction with its entry."""

import sqlalchemy as sa
from sqlmodel import Field, SQLModel


class AccountRow(SQLModel, table=True):
    """A person who works at the desk. Its secrets are hashes, or sealed with a key that is outside the database."""

    __tablename__ = "account"

    name: str = Field(primary_key=True, max_length=40)
    full_name: str = Field(max_length=200)
    roles: str
    language: str = Field(max_length=2)
    password: str = ""
    """The Argon2 hash; "" until the invitation is taken up."""
    second: str = ""
    """The sealed secret of the second factor."""
    last_step: int = 0
    """The time step of the last code that was accepted: a code works once."""
    disabled_at: str = ""
    granted: int = 0
    """The number of the grant that gave its roles; 0 where none was needed."""
    email: str = ""
    """Where the program writes to the person when something waits for them; "" for nowhere."""
    subject: str = ""
    """The OpenID provider's issuer and its own name for the person; "" until they come from there."""


class InvitationRow(SQLModel, table=True):
    """A link by which a person sets a password and a second factor, once."""

    __tablename__ = "invitation"

    token: str = Field(primary_key=True, max_length=64)
    account: str = Field(foreign_key="account.name")
    second: str
    expires_at: str
    used_at: str = ""
    granted: int = 0
    """The number of the grant of this invitation; 0 where none was needed."""


class RecoveryRow(SQLModel, table=True):
    """A recovery code, hashed; used once."""

    __tablename__ = "recovery_code"

    code: str = Field(primary_key=True, max_length=64)
    account: str = Field(foreign_key="account.name", index=True)
    used_at: str = ""


class PasskeyRow(SQLModel, table=True):
    """A passkey: the public key of a device. `last_challenge` is when the challenge was made that it answered last."""

    __tablename__ = "passkey"

    credential: str = Field(primary_key=True, max_length=1400)
    account: str = Field(foreign_key="account.name", index=True)
    public_key: str
    uses: int = Field(sa_type=sa.BigInteger)
    called: str = Field(max_length=60)
    added_at: str
    used_at: str = ""
    last_challenge: str
    removed_at: str = ""


class SessionRow(SQLModel, table=True):
    """A session: `token` is the hash of what the browser holds."""

    __tablename__ = "desk_session"

    token: str = Field(primary_key=True, max_length=64)
    account: str = Field(foreign_key="account.name", index=True)
    begun_at: str
    seen_at: str
    confirmed_at: str
    """When the person last showed both factors."""
    address: str
    agent: str
    ended_at: str = ""


class GrantRow(SQLModel, table=True):
    """What two persons granted: an account, its roles, or another invitation; never changed.

    `first hour over` says that from then on two persons are needed.
    """

    __tablename__ = "role_grant"

    number: int | None = Field(default=None, primary_key=True)
    what: str = Field(max_length=40)
    account: str = Field(max_length=40)
    roles: str
    asked_by: str = Field(max_length=40)
    asked_at: str
    agreed_by: str = Field(max_length=40)
    agreed_at: str


class DraftRow(SQLModel, table=True):
    """A draft: a form that was begun. Its versions have its contents, its steps have its history."""

    __tablename__ = "draft"

    number: int | None = Field(default=None, primary_key=True)
    form: str = Field(unique=True, max_length=64)
    """The form's own key: the same form sent twice is one draft."""


class VersionRow(SQLModel, table=True):
    """The contents of a draft when it was saved; never changed."""

    __tablename__ = "draft_version"

    draft: int = Field(primary_key=True, foreign_key="draft.number")
    version: int = Field(primary_key=True)
    content: str
    digest: str = Field(max_length=64)
    saved_by: str = Field(foreign_key="account.name")
    saved_at: str


class StepRow(SQLModel, table=True):
    """A step of a draft; never changed. `author` saved the version that the step concerns."""

    __tablename__ = "draft_step"

    draft: int = Field(primary_key=True, foreign_key="draft.number")
    step: int = Field(primary_key=True)
    what: str
    version: int
    author: str
    done_by: str = Field(foreign_key="account.name")
    done_at: str
    reason: str = ""
    shown: str = ""
    """The digest of what the releasing person was shown."""
    entry: int | None = Field(default=None, foreign_key="entry.number")
    last_entry: int | None = None


class AuditRow(SQLModel, table=True):
    """An action at the desk: who did it, when, and from where; never changed."""

    __tablename__ = "audit"

    number: int | None = Field(default=None, primary_key=True)
    done_at: str
    done_by: str
    address: str
    what: str
    about: str
