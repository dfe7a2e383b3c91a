"""Article 66. Amendment.

1. After the expiry of five years from the entry into force of this Convention, a State Party may propose an
amendment …
3. An amendment … is subject to ratification, acceptance or approval by States Parties.
4. An amendment … shall enter into force in respect of a State Party 90 days after the date of the deposit …
of an instrument of ratification, acceptance or approval of such amendment.
5. When an amendment enters into force, it shall be binding on those States Parties that have expressed their
consent to be bound by it. Other States Parties shall still be bound by the provisions of this Convention and
any earlier amendments that they have ratified, accepted or approved.
"""

from datetime import date

from depositary.law.acts import Act
from depositary.law.articles import denunciation, entry_into_force
from depositary.law.dates import ONE_DAY
from depositary.law.history import Adopted, Episode, History, Refusal


def propose(history: History, act: Act) -> Refusal:
    """66(1): enters a proposal, once five years have expired; by a party."""
    if not is_party(history, act.participant, act.date):
        return ("amendment-proposal-by-non-party",)
    opens_on = proposals_from(history)
    if opens_on is not None and act.date < opens_on:
        return ("amendment-proposed-too-early",)
    history.other.append(act)
    return ()


def proposals_from(history: History) -> date | None:
    """66(1): the first day on which an amendment may be proposed; None before entry into force.

    "After the expiry of": five years and one day; five years by the other reading ("five-years-expire").
    """
    clause = history.clauses.amendment
    if clause is None or clause.proposals_after is None or history.in_force_on is None:
        return None
    expiry = history.after(clause.proposals_after.period, history.in_force_on)
    return expiry if "five-years-expire" in history.otherwise else expiry + ONE_DAY


def adopt(history: History, act: Act) -> Refusal:
    """66(1): enters the Conference's adoption of an amendment."""
    if history.clauses.amendment is None:
        return ("action-not-provided-for",)
    if act.amendment in history.amendments:
        return ("duplicate-amendment",)
    history.amendments[act.amendment] = Adopted(act, {}, {})
    return ()


def deposit(history: History, act: Act) -> Refusal:
    """66(3)-(4): enters a party's ratification, acceptance or approval of an amendment, once."""
    wrong: list[str] = []
    amendment = history.amendments.get(act.amendment)
    if amendment is None:
        wrong.append("amendment-not-yet-adopted" if is_pending(history, act.amendment) else "amendment-unknown")
    elif act.participant in amendment.consents:
        wrong.append("duplicate-consent")
    if act.action not in ("ratification", "acceptance", "approval"):
        wrong.append("amendment-accession" if act.action == "accession" else "action-not-provided-for")
    if not is_party(history, act.participant, act.date):
        wrong.append("amendment-consent-by-non-party")
    if amendment is not None and not wrong:
        clause = history.clauses.amendment
        assert clause is not None
        amendment.consents[act.participant] = act
        amendment.in_force[act.participant] = history.after(clause.after.period, act.date)
    return tuple(wrong)


def is_pending(history: History, identifier: str) -> bool:
    """Whether an amendment was proposed, or is adopted on a later day."""
    about = ("amendment proposal", "amendment adoption")
    return any(act.action in about and act.amendment == identifier for act in history.acts)


def bound_from(history: History, amendment: Adopted, code: str, episode: Episode) -> date | None:
    """66(4)-(5): from when an amendment binds a party in one participation; None: it does not.

    A State that becomes a party after the amendment's entry into force is bound by the treaty as amended unless
    it expressed a different intention by a declaration on that amendment (VCLT 40(5)); by the other reading
    ("joining-after-amendment") only by its own consent.
    """
    day: date | None = None
    consent = amendment.consents.get(code)
    if consent is not None and consent.date >= episode.consent.date:
        day = amendment.in_force[code]
    elif (
        episode.since is not None
        and amendment.in_force
        and episode.since > min(amendment.in_force.values())
        and "joining-after-amendment" not in history.otherwise
        and not declined(history, amendment, code, episode)
    ):
        day = episode.since
    if day is None or (episode.until is not None and day >= episode.until):
        return None
    return day


def declined(history: History, amendment: Adopted, code: str, episode: Episode) -> bool:
    """VCLT 40(5): whether a newcomer said, by the day it became a party, that the amendment shall not bind it."""
    return any(
        act.participant == code
        and act.amendment == amendment.act.amendment
        and act.action in ("declaration", "notification")
        and episode.since is not None
        and act.date <= episode.since
        for act in history.other
    )


def is_party(history: History, code: str, on: date) -> bool:
    """Whether a participant is a party on a day, by what has been entered so far."""
    instrument = history.consents.get(code)
    since = entry_into_force.since(history, instrument) if instrument else None
    return since is not None and since <= on and not denunciation.has_left(history, code, on)
