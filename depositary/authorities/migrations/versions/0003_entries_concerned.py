"""An entry has the participant and the function of the entry it concerns, and a proposal goes from state to state.

Without this, two persons could replace a 24/7 contact by a designation for another function, and the old contact was
not asked. `concerns` is null in rows that were written before this migration: their sealed content says it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

OTHER = "an entry has the participant and the function of the entry it concerns"
NONE = "a rectification, a withdrawal and a confirmation name the entry they concern"
GONE = "what this would replace has been replaced or withdrawn"
DECIDED = "a proposal becomes one entry, which it says itself, and none once it was decided"
NOT_NEXT = "this step does not follow from the state of the proposal"


def upgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    schema = None if on_sqlite else "contacts"
    for table in ("authority_entry", "proposal"):
        op.add_column(table, sa.Column("concerns", sa.Integer, nullable=True), schema=schema)
    for number, (table, when, said) in _rules("" if on_sqlite else "contacts."):
        name = f"{table}_rule{number}"
        if on_sqlite:
            op.execute(
                f"CREATE TRIGGER {name} BEFORE INSERT ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{said}'); END"
            )
            continue
        op.execute(
            f"""CREATE FUNCTION contacts.{name}() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN IF {when} THEN RAISE EXCEPTION '{said}'; END IF; RETURN NEW; END $$"""
        )
        op.execute(
            f"CREATE TRIGGER {name} BEFORE INSERT ON contacts.{table} FOR EACH ROW EXECUTE FUNCTION contacts.{name}()"
        )


def _rules(of: str) -> list[tuple[int, tuple[str, str, str]]]:
    """What is refused, by the number of its trigger: in which table, when, and the sentence."""
    # A row of migration 0001 has no function in its column and came from no proposal.
    concerned = (
        f"SELECT 1 FROM {of}authority_entry e WHERE e.number = NEW.concerns AND e.participant = NEW.participant "  # noqa: S608
        "AND (e.function = NEW.function OR (e.function = '' AND e.proposal IS NULL))"
    )
    other = f"NEW.concerns IS NULL OR (NEW.concerns <> 0 AND NOT EXISTS ({concerned}))"
    replaced = f"SELECT 1 FROM {of}authority_entry e WHERE e.concerns = NEW.concerns AND e.what <> 'confirmation'"  # noqa: S608
    entered = f"SELECT 1 FROM {of}authority_entry e WHERE e.proposal = NEW.proposal"  # noqa: S608
    said = f"SELECT 1 FROM {of}proposal p WHERE p.number = NEW.proposal AND coalesce(p.concerns, NEW.concerns) = NEW.concerns"  # noqa: E501, S608

    def has(*steps: str) -> str:
        names = ", ".join(f"'{step}'" for step in steps)
        return f"EXISTS (SELECT 1 FROM {of}proposal_step s WHERE s.proposal = NEW.proposal AND s.what IN ({names}))"  # noqa: S608

    ended = has("in effect", "refused", "withdrawn")
    count = f"(SELECT count(*) FROM {of}proposal_step s WHERE s.proposal = NEW.proposal)"  # noqa: S608
    proposer = f"EXISTS (SELECT 1 FROM {of}proposal p WHERE p.number = NEW.proposal AND p.proposed_by = NEW.done_by)"  # noqa: S608
    follows = " OR ".join(
        (
            f"(NEW.what = 'approved' AND {count} = 0)",
            f"(NEW.what = 'confirmed' AND {has('approved')} AND NOT {ended} AND NOT {has('confirmed', 'overridden')})",
            f"(NEW.what = 'overridden' AND {has('approved')} AND NOT {ended} AND NOT {has('confirmed', 'overridden')})",
            f"(NEW.what = 'objected' AND {has('approved')} AND NOT {ended} AND NOT {has('objected')})",
            f"(NEW.what = 'in effect' AND {has('approved')} AND NOT {ended} AND EXISTS ({entered}))",
            f"(NEW.what = 'refused' AND NOT {ended} AND NOT EXISTS ({entered}))",
            f"(NEW.what = 'withdrawn' AND NOT {ended} AND NOT EXISTS ({entered}) AND {proposer})",
            f"(NEW.what = 'told' AND {has('in effect')} AND NOT {has('told')})",
        )
    )
    rules = [
        ("authority_entry", other, OTHER),
        ("authority_entry", "NEW.what IN ('rectification', 'withdrawal', 'confirmation') AND NEW.concerns = 0", NONE),
        ("authority_entry", f"NEW.what <> 'confirmation' AND NEW.concerns <> 0 AND EXISTS ({replaced})", GONE),
        (
            "authority_entry",
            f"NEW.what <> 'confirmation' AND (EXISTS ({entered}) OR {ended} OR NOT EXISTS ({said}))",
            DECIDED,
        ),
        ("proposal", other, OTHER),
        ("proposal_step", f"NEW.step <> {count} + 1 OR NOT ({follows})", NOT_NEXT),
    ]
    return list(enumerate(rules, 4))


def downgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    schema = None if on_sqlite else "contacts"
    for number, (table, _, _) in _rules(""):
        op.execute(f"DROP TRIGGER {table}_rule{number}" + ("" if on_sqlite else f" ON contacts.{table}"))
        if schema:
            op.execute(f"DROP FUNCTION contacts.{table}_rule{number}()")
    for table in ("authority_entry", "proposal"):
        op.drop_column(table, "concerns", schema=schema)
