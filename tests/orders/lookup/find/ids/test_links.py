"""The ids in links, whatever the links are wrapped in."""

from __future__ import annotations

from base64 import b64encode
from urllib.parse import quote

import pytest

from orders.lookup.find.ids import NOTHING, Ids
from tests.support.pasting import BOTH, LINK, parse_ids

QUOTED = quote(LINK, safe="")
OF_PROOFPOINT_2 = "https-3A__portal.example_orders_-3Fcustomer-5Fid-3DC-2D1001-26order-5Fid-3DA-2D20731"


@pytest.mark.parametrize(
    "link",
    [
        LINK.replace("&", "&amp;"),
        LINK.replace("&", "&#38;"),
        LINK.replace("&", "&amp;amp;"),
        f"https://eur01.safelinks.protection.outlook.com/?url={QUOTED}&data=05%7C01%7Cagent&sdata=x%3D&reserved=0",
        f"https://www.google.com/url?q={QUOTED}&sa=D&source=editors&ust=1",
        f"https://www.google.com/url?sa=t&url={LINK}&usg=x",
        f"https://l.facebook.com/l.php?u={QUOTED}&h=x",
        f"https://urldefense.proofpoint.com/v1/url?u={QUOTED}&k=x",
        f"https://urldefense.proofpoint.com/v2/url?u={OF_PROOFPOINT_2}&d=DwMF&c=x&r=y&m=z&s=t&e=",
        f"https://urldefense.com/v3/__{LINK}__;!!abc!def$",
        "https://urldefense.us/v3/__https://portal.example/orders/?customer_id=C*2D1001&order_id=A*2D20731__;JSU!!a!b$",
        "https://urldefense.com/v3/__https://portal.example/orders/**A?customer_id=C-1001&order_id=A*20731__;4pyT4pyTLQ!!a$",
        f"https://secure-web.cisco.com/1abc/{QUOTED}",
        f"https://secure-web.cisco.com/1abc/{QUOTED.replace('%3A', '%3a').replace('%2F', '%2f')}",
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__x.example_customers_C-2D1001_orders_A-2D20731&d=D",
        f"https://eu-west-1.protection.sophos.com?d=portal.example&u={b64encode(LINK.encode()).decode()}&i=x",
        f"https://x.safelinks.protection.outlook.com/?url={quote('https://x.example/url?q=' + QUOTED, safe='')}",
        f"https://portal.example/login/?next={quote('/orders/?customer_id=C-1001&order_id=A-20731', safe='')}",
        "https://crm.example/#/case?customer=C-1001&order=A-20731",
        "https://api.example/customers/C-1001/orders/A-20731/items",
    ],
)
def test_ids_in_a_link_are_found_whatever_it_is_wrapped_in(link: str) -> None:
    assert parse_ids(link) == BOTH
    assert parse_ids(f"See ({link}), please.") == BOTH
    assert parse_ids(f"[the order]({link})") == BOTH
    assert parse_ids(f'<a href="{link}">the order</a>') == BOTH
    assert parse_ids(f"{link}\n{LINK}") == BOTH


@pytest.mark.parametrize(("times", "ids"), [(1, BOTH), (3, BOTH), (4, NOTHING)])
def test_link_is_unwrapped_a_few_times(times: int, ids: Ids) -> None:
    link = LINK
    for _ in range(times):
        link = f"https://guard.example/?url={quote(link, safe='')}"

    assert parse_ids(link) == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("https://portal.example/?customer_id=C-1&order_id=O-1.", ("C-1", "O-1.")),
        (" \nhttps://portal.example/?customer_id=C-1&order_id=O-1.\n", ("C-1", "O-1.")),
        ("https://portal.example/?customer_id=C%2D%E2%80%93&order_id=%26amp%3B", ("C-–", "&amp;")),
        ("https://portal.example/?customer_id=C-1%E2%80%8B&order_id=%22O-1%22", ("C-1", "O-1")),
        ("https://x.example/?order=asc&order_id=O-1&customer_id=C-1", ("C-1", "O-1")),
        ("https://x.example/?section=5&copy=1&customer_id=C-1&order_id=O-1&para=2", ("C-1", "O-1")),
        ("https://x.example/?customer_id=+&order_id=O-1", ("", "O-1")),
        (f"{LINK}\n{LINK.replace('A-2', 'B-2')}", ("", "")),
        ("https://x.example/customers/C-1/orders/", ("", "")),
        ("https://x.example/customers/C-1/orders/O-1?order_id=9&customer_id=8", ("C-1", "O-1")),
        ("https://portal.example/?customer_id=C-1&order_id=O-1X", ("C-1", "O-1X")),
        ("See https://portal.example/?customer_id=C-1&order_id=O-1X, please", ("C-1", "O-1X")),
        ("https://x.example/v2/url?u=https-3A__p.example_-3Fcustomer-5Fid-3DC-26order-5Fid-3DO", ("", "")),
        ("https://urldefense.com/v3/__https://x.example/?customer_id=C*1&order_id=O**!1__;!!a$", ("C1", "O!1")),
        ("https://urldefense.com/v3/__https://x.example/?customer_id=C*1&order_id=O-1__;A!!a$", ("C1", "O-1")),
        ("https://urldefense.com/v3/__https://x.example/?customer_id=C-1&order_id=O-1__;_w!!a$", ("C-1", "O-1")),
        (
            "https://urldefense.com/v3/__https://x.example/?customer_id=C-1&order_id=O**A1__;ISE!!a$",
            ("C-1", "O!!1"),
        ),
    ],
)
def test_ids_of_a_link_are_exactly_what_it_says(text: str, ids: tuple[str, str]) -> None:
    assert parse_ids(text) == ids
