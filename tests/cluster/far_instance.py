"""An instance on a machine of its own, as far as its network goes: the network may be cut off."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.cluster.instances import Instance
from tests.cluster.waiting import wait_for
from tests.support.paths import ROOT

_IP = shutil.which("ip") or "/usr/sbin/ip"
_NOBODYS = "02:00:00:00:00:01"


class _Network:
    """A namespace with an address of its own, which the other end of a cable reaches."""

    def __init__(self) -> None:
        number = os.getpid() % 10_000
        self._name = f"portal-far-{number}"
        self._cables = (f"near{number}", f"far{number}")
        block = f"10.{200 + number // 250}.{number % 250}"
        self.near, self.far = f"{block}.1", f"{block}.2"
        self.inside = [_IP, "netns", "exec", self._name]

    def set_up(self) -> None:
        """Make it, or skip the test where this machine does not let it be made."""
        here, there = self._cables
        try:
            _ip("netns", "add", self._name)
        except (OSError, subprocess.CalledProcessError) as error:
            pytest.skip(f"no network namespace can be made here: {error}")
        _ip("link", "add", here, "type", "veth", "peer", "name", there, "netns", self._name)
        _ip("addr", "add", f"{self.near}/24", "dev", here)
        _ip("link", "set", here, "up")
        self._ip_inside("addr", "add", f"{self.far}/24", "dev", there)
        self._ip_inside("link", "set", there, "up")
        self._ip_inside("link", "set", "lo", "up")

    def remove(self) -> None:
        """Take it away, and the cable with it."""
        _ip("netns", "del", self._name)

    def cut_off(self) -> None:
        """Send all that goes either way to a card that nobody has, which drops it: no end hears of that."""
        here, there = self._cables
        _ip("neigh", "replace", self.far, "lladdr", _NOBODYS, "dev", here, "nud", "permanent")
        self._ip_inside("neigh", "replace", self.near, "lladdr", _NOBODYS, "dev", there, "nud", "permanent")

    def connect(self) -> None:
        """Let both ends find each other again."""
        here, there = self._cables
        _ip("neigh", "del", self.far, "dev", here)
        self._ip_inside("neigh", "del", self.near, "dev", there)

    def _ip_inside(self, *words: str) -> None:
        _ip("-n", self._name, *words)


def _ip(*words: str) -> None:
    subprocess.run([_IP, *words], check=True, capture_output=True)


class Far:
    """The instance, and its network."""

    def __init__(self, instance: Instance, network: _Network) -> None:
        self.instance = instance
        self.cut_off = network.cut_off
        self.connect = network.connect


@contextmanager
def far_instance(env: Mapping[str, str], folder: Path) -> Iterator[Far]:
    """Run it with the settings of an instance of this machine; what that reaches, it reaches by its network."""
    network = _Network()
    network.set_up()
    with ExitStack() as stack:
        stack.callback(network.remove)
        ports = sorted({port for value in env.values() for port in re.findall(r"127\.0\.0\.1:(\d+)", value)})
        for inside, here, there in (([], network.near, "127.0.0.1"), (network.inside, "127.0.0.1", network.near)):
            relay = subprocess.Popen(
                [*inside, sys.executable, "-m", "tests.cluster.relay", here, there, *ports], cwd=ROOT
            )
            stack.callback(relay.wait, 10)
            stack.callback(relay.terminate)
            if not inside:
                wait_for(int(ports[0]), relay, str, here)
        own = {**env, "ALLOWED_HOSTS": f"{env['ALLOWED_HOSTS']},{network.far}"}
        with Instance(own, folder / "far.log", inside=network.inside, host=network.far) as instance:
            yield Far(instance, network)
