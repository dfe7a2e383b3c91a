"""Depositary notifications: which of them follow from an entry, their documents, their issue, and their archive."""
