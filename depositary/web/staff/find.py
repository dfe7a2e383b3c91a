"""Finds what the desk has by any of its words: entries, cases, notifications, authorities, persons."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import TypeVar

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from depositary import clock
from depositary.authorities.validity import valid
from depositary.correspondence.notifications.archive import issued
from depositary.desk import accounts
from depositary.desk.case import STATES, cases_at_work, cases_done
from depositary.law.acts import Act
from depositary.law.participants import Participants
from depositary.register.entry import Entry
from depositary.treaties.names import begins_a_word, plain
from depositary.web.parts import Link
from depositary.web.staff import case_facts
from depositary.web.staff.access import Actor, may
from depositary.web.staff.desk import Desk
from depositary.web.staff.register_pages import FindPage
from depositary.web.staff.rendering import answer
from depositary.words import AVAILABLE, Language, language

LONGEST, MOST, CASES = 200, 20, 10_000

Thing = TypeVar("Thing")
Found = Iterator[tuple[str, Link]]
"""The words by which a thing is found, and its link."""


def routes(desk: Desk) -> APIRouter:
    """The route of the search."""
    router = APIRouter()

    @router.get("/staff/find")
    def find(request: Request, actor: Actor = may("read")) -> Response:
        with desk.known.held(desk.store.entries):
            return answer(find_page(desk, actor, request.query_params.get("q", "")[:LONGEST].strip()))

    return router


def find_page(desk: Desk, actor: Actor, text: str) -> FindPage:
    """What fits a text, by kind; the first of each kind."""
    words, terms = actor.words, plain(text).split()
    kinds: list[tuple[str, Iterator[Link]]] = [
        (words.gettext("Entries"), (link_of(desk, words, entry) for entry in fitting(entries(desk), terms))),
        (words.gettext("Cases"), fitting(cases(desk, words), terms)),
        (words.gettext("Notifications"), fitting(notifications(desk, words), terms)),
    ]
    if desk.contacts and actor.account.may("contacts"):
        kinds.append((words.gettext("Authorities"), fitting(authorities(desk, words), terms)))
    kinds.append((words.gettext("Persons"), fitting(persons(desk, actor), terms)))
    results = []
    for heading, every in kinds if terms else ():
        some = list(islice(every, MOST + 1))
        if some:
            results.append((heading, tuple(some[:MOST]), len(some) > MOST))
    return FindPage(desk.frame_of(actor), text, tuple(results), MOST)


def fitting(found: Iterable[tuple[str, Thing]], terms: list[str]) -> Iterator[Thing]:
    """The things that have, for each term, a word that begins with it."""
    return (thing for said, thing in found if all(begins_a_word(said, term) or term in said.split() for term in terms))


def entries(desk: Desk) -> Iterator[tuple[str, Entry]]:
    """The entries of all treaties, the latest first. An entry never changes: its words are put together once."""
    every = (entry for treaty in desk.collection.in_order for entry in desk.entries(treaty) if entry.act)
    for entry in sorted(every, key=lambda entry: -entry.number):
        if entry.number not in desk.words_of_entries:
            desk.words_of_entries[entry.number] = words_of_entry(desk, entry)
        yield desk.words_of_entries[entry.number], entry


def link_of(desk: Desk, words: Language, entry: Entry) -> Link:
    """The link to an entry, with its act in a line."""
    act = entry.act
    assert act is not None, "an act is looked for"
    name = words.name(desk.collection.participants, act.participant, act.date) if act.participant else ""
    return Link(f"{entry.number}: {words.act_line(act, name)}", f"/staff/entries/{entry.number}")


def words_of_entry(desk: Desk, entry: Entry) -> str:
    """All words by which an entry is found: names in every language, act, dates, texts, who recorded it."""
    act = entry.act
    said = f"{entry.number} {entry.recorded_by} {entry.reason} {entry.treaty}"
    return plain(f"{said} {words_of_act(desk.collection.participants, act) if act else ''}")


def words_of_act(participants: Participants, act: Act) -> str:
    """All words by which an act is found."""
    names = " ".join(names_of(participants, code) for code in (act.participant, act.addressee) if code)
    made = f"{act.place} {act.provision} {act.text} {act.source} {act.subject} {act.date.isoformat()}"
    return f"{names} {actions(act.action)} {made}"


def names_of(participants: Participants, code: str) -> str:
    """The names of a participant in every language and of any time."""
    return " ".join((code, *(name for one in participants[code].names for name in (*one.short.values(), one.formal))))


@lru_cache(maxsize=64)
def actions(action: str) -> str:
    """The names of an action in all languages."""
    return " ".join(language(code).gettext(action) for code in AVAILABLE)


def cases(desk: Desk, words: Language) -> Found:
    """The cases, those at work first, by their acts, their persons and the names of their documents."""
    with desk.store.session() as session:
        every = (*cases_at_work(session), *cases_done(session, CASES))
    for case in every:
        content = case.content
        title = case_facts.title_of(desk, words, content)
        acts = " ".join(words_of_act(desk.collection.participants, act) for act in content.acts[:MOST])
        names = " ".join(document.name for document in content.documents)
        reasons = " ".join(item.reason for item in content.items[:MOST])
        more = f"{case.number} {case.last.saved_by} {content.signer} {content.remark} {names} {reasons}"
        link = Link(f"{case.number}: {title} ({words.said(STATES[case.state])})", f"/staff/cases/{case.number}")
        yield plain(f"{title} {acts} {more}"), link


def notifications(desk: Desk, words: Language) -> Found:
    """The notifications that were issued, the latest first."""
    with desk.store.session() as session:
        every = issued(session)
    participants = desk.collection.participants
    for notification in every:
        whose = names_of(participants, notification.participant) if notification.participant in participants else ""
        said = f"{notification.reference} {notification.reference.replace('.', ' ')} {notification.issued_by}"
        event = notification.document(words.code).event
        link = Link(f"{notification.reference}: {event}", f"/staff/notifications/issued/{notification.reference}")
        yield plain(f"{said} {whose} {actions(notification.kind)} {event}"), link


def authorities(desk: Desk, words: Language) -> Found:
    """The authorities that are valid today, with those who answer for them."""
    assert desk.contacts is not None, "it is asked where the desk keeps the registers"
    participants = desk.collection.participants
    for entry in valid(desk.contacts.entries(), clock.today()):
        if entry.designation is None:
            continue
        told = entry.designation
        name = words.name(participants, entry.participant, clock.today())
        numbers = " ".join(telephone.number for telephone in told.telephones)
        said = f"{told.authority} {told.unit} {told.person} {told.email} {numbers} {told.note}"
        link = Link(f"{name}: {told.authority}", f"/staff/contacts/of/{entry.participant}")
        yield plain(f"{names_of(participants, entry.participant)} {said}"), link


def persons(desk: Desk, actor: Actor) -> Found:
    """The persons at the desk, each with the entries that they recorded."""
    with desk.store.session() as session:
        every = accounts.accounts(session)
    for person in every:
        roles = actor.words.listed(actor.words.gettext(role) for role in sorted(person.roles))
        said = f"{person.full_name} ({person.name}), {roles}"
        yield plain(f"{person.name} {said}"), Link(said, f"/staff/entries?treaty=all&person={person.name}")
