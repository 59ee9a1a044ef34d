#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tests/bench/delay.py - a long way between two programs: each byte arrives half of RTT_MS later.

Usage:  delay.py LISTEN_PORT TARGET_PORT RTT_MS
"""
import asyncio, socket, sys

WINDOW = 1 << 20


async def carry(reader, writer, late_s):
    """In order, and without waiting for what is under way."""
    loop, way = asyncio.get_running_loop(), asyncio.Queue()

    async def arrive():
        while True:
            due, data = await way.get()
            await asyncio.sleep(max(due - loop.time(), 0))
            if not data:
                return writer.close()
            writer.write(data)
            await writer.drain()

    arriving = asyncio.create_task(arrive())
    data = True
    while data:
        data = await reader.read(WINDOW)
        way.put_nowait((loop.time() + late_s, data))
    await arriving


async def main(listen, target, rtt_ms):
    async def serve(reader, writer):
        there, back = await asyncio.open_connection('127.0.0.1', target, limit=WINDOW)
        for end in writer, back:
            end.get_extra_info('socket').setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        await asyncio.gather(carry(reader, back, rtt_ms / 2000), carry(there, writer, rtt_ms / 2000),
                             return_exceptions=True)

    server = await asyncio.start_server(serve, '127.0.0.1', listen, limit=WINDOW)
    await server.serve_forever()


asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))
