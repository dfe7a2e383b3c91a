"""Issuing notifications: numbered without gaps, kept as they were issued, and sent to all concerned."""
