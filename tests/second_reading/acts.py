"""What participants do: steps (1), (3) to (6), (8) and (9) of a day."""

from datetime import timedelta

from tests.second_reading.amendments import Amendments
from tests.second_reading.ledger import Row, same_day
from tests.second_reading.reservation_lives import provision_of
from tests.second_reading.standing import AMENDMENT, Book, Stay

RESERVED = ("partial withdrawal of reservation", "withdrawal of reservation")


class Acts(Amendments):
    """What signatures, instruments, reservations and denunciations do to what stands."""

    # ---- (1) and (9): withdrawals and revocations

    def stood(self, row: Row) -> bool:
        """Whether what an act withdraws or revokes stands now."""
        book = self.books[row.treaty]
        stay = book.standing.get(row.participant)
        if row.action in RESERVED:
            return book.lives.finds(row)
        if row.action == "withdrawal of signature":
            return row.participant in book.signed
        if row.action == "revocation of denunciation":
            return stay is not None and stay.denounced_on is not None
        if row.subject:
            return (row.participant, row.subject.removeprefix(AMENDMENT)) in book.consents
        return stay is not None

    def undo(self, row: Row) -> None:
        book = self.books[row.treaty]
        if row.action in RESERVED:
            stands = self.verdict(row, () if book.lives.finds(row) else ("withdrawal-of-no-reservation",))
            if stands and row.action == "withdrawal of reservation":  # in part: it stands, narrowed
                book.lives.withdraw(row)
        elif row.action == "withdrawal of signature":
            self.withdraw_signature(book, row)
        elif row.action == "revocation of denunciation":
            self.revoke(book, row)
        elif row.subject:
            self.withdraw_consent(book, row)
        else:
            self.withdraw(book, row)

    def withdraw(self, book: Book, row: Row) -> None:
        stay = book.standing.get(row.participant)
        codes = []
        if stay is None:
            codes.append("withdrawal-without-instrument")
        elif stay.in_force_on:
            codes.append("withdrawal-after-entry-into-force")
        if self.verdict(row, codes):
            self.end(book, row.participant, row.date)

    def revoke(self, book: Book, row: Row) -> None:
        # VCLT 68: "effective if received before the day of effect; on the day or later: refused".
        stay = book.standing.get(row.participant)
        if stay is not None and stay.denounced_on:
            if self.verdict(row):
                stay.denounced_on = stay.effective_on = None
            return
        came = any(past.denounced_on for past in book.stays.get(row.participant, ()))
        self.verdict(row, ["revocation-too-late" if came else "revocation-without-denunciation"])

    def withdraw_signature(self, book: Book, row: Row) -> None:
        # VCLT 18(a): "until it shall have made its intention clear not to become a party", by one that has "signed the
        # treaty … subject to ratification": not by one that has consented.
        code = row.participant
        nothing = code not in book.signed or code in book.standing or book.was_party(code)
        if self.verdict(row, ("withdrawal-without-signature",) if nothing else ()):
            del book.signed[code]
            book.lives.unsign(code, row.date)

    # ---- (3) signatures

    def sign_or_succeed(self, book: Book, row: Row) -> None:
        if row.action == "signature":
            self.sign(book, row)
        elif self.verdict(row, self.signed_before(book, row)):  # a successor's signature has no period and no place
            book.signed[row.participant] = row.date

    def signed_before(self, book: Book, row: Row) -> list[str]:
        codes = ["duplicate-signature"] if row.participant in book.signed else []
        # "One that only deposited and withdrew may still sign".
        if row.participant in book.standing or book.was_party(row.participant):
            codes.append("signature-after-consent")
        return codes

    def sign(self, book: Book, row: Row) -> None:
        codes = self.signed_before(book, row)
        # 64(1): "in Hanoi on 25 and 26 October 2025, then in New York until 31 December 2026 inclusive"
        period = next((each for each in book.rules.periods if each.first <= row.date <= each.last), None)
        if period is None:
            if book.rules.periods:  # "a table left out means that the rule does not exist there"
                codes.append("signature-outside-period")
        elif row.place and period.place and row.place != period.place:
            codes.append("signature-at-wrong-place")
        # 64(2): "if at least one member State has signed (same day is enough)"; no protocol here has that rule.
        members = self.people.members(row.participant, row.date)
        if row.participant in self.people.organizations and not book.rules.parent and not members & book.signed.keys():
            codes.append("reio-signature-without-member")
        if self.verdict(row, codes):
            book.signed[row.participant] = row.date
            if any(row.place == each.place and row.date in (each.first, each.last) for each in book.rules.periods):
                self.named.add((row.treaty, row.participant, row.date))

    # ---- (4) and (5) instruments

    def declare_competence(self, book: Book, row: Row) -> None:
        """ "made after the end of the previous participation; … while an instrument stands is a modification" """
        if (
            row.participant in self.people.organizations
            and not row.subject
            and provision_of(row) in ("64(3)", "64(4)")
            and self.may_act(row.participant, row.date)
            and row.participant not in book.standing
        ):
            book.competence.add(row.participant)

    def deposit(self, book: Book, row: Row) -> None:
        code = row.participant
        codes = []
        if row.action in ("formal confirmation", "definitive signature"):
            codes.append("action-not-provided-for")
        if code in book.standing:
            codes.append("duplicate-consent")
        if code in self.people.organizations:
            if code not in book.competence:
                codes.append("reio-competence-not-declared")
            if not self.member_lets_in(book, row):
                codes.append("reio-instrument-without-member")
        parent = self.books.get(book.rules.parent)
        if parent is not None and code not in parent.standing:
            codes.append("protocol-party-not-convention-party")  # 61(2): "same-day deposits of both are fine"
        # "not when it has been a party and left: accession is then the right act"
        if row.action == "accession" and code in book.signed and not book.was_party(code):
            codes.append("accession-by-signatory")
        if book.rules.periods and row.action in ("ratification", "acceptance", "approval") and code not in book.signed:
            codes.append("ratification-by-non-signatory")  # "never under a treaty that nobody signs"
        if self.verdict(row, codes):
            succeeds = row.action == "succession"
            # "the `effective` of a succession is not before the first `from`"
            born_on = self.people.lives[code][0]
            earliest_on = max(row.effective or row.date, born_on) if succeeds else row.date + timedelta(30)
            stay = book.standing[code] = Stay(row.action, row.date, earliest_on)
            book.stays[code].append(stay)
            if earliest_on > row.date:
                self.plan(earliest_on)
            elif book.in_force_on:
                stay.in_force_on = max(earliest_on, book.in_force_on)

    def member_lets_in(self, book: Book, row: Row) -> bool:
        members = self.people.members(row.participant, row.date) & book.standing.keys()
        if row.action == "accession":
            # 64(4): "a member's deposit is enough"; otherwise "once the member is a party in the strict sense"
            if self.otherwise(book, "party-before-entry-into-force"):
                return any(book.is_party(member) for member in members)
        elif self.otherwise(book, "done-likewise"):
            # 64(3): "any instrument of a member"; otherwise "only ratification, acceptance, approval"
            return any(book.standing[member].action in ("ratification", "acceptance", "approval") for member in members)
        return bool(members)

    # ---- (6) reservations, declarations, notifications, objections

    def reserve(self, book: Book, row: Row) -> None:
        code, amendment = row.participant, row.subject.removeprefix(AMENDMENT)
        if row.subject:
            stay = book.standing.get(code)
            # VCLT 40(5): "with provision `40(5)`, made from the end of the previous participation to the day it
            # becomes a party"
            early = stay is None or stay.in_force_on is None or stay.in_force_on == row.date
            if self.verdict(row) and row.action != "reservation" and provision_of(row) == "40(5)" and early:
                book.declined.add((code, amendment))
            return
        codes = book.lives.examine(row, signed_on=book.signed.get(code), stay=book.standing.get(code))
        if self.verdict(row, codes):
            book.lives.make(row, signed_on=book.signed.get(code), stay=book.standing.get(code))

    def extend(self, book: Book, row: Row) -> None:
        """VCLT 29: a party says to which territories the treaty does not apply, or applies after all."""
        stay = book.standing.get(row.participant)
        codes = ["territorial-application-by-non-contracting"] if stay is None else []
        if self.verdict(row, codes if row.text else [*codes, "territories-not-named"]) and stay is not None:
            if row.effect == "excludes":
                stay.left_out.add(row.text)
            elif row.effect == "extends":
                stay.left_out.discard(row.text)

    def communicate(self, book: Book, row: Row) -> None:
        """What is circulated and effects nothing: this treaty has no provisional application, and VCLT 79(2) leaves
        what an objection to a proposed correction does to the depositary and the States."""
        self.verdict(row)

    def object(self, book: Book, row: Row) -> None:
        if row.subject:
            self.verdict(row)
            return
        stay = book.standing.get(row.participant)
        if self.verdict(row, book.lives.examine_objection(row, stay)):
            book.lives.object(row, stay, row.participant in book.signed)

    # ---- (8) denunciations

    def denounce(self, book: Book, row: Row) -> None:
        stay = book.standing.get(row.participant)
        withdraws = stay is not None and not stay.in_force_on and self.otherwise(book, "denunciation-before-party")
        codes = []
        if not book.is_party(row.participant) and not withdraws:
            codes.append("denunciation-by-non-party")
        if stay is not None and stay.denounced_on:
            codes.append("duplicate-denunciation")
        if self.verdict(row, codes):
            if withdraws:
                self.end(book, row.participant, row.date)
            elif stay is not None:
                stay.denounced_on = row.date
                stay.effective_on = same_day(row.date, 1, self.otherwise(book, "anniversary-of-29-february"))
                self.plan(stay.effective_on)
