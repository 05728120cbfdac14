"""What a worker does before it takes requests."""

from __future__ import annotations

from django.template import engines

from ercportal.warm_up import warm_up


def test_warm_up_compiles_every_page() -> None:
    pages = engines["jinja2"].env  # type: ignore[attr-defined] # of Django's Jinja2 backend
    pages.cache.clear()

    warm_up()

    assert {name for _, name in pages.cache.keys()} >= {"orders/page.html", "embed/page.html", "login.html"}  # noqa: SIM118 - no mapping
