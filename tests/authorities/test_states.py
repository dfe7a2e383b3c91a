"""Every kind of change in every state by every person: by the functions of the program, and by SQL behind its back."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
import sqlalchemy as sa

from depositary.authorities import proposals
from depositary.authorities.designations import FUNCTIONS, Designation
from depositary.authorities.entries import AuthorityEntry, new_salt
from depositary.authorities.missions import Mission
from depositary.authorities.proposal import (
    CONTACT,
    AuthorityProposal,
    ProposalChanged,
    ProposalRefused,
    ProposalStep,
    digest_of_proposal,
    proposal,
)
from depositary.authorities.proposals import _step
from depositary.authorities.store import ContactStore
from depositary.authorities.tables import ENTRY, PROPOSAL, STEP
from depositary.register.canonical import instant
from tests.authorities.conftest import entered
from tests.authorities.test_designations import AT
from tests.authorities.test_designations import CONTACT as POINT
from tests.postgresql import created, database_name
from tests.stores import DATABASES, contacts_at

MISSION = Mission("RUR", "Mission of Ruritania", "mission@ruritania.example.int", ("ruritania.example.int",))
KINDS = ("designation", "rectification", "strike", "withdrawal", "mission")
CONCERNED = (*FUNCTIONS, "mission")
LATER = AT + timedelta(days=1)


def named(function: str) -> Designation:
    return replace(POINT, function=function)  # type: ignore[arg-type]


def change(kind: str, function: str, concerns: int, participant: str = "RUR") -> AuthorityEntry:
    """A change of a kind that says it is about a function and names the entry it concerns."""
    what = "rectification" if kind == "strike" else kind
    designation = (
        replace(named(function), participant=participant) if kind in ("designation", "rectification") else None
    )
    mission = replace(MISSION, participant=participant) if kind == "mission" else None
    more = {"concerns": concerns, "reason": "a note", "salt": new_salt()}
    return AuthorityEntry(0, what, participant, LATER, "vera", designation, mission, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def recorded_on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of registers of authorities with an entry of each function and a mission, all of one State."""
    folder = tmp_path_factory.mktemp("recorded")
    with contacts_at(f"sqlite:///{folder / 'contacts.sqlite'}", folder) as store:
        record_all(store)
    return folder


@pytest.fixture(scope="module")
def recorded_on_postgresql(postgres_of_a_module: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """Such registers as the name of a database, and the folder of their keys."""
    folder = tmp_path_factory.mktemp("recorded")
    with contacts_at(postgres_of_a_module, folder) as store:
        record_all(store)
    return database_name(postgres_of_a_module), folder


@pytest.fixture(params=DATABASES)
def contacts(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ContactStore]:
    """A copy of these registers for each test."""
    if request.param == "sqlite":
        shutil.copytree(request.getfixturevalue("recorded_on_sqlite"), tmp_path, dirs_exist_ok=True)
        with contacts_at(f"sqlite:///{tmp_path / 'contacts.sqlite'}", tmp_path) as store:
            yield store
        return
    template, folder = request.getfixturevalue("recorded_on_postgresql")
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    with created(request.getfixturevalue("postgres_url"), template) as url, contacts_at(url, tmp_path) as store:
        yield store


@pytest.fixture
def recorded() -> dict[str, int]:
    """The numbers of the entries, by function."""
    return {name: number for number, name in enumerate(CONCERNED, 1)}


def record_all(contacts: ContactStore) -> None:
    first = [
        *(
            AuthorityEntry(0, "designation", "RUR", AT, "vera", named(function), salt=new_salt())
            for function in FUNCTIONS
        ),
        AuthorityEntry(0, "mission", "RUR", AT, "vera", mission=MISSION, salt=new_salt()),
    ]
    assert [entry.number for entry in entered(contacts, *first)] == [1, 2, 3, 4, 5]


def proposed(contacts: ContactStore, entry: AuthorityEntry, form: str = "form") -> AuthorityProposal:
    return proposals.propose(contacts, form, entry, "vera", LATER)


def test_a_contact_is_not_taken_away_by_a_designation_for_something_else(
    contacts: ContactStore, recorded: dict[str, int]
) -> None:
    with pytest.raises(ProposalRefused, match="the participant and the function of the entry it concerns"):
        proposed(contacts, change("designation", "central authority", recorded[CONTACT]))


@pytest.mark.parametrize(("kind", "concerned", "function"), list(product(KINDS, CONCERNED, FUNCTIONS)))
def test_every_change_is_of_the_function_it_concerns(
    contacts: ContactStore, recorded: dict[str, int], kind: str, concerned: str, function: str
) -> None:
    """A change in effect is of the same function, and one of a contact has waited for the old contact."""
    entry = change(kind, function, recorded[concerned])
    fits = {"mission": concerned == "mission", "strike": True, "withdrawal": True}.get(kind, concerned == function)
    if not fits:
        with pytest.raises(ProposalRefused):
            proposed(contacts, entry)
        return
    made = proposed(contacts, entry)
    with pytest.raises(ProposalRefused):
        proposals.approve(contacts, made.number, digest_of_proposal(made, contacts.root), "vera", LATER)
    after = proposals.approve(contacts, made.number, digest_of_proposal(made, contacts.root), "otto", LATER)
    assert after.state == ("awaiting the old contact" if concerned == CONTACT else "in effect")
    assert len(contacts.entries()) == len(CONCERNED) + (concerned != CONTACT)
    assert contacts.check().fault == ""


@pytest.mark.parametrize("kind", KINDS)
def test_the_entry_concerned_is_ones_own_and_stands(
    contacts: ContactStore, recorded: dict[str, int], kind: str
) -> None:
    concerned = "mission" if kind == "mission" else "central authority"
    with pytest.raises(ProposalChanged):
        proposed(contacts, change(kind, concerned, recorded[concerned], "GRK"))
    with pytest.raises(ProposalChanged):
        proposed(contacts, change(kind, concerned, 99))
    if kind in ("rectification", "strike", "withdrawal"):
        with pytest.raises(ProposalRefused):
            proposed(contacts, change(kind, concerned, 0))


def in_state(contacts: ContactStore, concerned: int, state: str) -> int:
    """A proposal of a change of a contact, brought into a state; its number."""
    made = proposed(contacts, change("designation", CONTACT, concerned))
    number = made.number
    if state in ("awaiting the old contact", "objected", "in effect", "told"):
        proposals.approve(contacts, number, digest_of_proposal(made, contacts.root), "otto", LATER)
    if state == "objected":
        with contacts.recording() as recording:
            proposals.settled_by_old_contact(recording, contacts, number, LATER, objects=True)
    if state in ("in effect", "told"):
        proposals.override(contacts, number, "it does not answer", "otto", LATER)
    if state == "told":
        proposals.note_told(contacts, [number], "otto", LATER)
    if state == "refused":
        proposals.refuse(contacts, number, "no note says so", "otto", LATER)
    if state == "withdrawn":
        proposals.withdraw(contacts, number, "vera", LATER)
    return number


STATES = ("proposed", "awaiting the old contact", "objected", "in effect", "told", "refused", "withdrawn")
STEPS = ("approved", "confirmed", "objected", "overridden", "in effect", "refused", "withdrawn", "told")
FOLLOWS = {
    "proposed": {("approved", "otto"), ("refused", "otto"), ("withdrawn", "vera")},
    "awaiting the old contact": {
        *(("objected", "vera"), ("objected", "otto"), ("overridden", "otto")),
        *(("refused", "otto"), ("withdrawn", "vera")),
    },
    "objected": {("overridden", "otto"), ("refused", "otto"), ("withdrawn", "vera")},
    "in effect": {("told", "vera"), ("told", "otto")},
}
"""By state the steps that may follow, each with the person who may take it; no old contact has confirmed anything."""


@pytest.mark.parametrize("state", STATES)
def test_no_other_step_follows_by_sql(contacts: ContactStore, recorded: dict[str, int], state: str) -> None:
    number = in_state(contacts, recorded[CONTACT], state)
    taken = set()
    for step, person in product(STEPS, ("vera", "otto")):
        if refused_by_sql(contacts, lambda connection: step_by_sql(connection, contacts, number, step, person)) is None:  # noqa: B023
            taken.add((step, person))
    assert taken == FOLLOWS.get(state, set())
    found = proposal(contacts, number)
    assert found is not None
    assert found.state == state.replace("told", "in effect")


def step_by_sql(connection: sa.Connection, contacts: ContactStore, number: int, what: str, person: str) -> None:
    count = connection.execute(sa.select(sa.func.count()).where(STEP.c.proposal == number)).scalar_one()
    shown = "0" * 64 if what == "approved" else ""
    row = {"proposal": number, "step": count + 1, "what": what, "done_by": person, "done_at": instant(LATER)}
    connection.execute(sa.insert(STEP), row | {"reason": "a reason", "shown": shown})


def refused_by_sql(contacts: ContactStore, attempt: Callable[[sa.Connection], object]) -> str | None:
    """What the database said to an attempt, which is rolled back in any case; None where it was allowed."""
    with contacts.engine.connect() as connection, connection.begin() as transaction:
        try:
            attempt(connection)
        except sa.exc.DBAPIError as fault:
            return str(fault.orig)
        finally:
            transaction.rollback()
    return None


@pytest.mark.parametrize("state", STATES)
def test_no_entry_without_its_proposal_by_sql(contacts: ContactStore, recorded: dict[str, int], state: str) -> None:
    """Each kind of entry of each function about each entry, as what a proposal in a state became: none is taken.

    A change of a contact was approved and never confirmed, so that no entry follows from it in any state.
    """
    number = in_state(contacts, recorded[CONTACT], state)
    size = len(contacts.entries())
    for what, function, concerned in product(
        ("designation", "rectification", "withdrawal", "mission"), (*FUNCTIONS, ""), (0, *recorded.values())
    ):
        row = {
            "number": size + 1,
            "sealed": "x",
            "digest": "0" * 64,
            "participant": "RUR",
            "what": what,
            "function": function,
            "proposal": number,
            "concerns": concerned,
        }
        for values in (row, row | {"concerns": None}, row | {"proposal": None}, row | {"participant": "GRK"}):
            assert refused_by_sql(contacts, lambda connection: connection.execute(sa.insert(ENTRY), values)), values  # noqa: B023


@pytest.mark.parametrize(("function", "concerned"), list(product((*FUNCTIONS, ""), CONCERNED)))
def test_no_proposal_of_another_function_by_sql(
    contacts: ContactStore, recorded: dict[str, int], function: str, concerned: str
) -> None:
    row = {
        "form": "f" * 64,
        "sealed": "x",
        "digest": "0" * 64,
        "participant": "RUR",
        "function": function,
        "proposed_by": "vera",
        "proposed_at": instant(LATER),
        "concerns": recorded[concerned],
    }
    said = refused_by_sql(contacts, lambda connection: connection.execute(sa.insert(PROPOSAL), row))
    assert (said is None) == (function == concerned.replace("mission", ""))
    assert refused_by_sql(
        contacts, lambda connection: connection.execute(sa.insert(PROPOSAL), row | {"concerns": None})
    )


def test_an_entry_is_replaced_once(contacts: ContactStore, recorded: dict[str, int]) -> None:
    """Two changes of one entry are approved; only the first takes effect, by SQL as well."""
    concerned = recorded["central authority"]
    first, second = (proposed(contacts, change("designation", "central authority", concerned), form) for form in "ab")
    proposals.approve(contacts, first.number, digest_of_proposal(first, contacts.root), "otto", LATER)
    with pytest.raises(ProposalChanged):
        proposals.approve(contacts, second.number, digest_of_proposal(second, contacts.root), "otto", LATER)
    with contacts.recording() as recording:
        _step(recording, second, ProposalStep("approved", "otto", LATER), "0" * 64)
    with pytest.raises(sa.exc.DBAPIError, match="has been replaced"), contacts.recording() as recording:
        recording.append(replace(second.entry, number=recording.size + 1), second.number)


def test_columns_that_do_not_say_what_the_entry_says_are_named(in_file: ContactStore) -> None:
    entered(in_file, AuthorityEntry(0, "designation", "RUR", AT, "vera", named(CONTACT), salt=new_salt()))
    with in_file.engine.begin() as connection:
        connection.execute(sa.text("DROP TRIGGER authority_entry_UPDATE"))
        connection.execute(sa.text("UPDATE authority_entry SET function = 'central authority'"))
    assert in_file.check().fault == "entry 1: the columns beside it do not say what it says"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE proposal SET proposed_by = 'mallory'",
        "UPDATE proposal_step SET done_by = 'mallory' WHERE what = 'approved'",
        "DELETE FROM proposal_step WHERE what = 'approved'",
    ],
)
def test_a_false_decision_is_named(in_file: ContactStore, change: str) -> None:
    entered(in_file, AuthorityEntry(0, "designation", "RUR", AT, "vera", named(CONTACT), salt=new_salt()))
    assert in_file.check().fault == ""
    table = "proposal_step" if "proposal_step" in change else "proposal"
    with in_file.engine.begin() as connection:
        connection.execute(sa.text(f"DROP TRIGGER {table}_{change.split(maxsplit=1)[0]}"))
        connection.execute(sa.text(change))
    assert in_file.check().fault == "entry 1: its proposal and its steps name other persons"
