"""Provisions as a language cites them: `article 65(1)`, `الفقرة 1 من المادة 65`, `第六十五条第一款`."""

import re

from depositary.words.labels import N_
from depositary.words.ordinals import chinese

FORMS = (
    N_("article %(article)s"),
    N_("article %(article)s(%(paragraph)s)"),
    N_("article %(article)s(%(paragraph)s)(%(item)s)"),
)
"""How an article, a paragraph of it, and an item of that paragraph are cited."""
OF_AN_ARTICLE = N_("article %(article)s(%(item)s)")
SENTENCES = {
    "first sentence": N_("%(provision)s, first sentence"),
    "second sentence": N_("%(provision)s, second sentence"),
}

ARABIC_ITEMS = dict(zip("abcdefghijklmnopqrstuvwxyz", "أبجدهوزحطيكلمنسعفصقرشتثخذض", strict=True))
"""The letters by which the Arabic texts mark the items of a paragraph."""

_PROVISION = re.compile(r"(\d+)(?:\((\d+)\))?(?:\(([a-z])\))?")


def parts(provision: str, language: str) -> tuple[str, dict[str, str], str]:
    """How a provision is cited: the message, what fills it, and which of its sentences is meant ("" for none).

    A provision of another form, as `19(1)(a)(ii)`, is cited as an article with all that follows its number.
    """
    number, _, sentence = provision.partition(", ")
    found = _PROVISION.fullmatch(number)
    if found is None or (sentence and sentence not in SENTENCES):
        return FORMS[0], {"article": provision}, ""
    article, paragraph, item = found.groups(default="")
    if language == "zh":
        article, paragraph = chinese(int(article)), chinese(int(paragraph)) if paragraph else ""
    if language == "ar":
        item = ARABIC_ITEMS.get(item, "")
    facts = {"article": article, "paragraph": paragraph, "item": item}
    named = {name: value for name, value in facts.items() if value}
    if item and not paragraph:
        return OF_AN_ARTICLE, named, sentence
    return FORMS[len(named) - 1], named, sentence
