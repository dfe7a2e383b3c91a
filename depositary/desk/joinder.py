"""Cases that are joined: what came in one note, or at one ceremony, and was drafted apart, becomes one case."""

from dataclasses import replace

from sqlmodel import Session

from depositary.desk.audit import Doing
from depositary.desk.case import OPEN, Case, cases_at_work
from depositary.desk.case_content import CaseContent
from depositary.desk.case_steps import case_to_change, save, take_step
from depositary.errors import Sentence
from depositary.register.transaction import Refused


def join(session: Session, number: int, seen: int, other: int, doing: Doing) -> Case:
    """Adds the items and documents of another case to a case, and withdraws the other. Raises Refused and CaseChanged.

    Both are saved in one transaction. Who drafted the other case must have drafted this one too, or join them: or else
    that person could release what they drafted.
    """
    case, added = case_to_change(session, number), case_to_change(session, other)
    reason = f"Joined to case {number}."
    if added.was_decided("withdrawn", doing.by, added.last.number) and added.steps[-1].reason == reason:
        return case
    if not is_joinable(case, added):
        raise Refused(
            Sentence("Case %(number)d cannot be joined to this one as it is. Nothing was done.", number=other)
        )
    if strangers := added.authors - case.authors - {doing.by}:
        raise Refused(
            Sentence(
                "Case %(number)d was drafted by %(name)s, who must join it: a draft is released by a second person. "
                "Nothing was done.",
                number=other,
                name=", ".join(sorted(strangers)),
            )
        )
    joined = save(session, number, seen, joined_content(case.content, added.content), doing)
    take_step(session, added, added.last.number, "withdrawn", doing, OPEN, reason=reason)
    return joined


def joinable(session: Session, case: Case) -> list[Case]:
    """The cases at work that can be joined to a case, the latest first."""
    return [other for other in cases_at_work(session) if is_joinable(case, other)]


def is_joinable(case: Case, other: Case) -> bool:
    """Whether a case can be joined to another: both are open, no file of acts, and hold no instrument as received."""
    return case.number != other.number and all(
        each.state in OPEN and not each.is_held and not each.content.is_file for each in (case, other)
    )


def joined_content(content: CaseContent, added: CaseContent) -> CaseContent:
    """What two cases say together. What concerns all of a case, as its receipt, is that of the first that says it."""
    remarks = dict.fromkeys(remark for remark in (content.remark, added.remark) if remark)
    return replace(
        content,
        items=(*content.items, *added.items),
        documents=tuple({each.digest: each for each in (*added.documents, *content.documents)}.values()),
        receipt=content.receipt or added.receipt,
        checks=tuple(own or of_other for own, of_other in zip(content.checks, added.checks, strict=True)),
        signer=content.signer or added.signer,
        powers_until=content.powers_until or added.powers_until,
        remark="\n\n".join(remarks),
    )
