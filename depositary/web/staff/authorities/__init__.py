"""The registers of authorities at the desk."""
