"""An order as one line of a list, from which an agent goes on to its items."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from orders.erc.orders import Order
from orders.erc.query import is_usable_id
from orders.presenters.dates import DateText
from orders.presenters.links import picture_address, start_link
from orders.presenters.order_facts import Line, final_total, purchase, short, status_lines
from orders.presenters.quantities import say_count
from orders.presenters.text import clean


class OrderRowView(NamedTuple):
    """An order for its line. `link` leads to its items, and is empty where nobody may follow it.

    `number` is the id where the API gives no number. All others are empty or None where they are not known.
    """

    id: str
    number: str
    link: str
    placed: DateText | None
    age: str
    items: str
    total: str
    statuses: tuple[Line, ...]
    picture: str


def order_row(order: Order, address: str, now: datetime, *, customer_id: str | None = None) -> OrderRowView:
    """Make the line of an order; its link leads to the items at the surface's `address`.

    Nothing links to an order without a customer's id, because its items cannot be asked for, nor in the list of
    `customer_id` to one that names somebody else: shops mix the fields up, and the link would lead to a stranger.
    """
    extra, bought = order.order_extra_info, purchase(order, now)
    count = order.items_number
    return OrderRowView(
        id=clean(order.id),
        number=short(order.order_number) or clean(order.id),
        link=_link(order, address) if customer_id in (None, order.customer_id) else "",
        placed=bought.day,
        age=bought.age,
        items="" if count is None else say_count("%(count)s item", "%(count)s items", count),
        total=final_total(order),
        statuses=status_lines(order),
        picture=picture_address(extra.highlighted_item_image_url) if extra else "",
    )


def _link(order: Order, address: str) -> str:
    if not order.customer_id or not is_usable_id(order.customer_id) or not is_usable_id(order.id):
        return ""
    return start_link(address, order.customer_id, order.id)
