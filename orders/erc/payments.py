"""The payment card of an order or a refund, never with its whole number."""

from __future__ import annotations

import msgspec

from orders.erc.card_numbers import card_ending


class PaymentDetails(msgspec.Struct, frozen=True):
    """The card of a payment. Of `card_number` only the last four digits, at most, ever get in."""

    card_brand: str | None = None
    card_brand_image_url: str | None = None
    card_number: str | None = None

    def __post_init__(self) -> None:
        """Cut the number; the struct is frozen for everybody else."""
        msgspec.structs.force_setattr(self, "card_number", card_ending(self.card_number))
