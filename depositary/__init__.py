"""Depositary: the register of a treaty and the calculator of its legal dates."""

__version__ = "0.1.0"
