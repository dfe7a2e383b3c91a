"""Breakages of what leaves the house, and of what a reader's browser gets."""

from tests.faults.breakage import Breakage

MAIL = "depositary/correspondence/mail/"
CIRCULATION = "depositary/correspondence/circulation/"
AUTHORITIES = "depositary/authorities/"

OUTWARD = (
    # What leaves the house
    Breakage(
        "a letter nobody knows of is sent again",
        f"{MAIL}outbox.py",
        'what.is_(None), what == "resend"',
        'what.is_(None), what == "unknown", what == "resend"',
        "tests/correspondence/mail",
        "test_a_claim_whose_sender_is_gone_is_unknown_and_is_not_sent_again",
    ),
    Breakage(
        "what is protected leaves in clear",
        f"{MAIL}letters.py",
        "if letter.protected and not letter.certificate and not letter.in_clear_by:",
        "if False:",
        "tests/correspondence/mail",
        "test_what_is_protected_does_not_leave_in_clear",
    ),
    Breakage(
        "a field becomes a header",
        f"{MAIL}letters.py",
        "    if _CONTROL.search(text):\n        return [",
        "    if False:\n        return [",
        "tests/correspondence/mail",
        "test_no_field_becomes_a_header",
    ),
    Breakage(
        "a letter goes to an address nobody approved",
        f"{CIRCULATION}dispatch.py",
        "        or plain_address(mission.email) != plain_address(to.email)\n",
        "",
        "tests/correspondence/circulation",
        "test_an_address_that_changes_after_approval_holds_the_letter_back",
    ),
    Breakage(
        "a protected field is in the public list",
        f"{AUTHORITIES}designations.py",
        "for name, visible in FIELDS.items() if visible in WIDER[by]}",
        "for name, visible in FIELDS.items() if visible}",
        "tests/authorities",
        "test_a_list_has_no_byte_of_what_may_not_be_seen",
    ),
    Breakage(
        "a link to confirm does not expire",
        f"{AUTHORITIES}links.py",
        "return not self.said and at <= self.expires_at",
        "return not self.said",
        "tests/staff",
        "test_a_link_expires",
    ),
    # What a reader's browser gets
    Breakage(
        "templates escape nothing",
        "depositary/words/templates.py",
        "autoescape=escaping,",
        "autoescape=False,",
        "tests/web",
        "test_hostile_words_become_no_element",
    ),
    Breakage(
        "a page may load from anywhere",
        "depositary/web/security.py",
        "\"default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; \"",
        "\"default-src *; style-src 'self'; img-src 'self' data:; form-action 'self'; \"",
        "tests/faults",
        "test_a_page_loads_nothing_from_elsewhere",
    ),
    Breakage(
        "a spreadsheet gets a formula",
        "depositary/treaties/csv_files.py",
        '_FORMULA = ("=", "+",',
        '_FORMULA = ("+",',
        "tests/web",
        "test_a_formula_stays_text_in_a_spreadsheet",
    ),
    Breakage(
        "an error tells of the inside",
        "depositary/web/security.py",
        "            await failure(scope, reference)(scope, receive, send_guarded)",
        "            raise",
        "tests/web",
        "test_a_failure_is_told_by_its_reference_alone",
    ),
)
