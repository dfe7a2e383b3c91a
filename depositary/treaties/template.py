"""The file of acts that somebody is to fill in: as CSV, and as a workbook with a sheet that explains."""

import csv
import io
from datetime import datetime

from depositary.law.acts import ACTIONS, COLUMNS
from depositary.words import Language
from depositary.words.labels import N_

EXPLAINED: dict[str, str] = {
    "treaty": N_("The treaty's number in the United Nations Treaty Collection, as XVIII-16."),
    "participant": N_("The State or organization: its code, as GHA, or its name in any official language."),
    "action": N_("What was done, as “ratification”, in any official language; or the mark A, AA, a, c, d or s."),
    "date": N_("The date of the act as the depositary determined it, best as 2026-11-27."),
    "subject": N_("Empty, or the amendment that the act concerns, as amendment:A1."),
    "effective": N_("Of a succession only: its date."),
    "place": N_("Of a signature: where."),
    "provision": N_("Of a reservation, declaration or notification: the provision, as 63(3)."),
    "text": N_("The words of a declaration, or the territories of a territorial application."),
    "source": N_("Where it can be checked."),
    "addressee": N_("Of an objection and its withdrawal: the participant whose reservation it concerns."),
    "effect": N_("Of an objection or a territorial application: its effect, if the State says one."),
    "notified": N_("Of a reservation, declaration or objection: the date on which the depositary notified it."),
}
"""The contents of each column."""

DATES = ("date", "effective", "notified")

LAST_ROW = 1000
"""The last row of the workbook that offers the actions."""


def as_csv() -> str:
    """A CSV file with the columns, and without acts."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(COLUMNS)
    return out.getvalue()


def as_xlsx(words: Language) -> bytes:
    """A workbook: the columns, with the actions to choose from, and a sheet that says what each column has."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001  (the same template is the same bytes)
    head, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    acts, explanation = book.add_worksheet("acts"), book.add_worksheet("columns")
    acts.freeze_panes(1, 0)
    acts.set_column(0, len(COLUMNS) - 1, 20)
    for place, column in enumerate(COLUMNS):
        acts.write_string(0, place, column, head)
        explanation.write_string(place, 0, column, head)
        explanation.write_string(place, 1, words.gettext(EXPLAINED[column]))
        if column in DATES:
            acts.set_column(place, place, 20, day)
    for row, action in enumerate(ACTIONS):
        explanation.write_string(len(COLUMNS) + 1 + row, 0, action)
        explanation.write_string(len(COLUMNS) + 1 + row, 1, words.action(action))
    first, last = len(COLUMNS) + 2, len(COLUMNS) + 1 + len(ACTIONS)
    choice = {"validate": "list", "source": f"=columns!$A${first}:$A${last}", "error_type": "warning"}
    acts.data_validation(1, 2, LAST_ROW, 2, choice)
    explanation.set_column(0, 0, 28)
    explanation.set_column(1, 1, 100)
    book.close()
    return out.getvalue()
