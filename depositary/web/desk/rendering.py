"""Pages of the desk into HTML."""

from dataclasses import fields
from typing import Any

from starlette.responses import HTMLResponse

from depositary.web.desk import circulation_pages, pages
from depositary.web.desk import notification_pages as notifications
from depositary.web.desk.contacts import pages as contacts
from depositary.web.rendering import environment

TEMPLATE: dict[type[Any], str] = {
    circulation_pages.CirculationPage: "staff/circulation.html",
    circulation_pages.EditionPage: "staff/edition.html",
    pages.SignInPage: "staff/sign_in.html",
    pages.ContinuePage: "staff/continue.html",
    pages.InvitationPage: "staff/invitation.html",
    pages.RecoveryPage: "staff/recovery.html",
    pages.WorkPage: "staff/work.html",
    pages.IntakePage: "staff/intake.html",
    pages.PreviewPart: "staff/preview.html",
    pages.OptionsPart: "staff/options.html",
    pages.DraftPage: "staff/draft.html",
    pages.EntriesPage: "staff/entries.html",
    pages.BenchPage: "staff/bench.html",
    pages.ImportPage: "staff/import.html",
    pages.AccountsPage: "staff/accounts.html",
    pages.SelfPage: "staff/self.html",
    pages.AuditPage: "staff/audit.html",
    notifications.NotificationsWorkPage: "staff/notifications.html",
    notifications.IssuePage: "staff/notification.html",
    notifications.IssuedPage: "staff/notification_issued.html",
    notifications.CorrectionPage: "staff/correction.html",
    pages.DeskFaultPage: "staff/fault.html",
    contacts.ContactsPage: "staff/contacts.html",
    contacts.ContactsPart: "staff/contacts_part.html",
    contacts.StateContactsPage: "staff/contacts_of.html",
    contacts.ContactFormPage: "staff/contacts_form.html",
    contacts.ProposalPage: "staff/contacts_proposal.html",
    contacts.ProposalsPage: "staff/contacts_proposals.html",
    contacts.ReplyPage: "staff/contacts_reply.html",
    contacts.BoardPage: "staff/contacts_board.html",
    contacts.OwedPage: "staff/contacts_owed.html",
    contacts.ListsPage: "staff/contacts_lists.html",
    contacts.AskingPage: "staff/contacts_asking.html",
    contacts.AskedPage: "staff/contacts_asked.html",
    contacts.AnsweredPage: "staff/contacts_answered.html",
    contacts.EmergencyPage: "staff/emergency.html",
    contacts.EmergencyPart: "staff/emergency_part.html",
    contacts.EmergencyFile: "staff/emergency_file.html",
}


def answer(page: Any, status: int = 200) -> HTMLResponse:
    """A page as the answer."""
    template = environment(page.frame.language).get_template(TEMPLATE[type(page)])
    return HTMLResponse(template.render({each.name: getattr(page, each.name) for each in fields(page)}), status)
