"""What a participant does to be bound by a treaty: the last days to deposit, and what it sends with its instrument."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from depositary.law.acts import Act, Action
from depositary.law.articles.entry_into_force import last_deposit, last_threshold
from depositary.law.dates import LATEST
from depositary.law.examination import irregularities
from depositary.treaties.authentic import quoted
from depositary.treaties.supposition import usual
from depositary.web.addresses import Addresses
from depositary.web.parts import Link
from depositary.web.public.days import events_of_participant
from depositary.web.public.participant import standing_of
from depositary.web.public.parts import Deadline, Deposit, Document
from depositary.web.public.question import Question, SupposedAct
from depositary.web.public.supposition import supposed_view
from depositary.web.view import View
from depositary.words.authorities import DUTIES

MOST_DEADLINES = 3


def deposit(view: View, code: str) -> Deposit:
    """The steps of a participant under a treaty, as on the day of the page."""
    effects, clause = view.effects, view.clauses.entry_into_force
    standing = effects.standing(code, view.on)
    how = () if standing in ("contracting", "party") else consents(view, code)
    sentence = view.sentence(standing_of(view, code))
    own = sorted((act for act in effects.case.acts if act.participant == code), key=lambda act: act.order)
    return Deposit(
        view.titled(view.addresses.status),
        view.name(code),
        sentence if own else view.words.no_act(view.name(code)),
        tuple(
            Link(view.words.phrase((view.words.date(act.date), view.words.act(act))), view.entry(act).url)
            for act in own
        ),
        tuple(events_of_participant(view, code)),
        (*refusals(view, own), *(follows(view, code) if how else ())),
        clause.instruments if clause else 0,
        tuple(islice(deadlines(view, code), MOST_DEADLINES)) if how else (),
        tuple(documents(view, code, how)) if how else (),
        tuple(under(view, view.clauses.information.afterwards)),
        view.addresses.calculator.partition("?")[0],
        code,
        Addresses.state(view.words.code, code) + f"/briefing.pdf{view.asked.query}",
    )


def refusals(view: View, acts: list[Act]) -> Iterator[str]:
    """Why acts that stand in the register have no effect."""
    own = {id(act) for act in acts}
    for found in irregularities(view.effects):
        if found.severity == "refused" and id(found.act) in own:
            yield view.words.irregularity(found, view.participants)


def consents(view: View, code: str) -> tuple[Action, ...]:
    """The acts by which a participant may consent: a signatory ratifies, accepts or approves; another accedes."""
    allowed = [action for action in view.clauses.consent.actions if action != "succession"]
    if usual(view.effects, code) == "accession":
        return ("accession",)
    return tuple(action for action in allowed if action != "accession")


def signature_until(view: View) -> date | None:
    """The last day of signature, if that is to come; None where signature is over, not yet open, or open for good."""
    periods = view.clauses.periods_for_signature
    return max((one.until for one in periods if view.on <= one.until < LATEST), default=None)


def follows(view: View, code: str) -> Iterator[str]:
    """What follows from an instrument deposited on the day of the page, and from a signature that is still possible."""
    words = view.words
    deposited = words.date(view.on)
    row = SupposedAct(1, view.name(code), code, view.on.isoformat(), view.on, None)
    there, supposed = supposed_view(view, Question((row,)), view.on)
    for irregularity in supposed.refused:
        wrong = there.words.irregularity(irregularity, there.participants)
        yield words.gettext(
            "An instrument deposited on %(day)s would have no effect: %(wrong)s", day=deposited, wrong=wrong
        )
    since, others = supposed.after.since.get(code), len(supposed.others)
    if since and not supposed.refused and others:
        yield words.ngettext(
            "If it deposits on %(deposited)s, it is bound on %(day)s at the earliest: if the %(number)d other "
            "instrument still required is deposited on that day too.",
            "If it deposits on %(deposited)s, it is bound on %(day)s at the earliest: if the %(number)d other "
            "instruments still required are deposited on that day too.",
            others,
            deposited=deposited,
            day=words.date(since),
        )
    elif since and not supposed.refused:
        day = words.date(since)
        yield words.gettext("If it deposits on %(deposited)s, it is bound on %(day)s.", deposited=deposited, day=day)
    last = signature_until(view)
    if last and code not in view.effects.history.signatures:
        day = words.date(last)
        yield words.gettext(
            "It has not signed. It may sign until %(day)s; a signature alone does not bind it.", day=day
        )


def deadlines(view: View, code: str) -> Iterator[Deadline]:
    """The last days to deposit for being bound by the next days on which a half-year begins."""
    history = view.effects.history
    reached = view.effects.threshold_on is not None
    if history.treaty_day is None or (reached and view.effects.in_force_on is None):
        return
    for by in (date(view.on.year + later, month, 1) for later in range(5) for month in (1, 7)):
        threshold_by = None if reached else last_threshold(history, by)
        if not reached and (threshold_by is None or threshold_by < view.on):
            continue
        after = history if reached else supposed_view(view, Question(()), threshold_by)[1].after.history
        deposit_by = last_deposit(after, code, by)
        if deposit_by is not None and deposit_by >= view.on:
            yield Deadline(by, threshold_by, deposit_by)


def documents(view: View, code: str, how: tuple[Action, ...]) -> Iterator[Document]:
    """The instrument, its signature, and what the treaty asks to be sent with it."""
    say, clauses = view.words.gettext, view.clauses
    organization = code in view.participants.organizations
    instrument = say(
        "the instrument (%(how)s): it names the treaty and declares the consent to be bound by it",
        how=view.words.listed(view.words.action(action) for action in how),
    )
    yield Document(instrument, links(view, clauses.number("consent")))
    if organization:
        yield Document(say("the powers of the person who signs it for the organization"), ())
        declared = clauses.reio.competence_declared_under
        yield from under(view, declared[-1:] if how == ("accession",) else declared[:1])
    else:
        signed = say(
            "the signature of the Head of State, the Head of Government or the Minister for Foreign Affairs; "
            "full powers, if another person signs"
        )
        yield Document(signed, links(view, "VCLT 7"))
    yield from under(view, clauses.information.with_instrument)
    if clauses.reservations and clauses.reservations.provided_for:
        yield Document(say("reservations, if it wishes to make any"), links(view, *clauses.reservations.provided_for))


def under(view: View, provisions: tuple[str, ...]) -> Iterator[Document]:
    """What provisions ask a participant to furnish, in short and in their own words."""
    for provision in provisions:
        words, language = quoted(view.site.collection.folder, view.clauses, provision, view.words.code)
        short = DUTIES.get(provision) or (DUTIES["64(3)-(4)"] if provision in ("64(3)", "64(4)") else "")
        yield Document(view.words.gettext(short) if short else "", links(view, provision), words, language)


def links(view: View, *provisions: str) -> tuple[Link, ...]:
    """Provisions as links; none for a provision that the clause file does not name."""
    return tuple(view.provision(provision) for provision in provisions if provision)
