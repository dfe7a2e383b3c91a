"""Breakages of the register: its proofs, the journal and the grants."""

from tests.faults.breakage import Breakage

REGISTER = "depositary/register/"

REGISTER_AND_JOURNAL = (
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
        "if roots.get(size) != head.root:",
        "if not head.root:",
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
    # The journal and the grants
    Breakage(
        "a row that the program did not write is not missed",
        f"{REGISTER}journal_check.py",
        "for table, key in rows\n",
        "for table, key in ()\n",
        "tests/faults",
        "test_what_the_program_did_not_write_has_no_line",
    ),
    Breakage(
        "a line of the journal is not compared with its row",
        f"{REGISTER}journal_check.py",
        "elif digest != line_digest(number, previous, of_table, key, row):",
        "elif not digest:",
        "tests/faults",
        "test_what_was_changed_is_named",
    ),
    Breakage(
        "a head does not name the journal",
        f"{REGISTER}journal_check.py",
        "if line < max(least, 1) and size > max(without, default=0):",
        "if False:",
        "tests/faults",
        "test_a_journal_cut_behind_a_head_is_found_although_all_signatures_hold",
    ),
    Breakage(
        "the registers of authorities are not anchored",
        f"{REGISTER}anchors.py",
        "if lines.get(digest) != size:",
        "if not digest:",
        "tests/faults",
        "test_the_last_rows_with_their_lines_are_missed_by_the_anchor",
    ),
    Breakage(
        "the database lets one person give a role",
        f"{REGISTER}migrations/versions/0013_grants.py",
        "for table, name, when, wrong, said in RULES:",
        "for table, name, when, wrong, said in ():",
        "tests/staff",
        "test_the_database_gives_no_role_alone",
    ),
)
