#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tests/torture/checker.py - compares what was put in with what came out; no code of the daemon's.

  checker.py WORLD

WORLD/world.json says where everything is: {"db", "key", "put", "sink", "mailboxes": {name: where}}; where is
{"host", "port", "user", "password"} of an IMAP account or {"maildir"}; "sink" is the file of sink.py or a
Maildir; "db" is a file, or a url of PostgreSQL.  WORLD/put has a line of JSON for each mail that was put in: {"id": Message-ID, "from": address}.

The spool is read as doc/spool.md describes it: which row stands for which mail is found by the keyed hash of
its bytes as they lie in the mailbox, and the audit chain is computed anew.  Prints a line for each fault, and
one of JSON with the figures.  Exit code 1 when there was a fault.
"""
import collections, email, email.utils, glob, hashlib, hmac, imaplib, json, os, re, sqlite3, struct, sys

FOLDERS = {'accept': 'Accepted', 'redirect': 'Redirected', 'hold': 'Held', 'attach': 'Attached', 'ignore': 'Ignored'}
STAFF = 'Staff'  # where the test moves mails as staff do


# ---- what lies in the mailboxes ----

def bare(text):
    return (text or '').strip().strip('<>')


def imap_folders(imap):
    for line in imap.list()[1]:
        yield re.search(rb'"?([^" ]+)"?$', line).group(1).decode()


def imap_mails(where):
    """(folder, bytes) of every mail of an account."""
    imap = imaplib.IMAP4(where['host'], where['port'])
    imap.login(where['user'], where['password'])
    for folder in list(imap_folders(imap)):
        there, count = imap.select(f'"{folder}"', readonly=True)
        if there != 'OK' or count == [b'0']:  # a name with folders below it only, or an empty one
            continue
        for part in imap.fetch('1:*', '(BODY.PEEK[])')[1]:
            if isinstance(part, tuple):
                yield folder, part[1]
    imap.logout()


def maildir_mails(path):
    for folder in ('INBOX', *(name[1:] for name in os.listdir(path) if name.startswith('.'))):
        at = path if folder == 'INBOX' else f'{path}/.{folder}'
        for file in glob.glob(f'{at}/new/*') + glob.glob(f'{at}/cur/*'):
            with open(file, 'rb') as f:
                yield folder.replace('.', '/'), f.read()


def mails_of(where):
    return maildir_mails(where['maildir']) if 'maildir' in where else imap_mails(where)


# ---- what has left ----

def sent_mails(sink):
    """(Message-ID, recipient) of every mail that the relay has taken."""
    if os.path.isdir(sink):
        for file in glob.glob(f'{sink}/new/*'):
            with open(file, 'rb') as f:
                mail = email.message_from_bytes(f.read())
            yield bare(mail['Message-ID']), email.utils.parseaddr(mail['To'])[1]
    elif os.path.exists(sink):
        with open(sink) as f:
            for line in f:
                mail = json.loads(line)
                yield bare(mail['id']), mail['to']


# ---- the spool, as doc/spool.md describes it ----

class Keys:
    """The key for hashing: HKDF-SHA-256 (RFC 5869) of the master key with the spool's salt."""

    def __init__(self, path, salt):
        with open(path) as f:
            master = bytes.fromhex(f.read().strip())
        first = hmac.new(salt, master, hashlib.sha256).digest()
        self.hash = hmac.new(first, b'postern spool hash 1\x01', hashlib.sha256).digest()

    def of(self, what, data):
        return hmac.new(self.hash, what.encode() + b'\0' + data, hashlib.sha256).digest()


def chain_text(text):
    return b'-:' if text is None else b'%d:' % len(text.encode()) + text.encode()


def connect(where):
    """A connection that reads one moment, whose rows are known by number and by name."""
    if not where.startswith('postgresql:'):
        db = sqlite3.connect(f'file:{where}?mode=ro', uri=True, timeout=30)
        db.row_factory = sqlite3.Row
        return db
    import psycopg2, psycopg2.extensions, psycopg2.extras
    psycopg2.extensions.register_type(psycopg2.extensions.new_type(
        psycopg2.BINARY.values, 'BYTEA', lambda value, at: None if value is None else bytes(psycopg2.BINARY(value, at))))
    db = psycopg2.connect(where, cursor_factory=psycopg2.extras.DictCursor)
    db.set_session(isolation_level='REPEATABLE READ', readonly=True)
    return db


class Checker:
    def __init__(self, world):
        with open(f'{world}/world.json') as f:
            self.world = json.load(f)
        with open(self.world['put']) as f:
            self.put = {m['id']: m for m in map(json.loads, f)}
        self.db = connect(self.world['db'])
        self.is_file = isinstance(self.db, sqlite3.Connection)
        self.keys = Keys(self.world['key'], self.all('SELECT salt FROM spool_meta')[0][0])
        self.faults, self.figures = [], {}
        self.twice = []  # Message-IDs of replies that the relay has taken more than once

    def all(self, text):
        cursor = self.db.cursor()
        cursor.execute(text)
        return cursor.fetchall()

    def fault(self, text):
        self.faults.append(text)

    def look(self):
        """Every mail that lies anywhere: its hash -> its Message-ID and folders."""
        self.found = {}
        for where in self.world['mailboxes'].values():
            for folder, data in mails_of(where):
                name = bare(email.message_from_bytes(data.split(b'\r\n\r\n', 1)[0])['Message-ID'])
                mail = self.found.setdefault(self.keys.of('mail', data), {'id': name, 'folders': set()})
                mail['folders'].add(folder)
        there = collections.Counter(mail['id'] for mail in self.found.values())
        for name in self.put:
            if there[name] != 1:
                self.fault(f'mail {name} lies in the mailboxes as {there[name]} different mails')
        for name in there.keys() - self.put.keys():
            self.fault(f'mail {name} was never put in')

    def check_mails(self):
        """One row and one outcome for each, and the folder of that outcome."""
        rows = {row['content']: row for row in self.all('SELECT * FROM mail')}
        records = collections.defaultdict(list)
        self.of_record = {}
        for record in self.all('SELECT * FROM record'):
            records[record['mail_id']].append(record)
        outcomes = collections.Counter()
        for content, mail in self.found.items():
            row = rows.pop(content, None)
            if row is None:
                if not any(folder.startswith(STAFF) for folder in mail['folders']):
                    self.fault(f'LOST: mail {mail["id"]} has no row; it lies in {sorted(mail["folders"])}')
                outcomes['taken away by staff before it was read'] += 1
                continue
            self.check_outcome(mail, row, records.pop(row['id'], []), outcomes)
        for row in rows.values():
            self.fault(f'row {row["id"]} stands for no mail that was put in')
        for mail_id in records:
            self.fault(f'records of mail {mail_id}, which has no row')
        self.figures['outcomes'] = dict(outcomes)

    def check_outcome(self, mail, row, records, outcomes):
        if len(records) != 1:
            self.fault(f'mail {row["id"]} has {len(records)} records')
            return
        action = records[0]['action']
        outcomes[action] += 1
        self.of_record[records[0]['id']] = mail['id']
        if row['state'] != 'filed' or row['action'] != action:
            self.fault(f'mail {row["id"]} is {row["state"]} as {row["action"]}, its record says {action}')
        wanted = {f'Postern/{FOLDERS[action]}'}
        wrong = {f for f in mail['folders'] if f not in wanted and not f.startswith(STAFF)}
        if wrong:
            self.fault(f'mail {row["id"]} ({action}) lies in {sorted(wrong)}')

    def check_replies(self):
        """One acknowledgement for each record that has one, to its own sender, and nothing else has left."""
        sent = collections.Counter(sent_mails(self.world['sink']))
        times = collections.Counter()
        for (name, recipient), count in sent.items():
            times[name] += count
        uncertain = {row[0] for row in self.all("SELECT object FROM audit WHERE act = 'uncertain'")}
        replies = collections.defaultdict(list)
        states = collections.Counter()
        recipients = collections.defaultdict(set)
        for name, recipient in sent:
            recipients[name].add(recipient)
        for reply in self.all('SELECT * FROM outbox'):
            replies[reply['record_id']].append(reply)
            states[reply['state']] += 1
            count = times.pop(bare(reply['message_id']), 0)
            self.twice += [bare(reply['message_id'])] if count > 1 else []
            self.check_reply(reply, count, f'reply:{reply["id"]}' in uncertain)
            wanted = self.put[self.of_record[reply['record_id']]]['from'] if reply['record_id'] in self.of_record else None
            if recipients[bare(reply['message_id'])] - {wanted}:
                self.fault(f'reply {reply["id"]} went to somebody else than who wrote')
        for name in times:
            self.fault(f'NO RECORD: a mail {name} left that no row knows')
        for record in self.all('SELECT id, reply FROM record'):
            wanted = record['reply'] != 'none'
            if len(replies[record['id']]) != wanted:
                self.fault(f'record {record["id"]} has {len(replies[record["id"]])} replies instead of {int(wanted)}')
        self.figures.update(replies=sum(len(r) for r in replies.values()), reply_states=dict(states),
                            taken_by_relay=sum(sent.values()), sent_twice=len(self.twice), uncertain=len(uncertain))

    def check_reply(self, reply, count, unsure):
        state = reply['state']
        if state == 'sent' and count < 1:
            self.fault(f'reply {reply["id"]} is sent, yet the relay has never taken it')
        if count > 1 and not unsure:
            self.fault(f'reply {reply["id"]} was sent {count} times, and nothing says why')
        if count > 2:
            self.fault(f'reply {reply["id"]} was sent {count} times')
        if state == 'failed' and count:
            self.fault(f'reply {reply["id"]} is failed, yet the relay took it')
        if state not in ('sent', 'uncertain', 'failed'):
            self.fault(f'reply {reply["id"]} is {state} at the end')

    def check_audit(self):
        """The chain computed anew, its keyed end, and what each mail must have in it."""
        before, last, acts = bytes(32), 0, collections.Counter()
        for row in self.all('SELECT * FROM audit ORDER BY id'):
            text = b'postern audit 1 %d %d ' % (row['id'], row['at'])
            text += b''.join(chain_text(row[name]) for name in ('actor', 'act', 'object', 'detail'))
            before = hashlib.sha256(before + text).digest()
            if row['id'] != last + 1 or row['hash'] != before:
                self.fault(f'audit entry {row["id"]} does not follow from the one before it')
                return
            last = row['id']
            acts[row['act'], row['object']] += 1
        head = self.all('SELECT entry, hash FROM audit_head')
        if last and (len(head) != 1 or head[0]['entry'] != last or
                     head[0]['hash'] != self.keys.of('audit-head', struct.pack('>q', last) + before)):
            self.fault('the end of the audit chain is not the one that was written')
        for (act, thing), count in acts.items():
            if act in ('kept', 'decided', 'sent') and count != 1:
                self.fault(f'the audit says {count} times that {thing} was {act}')
        for (mail_id,) in self.all('SELECT id FROM mail'):
            for act in ('kept', 'decided'):
                if acts[act, f'mail:{mail_id}'] != 1:
                    self.fault(f'the audit does not say that mail {mail_id} was {act}')
        self.figures['audit'] = last

    def check_whole(self):
        if self.is_file:
            self.check_file()
        for row in self.all('SELECT m.id FROM mail m WHERE m.chunks <> (SELECT COUNT(*) FROM chunk c WHERE c.mail_id = m.id)'
                            ' OR NOT EXISTS (SELECT 1 FROM mail_key k WHERE k.mail_id = m.id)'):
            self.fault(f'mail {row[0]} is not whole')

    def check_file(self):
        for (answer,) in self.all('PRAGMA integrity_check'):
            if answer != 'ok':
                self.fault(f'integrity_check: {answer}')
        for row in self.all('PRAGMA foreign_key_check'):
            self.fault(f'foreign_key_check: {tuple(row)}')

    def run(self):
        if self.is_file:
            self.db.execute('BEGIN')  # the other begins by itself
        self.look()
        self.check_mails()
        self.check_replies()
        self.check_audit()
        self.check_whole()
        self.figures.update(put=len(self.put), rows=self.all('SELECT COUNT(*) FROM mail')[0][0],
                            records=self.all('SELECT COUNT(*) FROM record')[0][0], faults=len(self.faults))
        return self.faults


def main(world):
    checker = Checker(world)
    faults = checker.run()
    for fault in faults[:50]:
        print('FAULT', fault)
    print(json.dumps(checker.figures))
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))
