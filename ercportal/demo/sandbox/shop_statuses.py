"""Statuses as the provider's side sends them: there they are no enum, and each shop has its own spelling."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ercportal.demo.sandbox.wire import Json


def with_shop_statuses(item: Json) -> Json:
    """The item with its statuses in lower case and with hyphens (`in-transit`); what is no item, as it is."""
    deliveries = item.get("deliveries") if isinstance(item, Mapping) else None
    if not isinstance(item, Mapping) or not isinstance(deliveries, list):
        return item
    return {**item, "deliveries": list(map(_delivery, deliveries))}


def _delivery(delivery: Json) -> Json:
    info = delivery.get("latest_status_info") if isinstance(delivery, Mapping) else None
    status = info.get("type") if isinstance(info, Mapping) else None
    if not (isinstance(delivery, Mapping) and isinstance(info, Mapping) and isinstance(status, str)):
        return delivery
    return {**delivery, "latest_status_info": {**info, "type": status.lower().replace("_", "-")}}
