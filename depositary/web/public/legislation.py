"""A treaty as schema.org describes legislation, for search engines."""

from typing import Any

from depositary.web.view import View

CONTEXT = "https://schema.org"


def legislation(view: View) -> dict[str, Any]:
    """A treaty, and whether it is in force on the day."""
    clauses, since = view.clauses, view.effects.in_force_on
    is_in_force = since is not None and since <= view.on
    return {
        "@type": "Legislation",
        "url": view.site.base_url + view.addresses.status,
        "name": view.title,
        "legislationType": "Treaty",
        "legislationIdentifier": clauses.id,
        **({"legislationDate": clauses.adopted.isoformat()} if clauses.adopted else {}),
        **({"legislationDateVersion": since.isoformat()} if since and is_in_force else {}),
        "legislationLegalForce": f"{CONTEXT}/{'InForce' if is_in_force else 'NotInForce'}",
    }
