"""Letters to the officers who may approve an edition: that it waits for them, and where they see what they approve."""

from collections.abc import Sequence
from urllib.parse import quote

from sqlmodel import Session

from depositary.clock import day_of
from depositary.correspondence.circulation.editions import KeptEdition
from depositary.correspondence.mail.letters import Letter, write
from depositary.correspondence.mail.outbox import post
from depositary.correspondence.mail.post_office import PostOffice
from depositary.desk.accounts import Account, accounts
from depositary.desk.audit import Doing, log
from depositary.register.seal import Seal
from depositary.register.store import Store
from depositary.treaties.collection import Collection
from depositary.words import circulation, language

EVERY = 7
"""Days after which an officer is told again."""


def officers(session: Session, kept: KeptEdition) -> list[Account]:
    """Those who may approve an edition: not the person who prepared it."""
    return [account for account in accounts(session) if account.may("contacts") and account.name != kept.prepared_by]


def ask_for_approval(
    store: Store,
    collection: Collection,
    kept: KeptEdition,
    silent: Sequence[str],
    seal: Seal,
    office: PostOffice,
    url: str,
    doing: Doing,
) -> list[str]:
    """Posts a letter to each officer who has an address, once in a week; those who were written to now, by name."""
    week = (day_of(doing.at) - day_of(kept.prepared_at)).days // EVERY
    edition = f"circulation approval {kept.name}" + (f" week {week + 1}" if week else "")
    told = []
    with store.session(writing=True) as session:
        for account in officers(session, kept):
            if not account.email:
                continue
            letter = approval_letter(collection, kept, silent, account, url)
            if post(session, edition, account.name, letter, seal, doing, domain=office.sender.domain):
                told.append(account.name)
        if told:
            log(session, doing, "approval asked for", f"{kept.name}: {', '.join(told)}")
    return told


def approval_letter(
    collection: Collection, kept: KeptEdition, silent: Sequence[str], account: Account, url: str
) -> Letter:
    """The letter to an officer: what the edition is, and the link to its page at the desk."""
    words, edition = language(account.language), kept.edition

    def names(codes: Sequence[str]) -> list[str]:
        return [words.name(collection.participants, code, edition.on) for code in codes]

    without_list = sum(to.manner == "notice" for to in edition.recipients)
    told = {
        "edition": kept.name,
        "day": words.date(edition.on),
        "facts": circulation.approval_facts(
            words, len(edition.recipients), without_list, names(edition.lacking), names(silent)
        ),
        "link": f"{url}/staff/circulation/{quote(kept.name.replace('/', '-'))}",
        "subject": kept.name,
    }
    subject, text, html = write("circulation_approval", words, told)
    return Letter(account.email, subject, text, html, headers=(("Auto-Submitted", "auto-generated"),))
