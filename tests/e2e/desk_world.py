# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/e2e/desk_world.py - a staff desk to test: posternd between Maildirs, colleagues, a plain client.
#
#     with World() as world:
#         world.deliver("lado-parents", mail)
#         alice = world.sign_in("alice")
#         status, page = alice.get("/queue")
#
# Source:   doc/review.md; RFC 6238 (the codes of the second factor)

import base64
import hashlib
import hmac
import html
import http.client
import json
import os
import pathlib
import re
import shutil
import socket
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time
import urllib.parse

SOURCE = pathlib.Path(os.environ.get("top_srcdir", ".")).resolve()
BUILD = pathlib.Path(os.environ.get("top_builddir", ".")).resolve()
PASSWORD = "correct horse battery staple"
PEOPLE = {"alice": "reviewer", "bob": "reviewer", "mary": "reviewer,manager", "audrey": "auditor",
          "adam": "administrator"}

checks, failures = 0, []


def check(what, good, detail=""):
    """One check; goes on when it fails."""
    global checks
    checks += 1
    if not good:
        failures.append(what)
        print(f"FAIL {what}{': ' if detail else ''}{str(detail)[:400]}", flush=True)
    return bool(good)


def finish(name):
    print(f"{name}: {checks} checks, {len(failures)} failed")
    sys.exit(1 if failures else 0)


def until(what, seconds=30):
    """Ask until the answer is yes."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if what():
            return True
        time.sleep(0.05)
    return False


def code(secret, at=None):
    """The six digits of a second factor."""
    step = struct.pack(">Q", int((time.time() if at is None else at) // 30))
    digest = hmac.new(base64.b32decode(secret), step, hashlib.sha1).digest()
    start = digest[-1] & 15
    return "%06d" % ((struct.unpack(">I", digest[start:start + 4])[0] & 0x7fffffff) % 10**6)


def free_port():
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        return any_port.getsockname()[1]


CONFIG = """[service]
name = County LADO Service
authserv-id = mx.example.org
message-id-domain = intake.example.org
templates = {templates}
{service}
[spool]
url = sqlite:{folder}/spool/postern.db
master-key-file = {folder}/master.key
[mailbox lado-parents]
url = maildir:{folder}/lado-parents
address = lado@example.org
role = lado-parents
[mailbox cls-legacy]
url = maildir:{folder}/cls-legacy
address = cls@example.org
role = cls-legacy
[smtp]
url = maildir:{folder}/outbox
from = County LADO Service <lado@example.org>
[review]
listen = 127.0.0.1:{port}
workers = 2
{review}
"""


class World:
    def __init__(self, review="", service=""):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="desk.", dir="/tmp"))
        self.port = free_port()
        self.config = self.folder / "postern.conf"
        self.config.write_text(CONFIG.format(folder=self.folder, port=self.port,
                                             templates=SOURCE / "templates", review=review,
                                             service=service))
        for box in ("lado-parents", "cls-legacy", "outbox"):
            for part in ("tmp", "new", "cur"):
                (self.folder / box / part).mkdir(parents=True)
        (self.folder / "spool").mkdir()
        self.url = f"http://127.0.0.1:{self.port}"
        self.secrets, self.delivered, self.daemon = {}, 0, None
        self.cli("make-key", self.folder / "master.key", config=False)

    def __enter__(self):
        try:
            self.start()
            for name, roles in PEOPLE.items():
                self.cli("account", "new", name, "--roles", roles, "--shown", name.title(),
                         text=PASSWORD + "\n")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *ignored):
        self.stop()
        if os.environ.get("DESK_KEEP"):
            print(f"kept: {self.folder}")
        else:
            shutil.rmtree(self.folder)

    def start(self):
        self.daemon = subprocess.Popen([BUILD / "posternd", "--config", self.config, "--foreground"],
                                       stderr=open(self.folder / "log", "ab"), cwd=self.folder,
                                       env=dict(os.environ, PATH=f"{BUILD}:{os.environ['PATH']}"))
        if not until(self.answers):
            raise SystemExit("FAIL posternd does not start: " + (self.folder / "log").read_text()[-2000:])

    def answers(self):
        try:
            return Client(self).get("/sign-in")[0] in (200, 401)
        except OSError:
            return False

    def stop(self):
        if self.daemon is not None:
            self.daemon.terminate()
            self.daemon.wait()
            self.daemon = None

    def cli(self, *words, text=None, config=True, good=True):
        """What a command says; bytes, as a terminal gets them."""
        done = subprocess.run([BUILD / "postern", *words, *(["--config", self.config] if config else [])],
                              input=(text or "").encode(), capture_output=True)
        if good and done.returncode != 0:
            raise SystemExit(f"FAIL postern {words}: {done.stderr.decode()}")
        return done.stdout + done.stderr

    def listing(self, what="list"):
        return [json.loads(line) for line in self.cli(what, "--json").splitlines() if line]

    def deliver(self, box, raw):
        self.delivered += 1
        place = self.folder / box / "tmp" / f"{int(time.time())}.{self.delivered}.desk"
        place.write_bytes(raw)
        place.rename(place.parent.parent / "new" / place.name)

    def decided(self, count):
        good = until(lambda: sum(1 for m in self.listing() if m["action"]) >= count, 60)
        return check(f"{count} mails are decided", good, (self.folder / "log").read_text()[-500:] if not good else "")

    def sent(self):
        """The mails that have left, as bytes."""
        return [path.read_bytes() for part in ("new", "cur")
                for path in (self.folder / "outbox" / part).iterdir()]

    def sql(self, text, *args):
        """Straight into the database, for what no client may do: move clocks, look behind the pages."""
        with sqlite3.connect(self.folder / "spool" / "postern.db", timeout=30) as db:
            return db.execute(text, args).fetchall()

    def workers(self):
        """Process numbers of the workers of the staff pages."""
        children = subprocess.run(["ps", "-o", "pid=,comm=", "--ppid", str(self.daemon.pid)],
                                  capture_output=True, text=True).stdout
        return [int(line.split()[0]) for line in children.splitlines() if "review:" in line]

    def sign_in(self, name, source="127.0.0.1", device=None):
        client = Client(self, source)
        client.device = device
        client.post("/sign-in", name=name, password=PASSWORD)
        page = client.get("/second-factor")[1]
        shown = re.search(r'name="secret" value="([A-Z2-7]+)"', page)
        if shown:
            self.secrets[name] = shown.group(1)
        else:  # a code is good for once, and several clients of one person sign in within its time
            self.sql("UPDATE account SET last_step = 0 WHERE name = ?", name)
        status, _ = client.post("/second-factor", csrf=client.csrf(page),
                                secret=shown.group(1) if shown else "", code=code(self.secrets[name]))
        if status != 303 or client.get("/queue")[0] == 303:
            raise SystemExit(f"FAIL {name} cannot sign in: {status}")
        return client


class Client:
    """A browser without a screen: its cookies, no redirects followed."""

    def __init__(self, world, source="127.0.0.1"):
        self.world, self.source, self.cookie, self.headers = world, source, None, {}
        self.device = None  # the cookie that stays

    def ask(self, method, path, body=None, **headers):
        link = http.client.HTTPConnection("127.0.0.1", self.world.port, timeout=20,
                                          source_address=(self.source, 0))
        cookies = "; ".join(f"{name}={value}" for name, value in
                            (("postern", self.cookie), ("postern-browser", self.device)) if value)
        everything = {**({"Cookie": cookies} if cookies else {}),
                      **{name.replace("_", "-"): value for name, value in headers.items()}}
        try:
            link.request(method, path, body, everything)
            answer = link.getresponse()
            text = answer.read().decode("utf-8", "replace")
        finally:
            link.close()
        self.headers = {name.lower(): value for name, value in answer.getheaders()}
        for name, value in answer.getheaders():
            cookie = re.match(r"(?:__Host-)?postern(-browser)?=([^;]*)", value)
            if name.lower() == "set-cookie" and cookie:
                setattr(self, "device" if cookie.group(1) else "cookie", cookie.group(2))
        return answer.status, text

    def get(self, path, **headers):
        return self.ask("GET", path, **headers)

    def post(self, path, /, headers=None, **fields):
        return self.ask("POST", path, urllib.parse.urlencode(fields, doseq=True),
                        **{"Content_Type": "application/x-www-form-urlencoded", **(headers or {})})

    @staticmethod
    def csrf(page):
        found = re.search(r'name="csrf" value="([^"]*)"', page)
        return found.group(1) if found else ""

    @staticmethod
    def version(page):
        return re.search(r'name="version" value="(\d+)"', page).group(1)

    def act(self, item, act, query="", **fields):
        """Open the page of an act and send it, as a person would."""
        status, page = self.get(f"/item/{item}/{act}{query}")
        if status != 200:
            return status, page
        return self.post(f"/item/{item}/{act}", csrf=self.csrf(page), version=self.version(page), **fields)


def plain(page):
    """A page's words, as somebody reads them."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", page)))


FORM = """LADO referral form for parents and carers

About you
Your name: {parent}
Relationship to the child: Mother
Telephone: 01632 960 118
Email: {address}

About the child
Name of child: {child}
Date of birth: 4 June 2016
School or setting: Larkfield Infants

Adult you are concerned about
Name: {adult}
Job or role: football coach
Employer: {employer}
Address of employer: Park Road, Canterbury CT1 1AA

What happened
Date of incident: 2 May 2024
What happened: {happened}
"""


def mail(number, name, address, subject, body):
    head = (f"Return-Path: <{address}>\r\nFrom: {name} <{address}>\r\nTo: lado@example.org\r\n"
            f"Subject: {subject}\r\n"
            f"Authentication-Results: mx.example.org; dmarc=pass header.from=mail.example\r\n"
            f"Date: Mon, 06 May 2024 10:00:00 +0100\r\nMessage-ID: <{number}@mail.example>\r\n"
            "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n")
    return (head + body).encode()


def story_mail(number, name, text):
    return mail(number, name, f"story{number}@mail.example", "please help", text)


def form_mail(number, adult, **others):
    """A parent's form, in the body of a mail."""
    words = {"parent": "Rosa Lindqvist", "child": "Nils Lindqvist", "employer": "Larkfield Juniors",
             "happened": "He pulled the children off the pitch by their shirts.", "adult": adult,
             "address": f"rosa{number}@mail.example", "subject": "form", **others}
    return mail(number, words["parent"], words["address"], words["subject"], FORM.format(**words))


def sample(name, number=0):
    """A sample mail, made another one by its number."""
    raw = (SOURCE / "templates" / "samples" / f"{name}.eml").read_bytes()
    raw = re.sub(rb"(?m)^Return-Path:.*\n", b"", raw)
    return re.sub(rb"(?im)^(Message-ID: <)", rb"\g<1>%d." % number, raw, count=1)


def two_forms():
    """One mail with the forms of two families."""
    first, second = sample("parent-docx", 9), sample("parent-pdf-form", 9)
    edge = re.search(rb'boundary="([^"]+)"', first).group(1)
    parts = second.split(b"--" + re.search(rb'boundary="([^"]+)"', second).group(1))
    end = first.rindex(b"--" + edge + b"--")
    return first[:end] + b"--" + edge + parts[2] + first[end:]
