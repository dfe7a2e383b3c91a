"""The options that commands share, and the functions that read them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

import typer

from depositary import clock
from depositary.errors import BadInput
from depositary.law.acts import Act
from depositary.law.dates import parse_date
from depositary.settings import Settings
from depositary.treaties.collection import Collection, load_collection
from depositary.treaties.instruments_csv import described_act

if TYPE_CHECKING:
    from depositary.correspondence.alerts.store import AlertStore
    from depositary.register.store import Store

T = TypeVar("T")

Format = Literal["table", "json", "csv"]


def _parser(parse: Callable[[str], T]) -> Callable[[str], T]:
    def read(text: str) -> T:
        try:
            return parse(text)
        except ValueError as fault:
            raise typer.BadParameter(f"{text!r}: {fault}") from None

    return read


def date_option(name: str, help_: str) -> Any:
    """An option that is a date."""
    return typer.Option(name, parser=_parser(parse_date), metavar="DATE", help=help_)


def instant_option(name: str, help_: str) -> Any:
    """An option that is an instant."""
    return typer.Option(name, parser=_parser(clock.parse_instant), metavar="INSTANT", help=help_)


On = Annotated[date | None, date_option("--on", "What was so on that day; today in New York.")]
KnownAt = Annotated[datetime | None, instant_option("--known-at", "What the register knew at that moment; now.")]
Treaty = Annotated[str, typer.Option("--treaty", metavar="ID", help="The treaty's number.")]
OutputFormat = Annotated[Format, typer.Option("--format", help="How the answer is written.")]
DataFile = Annotated[Path | None, typer.Option(metavar="FILE")]


@contextmanager
def open_store(settings: Settings) -> "Iterator[Store]":
    """The register of the settings, created and brought up to date where it is not."""
    from depositary.register.heads import Keys
    from depositary.register.store import opened  # the import of the database's libraries takes half of the start

    with opened(settings.database, Keys(settings.keys)) as store:
        yield store


@contextmanager
def open_to_read(settings: Settings) -> "Iterator[Store]":
    """The register of the settings, for reading: it creates, changes and locks nothing. Raises BadInput."""
    from depositary.register.heads import Keys
    from depositary.register.store import opened_to_read

    with opened_to_read(settings.database, Keys(settings.keys)) as store:
        yield store


def offered_alerts(settings: Settings) -> "AlertStore | None":
    """The store of requests for alerts; None where the site has no address for the links of letters."""
    if not settings.base_url:
        return None
    from depositary.correspondence.alerts.store import AlertStore

    alerts = AlertStore(settings.alerts, settings.keys)
    if alerts.engine.dialect.name == "sqlite":
        alerts.migrate()
    return alerts


@contextmanager
def open_to_record(settings: Settings) -> "Iterator[Store]":
    """The register of the settings, to add to it. Raises Untrue where it does not hold."""
    from depositary.register.verification import require

    with open_store(settings) as store:
        require(store)
        yield store


def open_collection(settings: Settings, treaty: str = "") -> Collection:
    """The treaties and participants of the data folder; to answer about one treaty, it and those it needs."""
    alone = treaty and (settings.data / "treaties" / f"{treaty}.toml").is_file()
    return load_collection(settings.data, only=[treaty] if alone else None)


def code_of(collection: Collection, text: str, on: date | None = None) -> str:
    """The code of the participant that a code or a name means. Raises BadInput for a text that leaves a question."""
    return collection.gazetteer.code(text, on or clock.today())


def supposed_act(text: str, number: int, treaty: str, collection: Collection, called: str = "--act") -> Act:
    """The act described by an option or argument. Raises BadInput with all that is wrong with it."""
    try:
        return described_act(text, number, treaty, collection.gazetteer, collection.treaties)
    except BadInput as fault:
        raise BadInput([f"{called} {line}" for line in fault.faults]) from None
