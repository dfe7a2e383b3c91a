"""The list to 195 missions, a note set for each and a durable ledger, beside a bare SMTP loop without one."""

import smtplib
import ssl
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measuring import Figure, measure
from depositary.correspondence.circulation.dispatch import letters_of, post_letters
from depositary.correspondence.circulation.editions import KeptEdition
from depositary.correspondence.circulation.lists import cover_note, cover_note_pdf, list_files_in
from depositary.correspondence.circulation.preparation import edition_list, new_edition
from depositary.correspondence.mail.outbox import Sender, seal_in, send_letters
from depositary.desk.audit import Doing
from depositary.register.heads import Keys
from depositary.register.store import Store
from depositary.words import language
from tests.correspondence.circulation.sample_registers import AT, FIRST, TREATY, parties
from tests.correspondence.mail.sink import Sink, serving

PARTIES = 195
HOUSE = Sender("treaties@example.int", "example.int")


def figures() -> Iterator[Figure]:
    with TemporaryDirectory() as folder, serving(Path(folder) / "sink") as sink:
        store = Store(f"sqlite:///{folder}/register.sqlite", Keys(Path(folder) / "keys"))
        store.migrate()
        own = parties(PARTIES, certificates=False).registers()
        edition = new_edition(own, [], TREATY, 2028, FIRST, AT, in_clear_by="flora")
        listed, seal, numbers = edition_list(own, edition, []), seal_in(Path(folder) / "keys"), count(1)

        def ours() -> None:
            kept = KeptEdition(replace(edition, name=f"2028/{next(numbers)}"), "flora", AT)
            doing = Doing("rudolf", AT)
            post_letters(store, letters_of(listed, kept, list(edition.recipients)), kept, seal, doing, HOUSE.domain)
            done = send_letters(store, seal, sink.server(timeout=60), HOUSE, edition=kept.name)
            assert done.done["accepted"] == PARTIES, done

        def bare() -> None:
            with smtplib.SMTP(*_at(sink), timeout=60) as server:
                server.starttls(context=ssl.create_default_context(cafile=str(sink.authority)))
                for to in edition.recipients:
                    words = language(to.language)
                    kept = KeptEdition(edition, "flora", AT)
                    made_ = EmailMessage()
                    made_["From"], made_["To"], made_["Subject"] = HOUSE.address, to.email, "The list"
                    made_.set_content("The list")
                    files = {"note.pdf": cover_note_pdf(cover_note(kept, to, listed, words))} | lists[words.code]
                    for name, content in files.items():
                        made_.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
                    server.send_message(made_)

        lists = {code: list_files_in(listed, code) for code in {to.language for to in edition.recipients}}
        yield measure("195 letters, durable ledger (bare SMTP loop)", ours, bare, times=1, rounds=3, goal=1.5)
        store.close()


def _at(sink: Sink) -> tuple[str, int]:
    host, _, port = sink.url.removeprefix("smtp://").partition(":")
    return host, int(port)
