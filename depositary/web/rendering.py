"""Pages into HTML: a page names its template, and its words are those of its language."""

import re
from dataclasses import fields
from typing import Any, ClassVar, Protocol

from depositary.words.templates import environment

HTML = "text/html; charset=utf-8"


class Framed(Protocol):
    """What every frame around a page has: the language of the page."""

    @property
    def language(self) -> str: ...


class Page(Protocol):
    """A page: a dataclass that names its template, and whose fields are all that the template is given."""

    __dataclass_fields__: ClassVar[dict[str, Any]]
    template: ClassVar[str]

    @property
    def frame(self) -> Framed: ...


_BETWEEN = re.compile(r"(?<=>)[ \n]*\n[ \n]*|\n[ \n]*(?=<)")
"""The lines and spaces by which a template is laid out, which weigh as much as twenty names."""


def rendered(page: Page) -> str:
    """A page as its template lays it out."""
    template = environment(page.frame.language).get_template(page.template)
    return template.render({field.name: getattr(page, field.name) for field in fields(page)})


def html(page: Page) -> bytes:
    """A page as HTML, without the lines by which its template is laid out."""
    made = rendered(page)
    return (made if "<pre" in made else _BETWEEN.sub("\n", made)).encode()
