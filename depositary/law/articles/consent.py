"""Article 64(3)-(4). Ratification, acceptance, approval and accession.

3. This Convention is subject to ratification, acceptance or approval. … A regional economic integration
organization may deposit its instrument of ratification, acceptance or approval if at least one of its
member States has done likewise. In that instrument … such organization shall declare the extent of its
competence …
4. This Convention is open for accession by any State or any regional economic integration organization of
which at least one member State is a Party to this Convention. …
"""

from datetime import date

from depositary.law.acts import Act
from depositary.law.articles import denunciation, entry_into_force, protocols
from depositary.law.history import Episode, History, Refusal


def deposit(history: History, act: Act) -> Refusal:
    """64(3)-(4): enters an instrument: a first one, or a new one of a participant that has left.

    An accession by a signatory and a ratification by a non-signatory are entered as the instrument says.
    """
    code = act.participant
    earlier, is_organization = history.consents.get(code), code in history.organizations
    wrong: Refusal = ()
    if act.action not in history.provided_for:
        wrong += ("action-not-provided-for",)
    if earlier is not None and not denunciation.has_left(history, code, act.date):
        wrong += ("duplicate-consent",)
    if is_organization:
        wrong += organization(history, act)
    if history.convention is not None and not protocols.may_consent(history.convention, act):
        wrong += ("protocol-party-not-convention-party",)
    if not wrong:
        if earlier is not None:
            close(history, code)
        history.consents[code] = act
        if is_organization:
            entry_into_force.count_organization(history, act)
        else:
            entry_into_force.count(history, act)
    return wrong


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
        if (instrument := history.consents.get(member)) is None:
            continue
        if denunciation.has_left(history, member, act.date):
            continue
        if strictly_party:
            since = entry_into_force.since(history, instrument)
            if since is None or since > act.date:
                continue
        if strictly_likewise and instrument.action not in ("ratification", "acceptance", "approval"):
            continue
        return True
    return False


def close(history: History, code: str) -> None:
    """Puts the participation that ended among the past ones, before a new one begins."""
    history.past.setdefault(code, []).append(
        current(history, code, entry_into_force.since(history, history.consents[code]))
    )
    del history.consents[code]
    history.denunciations.pop(code, None)


def current(history: History, code: str, since: date | None) -> Episode:
    """The participation that stands, or stood last, as it looks by now; `since` when it is in force."""
    until = denunciation.leaves_on(history, code)
    return Episode(history.consents[code], since, until, denunciation.ended_by(history, code) if until else None)
