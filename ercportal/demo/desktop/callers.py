"""The customers who call in the demo; their orders are the sandbox's."""

from __future__ import annotations

from typing import NamedTuple


class Caller(NamedTuple):
    """Someone on the line: what the desktop shows of them, and what it launches. `order_id` may be empty."""

    name: str
    words: str
    customer_id: str
    order_id: str


CALLERS = (
    Caller("Amal Haddad", "“Where is my order?”", "C-1001", "A-20731"),
    Caller("Bo Lindqvist", "“Only one of my three parcels came.”", "C-1001", "A-20758"),
    Caller("Chidi Okafor", "“I ordered for our whole office.”", "C-1002", "A-20810"),
    Caller("Dora Keller", "“What happened to each of these?”", "C-1002", "A-20822"),
    Caller("Emi Tanaka", "Has not given an order id yet", "C-1003", ""),
    Caller("Farid Nazari", "“The order I gave you must be right!”", "C-FAULTS", "F-404"),
    Caller("Gwen Price", "Calls while the order system is slow", "C-FAULTS", "F-slow"),
)
