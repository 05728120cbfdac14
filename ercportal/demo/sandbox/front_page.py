"""The page at `/`: what this server is, and which orders are worth trying."""

from __future__ import annotations

from ercportal.demo.sandbox.catalogue import SHOWCASE
from ercportal.demo.sandbox.clients import CLIENT_ID, KEY_CLIENT_ID
from ercportal.demo.sandbox.token_endpoint import TOKEN_PATH
from ercportal.demo.sandbox.wire import Answer, text_answer


def front_page(base_url: str) -> Answer:
    """The page as plain text. `base_url` is this server as the reader addressed it."""
    lines = [
        "Sandbox of the ERC e-commerce order items API",
        "",
        "It answers like the API, with made-up customers and orders. Nothing here is real.",
        "",
        f"Tokens:  POST {base_url}{TOKEN_PATH}",
        f"Items:   GET {base_url}/erc/ecommerce/customers/{{customer_id}}/orders/{{order_id}}/items",
        f"Clients: {CLIENT_ID} (Basic), {KEY_CLIENT_ID} (private_key_jwt)",
        "",
        "Orders worth trying",
        "",
        *_showcase_lines(is_fault=False),
        "",
        "Orders that misbehave on purpose",
        "",
        *_showcase_lines(is_fault=True),
        "",
    ]
    return text_answer(200, "\n".join(lines), "text/plain")


def _showcase_lines(*, is_fault: bool) -> list[str]:
    return [
        f"  {entry.customer_id:<12} {entry.order_id:<22} {entry.title}. {entry.about}"
        for entry in SHOWCASE
        if entry.is_fault == is_fault
    ]
