from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator

import pytest

from ercportal import log_queue
from ercportal.log_format import JsonFormatter
from ercportal.log_queue import PatientHandler


class Pipe:
    """What a log is written to, and who reads it."""

    def __init__(self) -> None:
        to_read, self.to_write = os.pipe()
        self.reader = os.fdopen(to_read)

    def lines(self, count: int) -> list[dict[str, object]]:
        """The next so many lines."""
        return [json.loads(self.reader.readline()) for _ in range(count)]


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    made = Pipe()
    yield made
    made.reader.close()
    os.close(made.to_write)


def logger(pipe: Pipe, max_lines: int = log_queue.MAX_LINES) -> tuple[logging.Logger, PatientHandler]:
    handler = PatientHandler(pipe.to_write, max_lines)
    handler.setFormatter(JsonFormatter())
    made = logging.Logger("made")  # noqa: LOG001 - for this test alone
    made.addHandler(handler)
    return made, handler


def test_log_line_is_written_with_its_fields_and_its_exception(pipe: Pipe) -> None:
    log, handler = logger(pipe)

    try:
        int("something")
    except ValueError:
        log.exception("failed %s", "twice", extra={"route": "/orders/"})
    handler.flush()

    [line] = pipe.lines(1)
    assert (line["message"], line["route"], line["logger"]) == ("failed twice", "/orders/", "made")
    assert "ValueError: invalid literal" in str(line["exception"])


def test_log_that_nobody_reads_holds_nobody_and_says_once_how_much_was_dropped(pipe: Pipe) -> None:
    log, handler = logger(pipe, max_lines=10)
    more_than_a_pipe_holds = "x" * 100_000
    log.info(more_than_a_pipe_holds)

    for number in range(30):
        log.info("line %d", number)
    _, told = pipe.lines(2)
    dropped = int(str(told["message"]).split()[0])
    written = pipe.lines(30 - dropped)
    log.info("the last")
    last = pipe.lines(1)
    handler.flush()

    assert "log lines were dropped" in str(told["message"])
    assert 20 <= dropped <= 21
    assert [line["message"] for line in written] == [f"line {number}" for number in range(len(written))]
    assert last[0]["message"] == "the last"


def test_log_is_written_whole_before_the_process_ends(pipe: Pipe) -> None:
    log, handler = logger(pipe)
    for number in range(200):
        log.info("line %d", number)

    handler.close()

    assert [line["message"] for line in pipe.lines(200)] == [f"line {number}" for number in range(200)]


def test_end_of_the_process_does_not_wait_for_a_log_that_nobody_reads(
    pipe: Pipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_queue, "FLUSH_SECONDS", 0.05)
    log, handler = logger(pipe)
    log.info("x" * 100_000)

    handler.close()

    assert pipe.lines(1)[0]["logger"] == "made"


def test_log_of_a_forked_process_is_written_there(pipe: Pipe) -> None:
    log, handler = logger(pipe)
    log.info("before")
    handler.flush()

    child = os.fork()
    if not child:
        log.info("in the child")
        handler.close()
        os._exit(0)
    os.waitpid(child, 0)

    assert [line["message"] for line in pipe.lines(2)] == ["before", "in the child"]


def test_log_whose_reader_is_gone_does_no_harm() -> None:
    pipe = Pipe()
    pipe.reader.close()
    log, handler = logger(pipe)

    log.info("to nobody")
    handler.close()

    os.close(pipe.to_write)
