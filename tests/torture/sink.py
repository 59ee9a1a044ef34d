#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tests/torture/sink.py - a relay that keeps account of every mail it has taken.

  sink.py PORT FILE

One line of JSON in FILE for each mail, written before the answer to the final dot goes out, since from
then on the mail would reach its reader: {"id": Message-ID, "to": ..., "auto": Auto-Submitted}.
"""
import asyncio, json, re, sys


def header(data, name):
    found = re.search(rb'(?im)^' + name + rb':[ \t]*(.*?)\r?$', data.split(b'\r\n\r\n', 1)[0])
    return found.group(1).decode('ascii', 'replace').strip() if found else None


class Sink:
    def __init__(self, path):
        self.file = open(path, 'a')

    def keep(self, recipient, data):
        line = {'id': header(data, b'Message-ID'), 'to': recipient, 'auto': header(data, b'Auto-Submitted')}
        self.file.write(json.dumps(line) + '\n')
        self.file.flush()

    async def talk(self, reader, writer):
        recipient = None

        async def say(text):
            writer.write(text)
            await writer.drain()

        await say(b'220 sink ESMTP\r\n')
        while line := await reader.readline():
            word = line[:4].upper()
            if word == b'DATA':
                await say(b'354 go on\r\n')
                data = await reader.readuntil(b'\r\n.\r\n')
                self.keep(recipient, data)
                await say(b'250 2.0.0 taken\r\n')
            elif word == b'EHLO':
                await say(b'250-sink\r\n250-8BITMIME\r\n250 SIZE 10000000\r\n')
            elif word == b'QUIT':
                await say(b'221 bye\r\n')
                return
            else:
                if word == b'RCPT':
                    recipient = line[8:].decode('ascii', 'replace').strip().strip('<>')
                await say(b'250 ok\r\n')

    async def serve(self, reader, writer):
        try:
            await self.talk(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        writer.close()


async def main(port, path):
    server = await asyncio.start_server(Sink(path).serve, '127.0.0.1', port, limit=16 * 1024 * 1024)
    async with server:
        await server.serve_forever()


if __name__ == '__main__':
    asyncio.run(main(int(sys.argv[1]), sys.argv[2]))
