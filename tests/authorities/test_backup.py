"""A backup of the registers of authorities comes back, whatever became of the proposals in it."""

import io
import json
from pathlib import Path

import pytest

from depositary.authorities.dump import restore_backup, write_backup
from depositary.authorities.store import ContactStore
from tests.authorities.test_states import (
    STATES,
    change,
    contacts,
    in_state,
    proposed,
    recorded,
    recorded_on_postgresql,
    recorded_on_sqlite,
)

__all__ = ["contacts", "recorded", "recorded_on_postgresql", "recorded_on_sqlite"]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("before_0003", [False, True])
def test_a_backup_with_a_proposal_in_each_state_comes_back(
    contacts: ContactStore,
    recorded: dict[str, int],
    tmp_path: Path,
    state: str,
    before_0003: bool,
) -> None:
    """Also one of a time before rows said which entry they concern."""
    in_state(contacts, recorded["point of contact"], state)
    proposed(contacts, change("withdrawal", "", recorded["prevention authority"]), "another form")
    out = io.StringIO()
    assert write_backup(contacts, out) == len(contacts.entries())
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    if before_0003:
        for line in lines[1:]:
            line["row"].pop("concerns", None)
    text = "".join(json.dumps(line) + "\n" for line in lines)
    other = ContactStore(f"sqlite:///{tmp_path / 'other.sqlite'}", tmp_path / "keys")
    other.migrate()
    assert restore_backup(other, io.StringIO(text), "backup") == len(contacts.entries())
    again = io.StringIO()
    write_backup(other, again)
    assert again.getvalue() == out.getvalue()
    other.close()
