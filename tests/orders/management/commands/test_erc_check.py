"""The command that checks the connection."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command

from ercportal.demo.sandbox.server import SandboxServer
from orders.erc.paths import EndpointName
from tests.support.stub_erc import Reply, StubErc


def test_command_ends_with_zero_where_all_is_well(db: None, sandbox: SandboxServer) -> None:
    out = io.StringIO()

    call_command("erc_check", "C-1001", "A-20731", stdout=out)

    assert [line.split()[:2] for line in out.getvalue().splitlines()] == [
        ["ok", name] for name in ("settings", "dns", "tls", "token", *EndpointName)
    ]


def test_command_ends_with_one_where_a_step_failed(erc: StubErc) -> None:
    erc.token = lambda _asked: Reply(401, {"error": "invalid_client"})
    out = io.StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("erc_check", json=True, stdout=out)

    assert ended.value.code == 1
    assert [step["state"] for step in json.loads(out.getvalue())] == ["ok"] * 3 + ["failed"] + ["skipped"] * 7


@pytest.mark.parametrize("ids", [("C-1",), ("..", "O-1"), ("C\n1", "O-1")])
def test_command_refuses_ids_that_cannot_be(ids: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        call_command("erc_check", *ids)
