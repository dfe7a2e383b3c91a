"""VCLT 29. Territorial scope of treaties.

    Unless a different intention appears from the treaty or is otherwise established, a treaty is binding upon each
    party in respect of its entire territory.

A State notifies to which of the territories for whose relations it is responsible the treaty applies, or does not; it
is recorded in the State's wording. No date moves by it: the treaty is in force for the State as it was.
"""

from depositary.law.acts import Act
from depositary.law.articles.denunciation import holds
from depositary.law.history import History, Refusal


def extend(history: History, act: Act) -> Refusal:
    """Enters a notification that names the territories, by one whose consent stands on the day.

    The treaty need not be in force for it yet; the day of the deposit itself is enough.
    """
    code = act.participant
    wrong = []
    if not holds(history, code, act.date):
        wrong.append("territorial-application-by-non-contracting")
    if not act.text:
        wrong.append("territories-not-named")
    if not wrong:
        history.other.append(act)
    return tuple(wrong)
