"""Pages into HTML: the template of a page is found by the page's own type, and its words by its language."""

import re
from dataclasses import fields
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from depositary.settings import PROJECT
from depositary.web import notification_pages, overview_pages, pages
from depositary.words import Language, language

TEMPLATES = PROJECT / "templates"

HTML = "text/html; charset=utf-8"

Page = (
    pages.StatusPage
    | overview_pages.MissingPage
    | overview_pages.MapPage
    | overview_pages.TimelinePage
    | overview_pages.DifferencePage
    | overview_pages.RelationsPage
    | overview_pages.MatrixPage
    | pages.SearchPage
    | pages.TreatiesPage
    | pages.StatesPage
    | pages.StatePage
    | pages.ParticipantPage
    | pages.ReasonsPage
    | pages.CalculatorPage
    | pages.AlertsPage
    | pages.ApiPage
    | pages.ArticlePage
    | pages.RegisterPage
    | pages.EntryPage
    | notification_pages.NotificationsPage
    | notification_pages.NotificationPage
    | pages.FaultPage
)

TEMPLATE: dict[type[Page], str] = {
    pages.StatusPage: "public/status.html",
    overview_pages.MissingPage: "public/missing.html",
    overview_pages.MapPage: "public/map.html",
    overview_pages.TimelinePage: "public/timeline.html",
    overview_pages.DifferencePage: "public/difference.html",
    overview_pages.RelationsPage: "public/relations.html",
    overview_pages.MatrixPage: "public/matrix.html",
    pages.SearchPage: "public/search.html",
    pages.TreatiesPage: "public/treaties.html",
    pages.StatesPage: "public/states.html",
    pages.StatePage: "public/state.html",
    pages.ParticipantPage: "public/participant.html",
    pages.ReasonsPage: "public/reasons.html",
    pages.ApiPage: "public/api.html",
    pages.AlertsPage: "public/alerts.html",
    pages.CalculatorPage: "public/calculator.html",
    pages.ArticlePage: "public/article.html",
    pages.RegisterPage: "public/register.html",
    pages.EntryPage: "public/entry.html",
    notification_pages.NotificationsPage: "public/notifications.html",
    notification_pages.NotificationPage: "public/notification.html",
    pages.FaultPage: "public/fault.html",
}


_BETWEEN = re.compile(r"(?<=>)[ \n]*\n[ \n]*|\n[ \n]*(?=<)")
"""The lines and spaces by which a template is laid out, which weigh as much as twenty names."""


@cache
def environment(code: str) -> Environment:
    """The templates in a language. Everything that is filled in is escaped, whatever a template is called."""
    words: Language = language(code)
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    catalogue = words.translations
    made.install_gettext_callables(catalogue.gettext, catalogue.ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.filters |= {
        "date": words.date,
        "short_date": words.short_date,
        "instant": words.instant,
        "short_instant": words.short_instant,
        "said": words.said,
        "foreign": words.foreign,
        "listed": words.listed,
        "standing": words.standing,
        "status_of": words.status,
    }
    return made


def html(page: Page) -> bytes:
    """A page as HTML."""
    template = environment(page.frame.language).get_template(TEMPLATE[type(page)])
    shown = {field.name: getattr(page, field.name) for field in fields(page)}
    made = template.render(shown)
    return (made if "<pre" in made else _BETWEEN.sub("\n", made)).encode()
