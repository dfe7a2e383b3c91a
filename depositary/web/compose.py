"""Composes the pages: asks the law, and puts what it finds in a page's order."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from pathlib import Path

from depositary.collection import Collection
from depositary.dates import parse_date
from depositary.law import reasons, relations
from depositary.law.contents import APPLIED_BY, GIVES_RISE_TO_NO_DATE
from depositary.law.effects import Effects
from depositary.law.examination import irregularities
from depositary.law.readings import READINGS
from depositary.register import Entry, as_known
from depositary.web.pages import (
    ArticlePage,
    EntryPage,
    Frame,
    FrontPage,
    Note,
    ParticipantPage,
    RegisterPage,
    Row,
    Rule,
    StatusPage,
    Summary,
    Upcoming,
    Warned,
)
from depositary.web.texts import Article, articles
from depositary.words import Language

OTHER_TREATIES = "Treaties"


def front(frame: Frame, collection: Collection, every: Sequence[Effects]) -> FrontPage:
    """The treaties by chapter, each with its state."""
    found = [
        Summary(
            effects.clauses,
            reasons.entry_into_force(effects),
            effects.counted,
            effects.clauses.entry_into_force.instruments if effects.clauses.entry_into_force else 0,
            len(effects.parties(frame.on)),
        )
        for effects in sorted(every, key=lambda one: (one.clauses.chapter, one.clauses.id))
    ]
    chapters = groupby(found, key=lambda one: one.clauses.chapter or OTHER_TREATIES)
    return FrontPage(frame, tuple((chapter, tuple(of_it)) for chapter, of_it in chapters))


def status(frame: Frame, collection: Collection, effects: Effects) -> StatusPage:
    """The status of a treaty on a day."""
    clause, on, language = effects.clauses.entry_into_force, frame.on, frame.language
    notes = _notes(effects, frame)
    rows = [_row(effects, code, on, language, notes) for code in effects.codes]
    held = [row.standing for row in rows]
    standings = ("signatory", "contracting", "party", "former party")
    made = effects.history.signatures
    totals = [("signatories", len(made)), *((name, held.count(name)) for name in standings[1:])]
    text = articles(_text(collection, effects.clauses.id))
    return StatusPage(
        frame=frame,
        effects=effects,
        finding=reasons.entry_into_force(effects),
        required=clause.instruments if clause else 0,
        counted=effects.counted,
        deposited=effects.deposited,
        totals=tuple(totals),
        rows=tuple(sorted(rows, key=lambda row: _sorting(row.name))),
        notes=notes,
        reservations=tuple(
            (code, language.name(effects.participants, code, on), made)
            for code in effects.codes
            if (made := relations.standing_reservations(effects, code, on))
        ),
        upcoming=_upcoming(effects, on, language),
        milestones=reasons.milestones(effects),
        irregularities=_warned(effects, language),
        complete_as_of=complete_as_of(collection.folder / "SOURCES.md") if effects.clauses.id == "XVIII-16" else None,
        protocols=collection.protocols(effects.clauses.id),
        convention=collection.treaties.get(effects.clauses.parent),
        articles=tuple(text),
    )


def _sorting(name: str) -> str:
    """A name as it is looked up: without marks on letters, in small letters."""
    return name.casefold().replace("ü", "u").replace("ô", "o").replace("é", "e")


def _row(effects: Effects, code: str, on: date, language: Language, notes: Sequence[Note]) -> Row:
    episodes, signature = effects.episodes(code), effects.history.signatures.get(code)
    standing = effects.standing(code, on)
    standing_consent = episodes[-1].consent if episodes and standing not in ("signatory", "none") else None
    return Row(
        code,
        language.name(effects.participants, code, on),
        standing,
        signature.date if signature else None,
        standing_consent,
        episodes[-1].since if standing_consent else None,
        standing == "former party",
        next((note.number for note in notes if note.code == code), 0),
    )


def _notes(effects: Effects, frame: Frame) -> tuple[Note, ...]:
    ended = [code for code in effects.codes if any(one.until for one in effects.episodes(code))]
    return tuple(
        Note(
            number,
            code,
            frame.language.name(effects.participants, code, frame.on),
            reasons.standing(effects, code, frame.on),
        )
        for number, code in enumerate(ended, start=1)
    )


def _upcoming(effects: Effects, on: date, language: Language) -> tuple[Upcoming, ...]:
    """What happens next: last days of signature, and days of effect."""
    found = []
    if effects.clauses.signature:
        for period in effects.clauses.signature.periods:
            if on <= period.until and period.until.year < 2999:
                said = "Last day of signature at {place}" if period.place else "Last day of signature"
                found.append(Upcoming(period.until, language.say(said, {"place": period.place})))
    for concerns, code, day in effects.dates:
        if day is not None and day > on:
            name = language.name(effects.participants, code, on) if code else ""
            found.append(Upcoming(day, _what(concerns, name, language)))
    return tuple(sorted(found, key=lambda one: (one.day, one.what)))


def _what(concerns: str, name: str, language: Language) -> str:
    facts = {"name": name, "amendment": concerns.partition(":")[2]}
    sentences = {
        "conference_by": "The Conference is to be convened by this day",
        "amendments_may_be_proposed_from": "Amendments may be proposed from this day",
        "protocol_quorum_reached_on": "There are States Parties enough for a protocol",
    }
    if concerns.startswith("ceases"):
        return language.say("Ceases to bind {name}", facts)
    if concerns.startswith("amendment:"):
        return language.say("Amendment {amendment} binds {name}", facts)
    if concerns.startswith("entry_into_force"):
        return language.say("Enters into force for {name}" if name else "Enters into force", facts)
    return language.say(sentences[concerns])


def _warned(effects: Effects, language: Language) -> tuple[Warned, ...]:
    found = sorted(irregularities(effects), key=lambda one: (one.severity, one.code, one.act.number))
    return tuple(
        Warned(
            code,
            severity,
            tuple((one.act.number, language.irregularity(one, effects.participants)) for one in alike),
        )
        for (severity, code), alike in groupby(found, key=lambda one: (one.severity, one.code))
    )


def complete_as_of(sources: Path) -> date | None:
    """The day up to which the data is complete, as its sources say; None where they do not."""
    said = (
        re.search(r"^complete as of: (\S+)$", sources.read_text("utf-8"), re.MULTILINE) if sources.is_file() else None
    )
    return parse_date(said[1]) if said else None


def participant(frame: Frame, effects: Effects, code: str) -> ParticipantPage:
    """One participant under one treaty: its standing, its acts, its dates and their reasons."""
    name = effects.participants[code].name_on(frame.on)
    return ParticipantPage(
        frame,
        effects,
        code,
        name.short[frame.language.code],
        name.formal,
        effects.standing(code, frame.on),
        reasons.standing(effects, code, frame.on),
        tuple(reasons.amendment_for(effects, identifier, code) for identifier in effects.history.amendments),
        tuple(sorted((act for act in effects.case.acts if act.participant == code), key=lambda act: act.order)),
        tuple(
            (one.act.number, one.severity, frame.language.irregularity(one, effects.participants))
            for one in irregularities(effects)
            if one.act.participant == code
        ),
    )


def article(frame: Frame, collection: Collection, treaty: str, number: int) -> ArticlePage | None:
    """An article beside its rules and readings; None where the text has no such article."""
    found = articles(_text(collection, treaty))
    if number not in found:
        return None
    return ArticlePage(
        frame,
        found[number],
        tuple(_rules(found[number])),
        tuple(one for one in READINGS.values() if one.provision.partition("(")[0] == str(number)),
        number - 1 if number - 1 in found else None,
        number + 1 if number + 1 in found else None,
    )


def _rules(text: Article) -> list[Rule]:
    numbers = [f"{text.number}({line.number})" for line in text.lines if line.number.isdigit()]
    found = []
    for provision in numbers:
        if provision in GIVES_RISE_TO_NO_DATE:
            found.append(Rule(provision, "", "", "", GIVES_RISE_TO_NO_DATE[provision]))
        elif provision in APPLIED_BY:
            rule = APPLIED_BY[provision]
            found.append(Rule(provision, rule.__name__, rule.__module__, (rule.__doc__ or "").strip(), ""))
    return found


def register(frame: Frame, entries: Sequence[Entry], treaty: str) -> RegisterPage:
    """The entries under a treaty, the latest first."""
    standing = {entry.number for entry in as_known(entries)}
    own = [entry for entry in entries if entry.act is not None and entry.act.treaty == treaty]
    return RegisterPage(frame, tuple((entry, entry.number in standing) for entry in reversed(own)))


def entry(frame: Frame, entries: Sequence[Entry], effects: Effects, number: int) -> EntryPage | None:
    """One entry; None where the register has none of that number under the treaty."""
    found = next((one for one in entries if one.number == number), None)
    if found is None or found.act is None or found.act.treaty != effects.clauses.id:
        return None
    rectified_by = next((one.number for one in entries if one.rectifies == number), None)
    wrong = tuple(
        frame.language.irregularity(one, effects.participants)
        for one in irregularities(effects)
        if one.act.number == number
    )
    return EntryPage(frame, found, rectified_by, wrong)


def _text(collection: Collection, treaty: str) -> Path:
    return collection.folder / "treaties" / f"{treaty}.md"
