"""The number at which the notifications of a year go on: one person proposes it, another agrees, before the first one.

Numbers may have been given out by another system before. A year in which notifications were issued already keeps the
number with which it began.
"""

from importlib import import_module

import sqlalchemy as sa
from alembic import op

from depositary.register.journal import chained

before = import_module("depositary.register.migrations.versions.0005_notifications")

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

THERE = "EXISTS (SELECT 1 FROM series_step WHERE year = NEW.year AND step = NEW.step)"
FIRST = "(SELECT first FROM series_step WHERE year = NEW.year AND what = 'agreed' ORDER BY step DESC LIMIT 1)"
LAST = "(SELECT max(number) + 1 FROM notification WHERE year = NEW.year)"
OLD_RULE = before.RULES[0]
RULE = (OLD_RULE[0], OLD_RULE[1], f"NEW.number <> coalesce({LAST}, {FIRST}, 1)")

RULES = (
    (
        "second_person_series",
        "a second person agrees to the number that the first proposed",
        "NEW.what = 'agreed' AND NOT EXISTS (SELECT 1 FROM series_step WHERE year = NEW.year AND step = NEW.step - 1 "
        "AND what = 'proposed' AND first = NEW.first AND done_by <> NEW.done_by)",
    ),
    (
        "series_before_its_first",
        "a series is set before its first notification",
        "EXISTS (SELECT 1 FROM notification WHERE year = NEW.year)",
    ),
)


def upgrade() -> None:
    op.create_table(
        "series_step",
        sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("step", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("first", sa.Integer, nullable=False),
        sa.Column("done_by", sa.String(200), nullable=False),
        sa.Column("done_at", sa.String, nullable=False),
        sa.CheckConstraint("step > 0 AND first > 0 AND what IN ('proposed', 'agreed')"),
    )
    for statement in chained(op.get_bind().dialect.name, "series_step", ("year", "step")):
        op.execute(statement)
    for step, what, done_by in ((1, "proposed", "migration 0014"), (2, "agreed", "the notifications issued before")):
        op.execute(
            "INSERT INTO series_step (year, step, what, first, done_by, done_at) "  # noqa: S608
            f"SELECT year, {step}, '{what}', min(number), '{done_by}', min(issued_at) FROM notification GROUP BY year"
        )
    for statement in (*_dropped(), *_made(RULE, "notification"), *_kept()):
        op.execute(statement)
    for rule in RULES:
        for statement in _made(rule, "series_step"):
            op.execute(statement)


def downgrade() -> None:
    there = (
        sa.select(sa.literal(1)).select_from(sa.table("series_step")).where(sa.text("done_by NOT LIKE 'migration%'"))
    )
    if op.get_bind().execute(there.limit(1)).first():
        raise RuntimeError("the series of notifications would be lost; the register stays as it is")
    op.drop_table("series_step")
    if op.get_bind().dialect.name == "postgresql":
        for name in ("series_step_chained", *(rule[0] for rule in RULES)):
            op.execute(f"DROP FUNCTION {name}()")
    for statement in (*_dropped(), *_made(OLD_RULE, "notification")):
        op.execute(statement)


def _dropped() -> list[str]:
    name = RULE[0]
    if op.get_bind().dialect.name == "sqlite":
        return [f"DROP TRIGGER {name}"]
    return [f"DROP TRIGGER {name} ON notification", f"DROP FUNCTION {name}()"]


def _made(rule: tuple[str, str, str], table: str) -> list[str]:
    name, said, wrong = rule
    if op.get_bind().dialect.name == "sqlite":
        return [f"CREATE TRIGGER {name} BEFORE INSERT ON {table} WHEN {wrong} BEGIN SELECT RAISE(ABORT, '{said}'); END"]
    return [
        f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {wrong} THEN RAISE EXCEPTION '{said}'; END IF;
            RETURN NEW;
        END $$""",
        f"CREATE TRIGGER {name} BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


def _kept() -> list[str]:
    never = "what was agreed is never changed"
    if op.get_bind().dialect.name == "sqlite":
        return [
            *(
                f"CREATE TRIGGER series_step_{change} BEFORE {change} ON series_step "
                f"BEGIN SELECT RAISE(ABORT, '{never}'); END"
                for change in ("UPDATE", "DELETE")
            ),
            f"CREATE TRIGGER series_step_REPLACE BEFORE INSERT ON series_step WHEN {THERE} "
            f"BEGIN SELECT RAISE(ABORT, '{never}'); END",
        ]
    return [
        "CREATE TRIGGER series_step_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON series_step "
        "FOR EACH STATEMENT EXECUTE FUNCTION nothing_is_ever_changed()"
    ]
