"""The customers who call in the demo; their orders are the sandbox's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Caller(NamedTuple):
    """Someone on the line: what the desktop shows of them, and the claims by which it launches the panel."""

    name: str
    words: str
    claims: Mapping[str, str]


def _order(customer_id: str, order_id: str) -> Mapping[str, str]:
    return {"customer_id": customer_id, "order_id": order_id}


CALLERS = (
    Caller("Amal Haddad", "“Where is my order?”", _order("C-1001", "A-20731")),
    Caller("Bo Lindqvist", "“Only one of my three parcels came.”", _order("C-1001", "A-20758")),
    Caller("Chidi Okafor", "“I ordered for our whole office.”", _order("C-1002", "A-20810")),
    Caller("Dora Keller", "“What happened to each of these?”", _order("C-1002", "A-20822")),
    Caller("Emi Tanaka", "Has not said which order yet", {"customer_id": "C-1003"}),
    Caller(
        "Margarida Sousa", "Has signed in with her e-mail address", {"email": "margarida.sousa@correio.example"}
    ),
    Caller("Lena Brandt", "Calls from a telephone that two share", {"phone": "+49 30 23125001"}),
    Caller("João Gonçalves", "Has typed in an order number", {"order_number": "#Y34DHR"}),
    Caller("Unknown", "Calls from a number that nobody knows", {"phone": "+49 30 55550199"}),
    Caller("Farid Nazari", "“The order I gave you must be right!”", _order("C-FAULTS", "F-404")),
    Caller("Gwen Price", "Calls while the order system is slow", _order("C-FAULTS", "F-slow")),
)


def caller(name: str) -> Caller:
    """The caller of this name. Raises StopIteration where there is none."""
    return next(one for one in CALLERS if one.name == name)
