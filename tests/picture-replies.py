#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/picture-replies.py - the pictures of doc/replies.md, made anew from "postern preview".
#
# Run it when words of a reply have changed.  It is no test: fonts differ from machine to machine.
# Needs chromium, chromium-driver, python3-selenium and pngquant.
#
# Usage:    top_builddir=... tests/picture-replies.py
# Source:   doc/replies.md

import os
import pathlib
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import browser  # noqa: E402

TO = pathlib.Path(browser.HERE, "..", "doc", "pictures")
OPEN, NIGHT, HOLIDAY = "2024-03-05T10:00:00Z", "2024-03-05T22:00:00Z", "2024-03-29T12:00:00Z"
WIDTH = 390
LARGEST = 25 * 1024  # bytes

# name of the picture: template, moment, dark, options
PICTURES = {
    "acknowledgement": ("acknowledgement", OPEN, False, []),
    "acknowledgement-night": ("acknowledgement", NIGHT, True, []),
    "holding": ("holding", OPEN, False, []),
    "holding-medway": ("holding", HOLIDAY, False, ["--area", "Medway"]),
    "holding-unopened": ("holding-unopened", OPEN, False, []),
    "holding-blank": ("holding-blank", OPEN, False, []),
    "redirection": ("redirection", OPEN, False, []),
    "apology": ("apology", OPEN, False, []),
    "alert": ("alert", NIGHT, False, []),
    "alert-digest": ("alert-digest", NIGHT, False, []),
    "consultation": ("consultation", OPEN, False, []),
}


def main():
    TO.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, browser.open_browser() as page:
        for name, (template, at, dark, options) in PICTURES.items():
            html, path = pathlib.Path(folder, name + ".html"), TO / (name + ".png")
            subprocess.run([os.path.join(browser.BUILD, "postern"), "preview", template, "--at", at,
                            "--html", "-o", html, *options], check=True)
            browser.look(page, WIDTH, dark=dark)
            page.get(html.as_uri())
            small = subprocess.run(["pngquant", "--speed", "1", "--nofs", "5", "-"],
                                   input=browser.picture(page, WIDTH, 0.75), check=True,
                                   capture_output=True).stdout
            path.write_bytes(small)
            print(f"{path.name}: {len(small)} bytes")
            if len(small) > LARGEST:
                sys.exit(f"{path.name} is larger than {LARGEST} bytes")


main()
