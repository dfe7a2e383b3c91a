"""When a circulation is due."""

from collections.abc import Callable
from datetime import date, timedelta

from depositary.correspondence.circulation.due import due_at
from depositary.correspondence.circulation.editions import KeptEdition
from tests.correspondence.circulation.sample_registers import (
    AT,
    BEGUN,
    FORCE,
    LATER,
    SECOND,
    TREATY,
    codes,
    mission,
    parties,
)


class TestDue:
    def test_when_the_next_circulation_falls(self, approved: Callable[..., KeptEdition]) -> None:
        own = parties(40)
        none = due_at(parties(39).registers(), [], [], TREATY, BEGUN + timedelta(hours=1))
        assert (none.next_on, none.is_overdue, none.is_alarming) == (None, False, False)
        assert due_at(own.registers(), [], [], TREATY, BEGUN + timedelta(hours=1)).next_on == FORCE
        assert due_at(own.registers(), [], [], TREATY, AT).is_overdue
        kept = approved(own.registers())
        after = due_at(own.registers(), [kept], [], TREATY, AT + timedelta(days=1))
        assert (after.next_on, after.is_overdue) == (SECOND, False)
        assert due_at(own.registers(), [kept], [], TREATY, LATER).is_overdue

    def test_who_lacks_what(self) -> None:
        own = parties(42)
        own.authority("mission", codes(42)[0], mission=mission(codes(42)[0], 0, certificate=""))
        own.authority("withdrawal", codes(42)[1], concerns=3)
        own.act("ZWE", "ratification", date(2026, 3, 3))
        told = due_at(own.registers(), [], [], TREATY, BEGUN + timedelta(days=3))
        assert (told.lacking, told.without_certificate, told.without_contact) == (
            ("ZWE",),
            (codes(42)[0],),
            (codes(42)[1], "ZWE"),
        )
        assert told.unconfirmed == ()
        late = due_at(own.registers(), [], [], TREATY, BEGUN + timedelta(days=367))
        assert len(late.unconfirmed) == 41
