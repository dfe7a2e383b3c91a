"""Requests for alerts, in a database or schema of their own; what became of one is only added to."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NEVER = "what became of a request for alerts is only added to"


def upgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    schema = None if on_sqlite else "alerts"
    hashed = ("confirm", "leave", "whose", "network")
    op.create_table(
        "request",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("treaty", sa.String(40), nullable=False),
        sa.Column("participant", sa.String(8), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        *(sa.Column(name, sa.String(64), nullable=False) for name in hashed),
        sa.Column("asked_at", sa.String(40), nullable=False, index=True),
        sa.Column("expires_at", sa.String(40), nullable=False),
        sa.UniqueConstraint("confirm"),
        sa.UniqueConstraint("leave"),
        *(sa.CheckConstraint(f"length({name}) = 64") for name in hashed),
        schema=schema,
    )
    op.create_index("request_whose", "request", ["whose"], schema=schema)
    op.create_table(
        "address",
        sa.Column("request", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("sealed", sa.Text, nullable=False),
        schema=schema,
    )
    op.create_table(
        "step",
        sa.Column("request", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("step", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("what", sa.String(10), nullable=False),
        sa.Column("done_at", sa.String(40), nullable=False),
        sa.CheckConstraint("what IN ('confirmed', 'told', 'left')"),
        schema=schema,
    )
    if on_sqlite:
        for table in ("request", "step"):
            for change in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_{change} BEFORE {change} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{NEVER}'); END"
                )
        return
    op.execute(
        f"""CREATE FUNCTION alerts.never() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{NEVER}'; END $$"""
    )
    for table in ("request", "step"):
        op.execute(
            f"CREATE TRIGGER {table}_never BEFORE UPDATE OR DELETE OR TRUNCATE ON alerts.{table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION alerts.never()"
        )


def downgrade() -> None:
    raise RuntimeError("requests for alerts would be lost; the store stays as it is")
