"""The web: public pages of the register."""

from depositary.web.public import create_app

__all__ = ["create_app"]
