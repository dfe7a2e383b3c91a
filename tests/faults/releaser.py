"""Releases of a case with several items that are killed: `releaser.py URL KEYS CASE`; it answers with JSON.

CASE is `note`, an instrument with what came with it and an authority, or `designations`, authorities alone.

Each child releases the case and kills itself before the SQL statement of a number, from the first to the last.
"""

import json
import sys
from datetime import date
from functools import partial
from pathlib import Path

from depositary.desk import accounts, case_steps
from depositary.desk.audit import Doing
from depositary.desk.case import known_case
from depositary.desk.case_content import CaseContent, Designated, Item
from depositary.desk.release import release
from depositary.law.acts import Act, Action
from depositary.register.heads import Keys
from depositary.register.merkle import Frontier
from depositary.register.store import Store
from depositary.register.verification import verify_register
from tests.kills import Child, killed_at
from tests.register.sample_acts import AT

DAY = date(2026, 3, 2)
ACTS: tuple[tuple[Action, str, str], ...] = (
    ("ratification", "", ""),
    ("reservation", "63(3)", "Not bound by 63(2)."),
    ("declaration", "37(6)", "The Convention is a legal basis."),
    ("notification", "40(13)", "English."),
)
AUTHORITIES = tuple(
    Item(designation=Designated("S01", function, "sealed")) for function in ("central authority", "point of contact")
)
CASES = {
    "note": (
        *(
            Item(Act("XVIII-16", "S01", action, DAY, provision=provision, text=text))
            for action, provision, text in ACTS
        ),
        AUTHORITIES[0],
    ),
    "designations": AUTHORITIES,
}
FLORA, RUDOLF = Doing("flora", AT), Doing("rudolf", AT)


def submitted(store: Store, items: tuple[Item, ...]) -> int:
    """The number of a case of these items that awaits release."""
    with store.session(writing=True) as session:
        for name in ("flora", "rudolf"):
            accounts.add(session, name, name, ["legal officer"], "en", Doing("the test", AT))
        number = case_steps.begin(session, "1", CaseContent(items), FLORA).number
        case_steps.submit(session, number, 1, FLORA)
    return number


def work(url: str, keys: Path, number: int, kill_at: int, _: int) -> None:
    """Releases the case, or kills itself before a statement."""
    store = Store(url, Keys(keys))
    with store.session() as session:
        case = known_case(session, number)
    assert case is not None
    head = store.head()
    root = head.root if head else Frontier().root.hex()
    killed_at(store.engine, kill_at)
    release(store, number, case_steps.view_digest(case.last, root), RUDOLF)


def main(url: str, keys: Path, items: tuple[Item, ...]) -> dict[str, object]:
    """How many children were killed, the states that they left, and what does not hold."""
    store = Store(url, Keys(keys))
    number, kills, faults = submitted(store, items), 0, list[str]()
    whole = [item.act.action for item in items if item.act]
    for kill_at in range(1, 400):
        store.close()
        was_killed = Child(partial(work, url, keys, number, kill_at)).ended()
        kills += was_killed
        store = Store(url, Keys(keys))
        with store.session() as session:
            case = known_case(session, number)
        recorded = [entry.act.action for entry in store.entries() if entry.act]
        expected = {"submitted": [], "released": whole}
        if case is None or recorded != expected.get(case.state):
            faults.append(f"killed before statement {kill_at}: {recorded}")
        faults += verify_register(store).faults
        if case and case.state == "released":
            break
    state = case.state if case else ""
    store.close()
    return {"kills": kills, "state": state, "faults": faults}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], Path(sys.argv[2]), CASES[sys.argv[3]])))
