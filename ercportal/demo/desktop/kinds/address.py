"""A desktop that can only open an address with variables in its query."""

from __future__ import annotations

from typing import Any

from ercportal.demo.desktop.kinds.kind import Asked, Reply, page, script


class AddressDesktop:
    """It makes a frame for each contact, as such desktops do."""

    name = "address"
    slug = "demo-address"

    def registration(self, origin: str) -> dict[str, Any]:
        """The desktop as the portal's EMBED_HOSTS lists it."""
        return {
            "slug": self.slug,
            "kind": self.name,
            "name": "Demo desktop with an address",
            "origins": [origin],
            "customer_from": ["query.customer"],
            "order_from": ["query.order"],
            "phone_from": ["query.phone"],
        }

    def respond(self, asked: Asked, *, origin: str, portal: str) -> Reply | None:  # noqa: ARG002 - it needs no origin
        """Respond with its page, or the page's script."""
        if asked.path == "":
            return page("address.html", panel=f"{portal}/embed/{self.slug}/")
        return script("address.js") if asked.path == "address.js" else None
