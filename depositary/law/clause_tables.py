"""What every table of a clause file is made of: days, provisions, and periods."""

from datetime import date
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from depositary.law.dates import EARLIEST, LATEST, Period

Day = Annotated[date, Field(strict=True, ge=EARLIEST, le=LATEST)]
Provision = Annotated[str, Field(max_length=40)]


class Table(BaseModel):
    """A table of a clause file: frozen, and no key it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class After(Table):
    """A period as the file writes it: `{ days = 90 }`, `{ months = 6, on = "first of month" }` …"""

    days: Annotated[int, Field(strict=True, ge=0, le=10_000)] | None = None
    months: Annotated[int, Field(strict=True, ge=0, le=1_200)] | None = None
    years: Annotated[int, Field(strict=True, ge=0, le=100)] | None = None
    on: Literal["", "first of month following", "first of month"] = ""

    @model_validator(mode="after")
    def _one_of_the_forms(self) -> Self:
        given = [unit for unit in ("days", "months", "years") if getattr(self, unit) is not None]
        if len(given) != 1:
            raise ValueError("give exactly one of days, months and years")
        if self.on and (given == ["years"] or (given == ["days"] and self.on == "first of month")):
            raise ValueError('on = "first of month following" goes with days or months, "first of month" with months')
        if self.on == "first of month" and not self.months:
            raise ValueError('on = "first of month" needs one month at least: it would end before it began')
        return self

    @cached_property
    def period(self) -> Period:
        return Period(self.days, self.months, self.years, self.on)
