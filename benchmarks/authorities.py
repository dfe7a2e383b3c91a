"""The registers of authorities: 200 States with five authorities each, listed, and found as one types.

The reference reads the same thousand authorities, unsealed, as an ordinary program does: a query, a JSON object a row.
"""

import json
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import registers
from benchmarks.keeping import AT
from benchmarks.measuring import Figure, measure
from depositary.authorities.designations import FUNCTIONS, AcceptedLanguage, Designation, Telephone
from depositary.authorities.entries import AuthorityEntry, authority_content
from depositary.authorities.lists import authority_list
from depositary.authorities.proposal import AuthorityProposal, digest_of_proposals
from depositary.authorities.proposals import approve_all, propose
from depositary.authorities.store import ContactStore
from depositary.register.heads import Keys
from depositary.register.seal import Seal
from depositary.register.store import Store
from depositary.treaties.collection import Collection
from depositary.web.staff.authorities.registers import participant_lines
from depositary.web.staff.desk import Desk
from depositary.words import language

ON = date(2026, 11, 24)


def figures() -> Iterator[Figure]:
    """All of this part."""
    with TemporaryDirectory(prefix="depositary-bench-") as name:
        folder = Path(name)
        store = ContactStore(f"sqlite:///{folder / 'contacts.sqlite'}", folder / "keys")
        store.migrate()
        fill(store)
        plain = unsealed(folder, store)

        def ordinary() -> object:
            return [json.loads(content) for (content,) in plain.execute("SELECT content FROM authority")]

        def opened_anew() -> object:
            store.forget()
            return store.entries()

        def listed() -> object:
            return [authority_list(store.entries(), function, ON, AT, "parties") for function in FUNCTIONS]

        desk = desk_of(folder, store)
        words = language("en")
        yield measure("1,000 authorities opened", opened_anew, ordinary, times=3, goal=8)
        yield measure("four lists of 1,000 authorities", listed, ordinary, times=3, goal=3)
        yield measure("200 States on a page", lambda: participant_lines(desk, words, ""), ordinary, times=3, goal=8)
        yield measure("found as one types", lambda: participant_lines(desk, words, "s19"), ordinary, times=3, goal=4)
        plain.close()
        store.close()
        desk.store.close()


def fill(store: ContactStore) -> None:
    """Five authorities for each State: two central ones, as 40(12)(a) allows."""
    made: list[AuthorityProposal] = []
    for code in registers.PARTICIPANTS:
        for function in (*FUNCTIONS, "central authority"):
            designation = Designation(
                code,
                function,
                f"Authority of {code}",
                postal_address="1 Example Street\nCapital",
                languages=(AcceptedLanguage("en"), AcceptedLanguage("fr", "urgent")),
                hours="24/7",
                zone="Africa/Accra",
                telephones=(Telephone("+12025550143", always=True),),
                email="night@example.int",
                note="NV 1",
                note_date=date(2026, 1, 1),
            )
            entry = AuthorityEntry(0, "designation", code, AT, "anna", designation=designation)
            made.append(propose(store, f"{code} {len(made)}", entry, "anna", AT))
    approve_all(store, [one.number for one in made], digest_of_proposals(made, store.root), "otto", AT)


def unsealed(folder: Path, store: ContactStore) -> sqlite3.Connection:
    """The same in an ordinary table."""
    plain = sqlite3.connect(folder / "plain.sqlite")
    plain.execute("CREATE TABLE authority (content TEXT)")
    plain.executemany(
        "INSERT INTO authority VALUES (?)", [(authority_content(entry, ""),) for entry in store.entries()]
    )
    plain.commit()
    return plain


def desk_of(folder: Path, contacts: ContactStore) -> Desk:
    register = Store(f"sqlite:///{folder / 'register.sqlite'}", Keys(folder / "keys"))
    register.migrate()
    treaties = {"XVIII-16": registers.clauses("XVIII-16")}
    world = Collection(registers.PARTICIPANTS, treaties)
    return Desk(world, register, Seal(folder / "keys"), "http://127.0.0.1:1", "", contacts=contacts)
