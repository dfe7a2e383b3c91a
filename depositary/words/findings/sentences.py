"""A sentence for every finding, by what it is about."""

from collections.abc import Callable
from datetime import date

from depositary.law.clauses import Clauses
from depositary.law.findings import About, Finding
from depositary.law.participants import Participants
from depositary.words.findings import amendment, denunciation, entry_into_force, milestones, standing, votes
from depositary.words.findings.wording import Wording
from depositary.words.languages import Language

SENTENCES: dict[About, Callable[[Wording], str]] = {
    **entry_into_force.SENTENCES,
    **standing.SENTENCES,
    **denunciation.SENTENCES,
    **amendment.SENTENCES,
    **milestones.SENTENCES,
    **votes.SENTENCES,
}
"""Each without its last full stop: the provision is still to be added."""


def sentence_of(language: Language, finding: Finding, participants: Participants, clauses: Clauses, on: date) -> str:
    """One plain sentence for a finding, as seen on a day: what lies after that day is said in the future."""
    wording = Wording(language, finding, participants, clauses, on)
    said = wording.cited(SENTENCES[finding.about](wording))
    return said[:1].upper() + said[1:]
