"""The link and the ids that pasted texts are made of in tests."""

from __future__ import annotations

from orders.lookup.paste import Ids

LINK = "https://portal.example/orders/?customer_id=C-1001&order_id=A-20731"
BOTH = Ids("C-1001", "A-20731")
