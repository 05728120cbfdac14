"""Bodies as a whole, before anything is read of them."""

from __future__ import annotations

import pytest

from orders.erc.errors import InvalidResponse
from orders.erc.json_bodies import NOT_A_NUMBER, Number, as_utf8, read_loosely, require_plain_json

PLAIN = '{"a":[1,1.50,"é",{"b":null}],"b":true}'.encode()


def test_body_in_plain_utf_8_is_not_made_anew() -> None:
    assert as_utf8(PLAIN) is PLAIN


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32-be"])
def test_body_in_another_encoding_of_unicode_becomes_plain_utf_8(encoding: str) -> None:
    assert as_utf8(PLAIN.decode().encode(encoding)) == PLAIN


@pytest.mark.parametrize(
    "oddity", [b'{"x":NaN}', b'{"x":[Infinity]}', b"-Infinity", b'{"x":{"a":1,"a":1}}', b'{"x":"\xff"}', b"{", b""]
)
def test_body_with_an_oddity_is_no_plain_json(oddity: bytes) -> None:
    require_plain_json(PLAIN)
    with pytest.raises(ValueError, match=r".+"):
        require_plain_json(oddity)


def test_body_is_read_loosely_with_its_numbers_as_they_were_written() -> None:
    read = read_loosely(b'{"whole":70}')
    odd = read_loosely(b'["\\ud800\\ud83d\\ude00",1.50,NaN,-Infinity]')

    assert (read, type(read["whole"])) == ({"whole": "70"}, Number)
    assert (odd, type(odd[1])) == (["\ufffd😀", "1.50", NOT_A_NUMBER, NOT_A_NUMBER], Number)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"{", "the body is not JSON: JSONDecodeError"),
        (b'{"a":1,"a":2}', "the body is not JSON: ValueError"),
        (b"[" * 100_000, "the body is not JSON: RecursionError"),
        (b'"\xff"', "the body is not UTF-8"),
    ],
)
def test_body_that_cannot_be_read_is_told_by_its_kind_alone(body: bytes, words: str) -> None:
    with pytest.raises(InvalidResponse) as caught:
        read_loosely(body)

    assert str(caught.value) == words
