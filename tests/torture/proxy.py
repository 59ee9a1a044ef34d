# SPDX-License-Identifier: GPL-3.0-or-later
"""tests/torture/proxy.py - a connection between Postern and a server that is cut where it hurts.

Each of three doors stands before a server: "imap" and "smtp" are read along, so that they can be cut
at a named command, within a literal, within DATA or after the final dot; "tls" is cut by bytes.
One cut is armed at a time for each door, and happens when the talk gets there.

A cut is (place, when): (VERB, 'before') the command never arrives; (VERB, 'after') it arrives, and its
answer is lost; ('literal', 'middle'); ('answer', 'middle'); ('body', 'middle'), ('body', 'end') for DATA
without and ('dot', 'after') with its end; ('bytes', N) after N bytes in either direction.

The SMTP door also notes each mail whose end went to the relay and whose answer did not come back to
Postern: in that window nobody can know whether it was taken (Door.windows).
"""
import asyncio, random, re, threading, time

PATIENCE_S = 1.5
LITERAL = re.compile(rb'\{(\d+)\+?\}\r\n$')


class Cut(Exception):
    pass


class Door:
    def __init__(self, proxy, name, port, target):
        self.proxy, self.name, self.port, self.target = proxy, name, port, target
        self.armed, self.since = None, 0
        self.seen = set()   # places where this talk can be cut
        self.done = {}      # cut -> how often
        self.writers = set()
        self.windows = {}   # Message-ID -> 'cut' (by us) or 'gone' (Postern was), within the window
        self.waited = []    # seconds from the end of a mail to its answer

    def arm(self, cut):
        self.armed, self.since = cut, time.monotonic()

    def waits(self):
        """Whether a cut is armed and may still be met; some places come seldom."""
        return self.armed is not None and time.monotonic() - self.since < PATIENCE_S

    def pick(self, rng, refuse=()):
        """A cut at a place that was seen; every other time one where the fewest were made so far."""
        if self.name == 'tls':
            return 'bytes', rng.randrange(1, 4000)
        known = sorted(c for c in self.seen if c not in refuse)
        if not known:
            return None
        least = min(self.done.get(c, 0) for c in known)
        return rng.choice([c for c in known if self.done.get(c, 0) == least] if rng.random() < .5 else known)

    def meets(self, place, when):
        """Note a place; raise where the armed cut is."""
        self.seen.add((place, when))
        if self.armed == (place, when):
            self.strike((place, when))

    def takes(self, place, when):
        """Note a place; whether the armed cut is there.  It is this talk's alone then: strike() follows."""
        self.seen.add((place, when))
        if self.armed != (place, when):
            return False
        self.armed = None
        return True

    def strike(self, cut):
        self.armed = None
        self.done[cut] = self.done.get(cut, 0) + 1
        raise Cut

    def cut_now(self):
        """End all connections as they stand; how many there were."""
        writers = list(self.writers)
        for writer in writers:
            writer.transport.abort()
        return len(writers)

    async def serve(self, reader, writer):
        try:
            far_reader, far_writer = await asyncio.open_connection('127.0.0.1', self.target, limit=2 ** 22)
        except OSError:
            writer.transport.abort()
            return
        talk = {'imap': ImapTalk, 'smtp': SmtpTalk, 'tls': BytesTalk}[self.name](self)
        self.writers.add(writer)
        tasks = [asyncio.ensure_future(talk.up(reader, far_writer)),
                 asyncio.ensure_future(talk.down(far_reader, writer))]
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()
        ends = await asyncio.gather(*tasks, return_exceptions=True)
        self.writers.discard(writer)
        talk.ended(any(isinstance(end, Cut) for end in ends))
        for end in (writer, far_writer):
            if random.random() < .5:
                end.transport.abort()
            else:
                end.close()


async def send(writer, data):
    writer.write(data)
    await writer.drain()


class BytesTalk:
    def __init__(self, door):
        self.door, self.passed = door, 0

    def ended(self, cut):
        pass

    async def pump(self, reader, writer):
        while data := await reader.read(65536):
            armed = self.door.armed
            if armed:
                left = armed[1] - self.passed
                self.passed += len(data)
                if left < len(data):
                    await send(writer, data[:max(left, 0)])
                    self.door.strike(('bytes', 0))
            await send(writer, data)

    up = down = pump


class ImapTalk:
    def __init__(self, door):
        self.door, self.lost = door, False

    def ended(self, cut):
        pass

    @staticmethod
    def verb(line):
        words = line.upper().split()
        if words[:1] == [b'DONE'] or len(words) == 1:
            return 'DONE' if words[:1] == [b'DONE'] else 'continuation'
        name = b' '.join(words[1:3]) if words[1:2] == [b'UID'] else b''.join(words[1:2])
        return name.decode('ascii', 'replace')

    async def up(self, reader, writer):
        while line := await reader.readline():
            verb = self.verb(line)
            self.door.meets(verb, 'before')
            self.lost = self.door.takes(verb, 'after')
            await send(writer, line)
            if self.lost:
                await asyncio.sleep(.15)
                self.door.strike((verb, 'after'))

    async def down(self, reader, writer):
        while line := await reader.readline():
            if self.lost:
                continue
            literal = LITERAL.search(line)
            self.door.seen.add(('answer', 'middle'))
            if self.door.armed == ('answer', 'middle') and random.random() < .2:
                await send(writer, line[:len(line) // 2])
                self.door.strike(('answer', 'middle'))
            await send(writer, line)
            if literal:
                await self.literal(int(literal.group(1)), reader, writer)

    async def literal(self, left, reader, writer):
        stop = random.randrange(left + 1)
        while left > 0:
            data = await reader.read(min(left, 65536))
            if not data:
                return
            left -= len(data)
            self.door.seen.add(('literal', 'middle'))
            if left <= stop and self.door.armed == ('literal', 'middle'):
                await send(writer, data[:len(data) // 2])
                self.door.strike(('literal', 'middle'))
            await send(writer, data)


class SmtpTalk:
    def __init__(self, door):
        self.door, self.lost, self.data = door, False, False
        self.name, self.window = None, None  # Message-ID of the mail that passes, and of one in the window
        self.since = 0

    def ended(self, cut):
        if self.window:
            self.door.windows[self.window] = 'cut' if cut or self.lost else 'gone'

    async def up(self, reader, writer):
        while line := await reader.readline():
            if self.data:
                await self.body(line, writer)
                continue
            verb = line[:4].decode('ascii', 'replace').upper().strip()
            self.door.meets(verb, 'before')
            self.lost = self.door.takes(verb, 'after')
            await send(writer, line)
            if self.lost:
                await asyncio.sleep(.1)
                self.door.strike((verb, 'after'))

    async def body(self, line, writer):
        if line != b'.\r\n':
            if line.lower().startswith(b'message-id:'):
                self.name = line[11:].decode('ascii', 'replace').strip().strip('<>')
            if random.random() < .2:
                self.door.meets('body', 'middle')
            self.door.seen.add(('body', 'middle'))
            await send(writer, line)
            return
        self.door.meets('body', 'end')
        self.data = False
        self.lost = self.door.takes('dot', 'after')
        self.window, self.since = self.name, time.monotonic()
        await send(writer, line)
        if self.lost:
            await asyncio.sleep(.3)
            self.door.strike(('dot', 'after'))

    async def down(self, reader, writer):
        while line := await reader.readline():
            if self.lost:
                continue
            self.data = line.startswith(b'354')
            if self.window:
                self.door.waited.append(time.monotonic() - self.since)
            await send(writer, line)
            self.window = None


class Proxy:
    """All doors, in a thread of their own."""

    def __init__(self):
        self.loop = asyncio.new_event_loop()
        self.doors = {}
        threading.Thread(target=self.loop.run_forever, daemon=True).start()

    def open(self, name, port, target):
        door = self.doors[name] = Door(self, name, port, target)
        start = asyncio.start_server(door.serve, '127.0.0.1', port, limit=2 ** 22)
        asyncio.run_coroutine_threadsafe(start, self.loop).result(10)
        return door

    def cut_now(self, name):
        def act():
            done.append(self.doors[name].cut_now())
        done = []
        self.loop.call_soon_threadsafe(act)
        while not done:
            time.sleep(.002)
        return done[0]
