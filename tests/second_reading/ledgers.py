"""Random ledgers: forty to seventy participants that sign, join, leave, come back, amend, and err."""

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tests.second_reading.ledger import DAY, Ledger, Membership, People, Row, Rules

TREATY, PROTOCOL = "XVIII-16", "XVIII-16-a"
ALWAYS = (date.min, date.max)
STATES = tuple(f"S{number:02}" for number in range(1, 71))

PEOPLE = People(
    lives={
        **dict.fromkeys((*STATES, "ORG"), ALWAYS),
        "OLD": (date.min, date(2027, 6, 30)),
        "NEW": (date(2027, 7, 1), date.max),
        "BEF": (date(1990, 1, 1), date(2029, 12, 31)),
        "AFT": ALWAYS,
        "UNI": (date.min, date(2029, 12, 31)),
    },
    organizations=frozenset({"ORG", "UNI"}),
    memberships=(
        Membership("ORG", "S01", date(2000, 1, 1)),
        Membership("ORG", "S02", date(2000, 1, 1)),
        Membership("ORG", "S03", date(2000, 1, 1), date(2028, 12, 31)),
        Membership("ORG", "S04", date(2028, 1, 1)),
        Membership("ORG", "S05", date(2000, 1, 1), date(2027, 3, 31)),
        Membership("ORG", "S05", date(2030, 1, 1)),
        Membership("UNI", "S06", date(2000, 1, 1)),
        Membership("UNI", "S07", date(2029, 5, 1)),
    ),
    continued_by={"BEF": "AFT"},
)
"""Seventy States; one that ends, one that begins, two codes of one State; two organizations with dated members,
of which one ends."""

RULED_UPON = (
    "reio-never-counted",
    "withdrawal-after-threshold",
    "anniversary-of-29-february",
    "done-likewise",
    "party-before-entry-into-force",
    "denunciation-before-party",
    "reio-ceases-with-its-members",
    "amendment-consent-before-party",
    "confirmation-of-63(3)",
    "joining-after-amendment",
    "sixty-parties",
    "five-years-expire",
)
PROVISIONS = ("63(3)", "63.3", "11(3)", "42 (5)", "23(3)(a)", "7(2)", "9(2)", "41(1)")
INSTRUMENTS = ("ratification", "acceptance", "approval", "accession")


class Maker:
    """Makes one ledger from one seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.rows: list[Row] = []
        self.near: list[date] = []
        """Days on which something may happen by the text, around which acts are dated."""

    def ledger(self) -> Ledger:
        chance = self.chance
        number = chance.choice((40, 40, 40, 12, 3))
        quorum = chance.choice((60, 45, number + 2))
        codes = list(STATES[: chance.randint(38, 66)])
        codes += [code for code in ("ORG", "UNI", "OLD", "NEW", "BEF", "AFT") if chance.random() < 0.7]
        chance.shuffle(codes)
        self.start = chance.choice((date(2026, 2, 2), date(2026, 11, 30), date(2027, 1, 4), date(2027, 11, 1)))
        self.near.append(self.start + timedelta(60 + 90))
        for code in codes:
            self.life(TREATY, code)
        self.amendments(codes)
        treaties: tuple[Rules, ...] = (Rules(TREATY, number, quorum=quorum),)
        if chance.random() < 0.35:
            treaties += (Rules(PROTOCOL, chance.choice((2, 5, 10)), parent=TREATY, periods=()),)
            members = {"ORG", "S01", "S02", "S03", "S04"} & set(codes)
            for code in sorted({*chance.sample(codes, 12), *members}):
                self.life(PROTOCOL, code)
        for _ in range(chance.choice((0, 0, 1, 2, 4))):
            self.ruling(treaties[-1].treaty if chance.random() < 0.1 else TREATY)
        for _ in range(chance.randint(0, 6)):
            self.objection(*chance.sample(codes, 2))
        for _ in range(chance.randint(0, 12)):
            self.noise(chance.choice(treaties).treaty, chance.choice(codes))
        if chance.random() < 0.3 and self.rows:
            self.rows.append(chance.choice(self.rows))
        chance.shuffle(self.rows)
        if chance.random() < 0.15:
            group = frozenset(chance.sample(STATES, 2 + number // 2))
            treaties = (replace(treaties[0], among=(1 + number // 4, group)), *treaties[1:])
        return Ledger(treaties, PEOPLE, tuple(row._replace(number=n) for n, row in enumerate(self.rows, 2)))

    def act(self, treaty: str, code: str, action: str, day: date, **columns: Any) -> None:
        self.rows.append(Row(0, treaty, code, action, day, **columns))
        self.near += [day, day + timedelta(30), day + timedelta(90)]
        if action == "denunciation":
            self.near.append(day + timedelta(365))

    def about(self, day: date) -> date:
        """A day near one on which something may happen, or near `day`."""
        after = [near for near in self.near[-400:] if near >= day]
        if after and self.chance.random() < 0.5:
            return self.chance.choice(after[:40]) + self.chance.choice((-1, 0, 0, 0, 1)) * DAY
        return day + timedelta(self.chance.choice((0, 0, 1, 3, 20, 29, 30, 31, 60, 89, 90, 91, 200)))

    # ---- One participant's way in and out

    def life(self, treaty: str, code: str) -> None:
        chance = self.chance
        organization = code in PEOPLE.organizations
        day = self.start
        if treaty == TREATY and chance.random() < 0.45:
            signed = chance.choice((date(2025, 10, 25), date(2025, 10, 26), date(2025, 10, 27), date(2026, 5, 4)))
            signed = signed if chance.random() < 0.95 else date(2026, 12, 31) + timedelta(chance.randint(-2, 2))
            place = ("Hanoi" if signed < date(2025, 10, 27) else "New York") if chance.random() < 0.97 else "Geneva"
            self.act(treaty, code, "signature", signed, place=place)
            if chance.random() < 0.2:
                self.act(treaty, code, "reservation", signed, provision=chance.choice(PROVISIONS))
            if chance.random() < 0.12:
                out = signed + timedelta(chance.choice((0, 1, 60, 400)))
                self.act(treaty, code, "withdrawal of signature", out)
                if chance.random() < 0.5:
                    again = chance.choice(("signature", "succession to signature"))
                    self.act(treaty, code, again, out + timedelta(chance.choice((0, 0, 1, 30))))
        elif treaty == TREATY and chance.random() < 0.08:
            self.act(treaty, code, "succession to signature", self.about(self.start))
        if chance.random() < 0.08:
            return
        day += timedelta(chance.choice((0, 0, 10, 20, 40, 60)) if chance.random() < 0.8 else chance.randint(0, 900))
        for _ in range(chance.choice((1, 1, 2, 3))):
            day = self.participate(treaty, code, day, organization)
            if chance.random() < 0.4:
                return

    def participate(self, treaty: str, code: str, day: date, organization: bool) -> date:
        """One participation; returns a day on which the next may begin."""
        chance = self.chance
        if organization and chance.random() < 0.85:
            self.act(treaty, code, "declaration", day, provision=chance.choice(("64(3)", "64(4)", "64.4")))
        self.act(treaty, code, chance.choice(INSTRUMENTS), day)
        if chance.random() < 0.1:
            self.act(treaty, code, chance.choice(("reservation", "declaration")), day, provision="63(3)")
        fate = chance.random()
        if fate < 0.15:
            out = self.about(day)
            self.act(treaty, code, "withdrawal of instrument", out)
            return out + timedelta(chance.choice((0, 0, 1, 10)))
        if fate < 0.55 or (code in ("S01", "S02", "S03", "S04", "S06") and fate < 0.8):
            out = self.about(day + timedelta(chance.choice((30, 90, 150, 300, 500))))
            if chance.random() < 0.04:
                out = date(2028, 2, 29)
            self.act(treaty, code, "denunciation", out)
            if chance.random() < 0.2:
                back = out + timedelta(chance.choice((0, 1, 100, 364, 365, 366)))
                self.act(treaty, code, "revocation of denunciation", back)
                if chance.random() < 0.4:
                    self.act(treaty, code, "denunciation", back + timedelta(chance.choice((0, 0, 1, 50))))
            return out.replace(year=out.year + 1, day=min(out.day, 28)) + timedelta(
                chance.choice((-1, 0, 0, 1, 30, 400))
            )
        return day + timedelta(400)

    # ---- Amendments, rulings, and acts that hardly fit

    def amendments(self, codes: list[str]) -> None:
        chance = self.chance
        for name in ("A1", "A2", "A3")[: chance.choice((0, 1, 2, 3))]:
            subject = f"amendment:{name}"
            adopted = self.start + timedelta(365 * chance.choice((5, 6, 6, 6, 7, 7)) + chance.randint(0, 300))
            for _ in range(chance.choice((0, 1, 2))):
                proposed = adopted - timedelta(chance.choice((0, 0, 1, 200)))
                self.act(TREATY, chance.choice(codes), "amendment proposal", proposed, subject=subject)
            for _ in range(chance.choice((1, 1, 1, 2, 0))):
                self.act(
                    TREATY, "", "amendment adoption", adopted + timedelta(chance.choice((0, 0, 1))), subject=subject
                )
            for code in chance.sample(codes, chance.randint(0, 12)):
                self.consent(code, subject, adopted)
            for code in chance.sample(codes, chance.randint(0, 6)):
                # A newcomer: it joins after adoption, and may say that the amendment is not to bind it.
                joins = adopted + timedelta(chance.choice((0, 30, 60, 61, 90, 91, 200)))
                self.act(TREATY, code, "accession", joins)
                if chance.random() < 0.4:
                    said = {"provision": "40(5)"} if chance.random() < 0.8 else {}
                    when = joins + timedelta(chance.choice((-1, 0, 29, 30, 31)))
                    self.act(TREATY, code, "declaration", when, subject=subject, **said)
                if chance.random() < 0.3:
                    self.consent(code, subject, joins)
                if chance.random() < 0.3:
                    self.act(TREATY, code, "denunciation", adopted - timedelta(chance.choice((300, 200, 366, 365))))

    def consent(self, code: str, subject: str, since: date) -> None:
        chance = self.chance
        day = since + timedelta(chance.choice((-1, 0, 1, 30, 60, 100)))
        action = chance.choice(INSTRUMENTS) if chance.random() < 0.3 else "ratification"
        self.act(TREATY, code, action, day, subject=subject)
        if chance.random() < 0.25:
            out = day + timedelta(chance.choice((0, 1, 89, 90, 91)))
            self.act(TREATY, code, "withdrawal of instrument", out, subject=subject)
            if chance.random() < 0.5:
                self.act(TREATY, code, "acceptance", out + timedelta(chance.choice((0, 1))), subject=subject)

    def ruling(self, treaty: str) -> None:
        chance = self.chance
        day = chance.choice((self.start - timedelta(30), self.about(self.start), chance.choice(self.near)))
        text = "otherwise" if chance.random() < 0.85 else "default"
        self.act(treaty, "", "ruling", day, subject=chance.choice(RULED_UPON), text=text)
        if chance.random() < 0.2:
            self.act(treaty, "", "ruling", day, subject=chance.choice(RULED_UPON), text="default")

    def objection(self, code: str, addressee: str) -> None:
        """A reservation that was notified, and an objection to it."""
        chance = self.chance
        deposits = [row.date for row in self.rows if row.participant == addressee and row.action in INSTRUMENTS]
        made = chance.choice(deposits) if deposits else self.start
        made += timedelta(chance.choice((0, 0, 0, -1, 1, 40)))
        notified = made + timedelta(chance.choice((0, 7, 30)))
        provision = chance.choice(PROVISIONS)
        reservation = chance.choice(("reservation", "reservation", "declaration"))
        known = notified if chance.random() < 0.8 else None
        self.act(TREATY, addressee, reservation, made, provision=provision, notified=known)
        when = notified + timedelta(chance.choice((0, 30, 364, 365, 366, 367, 700)))
        self.act(TREATY, code, "objection", when, provision=provision, addressee=addressee)
        if chance.random() < 0.3:
            again = when + timedelta(chance.choice((-20, 0, 20)))
            withdrawal = chance.choice(("withdrawal of reservation", "partial withdrawal of reservation"))
            self.act(TREATY, addressee, withdrawal, again, provision=provision)

    def noise(self, treaty: str, code: str) -> None:
        chance = self.chance
        day = self.about(self.start)
        action = chance.choice(
            (
                "signature",
                "ratification",
                "accession",
                "formal confirmation",
                "withdrawal of instrument",
                "denunciation",
                "revocation of denunciation",
                "reservation",
                "reservation",
                "declaration",
                "withdrawal of reservation",
                "withdrawal of reservation",
                "notification",
                "objection",
                "withdrawal of signature",
                "succession to signature",
                "provisional application",
                "partial withdrawal of reservation",
                "objection to correction",
                "territorial application",
            )
        )
        if action == "territorial application":
            text, effect = chance.choice(("", "Isle", "Coast")), chance.choice(("", "excludes", "extends"))
            self.act(treaty, code, action, day, text=text, effect=effect)
            return
        reserves = "reservation" in action or action in ("declaration", "objection")
        if treaty == TREATY or not reserves:
            self.act(treaty, code, action, day, provision=chance.choice(PROVISIONS) if reserves else "")


def ledger(seed: int) -> Ledger:
    """The ledger of a seed."""
    return Maker(seed).ledger()
