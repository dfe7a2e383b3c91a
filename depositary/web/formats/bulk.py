"""The bulk file: all treaties as CSV and JSON Lines, with schemas, a data package, and the licence of the data."""

import csv
import io
import json
from datetime import datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pydantic_core import to_json, to_jsonable_python

from depositary.treaties.csv_files import spreadsheet_field
from depositary.treaties.file_schemas import DRAFT, clause_file_schema, instruments_schema
from depositary.web.formats.calendars import BEFORE_ALL
from depositary.web.formats.tables import TABLES, DataTable, views
from depositary.web.query import PageQuery
from depositary.web.view import Site

ZIP, JSON_LD, MARKDOWN = "application/zip", "application/ld+json", "text/markdown; charset=utf-8"
NAME, TITLE = "depositary", "Depositary: acts under treaties, and the legal status derived from them"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
CITED = (
    {"title": "United Nations Treaty Collection", "path": "https://treaties.un.org"},
    {
        "title": "International Environmental Agreements Database Project (Mitchell et al. 2020, "
        "doi:10.1162/glep_a_00544)",
        "path": "https://www.iea.ulaval.ca",
    },
    {"title": "Treaty base of the Netherlands", "path": "https://verdragen.nl"},
)
"""The sources that ask to be cited, or from which most of the data is."""

SCHEMAS = ("clauses", "instruments", *(table.name for table in TABLES))
"""The names of the published schemas."""

KINDS = {"date": "date", "date-time": "datetime"}


def bulk(site: Site, asked: PageQuery) -> bytes:
    """The bulk file. The same register gives the same file on one day."""
    every = views(site, asked)
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:

        def add(name: str, content: bytes) -> None:
            member = ZipInfo(f"{NAME}/{name}", (asked.on.year if asked.on.year >= 1980 else 1980, 1, 1, 0, 0, 0))
            member.compress_type = ZIP_DEFLATED
            archive.writestr(member, content)

        for table in TABLES:
            rows = list(table.rows(site, asked, every))
            add(f"{table.name}.csv", as_csv(table, rows))
            add(f"{table.name}.jsonl", b"".join(to_json(row) + b"\n" for row in rows))
            add(f"schemas/{table.name}.json", as_pretty(row_schema(table)))
        add("datapackage.json", as_pretty(data_package(site, asked)))
        add("LICENSE.md", licence(site))
    return out.getvalue()


def as_csv(table: DataTable, rows: list[dict[str, Any]]) -> bytes:
    """A table as CSV; no field is a formula."""
    text = io.StringIO()
    writer = csv.DictWriter(text, table.columns, lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        plain = to_jsonable_python(row)
        writer.writerow({name: spreadsheet_field(_cell(value)) for name, value in plain.items()})
    return text.getvalue().encode()


def row_schema(table: DataTable) -> dict[str, Any]:
    """The JSON Schema of a row."""
    return {"$schema": DRAFT, **table.row.model_json_schema()}


def table_schema(table: DataTable) -> dict[str, Any]:
    """The columns of a table as Frictionless describes them."""
    told = table.row.model_json_schema()
    fields = []
    for name, field in told["properties"].items():
        choices = field.get("anyOf", [field])
        kind = next(one for one in choices if one["type"] != "null")
        type_ = KINDS.get(kind.get("format", ""), kind["type"])
        said = {"description": field["description"]} if "description" in field else {}
        trues = {"trueValues": ["true"], "falseValues": ["false"]} if type_ == "boolean" else {}
        fields.append({"name": name, "type": type_, **said, **trues})
    return {"fields": fields, "primaryKey": list(table.key), "missingValues": [""]}


def data_package(site: Site, asked: PageQuery) -> dict[str, Any]:
    """The description of the bulk file as a Frictionless data package."""
    return {
        "profile": "tabular-data-package",
        "name": NAME,
        "title": TITLE,
        **({"homepage": site.base_url} if site.base_url else {}),
        "created": made_at(site, asked).isoformat(),
        "version": f"{asked.on}.{site.known.last(site.collection.treaties, asked.known_at)}",
        "licenses": [{"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0", "path": LICENCE}],
        "sources": list(CITED),
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": table.name,
                "path": f"{table.name}.csv",
                "description": (table.row.__doc__ or "").strip(),
                "encoding": "utf-8",
                "mediatype": "text/csv",
                "schema": table_schema(table),
            }
            for table in TABLES
        ],
    }


def catalogue(site: Site, asked: PageQuery) -> dict[str, Any]:
    """The data of the site as a DCAT catalogue in JSON-LD; its addresses begin with that of the site."""
    base = site.base_url
    files = [
        ("/data/depositary.zip", "All tables as CSV and JSON Lines", "application/zip"),
        ("/api/v1/openapi.json", "The API, described in OpenAPI 3.1", "application/vnd.oai.openapi+json"),
        *((f"/treaties/{one}/status.csv", f"Status of {one}", "text/csv") for one in site.collection.in_order),
    ]
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": f"{base}/data/catalogue.jsonld",
        "@type": "dcat:Catalog",
        "dct:title": {"@value": TITLE, "@language": "en"},
        "dct:license": {"@id": LICENCE},
        "dcat:dataset": {
            "@id": f"{base}/data/",
            "@type": "dcat:Dataset",
            "dct:title": {"@value": TITLE, "@language": "en"},
            "dct:license": {"@id": LICENCE},
            "dct:source": [{"@id": source["path"]} for source in CITED],
            "dct:modified": {"@value": made_at(site, asked).isoformat(), "@type": "xsd:dateTime"},
            "dcat:distribution": [
                {
                    "@id": f"{base}{path}",
                    "@type": "dcat:Distribution",
                    "dct:title": {"@value": title, "@language": "en"},
                    "dct:license": {"@id": LICENCE},
                    "dcat:accessURL": {"@id": f"{base}{path}"},
                    "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{kind}"},
                }
                for path, title, kind in files
            ],
        },
    }


def schemas(site: Site) -> dict[str, dict[str, Any]]:
    """The published JSON Schemas, by name: of the clause file, of a row of instruments.csv, of each table's row."""
    return {
        "clauses": clause_file_schema(),
        "instruments": instruments_schema(site.collection.participants, site.collection.treaties),
        **{table.name: row_schema(table) for table in TABLES},
    }


def licence(site: Site) -> bytes:
    """The licence of the data."""
    path = site.collection.folder / "LICENSE.md"
    return path.read_bytes() if path.is_file() else f"{LICENCE}\n".encode()


def made_at(site: Site, asked: PageQuery) -> datetime:
    """When the register last grew, as it was known."""
    return site.known.recorded_last(site.collection.treaties, asked.known_at) or BEFORE_ALL


def as_pretty(told: dict[str, Any]) -> bytes:
    """JSON that people can read."""
    return json.dumps(told, indent=1, ensure_ascii=False).encode() + b"\n"


def _cell(value: object) -> object:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else value
