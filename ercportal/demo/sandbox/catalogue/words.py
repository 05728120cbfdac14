"""Orders about words and pictures: long names, other scripts, pictures that do not come, text that means harm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ercportal.demo.sandbox.catalogue.model import Clock, Order, delivery, item, money
from ercportal.demo.sandbox.catalogue.products import sold

if TYPE_CHECKING:
    from ercportal.demo.sandbox.wire import Json

LONG_DESCRIPTION_BYTES = 100_000

_LONG_NAME = (
    "Modular corner sofa with left-hand chaise longue, removable bouclé covers in oat, kiln-dried beech frame, "
    "pocket-sprung seat cushions, feather-wrapped back cushions, adjustable headrests, concealed bedding drawer, "
    "matching ottoman and a ten-year guarantee on the frame"
)
_UNBROKEN_NAME = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen" * 4


def word_orders(clock: Clock) -> list[Order]:
    """The orders about words and pictures, fresh by this clock."""
    return [_pictures(clock), _long_names(clock), _scripts(clock), _hostile(clock)]


def _pictures(clock: Clock) -> Order:
    sent = [delivery("dlv-20911-1", "DELIVERED", clock.ago(days=1))]
    without = sold("itm-20911-1", "MUG-0500-IN", deliveries=sent)
    del without["image_url"]
    items = (
        without,
        sold("itm-20911-2", "BOK-9781-PB", image_url="/pictures/missing.svg", deliveries=sent),
        sold("itm-20911-3", "UMB-STM-CO", image_url="/pictures/broken.png", deliveries=sent),
        sold("itm-20911-4", "SPK-BLOC-SA", deliveries=sent),
    )
    about = "No picture, one that is not found, one that is broken, and a good one to compare."
    return Order("C-1003", "A-20911", "Missing and broken pictures", about, items, {"id": "page-20911"})


def _long_names(clock: Clock) -> Order:
    sent = [delivery("dlv-21015-1", "IN_TRANSIT", clock.ago(hours=11))]
    items = (
        sold("itm-21015-1", "CHR-ASH-01", name=_LONG_NAME, price=money("2849.00"), deliveries=sent),
        sold("itm-21015-2", "HLM-URB-M", name=_UNBROKEN_NAME, sku="SKU" + "-0123456789" * 8, deliveries=sent),
    )
    about = "Names of more than 200 characters, one of them without a single space, and a long SKU."
    return Order("C-1004", "A-21015", "Long names", about, items, {"id": "page-21015"})


def _scripts(clock: Clock) -> Order:
    sent = [delivery("dlv-21018-1", "OUT_FOR_DELIVERY", clock.ago(hours=3))]
    items = (
        sold(
            "itm-21018-1", "TEA-GRN-100", name="شاي أخضر فاخر، علبة ١٠٠ غرام", brand="بستان الشاي", deliveries=sent
        ),
        sold("itm-21018-2", "LMP-ARC-TL", name="מנורת שולחן מתכווננת (6W)", brand="אור בית", deliveries=sent),
        sold("itm-21018-3", "KET-17L-CR", name="南部鉄器 急須 0.6L", brand="岩手工房", deliveries=sent),
        sold("itm-21018-4", "TOY-TRN-02", name="木製貨物列車 🚂🚃🚃", brand="小さな駅", deliveries=sent),
        sold("itm-21018-5", "TEE-ORG-L-MS", name="Family tee 👨‍👩‍👧‍👦 “We are 4” 🏳️‍🌈", deliveries=sent),
    )
    about = "Arabic, Hebrew, Japanese and emoji in names and brands."
    return Order("C-1004", "A-21018", "Many scripts", about, items, {"id": "page-21018"})


def _hostile(clock: Clock) -> Order:
    bad_link = {"tracking_number": "<b>1</b>", "external_url": "javascript:alert(document.domain)"}
    data_link = {
        "tracking_number": "NP\u202e 123\u0000\u001b[31m",
        "external_url": "data:text/html,<script>alert(1)</script>",
    }
    items = (
        item(
            "itm-21209-1\"><script>alert('id')</script>",
            "<script>alert('name')</script><img src=x onerror=alert(1)>",
            "1.00",
            brand="</article><style>*{display:none}</style>",
            description="{{ 7*7 }} {% raw %} ${7*7} <svg/onload=alert(1)>",
            image_url="javascript:alert('picture')",
            sku="' onmouseover='alert(1)",
            quantity=1,
            deliveries=[
                delivery("dlv\"'<>1", "<IMG SRC=X>", clock.ago(hours=1), tracking_info=bad_link),
                delivery(
                    "dlv-21209-2", "IN_TRANSIT", clock.ago(hours=1), tracking_info=data_link, carrier="<i>x</i>"
                ),
            ],
        ),
        item(
            "itm-21209-2",
            "Harmless\u202egpj.exe \u2066hidden\u2069 bell\u0007 null\u0000 esc\u001b[2J",
            "2.00",
            image_url="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            custom_fields={
                "<script>alert('key')</script>": "<script>alert('value')</script>",
                "__proto__": {"x": 1},
            },
        ),
        item("itm-21209-3", "A very long story", "3.00", description=_long_description(), currency="<b>"),
    )
    fields: dict[str, Json] = {"id": "page-21209", "custom_fields": {"note": "<script>alert('page')</script>"}}
    about = "Markup, javascript: and data: links, control and bidi characters, a description of 100 kB."
    return Order("C-1006", "A-21209", "Hostile text", about, items, fields)


def _long_description() -> str:
    sentence = "This sentence is repeated until the description is long enough. "
    return (sentence * (LONG_DESCRIPTION_BYTES // len(sentence) + 1))[:LONG_DESCRIPTION_BYTES]
