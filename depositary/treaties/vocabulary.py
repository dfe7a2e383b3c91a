"""The words that people write in files of acts: columns, actions and their marks, months, in six languages."""

import unicodedata
from functools import cache

from depositary.law.acts import ACTIONS, COLUMNS
from depositary.law.participants import LANGUAGES
from depositary.treaties.names import plain
from depositary.words import language
from depositary.words.labels import MARKS

HEADINGS: dict[str, str] = {
    "treaty": "treaty number|treaty id|traité|tratado|договор|المعاهدة|معاهدة|条约",
    "participant": "state|country|party|code|name|État|pays|partie|Estado|país|parte|государство|страна|участник"
    "|الدولة|دولة|المشارك|国家|缔约方|参加方",
    "action": "act|type|type of act|acte|acto|acción|действие|акт|الإجراء|العمل|行为|行动",
    "date": "date of act|date of deposit|deposited|deposit date|date de l'acte|date du dépôt|fecha|fecha de depósito"
    "|дата|дата сдачи на хранение|التاريخ|تاريخ|تاريخ الإيداع|日期|交存日期",
    "subject": "amendment|objet|amendement|asunto|enmienda|предмет|поправка|الموضوع|التعديل|主题|修正案",
    "effective": "date of succession|date d'effet|fecha de efecto|дата вступления|تاريخ النفاذ|生效日期|继承日期",
    "place": "lieu|lugar|место|المكان|مكان|地点",
    "provision": "article|disposition|disposición|artículo|положение|статья|الحكم|المادة|条款",
    "text": "texte|declaration text|texto|текст|النص|نص|案文|文本",
    "addressee": "objected to|État visé|Estado destinatario|адресат|المرسل إليه|الدولة المعنية|对象国",
    "notified": "date of notification|date de notification|fecha de notificación|дата уведомления|تاريخ الإشعار"
    "|通知日期",
    "effect": "effet|efecto|последствие|الأثر|效力",
    "source": "reference|C.N.|référence|fuente|referencia|источник|ссылка|المصدر|المرجع|来源|出处",
}
"""For each column, the other headings that files give it."""


def folded(text: str) -> str:
    """A text as it is compared: case, accents, kinds of apostrophes, hyphens and spaces aside."""
    signs = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "`": "'", "–": "-", "‑": "-", "_": " ", "\u00ad": ""})
    kept = "".join(letter for letter in text.translate(signs) if unicodedata.category(letter) != "Cf")
    return plain(kept)


@cache
def _columns() -> dict[str, str]:
    found = {folded(column): column for column in COLUMNS}
    for column, headings in HEADINGS.items():
        found |= {folded(heading): column for heading in headings.split("|")}
    return found


def column_of(heading: str) -> str:
    """The column a heading names; "" for none."""
    return _columns().get(folded(heading).rstrip(":"), "")


@cache
def _actions() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for action in ACTIONS:
        for name in (action, *(language(tag).action(action) for tag in LANGUAGES)):
            found.setdefault(folded(name), set()).add(action)
    return {name: frozenset(actions) for name, actions in found.items()}


def actions_of(text: str) -> tuple[str, ...]:
    """The actions a text names, by name or by the United Nations' mark; none, one, or those it cannot tell apart."""
    marked = tuple(action for action, mark in MARKS.items() if mark == text.strip())
    return marked or tuple(sorted(_actions().get(folded(text), ())))


@cache
def months() -> dict[str, int]:
    """The number of a month by its name, whole or shortened."""
    from babel.dates import get_month_names

    found = {"sept": 9}
    for tag in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, tag).items():
                    found[folded(name).rstrip(".")] = number
    return found
