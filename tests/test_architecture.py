"""The house holds its shape: imports run one way, as CONTRIBUTING's table says, and the law stays pure."""

import ast
import re
from pathlib import Path

import pytest

from depositary.law import articles
from depositary.settings import PROJECT

PACKAGE = PROJECT / "depositary"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "versions" not in path.parts)

FORBIDDEN_IN_LAW = {
    "sqlmodel",
    "sqlalchemy",
    "fastapi",
    "starlette",
    "jinja2",
    "pendulum",
    "rich",
    "typer",
    "os",
    "pathlib",
}
FORBIDDEN_CALLS = {"today", "now", "utcnow", "open", "print", "input", "getenv"}


def room(path: Path) -> str:
    """The room a module belongs to: `law`, `web`, `cli` …, or the module's own name on the top floor."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def table() -> dict[str, set[str]]:
    """The import table in CONTRIBUTING: each room and the rooms it may import."""
    text = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| ([^|]*) \|", text, re.MULTILINE)
    return {name: set(re.findall(r"`(\w+)`", allowed)) for name, allowed in rows}


def imported(path: Path) -> set[str]:
    """The rooms a module imports, wherever in the module it does."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "depositary":
            parts = node.module.split(".")
            found |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_one_way(path: Path) -> None:
    name = room(path)
    if name == "__init__":
        return
    assert imported(path) - {name} <= table()[name], f"{name} imports what the table in CONTRIBUTING does not allow"


def test_the_table_has_no_circle_and_names_every_room() -> None:
    rooms = table()
    assert set(rooms) == {room(path) for path in MODULES} - {"__init__"}
    left = dict(rooms)
    while left:
        ground = [name for name, allowed in left.items() if not allowed & set(left)]
        assert ground, f"these import one another: {sorted(left)}"
        for name in ground:
            del left[name]


def modules_named(path: Path) -> set[str]:
    """The modules a module imports, wherever in it, TYPE_CHECKING included; a package by its `__init__`."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "depositary":
            submodules = {f"{node.module}.{alias.name}" for alias in node.names} & FILES.keys()
            found |= submodules or {node.module}
    return found


FILES = {".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__"): path for path in MODULES}


def test_no_file_imports_itself_by_way_of_others() -> None:
    left = {name: modules_named(path) & FILES.keys() - {name} for name, path in FILES.items()}
    while left:
        ground = [name for name, named in left.items() if not named & left.keys()]
        assert ground, f"a circle among these files: {sorted(left)}"
        for name in ground:
            del left[name]


PUBLIC = ("public", "api", "formats", "publication")


def test_the_public_site_and_the_staffs_know_nothing_of_each_other() -> None:
    for name, path in FILES.items():
        part = name.split(".")[2] if name.startswith("depositary.web.") else ""
        named = {other for other in modules_named(path) if not other.startswith(f"depositary.web.{part}")}
        if part in PUBLIC:
            walled_off: tuple[str, ...] = ("depositary.web.staff", "depositary.desk", "depositary.authorities")
        elif part == "staff":
            walled_off = ("depositary.web.public", "depositary.web.api")
        elif part and part != "app":
            walled_off = tuple(f"depositary.web.{other}" for other in (*PUBLIC, "staff"))
        else:
            continue
        assert not [other for other in named if other.startswith(walled_off)], name


def test_the_house_has_fourteen_entries() -> None:
    assert len([path for path in PACKAGE.iterdir() if path.name != "__pycache__"]) == 14


def test_the_table_of_contents_of_the_law_names_its_articles() -> None:
    named = set(re.findall(r"^\| .* \| `(\w+)` \|$", articles.__doc__ or "", re.MULTILINE))
    assert named | {"__init__"} == {path.stem for path in (PACKAGE / "law/articles").glob("*.py")}


@pytest.mark.parametrize("path", sorted((PACKAGE / "law").rglob("*.py")), ids=lambda path: path.stem)
def test_the_law_knows_no_clock_no_file_and_no_page(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            assert not {alias.name.split(".")[0] for alias in node.names} & FORBIDDEN_IN_LAW
        if isinstance(node, ast.ImportFrom) and node.module:
            assert node.module.split(".")[0] not in FORBIDDEN_IN_LAW
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            assert called not in FORBIDDEN_CALLS, f"line {node.lineno}"


def test_only_the_clock_asks_what_time_it_is() -> None:
    asking = {
        str(path.relative_to(PACKAGE))
        for path in MODULES
        if re.search(r"\b(datetime|date|dt|pendulum)\.(now|today|utcnow)\(", path.read_text(encoding="utf-8"))
    }
    assert asking == {"clock.py"}


def test_no_module_is_named_for_nothing() -> None:
    assert not {path.stem for path in MODULES} & {"utils", "helpers", "manager", "service", "special", "common", "misc"}


NOUNS = {"briefing", "pending", "recording", "rendering", "spelling", "standing", "wording"}
"""Nouns of the field that end as participles do: a participant has a standing, a treaty's wording is authentic."""


def test_a_module_is_named_by_a_noun() -> None:
    assert {path.stem for path in MODULES if path.stem.endswith(("ing", "ed"))} == NOUNS


def ones(path: Path) -> list[int]:
    """The lines of a file that name something `one` outside of a comprehension."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    comprehensions = [node.target for node in ast.walk(tree) if isinstance(node, ast.comprehension)]
    short_lived = {id(name) for target in comprehensions for name in ast.walk(target)}
    return [
        node.lineno
        for node in ast.walk(tree)
        if (isinstance(node, ast.Name) and node.id == "one" and isinstance(node.ctx, ast.Store))
        or (isinstance(node, ast.arg) and node.arg == "one")
        or (isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name == "one")
        if id(node) not in short_lived
    ]


@pytest.mark.parametrize("folder", ["depositary", "tests", "benchmarks", "deploy"])
def test_a_variable_says_what_it_holds(folder: str) -> None:
    found = {str(path): lines for path in sorted((PROJECT / folder).rglob("*.py")) if (lines := ones(path))}
    assert found == {}, "`one` is for comprehensions"


def test_no_module_grows_past_its_subject() -> None:
    tests = (PROJECT / "tests").rglob("*.py")
    assert {str(path): n for path in (*MODULES, *tests) if (n := len(path.read_text().splitlines())) > 320} == {}


def handlers(path: Path) -> dict[str, int]:
    """The handlers of a module of the web, each with the number of its lines: the docstring aside, no blank ones."""
    lines, found = path.read_text(encoding="utf-8").split("\n"), {}
    for node in ast.walk(ast.parse("\n".join(lines))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and any(map(names_address, node.decorator_list)):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            found[node.name] = sum(bool(line.strip()) for line in lines[body[0].lineno - 1 : body[-1].end_lineno])
    return found


def names_address(decorator: ast.expr) -> bool:
    """Whether a decorator names the address of a route."""
    texts = [one.value for one in ast.walk(decorator) if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return isinstance(decorator, ast.Call) and any(text.startswith("/") for text in texts)


def test_a_handler_parses_asks_and_renders_in_ten_lines() -> None:
    found = {path: handlers(path) for path in MODULES if room(path) == "web"}
    assert sum(map(len, found.values())) > 200
    assert {f"{path.stem}.{name}": n for path, by in found.items() for name, n in by.items() if n > 10} == {}
