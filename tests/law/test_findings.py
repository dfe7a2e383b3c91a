"""Findings whole: each with its value, provision, facts, words and acts, and all it rests on, line by line.

`findings.txt` has cases as `data/cases` has them; below each question (`?`) stands the answer as a tree. A finding's
words are quoted by their first five; more than three acts alike are told by the first and the last of them.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

import pytest

from depositary.law import reasons
from depositary.law.acts import Act
from depositary.law.articles.objections import Objection
from depositary.law.articles.reservations import Reservation
from depositary.law.changes import changes
from depositary.law.derivation import derive
from depositary.law.effects import Effects
from depositary.law.examination import Irregularity, irregularities
from depositary.law.findings import Finding
from depositary.law.grounds import of_a_signatory
from depositary.law.majorities import Cast, Matter, vote
from depositary.law.relations import between
from depositary.settings import PROJECT
from depositary.treaties.cases import INVENTED, acts_of
from depositary.treaties.clause_files import load_clauses

FILE = Path(__file__).parent / "findings.txt"
CLAUSES = load_clauses(PROJECT / "data/treaties/XVIII-16.toml")


@dataclass(frozen=True)
class Case:
    """Acts, questions each with the lines of its answer, the tables the clause file is read without, and a treaty or a
    day that the entry into force waits for."""

    title: str
    acts: tuple[Act, ...]
    answers: dict[str, str]
    without: tuple[str, ...]
    waits: tuple[tuple[str, str], ...]

    def effects(self) -> Effects:
        clauses = CLAUSES.model_copy(update=dict.fromkeys(self.without))
        days = {name: None if day == "never" else date.fromisoformat(day) for name, day in self.waits}
        for name, day in days.items():
            waiting = {"not_before": day} if name == "day" else {"not_before_treaty": name}
            entry = clauses.entry_into_force and clauses.entry_into_force.model_copy(update=waiting)
            clauses = clauses.model_copy(update={"entry_into_force": entry})
        return derive(self.acts, INVENTED, clauses, elsewhere=days)


def read(section: str) -> Case:
    title, *lines = section.splitlines()
    answers: dict[str, list[str]] = {}
    acts, without, waits = [], [], []
    for line in filter(None, lines):
        if line.startswith("? "):
            answers[line[2:]] = []
        elif line.startswith("without "):
            without.append(line.removeprefix("without "))
        elif line.startswith("waits for "):
            name, _, day = line.removeprefix("waits for ").partition(": ")
            waits.append((name, day))
        elif answers:
            [*answers.values()][-1].append(line)
        else:
            acts.append(line)
    told = {question: "\n".join(tree) for question, tree in answers.items()}
    return Case(title, acts_of(acts, "XVIII-16"), told, tuple(without), tuple(waits))


CASES = [read(section) for section in re.split(r"^## ", FILE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]]
ANSWERS = [pytest.param(case, question, id=f"{case.title}: {question}") for case in CASES for question in case.answers]


@pytest.mark.parametrize(("case", "question"), ANSWERS)
def test_a_finding_is_told_whole(case: Case, question: str) -> None:
    assert answer(case.effects(), question) == case.answers[question]


def answer(effects: Effects, question: str) -> str:
    """The answer to a question, as lines."""
    asked, *about = question.split()
    return QUESTIONS[asked](effects, *about)


def standing(effects: Effects, code: str, on: str) -> str:
    return tree(reasons.standing(effects, code, date.fromisoformat(on)))


def signatory(effects: Effects, code: str, on: str) -> str:
    return "\n".join(map(tree, of_a_signatory(effects, code, date.fromisoformat(on)))) or "nothing"


def amendment(effects: Effects, identifier: str, code: str, number: str = "0") -> str:
    return tree(reasons.amendment_for(effects, identifier, code, int(number)))


def holding(effects: Effects, on: str) -> str:
    held = effects.holding(date.fromisoformat(on))
    return "\n".join(f"{concerns} {code!r}: {value}" for (concerns, code), value in held.items())


def moved(effects: Effects, on: str) -> str:
    return "\n".join(
        f"{one.reading}: {one.concerns} {one.participant!r}: {one.value} else {one.otherwise}"
        for one in effects.moved_on(date.fromisoformat(on))
    )


def behind(effects: Effects, code: str, *concerns: str) -> str:
    """The finding behind a date."""
    try:
        return tree(reasons.of_date(effects, " ".join(concerns), code.replace("-", "")))
    except KeyError as wrong:
        return f"no such date: {wrong}"


def changed(effects: Effects, since: str, on: str) -> str:
    """What the acts from a day on change, as seen on another."""
    case, first = effects.case, date.fromisoformat(since)
    before = derive([act for act in case.acts if act.date < first], case.participants, case.clauses)
    found = changes(before, effects, date.fromisoformat(on))
    return "\n".join(f"{one.concerns} {one.participant!r}: {one.before} to {one.after}" for one in found)


def relation(effects: Effects, first: str, other: str, on: str) -> str:
    found = between(effects, first, other, date.fromisoformat(on))
    amendments = tuple(f"{name} {day}" for name, day in found.amendments)
    acts = [told(each) for each in (found.reservations, found.objections, found.territories)]
    return f"{found.bound} {found.since} {amendments} {acts}\n{tree(found.finding)}"


def objection(found: Objection) -> str:
    """What an objection is against, from when until when it has its effect, and what is wrong with it."""
    against = told(tuple(each.act for each in found.against))
    wrong = [name for name in ("precludes", "late", "by_a_stranger") if getattr(found, name)]
    return "; ".join([told((found.act,)), f"against {against}", f"{found.since} to {found.until}", *wrong])


def reservation(made: Reservation) -> str:
    course = ", ".join(f"{state} {day}" for day, state in made.course)
    wrong = [name for name in ("late", "unconfirmed") if getattr(made, name)]
    accepted = f"accepted on {made.accepted_on}" if made.accepted_on else ""
    part = f"in part: {told(tuple(made.withdrawn_in_part))}" if made.withdrawn_in_part else ""
    said = [f"{told((made.act,))} {made.provision}", made.kind, course, accepted, *wrong, part]
    return "; ".join(filter(None, said))


def irregularity(wrong: Irregularity) -> str:
    return f"{told((wrong.act,))}: {wrong.code}, {wrong.severity}, {wrong.provision or 'by practice'}"


def votes(effects: Effects, matter: str, on: str, *rest: str) -> str:
    """`rest`: the organizations that vote, and the votes cast as 28:13:1."""
    cast = [Cast(*map(int, one.split(":"))) for one in rest if ":" in one]
    exercising = [one for one in rest if ":" not in one]
    matters: dict[str, Matter] = {"amendment": "amendment", "protocol": "protocol"}
    found = vote(effects, matters[matter], date.fromisoformat(on), exercising, *cast)
    if found is None:
        return "none"
    voters = found.electorate
    numbers = f"{len(found.parties)} parties {voters.total} votes, {found.required} required: {found.adopted}"
    return f"{numbers}\n{tree(found.finding)}"


def tree(finding: Finding, depth: int = 0) -> str:
    return "\n".join(line for line in lines(finding, depth))


def lines(finding: Finding, depth: int) -> Iterator[str]:
    facts = " ".join(f"{name}={value}" for name, value in finding.facts.items())
    words = " ".join(finding.words.split()[:5])
    under = [f"{one.name}{' (ruled)' if one.ruled else ''} else {one.otherwise}" for one in finding.under]
    parts = [
        f"{finding.about} = {finding.value}",
        f"by {finding.provision}" if finding.provision else "",
        facts,
        f'"{words} ..."' if words else "",
        f"acts: {told(finding.acts)}" if finding.acts else "",
        f"under {', '.join(under)}" if under else "",
    ]
    yield "  " * depth + "; ".join(filter(None, parts))
    for reason in finding.because:
        yield from lines(reason, depth + 1)


def told(acts: tuple[Act, ...]) -> str:
    """Acts by who did what when; more than three alike by the first and the last."""
    said = []
    for (action, day), alike in groupby(acts, lambda act: (act.action, act.date)):
        codes = [act.participant or "nobody" for act in alike]
        who = f"{codes[0]}..{codes[-1]} ({len(codes)})" if len(codes) > 3 else " ".join(codes)
        said.append(f"{who} {action} {day}")
    return ", ".join(said)


QUESTIONS: dict[str, Callable[..., str]] = {
    "standing": standing,
    "signatory": signatory,
    "treaty": lambda effects, *_: tree(reasons.entry_into_force(effects)),
    "milestones": lambda effects: "\n".join(map(tree, reasons.milestones(effects))),
    "amendment": amendment,
    "relation": relation,
    "date": behind,
    "holding": holding,
    "moved": moved,
    "changes": changed,
    "objections": lambda effects: "\n".join(map(objection, effects.objections)),
    "reservations": lambda effects, code: "\n".join(map(reservation, effects.reservations(code))),
    "irregularities": lambda effects: "\n".join(map(irregularity, irregularities(effects))) or "none",
    "vote": votes,
}
