"""Each reason of a refusal is explained to whoever reads its code."""

from __future__ import annotations

import pytest

from orders.embed.errors import ConversationCode, LaunchCode
from tests.support.paths import ROOT


@pytest.mark.parametrize(
    ("document", "codes"), [("docs/embedding.md", LaunchCode), ("docs/desktops/genesys.md", ConversationCode)]
)
def test_each_code_is_explained(document: str, codes: type[LaunchCode] | type[ConversationCode]) -> None:
    text = (ROOT / document).read_text("utf-8")

    assert [code.value for code in codes if f"`{code.value}`" not in text] == []
