"""The first hour of a house: nobody could agree to a grant yet, and the command line gives roles alone.

It ends for ever when an administrator and another administrator or legal officer have passwords. The database holds
to it as well.
"""

from sqlmodel import Session, select

from depositary.desk.audit import Doing, log
from depositary.desk.tables import AccountRow, GrantRow

OVER = "first hour over"


def is_now(session: Session) -> bool:
    """Whether it is the first hour of the house."""
    return not _is_noted(session) and not _are_two(session)


def end(session: Session, doing: Doing) -> None:
    """Notes that the first hour is over, where it just came to its end."""
    if _are_two(session) and not _is_noted(session):
        nobody = {"asked_by": "", "asked_at": "", "agreed_by": "", "agreed_at": doing.instant}
        session.add(GrantRow.model_validate({"what": OVER, "account": "", "roles": "", **nobody}))
        log(session, doing, OVER, "two persons give a role that drafts, releases or administers")


def _is_noted(session: Session) -> bool:
    return session.exec(select(GrantRow.number).limit(1)).first() is not None


def _are_two(session: Session) -> bool:
    """Whether there are two persons, of whom one can ask and the other agree."""
    rows = session.exec(select(AccountRow.name, AccountRow.roles).where(AccountRow.password != ""))
    able = {name: set(roles.split(",")) for name, roles in rows}
    return any(
        "administrator" in able[asks] and able[agrees] & {"administrator", "legal officer"}
        for asks in able
        for agrees in able
        if asks != agrees
    )
