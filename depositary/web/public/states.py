"""States and organizations across treaties: the list of all, and the standing of one under each treaty."""

from collections.abc import Iterator
from datetime import date

from depositary.law.clauses import Clauses, SignaturePeriod
from depositary.law.dates import LATEST
from depositary.register.entry import as_known
from depositary.web.addresses import Addresses
from depositary.web.parts import Complete, Link
from depositary.web.public.days import events_of_participant
from depositary.web.public.deposit import deposit
from depositary.web.public.identity import identity
from depositary.web.public.pages import StatePage, StatesPage
from depositary.web.public.participant import standing_of
from depositary.web.public.parts import ComingEvent, Deposit, StateLine, TreatyStanding
from depositary.web.query import PageQuery, Unanswerable
from depositary.web.view import Site, View, look


def states_page(site: Site, asked: PageQuery, path: str) -> StatesPage:
    """Every State and organization that exists on the day, by name, with its number of treaties in force."""
    words, participants = asked.language, site.collection.participants
    taking_part: dict[str, int] = dict.fromkeys(participants, 0)
    for treaty in site.collection.in_order:
        for code in site.known.effects(treaty, asked.on, asked.known_at).parties(asked.on):
            taking_part[code] += 1
    lines = [
        StateLine(
            Link(words.name(participants, code, asked.on), Addresses.state(words.code, code, asked.query)), number
        )
        for code, number in taking_part.items()
        if participants[code].exists_on(asked.on)
    ]
    frame = site.frame(asked, path, complete=complete(site, asked, path))
    return StatesPage(frame, tuple(sorted(lines, key=lambda line: words.sort_key(line.state.words))))


def complete(site: Site, asked: PageQuery, path: str) -> Complete | None:
    """How far the acts under all treaties are complete, where that is not up to the day asked about."""
    views = (look(site, asked, treaty, path) for treaty in site.collection.in_order)
    days = [view.complete.last for view in views if view.complete]
    return Complete(min(days), max(days)) if days else None


def state_page(site: Site, asked: PageQuery, path: str, code: str) -> StatePage:
    """One State or organization under every treaty. Raises Unanswerable for a code that is nobody's."""
    participants, words = site.collection.participants, asked.language
    if code not in participants:
        raise Unanswerable(404, "no-such-participant", code[:40])
    views = [look(site, asked, treaty, path) for treaty in site.collection.in_order]
    others = [view for view in views if view.clauses.id != site.collection.leading]
    name = participants[code].name_on(asked.on)
    return StatePage(
        frame=site.frame(
            asked,
            path,
            (Link(words.gettext("Participants"), Addresses.states(words.code, asked.query)),),
            complete=complete(site, asked, path),
        ),
        name=words.name(participants, code, asked.on),
        formal=name.formal,
        identity=identity(site, asked, code),
        deposit=deposit_of(site, asked, path, code),
        standings=tuple(treaty_standing(view, code) for view in others if code in view.effects.codes),
        acts=tuple(acts(views, code)),
        others=tuple(treaty_without_acts(view, code) for view in others if code not in view.effects.codes),
        subscriptions=(
            Link("Atom", f"{Addresses.state(words.code, code)}/feed.atom"),
            Link("iCalendar", f"{Addresses.state(words.code, code)}/calendar.ics"),
            *site.alerts_of(words, {"participant": code}),
        ),
    )


def deposit_of(site: Site, asked: PageQuery, path: str, code: str) -> Deposit | None:
    """What a participant does to be bound by the leading treaty; None before the treaty was adopted."""
    view = look(site, asked, site.collection.leading, path)
    adopted = view.clauses.adopted
    return None if adopted and asked.on < adopted else deposit(view, code)


def acts(views: list[View], code: str) -> Iterator[Link]:
    """The acts of a participant under all treaties, the latest first."""
    done = [
        (entry.act, entry.number, view)
        for view in views
        for entry in as_known(view.recorded)
        if entry.act is not None and entry.act.participant == code and entry.act.date <= view.on
    ]
    for act, number, view in sorted(done, key=lambda each: each[0].order, reverse=True):
        day, act_in_words = view.words.date(act.date), view.words.act(act)
        yield Link(f"{day} · {act_in_words} · {view.title}", view.addresses.entry(number))


def treaty_standing(view: View, code: str) -> TreatyStanding:
    """The standing of a participant under a treaty, and what comes next for it."""
    return TreatyStanding(
        view.titled(view.addresses.participant(code)),
        view.clauses.id,
        view.effects.standing(code, view.on),
        view.sentence(standing_of(view, code)),
        view.complete_as_of,
        tuple(events_of_participant(view, code)),
    )


def treaty_without_acts(view: View, code: str) -> TreatyStanding:
    """A treaty under which a participant has done nothing, with the last day to sign it if that day is to come."""
    ends = open_periods(view.clauses, view.on)
    last = [ComingEvent(one.until, "signature-closes", (view.words.place(one.place),)) for one in ends]
    return TreatyStanding(view.titled(view.addresses.status), view.clauses.id, "none", "", None, tuple(last))


def open_periods(clauses: Clauses, on: date) -> list[SignaturePeriod]:
    """The periods for signature that have not ended on a day, but will."""
    periods = clauses.periods_for_signature
    return [period for period in periods if on <= period.until < LATEST]
