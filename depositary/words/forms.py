"""Forms of a fact that the sentences of a language ask for by the end of a placeholder.

`%(nth_genitive)s` is the genitive of the ordinal `nth`; `%(participant_of)s` is "de la France" and
`%(participant_the)s` is "la France".
"""

from collections.abc import Callable
from csv import DictReader
from functools import cache
from pathlib import Path

ARTICLES = Path(__file__).parent / "french_articles.csv"

VOWELS = "aeiouyéèêëâîïôœh"


class Facts(dict[str, object]):
    """What fills a sentence, with the forms of its facts."""

    def __missing__(self, placeholder: str) -> str:
        fact, _, form = placeholder.rpartition("_")
        return FORMS[form](str(self[fact]))


def genitive(ordinal: str) -> str:
    """The genitive of a Russian or Arabic ordinal."""
    if ordinal.endswith("ون"):
        return f"{ordinal.removesuffix('ون')}ين"
    if ordinal.endswith("третий"):
        return f"{ordinal.removesuffix('ий')}ьего"
    for ending in ("ый", "ой"):
        if ordinal.endswith(ending):
            return f"{ordinal.removesuffix(ending)}ого"
    return f"{ordinal.removesuffix('й')}го" if ordinal.endswith("-й") else ordinal


@cache
def french_articles() -> dict[str, str]:
    """The article of each French name that has one: `la`, `le`, `les` or `l’`."""
    with ARTICLES.open(encoding="utf-8") as file:
        return {row["name"]: row["article"] for row in DictReader(file)}


def the(name: str) -> str:
    """A French name with its article: `la France`, `le Ghana`, `l’Algérie`, `Cuba`."""
    article = french_articles().get(name, "")
    return f"{article}{'' if article in ('', 'l’') else ' '}{name}"


def of(name: str) -> str:
    """A French name after "de": `de la France`, `du Ghana`, `des Pays-Bas`, `de Cuba`, `d’Haïti`."""
    article = french_articles().get(name, "")
    if not article:
        return f"d’{name}" if name[:1].lower() in VOWELS else f"de {name}"
    return {"le": f"du {name}", "les": f"des {name}"}.get(article, f"de {the(name)}")


FORMS: dict[str, Callable[[str], str]] = {"genitive": genitive, "the": the, "of": of}
