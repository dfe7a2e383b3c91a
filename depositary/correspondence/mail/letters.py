"""A letter to one recipient, and the message it becomes.

Every `Letter` can be sent: its fields are checked when it is made, so that no typed text becomes a
second recipient or a header.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.header import Header
from email.message import EmailMessage
from email.utils import format_datetime
from functools import lru_cache
from typing import Any

from email_validator import EmailNotValidError, validate_email

from depositary.authorities.certificates import certificate_fault
from depositary.correspondence.mail.smime import Signer, encrypted, wrapped
from depositary.errors import BadInput
from depositary.words import Language
from depositary.words.templates import environment

POLICY = policy.SMTP.clone(cte_type="7bit")
"""Lines end as on the wire, and every byte is ASCII: no server on the way has to change one."""
INTERNATIONAL = POLICY.clone(utf8=True)
"""The policy for an address that is not ASCII itself."""

LONGEST = {"to": 254, "subject": 500, "name": 200, "header": 2000}
LINE, LONGEST_WORD = 76, 900
"""Where a header is folded, and what a line of a message takes (RFC 5322, 2.1.1)."""
_HEADER = re.compile(r"(List-[A-Za-z-]+|X-[A-Za-z-]+|In-Reply-To|References|Auto-Submitted|Reply-To)")
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a letter; its name may be in any script."""

    name: str
    content: bytes
    media_type: str


@dataclass(frozen=True)
class Letter:
    """A letter to one address. To make it raises BadInput with all faults of its fields.

    It is encrypted to its `certificate` (PEM). A `protected` letter without a certificate is never sent, unless an
    officer chose to send it in clear: `in_clear_by` is the officer's name.
    """

    to: str
    subject: str
    text: str
    html: str = ""
    attachments: tuple[Attachment, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    certificate: str = ""
    protected: bool = False
    in_clear_by: str = ""

    def __post_init__(self) -> None:
        if found := letter_faults(self):
            raise BadInput(found)


def address_fault(text: str) -> str:
    """What is wrong with an address, "" where it is exactly one addr-spec. The sentence does not repeat the address."""
    if _CONTROL.search(text) or any(sign in text for sign in ',;:<>()[]"\\ ') or text.count("@") != 1 or "=?" in text:
        return "it is not exactly one address, as mission@example.int"
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return "it is not an address; write one, as mission@example.int"
    return ""


def letter_faults(letter: Letter) -> list[str]:
    """The faults of a letter: a sentence for each field that cannot go into a message."""
    found = []
    if fault := address_fault(letter.to):
        found.append(f"to: {fault}")
    if not letter.subject.strip():
        found.append("subject: it is empty")
    found += _line_faults("subject", letter.subject)
    for attachment in letter.attachments:
        found += _attachment_faults(attachment)
    for name, value in letter.headers:
        if not _HEADER.fullmatch(name):
            found.append("header: its name is not one that a letter may carry, as List-Unsubscribe")
        if not value.isascii() or max(map(len, value.split(" "))) > LONGEST_WORD:
            found.append("header: a program reads it; it has ASCII alone, and no word that is too long for a line")
        found += _line_faults("header", value)
    if "\x00" in letter.text or "\x00" in letter.html:
        found.append("text: it has a NUL character")
    if letter.certificate and (wrong := certificate_fault(letter.certificate)):
        found.append(f"certificate: {wrong}")
    if letter.protected and not letter.certificate and not letter.in_clear_by:
        found.append(
            "certificate: there is none, and what is protected never leaves in clear unless an officer chose so by name"
        )
    return found


def _attachment_faults(attachment: Attachment) -> list[str]:
    found = _line_faults("name", attachment.name)
    if not attachment.name.strip() or "/" in attachment.name or "\\" in attachment.name:
        found.append("attachment: its name is empty or a path; give a file's name")
    if not _MEDIA_TYPE.fullmatch(attachment.media_type):
        found.append("attachment: its media type is none, as application/pdf")
    return found


def _line_faults(where: str, text: str) -> list[str]:
    if _CONTROL.search(text):
        return [f"{where}: it has a line break or a control character; one line of text is allowed"]
    if len(text) > LONGEST[where]:
        return [f"{where}: it has {len(text)} characters; at most {LONGEST[where]} are allowed"]
    return []


def message(
    letter: Letter, sender: str, message_id: str, at: datetime, *, copy: int = 1, signer: Signer | None = None
) -> bytes:
    """The message of a letter as it goes over the wire; `at` is the instant of its date, `copy` its copy number.

    Without a signature and encryption the same arguments give the same bytes.
    """
    outer = EmailMessage(INTERNATIONAL if not letter.to.isascii() else POLICY)
    outer["From"] = sender
    outer["To"] = letter.to
    outer["Date"] = format_datetime(at)
    entity = _content(letter, message_id)
    if signer is not None:
        entity = signer.signed(entity, boundary=_boundary(message_id, "signed"))
    if letter.certificate:
        entity = encrypted(entity, letter.certificate)
    machine = (("Message-ID", message_id), ("X-Copy", str(copy)), *letter.headers)
    raw = (_raw_header(name, value) for name, value in machine)
    head = b"\r\n".join((outer.as_bytes().rstrip(b"\r\n"), _subject(letter), *raw))
    return head + b"\r\nMIME-Version: 1.0\r\n" + entity


def _subject(letter: Letter) -> bytes:
    """The subject, whole in encoded words where it is not ASCII (RFC 2047): so no fold adds a space or takes one."""
    if letter.subject.isascii() or not letter.to.isascii():
        outer = EmailMessage(INTERNATIONAL if not letter.to.isascii() else POLICY)
        outer["Subject"] = letter.subject
        return outer.as_bytes().rstrip(b"\r\n")
    header = Header(letter.subject, "utf-8", maxlinelen=LINE, header_name="Subject")
    return b"Subject: " + header.encode(linesep="\r\n").encode("ascii")


def _raw_header(name: str, value: str) -> bytes:
    """A header that programs read, in its own bytes: an encoded word in it means nothing to them.

    It is folded where it has a space (RFC 5322, 2.2.3); an address or an identifier in it stays whole.
    """
    lines = [f"{name}:"]
    for word in value.split(" "):
        if len(lines[-1]) + len(word) >= LINE and lines[-1] not in (f"{name}:", ""):
            lines.append("")
        lines[-1] += f" {word}"
    return "\r\n".join(lines).encode("ascii")


def _content(letter: Letter, message_id: str) -> bytes:
    """Text, HTML and attachments as one MIME entity."""
    made = EmailMessage(POLICY)
    made.set_content(letter.text)
    if letter.html:
        made.add_alternative(letter.html, subtype="html")
        made.set_boundary(_boundary(message_id, "text"))
    for part in made.walk():
        del part["MIME-Version"]
    body = made.as_bytes()
    if not letter.attachments:
        return body
    mark = _boundary(message_id, "files").encode()
    entities = (body, *map(_entity, letter.attachments))
    inside = b"".join(b"--" + mark + b"\r\n" + each + b"\r\n" for each in entities)
    return b'Content-Type: multipart/mixed; boundary="' + mark + b'"\r\n\r\n' + inside + b"--" + mark + b"--\r\n"


@lru_cache(maxsize=32)
def _entity(attachment: Attachment) -> bytes:
    """An attachment as a MIME entity. The list goes to many missions, so it is encoded once for each language."""
    kind, _, subtype = attachment.media_type.partition("/")
    made = EmailMessage(POLICY)
    made.set_content(b"", maintype=kind, subtype=subtype, filename=attachment.name)
    del made["MIME-Version"]
    return made.as_bytes().rstrip(b"\r\n") + b"\r\n\r\n" + wrapped(attachment.content)


def _boundary(message_id: str, place: str) -> str:
    return f"=_{re.sub('[^A-Za-z0-9]', '', message_id)[:40]}_{place}"


def write(name: str, words: Language, told: Mapping[str, Any]) -> tuple[str, str, str]:
    """Subject, text and HTML of a letter, from the templates of a name such as `circulation`, in a language."""
    folder = f"mail/{name}"
    filled = {"told_in": words.code, "direction": words.direction, **told}
    plain = environment(words.code, escaping=False)
    subject = " ".join(plain.get_template(f"{folder}/subject.txt").render(filled).split(" ")).strip("\n ")
    text = plain.get_template(f"{folder}/body.txt").render(filled)
    html = environment(words.code).get_template(f"{folder}/body.html").render(filled)
    return subject, text, html
