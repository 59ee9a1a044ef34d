#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/picture-desk.py - the pictures of the staff desk in README.md and doc/review.md, made anew.
#
# Run it when the pages have changed.  It is no test: fonts differ from machine to machine.
# Needs chromium, chromium-driver, python3-selenium and pngquant.
#
# Usage:    top_srcdir=... top_builddir=... tests/picture-desk.py
# Source:   README.md

import base64
import os
import pathlib
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path[:0] = [os.path.dirname(os.path.abspath(__file__)),
                os.path.join(os.path.dirname(os.path.abspath(__file__)), "e2e")]
import browser  # noqa: E402
from desk_browser import Desk  # noqa: E402
from desk_world import World, form_mail, sample, story_mail, until  # noqa: E402

TO = pathlib.Path(browser.HERE, "..", "doc", "pictures")
WIDTH, LARGEST = 1200, 64 * 1024  # CSS pixels, bytes

# name of the picture: page, height, dark
PICTURES = {
    "desk-queue": ("/queue", 640, False),
    "desk-item": ("/item/2", 1420, False),
    "desk-act": ("/item/4/this-was-a-parent", 760, True),
}

# The script has shown the pages of office files, and the first of them is there.
IS_DRAWN = """return !document.querySelector('.making') &&
    (document.images.length === 0 || document.images[0].naturalWidth > 0)"""


def fill(world):
    mails = (("lado-parents", sample("parent-pdf-form")), ("lado-parents", sample("parent-docx")),
             ("lado-parents", form_mail(3, "Col Farthing", parent="Priya Raman", child="Asha Raman",
                                        employer="Littlemere Swimming Club", subject="Swimming coach")),
             ("cls-legacy", sample("professional-after-cutoff")),
             ("lado-parents", story_mail(5, "Dawn Hollis", "He is outside our house with a knife, he says he "
                                         "will kill him. My son is upstairs.")),
             ("lado-parents", sample("broken-attachment")))
    for box, mail in mails:
        world.deliver(box, mail)
        world.decided(world.delivered)


def main():
    TO.mkdir(exist_ok=True)
    with World() as world, browser.open_browser() as page:
        fill(world)
        client = world.sign_in("alice")
        client.act(3, "take")
        desk = Desk(world, page, "")
        desk.borrow(client)
        for name, (path, height, dark) in PICTURES.items():
            browser.look(page, WIDTH, height, dark=dark)
            desk.go(path)
            until(lambda: page.execute_script(IS_DRAWN), 20)
            shot = page.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})
            small = subprocess.run(["pngquant", "--speed", "1", "--nofs", "32", "-"], check=True,
                                   input=base64.b64decode(shot["data"]), capture_output=True).stdout
            (TO / f"{name}.png").write_bytes(small)
            print(f"{name}.png: {len(small)} bytes")
            if len(small) > LARGEST:
                sys.exit(f"{name}.png is larger than {LARGEST} bytes")


main()
