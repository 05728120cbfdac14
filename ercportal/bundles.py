"""What the pages with cards need of style and scripts: one file each in production, else their parts."""

from __future__ import annotations

from functools import cache

from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import static

BUNDLES = {
    "css/page.css": ("css/tokens.css", "css/base.css", "css/cards.css"),
    "js/page.js": (
        "js/portal.js",
        "js/copy.js",
        "js/refresh.js",
        # Behind the refresh, whose word on what is shown it may take back.
        "js/failures.js",
        "js/parcels.js",
        "js/narrow.js",
        "js/keys.js",
    ),
}
"""Their parts, in the order in which they count. Scripts are modules: none sees the names of another."""


def joined(name: str, parts: list[str]) -> str:
    """The text of a bundle."""
    if name.endswith(".js"):
        # What a module declares stays in its block.
        return "\n".join(f"{{{part}\n}}" for part in parts)
    return "\n".join(parts)


@cache
def bundled(name: str) -> tuple[str, ...]:
    """The addresses of a bundle: its own where it was collected, else those of its parts."""
    collected = getattr(staticfiles_storage, "hashed_files", {})
    names = (name,) if name in collected else BUNDLES[name]
    return tuple(map(static, names))
