"""Pages are packed, and their size is blurred."""

from __future__ import annotations

import gzip

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from ercportal.packing import PackingMiddleware

PAGE = b"<p>where is my order?</p>" * 200


def answered(response: HttpResponseBase, accepts: str = "gzip, br") -> HttpResponseBase:
    """The response as the middleware lets it go."""
    request = RequestFactory().get("/", headers={"Accept-Encoding": accepts})
    return PackingMiddleware(lambda _request: response)(request)  # type: ignore[return-value] # no coroutine


def test_page_is_packed_and_says_so() -> None:
    response = answered(HttpResponse(PAGE))

    assert isinstance(response, HttpResponse)
    assert gzip.decompress(response.content) == PAGE
    assert response["Content-Encoding"] == "gzip"
    assert response["Content-Length"] == str(len(response.content))
    assert response["Vary"] == "Accept-Encoding"


def test_sizes_of_the_same_page_differ() -> None:
    sizes = {len(answered(HttpResponse(PAGE)).content) for _ in range(60)}  # type: ignore[attr-defined]

    assert len(sizes) > 10
    assert max(sizes) - min(sizes) < PackingMiddleware.max_random_bytes


@pytest.mark.parametrize(
    ("response", "accepts"),
    [(HttpResponse(PAGE), "br"), (HttpResponse(PAGE), ""), (HttpResponse(b"hello"), "gzip")],
)
def test_page_goes_as_it_is_where_packing_is_not_wanted_or_worth_it(response: HttpResponse, accepts: str) -> None:
    before = response.content

    assert answered(response, accepts) is response
    assert response.content == before
    assert not response.has_header("Content-Encoding")


def test_answer_that_is_packed_already_is_left_alone() -> None:
    response = HttpResponse(gzip.compress(PAGE * 100), headers={"Content-Encoding": "gzip"})

    answered(response)

    assert gzip.decompress(response.content) == PAGE * 100


def test_stream_is_packed_piece_by_piece() -> None:
    response = answered(StreamingHttpResponse([PAGE, PAGE]))

    assert isinstance(response, StreamingHttpResponse)
    assert gzip.decompress(response.getvalue()) == PAGE * 2
