"""Letters and the messages they become: one recipient, no header of anybody else's making, names in every script."""

import base64
import quopri
import re
import subprocess
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from depositary.correspondence.mail.letters import Attachment, Letter, message, write
from depositary.correspondence.mail.smime import CERTIFICATE, KEY, Signer, signer_in
from depositary.errors import BadInput, DepositaryError
from depositary.settings import PROJECT
from depositary.words import language, templates
from tests.correspondence.mail.sink import certified, pem, private_key

AT = datetime(2028, 3, 1, 15, 0, tzinfo=UTC)
TO = "mission.rur@example.int"
PDF = Attachment("جهات الاتصال 2028 联络点.pdf", b"%PDF-1.7 \r\n.\r\nend", "application/pdf")


def sent(letter: Letter, **more: object) -> bytes:
    return message(letter, "treaties@example.int", "<one@example.int>", AT, **more)  # type: ignore[arg-type]


def read(content: bytes):
    return message_from_bytes(content, policy=policy.default)


def test_a_letter_in_every_script_comes_back_whole() -> None:
    letter = Letter(
        TO, "قائمة جهات الاتصال — 联络点名单", "نص\n文本\n.\n", "<p>نص 文本</p>", (PDF,), (("X-Edition", "2028/1"),)
    )
    content = sent(letter, copy=17)
    assert content.isascii()
    assert content == sent(letter, copy=17)
    assert all(len(line) <= 998 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    back = read(content)
    assert (back["To"], back["From"], back["Subject"]) == (TO, "treaties@example.int", letter.subject)
    assert (back["Message-ID"], back["X-Copy"], back["X-Edition"]) == ("<one@example.int>", "17", "2028/1")
    assert back["Date"].datetime == AT
    assert back.get_body(("plain",)).get_content().splitlines() == ["نص", "文本", "."]
    assert "نص 文本" in back.get_body(("html",)).get_content()
    (file,) = back.iter_attachments()
    assert (file.get_filename(), file.get_content(), file.get_content_type()) == (PDF.name, PDF.content, PDF.media_type)


BAD_ADDRESSES = [
    *("", "nobody", "@example.int", "a@", "a@b", "a@b@example.int", "a@example.int, evil@example.org"),
    *("a@example.int;evil@example.org", "a@example.int evil@example.org", "Group: a@example.int;"),
    *("<a@example.int>", "A <a@example.int>", '"a"@example.int', '"a b"@example.int', "a(c)@example.int"),
    *("a@[127.0.0.1]", "a@example.int\r\nBcc: evil@example.org", "a@example.int\nX: y", "a@example.int\r"),
    *("a@example.int\x00", "a\x00@example.int", "a\t@example.int", " a@example.int", "a@example.int "),
    *("a..b@example.int", ".a@example.int", "a@-example.int", "a@example..int", "a@exam ple.int", "a@example.int,"),
    *("a@example.int\u2028Bcc: x@example.org", "a\\@example.int", "undisclosed-recipients:;", "a%b@", "=?utf-8?q?a?="),
]


def test_exactly_one_address() -> None:
    assert len(BAD_ADDRESSES) >= 30
    for text in BAD_ADDRESSES:
        with pytest.raises(BadInput, match="to: "):
            Letter(text, "subject", "text")
    assert Letter("mission+rur@sub.example.int", "subject", "text").to == "mission+rur@sub.example.int"


@pytest.mark.parametrize(
    "ending", ["\r\nBcc: evil@example.org", "\nX-Evil: 1", "\r", "\x00", "\u2028x", "\x85x", "\x0bx"]
)
@pytest.mark.parametrize("where", ["to", "subject", "name", "media_type", "header name", "header value"])
def test_no_field_becomes_a_header(where: str, ending: str) -> None:
    fields = {
        "to": TO,
        "subject": "Subject",
        "name": "list.pdf",
        "media_type": "application/pdf",
        "header name": "X-Edition",
        "header value": "2028/1",
    }
    fields[where] += ending
    with pytest.raises(BadInput) as raised:
        Letter(
            fields["to"],
            fields["subject"],
            "text",
            "",
            (Attachment(fields["name"], b"x", fields["media_type"]),),
            ((fields["header name"], fields["header value"]),),
        )
    assert "evil" not in str(raised.value)


@pytest.mark.parametrize(
    "name", ["Bcc", "Cc", "To", "From", "Subject", "Content-Type", "Message-ID", "X Evil", "X-A:B"]
)
def test_no_header_of_the_letter_s_own_is_taken(name: str) -> None:
    with pytest.raises(BadInput, match="header: its name"):
        Letter(TO, "subject", "text", headers=((name, "value"),))


def test_messages_are_made_in_one_way() -> None:
    for path in (PROJECT / "depositary").rglob("*.py"):
        assert "MIMEText" not in path.read_text(encoding="utf-8"), path


def test_what_is_protected_does_not_leave_in_clear() -> None:
    with pytest.raises(BadInput, match="never leaves in clear"):
        Letter(TO, "subject", "text", protected=True)
    assert Letter(TO, "subject", "text", protected=True, in_clear_by="flora").in_clear_by == "flora"


def test_an_encrypted_and_signed_letter_is_read_by_its_recipient_alone(tmp_path: Path) -> None:
    ours, theirs = private_key(0), private_key(1)
    own, other = certified("Depositary", ours), certified("Mission", theirs)
    letter = Letter(TO, "subject", "the secret text", attachments=(PDF,), certificate=_pem(other), protected=True)
    content = sent(letter, signer=Signer(own, ours))
    assert b"secret" not in content
    assert b"%PDF" not in content
    files = {
        "letter.eml": content,
        "own.pem": own.public_bytes(Encoding.PEM),
        "their.pem": other.public_bytes(Encoding.PEM),
    }
    for name, each in (files | {"their.key": pem(theirs)}).items():
        (tmp_path / name).write_bytes(each)
    opened = openssl(tmp_path, "-decrypt", "-in", "letter.eml", "-recip", "their.pem", "-inkey", "their.key")
    (tmp_path / "signed.eml").write_bytes(opened)
    entity = openssl(tmp_path, "-verify", "-in", "signed.eml", "-CAfile", "own.pem", "-purpose", "any")
    back = read(entity)
    assert back.get_body(("plain",)).get_content().strip() == "the secret text"
    assert [one.get_content() for one in back.iter_attachments()] == [PDF.content]
    (tmp_path / "signed.eml").write_bytes(opened.replace(b"secret", b"public"))
    with pytest.raises(subprocess.CalledProcessError):
        openssl(tmp_path, "-verify", "-in", "signed.eml", "-CAfile", "own.pem", "-purpose", "any")


def test_the_intermediate_certificates_go_with_a_signature(tmp_path: Path) -> None:
    """A mission that trusts the root alone can check a letter signed by a certificate two steps below it."""
    keys = [private_key(place) for place in range(3)]
    root, issuer = (x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]) for name in ("Root", "Issuer"))
    own = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Depositary")])
    root_certificate, chain, certificate = (
        x509.CertificateBuilder(by, of, keys[place].public_key(), 1 + place, AT - timedelta(3650), AT + timedelta(3650))
        .add_extension(x509.BasicConstraints(ca=place < 2, path_length=None), critical=True)
        .sign(keys[max(0, place - 1)], SHA256())
        for place, (by, of) in enumerate(((root, root), (root, issuer), (issuer, own)))
    )
    (tmp_path / KEY).write_bytes(pem(keys[2]))
    (tmp_path / CERTIFICATE).write_text(_pem(certificate) + _pem(chain))
    (tmp_path / "letter.eml").write_bytes(sent(Letter(TO, "subject", "text"), signer=signer_in(tmp_path)))
    (tmp_path / "root.pem").write_text(_pem(root_certificate))
    openssl(tmp_path, "-verify", "-in", "letter.eml", "-CAfile", "root.pem", "-purpose", "any")
    (tmp_path / CERTIFICATE).write_text(_pem(certificate))
    (tmp_path / "letter.eml").write_bytes(sent(Letter(TO, "subject", "text"), signer=signer_in(tmp_path)))
    with pytest.raises(subprocess.CalledProcessError):
        openssl(tmp_path, "-verify", "-in", "letter.eml", "-CAfile", "root.pem", "-purpose", "any")
    (tmp_path / CERTIFICATE).write_text(_pem(certificate) + _pem(root_certificate))
    with pytest.raises(DepositaryError, match="followed by that of its issuer"):
        signer_in(tmp_path)


def openssl(folder: Path, *arguments: str) -> bytes:
    return subprocess.run(["openssl", "cms", *arguments], cwd=folder, capture_output=True, check=True).stdout


def _pem(certificate) -> str:
    text: str = certificate.public_bytes(Encoding.PEM).decode()
    return text


def test_the_signer_is_what_lies_in_the_folder_of_keys(tmp_path: Path) -> None:
    assert signer_in(tmp_path) is None
    (tmp_path / KEY).write_bytes(pem(private_key(0)))
    with pytest.raises(DepositaryError, match="both PEM"):
        signer_in(tmp_path)
    (tmp_path / CERTIFICATE).write_text(_pem(certified("Other", private_key(1))))
    with pytest.raises(DepositaryError, match="not the certificate of"):
        signer_in(tmp_path)
    (tmp_path / CERTIFICATE).write_text(_pem(certified("Depositary", private_key(0))))
    assert signer_in(tmp_path) is not None


def test_letters_are_written_in_environments_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "mail" / "trial"
    folder.mkdir(parents=True)
    (folder / "subject.txt").write_text("{% trans %}Work{% endtrans %}: {{ name }}\n")
    (folder / "body.txt").write_text("{{ name }}\n")
    (folder / "body.html").write_text('<p dir="{{ direction }}">{{ name }}</p>')
    monkeypatch.setattr(templates, "TEMPLATES", tmp_path)
    templates.environment.cache_clear()
    subject, text, html = write("trial", language("ar"), {"name": "<script>{{ 7*7 }}"})
    templates.environment.cache_clear()
    assert subject.endswith(": <script>{{ 7*7 }}")
    assert not subject.startswith("Work")
    assert text == "<script>{{ 7*7 }}"
    assert html == '<p dir="rtl">&lt;script&gt;{{ 7*7 }}</p>'


def test_headers_that_programs_read_stand_in_the_raw_bytes() -> None:
    leave = "https://treaties.example.int/ar/alerts/leave/" + "x" * 90
    follows = " ".join(f"<{number:032x}@treaties.example.int>" for number in range(3))
    headers = (
        ("List-Unsubscribe", f"<{leave}>"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ("Auto-Submitted", "auto-generated"),
        ("In-Reply-To", f"<{0:032x}@treaties.example.int>"),
        ("References", follows),
    )
    letter = Letter("mission@example.int", "Уведомление", "text", headers=headers)
    raw = sent(letter)
    head = raw.partition(b"\r\n\r\n")[0]
    for name, value in headers:
        assert f"{name}: {value}".encode() in head.replace(b"\r\n ", b" ")
    assert f"List-Unsubscribe: <{leave}>\r\n".encode() in head, "an address is never parted"
    assert b"\r\n <" in head, "the identifiers are folded between them"
    assert " ".join(str(read(raw)["References"]).split()) == follows
    assert read(raw)["Subject"] == "Уведомление"


@pytest.mark.parametrize("value", ["<https://пример.example.int/>", "x" * 901])
def test_a_header_that_programs_cannot_read_is_refused(value: str) -> None:
    with pytest.raises(BadInput, match="a program reads it"):
        Letter("mission@example.int", "Subject", "text", headers=(("List-Unsubscribe", value),))


def words_decoded(head: bytes) -> str:
    """A subject as RFC 2047 reads it: the fold and the space between two encoded words are no part of it."""
    found = re.search(rb"^Subject: (.*(?:\r\n[ \t].*)*)\r\n", head, re.MULTILINE)
    assert found
    line = re.sub(r"\?=[ \t]+=\?", "?==?", found[1].decode("ascii").replace("\r\n", ""))

    def decoded(word: re.Match[str]) -> str:
        if word[2].lower() == "b":
            return base64.b64decode(word[3]).decode(word[1])
        return quopri.decodestring(word[3].replace("_", " ")).decode(word[1])

    return re.sub(r"=\?([^?]+)\?([bqBQ])\?([^?]*)\?=", decoded, line)


@pytest.mark.parametrize(
    "subject",
    [
        "Points de contact disponibles 24 heures sur 24 et 7 jours sur 7\u00a0: édition 2027/1",
        "Points de contact disponibles 24 heures sur 24 et 7 jours sur 7 : édition 2027/1",
        "Vérification de l’autorité désignée pour l’entraide judiciaire — réponse demandée avant le 3 mars",
        "Сообщение депозитария C.N.12.2027.TREATIES-XVIII.16: ратификация, оговорка и заявление",
        "إشعار الوديع C.N.12.2027.TREATIES-XVIII.16: التصديق",
        "Depositary notification C.N.12.2027.TREATIES-XVIII.16: a ratification, a reservation and a declaration",
    ],
)
def test_a_subject_keeps_its_spaces_wherever_it_is_folded(subject: str) -> None:
    for length in range(60):
        text = f"{'x' * length} {subject}".strip()
        raw = sent(Letter(TO, text, "text"))
        assert words_decoded(raw) == text
        head = raw.partition(b"\r\n\r\n")[0]
        assert all(len(line) <= 78 for line in head.split(b"\r\n"))
