"""Pages are compressed by Django's middleware, and their size is blurred."""

from __future__ import annotations

import gzip
from typing import Any

from django.test import Client

from tests.support.pages import LOOKUP
from tests.support.stub_erc import StubErc

GZIP = {"Accept-Encoding": "gzip, br"}


def test_page_is_compressed_and_says_so(browser: Client, erc: StubErc) -> None:
    response = browser.get("/orders/", LOOKUP, headers=GZIP)

    assert response["Content-Encoding"] == "gzip"
    assert response["Content-Length"] == str(len(response.content))
    assert "Accept-Encoding" in response["Vary"]
    assert b"Thing item-1" in gzip.decompress(response.content)


def test_fragment_is_compressed_once(browser: Client, erc: StubErc) -> None:
    response = browser.get("/orders/", LOOKUP, headers={**GZIP, "HX-Request": "true"})

    fragment = gzip.decompress(response.content)
    assert b"Thing item-1" in fragment
    assert b"<html" not in fragment


def test_page_is_left_as_it_is_where_gzip_is_not_accepted(browser: Client, erc: StubErc) -> None:
    response = browser.get("/orders/", LOOKUP, headers={"Accept-Encoding": "br"})

    assert not response.has_header("Content-Encoding")
    assert b"Thing item-1" in response.content


def test_sizes_of_the_same_page_differ(client: Client, db: None) -> None:
    page = client.get("/login/").content

    sizes = set()
    for _ in range(30):
        response = client.get("/login/", headers=GZIP)
        assert len(gzip.decompress(response.content)) == len(page)
        sizes.add(len(response.content))

    assert len(sizes) > 10


def test_exported_stream_is_compressed_piece_by_piece(admin_client: Client, browser: Client, erc: StubErc) -> None:
    browser.get("/orders/", LOOKUP)
    # Each export adds a row of its own; those of the agent stay the same.
    query = {"agent": "agent"}

    plain: Any = admin_client.get("/admin/orders/accesslogentry/export/", query)
    compressed: Any = admin_client.get("/admin/orders/accesslogentry/export/", query, headers=GZIP)

    assert compressed["Content-Encoding"] == "gzip"
    assert not compressed.has_header("Content-Length")
    rows = gzip.decompress(compressed.getvalue())
    assert rows.count(b"C-1") == 1
    assert rows == plain.getvalue()
