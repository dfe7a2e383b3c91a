"""A role that drafts, releases or administers is given by two persons, never to oneself: the database holds to it.

A grant is only added. The first hour of a house, when nobody could agree yet, ends for ever with the first grant, or
when an administrator and another administrator or legal officer have passwords. An empty journal means that a dump is
being restored.
"""

import sqlalchemy as sa
from alembic import op

from depositary.register.journal import chained

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

BY_TWO = ("registrar", "legal officer", "administrator")
NEVER = "what was granted is never changed"
TWO = "two persons give a role, one of them an administrator, and neither of them to themselves"
ALONE = "nobody gives a role that drafts, releases or administers alone"
OVER = "first hour over"


def has(roles: str, *wanted: str) -> str:
    """Whether roles, as SQL has them, are some of these."""
    return "(" + " OR ".join(f"',' || {roles} || ',' LIKE '%,{role},%'" for role in wanted) + ")"


TWO_PERSONS = (
    "SELECT 1 FROM account AS asks JOIN account AS agrees ON agrees.name <> asks.name "  # noqa: S608
    "WHERE asks.password <> '' AND agrees.password <> '' "
    f"AND {has('asks.roles', 'administrator')} AND {has('agrees.roles', 'administrator', 'legal officer')}"
)
IS_OVER = f"EXISTS (SELECT 1 FROM journal) AND (EXISTS (SELECT 1 FROM role_grant) OR EXISTS ({TWO_PERSONS}))"  # noqa: S608


def _person(column: str, *roles: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM account AS person WHERE person.name = NEW.{column} AND person.disabled_at = '' "  # noqa: S608
        f"AND person.password <> '' AND {has('person.roles', *roles)})"
    )


def _given(what: str, account: str, more: str = "") -> str:
    return (
        f"EXISTS (SELECT 1 FROM role_grant AS given WHERE given.number = NEW.granted AND given.what IN ({what}) "  # noqa: S608
        f"AND given.account = NEW.{account} {more})"
    )


GAINS = " OR ".join(f"({has('NEW.roles', role)} AND NOT {has('OLD.roles', role)})" for role in BY_TWO)
SAME_ROLES = "AND given.roles = NEW.roles"
LATEST = "coalesce((SELECT max(granted) FROM invitation WHERE account = NEW.account), 0)"
RULES = (
    (
        "role_grant",
        "granted_by_two",
        "INSERT",
        f"EXISTS (SELECT 1 FROM journal) AND NEW.what <> '{OVER}' AND (NEW.asked_by = NEW.agreed_by "  # noqa: S608
        f"OR NEW.account IN (NEW.asked_by, NEW.agreed_by) OR NOT {_person('asked_by', 'administrator')} "
        f"OR NOT {_person('agreed_by', 'administrator', 'legal officer')})",
        TWO,
    ),
    (
        "account",
        "account_granted",
        "INSERT",
        f"{has('NEW.roles', *BY_TWO)} AND {IS_OVER} AND NOT {_given(repr('add'), 'name', SAME_ROLES)}",
        ALONE,
    ),
    (
        "account",
        "roles_granted",
        "UPDATE OF roles",
        f"({GAINS}) AND {IS_OVER} AND NOT (NEW.granted > OLD.granted AND {_given(repr('roles'), 'name', SAME_ROLES)})",
        ALONE,
    ),
    (
        "invitation",
        "invitation_granted",
        "INSERT",
        f"EXISTS (SELECT 1 FROM account AS person WHERE person.name = NEW.account AND {has('person.roles', *BY_TWO)}) "  # noqa: S608
        f"AND {IS_OVER} AND NOT (NEW.granted > {LATEST} AND {_given(repr('add') + ', ' + repr('invite'), 'account')})",
        ALONE,
    ),
)


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(40), nullable=False)


def upgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in ("account", "invitation"):
        op.add_column(table, sa.Column("granted", sa.Integer, nullable=False, server_default="0"))
    op.create_table(
        "role_grant",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        *(text(name) for name in ("what", "account")),
        sa.Column("roles", sa.String, nullable=False),
        *(
            sa.Column(name, sa.String(40), nullable=False)
            for name in ("asked_by", "asked_at", "agreed_by", "agreed_at")
        ),
        sa.UniqueConstraint("what", "account", "asked_by", "asked_at"),
        sa.CheckConstraint(f"what IN ('add', 'roles', 'invite', '{OVER}')"),
    )
    for statement in (*_kept(on_sqlite), *chained(op.get_bind().dialect.name, "role_grant", ("number",))):
        op.execute(statement)
    for table, name, when, wrong, said in RULES:
        if on_sqlite:
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {when} ON {table} WHEN {wrong} BEGIN SELECT RAISE(ABORT, '{said}'); END"
            )
            continue
        op.execute(
            f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN IF {wrong} THEN RAISE EXCEPTION '{said}'; END IF; RETURN NEW; END $$"""
        )
        op.execute(f"CREATE TRIGGER {name} BEFORE {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def _kept(on_sqlite: bool) -> tuple[str, ...]:
    if not on_sqlite:
        return (
            "CREATE TRIGGER role_grant_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON role_grant "
            "FOR EACH STATEMENT EXECUTE FUNCTION nothing_is_ever_changed()",
        )
    never = f"BEGIN SELECT RAISE(ABORT, '{NEVER}'); END"
    same = "number = NEW.number OR (what = NEW.what AND account = NEW.account AND asked_by = NEW.asked_by "
    return (
        *(f"CREATE TRIGGER role_grant_{do} BEFORE {do} ON role_grant {never}" for do in ("UPDATE", "DELETE")),
        "CREATE TRIGGER role_grant_REPLACE BEFORE INSERT ON role_grant "  # noqa: S608
        f"WHEN EXISTS (SELECT 1 FROM role_grant WHERE {same} AND asked_at = NEW.asked_at)) {never}",
    )


def downgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    if op.get_bind().execute(sa.text("SELECT 1 FROM role_grant LIMIT 1")).first():
        raise RuntimeError("grants would be lost; the register stays as it is")
    for table, name, *_ in RULES:
        op.execute(f"DROP TRIGGER {name}" + ("" if on_sqlite else f" ON {table}"))
        if not on_sqlite:
            op.execute(f"DROP FUNCTION {name}()")
    op.drop_table("role_grant")
    if not on_sqlite:
        op.execute("DROP FUNCTION role_grant_chained()")
    for table in ("account", "invitation"):
        op.drop_column(table, "granted")
