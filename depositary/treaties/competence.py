"""The declaration in which an organization says the extent of its competence, with its instrument (64(3), 65(2))."""

from depositary.law.acts import Act
from depositary.law.clauses import Clauses


def declaration_of_competence(instrument: Act, said: str, clauses: Clauses) -> Act:
    """The declaration that goes with an organization's instrument, under the provision that its clause names."""
    provisions = clauses.reio.competence_declared_under
    provision = provisions[-1 if instrument.action == "accession" else 0] if provisions else ""
    return Act(
        *(instrument.treaty, instrument.participant, "declaration", instrument.date),
        provision=provision,
        text=said,
        source=instrument.source,
    )
