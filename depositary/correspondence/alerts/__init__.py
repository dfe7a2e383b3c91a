"""Alerts by e-mail: the public process adds requests to a store, and a job writes to the subscribers what happened."""
