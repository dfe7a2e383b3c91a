"""A sentence for every finding, by what it is about."""

from collections.abc import Callable

from depositary.law.findings import About
from depositary.words import amendments, entry_into_force, leaving, milestones, standings
from depositary.words.saying import Saying

SENTENCES: dict[About, Callable[[Saying], str]] = {
    **entry_into_force.SENTENCES,
    **standings.SENTENCES,
    **leaving.SENTENCES,
    **amendments.SENTENCES,
    **milestones.SENTENCES,
}
"""Each without its last full stop: the provision is still to be added."""
