"""Alerts by e-mail: a store of requests, to which the public process adds, and the job that tells what happened."""
