"""Benchmarks: each beside a reference measured in the same rounds, and judged by the ratio."""
