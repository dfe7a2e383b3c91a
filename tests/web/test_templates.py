"""A page and its template hold each other: nothing is used that is not there, and nothing is there unused."""

from dataclasses import fields, is_dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest
from jinja2 import meta, nodes

from depositary import web
from depositary.errors import DepositaryError
from depositary.web.parts import Frame
from depositary.web.staff.parts import DeskFrame
from depositary.words import templates
from depositary.words.templates import TEMPLATES, environment, read_templates


def templates_of(folder: str) -> dict[type[Any], str]:
    """The pages whose templates are in a folder, wherever under `web` they are defined, and the template of each."""
    modules = [import_module(found.name) for found in walk_packages(web.__path__, "depositary.web.")]
    kinds = {kind for module in modules for kind in vars(module).values() if is_dataclass(kind)}
    pages = {kind: str(getattr(kind, "template", "")) for kind in kinds if isinstance(kind, type)}
    return {kind: name for kind, name in sorted(pages.items(), key=lambda page: page[1]) if name.startswith(folder)}


EVERY = templates_of("public/") | templates_of("staff/")


def sources(name: str) -> list[str]:
    """A template and what it extends and takes its macros from."""
    source = (TEMPLATES / name).read_text(encoding="utf-8")
    tree = environment("en").parse(source)
    return [source, *(each for other in meta.find_referenced_templates(tree) if other for each in sources(other))]


def variables(name: str) -> set[str]:
    found = set[str]()
    for source in sources(name):
        tree = environment("en").parse(source)
        macros = {one.name for one in tree.find_all(nodes.Macro)}
        taken = {
            each if isinstance(each, str) else each[1] for one in tree.find_all(nodes.FromImport) for each in one.names
        }
        found |= meta.find_undeclared_variables(tree) - macros - taken
    return found - set(environment("en").globals)


@pytest.mark.parametrize("kind", EVERY)
def test_a_template_uses_all_the_fields_of_its_page_and_no_others(kind: type[Any]) -> None:
    parts = {"frame"} if kind.__name__.endswith("Part") else set()  # a part of a page has no frame around it
    assert variables(EVERY[kind]) | parts == {field.name for field in fields(kind)}


def test_the_frame_is_used_whole() -> None:
    for folder, frame in (("public", Frame), ("staff", DeskFrame)):
        pages = [TEMPLATES / "base.html", *(TEMPLATES / folder).iterdir()]
        used = "".join(one.read_text(encoding="utf-8") for one in pages)
        for field in fields(frame):
            assert f"frame.{field.name}" in used


def test_every_template_belongs_to_a_page_or_is_a_part() -> None:
    public = {path.relative_to(TEMPLATES).as_posix() for path in (TEMPLATES / "public").iterdir()}
    assert public == set(templates_of("public/").values())
    staff = {path.relative_to(TEMPLATES).as_posix() for path in (TEMPLATES / "staff").iterdir()}
    assert staff == {*templates_of("staff/").values(), "staff/base.html", "staff/parts.html"}


def test_nothing_is_let_through_unescaped() -> None:
    for path in TEMPLATES.rglob("*.html"):
        source = path.read_text(encoding="utf-8")
        assert "|safe" not in source.replace(" ", "")
        assert "style=" not in source
        ours = sum(
            source.count(f'<script src="{{{{ {one} }}}}"') for one in ("frame.script", "frame.passkey_script", "script")
        )
        data = source.count('<script type="application/ld+json">{{ described|tojson }}</script>')  # no program
        assert source.count("<script") == ours + data


def test_a_program_goes_on_with_the_templates_with_which_it_began(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files are replaced under a program that runs: a page that nobody has asked for yet is as it was."""
    for name in ("first.html", "later.html"):
        (tmp_path / name).write_text("as it began")
    monkeypatch.setattr(templates, "TEMPLATES", tmp_path)
    environment.cache_clear()
    try:
        assert environment("en").get_template("first.html").render() == "as it began"
        (tmp_path / "first.html").write_text("replaced")
        (tmp_path / "later.html").unlink()
        for code in ("en", "ar"):
            for name in ("first.html", "later.html"):
                assert environment(code).get_template(name).render() == "as it began"
    finally:
        environment.cache_clear()


def test_a_program_without_templates_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(DepositaryError, match=r"The templates .* are not there"):
        read_templates(tmp_path)
