"""Turns pages into HTML: a page names its template, and its frame names the language."""

import re
from dataclasses import fields
from typing import Any, ClassVar, Protocol

from depositary.words.templates import environment

HTML = "text/html; charset=utf-8"


class Framed(Protocol):
    """The frame of a page: it has the language of the page."""

    @property
    def language(self) -> str: ...


class Page(Protocol):
    """A page: a dataclass that names its template. The template gets the fields of the page, and nothing else."""

    __dataclass_fields__: ClassVar[dict[str, Any]]
    template: ClassVar[str]

    @property
    def frame(self) -> Framed: ...


_BETWEEN = re.compile(r"(?<=>)[ \n]*\n[ \n]*|\n[ \n]*(?=<)")
"""The line breaks and spaces of a template's layout, which weigh as much as twenty names."""


def rendered(page: Page) -> str:
    """The text of a page, from its template."""
    template = environment(page.frame.language).get_template(page.template)
    return template.render({field.name: getattr(page, field.name) for field in fields(page)})


def html(page: Page) -> bytes:
    """A page as HTML, without the line breaks of its template's layout."""
    made = rendered(page)
    return (made if "<pre" in made else _BETWEEN.sub("\n", made)).encode()
