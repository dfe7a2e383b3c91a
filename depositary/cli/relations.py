"""The relation between two participants, as text, CSV and JSON."""

from datetime import date

from depositary.cli.options import Format
from depositary.cli.output import act_in_words, as_value, findings, write_csv, write_json
from depositary.law.effects import Effects
from depositary.law.relations import Relation
from depositary.words import Language


def relation(
    found: Relation,
    effects: Effects,
    first: str,
    second: str,
    on: date,
    words: Language,
    format_: Format,
    complete: date | None,
) -> None:
    """Writes whether two participants are bound to each other."""
    if format_ == "table":
        findings([found.finding], effects, on, words, "table", first, complete)
        for act in found.reservations:
            print(f"  in force between them: {act_in_words(act)}")
        for act in found.objections:
            print(f"  with its effect between them: {act_in_words(act)}")
        return
    row = {
        "treaty": effects.clauses.id,
        "one": first,
        "other": second,
        "on": on.isoformat(),
        "bound": found.bound,
        "since": as_value(found.since),
        "complete_as_of": as_value(complete),
    }
    if format_ == "csv":
        write_csv((*row, "version"), [row | {"version": " ".join(name for name, _ in found.amendments)}])
    else:
        amendments = [{"id": name, "from": day.isoformat()} for name, day in found.amendments]
        reservations = [
            {
                "participant": act.participant,
                "provision": act.provision or None,
                "text": act.text or None,
                "row": act.number,
            }
            for act in found.reservations
        ]
        objections = [
            {
                "participant": act.participant,
                "addressee": act.addressee,
                "provision": act.provision or None,
                "effect": act.effect or None,
                "row": act.number,
            }
            for act in found.objections
        ]
        territories = [
            {"participant": act.participant, "text": act.text or None, "row": act.number} for act in found.territories
        ]
        told = {"reservations": reservations, "objections": objections, "territories": territories}
        write_json(row | {"amendments": amendments} | told)
