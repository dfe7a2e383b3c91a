"""Why a page cannot be shown, one sentence for each cause."""

from depositary.words.labels import N_

FAULTS: dict[str, str] = {
    "no-such-page": N_("There is no page at this address."),
    "no-such-language": N_("There is no page in the language “%(asked)s”."),
    "no-such-treaty": N_("There is no treaty %(asked)s here."),
    "no-such-participant": N_("There is no State or organization with the code %(asked)s."),
    "no-such-article": N_("The text of article %(asked)s is not here."),
    "no-such-date": N_("No date follows of which this page could give the reasons."),
    "nothing-to-calculate": N_("The clauses of this treaty have no rule on entry into force that could be calculated."),
    "nothing-asked": N_("Nothing is supposed here, so there is no date; ask the calculator first."),
    "no-such-entry": N_("The register of this treaty, as it was known then, has no entry %(asked)s."),
    "no-such-notification": N_("No notification %(asked)s has been issued here, as far as was known then."),
    "no-head": N_("The register is empty, or proves nothing here: it has no signed head."),
    "bad-date": N_("“%(asked)s” is no date here; write it as 2027-03-01, between the years 1800 and 2999."),
    "bad-day-number": N_(
        "“%(asked)s” is no number of a day here; write how many days it lies after 1 January 1970, as 20880, "
        "between the years 1800 and 2999."
    ),
    "bad-instant": N_(
        "“%(asked)s” is no instant here; write it with its offset, as 2027-03-01T09:30:00-05:00, "
        "between the years 1900 and 2999."
    ),
    "wrong-order": N_("%(asked)s lies after the day it is compared with; exchange the two."),
    "too-long": N_("The text to search for is too long; at most %(asked)s characters are allowed."),
    "not-among": N_("“%(asked)s” is not among what may be asked for here; choose from the lists of the page."),
    "asked-twice": N_("The address asks for “%(asked)s” more than once; ask for it once."),
    "method": N_("This address can only be read."),
    "too-large": N_("This form is larger than what may be sent here."),
    "bad-form": N_("What was sent is no form of this page; fill the form in again."),
    "too-often": N_("Too much was asked for from your network; try again in an hour."),
    "unavailable": N_("The register cannot be read at this moment; nothing in it has changed. Try again in a minute."),
    "failure": N_("Something went wrong on our side; nothing in the register has changed."),
}
