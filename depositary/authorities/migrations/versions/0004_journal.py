"""The journal of the registers of authorities: each row gets a line, chained.

The register anchors the last line. What stood in the tables before is chained as it stands.
"""

from alembic import op

from depositary.register.journal import Journal, chained, key_of

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

CHAINED = {
    "proposal": ("number",),
    "link": ("token",),
    "link_answer": ("token",),
    "proposal_step": ("proposal", "step"),
    "authority_entry": ("number",),
}
NEVER = "what the journal says is never changed"


def upgrade() -> None:
    connection = op.get_bind()
    on_sqlite = connection.dialect.name == "sqlite"
    of = "" if on_sqlite else "contacts."
    place = "INTEGER PRIMARY KEY AUTOINCREMENT" if on_sqlite else "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
    # A row is noted for the transaction that adds it, and for no later one.
    own = "transaction xid8 NOT NULL DEFAULT pg_current_xact_id() CHECK (transaction = pg_current_xact_id())"
    op.execute(
        f"""CREATE TABLE {of}journal (number INTEGER PRIMARY KEY, of_table VARCHAR(40) NOT NULL,
        row_key TEXT NOT NULL, digest VARCHAR(64) NOT NULL, CHECK (number > 0 AND length(digest) = 64))"""
    )
    op.execute(
        f"CREATE TABLE {of}unchained (place {place}, of_table VARCHAR(40) NOT NULL, row_key TEXT NOT NULL"
        + (")" if on_sqlite else f", {own})")
    )
    for statement in _kept(on_sqlite):
        op.execute(statement)
    for table, key in CHAINED.items():
        op.execute(
            f"INSERT INTO {of}unchained (of_table, row_key) SELECT '{table}', {key_of(key)} "  # noqa: S608
            f"FROM {of}{table} ORDER BY {', '.join(key)}"
        )
    Journal(connection, CHAINED, of).close()
    for table, key in CHAINED.items():
        for statement in chained(connection.dialect.name, table, key, of):
            op.execute(statement)


def _kept(on_sqlite: bool) -> tuple[str, ...]:
    if not on_sqlite:
        return (
            "CREATE TRIGGER journal_never BEFORE UPDATE OR DELETE OR TRUNCATE ON contacts.journal "
            "FOR EACH STATEMENT EXECUTE FUNCTION contacts.never()",
        )
    never = f"BEGIN SELECT RAISE(ABORT, '{NEVER}'); END"
    return (
        *(f"CREATE TRIGGER journal_{change} BEFORE {change} ON journal {never}" for change in ("UPDATE", "DELETE")),
        "CREATE TRIGGER journal_REPLACE BEFORE INSERT ON journal "  # noqa: S608
        f"WHEN EXISTS (SELECT 1 FROM journal WHERE number = NEW.number) {never}",
    )


def downgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in CHAINED:
        op.execute(f"DROP TRIGGER {table}_chained" + ("" if on_sqlite else f" ON contacts.{table}"))
        if not on_sqlite:
            op.execute(f"DROP FUNCTION contacts.{table}_chained()")
    for table in ("journal", "unchained"):
        op.drop_table(table, schema=None if on_sqlite else "contacts")
