"""Statistics at the desk: the tables of an annual report, a chart, and the same numbers as CSV."""

import csv
import io

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from depositary.law.acts import CONSENTS
from depositary.register.entry import acts_of, as_known
from depositary.treaties.regions import load_regions
from depositary.treaties.statistics import ORGANIZATIONS, Group, counts, table
from depositary.web.parts import Choice
from depositary.web.staff.access import Actor, may
from depositary.web.staff.desk import Desk
from depositary.web.staff.entries import ALL
from depositary.web.staff.parts import BarShown, TableShown
from depositary.web.staff.register_pages import StatisticsPage
from depositary.web.staff.rendering import answer
from depositary.words import Language
from depositary.words.labels import N_, REGIONS_IN_WORDS

COLUMNS = ("year", "treaty", "region", "act", "number")
LONGEST_BAR = 400
TABLES = (("year", N_("By year")), ("treaty", N_("By treaty")), ("region", N_("By region")))


def routes(desk: Desk) -> APIRouter:
    """The routes of the statistics."""
    router = APIRouter()

    @router.get("/staff/statistics")
    def page(request: Request, actor: Actor = may("read")) -> Response:
        return answer(statistics_page(desk, actor, treaty_of(desk, request)))

    @router.get("/staff/statistics.csv")
    def as_csv(request: Request, actor: Actor = may("read")) -> Response:
        written = io.StringIO()
        writer = csv.writer(written, lineterminator="\n")
        writer.writerow(COLUMNS)
        for group, number in sorted(counted(desk, treaty_of(desk, request)).items()):
            writer.writerow((group.year, group.treaty, group.region, group.action, number))
        headers = {"Content-Disposition": 'attachment; filename="statistics.csv"'}
        return Response(written.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)

    return router


def treaty_of(desk: Desk, request: Request) -> str:
    """The treaty that an address names; all where it names none."""
    named = request.query_params.get("treaty", ALL)
    return named if named in desk.collection.treaties else ALL


def counted(desk: Desk, treaty: str) -> dict[Group, int]:
    """The number of the acts that stand under a treaty or under all, in each group."""
    treaties = desk.collection.in_order if treaty == ALL else (treaty,)
    with desk.known.held(desk.store.entries):
        acts = [act for identifier in treaties for act in acts_of(as_known(desk.entries(identifier)))]
    regions = load_regions(desk.collection.folder / "regions.csv")
    return dict(counts(acts, regions, desk.collection.participants.organizations))


def statistics_page(desk: Desk, actor: Actor, treaty: str) -> StatisticsPage:
    """The tables by year, treaty and region, and the instruments of each year as bars."""
    words, numbers = actor.words, counted(desk, treaty)
    instruments: dict[int, int] = {}
    for group, number in numbers.items():
        if group.action in CONSENTS:
            instruments[group.year] = instruments.get(group.year, 0) + number
    most = max(instruments.values(), default=1)
    tables = []
    for by, title in TABLES:
        actions, rows = table(numbers, by)
        named = tuple((called(desk, words, by, value), cells, sum(cells)) for value, cells in rows)
        tables.append(TableShown(words.gettext(title), tuple(words.action(action) for action in actions), named))
    return StatisticsPage(
        desk.frame_of(actor),
        (Choice(ALL, words.gettext("All treaties"), treaty == ALL), *desk.choices(treaty, words)),
        tuple(
            BarShown(str(year), number, max(1, number * LONGEST_BAR // most))
            for year, number in sorted(instruments.items())
        ),
        tuple(tables),
        f"/staff/statistics.csv?treaty={treaty}",
    )


def called(desk: Desk, words: Language, by: str, value: str) -> str:
    """What a row of a table is called."""
    if by == "treaty":
        return f"{value} {words.treaty(desk.collection.treaties[value])}"
    if by == "region":
        if value == ORGANIZATIONS:
            return words.gettext("Organizations")
        return words.gettext(REGIONS_IN_WORDS[value]) if value else words.gettext("not stated")
    return value
