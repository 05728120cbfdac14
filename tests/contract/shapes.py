"""The shapes of what the API sends, as docs/api-reference.md has them."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests


def require_json(response: requests.Response, status: int) -> dict[str, Any]:
    """The object in a response of this status; numbers are exact."""
    assert response.status_code == status
    assert response.headers["Content-Type"].partition(";")[0] == "application/json"
    body = json.loads(response.content, parse_float=Decimal)
    assert isinstance(body, dict)
    return body


def require_error(response: requests.Response, status: int) -> dict[str, Any]:
    """The body of an error of the items endpoint."""
    body = require_json(response, status)
    assert isinstance(body["code"], str)
    assert isinstance(body["message"], str)
    assert isinstance(body.get("description", ""), str)
    for field in body.get("fields", []):
        assert field.keys() >= {"name", "description"}
    return body


def require_token_error(response: requests.Response) -> dict[str, Any]:
    """The body of an error of the token endpoint."""
    assert response.status_code in (400, 401)
    body = require_json(response, response.status_code)
    assert isinstance(body["error"], str)
    assert isinstance(body["error_description"], str)
    return body


def require_page(response: requests.Response) -> dict[str, Any]:
    """A page of items."""
    body = require_json(response, 200)
    for item in body["_embedded"]["items"]:
        assert isinstance(item["id"], str)
        assert isinstance(item["name"], str)
        if item.get("price") is not None:
            assert isinstance(item["price"]["value"], int | Decimal)
            assert isinstance(item["price"]["currency"], str)
        assert isinstance(item.get("deliveries") or [], list)
    return body


def ids(page: dict[str, Any]) -> list[str]:
    """The ids of a page's items, in order."""
    return [item["id"] for item in page["_embedded"]["items"]]


def prices(page: dict[str, Any]) -> list[Decimal]:
    """The prices of those of a page's items that have one, in order."""
    return [item["price"]["value"] for item in page["_embedded"]["items"] if item.get("price")]


def next_cursor(page: dict[str, Any]) -> str:
    """The cursor in the link to the next page; "" on the last one."""
    link = page["_links"].get("next") or {}
    query = parse_qs(urlsplit(str(link.get("href", ""))).query)
    return query.get("cursor", [""])[0]
