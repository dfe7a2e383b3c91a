"""A register of authorities on both databases, and what two persons have entered in it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from depositary.authorities import proposal, proposals
from depositary.authorities.entries import AuthorityEntry
from depositary.authorities.proposal import AuthorityProposal
from depositary.authorities.store import ContactStore
from tests.stores import DATABASES, contacts_at


@pytest.fixture(params=DATABASES)
def contacts(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ContactStore]:
    url = f"sqlite:///{tmp_path / 'contacts.sqlite'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_stores")
    with contacts_at(url, tmp_path) as store:
        yield store


@pytest.fixture
def in_file(tmp_path: Path) -> Iterator[ContactStore]:
    """The registers of authorities on SQLite alone."""
    with contacts_at(f"sqlite:///{tmp_path / 'contacts.sqlite'}", tmp_path) as store:
        yield store


def entered(store: ContactStore, *entries: AuthorityEntry) -> list[AuthorityEntry]:
    """Enters what entries say, as two persons do it, and without the old contact where one would be asked.

    A confirmation is entered as it stands. Each is recorded at its own `recorded_at`.
    """
    made = []
    for entry in entries:
        at = entry.recorded_at
        if entry.what == "confirmation":
            with store.recording() as recording:
                recording.append(replace(entry, number=recording.size + 1))
        else:
            proposed = propose(store, entry)
            proposed = proposals.approve(
                store, proposed.number, proposal.digest_of_proposal(proposed, store.root), "otto", at
            )
            if proposed.state != "in effect":
                proposals.override(store, proposed.number, "the old contact does not answer", "otto", at)
        made.append(store.entries()[-1])
    return made


def propose(store: ContactStore, entry: AuthorityEntry, by: str = "vera") -> AuthorityProposal:
    """What an entry says, as a proposal."""
    form = f"{store.root} {entry.number} {entry.recorded_at + timedelta()} {entry.salt}"
    return proposals.propose(store, form, entry, by, entry.recorded_at)
