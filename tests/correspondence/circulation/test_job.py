"""The annual circulation as a daily job: three years of it, and each of its steps."""

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from depositary.authorities.store import ContactStore
from depositary.correspondence.circulation.job import JOB, JobOffice, run
from depositary.correspondence.mail.outbox import Sender, seal_in
from depositary.correspondence.mail.outcomes import SETTLED
from depositary.correspondence.mail.post_office import PostOffice
from depositary.correspondence.mail.steps import letters
from depositary.correspondence.mail.turn import turn
from depositary.register.store import Store
from tests.correspondence.circulation import years
from tests.correspondence.circulation.years import House
from tests.kills import tried

Frozen = Callable[[str], AbstractContextManager[Any]]

KILLS_A_DAY = 2


def test_a_second_run_of_a_day_does_nothing(store: Store, tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    mail = PostOffice(Sender("treaties@example.int", "example.int"), lambda: years.MailServer(tmp_path / "taken"))
    with closing(ContactStore(f"sqlite:///{tmp_path / 'contacts.sqlite'}", keys)) as contacts:
        contacts.migrate()
        office = JobOffice(store, contacts, years.treaties(), years.TREATY, seal_in(keys), mail, years.URL)
        years.furnish(office, datetime.fromisoformat("2026-12-02T15:00:00+00:00"))
        for day, said in (
            ("2027-01-19", "Nothing to do. The next circulation falls on 2027-03-01."),
            ("2027-01-20", "Asked S01, S02, S03, S04, S05, S06 to confirm before 2027-03-01."),
            ("2027-02-04", "Reminded S01, S02, S03, S04, S05, S06."),
            ("2027-03-02", "Prepared edition 2027/1 for 6 missions; no answer from S01, S02, S03, S04, S05, S06;"),
        ):
            at = datetime.fromisoformat(f"{day}T15:00:00+00:00")
            assert run(office, at).line.startswith(said)
            assert run(office, at + timedelta(hours=1)).did == []
        with turn(store, "circulating"):
            assert run(office, at).line == "Nothing to do. Waits: another run is at work."


def test_three_years_give_three_editions_and_nothing_is_doubled_or_sent_unapproved(
    tmp_path: Path, many: Callable[[int], int], injected: Callable[..., None]
) -> None:
    told = tried("tests.correspondence.circulation.three_years", tmp_path, many(KILLS_A_DAY))
    injected(told["killed"])
    print(f"{told['killed']} kills", *told["log"], sep="\n")  # `pytest -s` shows it
    check(House(tmp_path))
    assert len(told["log"]) <= 110, "the log of three years is longer than two pages"


def check(house: House) -> None:
    """One edition a year, each copy settled, nothing doubled, nothing before its approval, all in the audit."""
    taken = house.taken()
    with house.office() as office:
        kept = [edition for edition in office.editions() if edition.approval]
        assert [edition.edition.on for edition in kept] == [date(2027, 3, 1), date(2028, 3, 1), date(2029, 3, 25)]
        assert {edition.state for edition in kept} == {"closed"}
        approvals = {edition.name: edition.approval.done_at for edition in kept if edition.approval}
        with office.store.session() as session:
            posted = letters(session, office.seal)
            audit = session.connection().execute(sa.text("SELECT done_by, what, about FROM audit")).all()
    assert {letter.state for letter in posted} <= SETTLED
    for edition in kept:
        of_edition = Counter(letter.recipient for letter in posted if letter.edition == edition.name)
        assert set(of_edition) == set(years.PARTIES)
        assert sum(of_edition.values()) - len(of_edition) == (edition.edition.year == 2028), "one letter was replaced"
    assert max(Counter(line["id"] for line in taken).values()) == 1, "a letter was taken twice"
    for line in taken:
        if line["edition"]:
            assert datetime.fromisoformat(line["at"]) >= approvals[line["edition"]], "a letter left unapproved"
    requests = Counter(letter.edition for letter in posted if letter.edition.startswith("contact "))
    assert requests == {
        **{f"contact confirmation {year}": 6 for year in (2027, 2028, 2029)},
        **{"contact reminder 2027": 3, "contact reminder 2028": 4, "contact reminder 2029": 3},
    }
    told = {letter.edition for letter in posted}
    assert {"changes after 2028/1", "circulation approval 2028/1 week 2"} <= told
    assert "changes after 2027/1" not in told
    by_the_job = {row.what for row in audit if row.done_by == JOB}
    assert by_the_job >= {
        *("contact confirmation sent", "contact reminder sent", "circulation prepared", "approval asked for"),
        *("circulation withdrawn", "changes announced", "circulation closed"),
    }
    assert {row.done_by for row in audit if row.what == "circulation approved"} == {"carla"}
