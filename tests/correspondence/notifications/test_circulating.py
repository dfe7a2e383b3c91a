"""A notification goes to every mission once, in its language, whatever stands in it."""

from email import message_from_bytes, policy
from pathlib import Path

import pytest

from depositary.authorities.missions import Mission
from depositary.correspondence.mail.folder import LetterFolder
from depositary.correspondence.mail.outbox import Sender, seal_in, send_letters
from depositary.correspondence.notifications.archive import Issued
from depositary.correspondence.notifications.dispatch import circulate_notification, notification_letter
from depositary.correspondence.notifications.issue import issue
from depositary.correspondence.notifications.pdf import pdf_of
from depositary.desk.audit import Doing
from depositary.register.recording import record
from depositary.register.store import Store
from depositary.treaties.collection import Collection
from depositary.words import AVAILABLE
from tests.correspondence.notifications.conftest import AT, act

MISSIONS = {
    f"S{place:02}": Mission(
        f"S{place:02}", f"Mission {place}", f"m{place}@mission.example.int", ("mission.example.int",), code
    )
    for place, code in enumerate(AVAILABLE, 1)
}


@pytest.fixture
def declaration(store: Store, treaties: Collection, rudolf: Doing) -> Issued:
    record(act("S01", "declaration", "2026-05-04", text="Bcc: x@example.int\r\nX: y"), "flora", AT, store)
    return issue(store, treaties, 1, "declaration", rudolf, base_url="https://treaties.example.int")


def test_every_mission_gets_one_letter_in_its_language(
    store: Store, declaration: Issued, rudolf: Doing, tmp_path: Path
) -> None:
    seal = seal_in(tmp_path / "keys")

    def again() -> tuple[int, int, tuple[str, ...]]:
        with store.session(writing=True) as session:
            done = circulate_notification(
                session, declaration, MISSIONS, [*MISSIONS, "S09"], seal, rudolf, domain="example.int"
            )
        return done.posted, done.before, done.without

    assert again() == (6, 0, ("S09",)), "all that are known, and who has none is named"
    assert again() == (0, 6, ("S09",)), "however often it is circulated"
    folder = tmp_path / "outbox"
    done = send_letters(
        store, seal, LetterFolder(folder), Sender("treaties@example.int", "example.int"), edition=declaration.reference
    )
    assert not done.stopped
    sent = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in sorted(folder.rglob("*.eml"))]
    assert sorted(str(each["To"]) for each in sent) == sorted(each.email for each in MISSIONS.values())
    by_address = {each.email: each.language for each in MISSIONS.values()}
    for each in sent:
        code = by_address[str(each["To"])]
        assert declaration.reference in str(each["Subject"])
        assert each["Bcc"] is None
        (pdf,) = each.iter_attachments()
        assert pdf.get_filename() == f"{declaration.reference}-{code}.pdf"
        assert pdf.get_content() == pdf_of(declaration.document(code))


@pytest.mark.parametrize("code", AVAILABLE)
def test_the_letter_says_what_it_carries(code: str, declaration: Issued) -> None:
    mission = next(each for each in MISSIONS.values() if each.language == code)
    made = notification_letter(declaration, mission)
    document = declaration.document(code)
    assert made.subject == f"{declaration.reference} – {document.event}"
    for text in (made.text, made.html):
        assert document.event in text
        assert mission.name in text
        assert "https://treaties.example.int/cn/2027/1" in text
    assert f'lang="{code}"' in made.html
