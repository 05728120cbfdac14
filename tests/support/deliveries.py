"""Items with deliveries, and the hour and the rules that these are judged by."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from orders.erc.schema import Delivery, Item, Price, StatusInfo
from orders.erc.timestamps import Timestamp
from orders.lookup.attention import Rules

NOW = datetime(2026, 9, 10, 12, tzinfo=UTC)
RULES = Rules(silent_days=4, waiting_days=5, now=NOW)


def delivery(status: str | None, reached: str | None = None, **fields: Any) -> Delivery:
    for name in ("last_update", "delivery_date_end", "delivery_date_start"):
        if isinstance(fields.get(name), str):
            fields[name] = Timestamp(fields[name])
    info = StatusInfo(status, Timestamp(reached) if reached else None) if status is not None else None
    return Delivery(id="d", latest_status_info=info, **fields)


def item(*deliveries: Delivery, **fields: Any) -> Item:
    return Item(id="i", name="Kettle", price=Price(Decimal(1), "EUR"), deliveries=deliveries, **fields)
