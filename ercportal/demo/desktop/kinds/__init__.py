"""Desktops that one can buy, as the make-believe desktop plays them: a page for each kind, over its protocol."""

from __future__ import annotations

from collections.abc import Sequence

from ercportal.demo.desktop.kinds.address import AddressDesktop
from ercportal.demo.desktop.kinds.amazon_connect import AmazonConnect
from ercportal.demo.desktop.kinds.chatwoot import Chatwoot
from ercportal.demo.desktop.kinds.genesys import Genesys
from ercportal.demo.desktop.kinds.kind import Kind
from ercportal.demo.desktop.kinds.salesforce import Salesforce
from ercportal.demo.desktop.kinds.zendesk import Zendesk

KINDS: Sequence[Kind] = (
    AddressDesktop(),
    AmazonConnect(),
    Chatwoot(),
    Genesys(),
    Salesforce(),
    Zendesk(),
)
