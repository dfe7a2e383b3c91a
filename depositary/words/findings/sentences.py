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


ENTERING: frozenset[About] = frozenset(
    {
        "conference-by",
        "contracting",
        "entry-into-force",
        "entry-into-force-after-threshold",
        "entry-into-force-at-threshold",
        "entry-into-force-by-succession",
        "entry-into-force-with-the-treaty",
        "not-yet-in-force",
        "party",
        "proposals-from",
        "protocol-quorum",
        "threshold",
    }
)
LEAVING: frozenset[About] = frozenset({"denunciation", "denunciation-entailed", "former-party"})
AMENDING: frozenset[About] = frozenset({"amendment-for-party", "bound-as-amended", "amendment-with-the-treaty"})


def sentence_of(language: Language, finding: Finding, participants: Participants, clauses: Clauses, on: date) -> str:
    """One plain sentence for a finding, as seen on a day: what lies after that day is said in the future."""
    wording = Wording(language, finding, participants, clauses, on)
    said = wording.cited(SENTENCES[finding.about](wording))
    return " ".join((said[:1].upper() + said[1:], *not_expressed(language, finding.about, clauses)))


def not_expressed(language: Language, about: About, clauses: Clauses) -> list[str]:
    """A sentence for each condition on which what is found may rest, and which its clause file cannot say."""
    return [
        language.gettext(
            "It may rest on article %(provision)s as well, which is not calculated here: “%(words)s”.",
            provision=provision,
            words=words,
        )
        for provision, words in clauses.not_expressed.items()
        if about in _resting(provision, clauses)
    ]


def _resting(provision: str, clauses: Clauses) -> frozenset[About]:
    """What may rest on a condition: what the same article rules, or else the entry into force and all that follows."""
    article = provision.partition("(")[0]
    for rule, abouts in ((clauses.denunciation, LEAVING), (clauses.amendment, AMENDING)):
        if rule is not None and rule.provision.partition("(")[0] == article:
            return abouts
    return ENTERING
