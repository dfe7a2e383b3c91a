"""The annual circulation as a daily job: three years of it, and each of its steps."""

import random
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from datetime import date, datetime, timedelta
from functools import partial
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
from tests.correspondence.circulation.years import House, in_a_child

Frozen = Callable[[str], AbstractContextManager[Any]]

FIRST_DAY, LAST_DAY = date(2027, 1, 4), date(2029, 12, 31)
OFF = (date(2029, 2, 24), date(2029, 3, 22))
"""The machine is off: the job is late by three weeks, and does all at once when it is back."""

KILLS_A_DAY = 2
MARCH = 3
"""After it nothing is prepared or approved: what is done is done in this process, which sets no document."""


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


def plan(house: House) -> dict[date, list[Callable[[], None]]]:
    """What missions and officers do, by day, after the job has run."""
    does = lambda step, *more: partial(step, house, *more)  # noqa: E731
    return {
        # 2027: asked on 20 January, reminded on 3 February, circulated on 1 March.
        date(2027, 1, 23): [does(years.answer, "S01"), does(years.answer, "S05")],
        date(2027, 1, 25): [does(years.answer, "S02", "changes")],
        date(2027, 1, 28): [does(years.change_contact, "S02", "anew.s02@example.int")],
        date(2027, 2, 5): [does(years.answer, "S04")],
        date(2027, 3, 3): [does(years.approve)],
        # 2028: the contact changes between approval and sending; a mission has moved, and its letter comes back.
        date(2028, 1, 22): [does(years.answer, "S01"), does(years.answer, "S02")],
        date(2028, 3, 2): [lambda: house.refused.add(years.address("S04"))],
        date(2028, 3, 9): [does(years.approve), does(years.change_contact, "S02", "later.s02@example.int")],
        date(2028, 3, 12): [does(years.move_mission, "S04", "new.s04@example.int")],
        # 2029: an address changes while the edition awaits its approval, so it is prepared anew.
        date(2029, 1, 30): [does(years.answer, code) for code in ("S01", "S03", "S05")],
        date(2029, 3, 24): [does(years.move_mission, "S05", "new.s05@example.int")],
        date(2029, 3, 26): [does(years.approve)],
    }


def test_three_years_give_three_editions_and_nothing_is_doubled_or_sent_unapproved(
    tmp_path: Path,
    frozen: Frozen,
    many: Callable[[int], int],
    injected: Callable[..., None],
) -> None:
    house, chance = House(tmp_path), random.Random(41)
    in_a_child(lambda: years.begin(house, datetime.fromisoformat("2026-12-02T15:00:00+00:00")))
    acts, killed, day = plan(house), 0, FIRST_DAY
    with frozen(f"{day}T12:00:00+00:00") as moved:
        while day <= LAST_DAY:
            if not OFF[0] <= day <= OFF[1]:
                killed += one_day(house, day, acts.get(day, []), chance, moved, many(KILLS_A_DAY))
            day += timedelta(days=1)
    injected(killed)
    print(f"{killed} kills", *house.log, sep="\n")  # `pytest -s` shows it
    check(house)
    assert len(house.log) <= 110, "the log of three years is longer than two pages"


def one_day(
    house: House, day: date, acts: list[Callable[[], None]], chance: random.Random, moved: Any, kills: int
) -> int:
    """A day: the job, killed some times and then let live; then what people do; how often it was killed."""
    killed = 0
    moved.move_to(f"{day}T12:00:00+00:00")
    is_busy = (day.month <= MARCH and (day.day % 4 == 0 or day.day in (1, 20, 21))) or bool(acts)
    for _ in range(kills if is_busy else 0):
        killed += not in_a_child(partial(years.daily, house), lives=chance.randint(1, 400))
    if day.month > MARCH:
        years.daily(house)
        return killed
    in_a_child(partial(years.daily, house))
    moved.move_to(f"{day}T16:00:00+00:00")
    for act in acts:
        act() if not isinstance(act, partial) else in_a_child(act)
    in_a_child(partial(years.settle, house))
    return killed


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
