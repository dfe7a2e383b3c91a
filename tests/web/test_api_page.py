"""The API is described to people from its own description."""

from starlette.testclient import TestClient

from depositary.web.api.endpoints import FILES
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


def test_every_file_that_is_named_is_there(client: TestClient) -> None:
    page = words_of(client.get("/api/docs").text)
    for address, says in FILES:
        assert address in page
        assert says in page
        if not address.startswith("/register/"):  # which is asked of a register that is signed
            assert client.get(address.format(treaty="I-1", code="RUR")).status_code == 200, address
