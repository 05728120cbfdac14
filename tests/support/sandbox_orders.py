"""The sandbox's order that lists are tried with."""

from __future__ import annotations

LONG_ORDER = ("C-1002", "A-20810")
"""Customer and order of 45 items, of several brands."""
