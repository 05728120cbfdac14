from __future__ import annotations

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from orders.embed.entries import read_hosts
from tests.support.launching import SECRET, ec_key, host, private_pem, public_pem, rsa_host, rsa_key


def key(**fields: Any) -> dict[str, Any]:
    return {"kid": "k", **fields}


def test_hosts_are_read_with_their_keys_by_kid() -> None:
    hosts = read_hosts([host(revoked_agents=["a-1"]), rsa_host(enabled=False)], allow_plain=False)

    desk, other = hosts["desk"], hosts["other-desk"]
    assert {kid: one.algorithm for kid, one in desk.keys.items()} == {"hs": "HS256", "es": "ES256"}
    assert (desk.name, desk.is_enabled, desk.revoked_agents) == ("The desk", True, frozenset({"a-1"}))
    assert (other.is_enabled, [one.algorithm for one in other.keys.values()]) == (False, ["RS256"])


def test_host_without_a_name_is_called_by_its_issuer() -> None:
    assert read_hosts([host(name="")], allow_plain=False)["desk"].name == "desk"


@pytest.mark.parametrize(
    ("registered", "origin", "is_known"),
    [
        ("https://desk.example", "https://desk.example", True),
        ("https://desk.example", "https://desk.example:8443", False),
        ("https://desk.example", "http://desk.example", False),
        ("https://desk.example", "https://a.desk.example", False),
        ("https://desk.example", "https://desk.example.attacker.example", False),
        ("https://*.desk.example", "https://a.desk.example", True),
        ("https://*.desk.example", "https://a.b.desk.example", True),
        ("https://*.desk.example", "https://desk.example", False),
        ("https://*.desk.example", "https://evildesk.example", False),
        ("https://*.desk.example", "https://attacker.example/.desk.example", False),
        ("https://*.desk.example", "https://a.desk.example:8443", False),
        ("https://*.desk.example:8443", "https://a.desk.example:8443", True),
        ("https://*.desk.example", "null", False),
        ("https://*.desk.example", "", False),
    ],
)
def test_origin_belongs_to_the_host_that_registered_it(registered: str, origin: str, is_known: bool) -> None:
    desk = read_hosts([host(origins=[registered])], allow_plain=False)["desk"]

    assert desk.has_origin(origin) is is_known


@pytest.mark.parametrize(
    "origin",
    [
        "*",
        "https://*",
        "https://*.example",
        "https://*.*.example.com",
        "https://a.*.example.com",
        "https://a*.example.com",
        "https://desk.example/",
        "https://desk.example/path",
        "https://desk.example:443",
        "https://desk.example:70000",
        "https://desk.example:0",
        "https://Desk.example",
        "https://user@desk.example",
        "https://desk.example?x",
        "https://desk.example https://other.example",
        "https://desk.example;script-src *",
        "https://-a.example",
        "https://",
        "desk.example",
        "//desk.example",
        "null",
        "'self'",
        "data:",
        "",
        "https://desk.example\n",
        "http://desk.example",
    ],
)
def test_origin_that_is_not_exact_is_refused(origin: str) -> None:
    with pytest.raises(ValueError, match=r"host 1 \(desk\): origins"):
        read_hosts([host(origins=[origin])], allow_plain=False)


def test_plain_origin_is_taken_for_development() -> None:
    assert read_hosts([host(origins=["http://localhost:8002"])], allow_plain=True)["desk"].origins


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ({}, "must be a list"),
        (["x"], "object"),
        ([{}], "issuer"),
        ([host(keyz=[])], "keyz"),
        ([host(enabled="yes")], "enabled"),
        ([host(issuer="")], "issuer"),
        ([host(issuer="a\nb")], "issuer"),
        ([host(origins=[])], "at least one origin"),
        ([host(), host()], "same issuer"),
        ([host(keys=[])], "one key, or two"),
        ([host(keys=[key(kid=str(n), algorithm="HS256", secret=SECRET) for n in range(3)])], "one key, or two"),
        ([host(keys=[key(algorithm="HS256", secret=SECRET)] * 2)], "kid"),
        ([host(keys=[key(kid=" ", algorithm="HS256", secret=SECRET)])], "kid"),
        ([host(keys=[key(algorithm="none")])], "algorithm"),
        ([host(keys=[key(algorithm="HS512", secret=SECRET * 3)])], "algorithm"),
        ([host(keys=[key(algorithm="HS256", secret="planted" + "x" * 24)])], "32 bytes"),
        ([host(keys=[key(algorithm="HS256", secret=SECRET, public_key="planted")])], "nothing else"),
        ([host(keys=[key(algorithm="HS256", public_key=public_pem(ec_key()))])], "32 bytes"),
        ([host(keys=[key(algorithm="HS256", secret=public_pem(ec_key()))])], "another kind"),
        ([host(keys=[key(algorithm="ES256", secret="planted" * 9)])], "public key only"),
        ([host(keys=[key(algorithm="ES256", public_key="planted")])], "PEM"),
        ([host(keys=[key(algorithm="ES256", public_key=private_pem(ec_key()))])], "never leave the host"),
        ([host(keys=[key(algorithm="ES256", public_key=public_pem(rsa_key()))])], "P-256"),
        ([host(keys=[key(algorithm="RS256", public_key=public_pem(ec_key()))])], "RSA"),
    ],
)
def test_bad_registration_is_refused_with_what_to_correct(entries: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words) as refusal:
        read_hosts(entries, allow_plain=False)

    assert "planted" not in str(refusal.value)
    assert "BEGIN" not in str(refusal.value)


def test_weak_keys_are_refused() -> None:
    curve = public_pem(ec.generate_private_key(ec.SECP384R1()))
    small = public_pem(rsa.generate_private_key(public_exponent=65537, key_size=1024))  # noqa: S505

    for algorithm, pem in (("ES256", curve), ("RS256", small)):
        with pytest.raises(ValueError, match=algorithm):
            read_hosts([host(keys=[key(algorithm=algorithm, public_key=pem)])], allow_plain=False)


def test_keys_are_never_part_of_what_a_host_looks_like() -> None:
    desk = read_hosts([host()], allow_plain=False)["desk"]

    assert SECRET not in repr(desk) + repr(desk.keys["hs"])
