"""What the made-up shops sell, read from products.csv. Brands are invented."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ercportal.demo.sandbox.catalogue.model import item

if TYPE_CHECKING:
    from ercportal.demo.sandbox.wire import Json


class Product(NamedTuple):
    """One product. The price is in EUR; the picture is named by its object and its colourway."""

    sku: str
    name: str
    brand: str
    price: str
    picture: str
    description: str


def _read_products() -> tuple[Product, ...]:
    with Path(__file__).with_name("products.csv").open(encoding="utf-8", newline="") as table:
        return tuple(Product(**row) for row in csv.DictReader(table))


PRODUCTS = _read_products()

_BY_SKU = {product.sku: product for product in PRODUCTS}


def sold(item_id: str, product_sku: str, quantity: int = 1, **fields: Json) -> dict[str, Json]:
    """An item for that many of the product with this SKU; `fields` add to it or replace what the product says."""
    product = _BY_SKU[product_sku]
    described: dict[str, Json] = {
        "description": product.description,
        "brand": product.brand,
        "image_url": f"/pictures/{product.picture}.svg",
        "quantity": quantity,
        "sku": product.sku,
    }
    return {**item(item_id, product.name, product.price), **described, **fields}
