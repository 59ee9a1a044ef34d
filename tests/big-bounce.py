#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/big-bounce.py - a bounce that returns 15 MB is read in the cage, within its time and memory.
#
# Usage:    top_builddir=... big-bounce.py
import base64
import json
import os
import subprocess
import sys
import tempfile

HEAD = """\
Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.example.org>
To: lado@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=b"

--=b
Content-Type: text/plain; charset=us-ascii

The following address failed: somebody@example.com

--=b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; somebody@example.com
Action: failed
Status: 5.3.4
Diagnostic-Code: smtp; 552 5.3.4 message too big

--=b
Content-Type: message/rfc822

From: lado@example.org
To: somebody@example.com
Subject: x
Content-Type: multipart/mixed; boundary="=c"

--=c
Content-Type: text/plain

%s
--=c
Content-Type: application/octet-stream
Content-Transfer-Encoding: base64

%s
--=c--

--=b--
"""


def main():
    postern = os.path.join(os.environ.get("top_builddir", "."), "postern")
    words = "What was said goes on and on.\n" * 100000
    data = base64.encodebytes(os.urandom(9 << 20)).decode()
    mail = (HEAD % (words, data)).encode().replace(b"\n", b"\r\n")
    with tempfile.NamedTemporaryFile(suffix=".eml") as file:
        file.write(mail)
        file.flush()
        run = subprocess.run([postern, "examine", "--json", file.name], stdout=subprocess.PIPE,
                             check=True, encoding="utf-8")
    found = json.loads(run.stdout)
    signals = {s["signal"]: s["evidence"] for s in found["signals"]}
    got = [found["kind"], signals.get("bounce-status"), signals.get("bounce-recipient")]
    print("%.1f MB: %s" % (len(mail) / 1e6, ", ".join(map(str, got))))
    return 0 if got == ["bounce", "5.3.4", "somebody@example.com"] else 1


sys.exit(main())
