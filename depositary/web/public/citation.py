"""What a printed page is cited by: a code that a telephone reads, which leads to the page as it was printed."""

from dataclasses import replace
from io import BytesIO

import segno

from depositary.web.view import View


def cited_address(view: View) -> str:
    """The permanent address of the status of a treaty, as its page cites it: of all its participants, by name."""
    page = replace(view.opened(), path=view.addresses.status.partition("?")[0])
    return page.frame().permanent


def code_of_citation(view: View) -> bytes:
    """The permanent address of a status page as a QR code (ISO/IEC 18004), drawn in black on white."""
    drawn = BytesIO()
    segno.make(cited_address(view), micro=False).save(drawn, kind="svg", xmldecl=False, light="#fff", omitsize=True)
    return drawn.getvalue()
