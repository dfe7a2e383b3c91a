"""Further grounds of an answer: what let an organization in, what was revoked, what a signatory may still do."""

from collections.abc import Iterator
from datetime import date

from depositary.law.acts import Act
from depositary.law.articles import entry_into_force as articles_65
from depositary.law.articles.protocols import is_withdrawn_later_on
from depositary.law.clauses import EntryIntoForce, plain
from depositary.law.derivation import derive
from depositary.law.effects import Effects
from depositary.law.findings import Finding, Value
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
    found = [
        one.consent
        for code in members
        for one in effects.episodes(code)
        if one.stands_on(on) or is_withdrawn_later_on(one, on)
    ]
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


def signatures_withdrawn(effects: Effects, code: str, on: date) -> Iterator[Finding]:
    """VCLT 18: the signatures of a participant that were withdrawn by a day."""
    for withdrawn in effects.history.unsigned.get(code, ()):
        if withdrawn.on <= on:
            facts = {"signed": withdrawn.signature.date}
            yield Finding("signature-withdrawn", withdrawn.on, "VCLT 18", facts=facts, acts=tuple(withdrawn))


def of_a_signatory(effects: Effects, code: str, on: date) -> Iterator[Finding]:
    """VCLT 18(a), 23(2), 65: what a signatory owes, with its instrument too, and what would follow if it deposited.

    The instrument is supposed and read with all acts; an organization's with its declaration of competence.
    """
    if (signature := effects.signature(code, on)) is None:
        return
    yield Finding("signatory-owes", signature.date, "VCLT 18", acts=(signature,))
    case, clauses, entry = effects.case, effects.clauses, effects.clauses.entry_into_force
    instrument = Act(clauses.id, code, clauses.consent.actions[0], on)
    declared = [
        Act(clauses.id, code, "declaration", on, provision=provision)
        for provision in clauses.reio.competence_declared_under[:1]
        if code in effects.participants.organizations
    ]
    acts = [act for act in case.acts if act.date <= on]
    supposed = derive(
        [*acts, *declared, instrument],
        case.participants,
        clauses,
        convention=case.convention,
        elsewhere=case.elsewhere,
    )
    if asked := clauses.information.with_instrument:
        yield Finding("information-owed", None, facts={"provisions": ", ".join(asked)})
    for made in supposed.reservations(code):
        if made.unconfirmed:
            reserved = {"reserved": made.act.provision or made.act.text}
            yield Finding("reservation-to-confirm", made.act.date, "VCLT 23(2)", facts=reserved, acts=(made.act,))
    episodes = supposed.episodes(code)
    if entry is None or not episodes or episodes[-1].consent is not instrument:
        yield Finding("if-deposited", None)
        return
    facts: dict[str, Value] = {"deposited": on, "counted": supposed.counted_on(on), "required": entry.instruments}
    yield Finding("if-deposited", episodes[-1].since, facts=facts)


def missing(effects: Effects, on: date) -> int:
    """65(1): how many instruments are required beside those that are counted on a day."""
    return articles_65.missing(effects.history, [act.participant for act in effects.instruments_counted(on)])


def not_reached(effects: Effects, clause: EntryIntoForce) -> tuple[Finding, ...]:
    """65(1): that the number is not reached, and what of a group is lacking."""
    counted, words = effects.instruments_counted(effects.last_day), effects.clauses.words(clause.provision)
    facts: dict[str, Value] = {
        "required": clause.instruments,
        "counted": len(counted),
        "missing": missing(effects, effects.last_day),
    }
    found = Finding("threshold-not-reached", None, clause.provision, words, facts, acts=counted)
    return (found, *from_among(clause, words, counted))


def from_among(entry: EntryIntoForce, words: str, counted: tuple[Act, ...]) -> Iterator[Finding]:
    """How many of the instruments counted are of the group that the clause names."""
    if entry.among is not None:
        acts = tuple(act for act in counted if act.participant in entry.among.states)
        facts: dict[str, Value] = {
            "required": entry.among.number,
            "counted": len(acts),
            "group": entry.among.group,
        }
        yield Finding("from-among", None, entry.provision, words, facts, acts=acts)


def members_denunciations(effects: Effects, organization: str, on: date) -> Iterator[Finding]:
    """67(2): the denunciations of the members of a day that had taken effect by then, each member's last.

    Under a protocol they are those of the convention. One by which an instrument was withdrawn is none.
    """
    provision = effects.clauses.number("denunciation")
    for member in sorted(effects.participants.members(organization, on)):
        for ended in reversed(effects.episodes(member)):
            act, until = ended.ended_by, ended.until
            denounced = act is not None and act.action == "denunciation" and ended.cause != "withdrawal"
            if act is not None and until is not None and denounced and until <= on:
                yield Finding("denunciation", until, provision, acts=(act,))
                break
