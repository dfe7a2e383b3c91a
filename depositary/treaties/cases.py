"""Worked cases: acts of invented participants and what follows from them, written so that a lawyer can check them.

A case begins with `## its title`. Each line that follows is an act, `DATE WHO ACTION [column=text …]`, where WHO
is a code, a range of codes (`S01..S39`) or `-` for nobody's acts; or an expectation, which begins with `=>`:

    => in force DATE                   => threshold DATE            => counted N        => deposited N
    => WHO in force DATE [by 65(2)]    => WHO ceases DATE           => WHO is STANDING on DATE
    => WHO took part N times           => counted N on DATE         => deposited N on DATE
    => refused WHO: CODES              => warned WHO: CODES         => nothing refused
    => refused nobody: CODES
    => conference by DATE              => proposals from DATE       => quorum DATE
    => WHO bound by A1 from DATE       => WHO has N votes on DATE
    => A and B bound since DATE [by A1, A2] on DATE                 => A and B not bound on DATE
    => A and B bound but for PROVISIONS on DATE                     => A and B leave out TERRITORIES on DATE
    => WHO PROVISION is STATE on DATE   (of a reservation)
    => in force rests on READING: DATE                              => WHO ceases rests on READING: DATE

DATE is ISO 8601 or `never`. The cases of the Convention stand in `data/cases`, a file for each article.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from depositary.law import reasons, relations
from depositary.law.acts import COLUMNS, Act, act_of
from depositary.law.articles.votes import electorate
from depositary.law.clauses import Clauses, plain
from depositary.law.dates import parse_date
from depositary.law.derivation import derive
from depositary.law.effects import Effects, nth
from depositary.law.examination import irregularities
from depositary.law.participants import Membership, Name, Participant, Participants
from depositary.treaties.instruments_csv import row_faults

STATES = tuple(f"S{number:02}" for number in range(1, 76))
ORGANIZATION = "ORG"

INVENTED = Participants(
    [
        *(Participant(code, "state", (Name({"en": f"State {int(code[1:])}"}, ""),)) for code in STATES),
        Participant("OLD", "state", (Name({"en": "Old State"}, "", until=date(2027, 6, 30)),)),
        Participant("YNG", "state", (Name({"en": "Young State"}, "", since=date(2028, 1, 1)),)),
        Participant("UNI", "state", (Name({"en": "Union"}, "", until=date(2027, 6, 30)),)),
        Participant(
            "REP",
            "state",
            (
                Name({"en": "Union"}, "", until=date(2027, 6, 30)),
                Name({"en": "Republic"}, "", since=date(2027, 7, 1)),
            ),
        ),
        Participant(ORGANIZATION, "reio", (Name({"en": "Organization"}, ""),)),
        Participant("ASN", "reio", (Name({"en": "Association"}, "", until=date(2027, 6, 30)),)),
    ],
    [
        *(Membership(ORGANIZATION, code, date(2000, 1, 1)) for code in ("S01", "S02", "S03")),
        Membership(ORGANIZATION, "S04", date(2000, 1, 1), date(2027, 12, 31)),
        Membership(ORGANIZATION, "S05", date(2028, 1, 1)),
        *(Membership("ASN", code, date(2000, 1, 1)) for code in ("S71", "S72", "OLD")),
    ],
)
"""The participants of the cases: 75 States; one that ends with June 2027, and one that begins with 2028; a Union that a
Republic continues from July 2027, under whose code the acts of both stand; an organization with dated members; an
Association of three that ends with June 2027."""


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """One worked case; expectations as they are written, without the arrow."""

    title: str
    acts: tuple[Act, ...]
    expectations: tuple[str, ...]


def read_cases(path: Path, treaty: str) -> list[WorkedCase]:
    """The cases of a file. Raises ValueError naming the line that cannot be read."""
    cases = []
    for section in re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        title, *lines = section.splitlines()
        lines = [line.strip() for line in lines if line.strip()]
        acts = acts_of([line for line in lines if not line.startswith("=>")], treaty)
        cases.append(WorkedCase(title, acts, tuple(line[2:].strip() for line in lines if line.startswith("=>"))))
    return cases


def acts_of(lines: Iterable[str], treaty: str) -> tuple[Act, ...]:
    """The acts of a case's lines, numbered from 2 as those of a file."""
    rows = [row for line in lines for row in _acts(line, treaty)]
    return tuple(act_of({**_row(row), "treaty": treaty}, number) for number, row in enumerate(rows, 2))


def _row(act: dict[str, str]) -> dict[str, str]:
    return dict.fromkeys(COLUMNS, "") | act


def _acts(line: str, treaty: str) -> Iterator[dict[str, str]]:
    said, *pairs = re.split(r"\s+(?=[a-z]+=)", line)
    day, who, action = said.split(maxsplit=2)
    columns = dict(pair.split("=", 1) for pair in pairs)
    for code in _codes(who):
        row = _row({"treaty": treaty, "participant": code, "action": action, "date": day} | columns)
        if faults := [f"{column}: {said}" for column, said in row_faults(row, INVENTED, {treaty})]:
            raise ValueError(f"{line}: {'; '.join(faults)}")
        yield row


def _codes(who: str) -> tuple[str, ...]:
    if who == "-":
        return ("",)
    first, dots, last = who.partition("..")
    return STATES[STATES.index(first) : STATES.index(last) + 1] if dots else (first,)


def check(case: WorkedCase, clauses: Clauses) -> list[str]:
    """The expectations of a case that do not hold, each with what holds instead; empty when all do."""
    effects = derive(case.acts, INVENTED, clauses)
    failed = []
    for expectation in case.expectations:
        for pattern, ask in _QUESTIONS:
            if found := re.fullmatch(pattern, expectation):
                expected, holds = ask(effects, *found.groups())
                if expected != holds:
                    failed.append(f"{expectation}: {holds}")
                break
        else:
            raise ValueError(f"{expectation!r} is not an expectation")
    return failed


def _day(text: str) -> date | None:
    return None if text == "never" else parse_date(text)


def _latest(effects: Effects, code: str, day: str, provision: str | None) -> tuple[object, object]:
    episode = effects.episodes(code)[-1]
    given = reasons.gives(effects, episode) if provision else None
    return (_day(day), provision), (episode.since, given or (provision and "none"))


def _codes_in(text: str) -> set[str]:
    return set() if text == "nothing" else set(text.split(", "))


def _found(effects: Effects, code: str, severity: str) -> set[str]:
    return {
        irregularity.code
        for irregularity in irregularities(effects)
        if irregularity.severity == severity
        and irregularity.act.participant == code
        and irregularity.code != "weekend-date"
    }


def _rests(effects: Effects, concerns: str, code: str, reading: str, day: str) -> tuple[object, object]:
    latest = nth(len(effects.episodes(code))) if code and effects.episodes(code) else ""
    resting = {one.reading: one.otherwise for one in effects.rests_on(concerns + latest, code)}
    return _day(day), resting.get(reading, "does not rest on it")


def _bound(effects: Effects, first: str, second: str, since: str, by: str | None, on: str) -> tuple[object, object]:
    relation = relations.between(effects, first, second, parse_date(on))
    expected = (_day(since), by.split(", ") if by else [])
    return expected, (relation.since, [identifier for identifier, _ in relation.amendments])


def _but_for(effects: Effects, first: str, second: str, provisions: str, on: str) -> tuple[object, object]:
    relation = relations.between(effects, first, second, parse_date(on))
    return (True, _codes_in(provisions)), (relation.bound, {plain(act.provision) for act in relation.objections})


def _left_out(effects: Effects, first: str, second: str, territories: str, on: str) -> tuple[object, object]:
    relation = relations.between(effects, first, second, parse_date(on))
    return (True, _codes_in(territories)), (relation.bound, {act.text for act in relation.territories})


def _reserved(effects: Effects, code: str, provision: str, state: str, on: str) -> tuple[object, object]:
    """The state of a participant's latest reservation to a provision."""
    made = [each for each in effects.reservations(code) if each.provision == provision and each.state(parse_date(on))]
    return state, made[-1].state(parse_date(on)) if made else None


def _votes(effects: Effects, code: str, number: str, day: str) -> tuple[object, object]:
    """The votes of a participant; of an organization where it votes and its members do not."""
    on = parse_date(day)
    found = electorate(effects.parties(on), effects.participants, on, {code} & effects.participants.organizations)
    return int(number), found.votes.get(code, 0)


_DATE = r"(\d{4}-\d\d-\d\d|never)"
_WHO = r"([A-Z][A-Z0-9]+)"

_QUESTIONS: tuple[tuple[str, Callable[..., tuple[object, object]]], ...] = (
    (f"in force {_DATE}", lambda e, day: (_day(day), e.in_force_on)),
    (f"threshold {_DATE}", lambda e, day: (_day(day), e.threshold_on)),
    (r"counted (\d+)", lambda e, number: (int(number), e.counted)),
    (r"deposited (\d+)", lambda e, number: (int(number), e.deposited)),
    (rf"{_WHO} in force {_DATE}(?: by (\S+))?", _latest),
    (f"{_WHO} ceases {_DATE}", lambda e, who, day: (_day(day), e.episodes(who)[-1].until)),
    (f"{_WHO} is ([a-z ]+) on {_DATE}", lambda e, who, what, day: (what, e.standing(who, parse_date(day)))),
    (rf"{_WHO} took part (\d+) times", lambda e, who, number: (int(number), len(e.episodes(who)))),
    (rf"counted (\d+) on {_DATE}", lambda e, number, day: (int(number), e.counted_on(parse_date(day)))),
    (rf"deposited (\d+) on {_DATE}", lambda e, number, day: (int(number), e.deposited_on(parse_date(day)))),
    (f"refused {_WHO}: (.+)", lambda e, who, codes: (_codes_in(codes), _found(e, who, "refused"))),
    ("refused nobody: (.+)", lambda e, codes: (_codes_in(codes), _found(e, "", "refused"))),
    (f"warned {_WHO}: (.+)", lambda e, who, codes: (_codes_in(codes), _found(e, who, "warning"))),
    ("nothing refused", lambda e: ([], [one for one in irregularities(e) if one.severity == "refused"])),
    (f"conference by {_DATE}", lambda e, day: (_day(day), e.conference_by)),
    (f"proposals from {_DATE}", lambda e, day: (_day(day), e.proposals_from)),
    (f"quorum {_DATE}", lambda e, day: (_day(day), e.quorum_reached_on)),
    (rf"{_WHO} bound by (\S+) from {_DATE}", lambda e, who, a, day: (_day(day), e.amendment_binds_from(a, who))),
    (rf"{_WHO} has (\d+) votes on {_DATE}", _votes),
    (rf"{_WHO} and {_WHO} bound since {_DATE}(?: by ([A-Z0-9, ]+))? on {_DATE}", _bound),
    (
        f"{_WHO} and {_WHO} not bound on {_DATE}",
        lambda e, a, b, on: (False, relations.between(e, a, b, parse_date(on)).bound),
    ),
    (rf"{_WHO} and {_WHO} bound but for (.+) on {_DATE}", _but_for),
    (rf"{_WHO} and {_WHO} leave out (.+) on {_DATE}", _left_out),
    (rf"{_WHO} (\S+\)) is ([a-z ]+) on {_DATE}", _reserved),
    (rf"in force rests on (\S+): {_DATE}", lambda e, r, day: _rests(e, "entry_into_force", "", r, day)),
    (rf"{_WHO} in force rests on (\S+): {_DATE}", lambda e, w, r, day: _rests(e, "entry_into_force", w, r, day)),
    (rf"{_WHO} ceases rests on (\S+): {_DATE}", lambda e, w, r, day: _rests(e, "ceases", w, r, day)),
    (rf"{_WHO} bound by (\S+) rests on (\S+): {_DATE}", lambda e, w, a, r, d: _rests(e, f"amendment:{a}", w, r, d)),
    (rf"proposals rest on (\S+): {_DATE}", lambda e, r, d: _rests(e, "amendments_may_be_proposed_from", "", r, d)),
    (rf"quorum rests on (\S+): {_DATE}", lambda e, r, d: _rests(e, "protocol_quorum_reached_on", "", r, d)),
    (rf"conference rests on (\S+): {_DATE}", lambda e, r, d: _rests(e, "conference_by", "", r, d)),
)
