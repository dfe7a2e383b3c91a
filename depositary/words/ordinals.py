"""Ordinal numbers as the final clauses of the United Nations write them: `quarantième`, `сорокового`, `第四十`.

English keeps figures (`40th`). Other languages write numbers up to 99 in words, in the masculine.
"""

FRENCH = [
    "premier",
    "deuxième",
    "troisième",
    "quatrième",
    "cinquième",
    "sixième",
    "septième",
    "huitième",
    "neuvième",
    "dixième",
    "onzième",
    "douzième",
    "treizième",
    "quatorzième",
    "quinzième",
    "seizième",
    "dix-septième",
    "dix-huitième",
    "dix-neuvième",
]
FRENCH_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 80: "quatre-vingt"}
SPANISH = [
    "primer",
    "segundo",
    "tercer",
    "cuarto",
    "quinto",
    "sexto",
    "séptimo",
    "octavo",
    "noveno",
    "décimo",
    "undécimo",
    "duodécimo",
    "decimotercer",
    "decimocuarto",
    "decimoquinto",
    "decimosexto",
    "decimoséptimo",
    "decimoctavo",
    "decimonoveno",
]
SPANISH_TENS = [
    "vigésimo",
    "trigésimo",
    "cuadragésimo",
    "quincuagésimo",
    "sexagésimo",
    "septuagésimo",
    "octogésimo",
    "nonagésimo",
]
RUSSIAN = [
    "первый",
    "второй",
    "третий",
    "четвертый",
    "пятый",
    "шестой",
    "седьмой",
    "восьмой",
    "девятый",
    "десятый",
    "одиннадцатый",
    "двенадцатый",
    "тринадцатый",
    "четырнадцатый",
    "пятнадцатый",
    "шестнадцатый",
    "семнадцатый",
    "восемнадцатый",
    "девятнадцатый",
]
RUSSIAN_TENS = [
    "двадцатый",
    "тридцатый",
    "сороковой",
    "пятидесятый",
    "шестидесятый",
    "семидесятый",
    "восьмидесятый",
    "девяностый",
]
RUSSIAN_BEFORE_UNITS = [
    "двадцать",
    "тридцать",
    "сорок",
    "пятьдесят",
    "шестьдесят",
    "семьдесят",
    "восемьдесят",
    "девяносто",
]
ARABIC = ["الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع", "العاشر"]
ARABIC_TENS = ["العشرون", "الثلاثون", "الأربعون", "الخمسون", "الستون", "السبعون", "الثمانون", "التسعون"]
CHINESE = "零一二三四五六七八九"


def ordinal(number: int, language: str) -> str:
    """An ordinal in the nominative; with figures beyond 99."""
    if language == "zh":
        return f"第{chinese(number)}"
    if language == "en" or not 0 < number < 100:
        return _in_figures(number, language)
    tens, units = divmod(number, 10)
    match language:
        case "fr":
            return _french(number)
        case "es":
            return _joined(number, SPANISH, SPANISH_TENS, SPANISH_TENS)
        case "ru":
            return _joined(number, RUSSIAN, RUSSIAN_TENS, RUSSIAN_BEFORE_UNITS)
    if number <= 10:
        return ARABIC[number - 1]
    unit = "الحادي" if units == 1 else ARABIC[units - 1]
    if tens == 1:
        return f"{unit} عشر"
    return f"{unit} و{ARABIC_TENS[tens - 2]}" if units else ARABIC_TENS[tens - 2]


def chinese(number: int) -> str:
    """A number below 1000 in Chinese numerals: 12 is `十二`, 317 is `三百一十七`."""
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    said = f"{CHINESE[hundreds]}百" if hundreds else ""
    if tens:
        said += f"{CHINESE[tens] if tens > 1 or hundreds else ''}十"
    elif hundreds and units:
        said += CHINESE[0]
    return said + (CHINESE[units] if units or not number else "")


def _in_figures(number: int, language: str) -> str:
    last = 0 if number % 100 in (11, 12, 13) else number % 10
    english = f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(last, 'th') }"
    return {"fr": f"{number}e", "es": f"{number}.º", "ru": f"{number}-й", "ar": str(number)}.get(language, english)


def _joined(number: int, first: list[str], tens: list[str], before_units: list[str]) -> str:
    if number < 20:
        return first[number - 1]
    ten, units = divmod(number, 10)
    return f"{before_units[ten - 2]} {first[units - 1]}" if units else tens[ten - 2]


def _french(number: int) -> str:
    if number < 20:
        return FRENCH[number - 1]
    ten = max(ten for ten in FRENCH_TENS if ten <= number)
    rest, stem = number - ten, FRENCH_TENS[ten]
    if not rest:
        return f"{stem.removesuffix('e')}ième"
    last = "unième" if rest == 1 else FRENCH[rest - 1]
    return f"{stem} et {last}" if rest in (1, 11) and ten != 80 else f"{stem}-{last}"
