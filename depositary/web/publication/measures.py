"""The measures of the public process, and whether it is ready."""

import time
from collections.abc import Iterator

from prometheus_client import Metric
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily

from depositary.register.store import Store
from depositary.web.publication.publication import Publication
from depositary.web.publication.render_time import RENDERING
from depositary.web.publication.server import PublishedSite
from depositary.web.watch import Watch, asked


def watch_of(site: PublishedSite, store: Store) -> Watch:
    """The watch of a published site and its register."""
    publication = site.publication
    return Watch(lambda: _faults(publication, store), lambda: _measured(site, store))


def _faults(publication: Publication, store: Store) -> Iterator[str]:
    if publication.alarm:
        since, size = publication.alarm.since, publication.alarm.size
        yield f"The site stays as at entry {size} since {since}: {publication.alarm.reason}"
    yield from asked(store.require_revision)


def _measured(site: PublishedSite, store: Store) -> Iterator[Metric]:
    shown, alarm = site.publication.current, float(site.publication.alarm is not None)
    up = not list(asked(store.require_revision))
    yield GaugeMetricFamily("depositary_database_up", "Whether the database answers as it should.", float(up))
    if up:
        yield GaugeMetricFamily("depositary_entries", "The entries under the last signed head.", store.size())
    yield GaugeMetricFamily("depositary_edition_entries", "The entries of the edition that is shown.", shown.size)
    age = time.time() - shown.made_at
    yield GaugeMetricFamily("depositary_edition_age_seconds", "How long ago the edition shown was made.", age)
    yield GaugeMetricFamily(
        "depositary_alarm", "Whether the site stays as it was because of a fault.", float(bool(alarm))
    )
    yield GaugeMetricFamily("depositary_pages", "The pages of the edition shown that are in memory.", len(shown.pages))
    requests = CounterMetricFamily("depositary_requests", "The requests answered, by how.", labels=["answered"])
    for how, number in site.answered.items():
        requests.add_metric([how], number)
    yield requests
    yield from RENDERING.collect()
