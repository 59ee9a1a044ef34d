#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/check-bounces.py - are bounces and reports of many mail systems told from people's mail?
#
# Reads a corpus with labels.tsv files (file, class, ...), asks "postern examine" for the kind of
# each mail and fails when less than 97 % agree.  Skipped, aloud, where there is no corpus:
# it lies beside the tree, or where POSTERN_SHARED says.
import json
import os
import subprocess
import sys

WANT = {"bounce": "bounce", "feedback-report": "report", "auto-reply": "auto-reply",
        "not-a-bounce": "person"}
GOAL = 0.97


def labelled(root):
    for folder in sorted(os.listdir(root)):
        labels = os.path.join(root, folder, "labels.tsv")
        for line in open(labels, encoding="utf-8"):
            fields = line.rstrip("\n").split("\t")
            path = os.path.join(root, folder, "data", fields[0])
            if fields[1] in WANT and os.path.exists(path):
                yield path, fields[1]


def main():
    source = os.environ.get("top_srcdir", ".")
    shared = os.environ.get("POSTERN_SHARED", os.path.join(source, "..", "shared"))
    root = os.path.join(shared, "corpus", "bounce")
    postern = os.path.join(os.environ.get("top_builddir", "."), "postern")
    if not os.path.isdir(root):
        print("SKIP: no corpus of bounces at " + root)
        return 77
    wanted = dict(labelled(root))
    run = subprocess.run([postern, "examine", "--json"] + list(wanted), stdout=subprocess.PIPE,
                         check=True, encoding="utf-8")
    right = 0
    for path, line in zip(wanted, run.stdout.splitlines()):
        kind = json.loads(line)["kind"]
        right += kind == WANT[wanted[path]]
        if kind != WANT[wanted[path]]:
            print("%s: %s, not %s" % (os.path.relpath(path, root), kind, WANT[wanted[path]]))
    print("%d of %d agree (%.1f %%)" % (right, len(wanted), 100.0 * right / len(wanted)))
    return 0 if right >= GOAL * len(wanted) else 1


sys.exit(main())
