"""The calculator backwards: the last day to deposit, so that a participant is bound by a day."""

from datetime import date

from depositary.law.articles.entry_into_force import last_deposit, last_threshold, of_the_treaty
from depositary.web.public.calculation_parts import Backwards
from depositary.web.public.question import Question, SupposedAct
from depositary.web.public.supposition import supposed_view
from depositary.web.view import View


def backwards(view: View, asked: Question) -> Backwards:
    """The last day to reach the number, and the last day for the first participant to deposit.

    Where the number is not reached, the instruments still required are supposed on the last day that will do.
    """
    assert asked.by is not None
    by, on = asked.by, view.on
    there, supposed = supposed_view(view, asked, None)
    after, history = supposed.after, supposed.after.history
    reached = after.threshold_on is not None
    first = asked.rows[0] if asked.rows else SupposedAct(1, "", "", "", None, None)
    threshold_by = None if reached else last_threshold(history, by)
    in_time = reached or (threshold_by is not None and threshold_by >= on)
    consented = bool(first.code) and view.effects.standing(first.code, on) in ("contracting", "party")
    deposit_by = None
    if in_time and not consented:
        completed = supposed_view(view, asked, threshold_by)[1].after.history if threshold_by else history
        deposit_by = last_deposit(completed, first.whose, by)
    return Backwards(
        by=by,
        reached_on=after.threshold_on,
        in_force_on=after.in_force_on,
        threshold_by=threshold_by,
        threshold_passed=not reached and not in_time,
        from_today=of_the_treaty(history, on) if not reached and history.required else None,
        deposit_by=deposit_by,
        deposit_passed=deposit_by is not None and deposit_by < on,
        refused=refused(view, first.code, deposit_by, threshold_by) if first.code and deposit_by else (),
        name=there.name(first.whose),
        consented=consented,
        since=view.effects.since.get(first.code) if consented else None,
    )


def refused(view: View, code: str, day: date, threshold_by: date | None) -> tuple[str, ...]:
    """Why an instrument that a participant deposits on a day would have no effect."""
    question = Question((SupposedAct(1, view.name(code), code, day.isoformat(), day, None),))
    there, supposed = supposed_view(view, question, threshold_by)
    return tuple(
        there.words.irregularity(found, there.participants)
        for found in supposed.refused
        if found.act.participant == code
    )
