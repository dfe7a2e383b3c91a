"""What an entry will do, said before it is made."""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import date

from depositary.law.changes import changes
from depositary.law.effects import Effects
from depositary.law.findings import Value
from depositary.words.findings.wording import called
from depositary.words.labels import N_
from depositary.words.languages import Language

NOTHING = N_("It changes no date and no standing.")


@dataclass(frozen=True)
class ChangeSentence:
    """A sentence; `grave` where it sets, moves or removes the treaty's entry into force."""

    sentence: str
    grave: bool = False


def effect(
    words: Language, before: Effects, after: Effects, on: date, besides: Set[str] = frozenset()
) -> list[ChangeSentence]:
    """What differs, in sentences: the count, the treaty's entry into force, then each participant's dates.

    Nothing is said of what differs for the participants in `besides` alone.
    """
    said = [
        *_count(words, before, after),
        *_entry_into_force(words, before, after, besides),
        *_each(words, before, after, on, besides),
    ]
    return said or [ChangeSentence(words.gettext(NOTHING))]


def _count(words: Language, before: Effects, after: Effects) -> Iterator[ChangeSentence]:
    clause = after.clauses.entry_into_force
    if clause is None or before.counted == after.counted:
        return
    nth, required = words.ordinal(after.counted), clause.instruments
    if after.counted == before.counted + 1:
        yield ChangeSentence(
            words.gettext(
                "This is the %(nth)s instrument counted; %(required)d are required.", nth=nth, required=required
            )
        )
    else:
        yield ChangeSentence(
            words.gettext(
                "The count of instruments goes from %(before)d to %(after)d; %(required)d are required.",
                before=before.counted,
                after=after.counted,
                required=required,
            )
        )
    if after.in_force_on is None and before.in_force_on is None:
        yield ChangeSentence(words.gettext("There is no entry into force."))


def _entry_into_force(words: Language, before: Effects, after: Effects, besides: Set[str]) -> Iterator[ChangeSentence]:
    old, new = before.in_force_on, after.in_force_on
    if old == new:
        return
    at_start, within = (words.gettext(each) for each in called(after.clauses))
    if new is None and old is not None:
        yield ChangeSentence(
            words.gettext(
                "%(Treaty)s would no longer enter into force on %(day)s.", Treaty=at_start, day=words.date(old)
            ),
            grave=True,
        )
        return
    assert new is not None
    if old is None:
        yield ChangeSentence(
            words.gettext("It would bring %(treaty)s into force on %(day)s.", treaty=within, day=words.date(new)),
            grave=True,
        )
    else:
        yield ChangeSentence(
            words.gettext(
                "The entry into force of %(treaty)s would move from %(old)s to %(new)s.",
                treaty=within,
                old=words.date(old),
                new=words.date(new),
            ),
            grave=True,
        )
    names = [
        words.name(after.participants, code, new)
        for code, since in after.since.items()
        if since == new and code not in besides
    ]
    names.sort(key=words.sort_key)
    unnamed = sum(1 for code, since in after.since.items() if since == new and code in besides)
    if names and unnamed:
        yield ChangeSentence(
            words.ngettext(
                "On that day it enters into force for %(total)d participants: %(names)s and %(number)d other State.",
                "On that day it enters into force for %(total)d participants: %(names)s and %(number)d other States.",
                unnamed,
                total=unnamed + len(names),
                names=words.listed(names),
            )
        )
    elif unnamed:
        yield ChangeSentence(
            words.ngettext(
                "On that day it enters into force for %(number)d State.",
                "On that day it enters into force for %(number)d States.",
                unnamed,
            )
        )
    elif names:
        yield ChangeSentence(
            words.ngettext(
                "On that day it enters into force for %(number)d participant: %(names)s.",
                "On that day it enters into force for these %(number)d: %(names)s.",
                len(names),
                names=words.listed(names),
            )
        )


def _each(words: Language, before: Effects, after: Effects, on: date, besides: Set[str]) -> Iterator[ChangeSentence]:
    with_the_treaty = before.in_force_on != after.in_force_on
    for change in changes(before, after, on):
        if (
            change.concerns == "counted"
            or change.participant in besides
            or (change.concerns == "entry_into_force" and not change.participant)
        ):
            continue
        if (
            with_the_treaty
            and change.concerns in ("entry_into_force", "standing")
            and change.after == after.in_force_on
        ):
            continue
        whose = (
            words.name(after.participants, change.participant, on)
            if change.participant
            else words.gettext("The treaty")
        )
        if change.concerns == "standing":
            yield ChangeSentence(
                words.gettext(
                    "%(whose)s: %(before)s before, %(after)s with it.",
                    whose=whose,
                    before=words.value(change.before),
                    after=words.value(change.after),
                )
            )
            continue
        yield ChangeSentence(changed(words, whose, change.concerns, change.before, change.after))


def changed(words: Language, whose: str, concerns: str, before: Value, after: Value) -> str:
    """A value that is another than before: what it is of, and both."""
    facts = {
        "whose": whose,
        "about": words.concerns(concerns),
        "before": words.value(before),
        "after": words.value(after),
    }
    if before is None:
        return words.gettext("%(whose)s, %(about)s: %(after)s.", **facts)
    return words.gettext("%(whose)s, %(about)s: %(after)s, and not %(before)s.", **facts)
