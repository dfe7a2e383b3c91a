"""The annual request to missions: before the list is circulated, each confirms its authorities, or is reminded once.

A request has a link of its own, made from a secret of the house, the round and the address. So a run that is broken off
makes the same link again, and the reminder has the link of the request.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from depositary.authorities import links
from depositary.authorities.entries import AuthorityEntry
from depositary.authorities.missions import Mission
from depositary.authorities.validity import confirmations, missions, valid
from depositary.clock import day_of, midnight
from depositary.correspondence.inquiries import InquiryOffice
from depositary.correspondence.mail.outbox import message_id_of, post
from depositary.correspondence.mail.replacement import THREAD
from depositary.correspondence.mail.smime import is_usable
from depositary.correspondence.mail.steps import posted_at
from depositary.desk.audit import Doing, log
from depositary.register.store import Store
from depositary.words import language

ASKED_BEFORE = timedelta(days=40)
REMINDED_AFTER = timedelta(days=14)
LINK_LASTS_AFTER = timedelta(days=14)
"""How long after the day of the circulation a mission may still answer."""


@dataclass(frozen=True)
class ConfirmationRound:
    """The round before the circulation of a day."""

    on: date

    @property
    def begins_on(self) -> date:
        return self.on - ASKED_BEFORE

    @property
    def begins_at(self) -> datetime:
        return midnight(self.begins_on)

    @property
    def request(self) -> str:
        """The edition of its letters in the outbox. The day may move within the year."""
        return f"contact confirmation {self.on.year}"

    @property
    def reminder(self) -> str:
        return f"contact reminder {self.on.year}"


def unconfirmed(entries: list[AuthorityEntry], since: datetime, at: datetime) -> list[str]:
    """The participants of which an authority, of any register, was not confirmed since an instant."""
    last = confirmations(entries, at)
    return sorted({entry.participant for entry in valid(entries, day_of(at), at) if last[entry.number].at < since})


def asked(store: Store, this: ConfirmationRound) -> dict[str, datetime]:
    """The participants whose missions were asked in a round, and when."""
    with store.session() as session:
        return posted_at(session, this.request)


def unanswered(office: InquiryOffice, store: Store, this: ConfirmationRound, at: datetime) -> list[str]:
    """The participants whose missions were asked, and neither confirmed nor said what should be changed."""
    said = {
        link.participant
        for link in links.inquiries(office.store, "confirmation")
        if link.said and link.made_at >= this.begins_at
    }
    waited_for = set(unconfirmed(office.store.entries(), this.begins_at, at)) - said
    return sorted(waited_for & asked(store, this).keys())


def ask(office: InquiryOffice, store: Store, this: ConfirmationRound, domain: str, doing: Doing) -> list[str]:
    """Asks each mission once in a round, unless it has confirmed or has an open link; those asked now, by code."""
    entries = office.store.entries()
    waiting = {link.participant for link in links.inquiries(office.store, "confirmation") if link.is_open(doing.at)}
    already = asked(store, this)
    unasked = [
        code
        for code in unconfirmed(entries, this.begins_at, doing.at)
        if code not in already and (code not in waiting or _link_is_ours(office, this, code, entries))
    ]
    return list(_written(office, store, this, domain, unasked, doing, reminder=False))


def remind(office: InquiryOffice, store: Store, this: ConfirmationRound, domain: str, doing: Doing) -> list[str]:
    """Reminds each mission once that was asked two weeks ago and has not answered; those reminded now, by code."""
    at, instants = doing.at, asked(store, this)
    late = [code for code in unanswered(office, store, this, at) if instants[code] + REMINDED_AFTER <= at]
    with store.session() as session:
        already = posted_at(session, this.reminder)
    unreminded = [code for code in late if code not in already]
    return list(_written(office, store, this, domain, unreminded, doing, reminder=True, instants=instants))


def _link_is_ours(office: InquiryOffice, this: ConfirmationRound, code: str, entries: list[AuthorityEntry]) -> bool:
    """Whether the link of this round was made, and its letter was not posted: a run was broken off between the two."""
    mission = missions(entries).get(code)
    return mission is not None and links.exists(office.store, _token(office, this, mission))


def _token(office: InquiryOffice, this: ConfirmationRound, mission: Mission) -> str:
    return office.store.seal.name(f"link {this.request} {mission.participant} {mission.email}".encode())


def _written(
    office: InquiryOffice,
    store: Store,
    this: ConfirmationRound,
    domain: str,
    codes: Iterable[str],
    doing: Doing,
    *,
    reminder: bool,
    instants: Mapping[str, datetime] = {},
) -> Iterator[str]:
    """Posts the request or the reminder to each mission that has an address: each in a transaction of its own."""
    known = missions(office.store.entries())
    edition = this.reminder if reminder else this.request
    for code in codes:
        if (mission := known.get(code)) is None:
            continue
        certificate = mission.certificate if is_usable(mission.certificate, doing.at) else ""
        token = links.make(
            office.store,
            "confirmation",
            code,
            0,
            mission.email,
            doing.by,
            doing.at,
            whole=bool(certificate),
            token=_token(office, this, mission),
            expires_at=max(midnight(this.on) + LINK_LASTS_AFTER, doing.at + links.LASTS["confirmation"]),
        )
        words = language(mission.language)
        made = office.letter(
            "contact_confirmation",
            words,
            mission.email,
            code,
            doing.at,
            link=office.link(token),
            until=words.instant(links.expiry(office.store, token)),
            day=words.date(this.on),
            asked=words.date(day_of(instants[code])) if reminder else "",
        )
        follows = message_id_of(this.request, code, domain)
        headers = (*made.headers, *((name, follows) for name in THREAD if reminder))
        letter = replace(made, headers=headers, certificate=certificate, protected=bool(certificate))
        with store.session(writing=True) as session:
            if post(session, edition, code, letter, office.seal, doing, domain=domain):
                log(session, doing, f"{edition.rpartition(' ')[0]} sent", f"{code}: {edition}")
                yield code
