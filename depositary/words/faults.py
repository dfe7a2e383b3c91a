"""Why a page cannot be shown, one sentence for each cause."""

from depositary.words.labels import N_

FAULTS: dict[str, str] = {
    "no-such-page": N_("There is no page at this address."),
    "no-such-language": N_("There is no page in the language “%(asked)s”."),
    "not-adopted": N_("The treaty did not exist on that day: it was adopted on %(asked)s."),
    "no-such-treaty": N_("There is no treaty %(asked)s here."),
    "no-such-participant": N_("There is no State or organization with the code %(asked)s."),
    "no-such-article": N_("The text of article %(asked)s is not here."),
    "no-such-date": N_("No date follows, so there are no reasons to give."),
    "nothing-to-calculate": N_("The clauses of this treaty have no rule on entry into force that could be calculated."),
    "no-majority": N_("The clauses of this treaty set no majority by which the Conference votes."),
    "not-a-number": N_("“%(asked)s” is not a number of votes; give digits, as 41."),
    "one-with-itself": N_("A participant is not bound to itself; two different ones are needed."),
    "represented-twice": N_("Two of the organizations chosen have a member in common; a State is represented once."),
    "nothing-asked": N_(
        "The address contains no hypothetical deposit, so there is no date. Begin with the calculator."
    ),
    "no-such-cursor": N_("No page begins at “%(asked)s”. Begin again with the first page."),
    "bad-question": N_("The question is not as the description of this address says; see what is wrong in each place."),
    "too-many-calls": N_("Too many calls came from your network; try again in %(asked)s seconds."),
    "no-such-entry": N_("The register of this treaty, as it was known then, has no entry %(asked)s."),
    "no-such-notification": N_("No notification %(asked)s has been issued here, as far as was known then."),
    "no-head": N_("The register is empty, or proves nothing here: it has no signed head."),
    "bad-date": N_(
        "“%(asked)s” is not a valid date. Use YYYY-MM-DD, for example 2027-03-01, between the years 1800 and 2999."
    ),
    "bad-day-number": N_(
        "“%(asked)s” is not a valid day number. Use the number of days since 1 January 1970, for example 20880, "
        "between the years 1800 and 2999."
    ),
    "bad-instant": N_(
        "“%(asked)s” is not a valid date and time. Give the time zone too, for example 2027-03-01T09:30:00-05:00, "
        "between the years 1900 and 2999."
    ),
    "instant-to-come": N_("What the register will hold at %(asked)s is not known yet; give a moment that has passed."),
    "wrong-order": N_("%(asked)s is later than the day with which it is compared. Exchange the two dates."),
    "too-long": N_("The text to search for is too long; at most %(asked)s characters are allowed."),
    "not-among": N_("“%(asked)s” is not one of the choices; choose from the lists on the page."),
    "asked-twice": N_("The address contains “%(asked)s” more than once; give it once."),
    "method": N_("This address is read-only."),
    "too-large": N_("This form is larger than what may be sent here."),
    "bad-form": N_("What was sent does not match the form on this page; fill in the form again."),
    "too-often": N_("Too many requests came from your network; try again in an hour."),
    "unavailable": N_("The register cannot be read at this moment; nothing in it has changed. Try again in a minute."),
    "failure": N_("An error occurred on our side; nothing in the register has changed."),
}
