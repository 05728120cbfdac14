"""What the made-up shops sell, read from products.csv. Brands are invented."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ercportal.demo.sandbox.catalogue.model import item
from ercportal.demo.sandbox.catalogue.tables import read_table

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


PRODUCTS = tuple(Product(**row) for row in read_table("products.csv"))

_BY_SKU = {product.sku: product for product in PRODUCTS}

PRICES = {product.sku: product.price for product in PRODUCTS}
"""Each product's price in EUR, by SKU."""


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
