"""The API: typed answers, the same as the pages; problems in the asked language; pages, tags, other sites, limits."""

import gzip
import json
from collections.abc import Iterator
from typing import Any

import brotli
import pytest
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from depositary.law.clauses import Clauses
from depositary.register.recording import record
from depositary.register.store import Store
from depositary.treaties.collection import Collection
from depositary.web.api import cross_origin
from depositary.web.api.proof_calls import ConsistencyProof, HeadAnswer, InclusionProof
from depositary.web.api.status_answer import Status
from depositary.web.app import create_app
from depositary.words import AVAILABLE
from tests.register.sample_acts import AT
from tests.web.conftest import ACTS, entries

ON = "on=2026-11-28"
I1 = "/api/v1/treaties/I-1"


def get(client: TestClient, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200, response.text
    return response.json()


def test_the_description_is_openapi_with_a_type_for_every_answer(client: TestClient) -> None:
    told = get(client, "/api/v1/openapi.json")
    assert told["openapi"].startswith("3.1")
    assert told["info"]["license"]["identifier"] == "CC-BY-4.0"
    assert "two years" in told["info"]["description"]
    assert told["servers"][0]["url"] == "/"
    assert len(told["paths"]) > 30
    assert {"Problem", "Status", "FindingInTree", "Clauses"} <= told["components"]["schemas"].keys()
    for path, methods in told["paths"].items():
        for call in methods.values():
            typed = call["responses"]["200"]["content"]["application/json"]["schema"]
            assert typed["$ref"].startswith("#/components/schemas/"), path
            assert "application/problem+json" in call["responses"]["422"]["content"], path
            assert call["summary"]
            assert call["description"]
            names = {parameter["name"] for parameter in call.get("parameters", ())}
            assert names >= {"on", "known_at", "lang"} or "/register/" in path, path
    days = [
        each for each in told["paths"][f"{I1.replace('I-1', '{treaty}')}"]["get"]["parameters"] if each["name"] == "on"
    ]
    assert days[0]["schema"] == {"type": "string", "format": "date", "title": "On"} | days[0]["schema"]


def test_the_status_is_of_its_type_and_as_it_was(client: TestClient) -> None:
    told = client.get(f"{I1}/status?{ON}")
    Status.model_validate_json(told.content)
    other = client.get(f"/treaties/I-1/status.json?{ON}")
    assert {**told.json(), "known_at": 0} == {**other.json(), "known_at": 0}
    assert get(client, f"{I1}?{ON}")["overview"]["entry_into_force"] == told.json()["entry_into_force"]
    assert get(client, f"{I1}/participants?{ON}")["items"] == told.json()["participants"]


def test_the_clauses_are_those_of_the_clause_file(client: TestClient, collection: Collection) -> None:
    told = get(client, f"{I1}/clauses")["clauses"]
    assert TypeAdapter(Clauses).validate_json(json.dumps(told), strict=False) == collection.treaties["I-1"]


def test_reasons_are_a_tree_that_ends_in_acts(client: TestClient) -> None:
    told = get(client, f"{I1}/participants/BOR/reasons/entry-into-force?{ON}&lang=fr")
    assert (told["date"], told["finding"]["value"]) == ("2026-09-14", "2026-09-14")
    assert "Borduria" in told["finding"]["sentence"]

    def leaves(finding: Any) -> Iterator[int]:
        yield from (act["entry"] for act in finding["acts"])
        for each in finding["because"]:
            yield from leaves(each)

    assert 8 in set(leaves(told["finding"]))
    listed = [each for each in get(client, f"{I1}/calendar?{ON}")["items"] if each["participant"] == "BOR"]
    assert [each["date"] for each in listed] == ["2026-09-14"]
    assert client.get(f"{listed[0]['reasons'].partition('?')[0]}?{ON}").status_code == 200


def test_relations_acts_and_their_effects(client: TestClient) -> None:
    pair = get(client, f"{I1}/relations?a=RUR&b=BOR&{ON}")
    assert (pair["bound"], pair["since"]) == (True, "2026-09-14")
    assert [act["participant"] for act in pair["reservations"]] == ["RUR"]
    parties = {each["code"]: each["since"] for each in get(client, f"{I1}/relations/all?{ON}")["items"]}
    assert parties["BOR"] == "2026-09-14"
    (reserved,) = get(client, f"{I1}/reservations?{ON}")["items"]
    assert (reserved["act"]["entry"], reserved["state"]) == (4, "standing")
    effects = get(client, f"{I1}/acts/8/effects?{ON}")
    assert {"concerns": "entry_into_force", "participant": "BOR", "before": None, "after": "2026-09-14"} in effects[
        "changes"
    ]
    assert get(client, f"{I1}/acts/7/effects?{ON}")["sentences"]
    acts = get(client, f"{I1}/acts?{ON}&participant=EVA")["items"]
    assert [(each["entry"], each["act"]["date"]) for each in acts] == [(12, "2026-09-02")]
    assert get(client, f"{I1}/objections")["items"] == get(client, f"{I1}/amendments")["items"] == []


def test_what_if_answers_and_records_nothing(client: TestClient) -> None:
    question = {"treaty": "I-1", "acts": [{"participant": "LUT", "action": "accession", "date": "2027-03-01"}]}
    told = client.post("/api/v1/whatif?lang=en", json=question)
    assert told.status_code == 200
    assert told.json()["on"] == "2027-03-01"
    assert {"concerns": "entry_into_force", "participant": "LUT", "before": None, "after": "2027-03-31"} in told.json()[
        "changes"
    ]
    assert told.json()["complete_as_of"] == told.json()["status"]["complete_as_of"] == "2026-09-30"
    assert "LUT" not in [
        each["code"] for each in get(client, f"{I1}/participants?on=2027-03-01")["items"] if each["consent"]
    ]


@pytest.mark.parametrize(
    ("question", "status", "at"),
    [
        ({"treaty": "I-1", "acts": []}, 422, "acts"),
        (
            {"treaty": "I-1", "acts": [{"participant": "LUT", "action": "nap", "date": "2027-03-01"}]},
            422,
            "acts.0.action",
        ),
        ({"treaty": "I-1", "acts": [{"participant": "LUT", "action": "accession", "date": "1"}]}, 422, "acts.0.date"),
        ({"treaty": "I-9", "acts": [{"participant": "LUT", "action": "accession", "date": "2027-03-01"}]}, 404, ""),
        ({"treaty": "I-1", "acts": [{"participant": "XXX", "action": "accession", "date": "2027-03-01"}]}, 404, ""),
        (
            {
                "treaty": "I-1",
                "acts": [{"participant": "LUT", "action": "accession", "date": "2027-03-01", "subject": "x"}],
            },
            409,
            "acts.0.subject",
        ),
        (
            {"treaty": "I-1", "acts": [{"participant": "LUT", "action": "accession", "date": "2027-03-01"}] * 51},
            422,
            "acts",
        ),
        ({"treaty": "x" * 70_000, "acts": []}, 413, ""),
    ],
)
def test_a_question_that_cannot_be_is_refused_in_its_places(
    client: TestClient, question: Any, status: int, at: str
) -> None:
    told = client.post("/api/v1/whatif", json=question)
    assert told.status_code == told.json()["status"] == status
    assert [each["at"] for each in told.json().get("errors", ())] == ([at] if at else [])


@pytest.mark.parametrize("code", AVAILABLE)
def test_a_problem_is_told_in_the_language_asked_for(client: TestClient, code: str) -> None:
    for address in ("/api/v1/treaties/I-9", "/api/nothing", "/api/v1/treaties?limit=0", f"{I1}?on=x", "/register/head"):
        asked = client.get(f"{address}{'&' if '?' in address else '?'}lang={code}")
        preferred = client.get(address, headers={"Accept-Language": code})
        for told in (asked, preferred):
            assert told.headers["content-type"] == "application/problem+json", address
            assert told.headers["content-language"] == code
            assert told.headers["cache-control"] == "no-store"
            problem = told.json()
            assert problem["status"] == told.status_code in (404, 422)
            assert problem["detail"] == problem["error"]
            assert problem["type"].startswith("urn:depositary:problem:")
        assert asked.json() == preferred.json()
    sentences = {client.get(f"/api/v1/treaties/I-9?lang={each}").json()["detail"] for each in AVAILABLE}
    assert len(sentences) == len(AVAILABLE)


@pytest.mark.parametrize("list_of", ["acts", "participants", "calendar", "readings", "entries"])
def test_pages_are_the_whole_list(client: TestClient, list_of: str) -> None:
    whole = get(client, f"{I1}/{list_of}?{ON}&limit=1000")
    assert whole["next"] is None
    found, address = [], f"{I1}/{list_of}?{ON}&limit=3&lang=en"
    while address:
        response = client.get(address)
        page = response.json()
        assert len(page["items"]) <= 3
        assert response.headers.get("link", "") == (f'<{page["next"]}>; rel="next"' if page["next"] else "")
        found += page["items"]
        address = page["next"]
    assert found == whole["items"]
    assert client.get(f"{I1}/participants?cursor=XXX").status_code == 404


def test_a_mirror_keeps_itself_current_by_since_alone(collection: Collection) -> None:
    known = entries()[:9]
    client = TestClient(create_app(collection, lambda after, treaty: [one for one in known if one.number > after]))
    mirror: dict[int, Any] = {}

    def keep_current() -> None:
        address = f"/api/v1/entries?since={max(mirror, default=0)}&limit=4"
        while address:
            page = get(client, address)
            mirror.update({each["number"]: each for each in page["items"]})
            address = page["next"]
        assert page["last"] == max(mirror)

    keep_current()
    assert list(mirror) == list(range(1, 10))
    known.extend(entries()[9:])
    keep_current()
    assert list(mirror) == list(range(1, 15))
    assert mirror[14] | {"act": None, "rectifies": 13} == mirror[14]
    assert mirror[1]["act"]["action"] == "signature"


def test_other_sites_may_read_data_and_only_data(client: TestClient) -> None:
    for address in (f"{I1}/status", "/treaties/I-1/status.csv", "/treaties/I-1/feed.atom", "/api/v1/treaties/I-9"):
        headers = client.get(address, headers={"Origin": "https://elsewhere.example"}).headers
        assert headers["access-control-allow-origin"] == "*"
        assert "ETag" in headers["access-control-expose-headers"]
        assert headers["cross-origin-resource-policy"] == "cross-origin"
    page = client.get("/en/", headers={"Origin": "https://elsewhere.example"}).headers
    assert "access-control-allow-origin" not in page
    assert page["cross-origin-resource-policy"] == "same-origin"
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
    allowed = client.options("/api/v1/whatif", headers=asked)
    assert allowed.status_code == 204
    assert "POST" in allowed.headers["access-control-allow-methods"]
    assert client.options("/en/", headers=asked).status_code == 405


def test_an_answer_has_a_tag_a_day_and_a_coding(client: TestClient) -> None:
    plain = client.get(f"{I1}/clauses?{ON}", headers={"Accept-Encoding": "identity"})
    assert plain.headers["last-modified"] == "Mon, 05 Oct 2026 12:00:00 GMT"
    assert plain.headers["cache-control"].startswith("public, max-age=")
    assert "content-encoding" not in plain.headers
    for coding, unpacked in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        with client.stream("GET", f"{I1}/clauses?{ON}", headers={"Accept-Encoding": coding}) as packed:
            assert packed.headers["content-encoding"] == coding
            assert "Accept-Encoding" in packed.headers["vary"]
            assert unpacked(b"".join(packed.iter_raw())) == plain.content
            known = client.get(f"{I1}/clauses?{ON}", headers={"If-None-Match": packed.headers["etag"]})
            assert (known.status_code, known.content) == (304, b"")
    since = client.get(f"{I1}/clauses?{ON}", headers={"If-Modified-Since": "Mon, 05 Oct 2026 12:00:00 GMT"})
    assert (since.status_code, since.content) == (304, b"")
    before = client.get(f"{I1}/clauses?{ON}", headers={"If-Modified-Since": "Mon, 05 Oct 2026 11:59:59 GMT"})
    assert before.status_code == 200
    assert client.head(f"{I1}/clauses?{ON}").headers["content-type"] == "application/json"


def test_calls_are_counted_by_network(collection: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cross_origin, "CALLS", type(cross_origin.CALLS)(2))
    client = TestClient(create_app(collection, entries))
    first, second, third = (client.get("/api/v1/treaties?lang=fr") for _ in range(3))
    assert (first.headers["ratelimit-policy"], first.headers["ratelimit"][:14]) == (
        '"calls";q=2;w=60',
        '"calls";r=1;t=',
    )
    assert second.headers["ratelimit"].startswith('"calls";r=0;')
    assert third.status_code == third.json()["status"] == 429
    assert 0 < int(third.headers["retry-after"]) <= 60
    assert "réseau" in third.json()["detail"]
    assert client.get("/treaties/I-1/status.json").status_code == 200, "a file is no call"


def test_head_and_proofs_are_of_their_types(collection: Collection, sqlite: Store) -> None:
    for act in ACTS[:5]:
        record(act, "clerk", AT, sqlite)
    client = TestClient(create_app(collection, sqlite.entries, proofs=sqlite))
    for name, model in (("head", HeadAnswer), ("proof/3", InclusionProof), ("consistency/2", ConsistencyProof)):
        told = client.get(f"/api/v1/register/{name}")
        assert told.content == client.get(f"/register/{name}").content
        model.model_validate_json(told.content)
    assert client.get("/api/v1/register/proof/6").status_code == 404


def test_search_and_glossary(client: TestClient) -> None:
    found = get(client, "/api/v1/search?q=borduria")
    assert {"participant", "act"} <= {each["kind"] for each in found["items"]}
    assert found["items"][0]["page"] == "https://treaties.example/en/participants/BOR"
    terms = {each["term"]: each for each in get(client, "/api/v1/glossary?limit=1000")["items"]}
    assert (terms["accession"]["mark"], terms["accession"]["words"]["fr"]) == ("a", "adhésion")
    assert all(set(each["words"]) == set(AVAILABLE) for each in terms.values())
