"""The world map by standing: the outlines of each State, filled for the day asked about, and a list that says the same.

`static/world.svg` holds the outlines; `docs/map/outlines.mjs` drew it, once.
"""

import re
from functools import cache

from depositary.web.assets import FOLDER
from depositary.web.parts import Link
from depositary.web.public.overview_pages import MapPage
from depositary.web.public.overview_parts import Group
from depositary.web.view import View

BLUE, BROWN, GREY = "#1f7ab8", "#b0632b", "#8795a1"

FILLS = {
    "party": BLUE,
    "contracting": "url(#contracting)",
    "signatory": "url(#signatory)",
    "former party": "url(#former)",
    "none": f'{GREY}" fill-opacity="0.4',
    "land": f'{GREY}" fill-opacity="0.18',
}
"""The fill of each standing: a colour for light and dark backgrounds, and a pattern."""

PATTERNS = f"""<defs>
<pattern id="contracting" width="70" height="70" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<path fill="{BLUE}" fill-opacity="0.25" d="M0 0h70v70H0z"/><path fill="{BLUE}" d="M0 0h38v70H0z"/></pattern>
<pattern id="signatory" width="60" height="60" patternUnits="userSpaceOnUse">
<path fill="{BLUE}" fill-opacity="0.22" d="M0 0h60v60H0z"/><circle cx="30" cy="30" r="15" fill="{BLUE}"/></pattern>
<pattern id="former" width="70" height="70" patternUnits="userSpaceOnUse">
<path fill="{BROWN}" fill-opacity="0.25" d="M0 0h70v70H0z"/><path fill="none" stroke="{BROWN}" stroke-width="14"
 d="M0 0l70 70M70 0l-70 70"/></pattern>
</defs>"""

ORDER = ("party", "contracting", "signatory", "former party", "none")


@cache
def outlines() -> tuple[str, dict[str, tuple[str, ...]]]:
    """The view box, and the elements that draw each State; "land" is the land of no State of the list."""
    source = (FOLDER / "world.svg").read_text(encoding="utf-8")
    box = re.search(r'viewBox="([^"]+)"', source)
    assert box is not None
    drawn: dict[str, tuple[str, ...]] = {}
    for element, name in re.findall(r'(<\w+ id="([\w-]+)"[^>]*/>)', source):
        drawn[name.removesuffix("-dot")] = (
            *drawn.get(name.removesuffix("-dot"), ()),
            element.replace(f' id="{name}"', ""),
        )
    return box[1], drawn


def standings(view: View) -> dict[str, list[str]]:
    """The participants by standing on the day. A State that has done nothing has the standing `none`."""
    by_standing: dict[str, list[str]] = {standing: [] for standing in ORDER}
    for code, participant in view.participants.items():
        standing = view.effects.standing(code, view.on)
        if standing != "none" or (participant.exists_on(view.on) and not participant.is_organization):
            by_standing[standing].append(code)
    return by_standing


def drawing(view: View) -> bytes:
    """The map as an image; its description says as of when the acts are complete. Nothing in it was typed by a user."""
    box, drawn = outlines()
    groups = {"land": ["land"], **standings(view)}
    layers = "".join(
        f'<g fill="{FILLS[standing]}">{"".join(part for code in codes for part in drawn.get(code, ()))}</g>\n'
        for standing, codes in groups.items()
    )
    as_of = f"<desc>Complete as of {view.complete.last}</desc>\n" if view.complete else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" stroke="#b4c3cf" stroke-width="5" '
        f'stroke-opacity="0.75" stroke-linejoin="round">\n{as_of}{PATTERNS}\n{layers}</svg>\n'
    ).encode()


def map_page(view: View) -> MapPage:
    """The map of a treaty and its list."""
    words = view.words
    return MapPage(
        frame=view.frame(view.treaty),
        treaty=view.treaty,
        image=view.addresses.drawing,
        groups=tuple(
            Group(
                standing,
                tuple(
                    sorted(
                        (Link(view.name(code), view.page_of(code)) for code in codes),
                        key=lambda link: words.sort_key(link.words),
                    )
                ),
            )
            for standing, codes in standings(view).items()
            if codes
        ),
    )
