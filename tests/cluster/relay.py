"""Passes connections to ports of one address on to the same ports of another: `python -m tests.cluster.relay`."""

from __future__ import annotations

import asyncio
import contextlib
import sys


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()


async def _relay(here: str, there: str, port: int) -> None:
    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            other_reader, other_writer = await asyncio.open_connection(there, port)
        except OSError:
            writer.close()
            return
        await asyncio.gather(_copy(reader, other_writer), _copy(other_reader, writer))

    server = await asyncio.start_server(pass_on, here, port)
    await server.serve_forever()


async def _main(here: str, there: str, *ports: str) -> None:
    await asyncio.gather(*(_relay(here, there, int(port)) for port in ports))


if __name__ == "__main__":
    asyncio.run(_main(*sys.argv[1:]))
