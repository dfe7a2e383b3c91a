"""Article 65. Entry into force.

    1. This Convention shall enter into force on the ninetieth day after the date of deposit of the fortieth
    instrument of ratification, acceptance, approval or accession. For the purpose of this paragraph, any
    instrument deposited by a regional economic integration organization shall not be counted as additional to
    those deposited by member States of that organization.
    2. For each State or regional economic integration organization ratifying, accepting, approving or acceding
    to this Convention after the deposit of the fortieth instrument of such action, this Convention shall enter
    into force on the thirtieth day after the date of deposit by such State or organization of the relevant
    instrument or on the date on which this Convention enters into force pursuant to paragraph 1 of this
    article, whichever is later.

The day of deposit is day zero, and nothing rolls over a weekend or a holiday. Instruments deposited on one day
are counted together.
"""

from collections.abc import Callable, Collection
from datetime import date, timedelta

from depositary.law.acts import Act, order_of
from depositary.law.articles import protocols
from depositary.law.dates import EARLIEST, ONE_DAY
from depositary.law.history import History


def count(history: History, instrument: Act) -> None:
    """65(1): counts a State's instrument, each State once.

    A successor adds nothing to its predecessor's instrument, which stays in the count.
    """
    if instrument.action == "succession":
        history.successions = True
        return
    history.counted.add(instrument.participant)
    if history.counting_organizations or (history.threshold_on is None and len(history.counted) >= history.required):
        tally_at_end_of(history, instrument.date)


def count_organization(history: History, instrument: Act) -> None:
    """65(1), second sentence: an organization's instrument is never counted, unless the treaty counts it."""
    entry = history.clauses.entry_into_force
    if entry is not None and entry.reio_counted:
        history.counted.add(instrument.participant)
    else:
        history.counting_organizations = "reio-never-counted" in history.otherwise
    tally_at_end_of(history, instrument.date)


def discount(history: History, code: str, on: date) -> None:
    """65(1): an instrument that ends before it took effect is not counted.

    Once the number was reached, on an earlier day, the date stands: that day is a historical fact. By the other
    reading ("withdrawal-after-threshold") the number is sought anew among the instruments still standing.
    """
    if any(episode.took_effect for episode in history.past[code]):
        return
    history.counted.discard(code)
    if history.threshold_on is not None and not has_come(history, on):
        history.recounting = "withdrawal-after-threshold" in history.otherwise
    if history.recounting or history.counting_organizations:
        tally_at_end_of(history, on)


def tally_at_end_of(history: History, day: date) -> None:
    """65(1): has the count taken at the end of a day, once."""
    if history.tally_on != day:
        history.tally_on = day
        history.plan(order_of(day + ONE_DAY) - 1, tally, day)


def tally(history: History, on: date) -> None:
    """65(1): takes the count of a day; the number is reached on the day on which as many are counted."""
    if history.counting_organizations:
        count_organizations(history, on)
    if history.recounting and not has_come(history, on):
        reach(history, reached_on(history))
    elif history.threshold_on is None and history.required and not missing(history, history.counted):
        reach(history, on)
    history.recounting = False


def missing(history: History, counted: Collection[str]) -> int:
    """65(1): how many instruments are required beside those that are counted, of a group where the clause names one."""
    lacking = history.required - len(counted)
    entry = history.clauses.entry_into_force
    if entry is not None and entry.among is not None:
        lacking = max(lacking, entry.among.number - len(set(entry.among.states).intersection(counted)))
    return max(lacking, 0)


def reached_on(history: History) -> date | None:
    """65(1): the day on which the instruments that stand sufficed; None where they do not."""
    standing = sorted((history.consents[code].date, code) for code in history.counted if code in history.consents)
    codes = [code for _, code in standing]
    numbers = range(history.required, len(codes) + 1) if history.required else ()
    return next((standing[number - 1][0] for number in numbers if not missing(history, codes[:number])), None)


def reach(history: History, threshold_on: date | None) -> None:
    """65(1): notes the day on which the number was reached, and the entry into force that follows."""
    history.threshold_on = threshold_on
    history.in_force_on = None if threshold_on is None or history.waits else of_the_treaty(history, threshold_on)


def has_come(history: History, on: date) -> bool:
    """Whether the treaty is in force on a day."""
    return history.in_force_on is not None and history.in_force_on <= on


def count_organizations(history: History, on: date) -> None:
    """65(1), second sentence, by the other reading of "additional" ("reio-never-counted").

    An organization's instrument then counts while no member has deposited.
    """
    for organization in history.organizations:
        members = history.participants.members(organization, on)
        if organization in history.consents and history.counted.isdisjoint(members):
            history.counted.add(organization)
        else:
            history.counted.discard(organization)


def of_the_treaty(history: History, threshold_on: date) -> date:
    """65(1): the day of entry into force, from the day on which the number was reached."""
    assert history.treaty_day is not None
    day = history.treaty_day(threshold_on)
    return day if history.not_before is None else max(day, history.not_before)


def since(history: History, instrument: Act) -> date | None:
    """65(1)-(2): the day the treaty enters into force for the depositor of an instrument; None: not known yet.

    A successor is bound from the date of succession, and not before it exists. A party to a protocol must be a party
    to its convention (61(2)), so the protocol waits for the convention. Never before the treaty itself.
    """
    general, limit = history.in_force_on, history.later_ones_from
    if general is None or limit is None:
        return None
    day = general
    if instrument.action == "succession":
        day = max(succeeds_on(instrument), history.participants[instrument.participant].since)
    elif instrument.date > limit:
        day = history.participant_day(instrument.date) if history.participant_day else instrument.date
    if history.convention is not None:
        under = protocols.participation(history.convention, instrument)
        if under is None or under.since is None:
            return None
        day = max(day, under.since)
    return day if day > general else general


def succeeds_on(instrument: Act) -> date:
    """The date of succession: the one notified, or else that of the notification."""
    return instrument.effective or instrument.date


def for_all(history: History) -> dict[str, date | None]:
    """65(1)-(2): `since` for every participant's last consent, whether it stands or not."""
    general, limit, days = history.in_force_on, history.later_ones_from, history.participant_days
    found = {code: episodes[-1].since for code, episodes in history.past.items()}
    if general is None or limit is None or days is None or history.convention is not None or history.successions:
        found |= {code: since(history, instrument) for code, instrument in history.consents.items()}
    else:
        last = max(limit, general - days)  # deposited by then: with the treaty itself
        found |= {
            code: general if (deposited := instrument.date) <= last else deposited + days
            for code, instrument in history.consents.items()
        }
    return found


LONGER_THAN_A_MONTH = timedelta(days=32)
"""How much earlier than its deposit an instrument could at most take effect: on the first of its own month."""


def last_threshold(history: History, by: date) -> date | None:
    """65(1), backwards: the last day on which the number may be reached for entry into force by a day.

    Found by trying days with the rule itself. None where no day would do.
    """
    if history.treaty_day is None or not history.required:
        return None
    return _last_day(lambda day: of_the_treaty(history, day) <= by, by)


def last_deposit(history: History, code: str, by: date) -> date | None:
    """65(2), backwards: the last day on which one may deposit for the treaty to be in force for it by a day.

    Under a protocol it deposits from the day of its instrument of the convention on (61(2)). Known only once the
    treaty's own entry into force is. None where no day would do.
    """

    def soon_enough(day: date) -> bool:
        found = since(history, Act(history.clauses.id, code, history.clauses.consent.actions[0], day))
        return found is not None and found <= by

    if history.convention is None:
        return _last_day(soon_enough, by)
    participations = history.convention.episodes(code)
    return _last_day(soon_enough, by, participations[-1].consent.date) if participations else None


def _last_day(works: Callable[[date], bool], by: date, first: date = EARLIEST) -> date | None:
    """The last day that works, where each day from the first to one that works does as well."""
    low, high = first.toordinal(), (by + LONGER_THAN_A_MONTH).toordinal()
    if not works(first):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        if works(date.fromordinal(middle)):
            low = middle
        else:
            high = middle
    return date.fromordinal(low)
