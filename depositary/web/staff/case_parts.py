"""The parts of the page of a case: its items, its documents, its steps, and the entries that it became."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from depositary import clock
from depositary.authorities.designations import FUNCTIONS as DESIGNATED
from depositary.correspondence.notifications.document import Document as Notification
from depositary.desk.case import STATES, Case
from depositary.desk.case_content import CaseContent, Item
from depositary.desk.preview import irregularities_of
from depositary.law.examination import irregularities
from depositary.treaties.supposition import Comparison
from depositary.web.parts import Link
from depositary.web.staff import case_facts, intake_forms
from depositary.web.staff.authorities.facts import entry_facts, name_of
from depositary.web.staff.authorities.of_case import entry_of, handed_on
from depositary.web.staff.authorities.registers import slug
from depositary.web.staff.cross_references import link_to_entry, notification_lines
from depositary.web.staff.desk import Desk
from depositary.web.staff.intake_kinds import KINDS_OF_ACT
from depositary.web.staff.intake_page import known_entry
from depositary.web.staff.parts import ItemShown, NotificationLine, PreviewLine, StepLine
from depositary.words import Language
from depositary.words.authorities import FUNCTIONS
from depositary.words.authorities import STATES as STATES_OF_PROPOSALS

PAGE = 50
"""How many items of a case a page shows."""


def item_lines(
    desk: Desk,
    words: Language,
    case: Case,
    comparisons: Iterable[Comparison],
    page: str = "",
    *,
    with_contacts: bool = False,
) -> tuple[tuple[ItemShown, ...], tuple[Link, ...]]:
    """The items on one page of a case, and the links to all of its pages, none where one page is enough."""
    items = case.content.items
    wrong = (
        irregularities_by_entry(desk, words, case) if case.entries else irregularities_by_act(desk, words, comparisons)
    )
    places = {place: number for number, place in enumerate(places_of_acts(case.content))}
    chosen, last = chosen_page(case.content, page)
    shown = tuple(
        ItemShown(
            place,
            case_facts.item_line(desk, words, item),
            item.kind,
            item_facts(desk, words, item, with_contacts=with_contacts),
            # A case of an older home may name an entry that is not there: it is shown, so that it can be withdrawn.
            tuple(
                row
                for entry in filter(None, [desk.store.entry(item.target)])
                for row in case_facts.compared(desk, words, entry, item.act)
            )
            if item.target
            else (),
            item.reason,
            item.is_set_aside,
            wrong.get(places.get(place, -1), ()),
        )
        for place, item in enumerate(items, 1)
        if (chosen - 1) * PAGE < place <= chosen * PAGE
    )
    pages = range(1, last + 1) if last > 1 else ()
    return shown, tuple(Link(str(number), "" if number == chosen else f"?page={number}") for number in pages)


def chosen_page(content: CaseContent, page: str) -> tuple[int, int]:
    """The page that was asked for, the first where there is none such, and the last."""
    last = max(1, -(-len(content.items) // PAGE))
    return (int(page) if page.isascii() and page.isdigit() and 0 < int(page) <= last else 1), last


def of_page(notifications: tuple[Notification, ...], content: CaseContent, page: str) -> tuple[Notification, ...]:
    """The notifications on one page of a case; the last page has all that are left."""
    chosen, last = chosen_page(content, page)
    return notifications[(chosen - 1) * PAGE : None if chosen == last else chosen * PAGE]


def places_of_acts(content: CaseContent) -> Iterator[int]:
    """The places, from 1, of the items whose acts are examined, in the order of `CaseContent.acts`."""
    return (place for place, item in enumerate(content.items, 1) if item.act and not item.is_set_aside)


def irregularities_by_act(
    desk: Desk, words: Language, comparisons: Iterable[Comparison]
) -> dict[int, tuple[PreviewLine, ...]]:
    """What is wrong with each act of a case, by its place among them, from 0."""
    found = defaultdict[int, list[PreviewLine]](list)
    for comparison in comparisons:
        numbers = {id(act): number for number, act in enumerate(comparison.added)}
        for irregularity in irregularities_of([comparison], clock.today()):
            line = words.irregularity(irregularity, desk.collection.participants)
            found[numbers[id(irregularity.act)]].append(PreviewLine(line, irregularity.severity))
    return {number: tuple(lines) for number, lines in found.items()}


def irregularities_by_entry(desk: Desk, words: Language, case: Case) -> dict[int, tuple[PreviewLine, ...]]:
    """What is irregular in the register of the acts that a case recorded, by their place among them, from 0."""
    recorded = [number for number, item in zip(case.entries, case.content.to_record, strict=False) if item.act]
    places = {} if case.content.is_file else {number: place for place, number in enumerate(recorded)}
    found = defaultdict[int, list[PreviewLine]](list)
    for treaty in dict.fromkeys(act.treaty for act in case.content.acts if places):
        for irregularity in irregularities(desk.effects(treaty, clock.today())):
            if irregularity.act.number in places:
                line = words.irregularity(irregularity, desk.collection.participants)
                found[places[irregularity.act.number]].append(PreviewLine(line, irregularity.severity))
    return {place: tuple(lines) for place, lines in found.items()}


def item_facts(desk: Desk, words: Language, item: Item, *, with_contacts: bool) -> tuple[tuple[str, str], ...]:
    """What an item says, field by field; the data of an authority only for those who draft, release or keep them."""
    if item.act:
        return tuple(case_facts.act_facts(desk, words, item.act))
    if item.designation and with_contacts and desk.contacts:
        return tuple((fact.label, fact.value) for fact in entry_facts(words, entry_of(desk, item.designation)))
    return ()


def designations(desk: Desk, words: Language, case: Case) -> tuple[Link, ...]:
    """Where the designations of a case stand with the contacts officers."""
    return tuple(
        Link(
            f"{words.gettext(FUNCTIONS[designated.function])}: {words.gettext(STATES_OF_PROPOSALS[proposal.state])}",
            f"/staff/contacts/proposals/{proposal.number}",
        )
        for designated, proposal in zip(case.content.designations, handed_on(desk, case), strict=False)
    )


def forms_of_designations(desk: Desk, words: Language, case: Case) -> tuple[Link, ...]:
    """The forms by which a participant's designation of an authority is added to a case; of several, by name."""
    codes = case.content.participants
    return tuple(
        Link(
            f"{name_of(desk, words, code)}: {function_words}" if len(codes) > 1 else function_words,
            f"/staff/cases/{case.number}/designations/{slug(function)}?participant={code}",
        )
        for code in codes
        for function in DESIGNATED
        for function_words in (words.gettext(FUNCTIONS[function]),)
    )


def documents(words: Language, content: CaseContent) -> tuple[Link, ...]:
    """The documents of a case, each by its kind."""
    return tuple(case_facts.document_link(words, document) for document in content.documents)


def kinds_of_items(words: Language, case: Case) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    """The forms by which an act is added to a case, by group."""
    return tuple(
        (
            words.gettext(group),
            tuple(
                Link(words.action(action), f"/staff/cases/{case.number}/new/{intake_forms.slug(action)}")
                for action in actions
            ),
        )
        for group, actions in KINDS_OF_ACT
    )


def entry_links(case: Case) -> tuple[Link, ...]:
    """The first entries that a case became."""
    return tuple(link_to_entry(number) for number in case.entries[:PAGE])


def notifications_of(desk: Desk, words: Language, case: Case) -> Iterator[NotificationLine]:
    """The notifications that tell of what a released case recorded, by treaty; the first of a file."""
    by_treaty = defaultdict[str, list[int]](list)
    for number in case.entries[:PAGE]:
        by_treaty[known_entry(desk, number).treaty].append(number)
    for treaty, numbers in by_treaty.items():
        yield from notification_lines(desk, words, treaty, numbers)


def steps(case: Case, words: Language) -> list[StepLine]:
    """What became of a case: its versions and its steps by the time of each."""
    lines = []
    for version in case.versions:
        what = words.gettext("version %(number)d", number=version.number)
        lines.append((version.saved_at, StepLine(what, version.saved_by, words.stored_instant(version.saved_at), "")))
    lines += [
        (
            step.done_at,
            StepLine(words.said(STATES[step.what]), step.done_by, words.stored_instant(step.done_at), step.reason),
        )
        for step in case.steps
    ]
    return [line for _, line in sorted(lines, key=lambda pair: pair[0])]
