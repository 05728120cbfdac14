"""A secret is hidden in each of its spellings, and nothing else is."""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Callable
from urllib.parse import quote, quote_plus

import pytest

from orders.erc.masking import HIDDEN, mask

TOKEN = "aB3-xY_9.z~/+=Q7"
WORDS = 'pass phrase "é" & <b>\\'
JWT = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJlLXBsYW50ZWQ"


def percent(text: str) -> str:
    """Every byte of the text as an address may spell it."""
    return "".join(f"%{byte:02X}" for byte in text.encode())


def in_utf_16(text: str) -> str:
    """The text as the other encoding reads it."""
    return text.encode("utf-16-le").decode("latin-1").removesuffix("\0")


SPELLINGS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "capitals": str.upper,
    "small": str.lower,
    "swapped case": str.swapcase,
    "JSON": lambda secret: json.dumps(secret)[1:-1],
    "JSON with its own letters": lambda secret: json.dumps(secret, ensure_ascii=False)[1:-1],
    "JSON with slashes": lambda secret: json.dumps(secret)[1:-1].replace("/", "\\/"),
    "JSON in JSON": lambda secret: json.dumps(json.dumps(secret))[3:-3],
    "JSON in capitals": lambda secret: "".join(f"\\U{ord(c):04X}" for c in secret),
    "JSON by numbers": lambda secret: "".join(f"\\u{ord(c):04x}" for c in secret),
    "Python": lambda secret: "".join(f"\\x{ord(c):02x}" for c in secret),
    "HTML": html.escape,
    "HTML in capitals": lambda secret: html.escape(secret).upper(),
    "HTML by numbers": lambda secret: "".join(f"&#{ord(c)};" for c in secret),
    "HTML in hexadecimal": lambda secret: "".join(f"&#x{ord(c):X};" for c in secret),
    "HTML of HTML": lambda secret: html.escape(html.escape(secret)),
    "address": lambda secret: quote(secret, safe=""),
    "path": quote,
    "form": quote_plus,
    "address by bytes": percent,
    "address by small bytes": lambda secret: percent(secret).lower(),
    "address in an address": lambda secret: quote(quote(secret, safe=""), safe=""),
    "address in JSON in HTML": lambda secret: html.escape(json.dumps(quote(secret, safe=""))[1:-1]),
    "split by lines": lambda secret: "\n".join(secret),
    "split by Windows' lines": lambda secret: secret[:3] + "\r\n" + secret[3:],
    "split by blanks": " ".join,
    "split by tabs": lambda secret: secret[:2] + "\t\t" + secret[2:],
    "split by JSON's lines": lambda secret: json.dumps("\n".join(secret))[1:-1],
    "split by an address's lines": lambda secret: "%0D%0A".join(map(percent, secret)),
    "split by HTML's lines": lambda secret: "<br />".join(map(html.escape, secret)),
    "split by HTML's soft lines": lambda secret: "<WBR>".join(map(html.escape, secret)),
    "split by HTML's blanks": lambda secret: "&nbsp;".join(map(html.escape, secret)),
    "split by no-break spaces": "\xa0".join,
    "split by marks without width": "\u200b".join,
    "split by soft hyphens": "\xad".join,
    "split by byte order marks": "\ufeff".join,
    "split by NUL": "\x00".join,
    "UTF-16": in_utf_16,
    "capitals, split, in an address": lambda secret: percent("\n".join(secret.upper())),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("secret", [TOKEN, WORDS, JWT, "secret", "s3cr3t-of-the-client"], ids=str)
def test_secret_is_hidden_in_each_spelling(secret: str, spelling: str) -> None:
    spelled = SPELLINGS[spelling](secret)

    assert mask(f"it was >{spelled}<, they say", [secret]) == f"it was >{HIDDEN}<, they say"
    assert mask(f"{spelled}", [secret]) == HIDDEN
    assert mask(f'{{"a%20b": "{spelled}"}} {spelled}', [secret]) == f'{{"a%20b": "{HIDDEN}"}} {HIDDEN}'


@pytest.mark.parametrize("before", ["", "c", "cl", "cli", "client:", "x" * 50])
@pytest.mark.parametrize("after", ["", "a", "ab", "abc", ":more"])
@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode])
def test_secret_is_hidden_in_base64_of_what_holds_it(
    encode: Callable[[bytes], bytes], before: str, after: str
) -> None:
    secret = "s3cret>>>???~~~é"
    encoded = encode(f"{before}{secret}{after}".encode()).decode()
    # Only what the secret's first and last byte share with their neighbours can stay.
    rest = len(before.encode()) * 4 // 3 + len(after.encode()) * 4 // 3 + 8

    for text in (encoded, encoded.lower(), encoded.upper()):
        shown = mask(f"Basic {text}", [secret])
        assert shown.count(HIDDEN) == 1
        assert len(shown) <= len("Basic …") + rest


@pytest.mark.parametrize("spell", [lambda text: "\n".join(text), lambda text: quote(text, safe=""), percent])
def test_secret_is_hidden_in_base64_that_is_quoted(spell: Callable[[str], str]) -> None:
    encoded = base64.b64encode(b"id:s3cret>>>???~~~").decode()

    shown = mask(f"Basic {spell(encoded)} end", ["s3cret>>>???~~~"])

    assert shown.count(HIDDEN) == 1
    assert shown.endswith("… end")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nothing to hide, 100%",
        "tokenizer and Secret garden",
        "%41%42 &amp; \\n \\u0041 %zz \\q &nonsense; &# %",
        "secre",
        "ecret",
        "s.e.c.r.e.t",
        "a" * 1000,
        "İstanbul İ",
        "\ud800 half",
    ],
)
def test_text_without_a_secret_is_kept_to_the_letter(text: str) -> None:
    assert mask(text, [TOKEN, WORDS, "s3cret", "secret-7"]) == text


def test_secrets_are_hidden_where_they_stand_and_nothing_around_them() -> None:
    text = f"a %41 İ {TOKEN.upper()} b\n\n{quote(JWT, safe='')}\nc &amp; {TOKEN} \\u0041 d"

    assert mask(text, [TOKEN, JWT]) == "a %41 İ … b\n\n…\nc &amp; … \\u0041 d"


@pytest.mark.parametrize("text", ["&#65&#66&#67&#68&#69&#70!", "&#x41&#x42&#x43&#x44&#x45&#x46!", "&lt&gt&ltabc!"])
def test_secret_is_hidden_in_html_whose_signs_do_not_end(text: str) -> None:
    assert mask(text, ["ABCDEF", "<><abc"]) == "…!"


def test_secrets_beside_each_other_are_hidden_each() -> None:
    assert mask(f"{TOKEN.upper()}{JWT.upper()}", [TOKEN, JWT]) == "……"
    assert mask(f"{TOKEN.upper()} {TOKEN.upper()}", [TOKEN]) == "… …"


def test_secret_within_another_leaves_nothing_of_either() -> None:
    inner, outer = "inner-secret", "before-inner-secret-after"

    assert mask(f"x {outer.upper()} y", [inner, outer]) == "x … y"
    for secrets in ([outer, inner], [inner, outer]):
        assert mask(f"x {outer} y", secrets) == "x … y"


def test_quoting_that_a_secret_itself_holds_is_no_quoting() -> None:
    for secret in ("a%41b%42c", "x&amp;y&lt;", "n\\n\\u0041n", "a\nb c\td e f g"):
        assert mask(f"({secret})", [secret]) == "(…)"
        assert mask(f"({secret.upper()})", [secret]) == "(…)"
        assert mask(f"({quote(secret, safe='')})", [secret]) == "(…)"


@pytest.mark.parametrize(
    ("secret", "text", "shown"),
    [
        ("abc12", "x abc12 y", "x … y"),
        ("abc12", "x ABC12 y", "x ABC12 y"),
        ("abc12", "x abc 12 y", "x abc 12 y"),
        ("abc123", "x ABC 123 y", "x … y"),
        ("a b c", "a b c abc", "… abc"),
        ("", "x", "x"),
        ("      ", "x      y", "x…y"),
    ],
)
def test_short_secret_is_known_only_as_it_is(secret: str, text: str, shown: str) -> None:
    assert mask(text, [secret]) == shown


def test_quoting_is_undone_three_times() -> None:
    spelled = [TOKEN]
    for _ in range(4):
        spelled.append(quote(spelled[-1], safe=""))

    assert [mask(one, [TOKEN]) == HIDDEN for one in spelled] == [True, True, True, True, False]
