#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/e2e/desk-handover.py - records on their way out: copies, and a case system that has moods.
#
# A small receiver on this machine checks each signature as doc/review.md tells others to, refuses
# twice, then takes; later it says that it wants no more.
#
# Source:   doc/review.md, "Getting it out"; https://www.standardwebhooks.com

import base64
import csv
import hmac
import http.server
import io
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
import zipfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import desk_world  # noqa: E402
from desk_world import World, check, finish, form_mail, plain, until  # noqa: E402

KEY = os.urandom(32)


class Receiver(http.server.BaseHTTPRequestHandler):
    got, answers = [], []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        id_, at = self.headers["webhook-id"], self.headers["webhook-timestamp"]
        signed = f"{id_}.{at}.".encode() + body
        good = hmac.compare_digest("v1," + base64.b64encode(hmac.digest(KEY, signed, "sha256")).decode(),
                                   self.headers["webhook-signature"])
        self.got.append((id_, good and abs(time.time() - int(at)) < 300, json.loads(body)))
        self.send_response(self.answers.pop(0) if self.answers else 200)
        if self.path == "/moved":
            self.send_header("Location", "/elsewhere")
        self.end_headers()
        self.wfile.write(b"Rosa Lindqvist says thank you")

    def log_message(self, *ignored):
        pass


def handed_over(world, person, item):
    status, _ = person.act(item, "export")
    check("handing over goes back to the item", status == 303, status)


def test_moods(world, person, item):
    Receiver.answers[:] = [503, 302, 204]
    handed_over(world, person, item)
    check("it is tried until it is taken", until(lambda: len(Receiver.got) >= 3), Receiver.got)
    time.sleep(2)
    check("and not once more", len(Receiver.got) == 3, len(Receiver.got))
    check("each attempt has the same id", len({id_ for id_, _, _ in Receiver.got}) == 1)
    check("each attempt is signed", all(good for _, good, _ in Receiver.got))
    body = Receiver.got[-1][2]
    check("the body tells what it is", body["type"] == "record.exported", body["type"])
    check("the record is in it", any(f["value"] == "Dennis Orme" for f in body["data"]["fields"]))
    check("and who did it", body["data"]["acts"][-1]["act"] == "export", body["data"]["acts"])
    check("the outbox says that it arrived",
          until(lambda: "Arrived 3 tried: status 204" in plain(person.get("/outbox")[1])))
    stored = world.sql("SELECT sealed, response FROM handover")[0]
    check("it lies encrypted", b"Orme" not in stored[0])
    check("what was answered is not kept", stored[1] == "status 204", stored[1])
    log = (world.folder / "log").read_text()
    check("the log names nobody", "Orme" not in log and "Lindqvist" not in log)


def test_refused(world, person, item):
    Receiver.answers[:] = [410]
    handed_over(world, person, item)
    check("410 becomes a task", until(lambda: "The case system has not got it" in person.get("/not-told")[1]))
    page = person.get("/not-told")[1]
    number = re.search(r"/not-told/(\d+)/done", page).group(1)
    status, _ = person.post(f"/not-told/{number}/done", csrf=person.csrf(page), reason="  ")
    check("a task is not closed without a word", status == 400, status)
    status, _ = person.post(f"/not-told/{number}/done", csrf=person.csrf(page), reason="Entered by hand.")
    check("it is closed with one", status == 303, status)
    check("and leaves the list", "The case system has not got it" not in person.get("/not-told")[1])
    status, _ = person.post(f"/not-told/{number}/done", csrf=person.csrf(page), reason="Again.")
    check("a closed task is not there", status == 404, status)


def fetch(world, person, path, fields=None):
    """A download as bytes."""
    link = desk_world.http.client.HTTPConnection("127.0.0.1", world.port, timeout=20)
    link.request("POST" if fields else "GET", path, fields,
                 {"Cookie": f"postern={person.cookie}", "Content-Type": "application/x-www-form-urlencoded"})
    answer = link.getresponse()
    data = answer.read()
    link.close()
    return answer, data


def test_opens(world, archive, data, password):
    if shutil.which("bsdtar") is None:
        print("SKIP opening the archive: libarchive-tools is not installed")
        return
    place = world.folder / "record.zip"
    place.write_bytes(data)
    mail = [name for name in archive.namelist() if name.endswith(".eml")][0]
    opened = [subprocess.run(["bsdtar", "--passphrase", word, "-xOf", place, mail], capture_output=True).stdout
              for word in (password, password[::-1])]
    check("its password opens it, with the mail as it came", b"Dennis Orme" in opened[0])
    check("and no other", b"Dennis Orme" not in opened[1])


def test_copies(world, person, item):
    answer, pdf = fetch(world, person, f"/item/{item}/record.pdf")
    check("a PDF", answer.status == 200 and pdf.startswith(b"%PDF-"), answer.status)
    check("with a name of ours", re.fullmatch(r'attachment; filename="LADO-[0-9A-Z-]+\.pdf"',
                                              answer.getheader("content-disposition")))
    page = person.get(f"/item/{item}/sealed")[1]
    password = re.search(r'name="password" value="([a-z0-9]{20})"', page).group(1)
    status, _ = person.post(f"/item/{item}/sealed", csrf=person.csrf(page), password="A" * 20)
    check("no archive without a password of ours", status == 400, status)
    answer, data = fetch(world, person, f"/item/{item}/sealed",
                         f"csrf={person.csrf(page)}&password={password}")
    archive = zipfile.ZipFile(io.BytesIO(data))
    check("an archive of three", answer.status == 200 and len(archive.namelist()) == 3, answer.status)
    check("all of it sealed", all(part.flag_bits & 1 for part in archive.infolist()) and
          b"Dennis Orme" not in data and b"%PDF" not in data)
    test_opens(world, archive, data, password)
    exported = world.sql("SELECT COUNT(*) FROM audit WHERE act = 'exported'")[0][0]
    check("each copy is in the audit", exported == 2, exported)
    check("the audit is whole", b"whole" in world.cli("audit", "--verify"))


def test_figures(world):
    mary, audrey = world.sign_in("mary"), world.sign_in("audrey")
    answer, data = fetch(world, mary, "/figures.csv")
    rows = list(csv.reader(io.StringIO(data.decode())))
    check("the figures count", ["person", "all", "1"] in rows, rows)
    check("and name nobody", b"Orme" not in data and b"LADO-" not in data)
    check("a reviewer has no figures", world.sign_in("alice").get("/figures")[0] == 403)
    check("an auditor takes no mails out", fetch(world, audrey, "/item/1/sealed")[0].status == 403)


def test_health(world):
    done = [json.loads(line) for line in world.cli("health", "--json", good=False).splitlines()]
    states = {row["check"]: row["state"] for row in done}
    check("mailboxes answer", until(lambda: b"good     Mailbox lado-parents" in
                                    world.cli("health", good=False)), states)
    check("what cannot be known says so", states.get("Backups") == "unknown", states)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
threading.Thread(target=server.serve_forever, daemon=True).start()
secret = f"/tmp/desk-handover.{os.getpid()}.secret"
with open(secret, "w", opener=lambda path, flags: os.open(path, flags, 0o600), encoding="ascii") as file:
    file.write("whsec_" + base64.b64encode(KEY).decode() + "\n")
try:
    with World(review=f"[export]\nwebhook-url = http://127.0.0.1:{server.server_port}/moved\n"
                      f"webhook-secret-file = {secret}\n[smtp]\nretry-min = 1\n") as world:
        world.deliver("lado-parents", form_mail(1, "Dennis Orme"))
        world.decided(1)
        alice = world.sign_in("alice")
        test_moods(world, alice, 1)
        test_refused(world, alice, 1)
        test_copies(world, alice, 1)
        test_figures(world)
        test_health(world)
finally:
    os.unlink(secret)
finish("desk-handover")
