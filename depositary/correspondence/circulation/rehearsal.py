"""Writes a circulation to a folder: every letter as it would be sent, and the list's files. It sends nothing."""

import os
from collections.abc import Sequence
from pathlib import Path

from depositary.correspondence.circulation.dispatch import letters_of
from depositary.correspondence.circulation.edition import Edition
from depositary.correspondence.circulation.editions import KeptEdition
from depositary.correspondence.circulation.lists import list_files
from depositary.correspondence.circulation.preparation import Registers, edition_list, remake
from depositary.correspondence.mail.folder import LetterFolder
from depositary.correspondence.mail.letters import message
from depositary.correspondence.mail.outbox import Sender


def rehearse(own: Registers, edition: Edition, every: Sequence[KeptEdition], folder: Path, sender: Sender) -> int:
    """Writes the files and letters of an edition; their owner alone may read them. Gives the number of letters."""
    kept = next((one for one in every if one.name == edition.name), None) or KeptEdition(edition, "", edition.known_at)
    listed = edition_list(own, edition, [each.edition for each in every])
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, content in list_files(listed).items():
        with os.fdopen(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(content)
    outbox = LetterFolder(folder / "letters")
    outbox.ready()
    for to, letter in letters_of(listed, kept, list(edition.recipients)):
        name = f"{to.copy:03d}-{to.participant}"
        sent = message(
            letter,
            sender.address,
            f"<rehearsal-{name}@{sender.domain}>",
            edition.known_at,
            copy=to.copy,
            signer=sender.signer,
        )
        outbox.carry(letter.to, sent, name)
    return len(edition.recipients)


def differing(own: Registers, edition: Edition, every: Sequence[KeptEdition]) -> list[str]:
    """The files that differ from those of the day of preparation when the registers give them again."""
    again = dict(remake(own, edition, every).files)
    return [name for name, digest in edition.files if again.get(name) != digest]
