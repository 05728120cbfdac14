from __future__ import annotations

import pytest

from orders.lookup.timeline import TO_A_SHOP, TO_THE_DOOR, StepState, timeline


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
        ("CUSTOMS", None, "CUSTOMS:now"),
        ("", None, "CONFIRMED:open IN_TRANSIT:open OUT_FOR_DELIVERY:open DELIVERED:open"),
        ("delivered", None, "CONFIRMED:before IN_TRANSIT:before OUT_FOR_DELIVERY:before DELIVERED:now"),
        ("in-transit", None, "CONFIRMED:before IN_TRANSIT:now OUT_FOR_DELIVERY:after DELIVERED:after"),
        ("Failure", None, "CONFIRMED:open IN_TRANSIT:open OUT_FOR_DELIVERY:open FAILURE:now"),
        (
            "OUT_FOR_DELIVERY",
            "PICKUP",
            "CONFIRMED:before IN_TRANSIT:before OUT_FOR_DELIVERY:now DELIVERED:after",
        ),
        *(
            ("IN_TRANSIT", kind, "CONFIRMED:before IN_TRANSIT:now READY_FOR_PICKUP:after PICKED_UP:after")
            for kind in ("Pick-up", "pick up", "click_and_collect", "LOCAL_PICKUP", "In‑store Pick\u00a0up")
        ),
        ("FAILURE", "in-store pick up", "CONFIRMED:open IN_TRANSIT:open READY_FOR_PICKUP:open FAILURE:now"),
        (
            "ATTEMPTED_DELIVERY",
            "PICKUP",
            "CONFIRMED:before IN_TRANSIT:before OUT_FOR_DELIVERY:before ATTEMPTED_DELIVERY:now DELIVERED:after",
        ),
        (None, "PICKUP", "CONFIRMED:open IN_TRANSIT:open READY_FOR_PICKUP:open PICKED_UP:open"),
        (None, None, "CONFIRMED:open IN_TRANSIT:open OUT_FOR_DELIVERY:open DELIVERED:open"),
    ],
)
def test_status_stands_where_it_belongs_on_the_road(
    status: str | None, delivery_type: str | None, road: str
) -> None:
    assert drawn(status, delivery_type) == road


@pytest.mark.parametrize("delivery_type", [None, "HOME", "PICKUP"])
@pytest.mark.parametrize(
    "status", sorted({*TO_THE_DOOR, *TO_A_SHOP, "ATTEMPTED_DELIVERY", "FAILURE", "UNKNOWN", "OTHER"})
)
def test_exactly_one_step_is_the_present_one(status: str, delivery_type: str | None) -> None:
    present = [step.status for step in timeline(status, delivery_type) if step.place is StepState.NOW]

    assert present == [status]


@pytest.mark.parametrize("status", ["DELIVERED", "PICKED_UP", "FAILURE"])
def test_nothing_comes_after_the_end_of_the_road(status: str) -> None:
    assert timeline(status)[-1] == (status, StepState.NOW)


def test_unlisted_status_has_no_road() -> None:
    assert timeline("HELD_AT_CUSTOMS") == (("HELD_AT_CUSTOMS", StepState.NOW),)


@pytest.mark.parametrize("status", ["FAILURE", "UNKNOWN", None])
def test_status_off_the_road_claims_nothing_about_its_steps(status: str | None) -> None:
    others = {step.place for step in timeline(status) if step.status != status}

    assert others == {StepState.OPEN}
