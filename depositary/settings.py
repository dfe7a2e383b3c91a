"""What the program is told by its environment: variables named DEPOSITARY_*, each checked at the start."""

import os
from collections.abc import Mapping
from ipaddress import ip_network
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

from depositary.errors import BadInput

PREFIX = "DEPOSITARY_"
PACKAGE = Path(__file__).resolve().parent
CHECKOUT = (PACKAGE.parent / "pyproject.toml").is_file()
PROJECT = PACKAGE.parent if CHECKOUT else PACKAGE
"""The folder with `data` and `templates`: the checkout, or the installed package itself."""

DESK_PORT = 8001


def home(environment: Mapping[str, str]) -> Path:
    """Where the program keeps what it makes where nobody says: `var` of a checkout, or the user's folder of state."""
    if CHECKOUT:
        return PROJECT / "var"
    state = environment.get("XDG_STATE_HOME", "")
    return (Path(state) if state.startswith("/") else Path.home() / ".local" / "state") / "depositary"


class Settings(BaseModel):
    """The settings; each field is the variable DEPOSITARY_<FIELD>."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    data: Path = PROJECT / "data"
    """The folder with participants, memberships and treaties."""
    home: Path = Field(default_factory=lambda: home(os.environ))
    """Where the program keeps what it makes: database, keys, outbox, published files."""
    database_url: str = ""
    contacts_url: str = ""
    """The database of the registers of authorities: "" keeps them beside the register, apart from it. Only what serves
    the desk is told of it."""
    alerts_url: str = ""
    """The database of requests for alerts: "" keeps them beside the register, apart from it."""
    primary_url: str = ""
    """For a site on a hot standby: its primary, where the site hears of an entry; nothing is read there."""
    base_url: str = ""
    """How the site is addressed from outside, as https://example.int; "" where that is not known."""

    log_format: Literal["text", "json"] = "text"
    """How the servers write their log to standard error."""

    security_contact: str = ""
    """Whom to tell of a weakness, for security.txt: mailto:security@example.int, or an https:// address."""

    secretariat: str = Field("", max_length=200)
    """Who publishes the site as the depositary or for it; "": each page says that it is not the depositary's."""

    desk_url: str = ""
    """How the desk is addressed, by its own name; it answers under no other. "": at the address where it listens."""

    port: int = Field(8000, ge=1, le=65535)
    """Where the public site listens."""
    desk_port: int = Field(0, ge=0, le=65535)
    """Where the desk listens; 0: where `desk_url` says, else 8001."""

    trusted_proxies: tuple[str, ...] = ()
    """The addresses or networks of the proxies that name the client in X-Forwarded-For, with commas between them."""

    breached_passwords: Path | None = None
    """A list of passwords that became known elsewhere, which the desk refuses: sorted SHA-1 digests, one a line."""

    oidc_issuer: str = ""
    """The OpenID Connect provider at which staff may sign in instead, as https://login.example.int; needs the extra."""
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")

    smtp_url: str = ""
    """The mail server, as smtp://user:word@host:587 (STARTTLS) or smtps://host:465; "" writes files instead."""
    smtp_ca: Path | None = None
    """A file of the certificates (PEM) by which the mail server's is checked, in place of the system's."""
    mail_from: str = ""
    """The address letters come from; needed with a mail server."""

    @field_validator("smtp_url")
    @classmethod
    def _is_mail_server(cls, url: str) -> str:
        if url and not url.startswith(("smtp://", "smtps://")):
            raise ValueError("allowed: a URL that begins with smtp:// or smtps://")
        if url and not urlsplit(url).hostname:
            raise ValueError("allowed: a URL with a host, as smtp://mail.example.int:587")
        return url

    @field_validator("smtp_ca", "breached_passwords")
    @classmethod
    def _is_file(cls, path: Path | None) -> Path | None:
        if path is not None and not path.is_file():
            raise ValueError(f"there is no file {path}")
        return path

    @field_validator("mail_from")
    @classmethod
    def _is_mailbox(cls, address: str) -> str:
        if address and (
            address.count("@") != 1 or not address.isascii() or any(sign in address for sign in ',;:<>"\\ \r\n')
        ):
            raise ValueError("allowed: one address, as treaties@example.int")
        return address

    @field_validator("database_url", "contacts_url", "alerts_url", "primary_url")
    @classmethod
    def _is_known_database(cls, url: str) -> str:
        if url and not url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
            raise ValueError("allowed: a URL that begins with sqlite:/// or postgresql://")
        return url

    @field_validator("base_url", "desk_url")
    @classmethod
    def _is_address(cls, url: str) -> str:
        if url and not url.startswith(("http://", "https://")):
            raise ValueError("allowed: an address that begins with https:// or http://")
        return url.rstrip("/")

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _are_networks(cls, text: str | tuple[str, ...]) -> tuple[str, ...]:
        networks = tuple(part.strip() for part in text.split(",") if part.strip()) if isinstance(text, str) else text
        for network in networks:
            try:
                ip_network(network)
            except ValueError:
                raise ValueError("allowed: addresses or networks, as 127.0.0.1,10.0.0.0/8") from None
        return networks

    @field_validator("security_contact")
    @classmethod
    def _is_contact(cls, contact: str) -> str:
        if contact and (not contact.startswith(("mailto:", "https://", "tel:")) or not contact.isprintable()):
            raise ValueError("allowed: an address that begins with mailto:, https:// or tel:")
        return contact

    @field_validator("data")
    @classmethod
    def _is_folder(cls, folder: Path) -> Path:
        if not folder.is_dir():
            raise ValueError(f"there is no folder {folder}")
        return folder.resolve()

    @property
    def port_of_desk(self) -> int:
        """Where the desk listens."""
        return self.desk_port or urlsplit(self.desk_url).port or DESK_PORT

    @property
    def address_of_desk(self) -> str:
        """How the desk is addressed, for links to it."""
        return self.desk_url or f"http://127.0.0.1:{self.port_of_desk}"

    @property
    def keys(self) -> Path:
        """The folder of the private keys that sign the register's head: never in the database, nor in a backup."""
        return self.home.resolve() / "keys"

    @property
    def database(self) -> str:
        """The database's URL: SQLite in `home` unless another is set."""
        return self.database_url or f"sqlite:///{self.home.resolve() / 'register.sqlite'}"

    @property
    def alerts(self) -> str:
        """The URL of the requests for alerts: a file of their own in `home`, or a schema of their own."""
        if self.alerts_url or self.database.startswith("postgresql"):
            return self.alerts_url or self.database
        return f"sqlite:///{self.home.resolve() / 'alerts.sqlite'}"

    @property
    def contacts(self) -> str:
        """The URL of the registers of authorities: a file of their own in `home`, or a schema of their own."""
        if self.contacts_url or self.database.startswith("postgresql"):
            return self.contacts_url or self.database
        return f"sqlite:///{self.home.resolve() / 'contacts.sqlite'}"


def load_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings in an environment. Raises BadInput: every unknown variable and bad value, a sentence each.

    Variables named DEPOSITARY_TEST_* are the test suite's and are passed over.
    """
    given = {
        name.removeprefix(PREFIX).lower(): value
        for name, value in environment.items()
        if name.startswith(PREFIX) and not name.startswith(f"{PREFIX}TEST_")
    }
    try:
        return Settings.model_validate(given)
    except ValidationError as faults:
        raise BadInput([_sentence(fault["loc"][0], fault["type"], fault) for fault in faults.errors()]) from None


def _sentence(field: int | str, kind: str, fault: object) -> str:
    name = f"{PREFIX}{str(field).upper()}"
    if kind == "extra_forbidden":
        known = ", ".join(f"{PREFIX}{one.upper()}" for one in Settings.model_fields)
        return f"{name}: no such setting; known: {known}"
    assert isinstance(fault, dict)
    return f"{name}: {fault['msg'].removeprefix('Value error, ')}"
