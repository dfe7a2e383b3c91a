"""A sender that is killed. Run as a program: `killed.py URL KEYS SMTP AUTHORITY KILLS SEED`; it answers with JSON.

Each child sends what is left of the present edition; it is killed at a random moment after it has begun. Where an
edition is done before the kills are, the next year's is prepared and approved. At the end one child is let live.
"""

import json
import os
import random
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from depositary.correspondence.circulation.dispatch import circulate_edition
from depositary.correspondence.circulation.editions import KeptEdition, editions
from depositary.correspondence.mail.outbox import Sender, seal_in
from depositary.correspondence.mail.smtp import MailServer
from depositary.correspondence.mail.steps import letters
from depositary.desk.audit import Doing
from depositary.register.heads import Keys
from depositary.register.store import Store
from tests.correspondence.circulation.conftest import approved_in, prepared_in
from tests.correspondence.circulation.sample_registers import AT, Sample, parties
from tests.kills import Child

PARTIES = 60
HOUSE = Sender("treaties@example.int", "example.int")


@dataclass(frozen=True)
class Now:
    """How far an edition is."""

    done: bool
    steps: tuple[int, int]


def present(url: str, keys: Path, own: Sample, *, anew: bool) -> tuple[KeptEdition, Now]:
    """The edition at hand: the last, or where it is done and another is wanted, a new one."""
    store, seal = Store(url, Keys(keys)), seal_in(keys)
    try:
        with store.session() as session:
            kept = editions(session, seal)
            posted = letters(session, seal, kept[-1].name) if kept else []
        waiting = any(one.state in ("queued", "deferred", "claimed") for one in posted)
        now = Now(len(posted) == PARTIES and not waiting, (len(posted), sum(len(one.steps) for one in posted)))
        if kept and not (now.done and anew):
            return kept[-1], now
        year = kept[-1].edition.year + 1 if kept else 2028
    finally:
        store.close()
    # In a process of its own: the typesetter's threads do not live on in a child, so the parent never sets anything.
    Child(lambda _: new_edition(url, keys, own, year)).ended()
    return present(url, keys, own, anew=False)


def new_edition(url: str, keys: Path, own: Sample, year: int) -> None:
    """Prepares and approves the edition of a year."""
    store, seal = Store(url, Keys(keys)), seal_in(keys)
    at = AT + timedelta(days=365 * (year - 2028))
    approved_in(store, seal, own.registers(), prepared_in(store, seal, own.registers(), date(year, 3, 1), at))
    store.close()


def work(
    url: str, keys: Path, smtp: str, authority: Path, own: Sample, kept: KeptEdition, runs: int, begun: int
) -> None:
    store = Store(url, Keys(keys))
    at = kept.prepared_at + timedelta(hours=12 * runs)
    server = MailServer(smtp, HOUSE.address, authority=authority, timeout=20)
    os.write(begun, b".\n")
    circulate_edition(store, own.registers(), kept, seal_in(keys), server, HOUSE, Doing("rudolf", at), now=lambda: at)
    store.close()


def main(url: str, keys: Path, smtp: str, authority: Path, kills: int, seed: int) -> dict[str, int]:
    chance, own = random.Random(seed), parties(PARTIES)
    killed, runs, before, window = 0, 0, (0, 0), 0.5
    while True:
        kept, now = present(url, keys, own, anew=killed < kills)
        if killed == kills and now.done:
            return {"kills": killed, "editions": kept.edition.year - 2027}
        # A sender killed before it could do anything is given longer, so that the circulation gets somewhere.
        window = 0.5 if now.steps > before else window * 1.5
        before, runs = now.steps, runs + 1
        killed += sent(url, keys, smtp, authority, own, kept, runs, chance.uniform(0, window) if killed < kills else 0)


def sent(
    url: str, keys: Path, smtp: str, authority: Path, own: Sample, kept: KeptEdition, runs: int, lives: float
) -> bool:
    """Lets a child send, and kills it after `lives` seconds, if any; gives whether it was killed before it was done."""
    child = Child(lambda begun: work(url, keys, smtp, authority, own, kept, runs, begun))
    child.pipe.readline()
    if lives:
        child.kill(after=lives)
    return child.ended()


if __name__ == "__main__":
    told = main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], Path(sys.argv[4]), int(sys.argv[5]), int(sys.argv[6]))
    print(json.dumps(told))
