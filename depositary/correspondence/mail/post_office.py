"""How letters leave this house, by its settings: over which mail server or into which folder, and from whom."""

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
    """From whom letters come, and by whom they are carried; a carrier is made for each run."""

    sender: Sender
    carrier: Callable[[], Carrier]


def post_office(settings: Settings) -> PostOffice:
    """The house and its carrier, by the settings. Raises BadInput and DepositaryError where they do not hold."""
    carrier_of(settings)
    return PostOffice(sender_of(settings), partial(carrier_of, settings))


def domain_of(settings: Settings) -> str:
    """The domain of the Message-IDs: that of the sender's address, or the site's."""
    return settings.mail_from.rpartition("@")[2] or urlsplit(settings.base_url).hostname or NOWHERE


def sender_of(settings: Settings) -> Sender:
    """From whom letters come, and who signs them. Raises DepositaryError for a certificate that does not hold."""
    domain = domain_of(settings)
    return Sender(settings.mail_from or f"depositary@{domain}", domain, signer_in(settings.keys))


def carrier_of(settings: Settings) -> Carrier:
    """The mail server that is set, or a folder of files. Raises BadInput where the sender's address is not set."""
    if not settings.smtp_url:
        return LetterFolder(settings.home.resolve() / "outbox")
    if not settings.mail_from:
        raise BadInput(["DEPOSITARY_MAIL_FROM: not set; it is the address letters come from, as treaties@example.int"])
    return MailServer(settings.smtp_url, settings.mail_from, authority=settings.smtp_ca)
