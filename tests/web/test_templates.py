"""A page and its template hold each other: nothing is used that is not there, and nothing is there unused."""

from dataclasses import fields

import pytest
from jinja2 import meta, nodes

from depositary.web.rendering import TEMPLATE, TEMPLATES, Page, environment
from depositary.web.shown import Frame


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
        taken = {each for one in tree.find_all(nodes.FromImport) for each in one.names}
        found |= meta.find_undeclared_variables(tree) - macros - taken
    return found - set(environment("en").globals)


@pytest.mark.parametrize("kind", TEMPLATE)
def test_a_template_uses_all_the_fields_of_its_page_and_no_others(kind: type[Page]) -> None:
    assert variables(TEMPLATE[kind]) == {field.name for field in fields(kind)}


def test_the_frame_is_used_whole() -> None:
    base = (TEMPLATES / "base.html").read_text(encoding="utf-8")
    for field in fields(Frame):
        assert f"frame.{field.name}" in base


def test_every_template_belongs_to_a_page_or_is_a_part() -> None:
    public = {path.relative_to(TEMPLATES).as_posix() for path in (TEMPLATES / "public").iterdir()}
    assert public == set(TEMPLATE.values())


def test_nothing_is_let_through_unescaped() -> None:
    for path in TEMPLATES.rglob("*.html"):
        source = path.read_text(encoding="utf-8")
        assert "|safe" not in source.replace(" ", "")
        assert "style=" not in source
        assert "<script" not in source
