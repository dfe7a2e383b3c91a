"""The register's entries, which the database itself refuses to change."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

COLUMNS = (
    "number",
    "recorded_at",
    "recorded_by",
    "rectifies",
    "reason",
    "treaty",
    "participant",
    "action",
    "date",
    "subject",
    "effective",
    "place",
    "provision",
    "text",
    "source",
)

SQLITE = (
    """CREATE TRIGGER entry_is_never_updated BEFORE UPDATE ON entry
       BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END""",
    """CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
       BEGIN SELECT RAISE(ABORT, 'an entry is never deleted'); END""",
    # REPLACE deletes without asking the trigger above, so it is refused before it begins.
    """CREATE TRIGGER entry_is_never_replaced BEFORE INSERT ON entry
       WHEN EXISTS (SELECT 1 FROM entry WHERE number = NEW.number OR rectifies = NEW.rectifies)
       BEGIN SELECT RAISE(ABORT, 'an entry is never replaced'); END""",
)

POSTGRESQL = (
    """CREATE FUNCTION entry_is_never_changed() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'an entry is never changed'; END $$""",
    """CREATE TRIGGER entry_is_never_changed BEFORE UPDATE OR DELETE ON entry
       FOR EACH ROW EXECUTE FUNCTION entry_is_never_changed()""",
    """CREATE TRIGGER entry_is_never_truncated BEFORE TRUNCATE ON entry
       FOR EACH STATEMENT EXECUTE FUNCTION entry_is_never_changed()""",
)


def upgrade() -> None:
    text = ("reason", "treaty", "participant", "action", "date", "subject", "effective", "place", "provision")
    op.create_table(
        "entry",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("recorded_at", sa.String(32), nullable=False),
        sa.Column("recorded_by", sa.String, nullable=False),
        sa.Column("rectifies", sa.Integer, sa.ForeignKey("entry.number"), nullable=True, unique=True),
        *(sa.Column(name, sa.String, nullable=False) for name in (*text, "text", "source")),
    )
    op.create_index("ix_entry_treaty", "entry", ["treaty"])
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("entry")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION entry_is_never_changed")
