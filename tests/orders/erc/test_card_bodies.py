from __future__ import annotations

import json
import time
from typing import Any

import pytest

from orders.erc.card_bodies import mask_card_numbers
from orders.erc.json_bodies import as_utf8
from tests.orders.erc.test_card_numbers import VALID, WHOLE
from tests.support.stub_erc import item, page


def masked(body: bytes, *, is_error: bool = False) -> str:
    return mask_card_numbers(body, is_error=is_error).decode()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('{"card_number":"4111111111114242"}', '{"card_number":"•••• 4242"}'),
        ('{"card_number":4111111111114242,"a":1}', '{"card_number":"•••• 4242","a":1}'),
        ('{"card_number" :\n 4.111111111114242E15}', '{"card_number" :\n "•••• 4242"}'),
        ('{"cardNumber":"4111 1111 1111 4242"}', '{"cardNumber":"•••• 4242"}'),
        (r'{"card\u005Fnumber":"\u0034111111111114242"}', '{"card_number":"•••• 4242"}'),
        (r'{"card_number":"4111\u00a01111\u00a01111\u00a04242"}', '{"card_number":"•••• 4242"}'),
        (r'{"card_number":"4111\/1111\/1111\/4242"}', '{"card_number":"•••• 4242"}'),
        (
            '{"PAN":{"n":4111111111114242,"e":"12"},"id":4111111111111111}',
            '{"PAN":{"n":"•••• 4242","e":"12"},"id":4111111111111111}',
        ),
        ('{"pan":["4111111111114242",["4111111111111111"]]}', '{"pan":["•••• 4242",["•••• 1111"]]}'),
        (r'{"pan":["a \" ] 4111111111114242"],"id":12345}', '{"pan":["•••• 4242"],"id":12345}'),
        (
            r'{"a":"{\"card_number\":\"4111111111114242\",\"b\":12345}"}',
            r'{"a":"{\"card_number\":\"•••• 4242\",\"b\":12345}"}',
        ),
        (
            r'{"a":"{\"card_number\": 4111111111114242}","b":12345}',
            r'{"a":"{\"card_number\": •••• 4242}","b":12345}',
        ),
        (
            r'{"a":"{\"pan\":[\"4111 1111 1111 4242\"],\"b\":12345}"}',
            r'{"a":"{\"pan\":[\"•••• 4242\"],\"b\":12345}"}',
        ),
        (r'{"a":"{\"pan\":[\"411111","b":12345}', r'{"a":"{\"pan\":[\"•••• 1111","b":12345}'),
        (
            '{"payment_details":{"card_brand":"Visa 4111111111114242","a":[4111111111114242]},"id":12345678}',
            '{"payment_details":{"card_brand":"Visa •••• 4242","a":["•••• 4242"]},"id":12345678}',
        ),
        (
            '{"paymentDetail":{"card":{"number":"4111 1111 1111 4242","exp":"12/2027"}}}',
            '{"paymentDetail":{"card":{"number":"•••• 4242","exp":"12/2027"}}}',
        ),
        ('{"card":{"number":"4111111111114242"}}', '{"card":{"number":"•••• 4242"}}'),
        ('{"Credit card":"4111 1111 1111 4242"}', '{"Credit card":"•••• 4242"}'),
        ('{"debitCard":[4111111111114242],"id":12}', '{"debitCard":["•••• 4242"],"id":12}'),
        ('{"payment_methods":[{"number":4111111111114242}]}', '{"payment_methods":[{"number":"•••• 4242"}]}'),
        (r'{"a":"{\"card\":\"4111111111114242\"}"}', r'{"a":"{\"card\":\"•••• 4242\"}"}'),
        ('{"card_number":"411111111111', '{"card_number":"•••• 1111"'),
        ('{"card_number":"411111111111\\', '{"card_number":"•••• 1111"'),
        ('{"card_number":{"a":"411111111111', '{"card_number":{"a":"•••• 1111"'),
    ],
)
def test_value_under_a_key_of_cards_is_cut_in_every_spelling(body: str, expected: str) -> None:
    assert masked(body.encode()) == expected
    assert masked(body.encode(), is_error=True).startswith(expected[:12])


@pytest.mark.parametrize("escape", [False, True])
def test_payment_holds_no_card_in_the_digits_of_any_script(escape: bool) -> None:
    digits = [chr(code) for code in range(0x110000) if chr(code).isdecimal()]
    numbers = ["4" + digit * 12 for digit in digits]

    found = masked(json.dumps({"payment_details": numbers}, ensure_ascii=escape).encode())

    assert json.loads(found)["payment_details"] == [f"•••• {digit * 4}" for digit in digits]


@pytest.mark.parametrize(
    "body",
    [
        '{"card_number":"•••• 4242","tracking_number":"4111111111111111"}',
        r'{"card_number":"\u2022\u2022\u2022\u2022 4242","x":"\u0041"}',
        '{"gift_card":"2901234567890","loyaltyCard":{"id":"2901234567890"},"postcard":2901234567890}',
        '{"card_number":null,"cardNumber":true,"id":4111111111111111}',
        '{"id":"4111111111111111","name":"pan: 4111111111111111","sku":"card_number","a":"4111 1111 1111 1111"}',
        r'{"id":"\u0034111111111111111"}',
        '{"custom_fields":{"day":"2021-10-23 2021-10-25","since":1790000000000,"ref":"X4111111111111111"}}',
        '{"custom_fields":null,"id":"4111111111111111"}',
        "not JSON at all, 4111111111111111",
        "",
    ],
)
def test_body_without_a_whole_number_stays_byte_by_byte(body: str) -> None:
    assert mask_card_numbers(body.encode(), is_error=False) == body.encode()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            '{"custom_fields":{"a":"4111111111111111"},"id":"4111111111111111"}',
            '{"custom_fields":{"a":"•••• 1111"},"id":"4111111111111111"}',
        ),
        ('{"custom_fields":{"a":[4111111111111111]}}', '{"custom_fields":{"a":["•••• 1111"]}}'),
        ('{"customFields":{"a":{"b":"by 4111-1111-1111-1111"}}}', '{"customFields":{"a":{"b":"by •••• 1111"}}}'),
        (
            r'{"x":"{\"custom_fields\":{\"a\":4111111111111111}}"}',
            r'{"x":"{\"custom_fields\":{\"a\":•••• 1111}}"}',
        ),
    ],
)
def test_custom_fields_hold_no_card_anywhere(body: str, expected: str) -> None:
    assert masked(body.encode()) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('{"message":"no 4111111111111111"}', '{"message":"no •••• 1111"}'),
        (
            '{"fields":[{"name":"card_number","description":"4111111111114242 is odd"}]}',
            '{"fields":[{"name":"card_number","description":"•••• 4242 is odd"}]}',
        ),
        ('{"code":4111111111111111}', '{"code":"•••• 1111"}'),
        (r'{"message":"4111\u00a01111\u00a01111\u00a01111"}', '{"message":"•••• 1111"}'),
        ("<p>Card 4111111111114242</p>", "<p>Card •••• 4242</p>"),
        ('{"message":"order 4111111111114242"}', '{"message":"order 4111111111114242"}'),
    ],
)
def test_texts_of_an_error_hold_no_card(body: str, expected: str) -> None:
    assert masked(body.encode(), is_error=True) == expected


def test_error_that_is_not_text_keeps_its_bytes_around_the_number() -> None:
    body = b"\xff\xfa card 4111111111114242 \xff"

    assert mask_card_numbers(body, is_error=True) == b"\xff\xfa card " + "•••• 4242".encode() + b" \xff"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "utf-32", "utf-32-le"])
def test_number_is_found_in_every_encoding_of_unicode(encoding: str) -> None:
    body = json.dumps({"card_number": WHOLE, "name": "Größe"}, ensure_ascii=False).encode(encoding)

    assert json.loads(as_utf8(mask_card_numbers(body, is_error=False))) == {
        "card_number": "•••• 4242",
        "name": "Größe",
    }


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32-le"])
def test_body_in_another_encoding_stays_where_it_holds_no_number(encoding: str) -> None:
    body = json.dumps({"id": VALID}).encode(encoding)

    assert mask_card_numbers(body, is_error=False) is body


def test_masked_body_is_masked_no_further() -> None:
    once = mask_card_numbers(
        b'{"card_number":4111111111114242,"custom_fields":{"a":"4111111111111111"}}', is_error=False
    )

    assert mask_card_numbers(once, is_error=True) == once


HOSTILE: dict[str, bytes] = {
    "nested keys": b'{"card_number":{' * 100_000,
    "nested keys in texts": b'{"a":"' + b'\\"card_number\\":{' * 100_000,
    "open texts": b'"card_number":"\\' * 100_000,
    "one long number": b'"card_number":' + b"1" * 2_000_000,
    "digits": b"4" * 2_000_000,
    "groups": b"4111 " * 400_000,
    "groups in a text": b'"a":"\\"pan\\":' + b"1 *" * 600_000,
    "escapes": b'{"pan":"' + b"\\u0031" * 300_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_body_takes_time_in_step_with_its_length(kind: str) -> None:
    started = time.monotonic()

    mask_card_numbers(HOSTILE[kind], is_error=False)
    mask_card_numbers(HOSTILE[kind], is_error=True)

    assert time.monotonic() - started < 20


def test_page_without_cards_costs_next_to_nothing() -> None:
    entry: dict[str, Any] = {"description": "Boils water. " * 100, "custom_fields": {"engraving": "none"}}
    body = json.dumps(page(*(item(f"i-{number}", **entry) for number in range(20)))).encode()

    took = min(_time_of(body) for _ in range(20))

    assert len(body) > 25_000
    assert took < 0.005


def _time_of(body: bytes) -> float:
    started = time.perf_counter()
    assert mask_card_numbers(body, is_error=False) is body
    return time.perf_counter() - started
