#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/golden.py - whole mails, and what should become of each.
#
# A folder of tests/golden is one case: message.eml, expected.json (action, reply, kind, sender, the
# rule that decided; where they matter urgent, the variant of the reply, how many forms) and perhaps
# case.conf (mailbox=, received=).
# "golden.py NAME" looks at one case.
import json
import os
import subprocess
import sys
import tempfile

DEFAULTS = {"mailbox": "lado-parents", "received": "2024-05-06T09:00:00Z"}


def settings_of(folder):
    settings = dict(DEFAULTS)
    path = os.path.join(folder, "case.conf")
    if os.path.exists(path):
        with open(path, encoding="utf-8") as lines:
            settings.update(line.strip().split("=", 1) for line in lines if "=" in line)
    return settings


def examine(postern, golden, names):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as listing:
        for name in names:
            folder = os.path.abspath(os.path.join(golden, name))
            entry = settings_of(folder)
            entry["file"] = os.path.join(folder, "message.eml")
            listing.write(json.dumps(entry) + "\n")
        listing.flush()
        run = subprocess.run([postern, "examine", "--json", "--config",
                              os.path.join(golden, "examine.conf"), "--list", listing.name],
                             stdout=subprocess.PIPE, check=True, encoding="utf-8")
    return [json.loads(line) for line in run.stdout.splitlines()]


def main():
    golden = os.path.join(os.environ.get("top_srcdir", "."), "tests", "golden")
    postern = os.path.join(os.environ.get("top_builddir", "."), "postern")
    names = sys.argv[1:] or sorted(name for name in os.listdir(golden)
                                   if os.path.isdir(os.path.join(golden, name)))
    wrong = 0
    for name, found in zip(names, examine(postern, golden, names), strict=True):
        with open(os.path.join(golden, name, "expected.json"), encoding="utf-8") as text:
            expected = json.load(text)
        found["rule"] = found["reasons"][0]["rule"]
        found["forms"] = len(found["forms"])
        got = {key: found[key] for key in expected}
        if got != expected:
            wrong += 1
            print("FAIL %s: %s, not %s" % (name, got, expected))
            print("    " + ", ".join(r["rule"] + ": " + r["evidence"] for r in found["reasons"]))
    print("golden.py: %d checks, %d failed" % (len(names), wrong))
    return 1 if wrong > 0 or not names else 0


sys.exit(main())
