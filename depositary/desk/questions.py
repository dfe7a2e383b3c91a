"""What a case leaves open: things that are seldom right, which a person answers or confirms before it is submitted.

They are about how an act came and how it was typed; what is wrong with it in law is found by `law.examination`.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from depositary import clock
from depositary.desk.case_content import CHECKS, INSTRUMENTS, CaseContent
from depositary.errors import Sentence
from depositary.law.acts import Act
from depositary.law.clauses import Clauses
from depositary.law.effects import Effects
from depositary.register.entry import Receipt
from depositary.treaties.supposition import Comparison

WITH_PROVISION = ("reservation", "declaration", "withdrawal of reservation", "partial withdrawal of reservation")


def questions(content: CaseContent, comparisons: Iterable[Comparison]) -> tuple[Sentence, ...]:
    """All that is to be answered or confirmed, each once."""
    effects = {comparison.treaty: comparison.after for comparison in comparisons}
    found = [
        question
        for act in content.acts
        if act.treaty in effects
        for question in (
            *_of_days(act, None if content.is_file else content.receipt, effects[act.treaty].clauses),
            *_of_columns(act, effects[act.treaty]),
            *_of_powers(act, content.powers_until),
        )
    ]
    return tuple(dict.fromkeys(found))


def unchecked(content: CaseContent) -> tuple[str, ...]:
    """The checks of an instrument to which nobody gave an answer."""
    if content.is_file or not any(item.act and item.act.action in INSTRUMENTS for item in content.standing):
        return ()
    return tuple(name for name, check in zip(CHECKS, content.checks, strict=True) if not check)


def _of_days(act: Act, receipt: Receipt | None, clauses: Clauses) -> Iterator[Sentence]:
    """Days that do not follow each other: on the instrument, of receipt in New York, of deposit, of adoption."""
    receipt = receipt or Receipt()
    if clauses.adopted and act.date < clauses.adopted:
        yield Sentence(
            "The act is dated %(date)s, before the treaty was adopted on %(adopted)s.",
            date=act.date,
            adopted=clauses.adopted,
        )
    if act.action not in (*INSTRUMENTS, "signature"):
        return
    if receipt.on_instrument and receipt.on_instrument > act.date:
        yield Sentence(
            "The instrument bears the date %(on)s, after its deposit on %(date)s.",
            on=receipt.on_instrument,
            date=act.date,
        )
    if receipt.received_at is None:
        return
    received = clock.day_of(receipt.received_at)
    if act.date < received:
        yield Sentence(
            "The date of deposit, %(date)s, is before the day of receipt in New York, %(received)s.",
            date=act.date,
            received=received,
        )
    elif act.date > received and not receipt.grounds:
        yield Sentence(
            "The date of deposit, %(date)s, is after the day of receipt in New York, %(received)s: "
            "say on which grounds.",
            date=act.date,
            received=received,
        )


def _of_powers(act: Act, until: date | None) -> Iterator[Sentence]:
    """VCLT 7: full powers that have run out represent nobody."""
    if until and act.action in (*INSTRUMENTS, "signature") and act.date > until:
        yield Sentence(
            "The full powers were valid until %(until)s, and the act is dated %(date)s: ask for confirmation (VCLT 8).",
            until=until,
            date=act.date,
        )


def _of_columns(act: Act, effects: Effects) -> Iterator[Sentence]:
    """What is missing in an act, and a succession that follows nobody."""
    if act.action == "signature" and effects.clauses.signature is not None and not act.place:
        yield Sentence("The place of signature is empty.")
    if act.action in WITH_PROVISION and not act.provision:
        yield Sentence("The text names no provision: say to which provision it refers.")
    if act.action == "succession" and not _has_predecessor(act, effects):
        yield Sentence("No State that has ceased to exist was bound by the treaty: say whom it succeeds.")


def _has_predecessor(act: Act, effects: Effects) -> bool:
    """Whether a participant that ceased to exist by the date of succession had consented to be bound."""
    return any(
        effects.episodes(code) and _has_ended(effects, code, act.effective or act.date)
        for code in effects.codes
        if code != act.participant
    )


def _has_ended(effects: Effects, code: str, by: date) -> bool:
    until = effects.participants[code].until
    return until is not None and until <= by
