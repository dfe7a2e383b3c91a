"""Status pages of invented States in the form of the UN Treaty Collection: saved as HTML, and the XML of the MTDSG."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from depositary.errors import BadInput
from depositary.law.participants import Name, Participant, Participants
from depositary.register.comparison import discrepancies
from depositary.treaties.interpretation import Interpretation, Interpreted, Means
from depositary.treaties.status_pages import LARGEST

HTML = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>UNTC</title><style>td { color: red }</style></head><body>
<table id="menu"><tr><td>Home</td><td>Participant search</td></tr></table>
<table class="tbl" border="1">
<tr><th>Participant</th><th>Signature</th>
<th>Ratification, Acceptance(A), Approval(AA), Accession(a), Succession(d)</th></tr>
<tr><td>Ruritania<sup>1 , 2</sup></td><td>10 Jan 2026</td><td>&nbsp; 2 Feb 2026</td></tr>
<tr><td>Graustark&nbsp;3</td><td>12 Jan 2026</td><td>1 Jun&nbsp;2026 A</td></tr>
<tr><td>Syldavia</td><td></td><td> 2 Mar 2026 a</td></tr>
<tr><td>Borduria</td><td>14 Jan 2026</td><td></td></tr>
<tr><td>Lutha (Kingdom of)</td><td>&nbsp;</td><td>15 Aug 2026 d</td></tr>
<tr><td>The Isles<sup>4</sup></td><td>16 Oct 2026 s</td><td> </td></tr>
</table>
<table><tr><td>End Note</td></tr><tr><td>1. With a territorial exclusion in respect of 10 Jan 2001.</td></tr></table>
<script>var x = "<tr><td>Zembla</td><td>1 Jan 2026</td></tr>";</script>
</body></html>"""

XML = """<?xml version="1.0" encoding="ISO-8859-1"?>
<Treaties><Treaty><Participants><Table><TGroup>
<Thead><Row><Entry>Participant</Entry><Entry>Signature</Entry><Entry>Accession(a), Ratification</Entry></Row></Thead>
<Tbody><Rows>
<Row><Entry>Ruritania&lt;superscript&gt;1,2&lt;/superscript&gt;</Entry>
<Entry>10 Jan 2026</Entry><Entry>2 Feb 2026</Entry></Row>
<Row><Entry>\xc9vallonia<superscript>3</superscript></Entry><Entry></Entry><Entry>1 Sep 2026 a</Entry></Row>
</Rows></Tbody></TGroup></Table></Participants>
<Declarations><Declaration><Participant>Ruritania</Participant>
<Text>Reservation: Ruritania does not consider itself bound
by article 63, paragraph 2.</Text></Declaration>
<Declaration><Participant>\xc9vallonia<superscript>3</superscript></Participant>
<Text>Declares under article 24 (2) (b) that clocks strike.</Text></Declaration>
</Declarations>
<Objections><Objection><Participant>\xc9vallonia</Participant>
<Text>12 Nov 2026. The Government of \xc9vallonia objects
to the reservation made by the Government of Ruritania upon ratification
with regard to article 63 (2).</Text></Objection></Objections>
<EndNotes><Footnote>1. A note of 1 Jan 1990.</Footnote></EndNotes>
</Treaty></Treaties>"""

KNOWN = {
    "RUR": "Ruritania", "GRK": "Graustark", "SYL": "Syldavia", "BOR": "Borduria", "EVA": "Évallonia",
    "LUT": "Lutha (Kingdom of)", "ISL": "Isles",
}  # fmt: skip
PARTICIPANTS = Participants(
    [Participant(code, "state", (Name({"en": name}, f"the State of {name}"),)) for code, name in KNOWN.items()]
)


def read(tmp_path: Path, content: str | bytes, **words: str) -> list[Interpreted]:
    path = tmp_path / "page.htm"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(Interpretation(path, PARTICIPANTS, {"I-1"}, Means("I-1", words=words)).rows())


def acts(tmp_path: Path, content: str | bytes, **words: str) -> list[tuple[str, str, str]]:
    rows = read(tmp_path, content, **words)
    return [(row.act.participant, row.act.action, row.act.date.isoformat()) for row in rows]


def test_a_page_saved_as_html(tmp_path: Path) -> None:
    assert acts(tmp_path, HTML) == [
        ("RUR", "signature", "2026-01-10"),
        ("RUR", "ratification", "2026-02-02"),
        ("GRK", "signature", "2026-01-12"),
        ("GRK", "acceptance", "2026-06-01"),
        ("SYL", "accession", "2026-03-02"),
        ("BOR", "signature", "2026-01-14"),
        ("LUT", "succession", "2026-08-15"),
        ("ISL", "definitive signature", "2026-10-16"),
    ]
    rows = read(tmp_path, HTML)
    assert [row.act.source for row in rows[:3]] == ["status page, end notes 1, 2"] * 2 + ["status page"]
    assert len({row.act.number for row in rows}) == len(rows)


def test_the_xml_of_the_mtdsg_with_statements(tmp_path: Path) -> None:
    rows = read(tmp_path, XML.encode("iso-8859-1"))
    found = [(r.act.participant, r.act.action, r.act.date.isoformat(), r.act.provision, r.act.addressee) for r in rows]
    assert found == [
        ("RUR", "signature", "2026-01-10", "", ""),
        ("RUR", "ratification", "2026-02-02", "", ""),
        ("EVA", "accession", "2026-09-01", "", ""),
        ("RUR", "reservation", "2026-02-02", "63(2)", ""),
        ("EVA", "declaration", "2026-09-01", "24(2)(b)", ""),
        ("EVA", "objection", "2026-11-12", "63(2)", "RUR"),
    ]
    assert rows[3].act.text.startswith("Reservation: Ruritania does not")


STATEMENTS = """<p><b>Declarations and Reservations</b><br>(Unless otherwise indicated, the declarations
and reservations were made upon ratification, acceptance, approval, accession or succession.)</p>
<table><tr><td><div style="font-weight: bold">Ruritania<sup>1</sup></div>
<p><i>Reservation:</i></p><p>Ruritania does not consider itself bound by article 63, paragraph 2.</p>
<tr><td><b>Syldavia</b><br><b><i>Upon signature:</i></b><p>&ldquo;Clocks shall strike&rdquo;,
as article 24 (2) (b) says.
<tr><td><b>Lutha (Kingdom of)</b><p>Declares that article 3 applies.</p><b>Declaration:</b><p>And article 4.</table>
<h3>Objections<br>(Unless otherwise indicated, the objections were made upon ratification.)</h3>
<table><tr><td><strong>Graustark 3</strong></td></tr><tr><td>12 Nov 2026. The Government of Graustark objects to the
reservation made by Ruritania upon ratification with regard to article 63 (2).</td></tr></table>
<h3>End Note</h3><p><b>Borduria</b></p><p>1. A note, which is no statement.</p>"""


def stated(tmp_path: Path, page: str, **words: str) -> list[tuple[str, str, str, str, str]]:
    rows = read(tmp_path, page, **words)[len(read(tmp_path, HTML)) :]
    return [(r.act.participant, r.act.action, r.act.date.isoformat(), r.act.provision, r.act.addressee) for r in rows]


def test_statements_of_a_page_saved_as_html(tmp_path: Path) -> None:
    page = HTML.replace("<script>", STATEMENTS + "<script>")
    assert stated(tmp_path, page) == [
        ("RUR", "reservation", "2026-02-02", "63(2)", ""),
        ("SYL", "declaration", "2026-03-02", "24(2)(b)", ""),
        ("LUT", "declaration", "2026-08-15", "3", ""),
        ("GRK", "objection", "2026-11-12", "63(2)", "RUR"),
    ]
    rows = read(tmp_path, page)[-4:]
    assert rows[1].act.text == "Upon signature: “Clocks shall strike”, as article 24 (2) (b) says."
    assert rows[2].act.text == "Declares that article 3 applies. Declaration: And article 4."


def test_the_statement_of_a_state_that_the_table_has_not_is_asked_about(tmp_path: Path) -> None:
    page = HTML.replace("<script>", STATEMENTS.replace("<b>Syldavia</b>", "<b>Zembla</b>") + "<script>")
    with pytest.raises(BadInput, match="'Zembla' is not known here"):
        read(tmp_path, page)


def test_a_page_without_headings_has_no_statements(tmp_path: Path) -> None:
    bold = "<p><b>Ruritania</b></p><p>Declares that article 3 applies.</p>"
    assert stated(tmp_path, HTML.replace("<script>", bold + "<script>")) == []
    assert stated(tmp_path, HTML.replace("<script>", "<h2>Objections</h2><p>None by article 3.<script>")) == []


TERRITORIES = """<table><tr><td>Participant</td><td>Date of receipt of the notification</td><td>Territories</td></tr>
<tr><td>Graustark</td><td>1 Feb 2027</td><td>The Isles of Graustark</td></tr></table>"""


@pytest.mark.parametrize(
    ("as_it_stands", "instead"),
    [
        ('<table class="tbl"', f'{TERRITORIES}<table class="tbl"'),
        ("<table><tr><td>End Note", f"{TERRITORIES}<table><tr><td>End Note"),
        ("<td>Borduria</td>", '<td><a class="noteIndex" href="#EndDec">Borduria</a></td>'),
    ],
    ids=["notifications of territories before", "after", "the name of a State that declares is a link"],
)
def test_what_stands_beside_the_table_of_consents_changes_nothing(
    tmp_path: Path, as_it_stands: str, instead: str
) -> None:
    """Saved pages have these forms: a second table that begins with participants, and names that are links."""
    assert as_it_stands in HTML
    assert acts(tmp_path, HTML.replace(as_it_stands, instead)) == acts(tmp_path, HTML)


@pytest.mark.parametrize(
    ("heading", "usual"),
    [
        ("Accession(a), Ratification", "ratification"),
        ("Acceptance(A), Approval(AA), Accession(a), Ratification", "ratification"),
        ("Approval, Accession (a)", "approval"),
        ("Accession", "accession"),
    ],
)
def test_the_heading_says_what_a_date_without_a_mark_is(tmp_path: Path, heading: str, usual: str) -> None:
    rows = "<tr><td>Ruritania<td>2 Feb 2026<tr><td>Syldavia<td>3 Feb 2026 AA"
    page = f"<table><tr><th>Participant<th>{heading}{rows}</table>"
    assert acts(tmp_path, page) == [("RUR", usual, "2026-02-02"), ("SYL", "approval", "2026-02-03")], "tags left open"


TABLE = "<table><tr><th>Participant</th><th>Signature</th><th>Ratification</th></tr>{}</table>"


@pytest.mark.parametrize(
    ("row", "asked"),
    [
        ("<tr><td>Zembla</td><td>1 Jan 2026</td><td></td></tr>", "'Zembla' is not known here"),
        ("<tr><td>Ruritania</td><td>1 Jan 2026 p</td><td></td></tr>", "'(p)' is not known here"),
        ("<tr><td>Ruritania</td><td></td><td>[ 1 Jan 2026 ]</td></tr>", "'[ratification]' is not known here"),
        ("<tr><td>Ruritania</td><td>31 Feb 2026</td><td></td></tr>", "'31 Feb 2026' is not a valid date"),
    ],
)
def test_what_a_page_does_not_say_is_asked(tmp_path: Path, row: str, asked: str) -> None:
    with pytest.raises(BadInput) as refused:
        read(tmp_path, TABLE.format(row))
    assert len(refused.value.faults) == 1
    assert asked in refused.value.faults[0]


def test_an_act_that_was_withdrawn_is_taken_when_it_is_said(tmp_path: Path) -> None:
    page = TABLE.format("<tr><td>Ruritania</td><td></td><td>[ 1 Jan 2026 ]</td></tr>")
    assert acts(tmp_path, page, **{"[ratification]": "ratification"}) == [("RUR", "ratification", "2026-01-01")]


@pytest.mark.parametrize(
    "page",
    [
        "<html></html>",
        "<p>Participant Signature Ratification</p>",
        TABLE.format(""),
        "<table><tr><td>Participant</td><td>Remarks</td></tr><tr><td>Ruritania</td><td>1 Jan 2026</td></tr></table>",
        "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><x>&b;</x>",
        "<" * 100_000,
        "<table>" * 20_000 + "<tr><td>",
        b"<\x00\xff\xfe garbage",
        b"<" + b" " * (LARGEST + 1),
    ],
)
def test_a_page_without_the_table_is_refused_in_a_sentence(tmp_path: Path, page: str | bytes) -> None:
    with pytest.raises(BadInput) as refused:
        read(tmp_path, page)
    assert "page.htm:1: file: " in refused.value.faults[0]


def test_nothing_but_the_cells_of_the_table_is_taken(tmp_path: Path) -> None:
    row = (
        "<tr><td>Ruri<!-- Zembla -->tania<script>Borduria</script></td><td>1 Jan 2026<style>2 Jan 2026</style></td>"
        "<td></td><td>5 Jan 2026</td><td>6 Jan 2026</td></tr>"
        "<tr><td>Syldavia</td><td>3 Jan 2026<table><tr><td>Borduria</td><td>4 Jan 2026</td></tr></table></td></tr>"
        "<tr></tr><tr><td></td><td>7 Jan 2026</td></tr>"
    )
    assert acts(tmp_path, TABLE.format(row)) == [
        ("RUR", "signature", "2026-01-01"),
        ("SYL", "signature", "2026-01-03"),
        ("BOR", "signature", "2026-01-04"),
    ]


def test_a_page_is_compared_act_by_act(tmp_path: Path) -> None:
    page = [row.act for row in read(tmp_path, HTML)]
    assert discrepancies(page, page) == []
    other = [act for act in page if act.participant != "BOR"]
    (found,) = discrepancies(page, other)
    assert (found.in_file, found.in_register) == (next(act for act in page if act.participant == "BOR"), None)
    (found,) = discrepancies(other, page)
    assert found.in_file is None
    moved = [replace(act, date=date(2026, 6, 2)) if act.action == "acceptance" else act for act in page]
    (found,) = discrepancies(page, moved)
    assert found.in_file is not None
    assert found.in_register is not None
    assert (found.in_file.date, found.in_register.date) == (date(2026, 6, 1), date(2026, 6, 2))
