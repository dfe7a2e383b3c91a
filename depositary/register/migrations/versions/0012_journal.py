"""The journal: each row of the tables to which is only added gets a line, chained and signed; heads name its last line.

What stood in these tables before is chained as it stands.
"""

import sqlalchemy as sa
from alembic import op

from depositary.register.journal import Journal, chained, key_of

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

CHAINED = {
    "signing_key": ("name",),
    "request": ("key",),
    "audit": ("number",),
    "draft_version": ("draft", "version"),
    "draft_step": ("draft", "step"),
    "correction": ("number",),
    "notification": ("year", "number"),
    "edition": ("name",),
    "edition_step": ("edition", "step"),
    "letter_part": ("name",),
    "letter": ("number",),
    "letter_step": ("letter", "step"),
}
ORDER = {"signing_key": "place", "request": "entry, key", "edition": "year, place"}
KEPT = {
    "anchor": "store = NEW.store AND size = NEW.size",
    "journal": "number = NEW.number",
    "journal_seal": "number = NEW.number",
}
NEVER = "what the journal says is never changed"


def upgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    op.add_column("head", sa.Column("journal", sa.String(64), nullable=False, server_default=""))
    op.create_table(
        "anchor",
        sa.Column("store", sa.String(20), primary_key=True),
        sa.Column("size", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("anchored_at", sa.String, nullable=False),
    )
    for statement in tables(""):
        op.execute(statement)
    op.create_table(
        "journal_seal",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("since", sa.Integer, nullable=False),
        sa.Column("key", sa.String(16), nullable=False),
        sa.Column("signature", sa.String(128), nullable=False),
        sa.CheckConstraint("since BETWEEN 1 AND number"),
    )
    for table, same in KEPT.items():
        for statement in kept(table, same, on_sqlite):
            op.execute(statement)
    adopt(CHAINED, ORDER, "")
    for statement in chained(op.get_bind().dialect.name, "anchor", ("store", "size")):
        op.execute(statement)


def tables(schema: str) -> tuple[str, ...]:
    """The tables of a journal; `unchained` is empty but within a transaction that adds rows."""
    journal = f"""CREATE TABLE {schema}journal (number INTEGER PRIMARY KEY, of_table VARCHAR(40) NOT NULL,
        row_key TEXT NOT NULL, digest VARCHAR(64) NOT NULL, CHECK (number > 0 AND length(digest) = 64))"""
    if op.get_bind().dialect.name == "sqlite":
        place, own = "INTEGER PRIMARY KEY AUTOINCREMENT", ""
    else:
        # A row is noted for the transaction that adds it, and for no later one.
        place = "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
        own = ", transaction xid8 NOT NULL DEFAULT pg_current_xact_id() CHECK (transaction = pg_current_xact_id())"
    return (
        journal,
        f"CREATE TABLE {schema}unchained (place {place}, of_table VARCHAR(40) NOT NULL, row_key TEXT NOT NULL{own})",
    )


def kept(table: str, same: str, on_sqlite: bool) -> tuple[str, ...]:
    """What refuses to change a row of a table; `same` is by what a row takes another's place."""
    if on_sqlite:
        never = f"BEGIN SELECT RAISE(ABORT, '{NEVER}'); END"
        return (
            *(f"CREATE TRIGGER {table}_{change} BEFORE {change} ON {table} {never}" for change in ("UPDATE", "DELETE")),
            f"CREATE TRIGGER {table}_REPLACE BEFORE INSERT ON {table} "  # noqa: S608
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) {never}",
        )
    return (
        f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION nothing_is_ever_changed()",
    )


def adopt(tables: dict[str, tuple[str, ...]], order: dict[str, str], schema: str) -> None:
    """Chains what stands in tables, and lets the database note what will be added."""
    connection = op.get_bind()
    for table, key in tables.items():
        op.execute(
            f"INSERT INTO {schema}unchained (of_table, row_key) SELECT '{table}', {key_of(key)} "  # noqa: S608
            f"FROM {schema}{table} ORDER BY {order.get(table, ', '.join(key))}"
        )
    Journal(connection, tables, schema).close()
    for table, key in tables.items():
        for statement in chained(connection.dialect.name, table, key, schema):
            op.execute(statement)


def downgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in CHAINED:
        op.execute(f"DROP TRIGGER {table}_chained" + ("" if on_sqlite else f" ON {table}"))
    for table in ("anchor", "journal_seal", "journal", "unchained"):
        op.drop_table(table)
    if not on_sqlite:
        for table in ("anchor", *CHAINED):
            op.execute(f"DROP FUNCTION {table}_chained()")
    op.drop_column("head", "journal")
