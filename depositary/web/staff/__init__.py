"""The secretariat's desk as a site of its own: its own process, host and cookie."""
