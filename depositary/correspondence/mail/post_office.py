"""The post office of the settings: the mail server or the folder of letters, and their sender."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from depositary.correspondence.mail.folder import LetterFolder
from depositary.correspondence.mail.outbox import NOWHERE, Sender
from depositary.correspondence.mail.outcomes import Carrier
from depositary.correspondence.mail.smime import signer_in
from depositary.correspondence.mail.smtp import MailServer
from depositary.errors import BadInput
from depositary.settings import Settings


@dataclass(frozen=True)
class PostOffice:
    """The sender of letters, and a function that makes a carrier for each run."""

    sender: Sender
    carrier: Callable[[], Carrier]


def post_office(settings: Settings) -> PostOffice:
    """The sender and the carrier of the settings. Raises BadInput or DepositaryError where the settings are wrong."""
    carrier_of(settings)
    return PostOffice(sender_of(settings), partial(carrier_of, settings))


def domain_of(settings: Settings) -> str:
    """The domain of the Message-IDs: the domain of the sender's address, or of the site."""
    return settings.mail_from.rpartition("@")[2] or urlsplit(settings.base_url).hostname or NOWHERE


def sender_of(settings: Settings) -> Sender:
    """The sender of letters and their signer. Raises DepositaryError for a certificate that is not usable."""
    domain = domain_of(settings)
    return Sender(settings.mail_from or f"depositary@{domain}", domain, signer_in(settings.keys))


def carrier_of(settings: Settings) -> Carrier:
    """The mail server that is set, or a folder of files. Raises BadInput where the sender's address is not set."""
    if not settings.smtp_url:
        return LetterFolder(settings.home.resolve() / "outbox")
    if not settings.mail_from:
        raise BadInput(["DEPOSITARY_MAIL_FROM: not set; it is the address letters come from, as treaties@example.int"])
    return MailServer(settings.smtp_url, settings.mail_from, authority=settings.smtp_ca)
