"""A case of designations alone is released: its step names no entry, for nothing enters the register."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

STRICT = "what <> 'released' OR (author <> done_by AND entry IS NOT NULL AND length(shown) = 64)"
RELEASED = "what <> 'released' OR (author <> done_by AND (entry IS NULL) = (last_entry IS NULL) AND length(shown) = 64)"
STEPS = "what IN ('submitted', 'received', 'withdrawn', 'refused', 'released')"
REFUSED = "what <> 'refused' OR (author <> done_by AND length(reason) > 0)"


def upgrade() -> None:
    _check(RELEASED)


def downgrade() -> None:
    alone = sa.text("SELECT 1 FROM draft_step WHERE what = 'released' AND entry IS NULL LIMIT 1")
    if op.get_bind().execute(alone).first():
        raise RuntimeError("the release of designations would be lost; the register stays as it is")
    _check(STRICT)


def _check(released: str) -> None:
    """Holds a release to another rule."""
    if op.get_bind().dialect.name == "sqlite":
        _sqlite(released)
        return
    for constraint in sa.inspect(op.get_bind()).get_check_constraints("draft_step"):
        if "'released'" in constraint["sqltext"] and "shown" in constraint["sqltext"]:
            op.drop_constraint(str(constraint["name"]), "draft_step", type_="check")
    op.execute(f"ALTER TABLE draft_step ADD CHECK ({released})")


def _sqlite(released: str) -> None:
    """Makes the table anew, for SQLite changes no constraint; every trigger that names it is made again as it was."""
    named = sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%draft_step%'")
    triggers = [(str(name), str(made)) for name, made in op.get_bind().execute(named)]
    for name, _ in triggers:
        op.execute(f"DROP TRIGGER {name}")
    columns = "draft, step, what, version, author, done_by, done_at, reason, shown, entry, last_entry"
    op.create_table(
        "draft_step_made",
        sa.Column("draft", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("step", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("what", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("author", sa.String(40), nullable=False),
        sa.Column("done_by", sa.String(40), sa.ForeignKey("account.name"), nullable=False),
        sa.Column("done_at", sa.String, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("shown", sa.String, nullable=False),
        sa.Column("entry", sa.Integer, sa.ForeignKey("entry.number"), nullable=True),
        sa.Column("last_entry", sa.Integer, nullable=True),
        sa.ForeignKeyConstraint(
            ["draft", "version", "author"], ["draft_version.draft", "draft_version.version", "draft_version.saved_by"]
        ),
        *map(sa.CheckConstraint, (STEPS, released, REFUSED)),
    )
    op.execute(f"INSERT INTO draft_step_made ({columns}) SELECT {columns} FROM draft_step")  # noqa: S608
    op.execute("DROP TABLE draft_step")
    op.execute("ALTER TABLE draft_step_made RENAME TO draft_step")
    for _, made in triggers:
        op.get_bind().exec_driver_sql(made)
