"""What a stranger is told about a token that no registered host has signed, and what the operator is."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.support.launching import ORIGIN, rsa_key, token
from tests.support.log_lines import Lines
from tests.support.pages import HTMX, one, soup
from tests.support.panels import launched, policy, refused


def untrusted() -> dict[str, str]:
    """Tokens of somebody who knows no key, each with another part that fits a registered host or does not."""
    return {
        "unknown host": token(iss="nobody"),
        "no host": token(iss=None),
        "known host, unknown key": token(headers={"kid": "nobody"}),
        "known host, key of another": token("x" * 40, headers={"kid": "rs"}),
        "known key, another algorithm": token(rsa_key(), "RS256"),
        "known key, no algorithm": token(None, "none"),
        "known key, wrong signature": token("x" * 40),
        "other host, wrong signature": token("x" * 40, iss="other-desk"),
        "known host, header that brings a key": token(headers={"jku": "https://attacker.example"}),
        "unknown host, header that brings a key": token(iss="nobody", headers={"jku": "https://attacker.example"}),
    }


@pytest.mark.parametrize(
    ("headers", "framed_by"),
    [({}, "'none'"), ({"Origin": "https://attacker.example"}, "'none'"), ({"Origin": ORIGIN}, ORIGIN)],
)
@pytest.mark.parametrize("more", [{}, HTMX])
def test_refusals_before_the_signature_fits_tell_nothing_of_the_hosts_and_keys(
    client: Client, headers: dict[str, str], framed_by: str, more: dict[str, str]
) -> None:
    def told(text: str) -> tuple[int, str, str, str]:
        response = client.post(
            "/embed/launch", {"token": text, "origin": headers.get("Origin", "")}, headers={**headers, **more}
        )
        page = response.content.decode().replace(str(response["X-Correlation-ID"]), "")
        return response.status_code, refused(response), policy(response), page

    answers = {told(text) for text in untrusted().values()}

    [(status, code, frames, page)] = answers
    assert (status, code, frames) == (403, "launch-untrusted", framed_by)
    assert (ORIGIN in page) is (framed_by == ORIGIN)


def test_log_tells_the_operator_why_a_token_is_not_trusted(client: Client, log: Lines) -> None:
    for one_token in untrusted().values():
        launched(client, one_token)

    assert [(entry["code"], entry.get("issuer", "")) for entry in log.entries("embed refused")] == [
        ("launch-unknown-host", ""),
        ("launch-unknown-host", ""),
        ("launch-unknown-key", "desk"),
        ("launch-unknown-key", "desk"),
        ("launch-algorithm", "desk"),
        ("launch-algorithm", "desk"),
        ("launch-signature", "desk"),
        ("launch-unknown-key", "other-desk"),
        ("launch-header", "desk"),
        ("launch-unknown-host", ""),
    ]


def test_refusal_talks_to_the_registered_origin_that_asks_alone(client: Client) -> None:
    for origin, talks_to in (("https://a.other.example", "https://a.other.example"), ("https://b.example", "")):
        response = launched(client, token("x" * 40), Origin=origin)

        assert one(soup(response), "#panel")["data-origins"] == talks_to


@pytest.mark.parametrize(
    ("headers", "framed_by"),
    [
        ({"Origin": ORIGIN}, ORIGIN),
        ({"Referer": ORIGIN + "/calls?id=7"}, ORIGIN),
        ({"Origin": "https://a.other.example"}, "https://a.other.example"),
        ({"Origin": "https://attacker.example"}, "'none'"),
        ({"Origin": "null"}, "'none'"),
        ({"Referer": "https://[broken"}, "'none'"),
        ({}, "'none'"),
    ],
)
def test_refusal_of_an_unknown_host_can_be_framed_by_the_registered_origin_that_asks(
    client: Client, headers: dict[str, str], framed_by: str
) -> None:
    response = launched(client, "forged", **headers)

    assert policy(response) == framed_by
    assert ("X-Frame-Options" in response) is (framed_by == "'none'")
