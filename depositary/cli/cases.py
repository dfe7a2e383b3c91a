"""Cases from the command line: where the desk is staffed, a second person releases each act."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from depositary import clock
from depositary.errors import BadInput

if TYPE_CHECKING:
    from depositary.desk.case_content import CaseContent
    from depositary.register.store import Store


def is_for_the_desk(store: "Store") -> bool:
    """Whether an entry needs two persons."""
    from depositary.desk.accounts import is_staffed

    with store.session() as session:
        return is_staffed(session)


def submit(
    store: "Store", content: "CaseContent", by: str, *, documents: Sequence[tuple[str, str, bytes]] = (), key: str = ""
) -> None:
    """Makes a case of a content and submits it for release. Raises BadInput where `by` may not draft.

    A document has a kind, the name of its file, and its content.
    """
    from depositary.desk import case_steps
    from depositary.desk.accounts import account
    from depositary.desk.audit import Doing
    from depositary.desk.case_content import Document
    from depositary.register.recording import attach_all

    with store.session() as session:
        person = account(session, by)
    if person is None or not person.may("draft"):
        raise BadInput([f"--by {by!r}: the desk is staffed, and this account may not draft"])
    digests = attach_all(store, [content for _, _, content in documents])
    named = {sha256(content).hexdigest(): (kind, name) for kind, name, content in documents}
    scans = tuple(Document(digest, *named[digest]) for digest in digests)  # type: ignore[arg-type]
    content, doing = replace(content, documents=scans), Doing(by, clock.now(), "the command line")
    with store.session(writing=True) as session:
        case = case_steps.begin(session, key or f"command line {content.digest} {doing.instant}", content, doing)
        if case.state == "open":
            case = case_steps.submit(session, case.number, case.last.number, doing)
    print(f"Case {case.number} awaits release by a second person. Nothing is recorded yet.", file=sys.stderr)
