"""The demonstration: an invented world that holds, has what a trial needs, and says on each page that it is fiction."""

import os
import shutil
import urllib.request
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from depositary import clock
from depositary.cli.demo_data import working_day, write_data
from depositary.cli.demo_house import moved_in_on
from depositary.law import reasons
from depositary.law.examination import irregularities
from depositary.settings import PROJECT
from depositary.treaties.instruments_csv import read_acts
from tests.cli.conftest import call
from tests.operation.conftest import environment, listening

PROGRAM = PROJECT / ".venv" / "bin" / "depositary"


@pytest.fixture
def ask(world: Path) -> Callable[..., str]:
    """Calls a command in the world; gives what it said."""

    def answer(*arguments: str) -> str:
        done = call(world, *arguments, DEPOSITARY_DATA=str(world / "var" / "data"))
        return done.stdout + done.stderr

    return answer


def test_the_world_holds_and_has_what_a_trial_needs(world: Path, ask: Callable[..., str]) -> None:
    assert "all holds." in ask("verify")
    convention = ask("status")
    assert "Entered into force on" in convention
    assert "Counted: 39 of 40." in ask("status", "--treaty", "XVIII-16-a")
    due = ask("due")
    assert "end of participation (Graustark)" in due
    assert "circulation overdue" in due, "the next circulation falls on today, a year after the last one"
    assert "/1: closed" in ask("circulate", str(clock.today().year - 1), "--list")
    assert ask("user", "list").count(" active ") == 2
    assert oct((world / "var" / "SIGN-IN.txt").stat().st_mode)[-3:] == "600"
    assert "denunciation" in ask("notify", "list")


def test_each_page_says_that_it_is_fiction(world: Path, tmp_path: Path) -> None:
    shutil.copytree(world / "var", tmp_path / "var")
    told = environment(tmp_path, DEPOSITARY_DATA=str(tmp_path / "var" / "data"))
    with listening(PROGRAM, tmp_path, told) as (site, desk):

        def page(port: int, path: str) -> str:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
                return str(answer.read().decode())

        for language, said in {
            "en": "Fiction.",
            "fr": "sont inventés",
            "es": "son inventados",
            "ru": "вымышлены",
            "ar": "مختلقة",
            "zh": "均为虚构",
        }.items():
            for path in ("/", "/treaties/XVIII-16", "/treaties/XVIII-16-a/register", "/notifications", "/search?q=x"):
                assert said in page(site, f"/{language}{path}"), (language, path)
        assert 'class="invented"' in page(desk, "/staff/sign-in")
        assert "[Fiction]" in page(site, "/api/v1/treaties/XVIII-16/status")


@pytest.mark.parametrize("today", [date(2026, 11, 28), date(2027, 1, 2), date(2028, 2, 29), date(2031, 12, 28)])
def test_the_story_fits_into_every_year(tmp_path: Path, today: date) -> None:
    since = moved_in_on(today)
    collection = write_data(PROJECT / "data", tmp_path / "data", today.year, since)
    acts = read_acts(tmp_path / "data" / "instruments.csv", collection.participants, collection.treaties)
    assert max(act.date for act in acts) < today
    convention = collection.effects(acts, "XVIII-16", today)
    assert convention.in_force_on is not None
    assert [found.code for found in irregularities(convention) if found.severity == "refused"] == []
    assert reasons.standing(convention, "GRK", today).value == "party"
    amended = [reasons.amendment_for(convention, each, "UTO") for each in convention.history.amendments]
    assert len(amended) == 1
    protocol = collection.effects(acts, "XVIII-16-a", today)
    assert [found.code for found in irregularities(protocol) if found.severity == "refused"] == []
    consents = [act for act in acts if act.treaty == "XVIII-16-a" and act.action != "signature"]
    assert len(consents) == 39
    assert any(act.source.startswith("note verbale") for act in acts if act.date >= since)
    assert all(act.source.startswith("C.N.") for act in acts if act.date < since)


def test_a_day_of_the_story_is_a_working_day() -> None:
    days = [date(2030, 1, 1) + timedelta(days=number) for number in range(365)]
    assert {working_day(day, -7).weekday() for day in days if (day.month, day.day) != (10, 25)} == {0, 1, 2, 3, 4}
    assert working_day(date(2030, 10, 25), -7) == date(2023, 10, 25)


def test_no_other_folder_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    for more in ((), ("--anew",)):
        done = call(tmp_path, "demo", str(tmp_path / "mine"), "--only-make", *more)
        assert done.returncode == 2
        assert "allowed: a folder that is empty, not there yet, or a demonstration" in done.stderr
    assert os.listdir(tmp_path / "mine") == ["notes.txt"]
