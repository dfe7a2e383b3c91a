"""Interprets a file that is not in the exact form: each row has its text, and beside it what was understood.

Nothing is guessed. A text with several meanings or with none becomes a question, asked once.
"""

from collections import defaultdict
from collections.abc import Collection as Known
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from itertools import islice
from pathlib import Path

from depositary.errors import BadInput, Sentence
from depositary.law.acts import ACTIONS, COLUMNS, Act, act_of
from depositary.law.participants import Participants
from depositary.treaties.csv_files import Row, at, field_fault
from depositary.treaties.instruments_csv import row_faults
from depositary.treaties.names import Gazetteer
from depositary.treaties.spelling import mended
from depositary.treaties.table_files import TableRow, table_rows
from depositary.treaties.vocabulary import actions_of, column_of, folded
from depositary.treaties.written_dates import Order, meanings

NEEDED = ("treaty", "participant", "action", "date")
DATES = ("date", "effective", "notified")
HEADER_WITHIN = 10
"""The header is sought among this number of first rows: it is the first row that names two columns."""
REMEMBERED = 50_000
"""How many texts are understood at a time, so that a long file takes no memory."""
LEFT_OUT = "-"
"""The answer that a column is not taken."""


@dataclass(frozen=True, slots=True)
class Means:
    """What the person who brings the file says of it."""

    treaty: str = ""
    encoding: str = ""
    sheet: str = ""
    order: Order = ""
    words: Mapping[str, str] = field(default_factory=dict)
    """What a text in the file means: a code, an action, a column."""


@dataclass(frozen=True, slots=True)
class Interpreted:
    """A row: its number, what was written, by column, what was understood, and what was mended."""

    number: int
    written: Row
    act: Act
    mended: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A text that is not understood: its column, the rows that have it, and what it may mean."""

    column: str
    text: str
    rows: tuple[int, ...]
    candidates: tuple[str, ...]


class Asked(BadInput):
    """A file that cannot be taken yet. `mistakes` are the faults that no answer to a question mends."""

    def __init__(self, faults: Iterable[str], questions: Iterable[Question], mistakes: Iterable[str]) -> None:
        super().__init__(faults)
        self.questions, self.mistakes = tuple(questions), tuple(mistakes)


@dataclass(slots=True)
class _Questions:
    """The texts that are not understood, each with the rows it stands in, and what would answer."""

    rows: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    said: dict[tuple[str, str], Sentence] = field(default_factory=dict)
    candidates: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def ask(self, column: str, text: str, row: int, said: Sentence, candidates: Iterable[str] = ()) -> None:
        self.rows[column, text].append(row)
        self.said.setdefault((column, text), said)
        self.candidates.setdefault((column, text), tuple(candidates))

    def lines(self, name: str) -> Iterator[tuple[int, str]]:
        for (column, text), rows in self.rows.items():
            yield rows[0], at(f"{name}:{rows[0]}: {column}", self.said[column, text])


Understood = tuple[str, Sentence | None, tuple[str, ...]]
"""What a text means, "" where that is a question; the question, and what would answer it."""


class Interpretation:
    """The rows of a file as acts. Reading them raises BadInput with every fault and every question, each once."""

    def __init__(self, path: Path, participants: Participants, treaties: Known[str], means: Means) -> None:
        self.path, self.participants, self.treaties, self.means = path, participants, treaties, means
        self._gazetteer = Gazetteer(participants)
        self._words = {folded(written): meant for written, meant in means.words.items()}
        self._questions = _Questions()
        self._headings: list[Question] = []
        self._understood: dict[tuple[str, str, date], Understood] = {}
        self.columns = self._header()
        self.order = means.order or self._order()

    def rows(self) -> Iterator[Interpreted]:
        """The rows, one after the other. BadInput is raised at the end: take back what came before."""
        faults = [(self._head, said) for said in self._doubts]
        for number, fields in self._body():
            written = self._written(fields)
            row, notes = self._row(number, written)
            asked = {column for column, text in row.items() if text is None}
            asked |= set() if row["treaty"] or "treaty" in self.columns else {"treaty"}
            plain = {column: text or "" for column, text in row.items()}
            found = [(column, said) for column in COLUMNS if (said := field_fault(column, plain[column]))]
            found += [one for one in row_faults(plain, self.participants, self.treaties) if one[0] not in asked]
            if len(fields) > len(self.columns) and any(fields[len(self.columns) :]):
                found.append(("row", Sentence("has more fields than the header")))
            faults += [(number, at(f"{self.path.name}:{number}: {column}", said)) for column, said in found]
            if not (asked or found or faults or self._questions.rows):
                yield Interpreted(number, written, act_of(plain, number), tuple(notes))
        mistakes = [said for _, said in faults[len(self._headings) :]]
        faults += self._questions.lines(self.path.name)
        if faults:
            in_order = [said for _, said in sorted(faults, key=lambda fault: fault[0])]
            raise Asked(in_order, self._asked(), mistakes)

    def _asked(self) -> Iterator[Question]:
        yield from self._headings
        for key, rows in self._questions.rows.items():
            yield Question(*key, tuple(rows), self._questions.candidates[key])

    def _table(self) -> Iterator[TableRow]:
        return table_rows(self.path, encoding=self.means.encoding, sheet=self.means.sheet)

    def _header(self) -> list[str]:
        """The columns by place, "" for none. Raises BadInput where no row could be read without it."""
        name = self.path.name
        for number, fields in islice(self._table(), HEADER_WITHIN):
            found = [self._column(heading) for heading in fields]
            if len([column for column in found if column in COLUMNS]) >= 2:
                self._head = number
                break
        else:
            self._head = 1
            raise BadInput([at(f"{name}:1: file", Sentence("has no row that names its columns")), *self._needs([])])
        self._doubts: list[str] = []
        for place, heading in enumerate(fields):
            if found[place] is None and (heading.strip() or self._filled(place)):
                said = Sentence(
                    "%(heading)s is not a known column; say what it is with --means %(example)s, or leave it "
                    "out with --means %(nothing)s",
                    heading=repr(heading),
                    example=repr(f"{heading}=source"),
                    nothing=repr(f"{heading}={LEFT_OUT}"),
                )
                self._doubts.append(at(f"{name}:{number}: {heading.strip() or place + 1}", said))
                self._headings.append(Question("column", heading, (number,), (LEFT_OUT, *COLUMNS)))
        kept = [column or "" for column in found]
        twice = {column for column in kept if column and kept.count(column) > 1}
        self._doubts += [at(f"{name}:{number}: {column}", Sentence("stands twice")) for column in sorted(twice)]
        self._doubts += self._needs(kept)
        if not {*NEEDED[1:]} <= {*kept}:
            raise Asked(self._doubts, self._headings, self._doubts[len(self._headings) :])
        return kept

    def _needs(self, columns: list[str]) -> Iterator[str]:
        for column in NEEDED:
            if column not in columns and not (column == "treaty" and self.means.treaty):
                said = Sentence("this column is missing")
                if column == "treaty":
                    said = Sentence("this column is missing; name the treaty of all rows with --treaty XVIII-16")
                yield at(f"{self.path.name}:{self._head}: {column}", said)

    def _column(self, heading: str) -> str | None:
        meant = self._words.get(folded(heading))
        if meant in (*COLUMNS, LEFT_OUT):
            return meant.replace(LEFT_OUT, "")
        return column_of(heading) or None

    def _filled(self, place: int) -> bool:
        return any(len(fields) > place and fields[place].strip() for _, fields in self._body())

    def _body(self) -> Iterator[TableRow]:
        return ((number, fields) for number, fields in self._table() if number > self._head)

    def _order(self) -> Order:
        """What stands first in the dates of three numbers, by those that leave no choice; "" where none does."""
        places = [place for place, column in enumerate(self.columns) if column in DATES]
        orders: set[Order] = set()
        for _, fields in self._body():
            for text in (fields[place] for place in places if place < len(fields)):
                if text and len(found := meanings(text)) == 1:
                    orders |= found.keys() - {""}
        return orders.pop() if len(orders) == 1 else ""

    def _written(self, fields: list[str]) -> Row:
        given = {column: text for column, text in zip(self.columns, fields, strict=False) if column}
        return {column: given.get(column, "") for column in COLUMNS}

    def _row(self, number: int, written: Row) -> tuple[dict[str, str | None], list[str]]:
        """What a row means, None where that is a question; and what was mended in its texts."""
        row: dict[str, str | None] = {}
        notes: list[str] = []
        for column, text in written.items():
            row[column], said = mended(column, text)
            notes += [at(column, one) for one in said]
        row["treaty"] = row["treaty"] or self.means.treaty
        for column in DATES:
            row[column] = self._date(column, row[column] or "", number)
        on = date.fromisoformat(row["date"]) if row["date"] else date.max
        whose = self._participant
        for column, meaning in (("participant", whose), ("addressee", whose), ("action", self._action)):
            text = row[column] or ""
            if text:
                key = (column, text, on)
                if len(self._understood) > REMEMBERED:
                    self._understood.clear()
                if key not in self._understood:
                    self._understood[key] = meaning(text, on)
                understood, question, near = self._understood[key]
                row[column] = understood or None
                if question is not None:
                    self._questions.ask(column, text, number, question, near)
        return row, notes

    def _participant(self, text: str, on: date) -> Understood:
        known = self.participants
        if text in known:
            return text, None, ()
        text = self._words.get(folded(text), text)
        found = self._gazetteer.meant(text, on)
        if len(found) == 1:
            return found[0], None, ()
        codes = found or self._gazetteer.candidates(text, on)
        near = [f"{code} ({known[code].name_on(on).short['en']})" for code in codes]
        return "", _question(text, near, "GHA"), codes

    def _action(self, text: str, _: date) -> Understood:
        text = self._words.get(folded(text), text)
        found = actions_of(text)
        if len(found) == 1:
            return found[0], None, ()
        near = list(found) or get_close_matches(folded(text), ACTIONS, n=3, cutoff=0.5)
        return "", _question(text, near, "ratification"), tuple(near or ACTIONS)

    def _date(self, column: str, text: str, number: int) -> str | None:
        if not text:
            return ""
        found = meanings(text)
        if len(found) == 1:
            return next(iter(found.values())).isoformat()
        if self.order in found:
            return found[self.order].isoformat()
        if not found:
            said = Sentence("%(text)s is not a valid date. Use YYYY-MM-DD, for example 2026-11-27", text=repr(text))
            self._questions.ask(column, text, number, said)
        else:
            said = Sentence(
                "%(text)s may be %(first)s or %(second)s, and no date of the file tells: say --dates day-first or "
                "--dates month-first",
                text=repr(text),
                first=found["day"],
                second=found["month"],
            )
            self._questions.ask("date", "", number, said)
        return None


def _question(text: str, near: list[str], example: str) -> Sentence:
    if near:
        return Sentence(
            "%(text)s is not known here; is it %(candidates)s? Say so with --means %(example)s",
            text=repr(text),
            candidates=", ".join(near),
            example=repr(f"{text}={near[0].split(' (')[0]}"),
        )
    return Sentence(
        "%(text)s is not known here; say what it means, as --means %(example)s",
        text=repr(text),
        example=repr(f"{text}={example}"),
    )
