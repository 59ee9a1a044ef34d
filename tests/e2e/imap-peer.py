#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/e2e/imap-peer.py - an IMAP server that misbehaves in one chosen way.
#
# Usage: imap-peer.py MODE PORT [CERTIFICATE KEY]     MODE is a function below named mode_...
# Each connection speaks just enough IMAP to get where the mode does its harm.
import socket
import ssl
import sys
import threading
import time

CAPABILITIES = b"IMAP4rev1 AUTH=PLAIN SASL-IR UIDPLUS MOVE IDLE"
MAIL = b"From: a@example.com\r\nSubject: x\r\n\r\nbody\r\n"


class Talk:
    capabilities = CAPABILITIES
    greeting = b"* OK ready\r\n"

    def __init__(self, connection):
        self.connection = connection
        self.lines = connection.makefile("rb")

    def say(self, *parts):
        self.connection.sendall(b"".join(parts))

    def run(self):
        self.say(self.greeting)
        for line in self.lines:
            words = line.strip().split()
            if len(words) < 2:
                continue
            tag, command = words[0], words[1].upper()
            if command == b"UID":
                command = b"UID_" + words[2].upper()
            answer = getattr(self, "do_" + command.decode().lower(), self.do_other)
            if answer(tag, line) is False:
                return

    def do_capability(self, tag, line):
        self.say(b"* CAPABILITY ", self.capabilities, b"\r\n", tag, b" OK done\r\n")

    def do_select(self, tag, line):
        self.say(b"* 1 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 2] ok\r\n",
                 tag, b" OK [READ-WRITE] done\r\n")

    def do_list(self, tag, line):
        self.say(b'* LIST (\\Noselect) "/" ""\r\n', tag, b" OK done\r\n")

    def do_uid_fetch(self, tag, line):
        if b"BODY.PEEK" in line:
            return self.body(tag, line)
        self.say(b'* 1 FETCH (UID 1 RFC822.SIZE %d INTERNALDATE "01-Jan-2026 10:00:00 +0100")\r\n'
                 % len(MAIL), tag, b" OK done\r\n")

    def body(self, tag, line):
        self.say(b"* 1 FETCH (UID 1 BODY[] {%d}\r\n" % len(MAIL), MAIL, b")\r\n", tag, b" OK done\r\n")

    def do_idle(self, tag, line):
        self.say(b"+ idling\r\n")
        time.sleep(0.3)
        self.say(b"* 2 EXISTS\r\n")
        self.lines.readline()
        self.say(tag, b" OK done\r\n")

    def do_other(self, tag, line):
        self.say(tag, b" OK done\r\n")


class mode_good(Talk):
    pass


class mode_eof_in_literal(Talk):
    def body(self, tag, line):
        self.say(b"* 1 FETCH (UID 1 BODY[] {5000}\r\n", b"x" * 1000)
        return False


class mode_eof_in_line(Talk):
    def body(self, tag, line):
        self.say(b"* 1 FETCH (UID 1 FLA")
        return False


class mode_huge_literal(Talk):
    def body(self, tag, line):
        self.say(b"* 1 FETCH (UID 1 BODY[] {4294967290}\r\n", b"x" * 1000)
        time.sleep(5)
        return False


class mode_wrapping_literal(Talk):
    def body(self, tag, line):
        self.say(b"* 1 FETCH (UID 1 BODY[] {4294967299}\r\nabc FLAGS ())\r\n", tag, b" OK done\r\n")


class mode_endless_line(Talk):
    def body(self, tag, line):
        self.say(b"* 1 FETCH (UID 1 FLAGS (")
        for _ in range(600):
            self.say(b"a" * 1000000)
        self.say(b"))\r\n", tag, b" OK done\r\n")


class mode_endless_lines(Talk):
    def do_select(self, tag, line):
        for number in range(40000000):
            self.say(b"* OK still working on it, have patience with me\r\n" * 1000)


class mode_deep(Talk):
    def do_uid_fetch(self, tag, line):
        self.say(b"* 1 FETCH (BODYSTRUCTURE ", b"(" * 400000, b"\r\n", tag, b" OK done\r\n")


class mode_deep_behind_text(Talk):
    def do_uid_fetch(self, tag, line):
        self.say(b"* OK see {900000}\r\n* 1 FETCH (BODYSTRUCTURE ", b"(" * 400000, b"\r\n",
                 tag, b" OK done\r\n")


class mode_silent_greeting(Talk):
    greeting = b""

    def run(self):
        time.sleep(30)


class mode_silent_fetch(Talk):
    def body(self, tag, line):
        time.sleep(30)


class mode_drip(Talk):
    def do_select(self, tag, line):
        for _ in range(100000):
            self.say(b"* OK x\r\n"[0:1])
            time.sleep(0.2)


class mode_early_exists(Talk):
    """An untagged line before the continuation, and news in the same write as it."""

    def do_idle(self, tag, line):
        self.say(b"* 1 FETCH (FLAGS (\\Seen))\r\n* OK hold on\r\n+ idling\r\n* 2 EXISTS\r\n")
        self.lines.readline()
        self.say(b"* 3 RECENT\r\n", tag, b" OK done\r\n")


class mode_idle_no(Talk):
    def do_idle(self, tag, line):
        self.say(tag, b" NO not today\r\n")


class mode_idle_bye(Talk):
    def do_idle(self, tag, line):
        self.say(b"+ idling\r\n* BYE going down for lado@example.org\r\n")
        return False


class mode_idle_deaf(Talk):
    """Never answers DONE."""

    def do_idle(self, tag, line):
        self.say(b"+ idling\r\n")
        time.sleep(30)


class mode_no_idle(Talk):
    capabilities = b"IMAP4rev1 AUTH=PLAIN"


class mode_login_only(Talk):
    capabilities = b"IMAP4rev1"

    def do_login(self, tag, line):
        ok = line.strip().endswith(b' LOGIN "lado@example.org" "p\\"ass\\\\word {5} %"')
        self.say(tag, b" OK in\r\n" if ok else b" NO [AUTHENTICATIONFAILED] " + line)


class mode_login_disabled(Talk):
    capabilities = b"IMAP4rev1 LOGINDISABLED AUTH=GSSAPI"

    def do_login(self, tag, line):
        print("PASSWORD WAS SENT", flush=True)


class mode_no_sasl_ir(Talk):
    capabilities = b"IMAP4rev1 AUTH=PLAIN"

    def do_authenticate(self, tag, line):
        self.say(b"+ \r\n")
        self.lines.readline()
        self.say(tag, b" OK in\r\n")


class mode_auth_unavailable(Talk):
    def do_authenticate(self, tag, line):
        self.say(tag, b" NO [UNAVAILABLE] database is down for lado@example.org\r\n")


class mode_throttled(Talk):
    def do_select(self, tag, line):
        self.say(tag, b" BAD User is authenticated but not connected.\r\n")


class mode_read_only(Talk):
    def do_select(self, tag, line):
        self.say(b"* 1 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n", tag, b" OK [READ-ONLY] done\r\n")


class mode_preauth(Talk):
    greeting = b"* PREAUTH welcome\r\n"
    capabilities = b"IMAP4rev1 STARTTLS"


class mode_no_starttls(Talk):
    def do_authenticate(self, tag, line):
        print("PASSWORD WAS SENT", flush=True)


class mode_injected_starttls(Talk):
    """What somebody in between can add behind the answer to STARTTLS."""

    capabilities = b"IMAP4rev1 STARTTLS AUTH=PLAIN"

    def do_starttls(self, tag, line):
        self.say(tag, b" OK begin\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n")

    def do_authenticate(self, tag, line):
        print("PASSWORD WAS SENT", flush=True)


class mode_refuses_body(Talk):
    def body(self, tag, line):
        self.say(tag, b" NO cannot read that one\r\n")


class mode_nil_body(Talk):
    def body(self, tag, line):
        self.say(b"* 1 FETCH (UID 1 BODY[] NIL)\r\n", tag, b" OK done\r\n")


class mode_twins(Talk):
    """One mail reported twice, once without its size, and one that was not asked for."""

    def do_uid_fetch(self, tag, line):
        self.say(b"* 1 FETCH (UID 1 FLAGS (\\Seen))\r\n* 9 FETCH (FLAGS ())\r\n",
                 b'* 1 FETCH (UID 1 RFC822.SIZE 40 INTERNALDATE "01-Jan-2026 10:00:00 -0030")\r\n',
                 b"* 8 FETCH (UID 77 RFC822.SIZE 5)\r\n", tag, b" OK done\r\n")


class mode_refuses_half(Talk):
    """Lists one of two mails and then says NO: the other must not be passed over."""

    def do_uid_fetch(self, tag, line):
        if b"RFC822.SIZE" in line:
            self.say(b"* 1 FETCH (UID 1 RFC822.SIZE 40)\r\n", tag, b" NO cannot read one\r\n")
        else:
            self.say(b"* 1 FETCH (UID 1)\r\n* 2 FETCH (UID 2)\r\n", tag, b" OK done\r\n")

    def do_select(self, tag, line):
        self.say(b"* 2 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 3] ok\r\n",
                 tag, b" OK [READ-WRITE] done\r\n")


class mode_flat(Talk):
    """No levels, no MOVE, no UIDPLUS: copies must not be expunged."""

    capabilities = b"IMAP4rev1 AUTH=PLAIN SASL-IR"
    made = False

    def do_list(self, tag, line):
        self.say(b'* LIST (\\Noselect) NIL ""\r\n', tag, b" OK done\r\n")

    def do_create(self, tag, line):
        print(line.decode().split(None, 1)[1].strip(), flush=True)
        self.made = True
        self.say(tag, b" OK done\r\n")

    def do_uid_copy(self, tag, line):
        print(line.decode().split(None, 1)[1].strip(), flush=True)
        self.say(tag, b" OK done\r\n" if self.made else b" NO [TRYCREATE] make it\r\n")

    def do_uid_store(self, tag, line):
        print(line.decode().split(None, 1)[1].strip(), flush=True)
        self.say(tag, b" OK done\r\n")

    def do_expunge(self, tag, line):
        print("EXPUNGED OTHERS' MAIL", flush=True)

    do_uid_expunge = do_expunge


class mode_over_quota(Talk):
    """No room in the folder that mails are moved to."""

    def do_uid_move(self, tag, line):
        self.say(tag, b" NO [OVERQUOTA] Quota exceeded (mailbox for lado@example.org is full)\r\n")

    def do_create(self, tag, line):
        print("CREATED IN VAIN", flush=True)
        self.say(tag, b" OK done\r\n")


class mode_throttled_fetch(Talk):
    """Exchange Online when it has had enough of us: it is not the mail that it refuses."""

    def body(self, tag, line):
        self.say(tag, b" NO Request is throttled. Suggested Backoff Time: 299961 milliseconds\r\n")


class mode_throttled_bye(Talk):
    def do_select(self, tag, line):
        self.say(b"* BYE Session invalidated. Suggested Backoff Time: 1500 milliseconds\r\n")
        return False


class mode_throttled_login(Talk):
    def do_authenticate(self, tag, line):
        self.say(tag, b" NO [THROTTLED] come back later\r\n")


class mode_bye_greeting(Talk):
    greeting = b"* BYE too many connections for lado@example.org\r\n"

    def run(self):
        self.say(self.greeting)


class mode_bye_in_fetch(Talk):
    def body(self, tag, line):
        self.say(b"* 1 FETCH (FLAGS ())\r\n* BYE restarting\r\n")
        return False


class mode_last_uid(Talk):
    """The highest number there is: a cursor behind it would begin at 0 again."""

    def do_uid_fetch(self, tag, line):
        self.say(b"* 1 FETCH (UID 4294967295 RFC822.SIZE 40)\r\n", tag, b" OK done\r\n")


class mode_other_mail(Talk):
    """Gives the bytes of a mail that was not asked for."""

    def body(self, tag, line):
        self.say(b"* 1 FETCH (UID 9 BODY[] {%d}\r\n" % len(MAIL), MAIL, b")\r\n", tag, b" OK done\r\n")


class mode_no_capability(Talk):
    def do_capability(self, tag, line):
        self.say(tag, b" BAD what\r\n")


class mode_nothing_selected(Talk):
    """Says nothing of UIDVALIDITY or UIDNEXT."""

    def do_select(self, tag, line):
        self.say(tag, b" OK done\r\n")


class mode_nul_bytes(Talk):
    def do_uid_fetch(self, tag, line):
        self.say(b"* 1 FETCH (UID 1 FLAGS (a\0b\0c))\r\n", tag, b" OK done\r\n")


class mode_garbage(Talk):
    def do_uid_fetch(self, tag, line):
        self.say(bytes(range(256)) * 4000, b"\r\n", tag, b" OK done\r\n")


class mode_wrong_tags(Talk):
    def do_select(self, tag, line):
        for number in range(2000):
            self.say(b"x%d OK done\r\n" % number)
        time.sleep(30)


class mode_only_ok(Talk):
    """Says OK to everything and nothing else, not even what it can do."""

    def do_capability(self, tag, line):
        self.say(tag, b" OK done\r\n")

    do_select = do_list = do_uid_fetch = do_namespace = do_capability


class mode_any(Talk):
    """Answers with whatever servers may say, and with what they may not; the seed is PEER_SEED."""

    capabilities = CAPABILITIES + b" NAMESPACE"
    texts = [
        b"* STATUS INBOX (MESSAGES 1)", b"* STATUS", b"* STATUS INBOX", b"* STATUS INBOX ()",
        b"* NAMESPACE NIL NIL NIL", b'* NAMESPACE (("" "/")) NIL NIL', b"* NAMESPACE", b"* NAMESPACE (()) () ()",
        b'* LIST () NIL INBOX', b'* LIST (\\Noselect) "/" ""', b"* LIST", b"* LIST () \"//\" x", b'* LSUB () "/" x',
        b"* SEARCH 1 2 3", b"* SEARCH", b"* SEARCH 99999999999999999999", b"* FLAGS ()", b"* FLAGS",
        b"* 1 EXISTS", b"* 4294967295 EXISTS", b"* 99999999999 EXISTS", b"* 0 EXPUNGE", b"* -1 EXISTS", b"* 1 RECENT",
        b"* OK [UIDNEXT 0] x", b"* OK [UIDNEXT 4294967295] x", b"* OK [UIDVALIDITY 99999999999] x", b"* OK [UNSEEN] x",
        b"* OK [PERMANENTFLAGS ()] x", b"* OK [PERMANENTFLAGS (\\* a b)] x", b"* OK [BADCHARSET ((((] x",
        b"* OK [COPYUID 1 1:4294967295 1] x", b"* OK [APPENDUID 1] x", b"* OK [CAPABILITY] x", b"* CAPABILITY",
        b"* CAPABILITY IMAP4rev1 AUTH= IDLE", b"* BAD x", b"* NO x", b"* PREAUTH x", b"+ x", b"+", b"*", b"", b"* ",
        b"* 1 FETCH ()", b"* 1 FETCH (UID 1)", b"* 1 FETCH (UID 0 RFC822.SIZE 4294967296)", b"* 1 FETCH (UID)",
        b'* 1 FETCH (INTERNALDATE "99-Xxx-0000 99:99:99 +9999" UID 2)', b'* 1 FETCH (INTERNALDATE "")',
        b"* 1 FETCH (UID 1 BODY[] NIL)", b'* 1 FETCH (UID 1 BODY[] "")', b"* 1 FETCH (UID 1 BODY[]<0> {0}\r\n)",
        b"* 1 FETCH (UID 1 BODY[1.2.HEADER.FIELDS (A B)] {1}\r\nx)", b"* 1 FETCH (UID 1 BODY[] {3+}\r\nabc)",
        b"* 1 FETCH (ENVELOPE (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL))", b"* 1 FETCH (ENVELOPE NIL)",
        b'* 1 FETCH (BODY ("TEXT" "PLAIN" NIL NIL NIL "7BIT" 1 1))', b"* 1 FETCH (BODYSTRUCTURE (NIL))",
        b"* 1 FETCH (BODYSTRUCTURE ((((((((NIL))))))))", b"* 1 FETCH (FLAGS (\\Seen \\ ))", b"* 1 FETCH (MODSEQ (1))",
        b"* QUOTA x (STORAGE 1 2)", b"* ACL INBOX", b"* ID NIL", b"* ENABLED X", b"* VANISHED (EARLIER) 1:2",
        b"* XYZ", b"* 1 XYZ", b"* OK [ALERT", b"* OK [ALERT] " + b"x" * 3000, b'* LIST () "/" {5}\r\nINBOX',
    ]

    def run(self):
        import os
        import random
        self.random = random.Random(int(os.environ.get("PEER_SEED", "0")))
        super().run()

    def do_other(self, tag, line):
        for _ in range(self.random.randrange(4)):
            self.say(self.random.choice(self.texts), b"\r\n")
        self.say(tag, self.random.choice([b" OK x", b" OK x", b" OK x", b" NO x", b" BAD x", b" OK [READ-WRITE] x", b" "]), b"\r\n")

    def do_capability(self, tag, line):
        self.say(b"* CAPABILITY ", self.capabilities, b"\r\n")
        self.do_other(tag, line)

    def do_select(self, tag, line):
        self.say(b"* 1 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 2] ok\r\n")
        self.do_other(tag, line)

    def do_uid_fetch(self, tag, line):
        if self.random.randrange(2):
            self.say(b"* 1 FETCH (UID 1 RFC822.SIZE 41)\r\n")
        self.do_other(tag, line)

    do_list = body = do_idle = do_other


class mode_half_open(Talk):
    """Falls silent in the middle of IDLE, as a connection does whose other end is gone."""

    def do_idle(self, tag, line):
        self.say(b"+ idling\r\n")
        time.sleep(120)


class mode_half_open_no_idle(mode_half_open):
    capabilities = b"IMAP4rev1 AUTH=PLAIN SASL-IR"

    def do_noop(self, tag, line):
        time.sleep(120)


def serve(mode, connection, context):
    try:
        if context is not None:
            connection = context.wrap_socket(connection, server_side=True)
        mode(connection).run()
    except (OSError, ssl.SSLError):
        pass
    finally:
        connection.close()


def main():
    mode = globals()["mode_" + sys.argv[1]]
    context = None
    if len(sys.argv) > 3:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[3], sys.argv[4])
    listener = socket.create_server(("127.0.0.1", int(sys.argv[2])))
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=serve, args=(mode, connection, context), daemon=True).start()


main()
