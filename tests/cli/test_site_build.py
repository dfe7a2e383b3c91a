"""`depositary site build DIR` as it is called: a folder that any web server can serve, and nothing missing in it."""

import gzip
import http.client
import json
import random
import re
import shutil
import time
from datetime import timedelta
from fnmatch import fnmatchcase
from html.parser import HTMLParser
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import brotli
import pytest

from depositary import clock
from depositary.words import AVAILABLE
from tests.cli.conftest import call, get, served
from tests.web.conftest import CLAUSES, SOURCES, TEXT

HOST = "https://treaties.example"

SETTINGS = {
    "DEPOSITARY_DATA": "data",
    "DEPOSITARY_BASE_URL": HOST,
    "DEPOSITARY_SECURITY_CONTACT": "mailto:security@treaties.example",
}

PARTICIPANTS = (
    "code,kind,name_en,name_fr,name_es,name_ru,name_ar,name_zh,formal_name_en,from,until",
    "RUR,state,Ruritania,Ruritanie,Ruritania,Руритания,روريتانيا,卢里塔尼亚,the Kingdom of Ruritania,,",
    "GRK,state,Graustark,,,,,,the Principality of Graustark,,",
    "SYL,state,Syldavia,,,,,,the Kingdom of Syldavia,,",
    "ZEN,reio,Zenda Union,,,,,,the Zenda Union,,",
)

ACTS = (
    "treaty,participant,action,date,subject,effective,place,provision,text,source",
    "I-1,RUR,signature,2026-01-10,,,Zenda,,,",
    "I-1,RUR,ratification,2026-02-02,,,,,,https://elsewhere.example/C.N.1",
    "I-1,RUR,reservation,2026-02-02,,,,2(1),A clock that strikes thirteen is none.,",
    "I-1,SYL,accession,2026-03-02,,,,,,C.N.2.2026.TREATIES-I.1",
    "I-1,ZEN,approval,2026-03-10,,,,,,",
    "I-1,GRK,acceptance,2026-06-01,,,,,,",
)

COMPUTED = re.compile(
    r"/\w\w/treaties/[^/]+/calculator(\.ics)?|/\w\w/participants/\w+/briefing\.pdf|/\w\w/search|/\w\w/alerts|/api/docs"
)
"""What docs/publishing.md says is worked out for each question, and needs the process."""


ELSEWHERE = (
    *("https://clocks.example/list", "https://clocks.example/lutha", "https://elsewhere.example/C.N.1"),
    *("mailto:security@treaties.example", "https://creativecommons.org/licenses/by/4.0/"),
    *("https://treaties.un.org", "https://www.iea.ulaval.ca", "https://verdragen.nl"),
    *("https://tass.ru/politika/25449941", "https://news.fishaiapp.com/news/5001483"),
    "https://elderecho.com/convencion-de-las-naciones-unidas-contra-la-ciberdelincuencia",
    "https://news.un.org/ar/story/2025/10/1143615",
)
"""Where the data itself leads, for who follows it; whom the site names to write to, and the licence of the data."""

NAMED = (
    "http://www.w3.org/2005/Atom",
    "http://www.w3.org/2000/svg",
    "http://www.sitemaps.org/schemas/sitemap/0.9",
    "https://json-schema.org/draft/2020-12/schema",
    "https://schema.org",
    "https://schema.org/InForce",
    "https://schema.org/NotInForce",
)
"""Names of vocabularies; nobody fetches them."""

SHOWN = (".html", ".json", ".csv", ".atom", ".xml", ".svg", ".ics", ".txt", "/status", "/head")


class Links(HTMLParser):
    """What a page leads to and what it loads, and the names of its places."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.followed: list[str] = []
        self.loaded: list[str] = []
        self.places: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.places.add(value or "")
            elif name in ("href", "action", "formaction", "cite"):
                reading = tag == "link" and dict(attrs).get("rel") in ("stylesheet", "icon", "preload")
                (self.loaded if reading else self.followed).append(value or "")
            elif name in ("src", "srcset", "data", "poster", "background"):
                self.loaded.append(value or "")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a register of six entries and one notification; `data` has one treaty and four participants."""
    folder: Path = tmp_path_factory.mktemp("home")
    (folder / "data/treaties").mkdir(parents=True)
    written = {
        "participants.csv": "\n".join(PARTICIPANTS) + "\n",
        "memberships.csv": "organization,member,from,until\nZEN,RUR,2000-01-01,\nZEN,GRK,2000-01-01,\n",
        "SOURCES.md": SOURCES,
        "treaties/I-1.toml": CLAUSES,
        "treaties/I-1.md": TEXT,
        "../acts.csv": "\n".join(ACTS) + "\n",
    }
    for name, content in written.items():
        (folder / "data" / name).write_text(content, encoding="utf-8")
    for command in (("import", "acts.csv"), ("notify", "issue", "5", "--by", "Rudolf")):
        done = call(folder, *command, **SETTINGS)
        assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def site(home: Path) -> Path:
    """The site of that home, built well before midnight in New York: what is served later is of the same day."""
    left = clock.midnight(clock.day_after(clock.today())) - clock.now()
    if left < timedelta(minutes=2):
        time.sleep(left.total_seconds() + 1)
    done = call(home, "site", "build", "site", **SETTINGS)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    number = len([name for name in files(home / "site") if not name.startswith("static/")])
    assert done.stderr.startswith(f"site: {number} pages as at entry 7, {clock.today()}: ")
    return home / "site"


def files(folder: Path) -> dict[str, bytes]:
    """The files of a folder by name, what is compressed beside them left out."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    own = (".site.json", "_headers")
    return {
        name: path.read_bytes() for name, path in found.items() if path.suffix not in (".gz", ".br") and name not in own
    }


def page_of(name: str) -> str:
    """The address of a file: a page is its folder, and so is an answer with others below it."""
    if name.endswith("/index.json"):
        return f"/{name.removesuffix('/index.json')}"
    return f"/{name.removesuffix('index.html')}" if name.count("/") < 2 else f"/{name.removesuffix('/index.html')}"


def test_the_site_is_written_whole_and_is_what_is_served(site: Path, home: Path) -> None:
    found = files(site)
    assert len(found) > 300
    for name, body in found.items():
        assert gzip.decompress((site / f"{name}.gz").read_bytes()) == body, name
        assert brotli.decompress((site / f"{name}.br").read_bytes()) == body, name
    with served(home, **SETTINGS) as (_, port):
        for name, body in found.items():
            assert get(port, page_of(name)) == (200, body), name


def test_every_link_leads_to_a_file_or_to_what_is_worked_out(site: Path) -> None:
    found = files(site)
    pages = {name: Links(body.decode()) for name, body in found.items() if name.endswith(".html")}
    looked = 0
    for name, page in pages.items():
        for link in (*page.followed, *page.loaded):
            to = urlsplit(urljoin(HOST + page_of(name), link))
            if f"{to.scheme}://{to.netloc}" != HOST:
                assert link in page.followed, f"{name} loads {link}"
                assert link in ELSEWHERE, f"{name}: {link}"
                continue
            path = unquote(to.path).strip("/")
            file = next((one for one in (path, f"{path}/index.html".lstrip("/")) if one in found), None)
            assert file or COMPUTED.fullmatch(to.path), f"{name}: {link}"
            if file and to.fragment and not to.query:
                assert to.fragment in pages[file].places, f"{name}: {link}"
            looked += 1
    assert {name.split("/")[0] for name in pages} == {*AVAILABLE, "cn"}
    assert looked > 20 * len(pages)
    for name, body in found.items():
        written = set(re.findall(rb"https?://[^\s\"'<>\\);]+", body)) if name.endswith(SHOWN) else ()
        assert {one.decode() for one in written if not one.startswith(HOST.encode())} <= {*ELSEWHERE, *NAMED}, name


def test_the_sitemap_lists_files_that_are_there(site: Path) -> None:
    found = files(site)
    listed = re.findall("<loc>(.*)</loc>", found["sitemap.xml"].decode())
    assert len(listed) == len(set(listed)) == found["sitemap.xml"].count(b"<url>") > 90
    for address in listed:
        assert address.startswith(f"{HOST}/")
        name = address.removeprefix(f"{HOST}/").strip("/")
        assert {name, f"{name}/index.html"} & set(found), address


def test_a_folder_that_is_not_empty_is_refused_in_a_sentence(home: Path) -> None:
    (home / "mine").mkdir()
    (home / "mine/mine.txt").write_text("mine")
    for folder in ("mine", "mine/mine.txt"):
        done = call(home, "site", "build", folder, **SETTINGS)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.splitlines() == [
            f"{folder}: allowed: a folder that is empty, not there yet, or built by this command"
        ]
    assert [path.name for path in (home / "mine").iterdir()] == ["mine.txt"]
    assert (home / "mine/mine.txt").read_text() == "mine"


def test_a_second_build_writes_what_has_changed(site: Path, home: Path, tmp_path: Path) -> None:
    shutil.copytree(site, tmp_path / "site")
    shutil.copytree(home / "var", tmp_path / "var")
    shutil.copytree(home / "data", tmp_path / "data", copy_function=shutil.copy2)
    (tmp_path / "data/treaties/I-2.toml").write_text(CLAUSES.replace('"I-1"', '"I-2"'), encoding="utf-8")

    def build() -> tuple[int, int, int]:
        done = call(tmp_path, "site", "build", "site", **SETTINGS)
        numbers = re.search(r": (\d+) rendered, (\d+) written, (\d+) removed\.$", done.stderr, re.MULTILINE)
        assert numbers, done.stderr
        return int(numbers[1]), int(numbers[2]), int(numbers[3])

    first = build()
    assert first[0] > 300, "another treaty is here, so nothing is as it was"
    again = build()
    assert again[0] < first[0] / 2, "the pages of the treaties are not rendered again"
    assert again[1:] == (0, 0)
    act = ("2026-07-01 SYL ratification", "--treaty", "I-2", "--anyway")
    assert call(tmp_path, "record", *act, **SETTINGS).returncode == 0
    rendered, written, removed = build()
    assert again[0] < rendered < first[0], "those of the other treaty stay"
    assert 0 < written < len(files(tmp_path / "site"))
    whole = call(tmp_path, "site", "build", "anew", **SETTINGS)
    assert whole.returncode == 0, whole.stderr
    assert files(tmp_path / "anew") == files(tmp_path / "site")
    (tmp_path / "data/treaties/I-2.toml").unlink()
    *_, removed = build()
    assert removed > 50
    assert not (tmp_path / "site/en/treaties/I-2/index.html").exists()


def test_the_rules_for_a_cdn_give_each_file_the_headers_of_the_process(site: Path, home: Path) -> None:
    rules = [part.splitlines() for part in re.split(r"\n(?=/)", (site / "_headers").read_text())]
    listed = json.loads((site / ".site.json").read_text())["pages"]
    listed_files = files(site)
    assert len(rules) < len(listed) / 3
    with served(home, **SETTINGS) as (_, port):
        for path in random.Random(7).sample(sorted(listed), 60):
            told: dict[str, str] = {}
            for pattern, *lines in rules:
                if fnmatchcase(path.partition("?")[0], pattern):
                    for line in lines:
                        name, _, value = line.strip().partition(": ")
                        if name.startswith("! "):
                            del told[name.removeprefix("! ")]
                        else:
                            assert name not in told, "it would be sent twice"
                            told[name] = value
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            given = {name.lower(): value for name, value in answer.getheaders()}
            connection.close()
            if answer.status != 200:  # a short address leads on, by the reader's language
                continue
            file = next(
                name for name in listed_files if page_of(name).rstrip("/") == path.partition("?")[0].rstrip("/")
            )
            told.setdefault("content-type", guess_type(file)[0] or "")
            told["content-type"], given["content-type"] = (
                each["content-type"].partition(";")[0] for each in (told, given)
            )
            for name in ("content-type", "content-security-policy", "content-disposition", "x-content-type-options"):
                assert told.get(name) == given.get(name), (path, name)
            assert ("immutable" in told["cache-control"]) is ("immutable" in given["cache-control"]), path


def test_several_processes_write_what_one_writes(site: Path, home: Path, tmp_path: Path) -> None:
    made = {}
    for processes in ("1", "3"):
        folder = tmp_path / processes
        done = call(home, "site", "build", str(folder), "--processes", processes, **SETTINGS)
        told = re.search(r"^([\d,]+) files, ([\d,]+) bytes, [\d,.]+ seconds\.$", done.stderr, re.MULTILINE)
        assert told, done.stderr
        every = (path for path in folder.rglob("*") if path.is_file())
        listed = [name for path in every if (name := str(path.relative_to(folder))) not in (".site.json", "_headers")]
        assert int(told[1].replace(",", "")) == len(listed)
        assert int(told[2].replace(",", "")) == sum((folder / name).stat().st_size for name in listed)
        made[processes] = {name: (folder / name).read_bytes() for name in listed}
    assert made["1"] == made["3"]


def test_a_state_without_acts_under_a_treaty_has_one_page_for_all(site: Path, home: Path, tmp_path: Path) -> None:
    shutil.copytree(home / "data", tmp_path / "data", copy_function=shutil.copy2)
    shutil.copytree(home / "var", tmp_path / "var")
    with (tmp_path / "data/participants.csv").open("a", encoding="utf-8") as file:
        file.write("LUT,state,Lutha,,,,,,the Republic of Lutha,,\n")
    assert call(tmp_path, "site", "build", "site", **SETTINGS).returncode == 0
    found = files(tmp_path / "site")
    assert "en/participants/LUT/index.html" in found
    assert not [name for name in found if re.search("treaties/.*/participants/LUT", name)]
    listed = (tmp_path / "site/en/treaties/I-1/map/index.html").read_text(encoding="utf-8")
    assert 'href="/en/participants/LUT"' in listed
