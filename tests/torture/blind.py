#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tests/torture/blind.py - is checker.py blind?  Breaks a sound world in each way it must notice.

  blind.py FOLDER
"""
import glob, os, shutil, sqlite3, subprocess, sys

from faults import Faults
from sweep import World
import checker


def sql(*texts):
    def act(path):
        db = sqlite3.connect(f'{path}/spool/postern.db')
        db.execute('PRAGMA foreign_keys = OFF')
        for trigger in ('audit_no_update', 'audit_no_delete'):
            db.execute(f'DROP TRIGGER {trigger}')
        for text in texts:
            db.execute(text)
        db.commit()
        db.close()
    return act


def the(path, pattern):
    return glob.glob(f'{path}/{pattern}')[0]


def lose_mail(path):
    os.remove(the(path, 'in/.Postern.*/cur/*'))


def back_to_inbox(path):
    os.rename(the(path, 'in/.Postern.*/cur/*'), f'{path}/in/new/1.M1.host')


def wrong_folder(path):
    source = the(path, 'in/.Postern.*/cur')
    os.makedirs(f'{path}/in/.Postern.Other/new')
    os.rename(source, f'{path}/in/.Postern.Other/cur')


def another_mail(path):
    with open(f'{path}/in/new/2.M2.host', 'wb') as f:
        f.write(b'Message-ID: <two@mail.example.com>\r\n\r\nx\r\n')
    with open(f'{path}/put', 'a') as f:
        f.write('{"id": "two@mail.example.com", "from": "two@mail.example.com"}\n')


def edit_sent(old, new, copies=1):
    def act(path):
        sent = the(path, 'out/new/*')
        with open(sent, 'rb') as f:
            text = f.read()
        os.remove(sent)
        for number in range(copies):
            with open(f'{sent}{number}', 'wb') as f:
                f.write(text.replace(old, new))
    return act


BREAKS = {
    'a mail that was never stored': another_mail,
    'a mail that lies nowhere': lose_mail,
    'a decided mail in the inbox': back_to_inbox,
    'a mail in another folder': wrong_folder,
    'no row': sql('DELETE FROM mail'),
    'no record': sql('DELETE FROM record'),
    'a row that stands for nothing': sql('INSERT INTO mail (state, content, mailbox, received, stored, size, chunks, unread)'
                                         " VALUES ('filed', x'00', 'lado', 0, 0, 0, 0, 0)"),
    'another outcome': sql("UPDATE record SET action = 'ignore'"),
    'not filed': sql("UPDATE mail SET state = 'decided'"),
    'no reply row': sql('DELETE FROM outbox'),
    'a reply that never left': sql("UPDATE outbox SET message_id = 'other@x'"),
    'a reply without a record': edit_sent(b'Message-Id: <', b'Message-Id: <x'),
    'a reply sent twice': edit_sent(b'', b'', 2),
    'a reply to somebody else': edit_sent(b'parent@mail', b'other@mail'),
    'an audit entry changed': sql("UPDATE audit SET actor = 'x' WHERE id = 2"),
    'an audit entry missing': sql('DELETE FROM audit WHERE id = 2'),
    'the audit cut off': sql('DELETE FROM audit WHERE id = (SELECT MAX(id) FROM audit)'),
    'a chunk missing': sql('DELETE FROM chunk'),
    'a key missing': sql('DELETE FROM mail_key'),
}


def faults_of(path):
    """What the checker says; a world that it cannot read is a fault as well."""
    try:
        return checker.Checker(path).run()
    except Exception as problem:
        return [repr(problem)]


def main(folder):
    subprocess.run(['postern', 'make-key', f'{folder}/master.key'], check=True, stdout=subprocess.DEVNULL)
    world = World(f'{folder}/sound', f'{folder}/master.key')
    none = Faults(f'{folder}/faults', os.environ['top_builddir'] + '/torture-faults.so')
    failed = 0
    if world.once(none) != 0 or faults_of(world.path):
        print('FAIL a sound world is found at fault', faults_of(world.path))
        failed += 1
    for name, act in BREAKS.items():
        path = f'{folder}/broken'
        shutil.copytree(world.path, path)
        # The world says where it is.
        with open(f'{path}/world.json') as f:
            text = f.read()
        with open(f'{path}/world.json', 'w') as f:
            f.write(text.replace('/sound', '/broken'))
        act(path)
        if not faults_of(path):
            print(f'FAIL the checker does not see {name}')
            failed += 1
        shutil.rmtree(path)
    print(f'blind: {len(BREAKS) + 1} checks, {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))
