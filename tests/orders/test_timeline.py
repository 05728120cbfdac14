from __future__ import annotations

import pytest

from orders.timeline import TO_A_SHOP, TO_THE_DOOR, timeline


def drawn(status: str | None, delivery_type: str | None = None) -> str:
    return " ".join(f"{step.status}:{step.place.value}" for step in timeline(status, delivery_type))


@pytest.mark.parametrize(
    ("status", "delivery_type", "road"),
    [
        ("CONFIRMED", None, "CONFIRMED:now IN_TRANSIT:after OUT_FOR_DELIVERY:after DELIVERED:after"),
        ("CONFIRMED", "STORE_PICKUP", "CONFIRMED:now IN_TRANSIT:after READY_FOR_PICKUP:after PICKED_UP:after"),
        ("IN_TRANSIT", None, "CONFIRMED:before IN_TRANSIT:now OUT_FOR_DELIVERY:after DELIVERED:after"),
        (
            "IN_TRANSIT",
            "click and collect",
            "CONFIRMED:before IN_TRANSIT:now READY_FOR_PICKUP:after PICKED_UP:after",
        ),
        ("OUT_FOR_DELIVERY", None, "CONFIRMED:before IN_TRANSIT:before OUT_FOR_DELIVERY:now DELIVERED:after"),
        ("DELIVERED", "PICKUP", "CONFIRMED:before IN_TRANSIT:before OUT_FOR_DELIVERY:before DELIVERED:now"),
        ("READY_FOR_PICKUP", None, "CONFIRMED:before IN_TRANSIT:before READY_FOR_PICKUP:now PICKED_UP:after"),
        ("PICKED_UP", "HOME", "CONFIRMED:before IN_TRANSIT:before READY_FOR_PICKUP:before PICKED_UP:now"),
        (
            "ATTEMPTED_DELIVERY",
            None,
            "CONFIRMED:before IN_TRANSIT:before OUT_FOR_DELIVERY:before ATTEMPTED_DELIVERY:now DELIVERED:after",
        ),
        ("FAILURE", None, "CONFIRMED:open IN_TRANSIT:open OUT_FOR_DELIVERY:open FAILURE:now"),
        ("UNKNOWN", None, "UNKNOWN:now CONFIRMED:open IN_TRANSIT:open OUT_FOR_DELIVERY:open DELIVERED:open"),
        ("CUSTOMS", None, "CUSTOMS:now CONFIRMED:open IN_TRANSIT:open OUT_FOR_DELIVERY:open DELIVERED:open"),
        (None, None, "CONFIRMED:open IN_TRANSIT:open OUT_FOR_DELIVERY:open DELIVERED:open"),
    ],
)
def test_status_stands_where_it_belongs_on_the_road(
    status: str | None, delivery_type: str | None, road: str
) -> None:
    assert drawn(status, delivery_type) == road


@pytest.mark.parametrize("status", [*TO_THE_DOOR, *TO_A_SHOP, "ATTEMPTED_DELIVERY", "FAILURE", "UNKNOWN", "OTHER"])
def test_exactly_one_step_is_the_present_one(status: str) -> None:
    present = [step.status for step in timeline(status) if step.place.value == "now"]

    assert present == [status]
