"""A treaty's status as an image for other sites: a badge of one line, and the card that a shared link shows."""

from html import escape
from textwrap import wrap
from typing import Literal

from depositary.web.view import View

Shape = Literal["badge", "card"]

INK, PAPER, ACCENT, QUIET, OPEN = "#14222e", "#ffffff", "#0b5c9e", "#51626f", "#d5dee5"
FONT = 'font-family="system-ui,-apple-system,Segoe UI,Noto Sans,Arial,sans-serif"'
CJK, CYRILLIC = "\u2e80", "\u0400"
"""The first letters of the scripts whose letters are wider than Latin ones."""


def headline(view: View) -> str:
    """In force since when, or how many of the instruments required are there."""
    words, effects, on = view.words, view.effects, view.on
    if effects.in_force_on and effects.in_force_on <= on:
        return words.gettext("in force since %(day)s", day=words.date(effects.in_force_on))
    if effects.in_force_on:
        return words.gettext("enters into force on %(day)s", day=words.date(effects.in_force_on))
    clause, counted = view.clauses.entry_into_force, effects.counted_on(on)
    if clause is None:
        return ""
    said = "not yet in force: %(counted)s of the %(required)s instruments required"
    return words.ngettext(said, said, counted, counted=counted, required=clause.instruments)


def complete_as_of(view: View) -> str:
    """The last day for which acts are at hand, where the day of the image is later; otherwise ""."""
    if view.complete is None:
        return ""
    return view.words.gettext("complete as of %(day)s", day=view.words.date(view.complete.last))


def badge(view: View) -> bytes:
    """One line: the treaty's short title, and its status."""
    name, status = view.words.treaty(view.clauses), headline(view)
    if as_of := complete_as_of(view):
        status = f"{status} ({as_of})"
    widths = [24 + round(sum(width_of(letter) for letter in text)) for text in (name, status)]
    left, whole = widths[0], sum(widths)
    middles = (left / 2, left + widths[1] / 2)
    if view.words.direction == "rtl":
        left, middles = widths[1], (widths[1] + widths[0] / 2, widths[1] / 2)
    dark, light = (ACCENT, INK) if view.words.direction == "rtl" else (INK, ACCENT)
    texts = "".join(
        f'<text x="{middle:.0f}" y="19" textLength="{width - 24}" lengthAdjust="spacingAndGlyphs">{escape(text)}</text>'
        for middle, width, text in zip(middles, widths, (name, status), strict=True)
    )
    drawn = (
        f'<rect width="{whole}" height="28" fill="{light}"/><rect width="{left}" height="28" fill="{dark}"/>'
        f'<g {FONT} font-size="13" text-anchor="middle" fill="{PAPER}">{texts}</g>'
    )
    return svg(view, f"{name}: {status}", f'width="{whole}" height="28" viewBox="0 0 {whole} 28"', drawn)


def card(view: View) -> bytes:
    """A card of 1200 by 630: the title, the status in large letters, the number of the treaty and the day."""
    title, status = view.title, headline(view)
    edge = 1130 if view.words.direction == "rtl" else 70
    is_dense = any(letter >= CJK for letter in title)
    titled = cut(title, 17 if is_dense else 27, 3)
    said = cut(status[:1].upper() + status[1:], 23 if is_dense else 38, 2)
    day = complete_as_of(view) or view.words.date(view.on)
    foot = " · ".join(f"\u2068{each}\u2069" for each in (view.clauses.id, day, "Depositary"))
    lines = [
        *(
            (line, 120 + 66 * place, f'font-size="56" font-weight="700" fill="{INK}"')
            for place, line in enumerate(titled)
        ),
        *(
            (line, 420 - 52 * place, f'font-size="42" font-weight="600" fill="{ACCENT}"')
            for place, line in enumerate(reversed(said))
        ),
        (foot, 570, f'font-size="30" fill="{QUIET}"'),
    ]
    texts = "".join(f'<text x="{edge}" y="{y}" {own}>{escape(line)}</text>' for line, y, own in lines)
    drawn = (
        f'<rect width="1200" height="630" fill="{PAPER}"/><rect width="1200" height="16" fill="{ACCENT}"/>'
        f'<g {FONT} text-anchor="start" direction="{view.words.direction}">{texts}</g>'
        f"{bar(view, is_turned=edge > 70)}"
    )
    return svg(view, f"{title}: {status}", 'width="1200" height="630" viewBox="0 0 1200 630"', drawn)


def width_of(letter: str) -> float:
    """About the width of a letter of the badge, in units of its drawing, into which the text is then fitted."""
    return 13 if letter >= CJK else 7.6 if letter >= CYRILLIC else 6.8


def bar(view: View, *, is_turned: bool) -> str:
    """How far the number of instruments that the treaty requires is reached; nothing once it is."""
    clause = view.clauses.entry_into_force
    if clause is None or view.effects.in_force_on:
        return ""
    reached = round(1060 * min(1, view.effects.counted_on(view.on) / clause.instruments))
    at = 1130 - reached if is_turned else 70
    return (
        f'<rect x="70" y="450" width="1060" height="40" fill="{OPEN}"/>'
        f'<rect x="{at}" y="450" width="{reached}" height="40" fill="{ACCENT}"/>'
    )


def cut(text: str, width: int, most: int) -> list[str]:
    """A text in lines of a width, with an ellipsis where there are more than fit."""
    lines = wrap(text, width) if " " in text else [text[at : at + width] for at in range(0, len(text), width)]
    return lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1]} …"]


def svg(view: View, says: str, size: str, drawn: str) -> bytes:
    """A drawing with its words for who does not see it."""
    as_of = f"<desc>Complete as of {view.complete.last}</desc>" if view.complete else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" xml:lang="{view.words.code}">'
        f"<title>{escape(says)}</title>{as_of}{drawn}</svg>\n"
    ).encode()
