#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tests/torture/sweep.py - the n-th write, sync, rename and allocation fails, for n = 1, 2, 3 ...

  sweep.py FOLDER [--sample K] [--kind KIND] [--seed S]

The way is that of one mail, from a Maildir to a Maildir, by posternd --once.  For each n a new world: the fault,
then posternd again without one, until it says that nothing is left; then checker.py looks.  Every other write
that fails is torn: its first half is written.  --sample K: at most K of each kind, spread evenly; of
allocations, of which there are tens of thousands, 200 unless told.
"""
import argparse, json, os, random, re, shutil, subprocess, sys, time

from faults import KINDS, Faults
import checker

SAMPLE = os.environ['top_srcdir'] + '/templates/samples/parent-docx.eml'
ALLOCATIONS = 200
CONFIG = '''[service]
name = County LADO Service
authserv-id = mx.example.org
message-id-domain = intake.example.org
parsers = 1
convert = false
[spool]
url = sqlite:{world}/spool/postern.db
master-key-file = {world}/master.key
[mailbox lado]
url = maildir:{world}/in
address = lado@example.org
role = lado-parents
[smtp]
url = maildir:{world}/out
from = County LADO Service <lado@example.org>
retry-min = 1
retry-max = 1
'''


class World:
    """One mail that waits, and no spool yet."""

    def __init__(self, path, key):
        self.path = path
        for folder in ('spool', 'in/new', 'in/cur', 'in/tmp'):
            os.makedirs(f'{path}/{folder}')
        shutil.copy(key, f'{path}/master.key')
        with open(SAMPLE, 'rb') as f:
            text = re.sub(rb'\r?\n', b'\r\n', f.read())
        text = re.sub(rb'(?im)^From:.*\r\n', b'From: A parent <parent@mail.example.com>\r\n', text, count=1)
        text = re.sub(rb'(?im)^Message-ID:.*\r\n', b'Message-ID: <one@mail.example.com>\r\n', text, count=1)
        with open(f'{path}/in/new/1.M1.host', 'wb') as f:
            f.write(text)
        with open(f'{path}/put', 'w') as f:
            f.write(json.dumps({'id': 'one@mail.example.com', 'from': 'parent@mail.example.com'}) + '\n')
        with open(f'{path}/postern.conf', 'w') as f:
            f.write(CONFIG.format(world=path))
        with open(f'{path}/world.json', 'w') as f:
            json.dump({'db': f'{path}/spool/postern.db', 'key': f'{path}/master.key', 'put': f'{path}/put',
                       'sink': f'{path}/out', 'mailboxes': {'lado': {'maildir': f'{path}/in'}}}, f)

    def once(self, faults):
        """Run posternd --once; its exit code, or None when it did not end."""
        with open(f'{self.path}/log', 'ab') as log:
            child = subprocess.Popen(['posternd', '--once', '--config', f'{self.path}/postern.conf'], stderr=log,
                                     stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=faults.environment())
            try:
                return child.wait(90)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
                return None

    def finish(self, faults):
        """Without faults, until nothing is left over; a reply that is tried again waits for a second."""
        for _ in range(6):
            if (code := self.once(faults)) == 0:
                return True
            time.sleep(.1 if code == 3 else 1)
        return False


class Sweep:
    def __init__(self, folder, wanted):
        self.folder, self.wanted, self.rng = folder, wanted, random.Random(wanted.seed)
        subprocess.run(['postern', 'make-key', f'{folder}/master.key'], check=True, stdout=subprocess.DEVNULL)
        self.faults = Faults(f'{folder}/faults', os.environ['top_builddir'] + '/torture-faults.so')
        self.bad = []

    def count(self):
        """How many calls of each kind the way of one mail has."""
        world = World(f'{self.folder}/0', f'{self.folder}/master.key')
        self.faults.arm(None, 0)
        if world.once(self.faults) != 0:
            sys.exit('FAIL posternd --once fails without any fault')
        return {kind: self.faults.seen(kind) for kind in KINDS}

    def one(self, kind, number):
        """Whether the fault was met."""
        path = f'{self.folder}/{kind}{number}'
        world = World(path, f'{self.folder}/master.key')
        self.faults.arm(kind, number)
        self.faults.flag('torn', number % 2)
        hung = world.once(self.faults) is None
        met = self.faults.failed(kind) > 0
        self.faults.calm()
        finished = world.finish(self.faults)
        look = checker.Checker(path)
        found = look.run() + (['posternd hung'] if hung else []) + ([] if finished else ['it never finishes'])
        # A process that ends without its memory may be in the window after the final dot; a bad disk is no excuse.
        if look.figures['sent_twice'] and kind != 'alloc':
            found.append('a reply was sent twice')
        self.bad += [f'{kind} {number}: {text}' for text in found]
        for text in found:
            print(f'FAIL {kind} {number}: {text}', flush=True)
        if not found or not os.environ.get('SERVERS_KEEP'):
            shutil.rmtree(path)
        return met, look.figures['sent_twice']

    def numbers(self, kind, total):
        """Beyond the count a little, as no two runs are quite the same."""
        most = self.wanted.sample or (ALLOCATIONS if kind == 'alloc' else None)
        last = total + 2
        if most is None or last <= most:
            return range(1, last + 1)
        step = last / most
        return sorted({int(i * step + self.rng.random() * step) + 1 for i in range(most)})

    def run(self):
        totals = self.count()
        checks = 0
        for kind in [self.wanted.kind] if self.wanted.kind else KINDS:
            began, met, twice, numbers = time.monotonic(), 0, 0, self.numbers(kind, totals[kind])
            for number in numbers:
                struck, sent_twice = self.one(kind, number)
                met, twice, checks = met + struck, twice + sent_twice, checks + 1
            print(f'{kind}: {totals[kind]} on the way of one mail, {len(numbers)} runs, {met} met their fault, '
                  f'{twice} replies sent twice ({time.monotonic() - began:.0f} s)', flush=True)
        print(f'sweep: {checks} checks, {len({b.split(":")[0] for b in self.bad})} failed')
        return 1 if self.bad else 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('folder')
    parser.add_argument('--sample', type=int, default=None)
    parser.add_argument('--kind', choices=KINDS, default=None)
    parser.add_argument('--seed', type=int, default=1)
    wanted = parser.parse_args()
    return Sweep(wanted.folder, wanted).run()


if __name__ == '__main__':
    sys.exit(main())
