#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/check-bounces.py - what bounces and reports of many mail systems are, and what they say.
#
# Reads a corpus with labels.tsv files, asks "postern examine" about each mail, and fails when less
# than 97 % agree: in kind; in status code, where the label stands in the mail and was not made up; in
# the recipients, where Sisimai (Debian's libsisimai-perl) is there to be asked, as the labels do
# not name them; in both together, of all mails with recipients and all of the wrong kind; in hard
# or soft, but where the label says "filtered": it calls "User unknown" soft when it was said late.
#
# Then what is done with those that it takes for a machine's: one that is answered is a loop of mails,
# and fails at once.  With a mother's words put above the notice a bounce must be held for somebody.
#
# Skipped, aloud, where there is no corpus: it lies beside the tree, or where POSTERN_SHARED says.
import json
import os
import re
import subprocess
import sys
import tempfile

WANT = {"bounce": "bounce", "feedback-report": "report", "auto-reply": "auto-reply",
        "not-a-bounce": "person"}
GOAL = 0.97
SISIMAI = ("use Sisimai; use JSON; for my $f (@ARGV) {"
           " my $v = Sisimai->make($f, delivered => 1) || [];"
           " print encode_json([$f, [map { $_->recipient->address } @$v]]), qq(\\n) }")


def labelled(root):
    """Path: its rows of labels, as dictionaries."""
    found = {}
    for folder in sorted(os.listdir(root)):
        with open(os.path.join(root, folder, "labels.tsv"), encoding="utf-8") as labels:
            names = labels.readline().lstrip("#").rstrip("\n").split("\t")
            for line in labels:
                row = dict(zip(names, line.rstrip("\n").split("\t")))
                path = os.path.join(root, folder, "data", row["file"])
                if row["class"] in WANT and os.path.exists(path):
                    found.setdefault(path, []).append(row)
    return found


def examine(paths):
    postern = os.path.join(os.environ.get("top_builddir", "."), "postern")
    run = subprocess.run([postern, "examine", "--json"] + paths, stdout=subprocess.PIPE,
                         check=True, encoding="utf-8")
    return dict(zip(paths, map(json.loads, run.stdout.splitlines())))


STAMP = (b"Delivered-To: parents@council.example\n"
         b"Authentication-Results: mx.council.example; dmarc=pass\n")
WORDS = b"Nobody rings me back. The coach touched my daughter again.\n\n"


def with_words(raw):
    """The mail with a mother's words as the first of its text; None where that is encoded."""
    head, gap, body = raw.partition(b"\n\n")
    boundary = re.search(rb'(?is)^content-type:\s*multipart/.*?boundary="?([^"\s;]+)', head, re.M)
    if boundary:
        before, mark, part = body.partition(b"--" + boundary.group(1) + b"\n")
        inner, end, rest = part.partition(b"\n\n") if not part.startswith(b"\n") else (b"", b"\n", part[1:])
        head, gap, body = head + gap + before + mark + inner, end, rest
        fields = inner
    else:
        fields = head
    if not gap or re.search(rb"(?im)^content-transfer-encoding:\s*base64", fields) or \
            re.search(rb"(?im)^content-type:(?!\s*text/plain)|utf-16|iso-2022", fields):
        return None
    return head + gap + WORDS + body


def decide(mails):
    """Path: what is decided about each of these bytes, proved and addressed to us."""
    config = os.path.join(os.environ.get("top_srcdir", "."), "tests", "golden", "examine.conf")
    postern = os.path.join(os.environ.get("top_builddir", "."), "postern")
    with tempfile.TemporaryDirectory() as work:
        names = []
        for number, raw in enumerate(mails.values()):
            names.append(os.path.join(work, "%d.eml" % number))
            with open(names[-1], "wb") as out:
                out.write(STAMP + raw)
        run = subprocess.run([postern, "examine", "--json", "--config", config] + names,
                             stdout=subprocess.PIPE, check=True, encoding="utf-8")
    return dict(zip(mails, map(json.loads, run.stdout.splitlines()), strict=True))


def check_decisions(machines, root):
    """False when a machine is answered, or too many bounces are passed over with a mother's words."""
    bare, told = {}, {}
    for path, kind in machines.items():
        with open(path, "rb") as mail:
            bare[path] = re.sub(rb"\AFrom .*\n", b"", re.sub(rb"\r\n?", b"\n", mail.read()))
        words = with_words(bare[path]) if kind == "bounce" else None
        if words is not None:
            told[path] = words
    unanswered, held = Count("unanswered", 1, root), Count("words held", GOAL, root)
    for path, found in decide(bare).items():
        unanswered.add(path, found["reply"] == "none", found["reply"], "none")
    for path, found in decide(told).items():
        held.add(path, found["action"] == "hold", found["action"], "hold")
    return [unanswered.good(), held.good()]


def signals(found, name):
    return [s["evidence"] for s in found["signals"] if s["signal"] == name]


def sisimai(paths):
    """Path: its recipients in lower case, as far as Sisimai finds any; None without Sisimai."""
    try:
        run = subprocess.run(["perl", "-e", SISIMAI] + paths, stdout=subprocess.PIPE,
                             stderr=subprocess.DEVNULL, check=True, encoding="utf-8")
    except (OSError, subprocess.CalledProcessError):
        return None
    answers = map(json.loads, run.stdout.splitlines())
    return {path: {a.lower() for a in found} for path, found in answers if found}


class Count:
    def __init__(self, name, goal, root):
        self.name, self.goal, self.root, self.right, self.all = name, goal, root, 0, 0

    def add(self, path, good, got, want):
        self.all += 1
        self.right += good
        if not good:
            print("%s: %s is %s, not %s" % (os.path.relpath(path, self.root), self.name, got, want))

    def good(self):
        print("%s: %d of %d agree (%.1f %%)%s" % (
            self.name, self.right, self.all, 100.0 * self.right / max(self.all, 1),
            "" if self.goal else ", not a goal"))
        return self.right >= self.goal * self.all


def count_codes(path, rows, found, status, hard):
    codes = [row["status"] for row in rows if row.get("status")]
    got = (signals(found, "bounce-status") or ["none"])[0]
    with open(path, "rb") as mail:
        raw = mail.read()
    if codes and all(code.encode() in raw for code in codes):
        status.add(path, got in codes, got, codes[0])
    labels = [row["hard_bounce"] == "true" for row in rows if row.get("hard_bounce")]
    if labels and all(row["reason"] != "filtered" for row in rows):
        got = bool(signals(found, "bounce-hard"))
        hard.add(path, got in labels, got, labels[0])


def main():
    source = os.environ.get("top_srcdir", ".")
    shared = os.environ.get("POSTERN_SHARED", os.path.join(source, "..", "shared"))
    root = os.path.join(shared, "corpus", "bounce")
    if not os.path.isdir(root):
        print("SKIP: no corpus of bounces at " + root)
        return 77
    wanted = labelled(root)
    kind, status = Count("kind", GOAL, root), Count("status", GOAL, root)
    recipient, hard = Count("recipient", GOAL, root), Count("hard", GOAL, root)
    both = Count("kind and recipient", GOAL, root)
    bounces = []
    for path, found in examine(list(wanted)).items():
        want = WANT[wanted[path][0]["class"]]
        kind.add(path, found["kind"] == want, found["kind"], want)
        if want == "bounce" and found["kind"] == want:
            bounces.append((path, found))
            count_codes(path, wanted[path], found, status, hard)
    asked = sisimai([path for path, found in bounces])
    for path, found in bounces:
        if asked and path in asked:
            got = {a.lower() for a in signals(found, "bounce-recipient")}
            recipient.add(path, got == asked[path], sorted(got), sorted(asked[path]))
            both.right += got == asked[path]
    both.all = recipient.all + kind.all - kind.right if asked else 0
    if not asked:
        print("SKIP: recipients: libsisimai-perl is not installed")
    good = check_decisions({path: WANT[rows[0]["class"]] for path, rows in wanted.items()
                            if rows[0]["class"] != "not-a-bounce"}, root)
    good += [count.good() for count in (kind, status, recipient, both, hard) if count.all]
    return 0 if all(good) else 1


sys.exit(main())
