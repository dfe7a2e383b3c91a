"""Templates in a language: their messages come from its catalogue, and their filters write dates and names in it."""

from functools import cache
from pathlib import Path

from babel.numbers import format_decimal
from jinja2 import BytecodeCache, Environment, FunctionLoader, StrictUndefined
from jinja2.bccache import Bucket

from depositary.errors import DepositaryError
from depositary.settings import PROJECT
from depositary.words.languages import language

TEMPLATES = PROJECT / "templates"


class CompiledTemplates(BytecodeCache):
    """Templates that were compiled already: the languages share them, because a template's code has no language."""

    def __init__(self) -> None:
        self.code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.code:
            bucket.bytecode_from_string(self.code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.code[bucket.key] = bucket.bytecode_to_string()


Source = tuple[str, str, None]
"""The text of a template, its file, and that it is never read again."""


@cache
def read_templates(folder: Path = TEMPLATES) -> dict[str, Source]:
    """All templates, read at once: a program whose files are replaced goes on with those with which it began.

    Raises DepositaryError where there are none.
    """
    files = [path for path in folder.rglob("*") if path.suffix in (".html", ".txt")]
    if not files:
        raise DepositaryError(f"The templates {folder} are not there. Install the program again.")
    return {path.relative_to(folder).as_posix(): (path.read_text(encoding="utf-8"), str(path), None) for path in files}


COMPILED = {True: CompiledTemplates(), False: CompiledTemplates()}
"""By whether the environment escapes."""


@cache
def environment(code: str, *, escaping: bool = True) -> Environment:
    """The templates in a language. Everything that is filled in is escaped, but for the plain text of letters."""
    words = language(code)
    made = Environment(
        loader=FunctionLoader(read_templates(TEMPLATES).get),
        autoescape=escaping,  # noqa: S701  (plain text has nothing to escape)
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        bytecode_cache=COMPILED[escaping],
    )
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    catalogue = words.translations
    made.install_gettext_callables(catalogue.gettext, catalogue.ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.filters |= {
        "number": lambda number: format_decimal(number, locale=code),
        "date": words.date,
        "short_date": words.short_date,
        "instant": words.instant,
        "short_instant": words.short_instant,
        "said": words.said,
        "foreign": words.foreign,
        "listed": words.listed,
        "phrase": words.phrase,
        "standing": words.standing,
        "status_of": words.status,
    }
    return made
