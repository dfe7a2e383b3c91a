"""What a watcher is told of a process: at /readyz whether it is ready, at /metrics its measures for Prometheus.

A proxy passes neither on to the public (deploy/nginx.conf). Nothing here names a person.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Metric, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from depositary.web.security import HEADERS
from depositary.words.templates import TEMPLATES

PATIENCE = 5.0
"""How many seconds a watcher waits for an answer of the database."""

Faults = Callable[[], Iterable[str]]
"""Says why a process is not ready: a sentence for each fault."""


@dataclass(frozen=True)
class Watch:
    """Answers a watcher. `faults` and `measured` may ask the database, so they run in a thread."""

    faults: Faults
    measured: Callable[[], Iterable[Metric]]

    def answers(self, scope: Scope) -> bool:
        """Whether a request is a watcher's."""
        return scope["type"] == "http" and scope["path"] in ("/readyz", "/metrics") and scope["method"] == "GET"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        told = self._ready if scope["path"] == "/readyz" else self._metrics
        try:
            response = await asyncio.wait_for(asyncio.to_thread(told), PATIENCE)
        except TimeoutError:
            response = PlainTextResponse(f"The database has not answered for {PATIENCE:.0f} seconds.\n", 503)
        response.headers.update({**HEADERS, "Cache-Control": "no-store"})
        await response(scope, receive, send)

    def _ready(self) -> Response:
        faults = [*self.faults(), *lacking()]
        return PlainTextResponse("".join(f"{fault}\n" for fault in faults) or "ready\n", 503 if faults else 200)

    def _metrics(self) -> Response:
        registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        registry.register(_Measured(self.measured))
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)


class _Measured(Collector):
    def __init__(self, measured: Callable[[], Iterable[Metric]]) -> None:
        self._measured = measured

    def collect(self) -> Iterable[Metric]:
        return self._measured()

    def describe(self) -> Iterable[Metric]:
        return ()


def watched(app: ASGIApp, watch: Watch) -> ASGIApp:
    """An application with its watch before it."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        await (watch if watch.answers(scope) else app)(scope, receive, send)

    return answer


def asked(check: Callable[[], object]) -> Iterator[str]:
    """The sentence of a check that fails, if it does."""
    try:
        check()
    except Exception as fault:  # whatever it is: the process is not ready
        yield str(fault).partition("\n")[0]


def lacking() -> Iterator[str]:
    """What the installation lacks of its templates."""
    for part in ("public", "staff", "pdf"):
        if not (TEMPLATES / part).is_dir():
            yield f"The templates {TEMPLATES / part} are not there."
