"""The production settings, with one more address."""

from __future__ import annotations

from ercportal.settings import *  # noqa: F403

ROOT_URLCONF = "tests.benchmarks.portal.urls"
