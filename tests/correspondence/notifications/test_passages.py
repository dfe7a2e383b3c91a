"""The passages of a corrigendum: each beside the passage that takes its place."""

import pytest

from depositary.correspondence.notifications.passages import Difference, differences

HEAD, FOOT = "RURITANIA: RATIFICATION", "The clause reads as follows."
ON_THE_3RD = "The Convention enters into force for Ruritania on 3 February 2027."
ON_THE_2ND = ON_THE_3RD.replace("3 F", "2 F")
PROPOSED = "The Secretary-General proposes to accept the reservation for deposit."
LATE = "Ruritania made a reservation after its instrument."


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ([], [], []),
        ([ON_THE_3RD], [ON_THE_2ND], [(ON_THE_3RD, ON_THE_2ND)]),
        ([ON_THE_3RD], [PROPOSED, ON_THE_2ND], [("", PROPOSED), (ON_THE_3RD, ON_THE_2ND)]),
        ([LATE, PROPOSED, ON_THE_3RD], [ON_THE_2ND], [(LATE, ""), (PROPOSED, ""), (ON_THE_3RD, ON_THE_2ND)]),
        ([ON_THE_3RD], [ON_THE_2ND, PROPOSED], [(ON_THE_3RD, ON_THE_2ND), ("", PROPOSED)]),
        ([ON_THE_3RD], [LATE, PROPOSED], [(ON_THE_3RD, ""), ("", LATE), ("", PROPOSED)]),
        ([PROPOSED], [LATE], [(PROPOSED, LATE)]),
    ],
)
def test_a_date_is_read_in_place_of_a_date(old: list[str], new: list[str], found: list[Difference]) -> None:
    """Where a paragraph was inserted, what followed was shown in the place of something else."""
    assert list(differences([HEAD, *old, FOOT], [HEAD, *new, FOOT])) == found
