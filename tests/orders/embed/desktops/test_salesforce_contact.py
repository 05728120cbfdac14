"""Whom a signed request of Salesforce is about: what the page passes on, and the record's own fields."""

from __future__ import annotations

import json
import math

import pytest

from orders.embed.errors import LaunchCode
from orders.lookup.find import Kind
from tests.support.salesforce import about, check, refused

NEEDED = "one of customer_id, order_number, email and phone is needed"


def test_customer_is_the_first_usable_one_of_the_configured_paths() -> None:
    assert check(about({"customer_id": "C-1"}, ERP_Id__c="C-2")).customer_id == "C-1"
    assert check(about({}, ERP_Id__c="C-2")).customer_id == "C-2"
    assert check(about(None, ERP_Id__c="C-2")).customer_id == "C-2"
    assert check(about({"customer_id": " "}, ERP_Id__c=42)).customer_id == "42"
    assert check(about({"customer_id": "{{unfilled}}"}, ERP_Id__c="C-2")).customer_id == "C-2"


@pytest.mark.parametrize(
    ("number", "customer_id"), [(42.0, "42"), (-1.0, "-1"), (2.0**53, "C-2"), (4.2, "C-2"), (math.inf, "C-2")]
)
def test_number_field_is_an_id_where_it_holds_a_whole_number(number: float, customer_id: str) -> None:
    assert check(about({"customer_id": number}, ERP_Id__c="C-2")).customer_id == customer_id


@pytest.mark.parametrize("parameters", [{"customer_id": "C-1"}, json.dumps({"customer_id": "C-1"})])
def test_parameters_come_as_an_object_or_as_its_json(parameters: object) -> None:
    assert check(about(parameters)).customer_id == "C-1"


@pytest.mark.parametrize("parameters", ["", "  ", None, 7, [], {}])
def test_page_without_parameters_leaves_the_record(parameters: object) -> None:
    assert check(about(parameters, ERP_Id__c="C-2")).customer_id == "C-2"


@pytest.mark.parametrize(
    "parameters", ["{customer_id: 'C-1'}", "[]", '{"customer_id": "C-1", "customer_id": "C-2"}', "[" * 5000]
)
def test_parameters_that_are_no_object_are_refused_instead_of_passed_over(parameters: str) -> None:
    refusal = refused(about(parameters, ERP_Id__c="C-2"))

    assert refusal.reason is LaunchCode.CLAIMS
    assert str(refusal) == "parameters is no JSON object, or has a name twice"


@pytest.mark.parametrize(
    ("parameters", "record"),
    [
        ({}, {}),
        ({"other": "C-1"}, {"Id": "500"}),
        ({"customer_id": ""}, {"ERP_Id__c": None}),
        ({"customer_id": ".."}, {"ERP_Id__c": "a\nb"}),
        ({"customer_id": "x" * 513}, {}),
        ({"customer_id": True}, {"ERP_Id__c": ["C-1"]}),
        ({"customer_id": "\ud800"}, {}),
        ({"order_id": "O-1"}, {}),
        ({}, {"SuppliedEmail": "anonymous", "SuppliedPhone": "unknown"}),
    ],
)
def test_request_about_nobody_is_refused_in_the_words_of_our_own_launch(
    parameters: dict[str, object], record: dict[str, object]
) -> None:
    refusal = refused(about(parameters, **record))

    assert (refusal.reason, str(refusal)) == (LaunchCode.CLAIMS, NEEDED)


def test_request_without_an_environment_is_refused() -> None:
    assert refused(about([])).reason is LaunchCode.CLAIMS


def test_order_that_is_named_limits_the_panel_to_it() -> None:
    launch = check(about({"customer_id": "C-1", "order_id": " O-1 "}))

    assert (launch.customer_id, launch.order_id) == ("C-1", "O-1")


def test_order_that_can_be_none_is_refused_instead_of_limiting_nothing() -> None:
    refusal = refused(about({"customer_id": "C-1", "order_id": "O-1/.."}))

    assert (refusal.reason, str(refusal)) == (LaunchCode.CLAIMS, "order_id holds what no id can have")


def test_customer_whose_id_is_not_known_is_searched_for() -> None:
    launch = check(about({"order_id": "O-1"}, SuppliedEmail="Ines@Mail.example", SuppliedPhone="+351910000000"))

    assert launch.customer_id == ""
    assert launch.order_id == "O-1"
    assert {reading.kind for reading in launch.sought} == {Kind.EMAIL, Kind.PHONE}


def test_nothing_is_searched_for_where_the_customer_is_known() -> None:
    launch = check(about({"customer_id": "C-1"}, SuppliedEmail="ines@mail.example"))

    assert launch.sought == ()
