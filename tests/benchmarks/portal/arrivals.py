"""Requests that come at random and do not wait for each other, by httperf (Debian's package of that name).

Its connections begin a random time of exponential distribution after each other, so they are a Poisson process,
and each brings one request: an answer that is late delays none that comes after it, and every wait counts in full.
httperf never sleeps, and so takes what is left of a core; it is nice to those who are measured.
"""

from __future__ import annotations

import math
import random
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from tests.benchmarks.portal.load import LoadFailedError

_HEADER = "Accept-Encoding: gzip\\n"
_WITH_HISTOGRAM = ("--verbose", "--verbose")
_HISTOGRAM = re.compile(r"^ +(\d+\.\d+) (\d+)$", re.MULTILINE)
_TOTAL = re.compile(r"^Total: connections (\d+) .* replies (\d+) test-duration ([\d.]+) s", re.MULTILINE)
_GOOD = re.compile(r"^Reply status: .* 2xx=(\d+)", re.MULTILINE)


class Arrivals(NamedTuple):
    """What came of them; times from the opening of a connection to the end of the answer, to the millisecond."""

    requests: int
    seconds: float
    p50: float
    p95: float

    @property
    def rate(self) -> float:
        """How many came a second."""
        return self.requests / self.seconds


def arrive(url: str, *, rate: float, seconds: float, cookie: str = "") -> Arrivals:
    """Have `rate` requests a second come on average; NNN in the address becomes another text each time.

    Raises LoadFailedError where one of them was not answered well within 20 s.
    """
    program = shutil.which("httperf")
    assert program, "httperf is not installed: make bench installs it"
    parts, count, own = urlsplit(url), max(1, round(rate * seconds)), time.time_ns()
    with tempfile.NamedTemporaryFile("w") as addresses:
        path = f"{parts.path}?{parts.query}"
        addresses.write("".join(path.replace("NNN", f"{own}-{number}") + "\0" for number in range(count)))
        addresses.flush()
        options: Mapping[str, object] = {
            "server": parts.hostname,
            "port": parts.port,
            "period": f"e{1 / rate:.6f}",
            "num-conns": count,
            "num-calls": 1,
            "timeout": 20,
            "wlog": f"y,{addresses.name}",
            "add-header": _HEADER + (f"Cookie: {cookie}\\n" if cookie else ""),
            # Which of the sequences of random times; the same number gives the same times.
            "client": f"{random.randrange(1000)}/1000",  # noqa: S311 - no secret
        }
        command = [program, "--hog", *_WITH_HISTOGRAM, *(f"--{name}={value}" for name, value in options.items())]
        ran = subprocess.run(["nice", "-n", "10", *command], capture_output=True, text=True, check=True)  # noqa: S607
    return read_report(ran.stdout)


def read_report(report: str) -> Arrivals:
    """Read what httperf printed. Raises LoadFailedError where a request was not answered well."""
    total, good = _TOTAL.search(report), _GOOD.search(report)
    assert total, report
    assert good, report
    if int(good[1]) != int(total[1]):
        raise LoadFailedError(f"{total[1]} requests came, {total[2]} were answered, {good[1]} of them well")
    histogram = [(float(middle), int(count)) for middle, count in _HISTOGRAM.findall(report)]
    return Arrivals(int(total[1]), float(total[3]), _share(histogram, 0.5), _share(histogram, 0.95))


def _share(histogram: list[tuple[float, int]], share: float) -> float:
    """The time within which that share of all was answered."""
    left = math.ceil(share * sum(count for _, count in histogram))
    for middle, count in histogram:
        left -= count
        if left <= 0:
            return middle
    raise AssertionError("no request was answered")
