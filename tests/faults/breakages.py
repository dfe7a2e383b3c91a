"""Deliberate breakages: each takes one safeguard away, and names the test that has to notice."""

from tests.faults.desk_breakages import DESK
from tests.faults.outward_breakages import OUTWARD
from tests.faults.register_breakages import REGISTER_AND_JOURNAL

BREAKAGES = (*DESK, *REGISTER_AND_JOURNAL, *OUTWARD)
