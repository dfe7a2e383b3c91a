"""The roles at the desk and their rights. Nobody releases their own draft, whatever their roles."""

from typing import Literal, get_args

Role = Literal["registrar", "legal officer", "contacts officer", "auditor", "administrator"]
ROLES: tuple[Role, ...] = get_args(Role)

Right = Literal["read", "draft", "release", "rule", "contacts", "audit", "accounts", "agree", "letters"]

RIGHTS: dict[Role, frozenset[Right]] = {
    "registrar": frozenset({"read", "draft"}),
    "legal officer": frozenset({"read", "draft", "release", "rule", "agree", "letters"}),
    "contacts officer": frozenset({"read", "contacts", "letters"}),
    "auditor": frozenset({"read", "audit"}),
    "administrator": frozenset({"accounts", "agree"}),
}


def rights(roles: frozenset[Role]) -> frozenset[Right]:
    """The rights of a person with these roles."""
    return frozenset[Right]().union(*(RIGHTS[role] for role in roles))
