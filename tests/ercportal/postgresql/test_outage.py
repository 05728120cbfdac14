from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

import psycopg
import pytest

from ercportal.postgresql.outage import Outage


def ask(outage: Outage) -> str:
    try:
        with outage.guard() as is_probe:
            return "probe" if is_probe else "asked"
    except psycopg.OperationalError:
        return "refused"


def fail(outage: Outage) -> None:
    with pytest.raises(psycopg.OperationalError, match="down"), outage.guard():
        raise psycopg.OperationalError("down")


def test_all_may_ask_a_database_that_answers() -> None:
    outage = Outage()

    with outage.guard() as first, outage.guard() as second:
        assert (first, second) == (False, False)


def test_one_may_ask_a_database_that_is_known_to_be_down() -> None:
    outage = Outage()
    fail(outage)

    with outage.guard() as first:
        meanwhile = ask(outage)

    assert (first, meanwhile) == (True, "refused")
    assert ask(outage) == "probe"


def test_end_of_the_outage_lets_all_go_on() -> None:
    outage = Outage()
    fail(outage)

    with outage.guard():
        outage.end()
        meanwhile = ask(outage)

    assert meanwhile == "asked"
    assert ask(outage) == "asked"


def waiting(outage: Outage, pool: ThreadPoolExecutor) -> Future[str]:
    """Somebody who comes while it is not yet sure that the database is down."""
    begun = Event()

    def come() -> str:
        begun.set()
        return ask(outage)

    asked = pool.submit(come)
    begun.wait()
    return asked


def test_others_wait_for_what_the_first_finds_after_one_sign_of_trouble() -> None:
    outage = Outage()
    outage.suspect(is_certain=False)

    with ThreadPoolExecutor(1) as pool, outage.guard():
        well = waiting(outage, pool)
        outage.end()
        found = well.result()

    assert found == "asked"


def test_others_are_refused_once_the_first_found_nothing() -> None:
    outage = Outage()
    outage.suspect(is_certain=False)

    with ThreadPoolExecutor(1) as pool, outage.guard():
        well = waiting(outage, pool)
        outage.suspect(is_certain=True)
        found = well.result()

    assert found == "refused"


def test_fault_of_another_kind_says_nothing_of_the_database() -> None:
    outage = Outage()

    with pytest.raises(KeyError), outage.guard():
        raise KeyError

    assert ask(outage) == "asked"
