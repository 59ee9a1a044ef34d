#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/check-mails.py - a labelled set of mails: no grave error, and nearly all decided as labelled.
#
# Grave are a parent's mail that is redirected or ignored, and a reply where none may be.
# Skipped, aloud, where there is no such set: it lies beside the tree, or where POSTERN_SHARED says.
import json
import os
import subprocess
import sys
import tempfile

GOAL = 0.95


def examine(postern, folder, truths):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as listing:
        for truth in truths:
            path = os.path.abspath(os.path.join(folder, "mails", truth["file"]))
            listing.write(json.dumps({"file": path, "mailbox": truth["mailbox"],
                                      "received": truth["received"]}) + "\n")
        listing.flush()
        run = subprocess.run([postern, "examine", "--json", "--config",
                              os.path.join(folder, "examine.conf"), "--list", listing.name],
                             stdout=subprocess.PIPE, check=True, encoding="utf-8")
    return [json.loads(line) for line in run.stdout.splitlines()]


def judge(truth, found):
    outcomes = [truth] + truth.get("alt", [])
    fits = any(found["action"] == o["action"] and found["reply"] == o["reply"] for o in outcomes)
    turned_away = found["action"] in ("redirect", "ignore") and \
        truth["sender"] in ("parent", "public") and truth["action"] in ("accept", "hold")
    spoke = found["reply"] != "none" and all(o["reply"] == "none" for o in outcomes)
    if turned_away or spoke:
        print("%s: GRAVE: %s, %s" % (truth["file"], found["action"], found["reply"]))
    elif not fits:
        print("%s: %s, %s (%s)" % (truth["file"], found["action"], found["reply"], truth["why"]))
    return fits, turned_away or spoke


def main():
    source = os.environ.get("top_srcdir", ".")
    shared = os.environ.get("POSTERN_SHARED", os.path.join(source, "..", "shared"))
    folder = os.path.join(shared, "forms")
    postern = os.path.join(os.environ.get("top_builddir", "."), "postern")
    truth_file = os.path.join(folder, "mails", "truth.jsonl")
    if not os.path.exists(truth_file):
        print("SKIP: no labelled mails at " + truth_file)
        return 77
    with open(truth_file, encoding="utf-8") as lines:
        truths = [json.loads(line) for line in lines]
    judged = [judge(t, f) for t, f in zip(truths, examine(postern, folder, truths), strict=True)]
    right = sum(fits for fits, _ in judged)
    grave = sum(bad for _, bad in judged)
    print("%d of %d as labelled (%.1f %%), %d grave" % (right, len(judged),
                                                        100.0 * right / len(judged), grave))
    return 0 if grave == 0 and right >= GOAL * len(judged) else 1


sys.exit(main())
