"""The forms of numbers, provisions and names that sentences of each language ask for."""

from datetime import date

import pytest

from depositary.law.findings import Finding
from depositary.settings import PROJECT
from depositary.treaties.cases import INVENTED
from depositary.treaties.clause_files import load_clauses
from depositary.treaties.collection import load_collection
from depositary.words import AVAILABLE, Language, language
from depositary.words.authorities import request
from depositary.words.findings.sentences import sentence_of
from depositary.words.forms import Facts, french_articles

CLAUSES = load_clauses(PROJECT / "data/treaties/XVIII-16.toml")
DAY = date(2027, 5, 30)

pytestmark = pytest.mark.parametrize("words", [language(code) for code in AVAILABLE], ids=AVAILABLE)


ORDINALS = {
    "en": {1: "1st", 11: "11th", 22: "22nd", 40: "40th", 90: "90th", 180: "180th"},
    "fr": {1: "premier", 21: "vingt et unième", 40: "quarantième", 71: "soixante et onzième", 81: "quatre-vingt-unième",
           90: "quatre-vingt-dixième", 180: "180e"},
    "es": {1: "primer", 13: "decimotercer", 22: "vigésimo segundo", 40: "cuadragésimo", 90: "nonagésimo", 180: "180.º"},
    "ru": {3: "третий", 23: "двадцать третий", 40: "сороковой", 90: "девяностый", 180: "180-й"},
    "ar": {2: "الثاني", 11: "الحادي عشر", 21: "الحادي والعشرون", 40: "الأربعون", 90: "التسعون", 180: "180"},
    "zh": {1: "第一", 10: "第十", 12: "第十二", 40: "第四十", 90: "第九十", 105: "第一百零五", 180: "第一百八十"},
}  # fmt: skip
GENITIVES = {
    "ru": {3: "третьего", 23: "двадцать третьего", 40: "сорокового", 90: "девяностого", 180: "180-го"},
    "ar": {2: "الثاني", 11: "الحادي عشر", 21: "الحادي والعشرين", 40: "الأربعين", 90: "التسعين"},
}


def test_ordinals_are_in_words_and_in_the_right_case(words: Language) -> None:
    for number, said in ORDINALS[words.code].items():
        assert words.ordinal(number) == said
    for number, said in GENITIVES.get(words.code, {}).items():
        assert Facts(nth=words.ordinal(number))["nth_genitive"] == said
    assert len({words.ordinal(number) for number in range(1, 200)}) == 199


THE_NINETIETH_DAY = {
    "en": "the 90th day after 15 December 2027, when the 40th instrument was deposited (article 65(1)).",
    "fr": "le quatre-vingt-dixième jour après le 15 décembre 2027, date du dépôt du quarantième instrument "
    "(paragraphe 1 de l’article 65).",
    "es": "el nonagésimo día después del 15 de diciembre de 2027, fecha de depósito del cuadragésimo instrumento "
    "(párrafo 1 del artículo 65).",
    "ru": "девяностый день после 15 декабря 2027 года, дня сдачи на хранение сорокового документа (пункт 1 статьи 65).",
    "ar": "أي في اليوم التسعين بعد 15 كانون الأول/ديسمبر 2027، وهو تاريخ إيداع الصك الأربعين (الفقرة 1 من المادة 65).",
    "zh": "即2027年12月15日后第九十天，该日为交存第四十份文书之日（第六十五条第一款）。",
}


def test_the_ninetieth_day_after_the_fortieth_instrument(words: Language) -> None:
    finding = Finding("entry-into-force", date(2028, 3, 14), "65(1)", facts={"since": date(2027, 12, 15), "days": 90})
    assert sentence_of(words, finding, INVENTED, CLAUSES, DAY).endswith(THE_NINETIETH_DAY[words.code])


PROVISIONS = {
    "65": ("article 65", "article 65", "artículo 65", "статья 65", "المادة 65", "第六十五条"),
    "65(1)": (
        "article 65(1)", "paragraphe 1 de l’article 65", "párrafo 1 del artículo 65", "пункт 1 статьи 65",
        "الفقرة 1 من المادة 65", "第六十五条第一款",
    ),
    "40(12)(c)": (
        "article 40(12)(c)", "alinéa c) du paragraphe 12 de l’article 40", "apartado c) del párrafo 12 del artículo 40",
        "подпункт (c) пункта 12 статьи 40", "الفقرة 12 (ج) من المادة 40", "第四十条第十二款(c)项",
    ),
    "2(n)": (
        "article 2(n)", "alinéa n) de l’article 2", "apartado n) del artículo 2", "подпункт (n) статьи 2",
        "المادة 2 (ن)", "第二条(n)项",
    ),
    "65(1), second sentence": (
        "article 65(1), second sentence", "paragraphe 1 de l’article 65, deuxième phrase",
        "párrafo 1 del artículo 65, segunda oración", "пункт 1 статьи 65, второе предложение",
        "الفقرة 1 من المادة 65، الجملة الثانية", "第六十五条第一款第二句",
    ),
    "37(2) of XVIII-12": (
        "article 37(2) of XVIII-12", "paragraphe 2 de l’article 37 (XVIII-12)", "párrafo 2 del artículo 37 (XVIII-12)",
        "пункт 2 статьи 37 (XVIII-12)", "الفقرة 2 من المادة 37 من XVIII-12", "XVIII-12第三十七条第二款",
    ),
    "VCLT 23(2)": (
        "VCLT 23(2)", "Convention de Vienne sur le droit des traités, art. 23(2)",
        "Convención de Viena sobre el derecho de los tratados, art. 23(2)",
        "Венская конвенция о праве международных договоров, ст. 23(2)",
        "المادة 23(2) من اتفاقية فيينا لقانون المعاهدات", "《维也纳条约法公约》第23(2)条",
    ),
    "": ("", "", "", "", "", ""),
}  # fmt: skip


@pytest.mark.parametrize("provision", PROVISIONS)
def test_provisions_are_cited_as_united_nations_documents_do(words: Language, provision: str) -> None:
    said = dict(zip(("en", "fr", "es", "ru", "ar", "zh"), PROVISIONS[provision], strict=True))
    assert words.provision(provision) == said[words.code]


FRENCH_NAMES = {
    "France": ("la France", "de la France"),
    "Ghana": ("le Ghana", "du Ghana"),
    "Algérie": ("l’Algérie", "de l’Algérie"),
    "États-Unis d'Amérique": ("les États-Unis d'Amérique", "des États-Unis d'Amérique"),
    "Haïti": ("Haïti", "d’Haïti"),
    "Cuba": ("Cuba", "de Cuba"),
}


def test_french_names_have_their_article(words: Language) -> None:
    if words.code != "fr":
        return
    for name, forms in FRENCH_NAMES.items():
        facts = Facts(participant=name)
        assert tuple(facts[f"participant_{form}"] for form in ("the", "of")) == forms
    named = {
        name.short["fr"] for each in load_collection(PROJECT / "data").participants.values() for name in each.names
    }
    assert sorted(named - set(french_articles())) == []
    says = "%(Treaty)s is not yet in force for %(participant)s"
    said = words.gettext(says, Treaty="Le Protocole", participant="Nigéria")
    assert said == "Le Protocole n’est pas encore en vigueur à l’égard du Nigéria"
    says = "The denunciation by %(participant)s, received on %(received)s, takes effect on %(date)s"
    said = words.gettext(says, participant="Pays-Bas (Royaume des)", received="1er mars 2027", date="1er mars 2028")
    assert said.startswith("La dénonciation par les Pays-Bas (Royaume des), reçue le")


@pytest.mark.parametrize("name", ["Ghana", "États-Unis d'Amérique", "Cuba"])
def test_french_letters_are_to_the_mission_of_a_state(words: Language, name: str) -> None:
    if words.code != "fr":
        return
    letter = request(words, name, "traité", ())
    assert f"à la Mission permanente {FRENCH_NAMES[name][1]} auprès de l’Organisation" in letter


def test_english_names_have_their_article_within_a_sentence(words: Language) -> None:
    participants = load_collection(PROJECT / "data").participants
    for code, short, within in (
        ("USA", "United States of America", "the United States of America"),
        ("SDN", "Sudan", "the Sudan"),
        ("GHA", "Ghana", "Ghana"),
        ("EU", "European Union", "the European Union"),
    ):
        if words.code == "en":
            assert words.name(participants, code, DAY) == short
            assert words.name(participants, code, DAY, within=True) == within
        else:
            assert words.name(participants, code, DAY, within=True) == words.name(participants, code, DAY)
