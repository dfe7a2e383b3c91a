"""What an address without a page may have meant: another way of writing an address that is here, or a name like it."""

import re
from difflib import get_close_matches
from itertools import pairwise
from urllib.parse import unquote

from starlette.requests import Request

from depositary import clock
from depositary.treaties.collection import Collection
from depositary.web.addresses import Addresses
from depositary.web.parts import Link
from depositary.web.query import PageQuery, preferred_language
from depositary.web.sitemap import is_route
from depositary.web.view import Site, look

LONGEST, MOST = 300, 5
WITHOUT_LANGUAGE = ("treaties", "participants", "notifications", "about", "search", "alerts")
OF_DATA = ("api", "data", "register", "schemas")
ARTICLE = re.compile(r"(\d+)(?:[.(](\d+)\)?)?")


def likely_address(site: Site, request: Request) -> str:
    """The published address that is meant, with the query of the request; "" if there is none, or it is the same."""
    path = request.scope["path"]
    query = request.scope["query_string"].decode("ascii", "replace")
    if len(path) > LONGEST:
        return ""
    wish = preferred_language(request.headers.get("accept-language", ""))
    address, mark, anchor = meant(site.collection, [part for part in path.split("/") if part], wish).partition("#")
    if address == path or not is_route(site, address):
        return ""
    return address + (f"?{query}" if query else "") + mark + anchor


def meant(collection: Collection, parts: list[str], wish: str) -> str:
    """The address that is meant by the parts of one. `wish` is the language where it has none."""
    first, *others = parts or [""]
    first = first.casefold()
    if first in OF_DATA or (first in WITHOUT_LANGUAGE and "." in parts[-1] and others[1:]):
        return likely_data_address(collection, [first, *others])
    if first in WITHOUT_LANGUAGE:
        return f"/{wish}/{rewritten(collection, [first, *others])}"
    if not others and treaty_meant(collection, first) in collection.treaties:
        return f"/{wish}/{rewritten(collection, parts)}"
    return f"/{first}/{rewritten(collection, others)}"


def likely_data_address(collection: Collection, parts: list[str]) -> str:
    """The address of data as the site writes it: numbers of treaties and codes in capitals, no stroke at its end."""
    named = list(parts)
    for place, (kind, name) in enumerate(pairwise(parts), 1):
        if kind == "treaties":
            named[place] = treaty_meant(collection, name)
        elif kind == "participants":
            named[place] = participant_meant(collection, name)
    return "/" + "/".join(named)


def rewritten(collection: Collection, parts: list[str]) -> str:
    """The part of an address after its language, as the site writes it."""
    match parts:
        case []:
            return ""
        case [kind, *_] if kind != kind.casefold():
            return rewritten(collection, [kind.casefold(), *parts[1:]])
        case ["treaties"]:
            return ""
        case [treaty] if treaty_meant(collection, treaty) in collection.treaties:
            return f"treaties/{treaty_meant(collection, treaty)}/"
        case ["treaties", treaty]:
            return f"treaties/{treaty_meant(collection, treaty)}/"
        case ["treaties", treaty, "participants", code, *rest]:
            named = [treaty_meant(collection, treaty), "participants", participant_meant(collection, code)]
            return "/".join(["treaties", *named, *rest])
        case ["treaties", treaty, "articles", article] if cited := ARTICLE.match(article):
            address = f"treaties/{treaty_meant(collection, treaty)}/articles/{cited[1]}"
            return address + (f"#paragraph-{cited[2]}" if cited[2] else "")
        case ["treaties", treaty, *rest]:
            return "/".join(["treaties", treaty_meant(collection, treaty), *(part.casefold() for part in rest)])
        case ["participants"]:
            return "participants/"
        case ["participants", code, *rest]:
            return "/".join(["participants", participant_meant(collection, code), *rest])
    return "/".join(parts)


def treaty_meant(collection: Collection, text: str) -> str:
    """The number of a treaty, however its parts are joined: `xviii.16` is XVIII-16."""
    joined = {re.sub(r"[^a-z0-9]", "", number.casefold()): number for number in collection.treaties}
    return joined.get(re.sub(r"[^a-z0-9]", "", text.casefold()), text)


def participant_meant(collection: Collection, text: str) -> str:
    """The code of a participant, from a code in small letters, a code of two letters, or a name."""
    written = unquote(text).strip()
    code = collection.gazetteer.by_two_letters.get(written.upper(), written)
    if code in collection.participants:
        return code
    return collection.gazetteer.resolve(written.replace("-", " "), clock.today()) or text


def suggestions(site: Site, asked: PageQuery, path: str) -> tuple[str, tuple[Link, ...]]:
    """What the last part of an address may have named, and the treaties and participants that may be meant."""
    parts = unquote(path).strip("/").split("/")
    last = re.sub(r"[-_.]", " ", parts[-1][:60]).strip()
    words, participants = asked.language, site.collection.participants
    number = next((after for before, after in pairwise(parts) if before.casefold() == "treaties"), "")[:60]
    treaties = get_close_matches(treaty_meant(site.collection, number).upper(), site.collection.treaties, MOST)
    views = (look(site, asked, treaty, "") for treaty in treaties)
    codes = site.collection.gazetteer.candidates(last, asked.on) if last else ()
    states = (Link(words.name(participants, code, asked.on), Addresses.state(words.code, code)) for code in codes)
    return last, (*(view.titled(view.addresses.status) for view in views), *states)[:MOST]
