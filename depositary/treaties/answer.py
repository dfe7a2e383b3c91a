"""The answer: the whole legal status of a treaty on a day, as data. Its form may be relied on."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from depositary.law import reasons
from depositary.law.acts import Act
from depositary.law.effects import Effects
from depositary.law.examination import Irregularity, irregularities
from depositary.law.findings import Value
from depositary.law.history import Episode
from depositary.law.readings import READINGS, Moved
from depositary.treaties.csv_files import spreadsheet_field
from depositary.treaties.sources import last_day_at_hand, reported
from depositary.words import Language

Answer = dict[str, Any]

STATUS_COLUMNS = (
    "code",
    "name",
    "kind",
    "standing",
    "signature",
    "consent",
    "consent_date",
    "counted",
    "entry_into_force",
    "provision",
    "denunciation_received",
    "ceases",
    "complete_as_of",
)
"""The columns of the status as a table: one row for each participant."""


def answer(
    effects: Effects, on: date, known_at: datetime | None, language: Language, folder: Path | None = None
) -> Answer:
    """The answer of `compute`, `status` and the web for a treaty on a day. Dates are ISO 8601 text, or None.

    `folder` has the data of the register: it says how complete the acts are, and what is reported beside them.
    """
    standings = {code: effects.standing(code, on) for code in effects.codes}
    held = list(standings.values())
    clause = effects.clauses.entry_into_force
    return {
        "treaty": {"id": effects.clauses.id, "title": effects.clauses.title},
        "on": on.isoformat(),
        "known_at": known_at.isoformat() if known_at else None,
        "entry_into_force": {
            "date": _iso(effects.in_force_on),
            "provision": clause.provision if clause else None,
            "required": clause.instruments if clause else None,
            "counted": effects.counted_on(on),
            "deposited": effects.deposited_on(on),
            "threshold_reached_on": _iso(effects.threshold_on),
            "readings": [one.reading for one in effects.rests_on("entry_into_force")],
        },
        "totals": {
            "signatories": len(effects.history.signatures),
            "contracting": held.count("contracting"),
            "parties": held.count("party"),
            "former_parties": held.count("former party"),
        },
        "not_expressed": [
            {"provision": provision, "words": words} for provision, words in effects.clauses.not_expressed.items()
        ],
        "complete_as_of": _iso(last_day_at_hand(folder, effects)) if folder else None,
        "reported": [asdict(report) for report in reported(folder, effects, on)] if folder else [],
        "participants": [participant(effects, code, on, language) for code in effects.codes],
        "amendments": [
            {
                "id": identifier,
                "adopted": amendment.act.date.isoformat(),
                "in_force": [
                    {"code": code, "from": day.isoformat()}
                    for code in effects.codes
                    if (day := effects.amendment_binds_from(identifier, code))
                ],
            }
            for identifier, amendment in sorted(effects.history.amendments.items())
        ],
        "milestones": {
            "conference_by": _iso(effects.conference_by),
            "amendments_may_be_proposed_from": _iso(effects.proposals_from),
            "protocol_quorum_reached_on": _iso(effects.quorum_reached_on),
        },
        "irregularities": irregularity_rows(irregularities(effects), effects, language),
        "open_readings": [open_reading(effects, one) for one in effects.open_readings(on)],
    }


def participant(effects: Effects, code: str, on: date, language: Language) -> Answer:
    """One participant's row; the fields at the top describe its latest participation.

    An instrument withdrawn by the day is in the episodes alone.
    """
    episodes = effects.episodes(code)
    last = next((one for one in reversed(episodes) if one.took_effect or one.until is None or on < one.until), None)
    signature = effects.history.signatures.get(code)
    clause = effects.clauses.entry_into_force
    counted = code not in effects.participants.organizations or code in effects.history.counted
    return {
        "code": code,
        "name": language.name(effects.participants, code, on),
        "kind": effects.participants[code].kind,
        "standing": effects.standing(code, on),
        "signature": _iso(signature.date) if signature else None,
        "consent": _consent(last.consent) if last else None,
        "counted": counted and effects.counts(code, on) is not None,
        "entry_into_force": _iso(last.since) if last else None,
        "provision": (reasons.gives(effects, last) if last else clause.provision) if clause else None,
        "denunciation": _denunciation(last) if last else None,
        "ceases": _iso(last.until) if last and last.took_effect else None,
        "episodes": [
            {"consent": _consent(episode.consent), "from": _iso(episode.since), "until": _iso(episode.until)}
            for episode in episodes
        ],
        "amendments": [
            {"id": identifier, "from": day.isoformat()}
            for identifier in sorted(effects.history.amendments)
            if (day := effects.amendment_binds_from(identifier, code))
        ],
    }


def table(given: Answer) -> list[Answer]:
    """The participants of an answer, each with the day up to which the acts are complete."""
    return [{**row, "complete_as_of": given["complete_as_of"]} for row in given["participants"]]


def flat(row: Answer) -> Answer:
    """A participant's row in the columns of a table, each field fit for a spreadsheet."""
    return {name: spreadsheet_field(value) for name, value in columns(row).items()}


def columns(row: Answer) -> Answer:
    """A participant's row in the columns of a table."""
    consent = row["consent"] or {"action": None, "date": None}
    received = (row["denunciation"] or {"received": None})["received"]
    row = row | {"consent": consent["action"], "consent_date": consent["date"], "denunciation_received": received}
    return {name: row[name] for name in STATUS_COLUMNS}


def open_reading(effects: Effects, moved: Moved) -> Answer:
    """A date that rests on an open reading, with what the other reading gives and the ruling, if there is one."""
    reading = READINGS[moved.reading]
    ruling = effects.rulings.get(moved.reading)
    return {
        "name": moved.reading,
        "status": reading.status,
        "provision": reading.provision,
        "concerns": moved.concerns,
        "participant": moved.participant or None,
        "date": _iso(moved.value) if isinstance(moved.value, date) else None,
        "value": _plain(moved.value),
        "otherwise": _plain(moved.otherwise),
        "ruling": {"choice": ruling.text, "date": ruling.date.isoformat(), "row": ruling.number} if ruling else None,
    }


def irregularity_rows(found: Iterable[Irregularity], effects: Effects, language: Language) -> list[Answer]:
    """Irregularities as data, by the row of the file or the number of the entry."""
    return [
        {
            "row": irregularity.act.number,
            "code": irregularity.code,
            "severity": irregularity.severity,
            "provision": irregularity.provision,
            "message": language.irregularity(irregularity, effects.participants),
        }
        for irregularity in found
    ]


def _denunciation(episode: Episode) -> Answer | None:
    if episode.denounced is not None:
        received, effective = episode.denounced.act.date, episode.denounced.effective
        return {"received": received.isoformat(), "effective": effective.isoformat()}
    act = episode.ended_by
    if act is None or act.action != "denunciation" or episode.until is None or not episode.took_effect:
        return None
    return {"received": act.date.isoformat(), "effective": episode.until.isoformat()}


def _consent(act: Act) -> Answer:
    return {"action": act.action, "date": act.date.isoformat()}


def _plain(value: Value) -> str | int | None:
    """A value as data: a date as ISO 8601 text."""
    return value.isoformat() if isinstance(value, date) else value


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
