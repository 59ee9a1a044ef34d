#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/e2e/smtp-peer.py - an SMTP server that does what a real one cannot be made to do on demand.
#
# Usage: smtp-peer.py MODE PORT LOG [CERTIFICATE KEY]     MODE is a class below named mode_...
# LOG gets each command, and a line "mail MESSAGE-ID" for each mail.
# With a certificate it offers STARTTLS.
import re
import socket
import ssl
import sys
import threading
import time

LOG = sys.argv[3]
LOCK = threading.Lock()


def log(text):
    with LOCK, open(LOG, "a") as f:
        f.write(text + "\n")


class Talk:
    offers = [b"PIPELINING", b"SIZE 10000000", b"DSN"]
    taken = 0  # mails of all connections

    def __init__(self, connection, context):
        self.connection, self.context = connection, context
        self.lines = connection.makefile("rb")
        self.secure = False

    def say(self, text):
        self.connection.sendall(text + b"\r\n")

    def run(self):
        self.say(b"220 peer.example ESMTP")
        while True:
            line = self.lines.readline()
            if not line:
                return
            word = line.split()[0].upper().decode() if line.split() else ""
            log(line.decode("latin-1").rstrip())
            if getattr(self, "do_" + word.lower(), self.do_other)(line) is False:
                return

    def do_ehlo(self, line):
        offers = list(self.offers)
        if self.context and not self.secure:
            offers.append(b"STARTTLS")
        lines = [b"peer.example"] + offers
        self.connection.sendall(b"".join(b"250-" + l + b"\r\n" for l in lines[:-1]) +
                                b"250 " + lines[-1] + b"\r\n")

    def do_starttls(self, line):
        self.say(b"220 go ahead")
        self.connection = self.context.wrap_socket(self.connection, server_side=True)
        self.lines = self.connection.makefile("rb")
        self.secure = True

    def do_mail(self, line):
        self.say(b"250 2.1.0 ok")

    def do_rcpt(self, line):
        self.say(b"250 2.1.5 ok")

    def do_rset(self, line):
        self.say(b"250 2.0.0 ok")

    def do_quit(self, line):
        self.say(b"221 2.0.0 bye")
        return False

    def do_data(self, line):
        self.say(b"354 go ahead")
        return self.body()

    def body(self):
        mail = []
        while True:
            line = self.lines.readline()
            if not line:
                log("cut")
                return False
            if line == b".\r\n":
                break
            mail.append(line)
        found = re.search(rb"(?im)^Message-ID:\s*(\S+)", b"".join(mail))
        log("mail " + (found.group(1).decode() if found else "?"))
        Talk.taken += 1
        return self.final()

    def final(self):
        self.say(b"250 2.0.0 taken")

    def do_other(self, line):
        self.say(b"500 5.5.1 what?")


class mode_good(Talk):
    pass


class mode_plain(Talk):
    """No extension at all; a second command that comes before it may is an error."""
    offers = [b"8BITMIME"]

    def do_mail(self, line):
        self.connection.settimeout(0.05)
        try:
            early = self.connection.recv(1, socket.MSG_PEEK)
            log("early " + str(len(early)))
        except socket.timeout:
            pass
        self.connection.settimeout(None)
        self.say(b"250 ok")


class mode_requiretls(Talk):
    offers = Talk.offers + [b"REQUIRETLS"]


class mode_drops_after_dot(Talk):
    def final(self):
        return False


class mode_silent_after_dot(Talk):
    def final(self):
        time.sleep(3600)


class mode_says_nonsense_after_dot(Talk):
    def final(self):
        self.say(b"what a lovely mail")
        return False


class mode_drops_in_data(Talk):
    """The first mail is cut short, the others are taken."""
    cuts = 0

    def body(self):
        if mode_drops_in_data.cuts == 0:
            mode_drops_in_data.cuts = 1
            self.lines.readline()
            return False
        return super().body()


class mode_takes_two(Talk):
    """421 after two mails of a connection."""
    def do_mail(self, line):
        self.mine = getattr(self, "mine", 0) + 1
        if self.mine > 2:
            self.say(b"421 4.7.0 enough for one connection")
            return False
        return super().do_mail(line)


class mode_busy(Talk):
    """Exchange Online, when it is asked too much: the first three mails."""
    refused = 0

    def do_mail(self, line):
        mode_busy.refused += 1
        self.say(b"432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded"
                 if mode_busy.refused <= 3 else b"250 2.1.0 ok")


class mode_no_dsn_after_all(Talk):
    def do_rcpt(self, line):
        self.say(b"555 5.5.4 unsupported" if b"NOTIFY" in line else b"250 2.1.5 ok")

    def do_data(self, line):
        self.say(b"503 5.5.1 no recipient") if self.refused else super().do_data(line)

    @property
    def refused(self):
        with open(LOG) as f:
            said = [l for l in f if l.startswith("RCPT")]
        return "NOTIFY" in said[-1]


class mode_wants_mail_for_nobody(Talk):
    """Refuses the recipient and asks for the mail all the same."""
    def do_rcpt(self, line):
        self.say(b"550 5.1.1 no such user")


class mode_endless(Talk):
    def do_ehlo(self, line):
        while True:
            self.connection.sendall(b"250-X\r\n" * 1000)


class mode_long_line(Talk):
    def do_ehlo(self, line):
        while True:
            self.connection.sendall(b"250-" + b"x" * 100000)


class mode_injects(Talk):
    """More than the answer to STARTTLS, in the clear."""
    def do_starttls(self, line):
        self.connection.sendall(b"220 go ahead\r\n250 injected\r\n")
        time.sleep(5)
        return False


def main():
    mode, port = globals()["mode_" + sys.argv[1]], int(sys.argv[2])
    context = None
    if len(sys.argv) > 4:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[4], sys.argv[5])
    server = socket.create_server(("127.0.0.1", port))

    def serve(connection):
        try:
            mode(connection, context).run()
        except OSError:
            pass
        finally:
            connection.close()

    while True:
        connection, _ = server.accept()
        threading.Thread(target=serve, args=(connection,), daemon=True).start()


main()
