"""The briefing of a State as PDF: what it has done, when it is bound, and what it sends with its instrument."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from depositary.web.addresses import Addresses
from depositary.web.cache_control import tagged_response
from depositary.web.public.deposit import deposit
from depositary.web.public.parts import Deposit, Document
from depositary.web.query import Unanswerable
from depositary.web.responses import read_only, site_of, view_of
from depositary.web.view import View
from depositary.words import Language
from depositary.words.pdf import document


def routes() -> APIRouter:
    """The address of the briefing."""
    router = APIRouter()
    page = read_only(router)

    @page("/{lang}/participants/{code}/briefing.pdf")
    def briefing(request: Request, lang: str, code: str) -> Response:
        view = view_of(request, lang, site_of(request).collection.leading)
        if code not in view.participants:
            raise Unanswerable(404, "no-such-participant", code[:40])
        if view.clauses.adopted and view.on < view.clauses.adopted:
            raise Unanswerable(404, "not-adopted", view.words.date(view.clauses.adopted))
        response = tagged_response(request, briefing_pdf(view, deposit(view, code)), "application/pdf")
        response.headers["Content-Disposition"] = f'inline; filename="{code}-{lang}.pdf"'
        return response

    return router


def briefing_pdf(view: View, steps: Deposit) -> bytes:
    """The steps of a State on one page."""
    say, words = view.words.gettext, view.words
    rows = [
        [words.date(one.by), words.date(one.threshold_by) if one.threshold_by else "", words.date(one.deposit_by)]
        for one in steps.deadlines
    ]
    lines = [line for line in (steps.sentence, *steps.follows, view.as_of_sentence) if line]
    return document(
        "briefing",
        {
            "language": words.code,
            "title": f"{steps.name}: {steps.treaty.words}",
            "subtitle": words.date(view.on),
            "day": [view.on.year, view.on.month, view.on.day],
            "labels": {
                "acts": say("Acts"),
                "effect": say("What follows"),
                "beside": say("The last day to deposit"),
                "what": say("To be bound by"),
                "before": say("%(number)s instruments are deposited by", number=steps.required),
                "after": say("%(name)s deposits by", name=steps.name),
                "documents": say("What to send with the instrument"),
                "afterwards": say("What else a party tells the depositary"),
            },
            "acts": [act.words for act in steps.acts],
            "effect": [{"sentence": line, "weight": ""} for line in lines],
            "rows": rows,
            "documents": [in_a_line(words, one) for one in steps.documents],
            "afterwards": [in_a_line(words, one) for one in steps.afterwards],
            "foot": view.site.base_url + Addresses.state(words.code, steps.code, view.asked.query),
        },
    )


def in_a_line(words: Language, sent: Document) -> str:
    """A document to send, with the provisions that speak of it."""
    provisions = words.listed(provision.words for provision in sent.provisions)
    return " · ".join(part for part in (sent.what, provisions) if part)
