"""What the demo says to type leads to what it says that comes."""

from __future__ import annotations

from django.conf import settings

from ercportal.demo.samples import SAMPLE_FAULTS, SAMPLE_SEARCHES
from ercportal.demo.sandbox.family_faults import FAULTS_OF
from ercportal.demo.sandbox.faults import ITEMS_FAULTS
from tests.support.sandbox import shared_catalogue


def test_searches_are_few_and_say_what_comes() -> None:
    texts = [search.text for search in SAMPLE_SEARCHES]

    assert len(texts) == len(set(texts)) < 25
    assert all(search.about.endswith(".") for search in SAMPLE_SEARCHES)


def test_both_ids_name_an_order_of_as_many_items_as_is_said() -> None:
    both = SAMPLE_SEARCHES[-1]

    order = shared_catalogue().find(*both.text.split())

    assert order is not None
    assert f"{len(order.items)} items" in both.about


def test_each_fault_is_one_of_the_sandbox() -> None:
    known = {f"C-FAULTS {name}" for name in ITEMS_FAULTS} | {
        name for faults in FAULTS_OF.values() for name in faults
    }

    assert set(SAMPLE_FAULTS) <= known


def test_settings_offer_the_searches_while_the_api_is_the_sandbox() -> None:
    assert list(SAMPLE_SEARCHES) == settings.SAMPLE_SEARCHES
