"""The functions of the law that apply a provision: their docstrings begin with its number."""

import importlib
import inspect
import pkgutil
import re
from collections import defaultdict
from functools import cache
from typing import NamedTuple

from depositary import law

_CITED = re.compile(r"(\d+)?\((\d+)\)(?:\([a-z]\))?(?:-\((\d+)\))?")
_PREFIX = re.compile(r"(\d+\(\d+\)[^:]{0,40}): (.+)", re.DOTALL)


class GoverningRule(NamedTuple):
    """A function of the law: its name, what it decides, where it stands, and its source."""

    name: str
    says: str
    where: str
    source: str


@cache
def rules_by_provision() -> dict[str, tuple[GoverningRule, ...]]:
    """The functions that apply each provision, by its number (`65(1)`), in the order of the files."""
    rules = defaultdict(list)
    for module in pkgutil.walk_packages(law.__path__, f"{law.__name__}."):
        here = importlib.import_module(module.name)
        for name, function in inspect.getmembers(here, inspect.isfunction):
            stated = _PREFIX.match(inspect.getdoc(function) or "")
            if function.__module__ != module.name or stated is None or name.startswith("_"):
                continue
            lines, first = inspect.getsourcelines(function)
            where = f"{module.name.replace('.', '/')}.py:{first}"
            rule = GoverningRule(
                f"{module.name.rpartition('.')[2]}.{name}", _sentence(stated[2]), where, "".join(lines)
            )
            for provision in provisions(stated[1]):
                rules[provision].append(rule)
    return {provision: tuple(rules) for provision, rules in rules.items()}


def _sentence(text: str) -> str:
    words = " ".join(text.replace("`", "").split())
    return words[:1].upper() + words[1:]


def provisions(citation: str) -> tuple[str, ...]:
    """The paragraphs a citation names: `65(1)-(2)` names two."""
    named, article = [], ""
    for match in _CITED.finditer(citation):
        article = match[1] or article
        first, last = int(match[2]), int(match[3] or match[2])
        named += [f"{article}({number})" for number in range(first, last + 1)]
    return tuple(dict.fromkeys(named))
