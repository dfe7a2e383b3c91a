"""Depositary notifications: which follow from an entry, and their documents. Pure; `issuing` numbers and keeps them."""
