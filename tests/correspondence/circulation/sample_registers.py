"""Parties with missions and points of contact, made up: how many a test asks for, by the codes of real States."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

from cryptography.hazmat.primitives.serialization import Encoding

from depositary.authorities.designations import AcceptedLanguage, Designation, Telephone
from depositary.authorities.entries import AuthorityEntry
from depositary.authorities.missions import Mission
from depositary.correspondence.circulation.preparation import Registers
from depositary.desk.audit import Doing
from depositary.law.acts import Act
from depositary.register.entry import Entry
from depositary.settings import PROJECT
from depositary.treaties.collection import Collection, load_collection
from tests.correspondence.mail.sink import certified, private_key

TREATY = "XVIII-16"
BEGUN = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
FIRST, SECOND = date(2028, 3, 1), date(2029, 3, 1)
AT, LATER = datetime(2028, 3, 1, 15, 0, tzinfo=UTC), datetime(2029, 3, 1, 15, 0, tzinfo=UTC)
FLORA, RUDOLF = Doing("flora", AT), Doing("rudolf", AT)
FORCE = date(2026, 5, 31)
"""The ninetieth day after the fortieth instrument."""

DEPOSITED = date(2026, 3, 2)
LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")
NAMES = {
    "en": "Permanent Mission of Ruritania",
    "fr": "Mission permanente de la Ruritanie",
    "es": "Misión Permanente de Ruritania",
    "ru": "Постоянное представительство Руритании",
    "ar": "البعثة الدائمة لروريتانيا",
    "zh": "卢里塔尼亚常驻代表团",
}


@cache
def collection() -> Collection:
    return load_collection(PROJECT / "data")


@cache
def codes(number: int) -> tuple[str, ...]:
    """The codes of a number of States that exist."""
    known = collection().participants
    found = sorted(code for code, one in known.items() if one.kind == "state" and one.exists_on(DEPOSITED))
    return tuple(found[:number])


def address(code: str) -> str:
    return f"mission.{code.lower()}@example.int"


def designation(code: str, **more: object) -> Designation:
    place = codes(400).index(code) if code in codes(400) else 0
    found = Designation(
        code,
        "point of contact",
        f"National Cybercrime Centre {code}",
        unit="24/7 Unit",
        postal_address="1 Castle Square",
        languages=(AcceptedLanguage("en"), AcceptedLanguage("fr", "urgent")),
        hours="24/7",
        zone="Europe/Vienna",
        channels=("electronic transmission",),
        telephones=(Telephone(f"+1202555{100 + place // 100:03d}{place % 10}", always=True),),
        email=f"desk.{code.lower()}@example.int",
    )
    return replace(found, **more)  # type: ignore[arg-type]


def mission(code: str, place: int, **more: object) -> Mission:
    language = LANGUAGES[place % 6]
    found = Mission(code, f"{NAMES[language]} ({code})", address(code), ("example.int",), language, pem(place % 3))
    return replace(found, **more)  # type: ignore[arg-type]


@cache
def pem(place: int = 0) -> str:
    """The certificate of a mission; the private key is `private_key(place)`."""
    text: str = certified(f"Mission {place}", private_key(place)).public_bytes(Encoding.PEM).decode()
    return text


@dataclass
class Sample:
    """Both registers, growing; `registers` is what a circulation sees of them."""

    entries: list[Entry]
    authorities: list[AuthorityEntry]

    def act(self, code: str, action: str, day: date, at: datetime = BEGUN, **more: str) -> "Sample":
        number = len(self.entries) + 1
        act = Act(TREATY, code, action, day, number=number, **more)  # type: ignore[arg-type]
        self.entries.append(Entry(number, act, at, "clerk", treaty=TREATY))
        return self

    def authority(self, what: str, code: str, at: datetime = BEGUN, **more: object) -> "Sample":
        number = len(self.authorities) + 1
        self.authorities.append(AuthorityEntry(number, what, code, at, "vera", salt=f"{number:064x}", **more))  # type: ignore[arg-type]
        return self

    def registers(self) -> Registers:
        digests = [bytes([entry.number % 251]) * 32 for entry in self.entries]
        return Registers(
            collection(), self.entries, self.authorities, digests, [f"{one.number:064x}" for one in self.authorities]
        )


def parties(number: int, *, certificates: bool = True) -> Sample:
    """A number of parties, each with a mission and a point of contact."""
    registers = Sample([], [])
    for place, code in enumerate(codes(number)):
        registers.act(code, "ratification", DEPOSITED, BEGUN + timedelta(seconds=place))
        registers.authority("designation", code, designation=designation(code))
        more = {} if certificates else {"certificate": ""}
        registers.authority("mission", code, mission=mission(code, place, **more))
    return registers
