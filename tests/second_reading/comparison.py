"""Both readings of one ledger, brought to one comparable form. All that is imported of the product is imported here."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date
from functools import cache
from itertools import combinations
from typing import Any

from depositary.law.acts import Act
from depositary.law.clauses import Clauses, plain
from depositary.law.effects import Effects
from depositary.law.examination import irregularities
from depositary.law.participants import Membership, Name, Participant, Participants
from depositary.law.relations import between
from depositary.settings import PROJECT
from depositary.treaties.clause_files import read_clauses
from depositary.treaties.collection import Collection
from tests.second_reading.ledger import DAY, WARNINGS, Answer, Ledger, People, Relation, Row, Rules
from tests.second_reading.rulings import choices_of, come, walked
from tests.second_reading.world import World

Found = dict[str, object]
"""A ledger's answer: by what it concerns."""

CONVENTION = (PROJECT / "data/treaties/XVIII-16.toml").read_text(encoding="utf-8")
PROTOCOL = """
    id = "{treaty}"
    title = "Protocol"
    parent = "{parent}"
    [consent]
    actions = ["ratification", "acceptance", "approval", "accession"]
    [reio]
    instrument_needs_member = "10(2)"
    accession_needs_member = "10(3)"
    competence_declared_under = ["64(3)", "64(4)"]
    [entry_into_force]
    provision = "11(1)"
    instruments = {instruments}
    after = {{ days = 90 }}
    not_before_treaty = "{parent}"
    [entry_into_force.participant]
    provision = "11(2)"
    after = {{ days = 30 }}
    whichever_is_later = true
    [denunciation]
    provision = "12(1)"
    after = {{ years = 1 }}
"""
COLUMNS = {each.name for each in fields(Act) if each.init}


@cache
def clauses_of(rules: Rules) -> Clauses:
    if rules.parent:
        return read_clauses(PROTOCOL.format(**vars(rules)), rules.treaty)
    text = CONVENTION.replace('id = "XVIII-16"', f'id = "{rules.treaty}"')
    text = text.replace("instruments = 40", f"instruments = {rules.instruments}")
    if rules.among is not None:
        number, group = rules.among
        text += f'\n[entry_into_force.among]\nnumber = {number}\ngroup = "a group"\nstates = {sorted(group)}\n'
    return read_clauses(text.replace("parties = 60", f"parties = {rules.quorum}"), rules.treaty)


_PEOPLE: dict[int, tuple[People, Participants]] = {}


def participants_of(people: People) -> Participants:
    """The product's participants: of two codes for one State both bear its name while both exist."""
    if id(people) not in _PEOPLE:
        _PEOPLE[id(people)] = (
            people,
            Participants(
                [Participant(code, *_kind_and_names(people, code)) for code in people.lives],
                [Membership(*row) for row in people.memberships],
            ),
        )
    return _PEOPLE[id(people)][1]


def _kind_and_names(people: People, code: str) -> tuple[Any, tuple[Name, ...]]:
    first, last = people.lives[code]
    ending = next((old for old, new in people.continued_by.items() if new == code), code)
    said = {"en": f"The {ending}"}
    kind = "reio" if code in people.organizations else "state"
    if ending == code:
        return kind, (Name(said, "", first, last),)
    ends = people.lives[ending][1]
    return kind, (Name(said, "", first, ends), Name({"en": f"The {code}"}, "", ends + DAY, last))


def act_of(row: Row) -> Act:
    return Act(**{name: value for name, value in row._asdict().items() if name in COLUMNS})


def product(ledger: Ledger) -> dict[str, Effects]:
    """What the product derives from the acts of a ledger, by treaty."""
    world = Collection(participants_of(ledger.people), {rules.treaty: clauses_of(rules) for rules in ledger.treaties})
    acts = [act_of(row) for row in ledger.rows]
    return {rules.treaty: world.effects(acts, rules.treaty) for rules in ledger.treaties}


def of_product(derived: Mapping[str, Effects]) -> Found:
    """The product's answer: dates, counts, and (row, code) of what is irregular."""
    found: Found = {}
    for treaty, effects in derived.items():
        say = _said(found, treaty)
        say("in force", effects.in_force_on)
        say("threshold", effects.threshold_on)
        say("conference by", effects.conference_by)
        say("proposals from", effects.proposals_from)
        say("quorum", effects.quorum_reached_on)
        for code in effects.codes:
            for number, episode in enumerate(effects.episodes(code), 1):
                here = f"{code} ({number})"
                took_effect = episode.since and (episode.until is None or episode.since <= episode.until)
                say(f"{here} consent", f"{episode.consent.action} {episode.consent.date}")
                say(f"{here} in force", episode.since if took_effect else None)
                say(f"{here} until", episode.until)
                for amendment in effects.history.amendments:
                    say(f"{here} bound by {amendment}", effects.amendment_bound(amendment, code, number - 1))
        say("counted", effects.counted)
        say("deposited", effects.deposited)
        for wrong in irregularities(effects):
            found[f"{treaty}: row {wrong.act.number} {wrong.code}"] = wrong.severity
    return found


def of_walk(ledger: Ledger, answers: Mapping[str, Answer], wrong: Iterable[tuple[int, str]], on: date) -> Found:
    """The second reading's answer in the same form, as of a day."""
    found: Found = {}
    treaties = {row.number: row.treaty for row in ledger.rows}
    for rules in ledger.treaties:
        answer = answers[rules.treaty]
        say = _said(found, rules.treaty)
        say("in force", answer.in_force_on)
        say("threshold", answer.reached_on)
        if not rules.parent:
            say("conference by", answer.conference_by)
            say("proposals from", answer.proposals_from)
            say("quorum", answer.quorum_on)
        for code, participations in answer.participations.items():
            for number, each in enumerate(participations, 1):
                here = f"{code} ({number})"
                say(f"{here} consent", f"{each.action} {each.deposited_on}")
                say(f"{here} in force", each.in_force_on)
                say(f"{here} until", each.ended_on)
                for amendment, day in each.bonds:
                    say(f"{here} bound by {amendment}", day)
        snapshot = answer.on(on)
        say("counted", snapshot.counted)
        say("deposited", snapshot.deposited)
    for number, code in wrong:
        found[f"{treaties[number]}: row {number} {code}"] = "warning" if code in WARNINGS else "refused"
    return found


def _said(found: Found, treaty: str) -> Callable[[str, object], None]:
    def say(what: str, value: object) -> None:
        if value is not None:
            found[f"{treaty}: {what}"] = value

    return say


def differences(ledger: Ledger, asked: Iterable[date] = ()) -> list[str]:
    """Where the two readings differ: what, the product's value, the second reading's.

    Each day in `asked` is asked with the acts seen by then; the last act's day always, and with it who stands where
    on every later day on which something happens.
    """
    if not ledger.rows:
        return []
    last = max(row.date for row in ledger.rows)
    different: dict[str, str] = {}
    for day in sorted({day for day in asked if day < last} | {last}):
        seen = ledger.until(day)
        derived = product(seen)
        answers, wrong = walked(seen)
        here, there = of_product(derived), of_walk(seen, answers, wrong, day)
        days = [day]
        if day == last:
            days += sorted({later for answer in answers.values() for later in answer.days if later > day})
        for treaty, effects in derived.items():
            for later in days:
                stands = dict(answers[treaty].on(later).standings)
                for code in effects.codes:
                    here[f"{treaty}: {code} on {later}"] = effects.standing(code, later)
                    there[f"{treaty}: {code} on {later}"] = stands.get(code, "none")
                    for made in effects.reservations(code):
                        here[f"{treaty}: row {made.act.number} reservation on {later}"] = made.state(later)
                for code, other in combinations(effects.codes, 2) if len(effects.codes) < 6 else ():
                    here[f"{treaty}: {code} and {other} on {later}"] = relation_of(effects, code, other, later)
                    there[f"{treaty}: {code} and {other} on {later}"] = answers[treaty].on(later).relation(code, other)
                for row in answers[treaty].reservations:
                    there[f"{treaty}: row {row} reservation on {later}"] = answers[treaty].reservation(row, later)
        for what in sorted(here.keys() | there.keys()):
            if here.get(what) != there.get(what):
                said = f"product {here.get(what)}, second reading {there.get(what)}"
                different.setdefault(what, f"{what}: {said} (asked on {day})")
    return list(different.values())


def relation_of(effects: Effects, code: str, other: str, day: date) -> Relation:
    """The product's relation of two in the second reading's form."""
    found = between(effects, code, other, day)
    return Relation(
        found.since,
        frozenset(plain(act.provision) for act in found.objections),
        frozenset(name for name, _ in found.amendments),
        frozenset(plain(act.provision) for act in found.reservations),
        frozenset(act.text for act in found.territories),
    )


def come_by_product(ledger: Ledger, asked: date, by: date) -> set[tuple[object, ...]]:
    """By the product, asked on a day: the dates of effect that had come by another day."""
    found: set[tuple[object, ...]] = set()
    for treaty, effects in product(ledger.until(asked)).items():
        dates: list[tuple[object, date | None]] = [
            ("in force", effects.in_force_on),
            ("conference", effects.conference_by),
            ("proposals", effects.proposals_from),
            ("quorum", effects.quorum_reached_on),
        ]
        for code in effects.codes:
            for place, episode in enumerate(effects.episodes(code)):
                if episode.took_effect:
                    dates += [((code, "in force"), episode.since), ((code, "ceases"), episode.until)]
                for amendment in effects.history.amendments:
                    dates.append(((code, amendment), effects.amendment_bound(amendment, code, place)))
        found |= {(treaty, what, day) for what, day in dates if day is not None and day <= by}
    return found


def held_by_product(ledger: Ledger, asked: date, on: date) -> dict[tuple[object, ...], object]:
    """By the product, asked on a day: who stood where, how many counted, and what each reservation and objection was on
    another day."""
    derived = product(ledger.until(asked))
    return {(treaty, *what): held for treaty, effects in derived.items() for what, held in effects.holding(on).items()}


def come_by_walk(ledger: Ledger, asked: date, by: date) -> set[tuple[object, ...]]:
    """The same by the second reading, with the amendments' dates."""
    return come(World(ledger.until(asked), choices_of(ledger.until(asked))[0]), by)
