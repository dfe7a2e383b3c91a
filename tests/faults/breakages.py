"""Deliberate breakages: each takes one safeguard away, and names the test that has to notice."""

from typing import NamedTuple


class Breakage(NamedTuple):
    """A change of a file's text, which takes a safeguard away, and the test that fails of it, with its folder."""

    name: str
    file: str
    old: str
    new: str
    tests: str
    caught_by: str


REGISTER = "depositary/register/"
STAFF = "depositary/web/staff/"
MAIL = "depositary/correspondence/mail/"
CIRCULATION = "depositary/correspondence/circulation/"
AUTHORITIES = "depositary/authorities/"

BREAKAGES = (
    # What a browser may send to the desk
    Breakage(
        "a form needs no token of its session",
        f"{STAFF}access.py",
        'if request.method == "POST" and not hmac.compare_digest(',
        'if request.method == "NEVER" and not hmac.compare_digest(',
        "tests/staff",
        "test_nothing_is_done_but_from_the_desk_s_own_forms",
    ),
    Breakage(
        "a form may come from another site",
        f"{STAFF}origin.py",
        "if not same or (",
        "if False and (",
        "tests/staff",
        "test_nothing_is_done_but_from_the_desk_s_own_forms",
    ),
    Breakage(
        "the desk answers under every name",
        f"{STAFF}origin.py",
        'Headers(scope=scope).get("host", "") not in hosts',
        "not hosts",
        "tests/staff",
        "test_it_answers_under_its_own_name_only",
    ),
    Breakage(
        "no right is asked for",
        f"{STAFF}access.py",
        "if right is not None and not signed_in.account.may(right):",
        "if right is not None and not signed_in.account:",
        "tests/staff",
        "test_every_route_by_every_role_and_by_no_one",
    ),
    Breakage(
        "what is binding asks for no factor again",
        f"{STAFF}access.py",
        "if binding and not signed_in.is_fresh(at):",
        "if False:",
        "tests/staff",
        "test_what_is_binding_asks_again",
    ),
    Breakage(
        "a field may be sent twice",
        f"{STAFF}access.py",
        "elif name in fields or not is_storable(value):",
        "elif not is_storable(value):",
        "tests/staff",
        "test_a_field_twice_is_refused",
    ),
    Breakage(
        "signing in leads anywhere",
        f"{STAFF}access.py",
        "return then if plain and inside and len(query) <= LONGEST_QUERY else",
        "return then if then else",
        "tests/staff",
        "test_after_signing_in_a_person_stays_at_the_desk",
    ),
    # Sessions and accounts
    Breakage(
        "a session never ends by itself",
        "depositary/desk/sessions.py",
        "if row.seen_at < instant(at - IDLE) or row.begun_at < instant(at - OVERALL):",
        "if not row.seen_at:",
        "tests/staff",
        "test_idle_and_overall",
    ),
    Breakage(
        "signing out ends nothing",
        "depositary/desk/sessions.py",
        "if row is not None and row.account == doing.by and not row.ended_at:",
        "if row is None:",
        "tests/staff",
        "test_signed_out_is_signed_out",
    ),
    Breakage(
        "a code of the second factor works twice",
        "depositary/desk/accounts.py",
        "if step <= row.last_step:",
        "if step < 0:",
        "tests/staff",
        "test_a_code_works_once",
    ),
    Breakage(
        "an invitation does not expire",
        "depositary/desk/accounts.py",
        "if row is None or row.used_at or row.expires_at < instant(at):",
        "if row is None or row.used_at:",
        "tests/staff",
        "test_an_invitation_expires",
    ),
    Breakage(
        "an invitation is taken up twice",
        "depositary/desk/accounts.py",
        "        used.used_at = doing.instant\n",
        "",
        "tests/staff",
        "test_an_invitation_is_taken_up_once",
    ),
    Breakage(
        "any password is allowed",
        "depositary/desk/passwords.py",
        'if found["guesses_log10"] < GUESSES:',
        'if found["guesses_log10"] < 0:',
        "tests/staff",
        "test_a_weak_password_is_refused",
    ),
    Breakage(
        "passwords are hashed too quickly",
        "depositary/desk/passwords.py",
        "PasswordHash((Argon2Hasher(),))",
        "PasswordHash((Argon2Hasher(time_cost=1, memory_cost=1024),))",
        "tests/faults",
        "test_a_password_costs_a_guesser_64_mb",
    ),
    Breakage(
        "tries are not counted",
        f"{STAFF}sign_in.py",
        "if not desk.throttle.allows(address_of(request), name):",
        "if False:",
        "tests/staff",
        "test_tries_are_counted_before_anything_is_hashed",
    ),
    # Two persons
    Breakage(
        "an act is released before its day",
        "depositary/desk/release.py",
        "if any(act.date > clock.day_of(doing.at) for act in now.content.acts):",
        "if not now.content.items:",
        "tests/staff",
        "test_an_act_whose_day_has_not_come_is_not_released",
    ),
    Breakage(
        "the database lets the drafter release",
        f"{REGISTER}migrations/versions/0003_desk.py",
        "WHEN NEW.what = 'released' AND EXISTS ({own})",
        "WHEN NEW.what = 'never' AND EXISTS ({own})",
        "tests/staff",
        "test_the_database_itself_refuses",
    ),
    Breakage(
        "what is released was not what was shown",
        "depositary/desk/release.py",
        "if seen != view_digest(now.last, recording.root):",
        "if not seen:",
        "tests/staff",
        "test_not_what_was_not_shown",
    ),
    Breakage(
        "who proposes an authority approves it",
        f"{AUTHORITIES}proposals.py",
        "    if by == now.proposed_by:",
        "    if not by:",
        "tests/staff",
        "test_nobody_approves_their_own_proposal",
    ),
    Breakage(
        "the old contact is not asked",
        f"{AUTHORITIES}proposals.py",
        "        if not touches_contact(recording.connection, number):\n            _enter",
        "        if True:\n            _enter",
        "tests/staff",
        "test_through_the_old_contact",
    ),
    Breakage(
        "who prepared an edition approves it",
        f"{CIRCULATION}editions.py",
        "doing.by == kept.prepared_by",
        "not doing.by",
        "tests/correspondence/circulation",
        "test_nobody_approves_what_they_prepared",
    ),
    Breakage(
        "one person resolves a letter",
        f"{MAIL}decisions.py",
        "if last.done_by == doing.by:",
        "if not doing.by:",
        "tests/correspondence/circulation",
        "test_r3_unknown_letters_are_resolved_by_two_and_no_edition_closes_before",
    ),
    # The register proves itself
    Breakage(
        "an entry may be changed",
        f"{REGISTER}migrations/versions/0002_proofs.py",
        "BEGIN SELECT RAISE(ABORT, '{table}: what is recorded is never changed'); END",
        "BEGIN SELECT 1; END",
        "tests/register",
        "test_the_database_itself_refuses_to_change_an_entry",
    ),
    Breakage(
        "an entry's content is not verified",
        f"{REGISTER}verification.py",
        "if digest_of(content) != digest:",
        "if not content:",
        "tests/register",
        "test_any_byte_changed_in_any_entry_is_found",
    ),
    Breakage(
        "an entry's place in the chain is not verified",
        f"{REGISTER}verification.py",
        "if framed(number, previous) not in content:",
        "if not content:",
        "tests/register",
        "test_rows_deleted_swapped_inserted_and_dated_back",
    ),
    Breakage(
        "no root of a head is verified",
        f"{REGISTER}verification.py",
        "if roots.get(size) != root:",
        "if not root:",
        "tests/register",
        "test_rows_deleted_swapped_inserted_and_dated_back",
    ),
    Breakage(
        "no signature is verified",
        f"{REGISTER}heads.py",
        "    except (InvalidSignature, ValueError):\n        return False",
        "    except (InvalidSignature, ValueError):\n        return True",
        "tests/register",
        "test_a_key_nobody_vouched_for_is_found",
    ),
    Breakage(
        "entries are added to a register that does not hold",
        "depositary/desk/release.py",
        "    require(store)\n    with store.recording()",
        "    with store.recording()",
        "tests/staff",
        "test_nothing_is_released_into_a_register_that_does_not_hold",
    ),
    Breakage(
        "an act is recorded twice",
        f"{REGISTER}recording.py",
        "    if standing := recording.standing(act):\n        raise",
        "    if False and (standing := recording.standing(act)):\n        raise",
        "tests/register",
        "test_the_same_act_twice_is_refused_with_the_first_entry_shown",
    ),
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
        "        or mission.email != to.email\n",
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
