"""How long pages take to be rendered, for Prometheus."""

from prometheus_client import Histogram

RENDERING = Histogram(
    "depositary_render_seconds",
    "How long a page took to be rendered.",
    registry=None,
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
