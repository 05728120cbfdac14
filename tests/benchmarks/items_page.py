"""What a page of 20 items with two deliveries each weighs, and what it takes to present and to draw it.

    python -m tests.benchmarks.items_page [--against CHECKOUT] [--rounds N]

With another checkout, both are measured by turns, in processes of their own, and the ratios are printed as well.
Every page is of items that were never seen before; the quickest one counts, because other programs only add to it.
"""

from __future__ import annotations

import argparse
import gzip
import inspect
import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

_PAGES = 150
_ITEMS = 20
_NAMES = ("HTML, kB", "gzipped, kB", "list, ms", "present, ms", "draw, ms", "present and draw, ms")


def weigh(html: str) -> tuple[int, int]:
    """The bytes of a page as HTML and gzipped."""
    content = html.encode()
    return len(content), len(gzip.compress(content))


def listed(number: int) -> Any:
    """A first page of an order whose items are in no other."""
    from orders.erc.decode import decode_items_page
    from orders.erc.fetched import Fetched
    from orders.erc.query import ItemsQuery
    from orders.lookup.attention import rules
    from orders.lookup.listing import continue_list
    from tests.benchmarks.portal.stub import answer

    content = answer(_ITEMS, b"own%06d" % number, is_packed=False).partition(b"\r\n\r\n")[2]
    query = ItemsQuery(customer_id="0-customer", order_id="20-order")
    page = Fetched(decode_items_page(content), b"", datetime.now(UTC))
    return _called(continue_list, query, page, state="", rules=rules())


def presented(listing: Any) -> Any:
    """Its view, as the portal makes it."""
    from orders.presenters.page import items_page

    return _called(items_page, listing, "/orders/", orders_address="/customers/", message_address="/message/")


def drawn(view: Any) -> str:
    """Its HTML, as htmx gets it."""
    from django.template.loader import render_to_string

    context = {"lookup": {}, "page": view, "header": None, "error": None}
    return render_to_string("lookup/_results.html", context)


def _called(function: Any, *given: Any, **named: Any) -> Any:
    """Call a function of any checkout: without what an older one does not take."""
    known = inspect.signature(function).parameters
    return function(*given, **{name: value for name, value in named.items() if name in known})


def _measure() -> dict[str, float]:
    """Measure the checkout on whose path this process runs."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from orders.core.localization import use_display

    # As the portal's middleware does around each page.
    with use_display():
        return _times()


def _times() -> dict[str, float]:
    drawn(presented(listed(0)))
    times: list[tuple[float, float, float]] = []
    for number in range(1, _PAGES + 1):
        start = time.process_time()
        listing = listed(number)
        told = time.process_time()
        view = presented(listing)
        seen = time.process_time()
        html = drawn(view)
        times.append((told - start, seen - told, time.process_time() - seen))
    sizes = [size / 1000 for size in weigh(html)]
    parts = [min(one[part] for one in times) * 1000 for part in range(3)]
    both = min(one[1] + one[2] for one in times) * 1000
    return dict(zip(_NAMES, (*sizes, *parts, both), strict=True))


def _measured(checkout: Path) -> dict[str, float]:
    env = {**os.environ, "PYTHONPATH": str(checkout)}
    command = [sys.executable, str(Path(__file__).resolve()), "--once"]
    found = subprocess.run(command, cwd=checkout, env=env, check=True, capture_output=True, text=True)
    values: dict[str, float] = json.loads(found.stdout)
    return values


def main() -> None:
    """Measure by turns, and print the best of each figure."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.items_page")
    parser.add_argument("--against", type=Path, help="another checkout, such as a worktree of an older commit")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--once", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.once:
        print(json.dumps(_measure()))
        return
    checkouts = [Path.cwd(), *([asked.against.resolve()] if asked.against else [])]
    rounds = [[_measured(checkout) for checkout in checkouts] for _ in range(asked.rounds)]
    for name in _NAMES:
        here, *there = (min(one[place][name] for one in rounds) for place in range(len(checkouts)))
        ratio = f"  against {there[0]:8.2f}  ratio {here / there[0]:.2f}" if there else ""
        print(f"{name:22} {here:8.2f}{ratio}")


if __name__ == "__main__":
    main()
