"""The registers of authorities: sealed entries, to which is only added. On PostgreSQL in a schema of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NEVER = "what is recorded of an authority is never changed"


def upgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    schema = None if on_sqlite else "contacts"
    op.create_table(
        "authority_entry",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("participant", sa.String(8), nullable=False, index=True),
        sa.CheckConstraint("length(digest) = 64 AND number > 0"),
        schema=schema,
    )
    if on_sqlite:
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER authority_entry_{change} BEFORE {change} ON authority_entry "
                f"BEGIN SELECT RAISE(ABORT, '{NEVER}'); END"
            )
        there = "SELECT 1 FROM authority_entry WHERE number = NEW.number"
        op.execute(
            f"CREATE TRIGGER authority_entry_REPLACE BEFORE INSERT ON authority_entry WHEN EXISTS ({there}) "
            f"BEGIN SELECT RAISE(ABORT, '{NEVER}'); END"
        )
        return
    op.execute(
        f"""CREATE FUNCTION contacts.never() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{NEVER}'; END $$"""
    )
    op.execute(
        "CREATE TRIGGER authority_entry_never BEFORE UPDATE OR DELETE OR TRUNCATE ON contacts.authority_entry "
        "FOR EACH STATEMENT EXECUTE FUNCTION contacts.never()"
    )


def downgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    schema = None if on_sqlite else "contacts"
    table = sa.table("authority_entry", sa.column("number"), schema=schema)
    if op.get_bind().execute(sa.select(table.c.number).limit(1)).first():
        raise RuntimeError("designations would be lost; the register stays as it is")
    op.drop_table("authority_entry", schema=schema)
    if not on_sqlite:
        op.execute("DROP FUNCTION contacts.never()")
