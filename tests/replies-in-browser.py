#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/replies-in-browser.py - the HTML of every reply in a real browser, light and dark, on a phone.
#
# axe-core finds nothing, nothing is fetched, nothing has to be scrolled sideways, and the page turns
# dark where its reader wants that.
#
# Usage:    top_builddir=... replies-in-browser.py
# Source:   doc/replies.md; WCAG 2.2

import os
import pathlib
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import browser  # noqa: E402

POSTERN = os.path.join(browser.BUILD, "postern")
REPLIES = ["acknowledgement", "holding", "holding-unopened", "holding-blank", "redirection", "apology",
           "alert", "alert-digest", "consultation"]
MOMENTS = {"open": "2024-03-05T10:00:00Z", "night": "2024-03-05T22:00:00Z",
           "bank holiday": "2024-03-29T12:00:00Z"}


def rendered(folder):
    """What is looked at: each reply at each moment, without and with numbers of another area."""
    for name in REPLIES:
        for when, at in MOMENTS.items():
            for area in ("", "Medway"):
                path = pathlib.Path(folder, f"{name} {when} {area}.html")
                subprocess.run([POSTERN, "preview", name, "--at", at, "--html", "-o", path,
                                *(["--area", area] if area else [])], check=True)
                yield path


def is_dark(page):
    colour = page.execute_script("return getComputedStyle(document.body).backgroundColor")
    return sum(map(int, colour[4:-1].split(","))) < 3 * 128


def look_at(page, path, dark, width, source):
    browser.look(page, width, dark=dark)
    page.get(path.as_uri())
    about = f"{path.stem.strip()}, {'dark' if dark else 'light'}, {width} pixels"
    for line in browser.axe(page, source):
        yield f"{about}: {line}"
    if browser.too_wide(page) > 0:
        yield f"{about}: {browser.too_wide(page)} pixels too wide"
    if browser.fetched(page):
        yield f"{about}: fetches {browser.fetched(page)}"
    if is_dark(page) != dark:
        yield f"{about}: not as its reader wants"


# Each breaks one thing that the checks above must see.
BROKEN = {
    "no language": ('<html lang="en">', "<html>"),
    "faint": ("color:#0b0c0c", "color:#cccccc"),
    "too wide": ("max-width:38em", "width:60em"),
    "fetches": ("</main>", '<img alt="" src="http://127.0.0.1:9/x.png"></main>'),
    "never dark": ("background: #111314 !important", "background: #ffffff !important"),
}


def check_the_check(page, path, source):
    good = path.read_text(encoding="utf-8")
    for name, (old, new) in BROKEN.items():
        assert old in good, name
        broken = path.with_name("broken.html")
        broken.write_text(good.replace(old, new), encoding="utf-8")
        if not list(look_at(page, broken, name == "never dark", browser.PHONE, source)):
            yield f"a page that is broken ({name}) was not found out"


def main():
    source = browser.axe_source()
    checks, bad = 0, []
    with tempfile.TemporaryDirectory() as folder, browser.open_browser() as page:
        pages = list(rendered(folder))
        for path in pages:
            for dark, width in ((False, browser.PHONE), (True, browser.PHONE), (False, browser.DESK)):
                found = list(look_at(page, path, dark, width, source))
                checks += 1
                bad += [f"FAIL {line}" for line in found[:3]]
        found = list(check_the_check(page, pages[0], source))
        checks += len(BROKEN)
        bad += [f"FAIL {line}" for line in found]
    print(*bad, sep="\n")
    print(f"replies-in-browser.py: {checks} checks, {min(len(bad), checks)} failed")
    sys.exit(1 if bad else 0)


main()
