"""Writes the examples of the API's description from the answers of a demonstration that is served.

depositary demo DIR --only-make, then serve it, then
python -m tests.web.api_examples http://127.0.0.1:8000 > depositary/web/api/examples.json
"""

import json
import sys
from typing import Any
from urllib.request import Request, urlopen

MOST = 2
"""How many items of a list an example has."""

OF_TREATY = "/treaties/XVIII-16"
CALLS = {
    "treaties": "/treaties",
    "treaty": OF_TREATY,
    "clauses": f"{OF_TREATY}/clauses",
    "status": f"{OF_TREATY}/status",
    "participants_of_treaty": f"{OF_TREATY}/participants",
    "participant_of_treaty": f"{OF_TREATY}/participants/{{party}}",
    "participants": "/participants",
    "one_participant": "/participants/{party}",
    "relations": f"{OF_TREATY}/relations?a={{party}}&b={{other}}",
    "matrix": f"{OF_TREATY}/relations/all",
    "amendments": f"{OF_TREATY}/amendments",
    "reservations": f"{OF_TREATY}/reservations",
    "objections": f"{OF_TREATY}/objections",
    "votes": f"{OF_TREATY}/votes?matter=amendment&in_favour=30",
    "entries": "/entries?since=0",
    "entries_of_treaty": f"{OF_TREATY}/entries",
    "one_entry": f"{OF_TREATY}/entries/1",
    "acts": f"{OF_TREATY}/acts",
    "effects_of_act": f"{OF_TREATY}/acts/{{entry}}/effects",
    "register_head": "/register/head",
    "inclusion_proof": "/register/proof/1",
    "consistency_proof": "/register/consistency/1",
    "calendar": f"{OF_TREATY}/calendar",
    "reasons_of_treaty": f"{OF_TREATY}/reasons/entry-into-force",
    "reasons_of_participant": f"{OF_TREATY}/participants/{{party}}/reasons/entry-into-force",
    "readings": f"{OF_TREATY}/readings",
    "notifications": "/notifications",
    "one_notification": "/notifications/{reference}",
    "whatif": "/whatif",
    "search": "/search?q=cybercrime",
    "glossary": "/glossary",
}
"""Each call by its name in the description, and what is asked for its example."""


def shortened(value: Any) -> Any:
    """An answer whose lists have two items; the path of a proof stays whole, for without it nothing is proven."""
    if isinstance(value, dict):
        return {name: each if name == "path" else shortened(each) for name, each in value.items()}
    if isinstance(value, list):
        return [shortened(each) for each in value[:MOST]]
    return value


def examples(site: str) -> dict[str, Any]:
    """The examples by call."""

    def asked(path: str, question: Any = None) -> Any:
        sent = json.dumps(question).encode() if question else None
        with urlopen(Request(f"{site}/api/v1{path}", sent)) as answer:  # noqa: S310  (our own)
            return json.load(answer)

    parties = [one["code"] for one in asked(f"{OF_TREATY}/participants")["items"] if one["standing"] == "party"]
    acts = asked(f"{OF_TREATY}/acts?participant={parties[0]}")["items"]
    consent = next(one["entry"] for one in acts if one["act"]["action"] != "signature")
    strangers = {one["code"] for one in asked("/participants?limit=1000")["items"]} - {
        one["code"] for one in asked(f"{OF_TREATY}/participants?limit=1000")["items"]
    }
    supposed = [{"participant": min(strangers), "action": "accession", "date": asked("/entries")["on"]}]
    names = {
        "party": parties[0],
        "other": parties[1],
        "entry": consent,
        "reference": asked("/notifications")["items"][0]["reference"],
    }
    return {
        name: shortened(
            asked(path.format(**names), {"treaty": "XVIII-16", "acts": supposed} if name == "whatif" else None)
        )
        for name, path in CALLS.items()
    }


if __name__ == "__main__":
    json.dump(examples(sys.argv[1]), sys.stdout, ensure_ascii=False, indent=1)
    print()
