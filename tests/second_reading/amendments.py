"""Article 66: amendments are proposed, adopted, consented to, and bind.

Steps (2) and (7) of a day, and the withdrawal of a consent.
"""

from datetime import date, timedelta

from tests.second_reading.ledger import DAY, Row, same_day
from tests.second_reading.standing import AMENDMENT, Book, Standing


class Amendments(Standing):
    """What article 66 does to what stands."""

    def proposals_from(self, book: Book) -> date | None:
        # 66(1), five-years-expire: "first day is five years **and one day** after"; otherwise "five years after".
        if book.in_force_on is None:
            return None
        five = same_day(book.in_force_on, 5, self.otherwise(book, "anniversary-of-29-february"))
        return five if self.otherwise(book, "five-years-expire") else five + DAY

    def too_early(self, book: Book, row: Row) -> bool:
        since = self.proposals_from(book)
        return since is None or row.date < since

    def propose(self, book: Book, row: Row) -> None:
        amendment = row.subject.removeprefix(AMENDMENT)
        codes = []
        if self.too_early(book, row):
            codes.append("amendment-proposed-too-early")
        if not book.is_party(row.participant):
            codes.append("amendment-proposal-by-non-party")
        if amendment in book.proposed or amendment in book.adopted:
            codes.append("duplicate-amendment")
        if self.verdict(row, codes):
            book.proposed.add(amendment)

    def adopt(self, book: Book, row: Row) -> None:
        amendment = row.subject.removeprefix(AMENDMENT)
        codes = []
        if self.too_early(book, row):
            codes.append("amendment-adopted-too-early")
        if amendment in book.adopted:
            codes.append("duplicate-amendment")
        if self.verdict(row, codes):
            book.adopted[amendment] = row.date

    def consent_to_amendment(self, book: Book, row: Row) -> None:
        code, amendment = row.participant, row.subject.removeprefix(AMENDMENT)
        codes = []
        if row.action == "accession":
            codes.append("amendment-accession")
        elif row.action not in ("ratification", "acceptance", "approval"):
            codes.append("action-not-provided-for")
        if amendment not in book.adopted:
            book.unadopted.append((row, amendment))
        # amendment-consent-before-party: "of one whose instrument under the Convention stands is accepted";
        # otherwise "refused until it is a party"
        if code not in book.standing or (
            self.otherwise(book, "amendment-consent-before-party") and not book.is_party(code)
        ):
            codes.append("amendment-consent-by-non-party")
        if (code, amendment) in book.consents:
            codes.append("duplicate-consent")
        if self.verdict(row, codes) and amendment in book.adopted:
            book.consents[code, amendment] = row.date
            self.plan(row.date + timedelta(90))

    def withdraw_consent(self, book: Book, row: Row) -> None:
        """ "effective before the day on which it would bind; from that day `withdrawal-after-entry-into-force`" """
        key = (row.participant, row.subject.removeprefix(AMENDMENT))
        codes = []
        if key not in book.consents:
            codes.append("withdrawal-without-instrument")
            if key[1] not in book.adopted:
                book.unadopted.append((row, key[1]))
        elif (binds_on := self.binding_day(book, key)) and binds_on <= row.date:
            codes.append("withdrawal-after-entry-into-force")
        if self.verdict(row, codes):
            del book.consents[key]

    def binding_day(self, book: Book, key: tuple[str, str]) -> date | None:
        """ "the later of its own ninetieth day and the day the Convention enters into force for it" """
        in_force_on = book.standing[key[0]].in_force_on
        return max(book.consents[key] + timedelta(90), in_force_on) if in_force_on else None

    def bind(self, book: Book, day: date) -> None:
        for key in book.consents:
            binds_on = self.binding_day(book, key)
            if binds_on and binds_on <= day:
                book.standing[key[0]].bonds.setdefault(key[1], day)  # "the earlier of the two days"
                book.amended_on.setdefault(key[1], day)  # "once it has for one party, also if that one has left since"
        if self.otherwise(book, "joining-after-amendment"):
            return
        for code, stay in book.standing.items():
            if stay.in_force_on == day:
                for amendment, since in book.amended_on.items():
                    # "a newcomer becomes a party *after* that day, not on it"
                    if since < day and (code, amendment) not in book.declined:
                        stay.bonds.setdefault(amendment, day)
