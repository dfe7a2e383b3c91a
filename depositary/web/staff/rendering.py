"""Pages of the desk into HTML."""

from starlette.responses import HTMLResponse

from depositary.web.rendering import Page, rendered


def answer(page: Page, status: int = 200) -> HTMLResponse:
    """A page as the answer."""
    return HTMLResponse(rendered(page), status)
