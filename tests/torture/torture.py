#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tests/torture/torture.py - does to posternd what years would, and has checker.py look; see run.

In rounds: mails come in while faults are made; then the faults end, posternd is given time to finish,
and everything that ever came in is checked.  Only processes that this test has started are killed.
"""
import argparse, collections, contextlib, imaplib, json, os, random, re, signal, smtplib, subprocess, sys, threading, time

from faults import Faults
from proxy import Proxy
import checker

HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLES = os.environ['top_srcdir'] + '/templates/samples/'
ACCOUNTS = {'lado': 'lado@example.org', 'cls': 'cls@example.org'}
A_ROUND = 40           # kills and cuts between two checks
SETTLE_S = 120         # to finish what is under way, when nothing fails any more
WINDOW_EACH = 5000     # mails to one answer that is lost on purpose after the final dot
DAY = 24 * 3600

CONFIG = '''[service]
name = County LADO Service
authserv-id = mx.example.org
message-id-domain = intake.example.org
reply-limit-domain = 100000
reply-limit-all = 100000
convert = false
{account}
[spool]
url = {spool}
master-key-file = {world}/master.key
[mailbox lado]
url = imap://127.0.0.1:{imap}/INBOX
tls = none
user = lado@example.org
password-file = {world}/password
address = lado@example.org
role = lado-parents
poll-interval = 2
timeout = 5
batch = 20
[mailbox cls]
url = imaps://localhost:{tls}/INBOX
user = cls@example.org
password-file = {world}/password
ca-file = {servers}/ca.pem
address = cls@example.org
role = cls-legacy
poll-interval = 2
timeout = 5
[smtp]
url = smtp://127.0.0.1:{smtp}
tls = none
from = County LADO Service <lado@example.org>
timeout = 5
retry-min = 1
retry-max = 2
'''


def free_port():
    import socket
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


# ---- mails ----

class Mails:
    """Sample mails, each made another one by its sender, its Message-ID and its words."""
    KINDS = (['disclosure-in-body'] * 8 + ['professional-after-cutoff'] * 3 + ['out-of-office'] * 2 +
             ['parent-docx', 'parent-pdf-form', 'broken-attachment', 'professional-before-cutoff'])

    def __init__(self, path, rng):
        self.file, self.rng, self.count, self.lock = open(path, 'a'), rng, 0, threading.Lock()
        self.samples = {}
        for kind in set(self.KINDS):
            with open(f'{SAMPLES}{kind}.eml', 'rb') as f:
                text = re.sub(rb'\r?\n', b'\r\n', f.read())
            self.samples[kind] = re.sub(rb'(?m)^(Return-Path|X-Postern-Sample):.*\r\n', b'', text)

    def new(self):
        with self.lock:
            self.count += 1
            number, kind = self.count, self.rng.choice(self.KINDS)
        name, sender = f't{number}.torture@mail.example.com', f'p{number}@mail.example.com'
        text = re.sub(rb'(?im)^Message-ID:.*\r\n', b'Message-ID: <%s>\r\n' % name.encode(), self.samples[kind], count=1)
        text = re.sub(rb'(?im)^From:.*\r\n', b'From: Parent %d <%s>\r\n' % (number, sender.encode()), text, count=1)
        text = text.replace(b'Terry', b'Terry%d' % number)
        with self.lock:
            self.file.write(json.dumps({'id': name, 'from': sender, 'kind': kind}) + '\n')
            self.file.flush()
        return sender, text


# ---- the daemon ----

def children(pid):
    found, todo = [], [pid]
    while todo:
        try:
            with open(f'/proc/{(pid := todo.pop())}/task/{pid}/children') as f:
                todo += (below := [int(p) for p in f.read().split()])
                found += below
        except OSError:
            pass
    return found


def name_of(pid):
    """What a process is called; None when there is none, or only its zombie."""
    try:
        with open(f'/proc/{pid}/stat') as f:
            name, rest = f.read().split('(', 1)[1].rsplit(') ', 1)
        return name if rest[0] != 'Z' else None
    except OSError:
        return None


def command_of(pid):
    try:
        with open(f'/proc/{pid}/cmdline', 'rb') as f:
            return f.read()
    except OSError:
        return b''


class Daemon:
    def __init__(self, world, faults):
        self.world, self.faults, self.process = world, faults, None
        self.refused = self.orphans = 0

    def start(self):
        self.process = subprocess.Popen(
            ['posternd', '--config', f'{self.world}/postern.conf', '--foreground'], env=self.faults.environment(),
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=open(f'{self.world}/log', 'ab'))

    def tend(self):
        """Start it again when it has ended, as systemd would."""
        if self.process.poll() is not None:
            self.refused += self.process.returncode > 0
            self.start()

    def kill(self, pid):
        try:
            handle = os.pidfd_open(pid)
        except OSError:
            return False
        try:
            if pid != self.process.pid and pid not in children(self.process.pid):
                return False
            signal.pidfd_send_signal(handle, signal.SIGKILL)
            return True
        except OSError:
            return False
        finally:
            os.close(handle)

    def kill_supervisor(self):
        below = children(self.process.pid)
        self.process.kill()
        self.process.wait()
        until = time.monotonic() + 3
        while any(name_of(pid) for pid in below) and time.monotonic() < until:
            time.sleep(.005)
        self.orphans += sum(1 for pid in below if name_of(pid))
        self.start()

    def kill_role(self, rng, kind):
        """Kill a random process of a kind: mailbox, intake, courier, parser; whether there was one."""
        names = {'parser': 'postern-parser'}
        found = [p for p in children(self.process.pid) if (name_of(p) or '').startswith(names.get(kind, kind))]
        return bool(found) and self.kill(rng.choice(found))

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(90)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            return False
        return True


# ---- the world around it ----

class World:
    def __init__(self, seed):
        env = os.environ
        self.rng = random.Random(seed)
        self.servers, self.password = env['SERVERS'], env['SERVERS_PASSWORD']
        self.path = f'{self.servers}/w'
        os.makedirs(f'{self.path}/spool')
        with open(f'{self.path}/password', 'w') as f:
            f.write(self.password + '\n')
        os.chmod(f'{self.path}/password', 0o600)
        subprocess.run(['postern', 'make-key', f'{self.path}/master.key'], check=True, stdout=subprocess.DEVNULL)
        self.spool = env['TORTURE_SPOOL'] or f'sqlite:{self.path}/spool/postern.db'
        self.imap_port, self.sink_port = int(env['IMAP_PORT']), int(env['SINK_PORT'])
        self.postfix_port = int(env['SMTP_PORT'] or 0)
        self.faults = Faults(f'{self.path}/faults', env['top_builddir'] + '/torture-faults.so')
        self.faults.flag('clock_s', DAY)  # so that going back stays within what the certificates allow
        self.proxy = Proxy()
        ports = {name: free_port() for name in ('imap', 'tls', 'smtp')}
        self.proxy.open('imap', ports['imap'], self.imap_port)
        self.proxy.open('tls', ports['tls'], int(env['IMAPS_PORT']))
        self.proxy.open('smtp', ports['smtp'], self.sink_port)
        with open(f'{self.path}/postern.conf', 'w') as f:
            f.write(CONFIG.format(world=self.path, servers=self.servers, spool=self.spool, account=env['TORTURE_ACCOUNT'],
                                  **ports))
        self.mails = Mails(f'{self.path}/put', self.rng)
        self.daemon = Daemon(self.path, self.faults)
        self.done, self.cuts, self.rounds = collections.Counter(), 0, 0
        with open(f'{self.path}/world.json', 'w') as f:
            json.dump({'db': self.spool.removeprefix('sqlite:'), 'key': f'{self.path}/master.key', 'put': f'{self.path}/put',
                       'sink': f'{self.servers}/sink', 'mailboxes': {n: self.account(n) for n in ACCOUNTS}}, f)
        for name in ACCOUNTS:
            self.imap(name).create('Staff')

    def account(self, name):
        return {'host': '127.0.0.1', 'port': self.imap_port, 'user': ACCOUNTS[name], 'password': self.password}

    def imap(self, name):
        """A connection of its own, not through the doors that are cut."""
        where = self.account(name)
        imap = imaplib.IMAP4(where['host'], where['port'])
        imap.login(where['user'], where['password'])
        return imap

    # -- mail comes in --

    def deliver(self, count, pause):
        """In a thread: count mails, most by APPEND, some through Postfix; some are handed out twice."""
        links = {name: self.imap(name) for name in ACCOUNTS}
        for number in range(count):
            sender, text = self.mails.new()
            name = 'cls' if number % 4 == 3 else 'lado'
            if self.postfix_port and number % 5 == 0:
                with smtplib.SMTP('127.0.0.1', self.postfix_port) as smtp:
                    smtp.sendmail(sender, [ACCOUNTS[name]], text)
            else:
                links[name].append('INBOX', None, None, text)
                if number % 25 == 1:
                    links[self.rng.choice(list(ACCOUNTS))].append('INBOX', None, None, text)
                    self.done['same mail twice'] += 1
            time.sleep(pause)

    # -- faults that are no kill or cut --

    def act_full(self):
        self.for_a_while('full', 1, self.rng.uniform(.2, 1.5))

    def act_sync(self):
        self.for_a_while('sync_fails', 1, self.rng.uniform(.1, .7))

    def for_a_while(self, flag, value, seconds):
        self.faults.flag('torn', self.rng.randrange(2))
        self.faults.flag(flag, value)
        time.sleep(seconds)
        self.faults.flag(flag, 0)

    def act_clock(self):
        self.faults.flag('clock_s', self.rng.choice([600, 7200, DAY - 7200, DAY, DAY + 7200, 3 * DAY]))

    def act_staff(self):
        """Staff move mails out of the inbox, read or not."""
        imap = self.imap(self.rng.choice(list(ACCOUNTS)))
        imap.select('INBOX')
        numbers = imap.uid('SEARCH', 'ALL')[1][0].split()
        for uid in self.rng.sample(numbers, min(2, len(numbers))):
            if imap.uid('MOVE', uid, 'Staff')[0] == 'OK':
                self.done['mail moved by staff'] += 1
        imap.logout()

    def act_copy(self):
        """The server hands out a mail twice."""
        imap = self.imap(self.rng.choice(list(ACCOUNTS)))
        imap.select('INBOX')
        numbers = imap.uid('SEARCH', 'ALL')[1][0].split()
        if numbers and imap.uid('COPY', self.rng.choice(numbers), 'INBOX')[0] == 'OK':
            self.done['same mail twice'] += 1
        imap.logout()

    def act_uidvalidity(self):
        user = self.rng.choice(list(ACCOUNTS.values()))
        subprocess.run(['doveadm', '-c', os.environ['DOVECOT_DIR'] + '/dovecot.conf', 'mailbox', 'update', '-u', user,
                        '--uid-validity', str(self.rng.randrange(1, 2 ** 31)), 'INBOX'],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)

    # -- kills and cuts --

    KILLS = (['mailbox'] * 4 + ['intake'] * 3 + ['parser'] * 4 + ['courier'] + ['supervisor'] * 2)

    def kill(self):
        kind = self.rng.choice(self.KILLS)
        if kind == 'supervisor':
            self.daemon.kill_supervisor()
        elif not self.daemon.kill_role(self.rng, kind):
            return
        self.done[f'kill {kind}'] += 1

    def cut(self):
        """Arm a cut at each door for the talk that comes; a connection that is quiet is cut as it stands."""
        for name, door in self.proxy.doors.items():
            if not door.waits():
                refuse = () if door.done.get(('dot', 'after'), 0) * WINDOW_EACH < self.mails.count else (('dot', 'after'),)
                door.arm(door.pick(self.rng, refuse))
            elif name != 'smtp' and self.rng.random() < .3:  # that one may be in the window; there the place is chosen
                self.cuts += bool(self.proxy.cut_now(name))

    def struck(self):
        kills = sum(n for what, n in self.done.items() if what.startswith('kill '))
        return kills + self.cuts + sum(sum(door.done.values()) for door in self.proxy.doors.values())

    def act_server(self):
        """PostgreSQL's own kind of crash: one of its processes is killed, and it ends all others and recovers."""
        # Of a connection: without the one that recovers it would give up.  There may be none just now.
        found = [pid for pid in children(int(os.environ['TORTURE_SERVER'])) if b' torture ' in command_of(pid)]
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.rng.choice(found), signal.SIGKILL) if found else None

    FILE_ACTS = ['full', 'sync']  # what befalls a spool that is a file
    ACTS = (['full', 'sync', 'clock', 'clock', 'staff', 'staff', 'copy', 'copy', 'uidvalidity'])

    def strike(self):
        chance = self.rng.random()
        if chance < .45:
            self.kill()
        elif chance < .88:
            self.cut()
        else:
            act = self.rng.choice(self.ACTS)
            if os.environ['TORTURE_SPOOL'] and act in self.FILE_ACTS:
                act = 'server'
            getattr(self, f'act_{act}')()
            if act not in ('staff', 'copy'):
                self.done[{'full': 'disk full', 'sync': 'fsync fails', 'clock': 'clock jumps', 'server': 'database crashes',
                           'uidvalidity': 'UIDVALIDITY changes'}[act]] += 1

    # -- rounds --

    def round(self, faults, mails, seconds, until):
        # Every third round real Postfix is the relay, before the one that keeps account.
        self.rounds += 1
        self.proxy.doors['smtp'].target = self.postfix_port if self.postfix_port and self.rounds % 3 == 0 else self.sink_port
        wanted, pause = self.struck() + faults, seconds / faults
        thread = threading.Thread(target=self.deliver, args=(mails, seconds * .8 / mails), daemon=True)
        thread.start()
        while self.struck() < wanted and time.monotonic() < until:
            self.daemon.tend()
            self.strike()
            time.sleep(self.rng.uniform(0, pause))
        thread.join()

    def settled(self):
        try:
            return self.left(checker.Checker(self.path))
        except Exception as problem:  # it is not made yet, or recovers from a crash
            return f'no spool: {problem}'

    def left(self, look):
        left = {f'{row[0]} mails': row[1] for row in look.all("SELECT state, COUNT(*) FROM mail WHERE state <> 'filed' GROUP BY state")}
        left.update({f'{row[0]} replies': row[1] for row in
                     look.all('SELECT state, COUNT(*) FROM outbox WHERE due IS NOT NULL GROUP BY state')})
        look.db.close()
        for name in ACCOUNTS:
            imap = self.imap(name)
            count = int(re.search(rb'MESSAGES (\d+)', imap.status('INBOX', '(MESSAGES)')[1][0]).group(1))
            imap.logout()
            if count:
                left[f'in the inbox of {name}'] = count
        if self.postfix_port and os.listdir(f'{self.servers}/postfix/queue/active') + os.listdir(f'{self.servers}/postfix/queue/incoming'):
            left['in the queue of Postfix'] = 1
        return left

    def settle(self):
        """Nothing fails any more: everything must come to its end by itself."""
        self.faults.calm()
        self.faults.flag('clock_s', DAY)
        for door in self.proxy.doors.values():
            door.arm(None)
        self.daemon.tend()
        self.daemon.kill_supervisor()
        until = time.monotonic() + SETTLE_S
        while (left := self.settled()) and time.monotonic() < until:
            self.daemon.tend()
            time.sleep(.1)
        return left

    def check(self, final=False):
        left = self.settle()
        look = checker.Checker(self.path)
        faults = look.run()
        if left:
            faults.append(f'not finished after {SETTLE_S} s: {left}')
        if final:
            faults += self.check_by_postern(look)
        return faults, look

    def check_by_postern(self, look):
        """Postern's own look at the audit, and mails read back from the spool, byte by byte."""
        config = ['--config', f'{self.path}/postern.conf']
        faults = []
        if subprocess.run(['postern', 'audit', '--verify', *config], stdout=subprocess.DEVNULL).returncode != 0:
            faults.append('postern audit --verify fails')
        rows = look.all('SELECT id, content FROM mail ORDER BY id')
        for row in self.rng.sample(rows, min(50, len(rows))):
            raw = subprocess.run(['postern', 'raw', str(row['id']), *config], stdout=subprocess.PIPE).stdout
            if look.keys.of('mail', raw) != row['content']:
                faults.append(f'mail {row["id"]} does not come back as it came in')
        return faults


def report(world, look, began):
    print(f'\n{world.struck()} kills and cuts in {time.monotonic() - began:.0f} s, checks included:')
    for what, count in sorted(world.done.items()):
        print(f'  {count:6} {what}')
    print(f'  {world.cuts:6} connections cut as they stood')
    for door in world.proxy.doors.values():
        print(f'  {sum(door.done.values()):6} cuts of the {door.name} connection')
        if door.name != 'tls':
            places = ', '.join(f'{" ".join(map(str, c))} {door.done.get(c, 0)}' for c in sorted(door.seen))
            print(f'  {door.name} cut at: {places}')
    print(f'  {world.daemon.refused} starts of posternd that it refused or that failed, {world.daemon.orphans} processes left by a dead supervisor')
    print(json.dumps(look.figures))
    report_twice(world, look)


def report_twice(world, look):
    """Each reply that left twice, and why: what the proxy saw of its first way."""
    door, sent = world.proxy.doors['smtp'], max(look.figures.get('taken_by_relay', 0), 1)
    why = collections.Counter(door.windows.get(name, 'answered') for name in look.twice)
    waited = sorted(door.waited) or [0]
    print(f'replies sent twice: {len(look.twice)} of {sent} ({1000 * len(look.twice) / sent:.2f} in 1,000): '
          f'{why["cut"]} cut by the test after the final dot, {why["gone"]} whose courier was gone before the answer came, '
          f'{why["answered"]} although it had come')
    print(f'the window, from the final dot to its answer: median {1000 * waited[len(waited) // 2]:.1f} ms, '
          f'99 in 100 within {1000 * waited[len(waited) * 99 // 100]:.0f} ms; {len(door.windows)} replies were struck in it')


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('faults', type=int)
    parser.add_argument('seconds', type=float)
    parser.add_argument('--seed', type=int, default=None)
    parser.add_argument('--mails', type=int, default=None)
    wanted = parser.parse_args()
    seed = wanted.seed if wanted.seed is not None else random.SystemRandom().randrange(10 ** 6)
    mails = wanted.mails or 5 * wanted.faults
    rounds = max(1, round(wanted.faults / A_ROUND))
    print(f'seed {seed}, {rounds} rounds of {wanted.faults // rounds} faults and {mails // rounds} mails', flush=True)
    world = World(seed)
    began = time.monotonic()
    until = began + wanted.seconds
    world.daemon.start()
    bad = []
    while not bad and world.struck() < wanted.faults and time.monotonic() < until:
        pace = .5 * wanted.seconds / rounds
        world.round(min(wanted.faults // rounds, wanted.faults - world.struck()), mails // rounds, pace, until)
        bad, look = world.check()
        figures = look.figures
        print(f'{time.monotonic() - began:5.0f} s: {world.struck()} kills and cuts, {figures["put"]} mails put in, '
              f'{figures["rows"]} rows, {figures["taken_by_relay"]} replies, {figures["sent_twice"]} twice, {len(bad)} wrong', flush=True)
    more, look = world.check(final=True)
    figures, bad = look.figures, bad + more
    if world.daemon.orphans:
        bad.append(f'{world.daemon.orphans} processes outlived their supervisor')
    if not world.daemon.stop():
        bad.append('posternd did not stop when told to')
    report(world, look, began)
    for fault in bad[:50]:
        print('FAIL', fault)
    print(f'torture: {figures["put"] + figures.get("replies", 0)} checks, {len(bad)} failed')
    sys.exit(1 if bad else 0)


if __name__ == '__main__':
    main()
