"""A letter that stands in a file only is not accepted, and one that did not arrive is followed by another.

`written` and `replaced` are steps of a letter's way. `again` counts the letters that follow the first one of an edition
to the same recipient, at the address that its mission has then; two persons decide it. An account has an address.

What a house without a mail server had called `accepted` keeps that name: what was recorded is never changed.
"""

from importlib import import_module

import sqlalchemy as sa
from alembic import op

before = import_module("depositary.register.migrations.versions.0004_mail")

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

STEPS = (*before.STEPS, "written", "replaced")
BY_TWO = ("resend", "delivered", "replaced")
"""What two persons decide."""

KEPT = {
    "letter": "number = NEW.number OR (edition = NEW.edition AND again = NEW.again "
    "AND (recipient = NEW.recipient OR copy = NEW.copy))",
    "letter_step": before.KEPT["letter_step"],
}
OLD_RULES = {
    "letter_step": [before.RULES["letter_step"]],
    "edition_step": [before.RULES_OF_CLOSING],
}
RULES = {
    "letter_step": [
        (
            "second_person_letter",
            "a second person agrees to what the first proposed",
            f"NEW.what IN {BY_TWO} AND NOT EXISTS (SELECT 1 FROM letter_step WHERE letter = NEW.letter "  # noqa: S608
            "AND step = NEW.step - 1 AND what = 'proposed' AND choice = NEW.what AND done_by <> NEW.done_by)",
        )
    ],
    "edition_step": [
        (
            before.RULES_OF_CLOSING[0],
            before.RULES_OF_CLOSING[1],
            before.RULES_OF_CLOSING[2].replace(
                "'accepted', 'delivered', 'received'", "'accepted', 'delivered', 'received', 'replaced'"
            ),
        )
    ],
}


def text(name: str, length: int | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False)


def upgrade() -> None:
    op.add_column("account", sa.Column("email", sa.String(254), nullable=False, server_default=""))
    if op.get_bind().dialect.name == "postgresql":
        _postgresql(STEPS, BY_TWO, RULES, ("edition", "recipient", "again"), ("edition", "copy", "again"))
    else:
        _sqlite(STEPS, BY_TWO, RULES, KEPT, again=True)


def downgrade() -> None:
    bind = op.get_bind()
    letter, step = sa.table("letter", sa.column("again")), sa.table("letter_step", sa.column("what"))
    for table, newer in ((letter, letter.c.again > 0), (step, step.c.what.in_(("written", "replaced")))):
        if bind.execute(sa.select(sa.literal(1)).select_from(table).where(newer).limit(1)).first():
            raise RuntimeError("letters would be lost; the register stays as it is")
    choices = ("resend", "delivered")
    if bind.dialect.name == "postgresql":
        _postgresql(before.STEPS, choices, OLD_RULES, ("edition", "recipient"), ("edition", "copy"))
    else:
        _sqlite(before.STEPS, choices, OLD_RULES, before.KEPT, again=False)
    op.drop_column("account", "email")


def _checks(steps: tuple[str, ...], choices: tuple[str, ...]) -> tuple[str, str, str]:
    return (
        f"what IN {steps}",
        f"(what = 'proposed') = (choice IN {choices}) AND step > 0",
        "(what = 'deferred') = (again_at <> '')",
    )


def _postgresql(
    steps: tuple[str, ...],
    choices: tuple[str, ...],
    rules: dict[str, list[tuple[str, str, str]]],
    *unique: tuple[str, ...],
) -> None:
    """Changes the tables where they are: their rights and triggers stay."""
    found = sa.inspect(op.get_bind())
    for constraint in found.get_check_constraints("letter_step"):
        op.drop_constraint(str(constraint["name"]), "letter_step", type_="check")
    for check in _checks(steps, choices):
        op.execute(f"ALTER TABLE letter_step ADD CHECK ({check})")
    for key in found.get_unique_constraints("letter"):
        if key["column_names"][0] == "edition":
            op.drop_constraint(str(key["name"]), "letter", type_="unique")
    if "again" in unique[0]:
        op.execute("ALTER TABLE letter ADD COLUMN again INTEGER NOT NULL DEFAULT 0 CHECK (again >= 0)")
    else:
        op.drop_column("letter", "again")
    for columns in unique:
        op.execute(f"ALTER TABLE letter ADD UNIQUE ({', '.join(columns)})")
    for name, said, wrong in (rule for of_table in rules.values() for rule in of_table):
        op.execute(
            f"""CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF {wrong} THEN RAISE EXCEPTION '{said}'; END IF;
                RETURN NEW;
            END $$"""
        )


def _sqlite(
    steps: tuple[str, ...],
    choices: tuple[str, ...],
    rules: dict[str, list[tuple[str, str, str]]],
    kept: dict[str, str],
    *,
    again: bool,
) -> None:
    """Makes the tables anew, for SQLite changes no constraint; the steps go first, for they refer to the letters."""
    for name in ("closed_when_settled", "second_person_letter"):
        op.execute(f"DROP TRIGGER {name}")
    more = [sa.Column("again", sa.Integer, nullable=False, server_default="0")] if again else []
    unique = (("edition", "recipient"), ("edition", "copy"))
    op.create_table(
        "letter_made",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        text("edition", 80),
        text("recipient", 120),
        sa.Column("copy", sa.Integer, nullable=False),
        sa.Column("message_id", sa.String(200), nullable=False, unique=True),
        sa.Column("sealed", sa.Text, nullable=False),
        text("posted_by", 200),
        text("posted_at"),
        *more,
        *(sa.UniqueConstraint(*columns, *(["again"] if again else [])) for columns in unique),
        sa.CheckConstraint("length(edition) > 0 AND length(recipient) > 0 AND copy > 0"),
    )
    op.create_table(
        "letter_step_made",
        sa.Column("letter", sa.Integer, sa.ForeignKey("letter_made.number"), primary_key=True, autoincrement=False),
        sa.Column("step", sa.Integer, primary_key=True, autoincrement=False),
        text("what"),
        text("choice"),
        text("done_by", 200),
        text("done_at"),
        text("again_at"),
        sa.Column("sealed", sa.Text, nullable=False),
        *map(sa.CheckConstraint, _checks(steps, choices)),
    )
    of_letter = "number, edition, recipient, copy, message_id, sealed, posted_by, posted_at"
    of_step = "letter, step, what, choice, done_by, done_at, again_at, sealed"
    op.execute(f"INSERT INTO letter_made ({of_letter}) SELECT {of_letter} FROM letter")  # noqa: S608
    op.execute(f"INSERT INTO letter_step_made ({of_step}) SELECT {of_step} FROM letter_step")  # noqa: S608
    for table in ("letter_step", "letter"):
        op.execute(f"DROP TABLE {table}")
        op.execute(f"ALTER TABLE {table}_made RENAME TO {table}")
    never = "what was sent is never changed"
    for table in ("letter", "letter_step"):
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_{change} BEFORE {change} ON {table} BEGIN SELECT RAISE(ABORT, '{never}'); END"
            )
        op.execute(
            f"CREATE TRIGGER {table}_REPLACE BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} "  # noqa: S608
            f"WHERE {kept[table]}) BEGIN SELECT RAISE(ABORT, '{never}'); END"
        )
    for table, of_table in rules.items():
        for name, said, wrong in of_table:
            op.execute(
                f"CREATE TRIGGER {name} BEFORE INSERT ON {table} WHEN {wrong} BEGIN SELECT RAISE(ABORT, '{said}'); END"
            )
