"""Real treaties' published dates, by the rule each row of `vectors.csv` names (its sources stand in the file)."""

import csv
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from depositary.law.acts import CONSENTS, Act, Action
from depositary.law.clauses import Clauses
from depositary.law.derivation import derive
from depositary.law.effects import Effects
from depositary.law.participants import Membership, Name, Participant, Participants
from depositary.treaties.cases import INVENTED, STATES

MANY = tuple(f"T{n:03}" for n in range(70))
WORLD = Participants(
    [
        *(INVENTED[code] for code in (*STATES, "ORG")),
        *(Participant(code, "state", (Name({"en": code}, ""),)) for code in MANY),
    ],
    [Membership("ORG", code, date(1958, 1, 1)) for code in MANY[:5]],
)

ROME = {"days": 60, "on": "first of month following"}
MINES = {"months": 6, "on": "first of month"}

# For a row about one party: the number of instruments, general and own period, the day the number was reached.
TREATIES: dict[str, tuple[int, dict[str, Any], dict[str, Any], str]] = {
    "UNTOC": (40, {"days": 90}, {"days": 30}, "2003-07-01"),
    "UNCAC": (30, {"days": 90}, {"days": 30}, "2005-09-15"),
    "FCTC": (40, {"days": 90}, {"days": 90}, "2004-11-29"),
    "Trafficking Protocol": (40, {"days": 90}, {"days": 30}, "2003-09-26"),
    "Terrorist Bombings": (22, {"days": 30}, {"days": 30}, "2001-04-23"),
    "Paris": (55, {"days": 30}, {"days": 30}, "2016-10-05"),
    "1988 Drugs": (20, {"days": 90}, {"days": 90}, "1990-08-13"),
    "Rome Statute": (60, ROME, ROME, "2002-04-11"),
    "Kyoto": (55, {"days": 90}, {"days": 90}, "2004-11-18"),
    "Ottawa": (40, MINES, MINES, "1998-09-16"),
    "same": (60, ROME, ROME, "2002-04-11"),
}

with (Path(__file__).parent / "vectors.csv").open(encoding="utf-8") as file:
    VECTORS = list(csv.DictReader(file))


def clauses(number: int, general: dict[str, Any], own: dict[str, Any], **more: Any) -> Clauses:
    entry = {"provision": "1", "instruments": number, "after": general, "participant": {"provision": "2", "after": own}}
    leaving = {"provision": "3", "after": more.pop("leaving", {"years": 1})}
    entry |= {key: more.pop(key) for key in ("not_before", "not_before_treaty") if key in more}
    return Clauses.model_validate(
        {"id": "T-1", "title": "T", "entry_into_force": entry, "denunciation": leaving, **more}
    )


def deposits(number: int, reached: date) -> list[Act]:
    """All but one on the days before, the last on the day itself."""
    days = [reached - timedelta(days=1 + n) for n in range(number - 1)] + [reached]
    return [Act("T-1", code, "ratification", day) for code, day in zip(MANY, days, strict=False)]


def treaty_of(vector: dict[str, str]) -> str:
    return max((name for name in TREATIES if vector["treaty"].startswith(name)), key=len)


def one_party(vector: dict[str, str], *acts: Act, **more: Any) -> Effects:
    number, general, own, reached = TREATIES[treaty_of(vector)]
    day = date.fromisoformat(reached)
    early = sum(act.date <= day and act.action in CONSENTS and act.participant not in MANY for act in acts)
    others = deposits(number - early, day)
    return derive([*others, *acts], WORLD, clauses(number, general, own, **more))


def general(vector: dict[str, str]) -> date | None:
    reached, _, convention = vector["input"].partition("|")
    rule = vector["rule"]
    counted = re.search(r"(\d+)\w\w\+(\d+)", rule)
    days = counted[2] if counted else re.search(r'"(\d+) days after"', rule)[1]  # type: ignore[index]
    number = int(counted[1]) if counted else 50
    waiting = {"not_before": date.fromisoformat(convention)} if convention else {}
    acts = deposits(number, date.fromisoformat(reached))
    if "REIO" in rule or "EU" in rule:
        acts.append(Act("T-1", "ORG", "approval", date.fromisoformat(reached) - timedelta(days=1)))
    if "withdrawn" in rule:
        acts += [
            Act("T-1", "S01", "ratification", acts[0].date),
            Act("T-1", "S01", "withdrawal of instrument", acts[0].date),
        ]
    return derive(acts, WORLD, clauses(number, {"days": int(days)}, {"days": 30}, **waiting)).in_force_on


def party(vector: dict[str, str]) -> date | None:
    code = "ORG" if "European Union" in vector["treaty"] else "S01"
    action: Action = (
        "accession" if "(a)" in vector["treaty"] else "acceptance" if "(A)" in vector["treaty"] else "approval"
    )
    return one_party(vector, Act("T-1", code, action, date.fromisoformat(vector["input"]))).since[code]


def denunciation(vector: dict[str, str]) -> date | None:
    leaving = {"months": 6} if "6 months" in vector["rule"] else {"years": 1}
    act = Act("T-1", MANY[0], "denunciation", date.fromisoformat(vector["input"]))
    return one_party(vector, act, leaving=leaving).episodes(MANY[0])[-1].until


def rescinded(vector: dict[str, str]) -> date | None:
    received, revoked = map(date.fromisoformat, vector["input"].split("|"))
    acts = (Act("T-1", MANY[0], "denunciation", received), Act("T-1", MANY[0], "revocation of denunciation", revoked))
    effects = one_party(vector, *acts)
    assert effects.standing(MANY[0], date(2030, 1, 1)) == "party"
    return effects.episodes(MANY[0])[-1].until


def withdrawn(vector: dict[str, str]) -> date | None:
    deposited, withdrawn = map(date.fromisoformat, vector["input"].split("|"))
    acts = (Act("T-1", "S01", "accession", deposited), Act("T-1", "S01", "withdrawal of instrument", withdrawn))
    effects = one_party(vector, *acts)
    assert effects.standing("S01", date(2030, 1, 1)) == "none"
    assert one_party(vector, acts[0]).since["S01"] == date(2019, 6, 1)
    return effects.episodes("S01")[-1].since


def amended(vector: dict[str, str]) -> date | None:
    adopted = Act("T-1", "", "amendment adoption", date(2010, 6, 10), subject="amendment:A8")
    consent = Act("T-1", MANY[0], "ratification", date.fromisoformat(vector["input"]), subject="amendment:A8")
    effects = one_party(vector, adopted, consent, amendment={"provision": "121(5)", "after": {"years": 1}})
    return effects.amendment_binds_from("A8", MANY[0])


def again(vector: dict[str, str]) -> date | None:
    acts = [
        Act("T-1", MANY[0], "denunciation", date(2019, 11, 4)),
        Act("T-1", MANY[0], "acceptance", date.fromisoformat(vector["input"])),
    ]
    effects = one_party(vector, *acts)
    assert len(effects.episodes(MANY[0])) == 2
    return effects.since[MANY[0]]


EVENTS = {
    "general": general,
    "party": party,
    "denunciation": denunciation,
    "rescinded denunciation": rescinded,
    "instrument withdrawn before effect": withdrawn,
    "amendment per party": amended,
    "amendment per party by newcomer": amended,
    "denunciation (six months)": denunciation,
    "REIO party date": party,
    "re-acceptance": again,
}


def event(vector: dict[str, str]) -> str:
    said = f"{vector['event']} {vector['treaty']} {vector['rule']}"
    if "re-acceptance" in said:
        return "re-acceptance"
    if "rescinded" in said or vector["rule"].startswith("never takes effect"):
        return "rescinded denunciation"
    if "withdrawn before effect" in said:
        return "instrument withdrawn before effect"
    if "amendment per party" in said:
        return "amendment per party"
    return "denunciation" if vector["event"].startswith("denunciation") else vector["event"]


def windows() -> list[dict[str, str]]:
    return [vector for vector in VECTORS if "signature" in vector["treaty"] or "signature" in vector["event"]]


@pytest.mark.parametrize(
    "vector", [one for one in VECTORS if one not in windows()], ids=lambda vector: f"{vector['id']} {vector['treaty']}"
)
def test_the_published_date_comes_out(vector: dict[str, str]) -> None:
    published = re.search(r"\d{4}-\d\d-\d\d", vector["expected"])
    holds = EVENTS[event(vector)](vector)
    assert holds == (date.fromisoformat(published[0]) if published and "would" not in vector["expected"] else None)


@pytest.mark.parametrize("vector", windows(), ids=lambda vector: f"{vector['id']} {vector['treaty']}")
def test_the_last_day_of_signature_is_open(vector: dict[str, str]) -> None:
    last = date.fromisoformat(next(day for key in ("input", "expected", "rule") if (day := _day(vector[key]))))
    window = clauses(40, {"days": 90}, {"days": 30}, signature={"period": [{"from": date(1998, 1, 1), "until": last}]})
    day_after = last + timedelta(days=1)
    effects = derive([Act("T-1", "S01", "signature", last), Act("T-1", "S02", "signature", day_after)], WORLD, window)
    assert set(effects.history.signatures) == {"S01"}


def _day(text: str) -> str:
    found = re.search(r"\d{4}-\d\d-\d\d", text)
    return found[0] if found else ""


def test_with_the_organization_counted_rotterdam_would_come_out_wrong() -> None:
    reached = date(2003, 11, 26)
    acts = [*deposits(50, reached), Act("T-1", "ORG", "approval", date(2002, 12, 20))]
    rule = clauses(50, {"days": 90}, {"days": 90})
    entry = rule.entry_into_force
    assert entry is not None
    counted = rule.model_copy(update={"entry_into_force": entry.model_copy(update={"reio_counted": True})})
    assert derive(acts, WORLD, rule).in_force_on == date(2004, 2, 24)
    assert derive(acts, WORLD, counted).in_force_on == date(2004, 2, 23)
