"""Why: the findings behind the dates, built when they are asked for.

Each ends in the acts it rests on; each derived date carries the readings it rests on and the date the other
reading gives.
"""

import re
from datetime import date

from depositary.law import grounds
from depositary.law.articles import amendment, protocols
from depositary.law.articles import entry_into_force as articles_65
from depositary.law.clause_tables import After
from depositary.law.clauses import CONVENTION
from depositary.law.effects import Effects, nth
from depositary.law.findings import Finding, UnderReading, Value
from depositary.law.history import Denounced, Episode


def entry_into_force(effects: Effects) -> Finding:
    """65(1): when the treaty enters into force, or that it does not yet."""
    clause = effects.clauses.entry_into_force
    if clause is None:
        return Finding("not-in-force", None)
    words = effects.clauses.words(clause.provision)
    if effects.threshold_on is None:
        reason = grounds.not_reached(effects, clause)
        return Finding("not-yet-in-force", None, clause.provision, words, because=reason, under=_under(effects))
    counted = effects.instruments_counted(effects.threshold_on)
    threshold = Finding(
        "threshold",
        effects.threshold_on,
        clause.provision,
        words,
        {"required": clause.instruments, "counted": len(counted)},
        acts=counted,
    )
    because = [threshold, *grounds.from_among(clause, words, counted)]
    if clause.not_before is not None and effects.in_force_on == clause.not_before:
        because.append(Finding("not-before-day", clause.not_before, clause.provision))
    if clause.not_before_treaty:
        other = (effects.case.elsewhere or {}).get(clause.not_before_treaty)
        because.append(
            Finding("not-before-treaty", other, clause.provision, facts={"treaty": clause.not_before_treaty})
        )
    if effects.in_force_on is None:
        return Finding("not-yet-in-force", None, clause.provision, words, because=tuple(because))
    facts: dict[str, Value] = {"since": effects.threshold_on, **_period(clause.after)}
    if effects.history.treaty_day and effects.history.treaty_day(effects.threshold_on) != effects.in_force_on:
        facts["held_back"] = True
    if clause.among is not None:
        facts["nth"] = len(counted)
    return Finding(
        "entry-into-force",
        effects.in_force_on,
        clause.provision,
        words,
        facts,
        because=tuple(because),
        under=_under(effects),
    )


def standing(effects: Effects, code: str, on: date) -> Finding:
    """Where a participant stands on a day, and why."""
    where = effects.standing(code, on)
    episodes = effects.episodes(code)
    signature = effects.signature(code, on)
    withdrawn = (*grounds.signatures_withdrawn(effects, code, on), *(ending(effects, code, each) for each in episodes))
    if where == "none":
        return Finding("no-relation", where, because=withdrawn)
    if where == "signatory":
        assert signature is not None
        return Finding("signatory", where, acts=(signature,), because=withdrawn)
    about = {"contracting": "contracting", "party": "party", "former party": "former-party"}[where]
    because = []
    for number, episode in enumerate(episodes, start=1):
        because.append(participation(effects, code, episode, number))
        if episode.until is not None:
            because.append(ending(effects, code, episode))
    because += grounds.revocations(effects, code)
    return Finding(about, where, acts=(signature,) if signature else (), because=tuple(because))  # type: ignore[arg-type]


def participation(effects: Effects, code: str, episode: Episode, number: int) -> Finding:
    """65(1)-(2): when the treaty enters into force for one participant, by one consent."""
    clause = effects.clauses.entry_into_force
    consent = Finding(
        "consent", episode.consent.date, facts={"action": episode.consent.action}, acts=(episode.consent,)
    )
    general = entry_into_force(effects)
    under = _under(effects, "entry_into_force" + nth(number), code)
    of_it = (
        tuple(grounds.of_an_organization(effects, code, episode)) if code in effects.participants.organizations else ()
    )
    if clause is None or episode.since is None:
        because_of = (consent, *of_it, general)
        return Finding("contracting", None, general.provision, general.words, because=because_of, under=under)
    because = [consent, *of_it, general]
    facts: dict[str, Value] = {"deposited": episode.consent.date}
    if effects.history.convention is not None:
        under_convention = protocols.participation(effects.history.convention, episode.consent)
        assert under_convention is not None
        day = under_convention.since
        provision = effects.clauses.number("needs convention")
        words, parent = effects.clauses.words(provision), effects.clauses.parent
        because.append(Finding("protocol-with-convention", day, provision, words, {"treaty": parent}))
    provision = gives(effects, episode)
    words = effects.clauses.words(provision)
    if episode.consent.action == "succession":
        facts["since"] = articles_65.succeeds_on(episode.consent)
        return Finding(
            "entry-into-force-by-succession",
            episode.since,
            provision,
            words,
            facts,
            because=tuple(because),
            under=under,
        )
    if clause.participant is None or provision == clause.provision:
        among = effects.threshold_on is not None and episode.consent.date <= effects.threshold_on
        about = "entry-into-force-at-threshold" if among else "entry-into-force-with-the-treaty"
    else:
        about = "entry-into-force-after-threshold"
        assert effects.history.participant_day is not None
        facts |= {
            "own": effects.history.participant_day(episode.consent.date),
            "general": effects.in_force_on,
        }
        facts |= _period(clause.participant.after)
    return Finding(about, episode.since, provision, words, facts, because=tuple(because), under=under)  # type: ignore[arg-type]


def gives(effects: Effects, episode: Episode) -> str:
    """The provision that gives the date of entry into force for a participant: 65(1) or 65(2).

    "" for a successor, whom no clause gives a day, unless the treaty's own came later.
    """
    clause = effects.clauses.entry_into_force
    if clause is None:
        return ""
    if episode.consent.action == "succession" and episode.since is not None and episode.since != effects.in_force_on:
        return ""
    limit = effects.history.later_ones_from
    after = limit is not None and episode.consent.date > limit
    return clause.participant.provision if after and clause.participant else clause.provision


def ending(effects: Effects, code: str, episode: Episode) -> Finding:
    """67, or the withdrawal of an instrument: why a participation ends."""
    act, clauses, denounced = episode.ended_by, effects.clauses, episode.denounced
    place = effects.episodes(code).index(episode) + 1
    under = _under(effects, "ceases" + nth(place), code)
    if episode.cause == "withdrawal" and act is not None:
        return Finding("withdrawn", act.date, facts={"received": act.date}, acts=(act,), under=under)
    if episode.cause == "denunciation" and denounced is not None:
        return denunciation(effects, denounced, under)
    also = (denunciation(effects, denounced),) if denounced is not None else ()
    if episode.cause == "convention" and act is not None and act.action == "withdrawal of instrument":
        provision, facts = clauses.number("needs convention"), {"received": act.date}
        return Finding("withdrawn", act.date, provision, facts=facts, acts=(act,))
    if episode.cause == "convention":
        assert effects.history.convention is not None
        provision = effects.history.convention.clauses.number("entails")
        if provision and clauses.parent != CONVENTION:
            provision = f"{provision} of {clauses.parent}"
        of = {"treaty": clauses.parent}
        acts = (act,) if act is not None else ()
        return Finding(
            "denunciation-entailed", episode.until, provision, facts=of, because=also, acts=acts, under=under
        )
    if episode.cause == "members" and episode.until is not None:
        members = tuple(grounds.members_denunciations(effects, code, episode.until))
        provision = clauses.number("ceases with members")
        words = clauses.words(provision)
        return Finding("organization-ceases", episode.until, provision, words, because=(*members, *also), under=under)
    return Finding("ceased-to-exist", episode.until, facts={"participant": code}, because=also, under=under)


def denunciation(effects: Effects, denounced: Denounced, under: tuple[UnderReading, ...] = ()) -> Finding:
    """67(1): a denunciation and the day it takes effect."""
    clause = effects.clauses.denunciation
    assert clause is not None
    facts = {"received": denounced.act.date, **_period(clause.after)}
    words = effects.clauses.words(clause.provision)
    return Finding(
        "denunciation", denounced.effective, clause.provision, words, facts, acts=(denounced.act,), under=under
    )


def amendment_for(effects: Effects, identifier: str, code: str, number: int = 0) -> Finding:
    """66(4)-(5): from when an amendment binds a participant, or that it does not: in one of its participations.

    The first is 1; without a number, in the latest.
    """
    clause, adopted, episodes = (
        effects.clauses.amendment,
        effects.history.amendments[identifier],
        effects.episodes(code),
    )
    place = (number or len(episodes)) - 1
    day = effects.amendment_bound(identifier, code, place) if episodes else None
    under = _under(effects, f"amendment:{identifier}" + nth(max(place, 0) + 1), code)
    facts: dict[str, Value] = {"amendment": identifier}
    history = effects.history
    if day is None or clause is None:
        provision = effects.clauses.number("amendment binding")
        words = effects.clauses.words(provision)
        said = amendment.declined(history, adopted, code, place, effects.episodes) if episodes else None
        if said is not None:
            acts = (adopted.act, said)
            return Finding("amendment-declined", None, "VCLT 40(5)", facts=facts, acts=acts, under=under)
        return Finding("amendment-not-binding", None, provision, words, facts, acts=(adopted.act,), under=under)
    consent = adopted.consents.get((code, place))
    own = amendment.own_day(history, consent, episodes[place].since) if consent is not None else None
    if consent is None or own != day:
        return Finding("bound-as-amended", day, "VCLT 40(5)", facts=facts, acts=(adopted.act,), under=under)
    words, acts = effects.clauses.words(clause.provision), (adopted.act, consent)
    if history.after(clause.after.period, consent.date) != day:
        facts |= {"deposited": consent.date}
        return Finding("amendment-with-the-treaty", day, clause.provision, words, facts, acts=acts, under=under)
    facts |= {"deposited": consent.date, **_period(clause.after)}
    return Finding("amendment-for-party", day, clause.provision, words, facts, acts=acts, under=under)


def milestones(effects: Effects) -> tuple[Finding, ...]:
    """57(2), 66(1), 62(1): the days that follow from entry into force and from the number of parties."""
    found = []
    general = (entry_into_force(effects),)
    clauses = effects.clauses
    if clauses.milestones.conference:
        conference = clauses.milestones.conference
        found.append(
            Finding(
                "conference-by",
                effects.conference_by,
                conference.provision,
                clauses.words(conference.provision),
                {"since": effects.in_force_on, **_period(conference.after)},
                because=general,
                under=_under(effects, "conference_by"),
            )
        )
    if clauses.amendment and clauses.amendment.proposals_after:
        provision = clauses.number("amendment proposal")
        found.append(
            Finding(
                "proposals-from",
                amendment.proposals_from(effects.history),
                provision,
                clauses.words(provision),
                {"since": effects.in_force_on, **_period(clauses.amendment.proposals_after)},
                because=general,
                under=_under(effects, "amendments_may_be_proposed_from"),
            )
        )
    if clauses.milestones.protocol_quorum:
        quorum = clauses.milestones.protocol_quorum
        found.append(
            Finding(
                "protocol-quorum",
                effects.quorum_reached_on,
                quorum.provision,
                clauses.words(quorum.provision),
                {"required": quorum.parties},
                under=_under(effects, "protocol_quorum_reached_on"),
            )
        )
    return tuple(found)


MILESTONES = {
    "conference_by": "conference-by",
    "amendments_may_be_proposed_from": "proposals-from",
    "protocol_quorum_reached_on": "protocol-quorum",
}


def of_date(effects: Effects, concerns: str, code: str = "") -> Finding:
    """The finding behind one of `Effects.dates`, by what it concerns and whose it is. Raises KeyError for no such date.

    "Not yet" is a date's finding as well; that a participation does not end is none.
    """
    if (concerns, code) not in effects.dates:
        raise KeyError(concerns)
    found = re.fullmatch(r"(\w+)(?::(\S+))?(?: \((\d+)\))?", concerns)
    assert found is not None
    kind, identifier, number = found[1], found[2], int(found[3] or 1)
    if kind == "amendment":
        return amendment_for(effects, identifier, code, number)
    if kind == "entry_into_force" and not code:
        return entry_into_force(effects)
    if not code:
        answers = [one for one in milestones(effects) if one.about == MILESTONES[kind]]
        if not answers:
            raise KeyError(concerns)
        return answers[0]
    episode = effects.episodes(code)[number - 1]
    if kind == "entry_into_force":
        return participation(effects, code, episode, number)
    if episode.until is None:
        raise KeyError(concerns)
    return ending(effects, code, episode)


def _under(effects: Effects, concerns: str = "entry_into_force", code: str = "") -> tuple[UnderReading, ...]:
    return tuple(
        UnderReading(one.reading, one.otherwise, one.reading in effects.history.otherwise)
        for one in effects.rests_on(concerns, code)
    )


def _period(after: After) -> dict[str, Value]:
    return {unit: value for unit, value in after.model_dump().items() if value}
