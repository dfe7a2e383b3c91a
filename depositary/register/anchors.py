"""Anchors: the last line of another store's journal, kept in the register, whose own journal is signed.

A store without a signing key is held by them: a line that an anchor names stands in the store, as it stood then.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel

from depositary import clock
from depositary.errors import DepositaryError
from depositary.register.canonical import instant

LastLine = Callable[[], tuple[int, str]]
"""Gives the number of the last line of a store's journal, and its digest; 0 for no line."""

ANCHORS = sa.text("SELECT size, digest FROM anchor WHERE store = :store ORDER BY size")


class AnchorRow(SQLModel, table=True):
    """How far another store's journal went at a moment, and the digest of its last line."""

    __tablename__ = "anchor"

    store: str = Field(primary_key=True, max_length=20)
    size: int = Field(primary_key=True)
    digest: str = Field(max_length=64)
    anchored_at: str


def anchor(session: Session, last_lines: Mapping[str, LastLine]) -> None:
    """Anchors what was added to other stores since the last anchor. A store that does not answer is anchored later."""
    for store, last_line in last_lines.items():
        with suppress(DepositaryError):
            size, digest = last_line()
            if size and session.get(AnchorRow, (store, size)) is None:
                session.add(AnchorRow(store=store, size=size, digest=digest, anchored_at=instant(clock.now())))
                session.flush()


def anchor_faults(anchors: Mapping[int, str], lines: Mapping[str, int], store: str) -> list[str]:
    """Where a store's journal is not the one that was anchored; `lines` has the number of each line by its digest."""
    for size, digest in anchors.items():
        if lines.get(digest) != size:
            return [f"{store}: line {size} of its journal, which the register anchored, is not there or was changed"]
    return []
