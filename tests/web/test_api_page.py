"""The API is described to people from its own description."""

from urllib.parse import quote

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012
from starlette.testclient import TestClient

from depositary.web.api.endpoints import FILES, examples_of_answers
from tests.web.api_examples import CALLS
from tests.words_of import words_of


def test_every_call_of_the_description_is_on_the_page(client: TestClient) -> None:
    page = words_of(client.get("/api/docs").text)
    schema = client.get("/api/v1/openapi.json").json()
    assert schema["paths"]
    for path, methods in schema["paths"].items():
        for method, call in methods.items():
            assert f"{method.upper()} {path}" in page
            for parameter in call.get("parameters", ()):
                assert parameter["description"] in page
    assert "<script" not in client.get("/api/docs").text
    assert "/api/v1/treaties/I-1/status" in page


def test_every_answer_has_an_example_of_its_model(client: TestClient) -> None:
    schema = client.get("/api/v1/openapi.json").json()
    known = Registry().with_resource("urn:api", Resource.from_contents(schema, DRAFT202012))
    named = set()
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            for status, answer in operation["responses"].items():
                ((media_type, told),) = answer["content"].items()
                at = pointer("paths", path, method, "responses", status, "content", media_type, "schema")
                check = Draft202012Validator({"$ref": f"urn:api#{at}"}, registry=known, format_checker=FormatChecker())
                assert [fault.message for fault in check.iter_errors(told["example"])] == [], (path, status)
                if status != "200":
                    assert told["example"]["status"] == int(status)
            named.add(operation["operationId"])
    assert named == set(CALLS) == set(examples_of_answers())


def test_the_page_shows_an_example_of_each_answer(client: TestClient) -> None:
    page = words_of(client.get("/api/docs").text)
    assert page.count("Example of an answer") == len(CALLS)
    assert '"treaty": "XVIII-16"' in page


def pointer(*names: str) -> str:
    """A JSON pointer as the fragment of an address (RFC 6901)."""
    return "".join("/" + quote(name.replace("~", "~0").replace("/", "~1")) for name in names)


def test_every_file_that_is_named_is_there(client: TestClient) -> None:
    page = words_of(client.get("/api/docs").text)
    for address, says in FILES:
        assert address in page
        assert says in page
        if not address.startswith("/register/"):  # which is asked of a register that is signed
            assert client.get(address.format(treaty="I-1", code="RUR")).status_code == 200, address
