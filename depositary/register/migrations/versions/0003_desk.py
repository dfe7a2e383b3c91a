"""The desk: accounts, sessions, drafts in versions and steps, and the record of what was done."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEPT = {
    "draft_version": "draft = NEW.draft AND version = NEW.version",
    "draft_step": "draft = NEW.draft AND step = NEW.step",
}
KEPT["audit"] = "number = NEW.number"
"""Tables to which is only added; by what a row takes another's place."""

TABLES = ("audit", "draft_step", "draft_version", "draft", "desk_session", "recovery_code", "invitation", "account")


def text(name: str, length: int | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False)


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("name", sa.String(40), primary_key=True),
        text("full_name", 200),
        text("roles"),
        text("language", 2),
        text("password"),
        text("second"),
        sa.Column("last_step", sa.Integer, nullable=False),
        text("disabled_at"),
        sa.CheckConstraint("length(name) BETWEEN 2 AND 40 AND length(full_name) BETWEEN 1 AND 200"),
    )
    op.create_table(
        "invitation",
        sa.Column("token", sa.String(64), primary_key=True),
        sa.Column("account", sa.String(40), sa.ForeignKey("account.name"), nullable=False),
        text("second"),
        text("expires_at"),
        text("used_at"),
    )
    op.create_table(
        "recovery_code",
        sa.Column("code", sa.String(64), primary_key=True),
        sa.Column("account", sa.String(40), sa.ForeignKey("account.name"), nullable=False, index=True),
        text("used_at"),
    )
    op.create_table(
        "desk_session",
        sa.Column("token", sa.String(64), primary_key=True),
        sa.Column("account", sa.String(40), sa.ForeignKey("account.name"), nullable=False, index=True),
        *(text(name) for name in ("begun_at", "seen_at", "confirmed_at", "address", "agent", "ended_at")),
    )
    op.create_table(
        "draft",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("form", sa.String(64), nullable=False, unique=True),
    )
    op.create_table(
        "draft_version",
        sa.Column("draft", sa.Integer, sa.ForeignKey("draft.number"), primary_key=True, autoincrement=False),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("content", sa.Text, nullable=False),
        text("digest", 64),
        sa.Column("saved_by", sa.String(40), sa.ForeignKey("account.name"), nullable=False),
        text("saved_at"),
        sa.UniqueConstraint("draft", "version", "saved_by"),
        sa.CheckConstraint("version > 0 AND length(digest) = 64"),
    )
    op.create_table(
        "draft_step",
        sa.Column("draft", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("step", sa.Integer, primary_key=True, autoincrement=False),
        text("what"),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("author", sa.String(40), nullable=False),
        sa.Column("done_by", sa.String(40), sa.ForeignKey("account.name"), nullable=False),
        text("done_at"),
        text("reason"),
        text("shown"),
        sa.Column("entry", sa.Integer, sa.ForeignKey("entry.number"), nullable=True),
        sa.Column("last_entry", sa.Integer, nullable=True),
        sa.ForeignKeyConstraint(
            ["draft", "version", "author"], ["draft_version.draft", "draft_version.version", "draft_version.saved_by"]
        ),
        sa.CheckConstraint("what IN ('submitted', 'received', 'withdrawn', 'refused', 'released')"),
        sa.CheckConstraint("what <> 'released' OR (author <> done_by AND entry IS NOT NULL AND length(shown) = 64)"),
        sa.CheckConstraint("what <> 'refused' OR (author <> done_by AND length(reason) > 0)"),
    )
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        *(text(name) for name in ("done_at", "done_by", "address", "what")),
        sa.Column("about", sa.Text, nullable=False),
    )
    for statement in _guards():
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().execute(sa.text("SELECT 1 FROM account LIMIT 1")).first():
        raise RuntimeError("accounts and drafts would be lost; the register stays as it is")
    for table in TABLES:
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION second_person()")


def _guards() -> list[str]:
    """Nothing done is changed; and nobody releases a draft a version of which they saved."""
    never = "what was done at the desk is never changed"
    person = "nobody releases what they drafted themselves"
    own = "SELECT 1 FROM draft_version WHERE draft = NEW.draft AND saved_by = NEW.done_by"
    if op.get_bind().dialect.name == "sqlite":
        made = [
            f"CREATE TRIGGER {table}_{change} BEFORE {change} ON {table} BEGIN SELECT RAISE(ABORT, '{never}'); END"
            for table in KEPT
            for change in ("UPDATE", "DELETE")
        ]
        made += [
            f"CREATE TRIGGER {table}_REPLACE BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608
            f" BEGIN SELECT RAISE(ABORT, '{never}'); END"
            for table, same in KEPT.items()
        ]
        return [
            *made,
            f"CREATE TRIGGER second_person BEFORE INSERT ON draft_step WHEN NEW.what = 'released' AND EXISTS ({own})"
            f" BEGIN SELECT RAISE(ABORT, '{person}'); END",
        ]
    return [
        *(
            f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION nothing_is_ever_changed()"
            for table in KEPT
        ),
        f"""CREATE FUNCTION second_person() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.what = 'released' AND EXISTS ({own}) THEN RAISE EXCEPTION '{person}'; END IF;
            RETURN NEW;
        END $$""",
        "CREATE TRIGGER second_person BEFORE INSERT ON draft_step FOR EACH ROW EXECUTE FUNCTION second_person()",
    ]
