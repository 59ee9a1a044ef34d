#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tests/bench/bench.py - what the measurements share: filling, watching, reporting.

  fill PORT USER SMALLEST FOLDER      deliver FOLDER/*.eml by LMTP; SMALLEST: MiB of one more mail, or 0
  postern DB N OUT COMMAND...         run the daemon until N mails are done; append a result to OUT
  peer NAME N OUT COMMAND...          run a program to its end; append a result to OUT
  delivered PORT DB COUNT TO FOLDER   one mail at a time: LMTP to the relay's acceptance
  urgent PORT DB BACKLOG TO FOLDER    the same for a mailbox of its own, while BACKLOG mails wait in another
  idle DB SECONDS COMMAND...          the daemon at rest
  report OUT                          medians, and ratios to the first name
"""
import glob, json, os, re, smtplib, sqlite3, statistics, subprocess, sys, time

TICKS = os.sysconf('SC_CLK_TCK')
SAMPLE_S = 0.05
GIVE_UP_S = 1800
PARSER, ONE_MAIL = 'postern-parser', 'postern-parser, one mail'


# ---- processes ----

def tree(root):
    """Process ids of root and all below it."""
    found, todo = [], [root]
    while todo:
        pid = todo.pop()
        found.append(pid)
        try:
            with open(f'/proc/{pid}/task/{pid}/children') as f:
                todo += [int(p) for p in f.read().split()]
        except OSError:
            pass
    return found


def role(pid):
    """What a process is called; the children that read one mail each are told from their parent."""
    with open(f'/proc/{pid}/stat') as f:
        name, rest = f.read().split('(', 1)[1].rsplit(') ', 1)
    fields = rest.split()
    with open(f'/proc/{fields[1]}/comm') as f:
        parent = f.read().strip()
    if name == PARSER and parent == PARSER:
        name = ONE_MAIL
    own, reaped = int(fields[11]) + int(fields[12]), int(fields[13]) + int(fields[14])
    return name, own / TICKS, reaped / TICKS


def peak_mib(pid):
    with open(f'/proc/{pid}/status') as f:
        for line in f:
            if line.startswith('VmHWM:'):
                return int(line.split()[1]) / 1024
    return 0


class Watch:
    """CPU and peak memory of each role under a process."""

    def __init__(self, root):
        self.root, self.cpu, self.peak = root, {}, {}

    def sample(self):
        for pid in tree(self.root):
            try:
                name, own, reaped = role(pid)
                peak = peak_mib(pid)
            except (OSError, ValueError, IndexError):
                continue
            self.peak[name] = max(self.peak.get(name, 0), peak)
            # The children that read one mail each are waited for, and so counted, by their parent.  A
            # parser below a parser that has children is the one with all libraries.
            if name != ONE_MAIL or reaped > 0:
                self.cpu[pid] = (PARSER if name == ONE_MAIL else name,
                                 own + (reaped if name in (PARSER, ONE_MAIL) else 0))

    def roles(self):
        cpu = {}
        for name, seconds in self.cpu.values():
            cpu[name] = cpu.get(name, 0) + seconds
        return {name: {'cpu_s': round(cpu.get(name, 0), 2), 'peak_mib': round(self.peak[name], 1)}
                for name in sorted(self.peak)}


def finish(child):
    """End a daemon; (exit code, CPU seconds of it and all that it had waited for)."""
    child.terminate()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return child.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


# ---- the spool, looked at from outside ----

def ask(db, text, *args):
    """One number, or -1 while there is no spool yet."""
    try:
        with sqlite3.connect(f'file:{db}?mode=ro', uri=True, timeout=10) as spool:
            return spool.execute(text, args).fetchone()[0]
    except sqlite3.OperationalError:
        return -1


COUNTED = {'rows': 'SELECT COUNT(*) FROM mail', 'outcomes': 'SELECT COUNT(*) FROM record',
           'filed': "SELECT COUNT(*) FROM mail WHERE state = 'filed'"}


def before(db):
    """What a spool holds already."""
    return {what: max(ask(db, text), 0) if os.path.exists(db) else 0 for what, text in COUNTED.items()}


def done(db, count, was):
    """Every mail decided and filed, and every reply on its way or given up."""
    return (ask(db, COUNTED['filed']) >= was['filed'] + count and
            ask(db, 'SELECT COUNT(*) FROM outbox WHERE due IS NOT NULL') == 0)


def account(db, count, was):
    """What has come at the end, and what is wrong about it."""
    rows = ask(db, COUNTED['rows']) - was['rows']
    outcomes = ask(db, COUNTED['outcomes']) - was['outcomes']
    replies = ask(db, "SELECT COUNT(*) FROM record WHERE reply <> 'none'")
    sent = ask(db, "SELECT COUNT(*) FROM outbox WHERE state = 'sent'")
    wrong = []
    if rows != count:
        wrong.append(f'{rows} rows for {count} mails')
    if outcomes != count:
        wrong.append(f'{outcomes} outcomes for {count} mails')
    if sent != replies:
        wrong.append(f'{sent} of {replies} replies sent')
    with sqlite3.connect(f'file:{db}?mode=ro', uri=True) as spool:
        actions = dict(spool.execute('SELECT action, COUNT(*) FROM record GROUP BY action'))
    return {'sent': sent, 'actions': actions, 'wrong': wrong}


# ---- commands ----

def append(out, result):
    with open(out, 'a') as f:
        f.write(json.dumps(result) + '\n')
    print(json.dumps(result), flush=True)


def fill(port, user, large_mib, folder):
    with smtplib.LMTP('127.0.0.1', int(port)) as lmtp:
        for name in sorted(glob.glob(os.path.join(folder, '*.eml'))):
            with open(name, 'rb') as f:
                lmtp.sendmail('sender@example.org', [user], f.read())
        if int(large_mib) > 0:
            head = (b'From: Large <large@example.org>\r\nTo: lado@example.org\r\nSubject: photographs\r\n'
                    b'Message-ID: <large@example.org>\r\nMIME-Version: 1.0\r\nContent-Type: image/jpeg\r\n'
                    b'Content-Transfer-Encoding: base64\r\n\r\n')
            line = b'/9j/4AAQSkZJRgABAQ' + b'A' * 58 + b'\r\n'
            body = line * ((int(large_mib) * 1024 * 1024 - len(head)) // len(line))
            lmtp.sendmail('sender@example.org', [user], head + body)


def postern(db, count, out, *command):
    was = before(db)
    began = time.monotonic()
    child = subprocess.Popen(command)
    watch = Watch(child.pid)
    looked, stored = 0, None
    while True:
        watch.sample()
        if stored is None and ask(db, COUNTED['rows']) - was['rows'] >= int(count):
            stored = time.monotonic() - began
        # The look itself costs a little, and more with more rows.
        if time.monotonic() - looked > 0.2:
            if done(db, int(count), was) or child.poll() is not None or time.monotonic() - began > GIVE_UP_S:
                break
            looked = time.monotonic()
        time.sleep(SAMPLE_S)
    seconds = time.monotonic() - began
    code, cpu, _ = finish(child)
    result = {'name': 'postern', 'mails': int(count), 's': round(seconds, 2),
              'per_s': round(int(count) / seconds, 1), 'cpu_s': round(cpu, 2), 'stored_s': round(stored or seconds, 2),
              'roles': watch.roles(), **account(db, int(count), was)}
    if code != 0:
        result['wrong'].append(f'exit {code}')
    result['peak_mib'] = max(r['peak_mib'] for r in result['roles'].values())
    append(out, result)
    return 1 if result['wrong'] else 0


def peer(name, count, out, *command):
    """A peer's own time, where it says one, is without its start: that is the kinder figure."""
    began = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.PIPE)
    said = child.stdout.read()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    seconds, mails = time.monotonic() - began, int(count)
    try:
        own = json.loads(said.splitlines()[-1])
        seconds, mails = own['s'], own['msgs']
    except (ValueError, IndexError, KeyError):
        pass
    append(out, {'name': name, 'mails': mails, 's': round(seconds, 2), 'per_s': round(mails / seconds, 1),
                 'cpu_s': round(used.ru_utime + used.ru_stime, 2), 'peak_mib': round(used.ru_maxrss / 1024, 1),
                 'wrong': [] if child.returncode == 0 and mails == int(count) else [f'exit {child.returncode}, {mails} mails']})
    return child.returncode


def delivered(port, db, count, to, folder):
    """Milliseconds from the start of the LMTP delivery to the outbox row "sent", which is committed
    right after the relay's acceptance."""
    times = []
    mails = sorted(glob.glob(os.path.join(folder, '*.eml')))
    spool = sqlite3.connect(f'file:{db}?mode=ro', uri=True, timeout=10)

    def settled():
        return spool.execute("SELECT (SELECT COUNT(*) FROM record),"
                             " (SELECT COUNT(*) FROM outbox WHERE state = 'sent'),"
                             " (SELECT COUNT(*) FROM outbox WHERE due IS NOT NULL)").fetchone()

    for name in mails[:int(count)]:
        with open(name, 'rb') as f:
            mail = f.read()
        records, sent, _ = settled()
        began = time.monotonic()
        with smtplib.LMTP('127.0.0.1', int(port)) as lmtp:
            lmtp.sendmail('sender@example.org', [to], mail)
        while True:
            now = settled()
            if now[0] > records and now[2] == 0:
                break
            if time.monotonic() - began > 60:
                sys.exit(f'{name}: no outcome after 60 s')
            time.sleep(0.002)
        if now[1] > sent:
            times.append((time.monotonic() - began) * 1000)
        time.sleep(0.05)
    times.sort()
    print(f'{len(times)} mails answered: median {statistics.median(times):.0f} ms, '
          f'99 % {times[min(len(times) - 1, int(len(times) * 0.99))]:.0f} ms, '
          f'worst {times[-1]:.0f} ms, best {times[0]:.0f} ms')


def urgent(port, db, backlog, to, folder):
    """Milliseconds to the outbox row "sent" of a mail in mailbox "second"."""
    waiting = "SELECT COUNT(*) FROM mail WHERE state IN ('received', 'reading')"
    answered = ("SELECT COUNT(*) FROM mail m JOIN outbox o ON o.mail_id = m.id"
                " WHERE m.mailbox = 'second' AND o.state = 'sent'")
    began = time.monotonic()
    while ask(db, COUNTED['rows']) < int(backlog):
        if time.monotonic() - began > GIVE_UP_S:
            sys.exit('the backlog was not stored')
        time.sleep(0.2)
    times = []
    for name in sorted(glob.glob(os.path.join(folder, '*.eml'))):
        left, had = ask(db, waiting), ask(db, answered)
        with open(name, 'rb') as f:
            mail = f.read()
        began = time.monotonic()
        with smtplib.LMTP('127.0.0.1', int(port)) as lmtp:
            lmtp.sendmail('sender@example.org', [to], mail)
        while ask(db, answered) == had and time.monotonic() - began < 60:
            time.sleep(0.01)
        if left == 0:
            break
        times.append((time.monotonic() - began) * 1000)
    if not times:
        sys.exit('nothing was left of the backlog')
    print(f'{len(times)} urgent mails, {left} others still undecided at the last: '
          f'median {statistics.median(times):.0f} ms, worst {max(times):.0f} ms')


def ran_ns(pid):
    """Nanoseconds on a processor; the ticks of /proc/PID/stat are too coarse for who hardly runs."""
    try:
        with open(f'/proc/{pid}/schedstat') as f:
            return int(f.read().split()[0])
    except OSError:
        return 0


def pss_kib(pid):
    with open(f'/proc/{pid}/smaps_rollup') as f:
        return sum(int(line.split()[1]) for line in f if line.startswith('Pss:'))


def idle(seconds, *command):
    child = subprocess.Popen(command)
    time.sleep(10)
    before = {pid: ran_ns(pid) for pid in tree(child.pid)}
    time.sleep(float(seconds))
    used, weight = {}, {}
    for pid in tree(child.pid):
        name = re.sub(r':.*', '', role(pid)[0])
        used[name] = used.get(name, 0) + ran_ns(pid) - before.get(pid, 0)
        weight[name] = weight.get(name, 0) + pss_kib(pid)
    finish(child)
    for name in sorted(used):
        print(f'  {name:28} {weight[name] / 1024:7.1f} MiB  {used[name] / float(seconds) / 1e7:8.4f} % of a core')
    print(f'everything together: {sum(weight.values()) / 1024:.1f} MiB (pages shared are counted once), '
          f'{sum(used.values()) / float(seconds) / 1e7:.3f} % of a core')


def report(out):
    results = {}
    for line in open(out):
        result = json.loads(line)
        results.setdefault(result['name'], []).append(result)
    first = None
    print(f'{"":12}{"mails/s":>10}{"range":>18}{"CPU s":>8}{"MiB":>8}{"ratio":>8}')
    for name, runs in results.items():
        rates = [r['per_s'] for r in runs]
        median = statistics.median(rates)
        first = first or median
        print(f'{name:12}{median:10.1f}{f"{min(rates)} to {max(rates)}":>18}'
              f'{statistics.median(r["cpu_s"] for r in runs):8.1f}'
              f'{max(r["peak_mib"] for r in runs):8.0f}{first / median:8.2f}')
    last = results.get('postern', [{}])[-1]
    if 'stored_s' in last:
        print(f'  all fetched and kept after {last["stored_s"]} s')
    for name, r in last.get('roles', {}).items():
        print(f'  {name:28}{r["cpu_s"]:8.2f} s CPU{r["peak_mib"]:8.1f} MiB peak')
    wrong = [w for runs in results.values() for r in runs for w in r['wrong']]
    for text in wrong:
        print('WRONG: ' + text)
    return 1 if wrong else 0


if __name__ == '__main__':
    commands = {f.__name__: f for f in (fill, postern, peer, delivered, urgent, idle, report)}
    if len(sys.argv) < 2 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    sys.exit(commands[sys.argv[1]](*sys.argv[2:]))
