"""Further grounds of an answer: what let an organization in, what was revoked, what a signatory may still do."""

from collections.abc import Iterator
from datetime import date

from depositary.law.acts import Act
from depositary.law.articles import entry_into_force
from depositary.law.clauses import plain
from depositary.law.effects import Effects
from depositary.law.findings import Finding
from depositary.law.history import Episode


def of_an_organization(effects: Effects, code: str, episode: Episode) -> Iterator[Finding]:
    """64(3)-(4), 65(1): the member that let it in, the competence it declared, and that it is not counted."""
    reio, entry, clauses = effects.clauses.reio, effects.clauses.entry_into_force, effects.clauses
    provision = reio.accession_needs_member if episode.consent.action == "accession" else reio.instrument_needs_member
    if provision and (member := first_member(effects, code, episode.consent.date)):
        words = clauses.words(provision)
        facts = {"member": member.participant}
        yield Finding("organization-admitted", member.date, provision, words, facts, acts=(member,))
    if declared := competence(effects, code, episode):
        yield Finding("competence-declared", declared.date, declared.provision, acts=(declared,))
    if entry is not None and not entry.reio_counted:
        yield Finding("organization-not-counted", False, entry.provision, facts={"organization": code})


def first_member(effects: Effects, organization: str, on: date) -> Act | None:
    """The earliest instrument of a member of a day that stands on it."""
    members = effects.participants.members(organization, on)
    found = [one.consent for code in members for one in effects.episodes(code) if one.stands_on(on)]
    return min(found, key=lambda act: (act.order, act.participant), default=None)


def competence(effects: Effects, code: str, episode: Episode) -> Act | None:
    """64(3)-(4): the declaration of competence that belongs to an organization's instrument: the last before it."""
    under = [plain(provision) for provision in effects.clauses.reio.competence_declared_under]
    found = [
        act
        for act in effects.history.other
        if act.participant == code
        and act.action == "declaration"
        and plain(act.provision) in under
        and act.date <= episode.consent.date
    ]
    return found[-1] if found else None


def revocations(effects: Effects, code: str) -> Iterator[Finding]:
    """VCLT 68: the denunciations of a participant that were revoked in time."""
    for denounced, revocation in effects.history.revoked:
        if denounced.act.participant == code:
            facts = {"received": denounced.act.date}
            yield Finding(
                "denunciation-revoked", revocation.date, "VCLT 68", facts=facts, acts=(denounced.act, revocation)
            )


def of_a_signatory(effects: Effects, code: str, on: date) -> Finding | None:
    """65: what would follow for a signatory if it deposited its instrument on a day."""
    if (
        effects.clauses.entry_into_force is None
        or effects.in_force_on is None
        or effects.history.convention is not None
    ):
        return None
    instrument = Act(effects.clauses.id, code, effects.clauses.consent.actions[0], on)
    since = entry_into_force.since(effects.history, instrument)
    return Finding("if-deposited", since, facts={"deposited": on, "one": code})


def members_denunciations(effects: Effects, organization: str, episode: Episode) -> Iterator[Finding]:
    """67(2): the denunciations of the members of the day on which an organization ceases, each member's last."""
    clause, until = effects.clauses.denunciation, episode.until
    if clause is None or until is None:
        return
    for member in sorted(effects.participants.members(organization, until)):
        for ended in reversed(effects.episodes(member)):
            if ended.until is not None and ended.until <= until and ended.cause in ("denunciation", "convention"):
                acts = (ended.ended_by,) if ended.ended_by is not None else ()
                yield Finding("denunciation", ended.until, clause.provision, acts=acts)
                break
