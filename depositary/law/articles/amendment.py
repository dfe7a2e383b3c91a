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

from collections.abc import Callable
from datetime import date

from depositary.law.acts import Act
from depositary.law.articles import denunciation, entry_into_force
from depositary.law.clauses import plain
from depositary.law.dates import ONE_DAY
from depositary.law.history import LATER, Adopted, Episode, History, Refusal

Episodes = Callable[[str], tuple[Episode, ...]]
"""The participations of one, in the order of time."""


def propose(history: History, act: Act) -> Refusal:
    """66(1): enters a proposal, once, when five years have expired; by a party."""
    wrong: Refusal = () if is_party(history, act.participant, act.date) else ("amendment-proposal-by-non-party",)
    if act.amendment in history.proposed or act.amendment in history.amendments:
        wrong += ("duplicate-amendment",)
    if not may_be_proposed(history, act.date):
        wrong += ("amendment-proposed-too-early",)
    if not wrong:
        history.proposed.add(act.amendment)
        history.other.append(act)
    return wrong


def may_be_proposed(history: History, on: date) -> bool:
    """66(1): whether amendments may be proposed, and so adopted, on a day: never before entry into force."""
    opens_on = proposals_from(history)
    if opens_on is None:
        return entry_into_force.has_come(history, on) and history.clauses.amendment is not None
    return opens_on <= on


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
    """66(1): enters the Conference's adoption of an amendment, not before it may be proposed."""
    if history.clauses.amendment is None:
        return ("action-not-provided-for",)
    wrong: Refusal = ("duplicate-amendment",) if act.amendment in history.amendments else ()
    if not may_be_proposed(history, act.date):
        wrong += ("amendment-adopted-too-early",)
    if not wrong:
        history.amendments[act.amendment] = Adopted(act, {})
    return wrong


def deposit(history: History, act: Act) -> Refusal:
    """66(3)-(4): enters the ratification, acceptance or approval of an amendment, once in a participation.

    That of one for which the treaty is not in force yet binds from the day it is (as those of El Salvador, 2016, and
    Ukraine, 2024, under the Rome Statute); by the other reading ("amendment-consent-before-party") it must be a party.
    """
    wrong: list[str] = []
    amendment, code = history.amendments.get(act.amendment), act.participant
    if amendment is None:
        wrong.append("amendment-unknown")
    elif history.participation(code) in amendment.consents and denunciation.holds(history, code, act.date):
        wrong.append("duplicate-consent")
    if act.action not in ("ratification", "acceptance", "approval"):
        wrong.append("amendment-accession" if act.action == "accession" else "action-not-provided-for")
    if not may_consent(history, act):
        wrong.append("amendment-consent-by-non-party")
    if amendment is not None and not wrong:
        amendment.consents[history.participation(code)] = act
    return tuple(wrong)


def may_consent(history: History, act: Act) -> bool:
    """66(3): whether one may consent to an amendment: it holds an instrument, or, read otherwise, is a party."""
    if is_party(history, act.participant, act.date):
        return True
    holds = denunciation.holds(history, act.participant, act.date)
    return holds and "amendment-consent-before-party" not in history.otherwise


def withdraw(history: History, act: Act) -> Refusal:
    """66(4): a consent to an amendment may be withdrawn before the day on which it would bind.

    What binds a newcomer by VCLT 40(5) is untouched.
    """
    amendment, code = history.amendments.get(act.amendment), act.participant
    if amendment is None:
        return ("amendment-unknown", "withdrawal-without-instrument") if history.late else LATER
    participation = history.participation(code)
    if participation not in amendment.consents or not denunciation.holds(history, code, act.date):
        return ("withdrawal-without-instrument",) if history.late else LATER
    since = entry_into_force.since(history, history.consents[code])
    day = own_day(history, amendment.consents[participation], since)
    if day is not None and day <= act.date:
        return ("withdrawal-after-entry-into-force",)
    del amendment.consents[participation]
    return ()


def name_the_known(history: History) -> None:
    """66(3): says of an amendment that was proposed, or is adopted on a later day, that it is not yet adopted."""
    known = history.proposed | history.amendments.keys()
    for act, codes in [*history.refused.values()]:
        if "amendment-unknown" in codes and act.amendment in known:
            named = ("amendment-not-yet-adopted" if code == "amendment-unknown" else code for code in codes)
            history.refused[id(act)] = (act, tuple(named))


def own_day(history: History, consent: Act, since: date | None) -> date | None:
    """66(4): the day on which an amendment binds by one's own consent: not before the treaty does."""
    clause = history.clauses.amendment
    if clause is None or since is None:
        return None
    return max(history.after(clause.after.period, consent.date), since)


def in_force_on(history: History, amendment: Adopted, episodes: Episodes) -> date | None:
    """66(4): the day on which an amendment has entered into force: for one party, also if that one has left since."""
    days = []
    for (code, place), consent in amendment.consents.items():
        episode = episodes(code)[place]
        day = own_day(history, consent, episode.since)
        if day is not None and (episode.until is None or day < episode.until):
            days.append(day)
    return min(days, default=None)


def bound_from(history: History, amendment: Adopted, code: str, place: int, episodes: Episodes) -> date | None:
    """66(4)-(5): from when an amendment binds a participant in one of its participations; None: it does not.

    A State that becomes a party after the amendment's entry into force is bound by the treaty as amended unless
    it expressed a different intention (VCLT 40(5)); by the other reading ("joining-after-amendment") only by its own
    consent. It is bound from the earlier of the two days.
    """
    episode = episodes(code)[place]
    consent = amendment.consents.get((code, place))
    day = own_day(history, consent, episode.since) if consent is not None else None
    began = in_force_on(history, amendment, episodes)
    if (
        episode.since is not None
        and began is not None
        and episode.since > began
        and (day is None or episode.since < day)
        and not declined(history, amendment, code, place, episodes)
        and "joining-after-amendment" not in history.otherwise
    ):
        day = episode.since
    if day is None or (episode.until is not None and day >= episode.until):
        return None
    return day


def declined(history: History, amendment: Adopted, code: str, place: int, episodes: Episodes) -> Act | None:
    """VCLT 40(5): the act by which a newcomer said that the amendment shall not bind it; None for no such act.

    A declaration or notification on that amendment with provision 40(5), made from the end of its previous
    participation to the day it becomes a party.
    """
    episode = episodes(code)[place]
    begins = (episodes(code)[place - 1].until if place else None) or date.min
    return next(
        (
            act
            for act in history.other
            if act.participant == code
            and act.amendment == amendment.act.amendment
            and act.action in ("declaration", "notification")
            and plain(act.provision) == "40(5)"
            and episode.since is not None
            and begins <= act.date <= episode.since
        ),
        None,
    )


def is_party(history: History, code: str, on: date) -> bool:
    """Whether a participant is a party on a day, by what has been entered so far."""
    if not denunciation.holds(history, code, on):
        return False
    since = entry_into_force.since(history, history.consents[code])
    return since is not None and since <= on
