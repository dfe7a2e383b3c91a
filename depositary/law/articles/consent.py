"""Article 64(3)-(4). Ratification, acceptance, approval and accession.

3. This Convention is subject to ratification, acceptance or approval. … A regional economic integration
organization may deposit its instrument of ratification, acceptance or approval if at least one of its
member States has done likewise. In that instrument … such organization shall declare the extent of its
competence …
4. This Convention is open for accession by any State or any regional economic integration organization of
which at least one member State is a Party to this Convention. …
"""

from depositary.law.acts import Act
from depositary.law.articles import denunciation, entry_into_force, protocols
from depositary.law.clauses import plain
from depositary.law.history import History, Refusal


def deposit(history: History, act: Act) -> Refusal:
    """64(3)-(4): enters an instrument: a first one, or a new one of a participant that has left.

    An accession by a signatory and a ratification by a non-signatory are entered as the instrument says.
    """
    code = act.participant
    if act.action in history.usual and code not in history.consents and code not in history.organizations:
        history.consents[code] = act
        if history.threshold_on is None or history.counting_organizations:
            entry_into_force.count(history, act)
        else:
            history.counted.add(code)
        return ()
    if wrong := obstacles(history, act):
        return wrong
    history.consents[code] = act
    if code in history.organizations:
        denunciation.watch_members(history, act)
        entry_into_force.count_organization(history, act)
    else:
        entry_into_force.count(history, act)
    if history.convention is not None:
        denunciation.follow_convention(history, act)
    return ()


def obstacles(history: History, act: Act) -> Refusal:
    """All that stands in the way of an instrument."""
    code, wrong = act.participant, list[str]()
    if act.action not in history.provided_for:
        wrong.append("action-not-provided-for")
    if denunciation.holds(history, code, act.date):
        wrong.append("duplicate-consent")
    elif code in history.consents:
        denunciation.close(history, code)
    if code in history.organizations:
        wrong += organization(history, act)
    if history.convention is not None and protocols.participation(history.convention, act) is None:
        wrong.append("protocol-party-not-convention-party")
    return tuple(wrong)


def declare(history: History, act: Act) -> Refusal:
    """64(3) "in that instrument": keeps an organization's declaration of competence for its next instrument.

    One made while an instrument stands is a modification of what was declared; the next participation needs its own.
    """
    if plain(act.provision) in map(plain, history.clauses.reio.competence_declared_under):
        history.competence.add(act.participant)
    history.other.append(act)
    return ()


def organization(history: History, act: Act) -> Refusal:
    """64(3), (4): an organization deposits after a member, and with the extent of its competence declared."""
    clauses, wrong = history.clauses.reio, list[str]()
    needed = clauses.accession_needs_member if act.action == "accession" else clauses.instrument_needs_member
    if needed and not member_has_done_likewise(history, act):
        wrong.append("reio-instrument-without-member")
    if clauses.competence_declared_under and act.participant not in history.competence:
        wrong.append("reio-competence-not-declared")
    return tuple(wrong)


def member_has_done_likewise(history: History, act: Act) -> bool:
    """64(3) "has done likewise", 64(4) "is a Party": whether the instrument of a member lets it in.

    Any instrument of a member that stands is enough; the other readings ask for a ratification, acceptance or
    approval ("done-likewise"), or for a member in force ("party-before-entry-into-force").
    """
    strictly_party = act.action == "accession" and "party-before-entry-into-force" in history.otherwise
    strictly_likewise = act.action != "accession" and "done-likewise" in history.otherwise
    for member in history.participants.members(act.participant, act.date):
        if not denunciation.holds(history, member, act.date):
            continue
        instrument = history.consents[member]
        if strictly_party:
            since = entry_into_force.since(history, instrument)
            if since is None or since > act.date:
                continue
        if strictly_likewise and instrument.action not in ("ratification", "acceptance", "approval"):
            continue
        return True
    return False
