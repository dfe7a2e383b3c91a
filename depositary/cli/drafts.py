"""Drafts from the command line: where the desk is staffed, a second person releases each act."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from depositary import clock
from depositary.errors import BadInput
from depositary.law.acts import Act
from depositary.register.entry import Receipt

if TYPE_CHECKING:
    from depositary.register.store import Store


def is_for_the_desk(store: "Store") -> bool:
    """Whether an entry needs two persons."""
    from depositary.desk.accounts import is_staffed

    with store.session() as session:
        return is_staffed(session)


def submit(
    store: "Store",
    kind: str,
    acts: Sequence[Act],
    by: str,
    *,
    target: int = 0,
    reason: str = "",
    receipt: Receipt | None = None,
    documents: Sequence[bytes] = (),
    key: str = "",
) -> None:
    """Makes a draft of a proposal and submits it for release. Raises BadInput where `by` may not draft."""
    from depositary.desk import drafts
    from depositary.desk.accounts import account
    from depositary.desk.audit import Doing
    from depositary.desk.proposal import Proposal
    from depositary.register.recording import attach_all

    with store.session() as session:
        person = account(session, by)
    if person is None or not person.may("draft"):
        raise BadInput([f"--by {by!r}: the desk is staffed, and this is no account that may draft"])
    scans = attach_all(store, documents)
    proposal = Proposal(kind, tuple(acts), target, reason, receipt, scans)  # type: ignore[arg-type]
    doing = Doing(by, clock.now(), "the command line")
    with store.session(writing=True) as session:
        draft = drafts.begin(session, key or f"command line {proposal.digest} {doing.instant}", proposal, doing)
        if draft.state == "draft":
            draft = drafts.submit(session, draft.number, draft.last.number, doing)
    print(f"Draft {draft.number} awaits release by a second person. Nothing is recorded yet.", file=sys.stderr)
