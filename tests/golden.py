#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/golden.py - whole mails, and what should become of each.
#
# A folder of tests/golden is one case: message.eml, expected.json (action, reply, kind, sender, the
# rule that decided; where they matter urgent, the variant of the reply, how many forms) and perhaps
# case.conf (mailbox=, received=, authserv-id=).
# "golden.py NAME" looks at one case.
import json
import os
import re
import subprocess
import sys
import tempfile

DEFAULTS = {"mailbox": "lado-parents", "received": "2024-05-06T09:00:00Z", "authserv-id": "mx.council.example"}


def settings_of(folder):
    settings = dict(DEFAULTS)
    path = os.path.join(folder, "case.conf")
    if os.path.exists(path):
        with open(path, encoding="utf-8") as lines:
            settings.update(line.strip().split("=", 1) for line in lines if "=" in line)
    return settings


def examine(postern, golden, entries, authserv_id):
    with tempfile.TemporaryDirectory() as work:
        config, listing = os.path.join(work, "examine.conf"), os.path.join(work, "list.jsonl")
        with open(os.path.join(golden, "examine.conf"), encoding="utf-8") as text, \
                open(config, "w", encoding="utf-8") as out:
            out.write(re.sub("(?m)^authserv-id = .*", "authserv-id = " + authserv_id, text.read()))
        with open(listing, "w", encoding="utf-8") as out:
            out.writelines(json.dumps(entry) + "\n" for entry in entries)
        run = subprocess.run([postern, "examine", "--json", "--config", config, "--list", listing],
                             stdout=subprocess.PIPE, check=True, encoding="utf-8")
    return [json.loads(line) for line in run.stdout.splitlines()]


def examine_all(postern, golden, names):
    by_gateway = {}
    for name in names:
        folder = os.path.abspath(os.path.join(golden, name))
        entry = settings_of(folder)
        entry["file"] = os.path.join(folder, "message.eml")
        by_gateway.setdefault(entry.pop("authserv-id"), {})[name] = entry
    found = {}
    for authserv_id, entries in by_gateway.items():
        found.update(zip(entries, examine(postern, golden, entries.values(), authserv_id), strict=True))
    return found


def main():
    golden = os.path.join(os.environ.get("top_srcdir", "."), "tests", "golden")
    postern = os.path.join(os.environ.get("top_builddir", "."), "postern")
    names = sys.argv[1:] or sorted(name for name in os.listdir(golden)
                                   if os.path.isdir(os.path.join(golden, name)))
    wrong = 0
    for name, found in sorted(examine_all(postern, golden, names).items()):
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
