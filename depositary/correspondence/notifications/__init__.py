"""Depositary notifications: which follow from an entry, their documents, their issue, and their archive."""
