"""Which signed requests of Salesforce are trusted."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.embed.errors import LaunchCode
from tests.support.salesforce import (
    ORGANIZATION,
    SECRET,
    USER,
    about,
    check,
    content,
    reason,
    refused,
    request,
    sign,
    sign_text,
)

OTHER = "another-consumer-secret"
BOTH = [{"kid": "old", "secret": OTHER}, {"kid": "new", "secret": SECRET}]


def test_signed_request_says_who_asks_for_whom() -> None:
    launch = check(request())

    assert (launch.agent, launch.agent_name) == (USER, "Ada Agent")
    assert (launch.customer_id, launch.order_id, launch.sought) == ("C-1", "", ())
    assert (launch.locale, launch.zone, launch.theme) == ("de_DE", "Europe/Berlin", "")
    assert (launch.host.issuer, launch.key.kid) == ("sf", "a")


def test_secret_of_another_signs_nothing() -> None:
    assert reason(request(OTHER)) is LaunchCode.SIGNATURE


@pytest.mark.parametrize("secret", [OTHER, SECRET])
def test_either_secret_signs_while_one_replaces_the_other(secret: str) -> None:
    launch = check(request(secret), secrets=BOTH)

    assert launch.key.kid == ("new" if secret == SECRET else "old")


def test_replaced_secret_signs_no_more() -> None:
    assert reason(request(OTHER), secrets=BOTH[1:]) is LaunchCode.SIGNATURE


@given(data=st.data())
def test_no_request_with_one_bit_flipped_is_trusted(data: st.DataObject) -> None:
    good = request().encode()
    at = data.draw(st.integers(0, len(good) * 8 - 1))

    assert reason(flipped(good, at)) in (LaunchCode.SIGNATURE, LaunchCode.MALFORMED)


def test_no_signature_with_one_bit_flipped_is_trusted() -> None:
    good = request().encode()

    codes = {reason(flipped(good, at)) for at in range(good.index(b".") * 8)}

    assert codes == {LaunchCode.SIGNATURE, LaunchCode.MALFORMED}


def flipped(text: bytes, at: int) -> str:
    """The text with the bit at this place flipped."""
    changed = bytearray(text)
    changed[at // 8] ^= 1 << at % 8
    return changed.decode("latin-1")


@pytest.mark.parametrize(
    "algorithm", ["none", "HMACSHA1", "HMACSHA512", "hmacsha256", "RS256", "", None, 7, ["HMACSHA256"]]
)
def test_request_cannot_choose_the_algorithm(algorithm: object) -> None:
    assert reason(request(algorithm=algorithm)) is LaunchCode.ALGORITHM


def test_request_signed_by_the_algorithm_that_it_names_is_not_trusted() -> None:
    signed = base64.b64encode(json.dumps(content(algorithm="HMACSHA512")).encode()).decode()
    signature = hmac.new(SECRET.encode(), signed.encode(), hashlib.sha512).digest()

    assert reason(f"{base64.b64encode(signature).decode()}.{signed}") is LaunchCode.SIGNATURE


def test_request_that_names_no_signature_at_all_is_not_trusted() -> None:
    signed = request(algorithm="none").partition(".")[2]

    assert reason(f".{signed}") is LaunchCode.SIGNATURE


def test_signature_covers_the_second_part_as_it_was_received() -> None:
    padded = base64.b64encode(json.dumps(content()).encode() + b"  ").decode()
    _, _, signed = sign(padded.rstrip("=")).partition(".")

    assert reason(f"{sign(padded + '=').partition('.')[0]}.{signed}") is LaunchCode.SIGNATURE


@pytest.mark.parametrize("padding", ["", "="])
@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode])
def test_both_alphabets_are_read_with_and_without_padding(encode: object, padding: str) -> None:
    assert callable(encode)
    # Characters that the alphabets spell differently, with each rest that padding fills.
    for name in ("ÿÿ>?", "ÿÿ>?a", "ÿÿ>?ab"):
        text = json.dumps(content(user={"fullName": name}), ensure_ascii=False).encode()
        signed = encode(text).decode().rstrip("=") + padding
        signature = hmac.new(SECRET.encode(), signed.encode(), hashlib.sha256).digest()

        launch = check(f"{encode(signature).decode().rstrip('=')}{padding}.{signed}")

        assert launch.agent_name == name


@pytest.mark.parametrize(
    "organization",
    ["00D5e0000099xYzEAI", ORGANIZATION.lower(), "00D5e0000012abcEAI", ORGANIZATION[:14], "", "00d5e0000012aBc"],
)
def test_request_of_another_organization_is_refused(organization: str) -> None:
    assert reason(request(organization={"organizationId": organization})) is LaunchCode.ORGANIZATION


@pytest.mark.parametrize(
    ("registered", "sent"), [(ORGANIZATION, ORGANIZATION[:15]), (ORGANIZATION[:15], ORGANIZATION)]
)
def test_organization_is_the_same_in_its_short_and_its_long_form(registered: str, sent: str) -> None:
    assert check(request(organization={"organizationId": sent}), organization=registered).agent == USER


def test_agent_of_the_context_has_to_be_the_one_who_asks() -> None:
    refusal = refused(request(user={"userId": "0055e000000oTHRAAU"}))

    assert (refusal.reason, str(refusal)) == (LaunchCode.CLAIMS, "userId is not that of context.user")


@pytest.mark.parametrize("agent", ["", " ", "..", "a\nb", "x" * 201])
def test_agent_whose_id_is_none_is_refused(agent: str) -> None:
    refusal = refused(request(userId=agent, user={"userId": agent}))

    assert (refusal.reason, str(refusal)) == (LaunchCode.CLAIMS, "userId holds what no id can have")


@pytest.mark.parametrize("issued", [-1442860337, None, 0, 10**12, "soon"])
def test_time_of_issue_decides_nothing(issued: object) -> None:
    assert check(request(issuedAt=issued)).customer_id == "C-1"


def test_request_is_read_up_to_32_kb() -> None:
    assert check(long_request(24_542)).agent == USER
    assert len(long_request(24_542)) == 32 * 1024
    assert reason(long_request(24_543)) is LaunchCode.TOO_LARGE


def test_request_of_30_kb_is_read() -> None:
    text = long_request(22_500)

    assert len(text) > 30_000
    assert check(text).customer_id == "C-1"


def long_request(size: int) -> str:
    """A request whose content has so many bytes."""
    text = json.dumps(content())[:-1] + ', "more": "'
    text += "x" * (size - len(text) - 2) + '"}'
    return sign(base64.b64encode(text.encode()).decode().rstrip("="))


@pytest.mark.parametrize(
    "text",
    [
        "junk",
        "a.b.c",
        ".",
        "x.",
        ".e30=",
        "é.é",
        "a.é",
        "=.=",
        "!.!",
        "e30.e30\n",
        "\x00.\x00",
        "ab" * 20,
        "abcde.e30=",
    ],
)
def test_text_that_is_no_request_is_refused(text: str) -> None:
    assert reason(text) in (LaunchCode.MALFORMED, LaunchCode.SIGNATURE)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "7",
        '"x"',
        "null",
        "{",
        "\ud83d",
        '{"a": 1, "a": 2}',
        '{"a": {"b": 1, "b": 2}}',
        "[" * 20_000,
        '{"a":' * 4_000,
    ],
)
def test_signed_text_that_is_no_object_or_says_something_twice_is_refused(text: str) -> None:
    signed = base64.b64encode(text.encode("utf-8", "surrogatepass")).decode()

    assert reason(sign(signed)) is LaunchCode.MALFORMED


def test_missing_request_is_refused() -> None:
    assert reason("") is LaunchCode.MISSING


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"context": 7}, "Expected `object`, got `int` - at `$.context`"),
        ({"context": {}}, "Object missing required field `user` - at `$.context`"),
        ({"userId": 7}, "Expected `str`, got `int` - at `$.userId`"),
        ({"userId": None}, "Object missing required field `userId`"),
        ({"user": {"locale": ["planted"]}}, "Expected `str | null`, got `array` - at `$.context.user.locale`"),
        (
            {"organization": {"organizationId": None}},
            "Object missing required field `organizationId` - at `$.context.organization`",
        ),
    ],
)
def test_refusal_says_in_the_log_which_field_is_to_blame(changes: dict[str, Any], words: str) -> None:
    refusal = refused(request(**changes))

    assert (refusal.reason, str(refusal)) == (LaunchCode.CLAIMS, words)


def test_agent_who_was_revoked_is_refused() -> None:
    assert reason(request(), revoked_agents=["somebody", USER]) is LaunchCode.AGENT_OFF


def test_agent_who_was_revoked_by_the_short_form_of_their_id_is_refused() -> None:
    assert reason(request(), revoked_agents=[USER[:15]]) is LaunchCode.AGENT_OFF


def test_desktop_that_is_switched_off_is_refused() -> None:
    assert reason(request(), enabled=False) is LaunchCode.HOST_OFF


def test_nothing_is_said_of_a_switched_off_desktop_before_the_signature_fits() -> None:
    assert reason(request(OTHER), enabled=False, revoked_agents=[USER]) is LaunchCode.SIGNATURE


def test_request_is_the_same_however_its_signature_is_spelled() -> None:
    text = request()
    signature, _, signed = text.partition(".")
    bare = signature.rstrip("=")

    spelled = {
        text,
        f"{bare}.{signed}",
        f"{bare.translate(str.maketrans('+/', '-_'))}.{signed}",
        f"{signature}==.{signed}",
    }

    assert len({check(one).token_id for one in spelled}) == 1
    assert check(request()).token_id != check(text).token_id


@pytest.mark.parametrize(
    ("theme", "shown"),
    [
        ("Theme4d", ""),
        ("Theme3", ""),
        ("dark", "dark"),
        ("Light", "light"),
        ("darkish", ""),
        (7, ""),
        ({"dark": 1}, ""),
    ],
)
def test_theme_is_used_where_it_says_plainly_which(theme: object, shown: str) -> None:
    assert check(request(environment={"uiTheme": theme})).theme == shown


def test_texts_too_long_to_be_salesforces_are_left_out() -> None:
    launch = check(request(user={"fullName": "x" * 201, "locale": "de" * 101, "timeZone": "x" * 201}))

    assert (launch.agent_name, launch.locale, launch.zone) == ("", "", "")


def test_refusal_never_quotes_the_request() -> None:
    for text in (
        request(user={"userId": "planted"}),
        request(organization={"organizationId": "planted"}),
        request(algorithm="planted"),
        about({"customer_id": "pl\nanted"}),
        about('{"customer_id": "planted", "customer_id": "planted"}'),
        about({"customer_id": "C-1", "order_id": "planted/.."}),
        sign_text('{"planted": 1, "planted": 2}'),
        request("planted"),
    ):
        refusal = refused(text)

        assert "planted" not in str(refusal)
        assert refusal.__cause__ is None
