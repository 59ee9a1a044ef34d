#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/e2e/desk-attack.py - the staff desk against strangers, crowds and sudden death.
#
# A scripted attacker without rights gets nowhere and hurts nobody else; two people on one item lose
# nothing; workers killed in the middle of acts leave each act whole or not there.
#
# Usage:    top_srcdir=... top_builddir=... desk-attack.py
# Source:   doc/review.md, "Safe pages", "Acts"; OWASP Application Security Verification Standard 4

import contextlib
import os
import pathlib
import random
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import warnings

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from desk_world import (PASSWORD, Client, World, check, finish, form_mail, plain, sample,  # noqa: E402
                        until)

SAFE = {"content-security-policy": "default-src 'none'", "cache-control": "no-store",
        "x-content-type-options": "nosniff", "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin", "cross-origin-resource-policy": "same-origin"}
SECRET = "Robert Stubbs"  # stands in the queue and on the item: whoever sees it got somewhere


def raw(world, *parts, seconds=5):
    """Bytes on a socket of their own; what comes back before it falls silent or closes."""
    got = b""
    with socket.create_connection(("127.0.0.1", world.port), timeout=seconds) as link:
        try:
            for part in parts:
                link.sendall(part)
            while True:
                more = link.recv(65536)
                if not more:
                    break
                got += more
        except OSError:
            pass
    return got


def status_of(answer):
    words = answer.split(b" ", 2)
    return int(words[1]) if len(words) > 1 and words[1].isdigit() else 0


def still_serves(world, what):
    status = Client(world, "127.0.0.99").get("/sign-in")[0]
    check(f"others are served, {what}", status == 200, status)


# ---- cookies ----

def without_a_session(world, alice):
    half = Client(world, "127.0.0.20")
    half.post("/sign-in", name="bob", password=PASSWORD)
    ended = world.sign_in("bob", "127.0.0.20")
    stale = ended.cookie
    ended.post("/sign-out", csrf=ended.csrf(ended.get("/queue")[1]))
    cookies = {"no cookie": None, "half signed in": half.cookie, "signed out": stale,
               "empty": "", "forged": "A" * 43, "cut": alice.cookie[:-1], "longer": alice.cookie + "A",
               "quoted": "' OR '1'='1", "very long": "A" * 8000}
    for what, cookie in cookies.items():
        client = Client(world)
        client.cookie = cookie
        for path in ("/queue", "/item/1", "/item/1/note", "/search", "/outbox"):
            status, page = client.get(path)
            check(f"GET {path}, {what}", status in (303, 401, 404) and SECRET not in page, status)
        status, _ = client.post("/item/1/note", csrf=alice.csrf(alice.get("/item/1/note")[1]),
                                version=1, reason="no right to")
        check(f"POST, {what}", status in (303, 401, 403), status)
    check("nothing was done", not world.sql("SELECT 1 FROM act"))
    two = raw(world, b"GET /queue HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
              b"Cookie: postern=" + b"B" * 43 + b"; postern=" + alice.cookie.encode() + b"\r\n\r\n")
    check("a second cookie of the name makes nothing worse", status_of(two) in (200, 303, 400), two[:60])
    fixed = Client(world, "127.0.0.21")
    fixed.cookie = "C" * 43
    fixed.post("/sign-in", name="bob", password=PASSWORD)
    check("a token from before signing in is not taken over", fixed.cookie != "C" * 43)


# ---- forms from elsewhere ----

def forged_forms(world, alice, bob):
    page = alice.get("/item/1/note")[1]
    token, version = alice.csrf(page), alice.version(page)
    foreign = bob.csrf(bob.get("/item/1/note")[1])
    tokens = {"missing": None, "empty": "", "of somebody else": foreign, "cut": token[:-1],
              "longer": token + "A", "the cookie": alice.cookie}
    for what, value in tokens.items():
        fields = {"version": version, "reason": "forged", **({} if value is None else {"csrf": value})}
        status, _ = alice.post("/item/1/note", **fields)
        check(f"csrf {what}", status == 403, status)
    for name, value in (("Sec_Fetch_Site", "cross-site"), ("Sec_Fetch_Site", "same-site"),
                        ("Origin", "https://evil.example"), ("Origin", "null"),
                        ("Origin", world.url + ".evil.example"), ("Origin", world.url + "0")):
        status, _ = alice.post("/item/1/note", csrf=token, version=version, reason="forged",
                               headers={name: value})
        check(f"{name}: {value}", status == 403, status)
    status, _ = Client(world, "127.0.0.22").post("/sign-in", name="bob", password=PASSWORD,
                                                 headers={"Sec_Fetch_Site": "cross-site"})
    check("nobody is signed in from elsewhere", status == 403, status)
    status, _ = alice.get("/item/1/close")
    check("a GET does nothing", status == 200 and not world.sql("SELECT 1 FROM act"))
    status, _ = alice.ask("POST", "/item/1/note", f'{{"csrf":"{token}","reason":"x","version":1}}',
                          Content_Type="application/json")
    check("nor does another type of body", status in (400, 403), status)
    check("nothing was done by any of them", not world.sql("SELECT 1 FROM act"))
    status, _ = alice.post("/item/1/note", csrf=token, version=version, reason="meant",
                           headers={"Origin": world.url, "Sec_Fetch_Site": "same-origin"})
    check("while our own form works", status == 303, status)


# ---- requests that are none ----

PATHS = ("//queue", "/queue/", "/./queue", "/style.css/../queue", "/%2e%2e/etc/passwd", "/../../etc/passwd",
         "/item/1%2fnote", "/item/%31%00", "/item/-1", "/item/0", "/item/1e0", "/item/ 1".replace(" ", "%20"),
         "/item/9223372036854775808", "/item/99999999999999999999", "/item/1/", "/item//1", "/item/1/note/x",
         "/item/1/nothing", "/item/%ff%fe", "/item/%7b%7bcsrf%7d%7d", "/templates/pages/item.html", "/.git/config",
         "/queue%00", "/%", "/%zz", "/" + "a" * 3000, "/" + "a/" * 500, "/\\..\\etc", "/queue;x=1",
         "/item/1/note?form=0&key=%00", "/item/1/correct?form=99&key=adult.name", "/item/1/correct?form=-1&key=x",
         "/item/1/correct?form=0&key=" + "k" * 900)


def odd_paths(world, alice):
    for path in PATHS:
        status, page = alice.get(path)
        check(f"GET {path[:60]}", status in (200, 303, 400, 404, 414) and "root:" not in page, status)
    for query in ("after=1", "after=9.9.9.9", "after=1.1.-1", "after=x", "mailbox=%27%20OR%201", "state=any%00",
                  "outcome=accept&outcome=hold", "urgent=" + "y" * 2000, "after=1." + "9" * 40 + ".1"):
        status, _ = alice.get("/queue?" + query)
        check(f"queue?{query[:40]}", status in (200, 400, 404), status)
    for method in ("PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "PROPFIND", "get", "X" * 500):
        status, page = alice.ask(method, "/item/1")
        check(f"{method[:12]} does nothing", status in (400, 405, 501) and SECRET not in page, status)
    check("POST where there is none", alice.post("/queue", csrf="x")[0] == 405)


def acts_out_of_place(world, alice):
    """A page that nobody was shown: an apology to somebody who was never turned away, and the like."""
    before = len(world.sent())
    for item, act in ((1, "this-was-a-parent"), (1, "reopen"), (1, "split"), (6, "close"), (6, "hand")):
        status, _ = alice.act(item, act, reason="typed the address by hand")
        check(f"{act} is not carried out on item {item}", status == 400, status)
    check("and no letter is on its way", not world.sql("SELECT 1 FROM outbox WHERE template = 'apology'") and
          len(world.sent()) == before)


def bodies(world, alice):
    token = alice.csrf(alice.get("/item/1/note")[1])
    status, _ = alice.post("/item/1/note", csrf=token, version=1, reason="x" * 300_000)
    check("a huge field", status == 413, status)
    status, _ = alice.post("/item/1/note", csrf=token, version=1, reason="x" * 4001)
    check("a long reason", status in (409, 422), status)
    many = urllib.parse.urlencode([(f"f{i}", "x") for i in range(5000)])
    status, _ = alice.ask("POST", "/item/1/note", many, Content_Type="application/x-www-form-urlencoded")
    check("too many fields", status in (400, 413), status)
    status, _ = alice.ask("POST", "/item/1/note", b"csrf=" + token.encode() + b"&version=1&reason=%ff%fe",
                          Content_Type="application/x-www-form-urlencoded")
    check("not UTF-8", status == 400, status)
    status, _ = alice.ask("POST", "/item/1/note", b"csrf=" + token.encode() + b"&version=1&reason=a%00b",
                          Content_Type="application/x-www-form-urlencoded")
    check("a NUL", status == 400, status)
    body = (b"--e\r\nContent-Disposition: form-data; name=\"reason\"; filename=\"x.exe\"\r\n\r\nMZ\r\n--e--\r\n")
    status, _ = alice.ask("POST", "/item/1/note", body, Content_Type="multipart/form-data; boundary=e")
    check("an upload", status in (400, 403), status)
    head = b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    for what, extra in (("negative length", b"Content-Length: -1\r\n\r\n"),
                        ("two lengths", b"Content-Length: 3\r\nContent-Length: 30\r\n\r\na=b"),
                        ("length and chunks", b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                        ("broken chunks", b"Transfer-Encoding: chunked\r\n\r\nzz\r\n")):
        answer = raw(world, head + b"Connection: close\r\n" + extra, seconds=2)
        check(what, status_of(answer) in (0, 400, 403, 413), answer[:60])
    answer = raw(world, head + b"Content-Length: 1000000000000\r\n\r\n" + b"a=" + b"x" * 400_000, seconds=2)
    check("a terabyte is announced", status_of(answer) in (0, 413), answer[:60])
    still_serves(world, "after odd bodies")


def floods(world):
    head = b"GET /sign-in HTTP/1.1\r\nHost: x\r\n"
    answer = raw(world, head, *[b"X-%d: %s\r\n" % (i, b"y" * 1000) for i in range(200)], b"\r\n", seconds=3)
    check("a flood of headers is cut off", status_of(answer) in (0, 400, 413, 431), answer[:60])
    check("one long header", status_of(raw(world, head + b"X: " + b"y" * 200_000 + b"\r\n\r\n", seconds=3))
          in (0, 400, 413, 431))
    check("noise", status_of(raw(world, os.urandom(4000), seconds=2)) in (0, 400, 413, 431, 505))
    held = []
    try:
        for i in range(200):
            link = socket.create_connection(("127.0.0.1", world.port), timeout=5, source_address=("127.0.0.31", 0))
            with contextlib.suppress(OSError):
                link.sendall(head if i % 2 else
                             b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\na")
            held.append(link)
        still_serves(world, "while 200 connections are held open")
        for link in held:
            with contextlib.suppress(OSError):
                link.sendall(b"X")
        still_serves(world, "while they dribble")
    finally:
        for link in held:
            link.close()
    held = []
    try:
        for i in range(400):
            held.append(socket.create_connection(("127.0.0.1", world.port), timeout=5, source_address=("127.0.0.32", 0)))
        still_serves(world, "while one address opens 400 connections")
    finally:
        for link in held:
            link.close()
    for last in range(30, 40):  # a minute may end in the middle of it
        minute, guessers = int(time.time() / 60), [Client(world, f"127.0.1.{last}") for _ in range(25)]
        answers = [guesser.post("/sign-in", name="nobody", password="guess")[0] for guesser in guessers]
        if minute == int(time.time() / 60):
            break
    check("ten guesses a minute, with all workers together", answers.count(429) == 15, answers)
    still_serves(world, "while one guesses")


def every_answer_is_safe(world, alice):
    for path in ("/queue", "/item/1", "/sign-in", "/nowhere", "/style.css", "/script.js", "/item/1/note", "/"):
        for client in (alice, Client(world)):
            client.get(path)
            for name, value in SAFE.items():
                check(f"{name} of {path}", client.headers.get(name, "").startswith(value), client.headers)
            check(f"nobody is told what serves {path}", "server" not in client.headers)
    alice.post("/item/1/note", csrf="wrong")
    check("a refusal is safe too", alice.headers.get("cache-control") == "no-store")


def locked_by_strangers():
    """Whoever knows a name can lock the account, but not out of the browser that has signed in before."""
    with World() as world:
        bob, alice = world.sign_in("bob", "127.0.0.50"), world.sign_in("alice", "127.0.0.51")
        for name in ("bob", "alice"):
            for _ in range(5):
                Client(world, "127.0.0.52").post("/sign-in", name=name, password="wrong wrong wrong")
        check("who is signed in works on", bob.get("/queue")[0] == 200)
        status, page = Client(world, "127.0.0.53").post("/sign-in", name="bob", password=PASSWORD)
        check("a new browser is locked out", status == 403 and "locked" in page, status)
        bob.post("/sign-out", csrf=bob.csrf(bob.get("/queue")[1]))
        check("what stays after signing out opens nothing",
              bob.device and bob.get("/queue")[0] == 303 and not bob.cookie)
        again = world.sign_in("bob", "127.0.0.50", bob.device)
        check("his own browser signs in", again.get("/queue")[0] == 200 and again.device != bob.device)
        for what, device in (("a colleague's", alice.device), ("cut", bob.device[:-1]),
                             ("of another account", bob.device.replace("2.", "1.", 1)), ("noise", "A" * 5000)):
            stranger = Client(world, "127.0.0.54")
            stranger.device = device
            status, page = stranger.post("/sign-in", name="bob", password=PASSWORD)
            check(f"a browser's cookie that is {what} is none", status in (400, 403), status)
        check("signing in unlocked nothing", b", locked" in world.cli("account", "list"))
        world.sql("DELETE FROM tries")
        for last in range(60, 72):  # from an address each, so that no other limit is met
            again.source = f"127.0.0.{last}"
            again.post("/sign-in", name="bob", password="wrong wrong wrong")
        status, page = again.post("/sign-in", name="bob", password=PASSWORD)
        check("who guesses with the cookie is locked out too", status == 403 and "locked" in page, status)
        world.cli("account", "unlock", "bob")
        check("until an administrator unlocks it", again.post("/sign-in", name="bob", password=PASSWORD)[0] == 303)


def behind_a_proxy():
    """Who guesses behind the proxy stops nobody else there, and cannot call themselves somebody else."""
    with World(review="proxies = 127.0.0.5") as world:
        proxy = Client(world, "127.0.0.5")
        answers = [proxy.post("/sign-in", name="nobody", password="guess",
                              headers={"X_Forwarded_For": f"192.0.2.{i}, 198.51.100.9"})[0] for i in range(25)]
        check("one who guesses behind the proxy is slowed down", 429 in answers, answers)
        status, _ = proxy.post("/sign-in", name="alice", password=PASSWORD,
                               headers={"X_Forwarded_For": "198.51.100.10"})
        check("their colleague is not", status == 303, status)
        stranger = Client(world, "127.0.0.31")
        answers = [stranger.post("/sign-in", name="nobody", password="guess",
                                 headers={"X_Forwarded_For": f"192.0.2.{i}"})[0] for i in range(25)]
        check("nobody else names an address", 429 in answers, answers)


# ---- the connection ----

class TlsWorld(World):
    """Served by posternd itself over TLS."""

    def shake(self, version):
        """The version agreed on when no other is offered; None: refused."""
        context = ssl.create_default_context(cafile=self.folder / "review.pem")
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            context.minimum_version = context.maximum_version = version
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as plain_link, \
                    context.wrap_socket(plain_link, server_hostname="localhost") as link:
                link.sendall(b"GET /sign-in HTTP/1.0\r\n\r\n")
                return link.version() if b" 200 " in link.recv(100) else None
        except OSError:
            return None

    def answers(self):
        return self.shake(ssl.TLSVersion.TLSv1_3) is not None


def over_tls():
    with tempfile.TemporaryDirectory(prefix="desk.") as folder:
        names = {"certificate-file": f"{folder}/review.pem", "key-file": f"{folder}/review.key"}
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                        "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", names["key-file"],
                        "-out", names["certificate-file"]], check=True, capture_output=True)
        world = TlsWorld(review="\n".join(f"{name} = {path}" for name, path in names.items()))
        shutil.copy(names["certificate-file"], world.folder)
        with world:
            check("TLS 1.3", world.shake(ssl.TLSVersion.TLSv1_3) == "TLSv1.3")
            check("TLS 1.2", world.shake(ssl.TLSVersion.TLSv1_2) == "TLSv1.2")
            for version in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1):
                check(f"no {version.name}", world.shake(version) is None)
            check("nor without TLS", status_of(raw(world, b"GET /sign-in HTTP/1.0\r\n\r\n")) == 0)


def who_listens(world):
    """Only the staff pages' own roles have the socket on which browsers come in."""
    lines = [line.split() for line in pathlib.Path("/proc/net/tcp").read_text().splitlines()[1:]]
    listener = next(line[9] for line in lines if line[3] == "0A" and line[1].endswith(":%04X" % world.port))
    having = {}
    for line in subprocess.run(["ps", "-o", "pid=,comm=", "--ppid", str(world.daemon.pid)],
                               capture_output=True, text=True).stdout.splitlines():
        number, name = line.split(None, 1)
        having[name] = any(os.readlink(fd) == f"socket:[{listener}]"
                           for fd in pathlib.Path(f"/proc/{number}/fd").iterdir())
    check("roles are seen", "intake" in having and any(name.startswith("review") for name in having), having)
    check("who may answer browsers", all(has == name.startswith("review") for name, has in having.items()), having)


# ---- single sign-on ----

def by_header():
    with World(review="sso-header = X-Remote-User\nsso-peers = 127.0.0.5; 127.0.0.6") as world:
        world.deliver("lado-parents", form_mail(1, SECRET))
        world.decided(1)
        stranger, proxy = Client(world), Client(world, "127.0.0.5")
        status, page = stranger.get("/queue", X_Remote_User="alice")
        check("the header of a stranger is nothing", status == 401 and SECRET not in page, status)
        check("nor does a password help there",
              stranger.post("/sign-in", name="alice", password=PASSWORD)[0] in (401, 403))
        check("the proxy without a name", proxy.get("/queue")[0] == 401)
        check("a name nobody has", proxy.get("/queue", X_Remote_User="mallory")[0] == 401)
        status, page = proxy.get("/queue", X_Remote_User="Alice")
        check("the proxy is believed", status == 200 and SECRET in page, status)
        stranger.cookie = proxy.cookie
        check("her cookie is worth nothing beside the proxy",
              stranger.get("/queue")[0] == 401 and stranger.get("/queue", X_Remote_User="alice")[0] == 401)
        check("nor without her name", proxy.get("/queue")[0] == 401)
        status, page = proxy.get("/queue", X_Remote_User="bob")
        check("another name is another session", status == 200 and ">Bob<" in page and ">Alice<" not in page)
        world.cli("account", "disable", "bob")
        check("a disabled account stays out", proxy.get("/queue", X_Remote_User="bob")[0] == 401)


# ---- colleagues ----

def two_people(world, alice, bob):
    pages = [person.get("/item/2/correct?form=0&key=child.1.name")[1] for person in (alice, bob)]
    fields = {"form": 0, "key": "child.1.name"}
    status, _ = alice.post("/item/2/correct", csrf=alice.csrf(pages[0]), version=alice.version(pages[0]),
                           value="Alice's Answer", reason="phoned", **fields)
    check("who is first", status == 303, status)
    status, page = bob.post("/item/2/correct", csrf=bob.csrf(pages[1]), version=bob.version(pages[1]),
                            value="Bob's Answer", reason="read it again", **fields)
    check("who is second is told", status == 409 and "Somebody else changed" in page, status)
    page = bob.get("/item/2")[1]
    check("the first one's change stands", "Alice&#39;s Answer" in page and "Bob&#39;s" not in page)
    page = bob.get("/item/2/correct?form=0&key=child.1.name")[1]
    check("what the second wrote is kept", "Bob&#39;s Answer" in page and "read it again" in page)
    status, _ = bob.post("/item/2/correct", csrf=bob.csrf(page), version=bob.version(page),
                         value="Bob's Answer", reason="read it again", **fields)
    check("and can be sent after all", status == 303, status)
    versions = world.sql("SELECT COUNT(record.answers), COUNT(*) FROM record JOIN field ON field.record_id = record.id"
                         " WHERE record.id = 2 AND key = 'child.1.name'")
    check("every version is there, what was read too", versions == [(2, 2)], versions)
    check("the draft is gone", not world.sql("SELECT 1 FROM draft WHERE act = 'correct'"))


class Busy(threading.Thread):
    """Somebody who does one act after the other, whatever happens to the server."""

    ACTS = (("note", {}), ("correct", {"form": 0, "key": "incident.place"}), ("reply", {"letter": "holding"}))

    def __init__(self, client, item, ends):
        super().__init__()
        self.client, self.item, self.ends = client, item, ends
        self.done, self.unsure = 0, 0

    def run(self):
        number = 0
        while time.monotonic() < self.ends:
            number += 1
            act, fields = self.ACTS[number % len(self.ACTS)]
            query = "?" + urllib.parse.urlencode(fields) if act == "correct" else ""
            try:
                status, _ = self.client.act(self.item, act, query, reason=f"act {number}",
                                            value=f"place {number}", **fields)
                self.done += status == 303
            except (OSError, AttributeError, ValueError, EOFError):
                self.unsure += 1
                time.sleep(0.02)
            except Exception:  # http.client: the connection ended in the middle of an answer
                self.unsure += 1


def whole(world, item, before):
    """What the tables say about one item must be one story."""
    acts = dict(world.sql("SELECT act, COUNT(*) FROM act WHERE record_id = ? GROUP BY act", item))
    audit = dict(world.sql("SELECT act, COUNT(*) FROM audit WHERE object = ? AND act IN"
                           " ('note', 'correct', 'reply') GROUP BY act", f"record:{item}"))
    version = world.sql("SELECT version FROM item WHERE record_id = ?", item)[0][0]
    fields = world.sql("SELECT COUNT(*) FROM field WHERE record_id = ? AND author <> 'machine'", item)[0][0]
    letters = world.sql("SELECT COUNT(*) FROM outbox WHERE record_id = ? AND template = 'holding'", item)[0][0]
    check(f"item {item}: version and acts", version - before == sum(acts.values()), (version, before, acts))
    check(f"item {item}: acts and audit", acts == audit, (acts, audit))
    check(f"item {item}: corrections", fields == acts.get("correct", 0), (fields, acts))
    check(f"item {item}: letters", letters == acts.get("reply", 0), (letters, acts))
    return sum(acts.values())


def sudden_death(world, rounds=5):
    people = [world.sign_in(name, f"127.0.0.{40 + i}") for i, name in enumerate(("alice", "bob", "mary"))]
    items = [3, 4, 5]
    before = [world.sql("SELECT version FROM item WHERE record_id = ?", item)[0][0] for item in items]
    done = unsure = 0
    for _ in range(rounds):
        busy = [Busy(person, item, time.monotonic() + 1.5) for person, item in zip(people, items)]
        for thread in busy:
            thread.start()
        time.sleep(random.uniform(0.3, 1))
        for worker in world.workers():
            os.kill(worker, signal.SIGKILL)
        for thread in busy:
            thread.join()
        done += sum(thread.done for thread in busy)
        unsure += sum(thread.unsure for thread in busy)
        world.stop()
        world.start()
    there = sum(whole(world, item, version) for item, version in zip(items, before))
    print(f"     {done} acts were confirmed, {unsure} were cut off, {there} are there")
    check("no act that was confirmed is missing, none is there twice", done <= there <= done + unsure,
          (done, unsure, there))
    check("somebody was cut off", unsure > 0 and done > 0)
    check("the audit is whole", b"whole" in world.cli("audit", "--verify"))


def logs_tell_nothing(world):
    log = (world.folder / "log").read_text()
    for secret in (SECRET, "Stubbs", "rosa1@", "Alice's Answer", PASSWORD, "guess", "nobody"):
        check(f"\"{secret}\" is not in the log", secret not in log)


def main():
    with World() as world:
        for number in range(1, 6):
            world.deliver("lado-parents", form_mail(number, SECRET, parent=f"Rosa Number{number}"))
            world.decided(number)
        world.deliver("cls-legacy", sample("professional-after-cutoff"))
        world.decided(6)
        alice, bob = world.sign_in("alice", "127.0.0.2"), world.sign_in("bob", "127.0.0.3")
        check("those with rights do see it", SECRET in plain(alice.get("/queue")[1]))
        who_listens(world)
        without_a_session(world, alice)
        forged_forms(world, alice, bob)
        odd_paths(world, alice)
        acts_out_of_place(world, alice)
        bodies(world, alice)
        floods(world)
        every_answer_is_safe(world, alice)
        two_people(world, alice, bob)
        sudden_death(world)
        logs_tell_nothing(world)
        check("no worker died but by our hand", until(lambda: world.answers()))
    locked_by_strangers()
    behind_a_proxy()
    over_tls()
    by_header()
    finish("desk-attack.py")


main()
