"""Letters that leave the house: sealed, each with the steps of its way; and the editions of the annual circulation.

All is only added to. The database itself holds that two persons decide what became of a letter nobody knows about,
that nobody approves an edition they prepared, and that no edition is closed while a letter of it is unsettled.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KEPT = {
    "letter_part": "name = NEW.name",
    "letter": "number = NEW.number OR (edition = NEW.edition AND (recipient = NEW.recipient OR copy = NEW.copy))",
    "letter_step": "letter = NEW.letter AND step = NEW.step",
    "edition": "name = NEW.name",
    "edition_step": "edition = NEW.edition AND step = NEW.step",
}
"""The tables, to which is only added; by what a row takes another's place."""

STEPS = (
    *("claimed", "accepted", "refused", "deferred", "unknown", "given up"),
    *("proposed", "resend", "delivered", "received", "bounced"),
)

RULES = {
    "letter_step": (
        "second_person_letter",
        "a second person agrees to what the first proposed",
        "NEW.what IN ('resend', 'delivered') AND NOT EXISTS (SELECT 1 FROM letter_step WHERE letter = NEW.letter "
        "AND step = NEW.step - 1 AND what = 'proposed' AND choice = NEW.what AND done_by <> NEW.done_by)",
    ),
    "edition_step": (
        "second_person_edition",
        "nobody approves an edition they prepared",
        "NEW.what = 'approved' AND EXISTS (SELECT 1 FROM edition WHERE name = NEW.edition "
        "AND (prepared_by = NEW.done_by OR digest <> NEW.shown))",
    ),
}
UNSETTLED = (
    "SELECT 1 FROM letter WHERE letter.edition = NEW.edition AND NOT EXISTS (SELECT 1 FROM letter_step AS last "
    "WHERE last.letter = letter.number AND last.what IN ('accepted', 'delivered', 'received') AND last.step = "
    "(SELECT max(step) FROM letter_step WHERE letter_step.letter = letter.number))"
)
RULES_OF_CLOSING = (
    "closed_when_settled",
    "an edition is closed when every letter of it is settled",
    f"NEW.what = 'closed' AND EXISTS ({UNSETTLED})",
)


def text(name: str, length: int | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False)


def upgrade() -> None:
    op.create_table(
        "letter_part",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.CheckConstraint("length(name) = 64"),
    )
    op.create_table(
        "letter",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        text("edition", 80),
        text("recipient", 120),
        sa.Column("copy", sa.Integer, nullable=False),
        sa.Column("message_id", sa.String(200), nullable=False, unique=True),
        sa.Column("sealed", sa.Text, nullable=False),
        text("posted_by", 200),
        text("posted_at"),
        sa.UniqueConstraint("edition", "recipient"),
        sa.UniqueConstraint("edition", "copy"),
        sa.CheckConstraint("length(edition) > 0 AND length(recipient) > 0 AND copy > 0"),
    )
    op.create_table(
        "letter_step",
        sa.Column("letter", sa.Integer, sa.ForeignKey("letter.number"), primary_key=True, autoincrement=False),
        sa.Column("step", sa.Integer, primary_key=True, autoincrement=False),
        text("what"),
        text("choice"),
        text("done_by", 200),
        text("done_at"),
        text("again_at"),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.CheckConstraint(f"what IN {STEPS}"),
        sa.CheckConstraint("(what = 'proposed') = (choice IN ('resend', 'delivered')) AND step > 0"),
        sa.CheckConstraint("(what = 'deferred') = (again_at <> '')"),
    )
    op.create_table(
        "edition",
        sa.Column("name", sa.String(80), primary_key=True),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
        text("digest", 64),
        text("prepared_by", 200),
        text("prepared_at"),
        sa.UniqueConstraint("year", "place"),
        sa.CheckConstraint("length(digest) = 64 AND place > 0"),
    )
    op.create_table(
        "edition_step",
        sa.Column("edition", sa.String(80), sa.ForeignKey("edition.name"), primary_key=True),
        sa.Column("step", sa.Integer, primary_key=True, autoincrement=False),
        text("what"),
        text("done_by", 200),
        text("done_at"),
        text("shown", 64),
        text("key", 16),
        text("signature", 128),
        text("reason"),
        sa.CheckConstraint("what IN ('approved', 'withdrawn', 'closed') AND step > 0"),
        sa.CheckConstraint("what <> 'approved' OR (length(shown) = 64 AND length(signature) = 128)"),
    )
    for statement in _guards():
        op.execute(statement)


def downgrade() -> None:
    for table in ("letter", "edition"):
        if op.get_bind().execute(sa.select(sa.literal(1)).select_from(sa.table(table)).limit(1)).first():
            raise RuntimeError("letters would be lost; the register stays as it is")
    for table in ("edition_step", "edition", "letter_step", "letter", "letter_part"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for name in (*(rule[0] for rule in RULES.values()), RULES_OF_CLOSING[0]):
            op.execute(f"DROP FUNCTION {name}()")


def _guards() -> list[str]:
    never = "what was sent is never changed"
    rules = [(table, *rule) for table, rule in RULES.items()] + [("edition_step", *RULES_OF_CLOSING)]
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
            f"CREATE TRIGGER {name} BEFORE INSERT ON {table} WHEN {wrong} BEGIN SELECT RAISE(ABORT, '{said}'); END"
            for table, name, said, wrong in rules
        ]
    made = [
        f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION nothing_is_ever_changed()"
        for table in KEPT
    ]
    for table, name, said, wrong in rules:
        made += [
            f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF {wrong} THEN RAISE EXCEPTION '{said}'; END IF;
                RETURN NEW;
            END $$""",
            f"CREATE TRIGGER {name} BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
        ]
    return made
