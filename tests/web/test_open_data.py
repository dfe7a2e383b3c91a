"""The files of open data, read by the tools that people read them with."""

import csv
import io
import json
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import warnings
import zipfile
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from depositary.settings import PROJECT
from depositary.web.formats.bulk import SCHEMAS
from depositary.web.formats.tables import TABLES
from tests.web.conftest import HOSTILE

ON = "?on=2026-11-28"


@pytest.fixture(scope="module")
def unpacked(client: TestClient, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bulk file, unpacked."""
    response = client.get(f"/data/depositary.zip{ON}")
    assert response.headers["content-type"] == "application/zip"
    assert client.get(f"/data/depositary.zip{ON}").content == response.content
    folder = tmp_path_factory.mktemp("bulk")
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        archive.extractall(folder)
    return folder / "depositary"


def test_frictionless_finds_the_data_package_valid(unpacked: Path) -> None:
    tool = [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"]
    done = subprocess.run(tool, cwd=unpacked, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    report = json.loads(done.stdout)
    assert (report["valid"], report["stats"]["errors"]) == (True, 0), report
    assert report["stats"]["tasks"] == len(TABLES)


def test_each_row_is_as_its_schema_says_in_both_forms(unpacked: Path) -> None:
    import jsonschema

    for table in TABLES:
        schema = json.loads((unpacked / f"schemas/{table.name}.json").read_text())
        check = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
        lines = [json.loads(line) for line in (unpacked / f"{table.name}.jsonl").read_text().splitlines()]
        rows = list(csv.DictReader(io.StringIO((unpacked / f"{table.name}.csv").read_text())))
        assert len(lines) == len(rows) > 0, table.name
        for line, row in zip(lines, rows, strict=True):
            check.validate(line)
            assert list(line) == list(row) == list(table.columns)
            assert {name: value == "" for name, value in row.items()} == {
                name: value in (None, "") for name, value in line.items()
            }


def test_pandas_reads_each_table_with_the_types_of_its_schema(unpacked: Path) -> None:
    import pandas

    package = json.loads((unpacked / "datapackage.json").read_text())
    read = {"date": ("datetime64",), "datetime": ("datetime64",), "integer": ("int", "Int"), "boolean": ("bool",)}
    for resource in package["resources"]:
        fields = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
        days = [name for name, kind in fields.items() if kind.startswith("date")]
        table = pandas.read_csv(unpacked / resource["path"], parse_dates=days, keep_default_na=False, na_values=[""])
        assert list(table.columns) == list(fields)
        assert len(table) > 0
        for name, kind in fields.items():
            if kind in read and table[name].notna().all():
                assert str(table[name].dtype).startswith(read[kind]), (resource["name"], name)


def test_the_tables_say_what_the_status_says(client: TestClient, unpacked: Path) -> None:
    status = client.get(f"/treaties/I-1/status.csv{ON}").text
    told = list(csv.DictReader(io.StringIO(status)))
    listed = list(csv.DictReader(io.StringIO((unpacked / "status.csv").read_text())))
    assert [{name: value for name, value in row.items() if name != "treaty"} for row in listed] == told
    acts = [json.loads(line) for line in (unpacked / "acts.jsonl").read_text().splitlines()]
    assert [act["entry"] for act in acts] == [*range(1, 11), 12]
    assert HOSTILE in [act["text"] for act in acts]
    treaties = [json.loads(line) for line in (unpacked / "treaties.jsonl").read_text().splitlines()]
    assert [(one["treaty"], one["entry_into_force"], one["complete_as_of"]) for one in treaties] == [
        ("I-1", "2026-08-30", "2026-09-30")
    ]
    assert "creativecommons.org" in (unpacked / "LICENSE.md").read_text()


def test_the_catalogue_is_dcat(client: TestClient) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from rdflib import RDF, Graph, Namespace

        dcat, dct = Namespace("http://www.w3.org/ns/dcat#"), Namespace("http://purl.org/dc/terms/")
        graph = Graph().parse(data=client.get("/data/catalogue.jsonld").text, format="json-ld")
    (data,) = graph.subjects(RDF.type, dcat.Dataset)
    assert len(list(graph.objects(data, dcat.distribution))) == 3
    assert str(next(graph.objects(data, dct.license))) == "https://creativecommons.org/licenses/by/4.0/"
    addresses = {str(one) for one in graph.objects(None, dcat.accessURL)}
    assert "https://treaties.example/data/depositary.zip" in addresses
    for address in addresses:
        assert client.get(address.removeprefix("https://treaties.example")).status_code == 200


def test_the_csv_for_excel_has_a_byte_order_mark(client: TestClient) -> None:
    plain = client.get(f"/treaties/I-1/status.csv{ON}").content
    assert client.get(f"/treaties/I-1/status.csv{ON}&excel").content == b"\xef\xbb\xbf" + plain


class TestSchemas:
    def test_each_is_a_schema(self, client: TestClient) -> None:
        import jsonschema

        for name in SCHEMAS:
            jsonschema.Draft202012Validator.check_schema(client.get(f"/schemas/{name}.json").json())
        assert client.get("/schemas/nothing.json").status_code == 404

    def test_every_clause_file_is_as_the_schema_says_and_names_it(self) -> None:
        import jsonschema

        schema = json.loads((PROJECT / "data/schemas/clauses.json").read_text())
        check = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
        files = sorted((PROJECT / "data/treaties").glob("*.toml"))
        assert len(files) > 20
        for path in files:
            text = path.read_text()
            assert text.startswith("#:schema ../schemas/clauses.json\n"), path.name
            told = json.loads(json.dumps(tomllib.loads(text), default=str))  # as an editor reads dates
            assert [fault.message for fault in check.iter_errors(told)] == [], path.name
        wrong: Any = {"id": "I-1", "title": "x", "entry_into_force": {"provision": "1", "instruments": "forty"}}
        assert any("forty" in fault.message or "forty" in str(fault.context) for fault in check.iter_errors(wrong))

    def test_taplo_checks_every_clause_file_by_the_line_at_its_head(self, tmp_path: Path) -> None:
        shutil.copytree(PROJECT / "data/schemas", tmp_path / "schemas")
        shutil.copytree(PROJECT / "data/treaties", tmp_path / "treaties", ignore=shutil.ignore_patterns("*.md"))
        files = sorted((tmp_path / "treaties").glob("*.toml"))
        taplo = [str(Path(sysconfig.get_path("scripts")) / "taplo"), "check", *map(str, files)]
        checked = subprocess.run(taplo, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (checked.returncode, f"total={len(files)}" in checked.stderr) == (0, True), checked.stderr
        wrong = files[0].read_text().replace("instruments = ", "instruments = 'forty' # ", 1)
        assert wrong != files[0].read_text()
        files[0].write_text(wrong)
        checked = subprocess.run(taplo, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert checked.returncode != 0
        assert f"{files[0].name}" in checked.stderr
        assert "forty" in checked.stderr

    def test_the_schemas_beside_the_data_are_those_of_the_program(self) -> None:
        from depositary.treaties.file_schemas import written_schemas

        for name, text in written_schemas(PROJECT / "data").items():
            path = PROJECT / "data/schemas" / name
            assert path.read_text(encoding="utf-8") == text, "make schemas writes it anew"

    def test_every_row_of_the_acts_is_as_the_schema_says(self) -> None:
        import jsonschema

        check = jsonschema.Draft202012Validator(json.loads((PROJECT / "data/schemas/instruments.json").read_text()))
        with (PROJECT / "data/instruments.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert len(rows) > 70
        for row in rows:
            check.validate(row)
        assert not check.is_valid({**rows[0], "action": "nap"})
        assert not check.is_valid({**rows[0], "participant": "XXX"})
