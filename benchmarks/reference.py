"""The bare fold over integer day numbers that the law is measured against.

The same rules and the same refusals, without names, reasons or questions: a signature within its period, once and
before consent; an instrument once, or again after leaving; an organization after a member; the fortieth State's;
a denunciation by a party, one calendar year later; an organization gone with its members.
"""

from collections.abc import Sequence
from datetime import date

from depositary.law.acts import Act

SIGNATURE, CONSENT, DENUNCIATION = 0, 1, 2
_KINDS = {"signature": SIGNATURE, "denunciation": DENUNCIATION}

FIRST, LAST = date(2000, 1, 1).toordinal(), date(2099, 12, 31).toordinal()

Event = tuple[int, int, int]
"""A day, a kind, and a participant's index; the organization's is the last."""


def events(acts: Sequence[Act], codes: Sequence[str]) -> list[Event]:
    """The acts as integers."""
    index = {code: number for number, code in enumerate(codes)}
    return [(act.date.toordinal(), _KINDS.get(act.action, CONSENT), index[act.participant]) for act in acts]


def fold(
    events: Sequence[Event], organization: int, members: frozenset[int]
) -> tuple[int | None, dict[int, int], dict[int, int]]:
    """Entry into force, each participant's own, and the day each ceases, as day numbers."""
    signed: dict[int, int] = {}
    deposited: dict[int, int] = {}
    ends: dict[int, int] = {}
    counted: set[int] = set()
    refused: list[Event] = []
    threshold = general = None
    for event in sorted(events):
        day, kind, who = event
        if kind == SIGNATURE:
            if (
                not FIRST <= day <= LAST
                or who in signed
                or who in deposited
                or (who == organization and members.isdisjoint(signed))
            ):
                refused.append(event)
            else:
                signed[who] = day
        elif kind == CONSENT:
            if who in deposited and ends.get(who, day + 1) > day:
                refused.append(event)
            elif who == organization:
                if members.isdisjoint(deposited):
                    refused.append(event)
                else:
                    deposited[who] = day
            else:
                deposited[who] = day
                ends.pop(who, None)
                counted.add(who)
                if threshold is None and len(counted) >= 40:
                    threshold = day
                    general = day + 90
        elif general is None or threshold is None or who not in deposited or who in ends:
            refused.append(event)
        else:
            own = deposited[who]
            if (general if own <= threshold else max(own + 30, general)) > day:
                refused.append(event)
            else:
                received = date.fromordinal(day)
                leap = received.month == 2 and received.day == 29
                later = received.replace(year=received.year + 1, day=28 if leap else received.day)
                ends[who] = later.toordinal()
    if general is None or threshold is None:
        return None, {}, ends
    since = {}
    for who, day in deposited.items():
        if day <= threshold:
            since[who] = general
        else:
            own = day + 30
            since[who] = own if own > general else general
    if organization in deposited and members.intersection(deposited) <= ends.keys():
        ends[organization] = max((ends[who] for who in members.intersection(deposited)), default=0)
    return general, since, ends
