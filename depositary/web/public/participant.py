"""The page of a participant under a treaty: its standing, its acts, and the reasons of its dates."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace

from depositary.law import reasons
from depositary.law.examination import irregularities
from depositary.law.findings import Finding
from depositary.law.grounds import of_a_signatory
from depositary.web.addresses import Addresses
from depositary.web.parts import Reason
from depositary.web.public.pages import ParticipantPage
from depositary.web.public.parts import ActRow
from depositary.web.public.table import ENDS
from depositary.web.query import Unanswerable
from depositary.web.view import View


def participant_page(view: View, code: str) -> ParticipantPage:
    """One participant under the treaty. Raises Unanswerable for a code that is nobody's."""
    if code not in view.participants:
        raise Unanswerable(404, "no-such-participant", code[:40])
    effects, name = view.effects, view.name(code)
    standing = standing_of(view, code)
    amendments = [
        view.reason(
            reasons.amendment_for(effects, amendment, code), page=view.addresses.reasons(f"amendment:{amendment}", code)
        )
        for amendment in effects.history.amendments
        if code in effects.codes
    ]
    known = code in effects.codes
    return ParticipantPage(
        frame=view.frame(view.treaty),
        name=name,
        formal=view.participants[code].name_on(view.on).formal,
        treaty=view.treaty,
        everywhere=Addresses.state(view.words.code, code, view.asked.query),
        standing=view.sentence(standing) if known else view.words.no_act(name),
        complete_as_of=view.complete_as_of,
        why=(*why(view, standing, code), *prospects(view, standing, code), *amendments),
        acts=acts(view, code),
    )


def standing_of(view: View, code: str) -> Finding:
    """Where a participant stands on the day; the finding names it, also where no act has effect."""
    return replace(reasons.standing(view.effects, code, view.on), facts={"participant": code})


def why(view: View, standing: Finding, code: str) -> tuple[Reason, ...]:
    """The reasons of a standing. Each date of effect has an anchor to cite, and a page of its own."""
    seen: Counter[str] = Counter()
    why_in_words, begun = [], 0
    for finding in standing.because:
        ends = finding.about in ENDS
        if not ends and not begins(finding):
            why_in_words.append(view.reason(finding))
            continue
        place = "end" if ends else "entry-into-force"
        seen[place] += 1
        begun += not ends
        concerns = ("ceases" if ends else "entry_into_force") + (f" ({begun})" if begun > 1 else "")
        anchor = place + (f"-{seen[place]}" if seen[place] > 1 else "")
        why_in_words.append(view.reason(finding, anchor, page=view.addresses.reasons(concerns, code)))
    return tuple(why_in_words)


def begins(finding: Finding) -> bool:
    """Whether a finding tells from when the treaty is in force for a participant, or that it is not yet."""
    return finding.about == "contracting" or finding.about.startswith("entry-into-force-")


def prospects(view: View, standing: Finding, code: str) -> Iterator[Reason]:
    """What one that has only signed owes, and what would follow if it deposited on the day."""
    if standing.value == "signatory":
        for finding in of_a_signatory(view.effects, code, view.on):
            yield view.reason(finding)


def acts(view: View, code: str) -> tuple[ActRow, ...]:
    """All its acts in the order of time, with what is irregular about each."""
    refused, warned = defaultdict(list), defaultdict(list)
    for irregularity in irregularities(view.effects):
        if irregularity.severity == "refused":
            refused[id(irregularity.act)].append(view.words.irregularity(irregularity, view.participants))
        else:
            warned[id(irregularity.act)].append(view.words.irregularity_label(irregularity.code))
    own = [act for act in view.effects.case.acts if act.participant == code]
    return tuple(
        ActRow(
            view.words.act(act),
            act.date,
            view.words.place(act.place),
            act.text,
            view.entry(act),
            tuple(refused[id(act)]),
            tuple(warned[id(act)]),
        )
        for act in sorted(own, key=lambda act: act.order)
    )
