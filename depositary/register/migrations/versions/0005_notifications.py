"""Notifications as they were issued, numbered in each year without gaps, and corrections of a text.

All is only added to. The database itself holds that a number follows the one before it, and that nobody issues what
they drafted themselves.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KEPT = {
    "notification": "(year = NEW.year AND number = NEW.number) OR reference = NEW.reference",
    "correction": "number = NEW.number OR form = NEW.form",
}
"""The tables, to which is only added; by what a row takes another's place."""

RULES = (
    (
        "notification_without_gap",
        "a notification has the number after the last of its year",
        "NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM notification WHERE year = NEW.year)",
    ),
    (
        "second_person_notification",
        "nobody issues what they drafted themselves",
        "EXISTS (SELECT 1 FROM correction WHERE number = NEW.correction AND drafted_by = NEW.issued_by) "
        "OR EXISTS (SELECT 1 FROM draft_step AS done JOIN draft_version AS saved ON saved.draft = done.draft "
        "WHERE done.what = 'released' AND NEW.concerns BETWEEN done.entry AND done.last_entry "
        "AND saved.saved_by = NEW.issued_by)",
    ),
)


def text(name: str, length: int | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False)


def upgrade() -> None:
    op.create_table(
        "correction",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("form", sa.String(64), nullable=False, unique=True),
        text("treaty", 40),
        text("follows", 80),
        sa.Column("content", sa.Text, nullable=False),
        text("digest", 64),
        text("drafted_by", 200),
        text("drafted_at"),
        sa.CheckConstraint("length(form) = 64 AND length(digest) = 64 AND length(drafted_by) > 0"),
    )
    op.create_table(
        "notification",
        sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("reference", sa.String(80), nullable=False, unique=True),
        text("treaty", 40),
        text("kind", 40),
        text("participant", 8),
        sa.Column("concerns", sa.Integer, nullable=False),
        sa.Column("correction", sa.Integer, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        text("digest", 64),
        text("issued_by", 200),
        text("issued_at"),
        sa.UniqueConstraint("concerns", "correction", "kind"),
        sa.CheckConstraint("number > 0 AND length(digest) = 64 AND (concerns = 0) <> (correction = 0)"),
    )
    for statement in _guards():
        op.execute(statement)


def downgrade() -> None:
    for table in ("notification", "correction"):
        if op.get_bind().execute(sa.select(sa.literal(1)).select_from(sa.table(table)).limit(1)).first():
            raise RuntimeError("notifications would be lost; the register stays as it is")
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for name, _, _ in RULES:
            op.execute(f"DROP FUNCTION {name}()")


def _guards() -> list[str]:
    never = "what was issued is never changed"
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
        return made + [
            f"CREATE TRIGGER {name} BEFORE INSERT ON notification WHEN {wrong} BEGIN SELECT RAISE(ABORT, '{said}'); END"
            for name, said, wrong in RULES
        ]
    made = [
        f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION nothing_is_ever_changed()"
        for table in KEPT
    ]
    for name, said, wrong in RULES:
        made += [
            f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF {wrong} THEN RAISE EXCEPTION '{said}'; END IF;
                RETURN NEW;
            END $$""",
            f"CREATE TRIGGER {name} BEFORE INSERT ON notification FOR EACH ROW EXECUTE FUNCTION {name}()",
        ]
    return made
