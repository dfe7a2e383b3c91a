"""Forms that were answered a moment ago: a second click is led where the first one was, and does nothing more.

It is for what shows something once, as the link of an invitation: the second request would find it done, and not know
the link.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from threading import Lock

from starlette.responses import Response

from depositary.web.staff.access import Actor

LASTS = timedelta(minutes=1)


@dataclass
class AnsweredForms:
    """Where the forms of the last minute led."""

    _led: dict[str, tuple[datetime, str]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def once(self, actor: Actor, carry_out: Callable[[], Response], lead: Callable[[str], Response]) -> Response:
        """The answer to a form, carried out once; `lead` answers with the address to which the first click led."""
        at, fields = actor.doing.at, sorted(actor.form.fields.items())
        key = sha256(repr((actor.account.name, actor.path, fields)).encode()).hexdigest()
        with self._lock:
            self._led = {each: led for each, led in self._led.items() if led[0] + LASTS >= at}
            if key in self._led:
                return lead(self._led[key][1])
            response = carry_out()
            if location := response.headers.get("location"):
                self._led[key] = (at, location)
        return response

    def forget(self) -> None:
        """Forgets where forms led, as after a minute."""
        with self._lock:
            self._led = {}
