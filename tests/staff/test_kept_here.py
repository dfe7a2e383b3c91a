"""A house that keeps the register of a treaty itself says so at the desk: two persons, from a day on."""

from collections.abc import Callable
from datetime import date

from depositary.law.acts import Act
from depositary.law.readings import KEPT_HERE
from depositary.register.recording import record
from depositary.treaties.sources import last_day_at_hand
from depositary.web.known import Known
from depositary.web.staff.desk import Desk
from tests.register.sample_acts import AT
from tests.staff.conftest import Browser, act
from tests.staff.releasing import Staff, release
from tests.words_of import words_of


def test_two_persons_say_that_the_register_is_kept_here(
    staff: Staff, desk: Desk, person: Callable[..., str], signed_in: Callable[..., Browser]
) -> None:
    record(Act("XVIII-16", "S01", "signature", date(2025, 10, 25)), "clerk", AT, desk.store)

    def complete_as_of(day: date) -> date | None:
        return last_day_at_hand(
            desk.collection.folder, Known(desk.collection, desk.store.entries).effects("XVIII-16", day, None)
        )

    legal = staff["legal officer"]
    form = words_of(legal.client.get("/staff/new/ruling?treaty=XVIII-16").text)
    assert "kept by this office: every act is recorded here" in form
    stated = complete_as_of(date(2026, 11, 24))
    ruling = act(action="ruling", reading=KEPT_HERE, choice="otherwise", date="2026-11-23")
    number = int(legal.post("/staff/form", **ruling).headers["location"].rsplit("/", 1)[1])
    assert complete_as_of(date(2026, 11, 24)) == stated, "one person alone changes nothing"
    person("second.officer", "legal officer")
    assert release(legal, number).status_code == 409
    assert release(signed_in("second.officer"), number).status_code == 303
    assert complete_as_of(date(2026, 11, 24)) is None
    assert complete_as_of(date(2026, 11, 22)) == stated, "before its day it holds for nothing"
