"""Documents in tests: the typesetter sets each once, however many tests and letters ask for it."""

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pytest


class SetOnce:
    """A typesetter that keeps the documents it set last. It sets the first of each template and language twice.

    Both have to be the same bytes, and only then is it right to keep any.
    """

    def __init__(self, typesetter: Any) -> None:
        self.typesetter, self.asked = typesetter, set[tuple[str, str]]()
        self.kept = lru_cache(maxsize=500)(self.set)

    def compile(self, *, input: str, sys_inputs: dict[str, str], pdf_standards: list[str], format: str) -> bytes:
        return self.kept(input, sys_inputs["data"], tuple(pdf_standards), format)

    def set(self, template: str, data: str, standards: tuple[str, ...], form: str) -> bytes:
        told = {"input": template, "sys_inputs": {"data": data}, "pdf_standards": [*standards], "format": form}
        made: bytes = self.typesetter.compile(**told)
        kind = template, json.loads(data).get("language", "")
        if kind not in self.asked:
            self.asked.add(kind)
            assert made == self.typesetter.compile(**told), f"{kind} differs from one time to the next"
        return made


@pytest.fixture(scope="session", autouse=True)
def set_once() -> Iterator[None]:
    """The letters of many tests have the same lists and notes with them."""
    import typst

    make = typst.Compiler
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typst, "Compiler", lambda **told: SetOnce(make(**told)))
        yield
