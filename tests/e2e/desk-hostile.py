#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/e2e/desk-hostile.py - hostile mails on every page and in every command, with no effect.
#
# Scripts, tags of our templates, changes of direction, letters without width, terminal escapes and
# formulas stand in names, subjects, file names, answers, HTML, SVG and PDF.  No script runs, nothing
# is fetched, no element is the sender's, and a terminal gets nothing that acts.
#
# Usage:    top_srcdir=... top_builddir=... desk-hostile.py
# Source:   doc/review.md, "Safe pages"; Unicode Technical Report 36

import base64
import email.header
import html.parser
import os
import re
import sys

sys.dont_write_bytecode = True
sys.path[:0] = [os.path.dirname(os.path.abspath(__file__)),
                os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")]
import browser  # noqa: E402
from desk_browser import Desk  # noqa: E402
from desk_world import FORM, World, check, finish, until  # noqa: E402

HOSTILE = {
    "script": "<script>window.pwned=1</script>",
    "attribute": "\"><img src=x onerror=window.pwned=1>",
    "single quote": "' onmouseover='window.pwned=1' autofocus onfocus='window.pwned=1",
    "entity": "&lt;script&gt;window.pwned=1&lt;/script&gt;&#x202e;",
    "link": "<a href=javascript:window.pwned=1>click</a>",
    "svg": "<svg onload=window.pwned=1>",
    "comment": "--><script>window.pwned=1</script><!--",
    "textarea": "</textarea><script>window.pwned=1</script>",
    "title": "</title><script>window.pwned=1</script>",
    "ours": "{{csrf}}{{{csrf}}}{{> head}}{{#who}}x{{/who}}{{=<% %>=}}",
    "direction": "Smith\u202ehtims\u202c\u2066x\u2069\u200f",
    "no width": "Smi\u200bth\ufeff\u2060\u00ad\u180e",
    "terminal": "\x1b[2J\x1b]0;pwned\x07\x9b31mred\x08\x08",
    "formula": "=HYPERLINK(\"http://evil.example/\",\"x\")",
    "log": "name\nposternd: accepted mail",
    "long": "w" * 3000,
    "combining": "Z" + "\u0301\u0323" * 200,
    "joined": "प्र\u200dेम and 👨\u200d👩\u200d👧",
    "not a letter": "\ud7ff\ue000\uffff\U000e0041",
}
# What a terminal or a reader is deceived by; a joiner (U+200C, U+200D) shows itself by what it does.
ACTS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
                  "\u00ad\u180e\U000e0000-\U000e007f]")
FOREIGN = ("script:not([src='/script.js']), iframe, object, embed, base, marquee, video, audio, form form,"
           " meta[http-equiv], a[href^='javascript'], a[href*='evil'], img[src='x'], [onerror], [onload],"
           " [onfocus], [onmouseover], [style]")
LISTEN = """window.refused = [];
document.addEventListener('securitypolicyviolation', e => window.refused.push(e.violatedDirective));"""
PDF = (b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>endobj\n"
       b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]"
       b"/AA<</O<</S/URI/URI(http://evil.example/)>>>>>>endobj\ntrailer<</Root 1 0 R>>\n")
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='window.pwned=1'><script>window.pwned=1</script></svg>"
PAGE = b"<html><body onload='window.pwned=1'><img src='http://evil.example/x.png'><script>window.pwned=1</script>" \
       b"<p style='position:fixed;inset:0'>I have been hurt by my teacher</p><form action='http://evil.example'></body>"


def encoded(text):
    return email.header.Header(text, "utf-8", maxlinelen=70).encode(linesep="\r\n").encode()


def part(kind, name, data):
    quoted = b"".join(b"%%%02X" % byte for byte in name.encode("utf-8", "surrogatepass"))
    return (b"--edge\r\nContent-Type: " + kind + b"\r\nContent-Transfer-Encoding: base64\r\n"
            b"Content-Disposition: attachment; filename*=utf-8''" + quoted + b"\r\n\r\n" +
            base64.encodebytes(data).replace(b"\n", b"\r\n"))


def hostile_mail(number, text):
    """A parent's form in which everything that a sender chooses is the same hostile text."""
    line = text.replace("\n", " ")
    body = FORM.format(parent=line, address=f"h{number}@mail.example", child=line, adult=line,
                       employer=line, happened=text).encode("utf-8", "surrogatepass")
    return b"\r\n".join([
        b"Return-Path: <h%d@mail.example>" % number,
        b"From: " + encoded(line) + b" <h%d@mail.example>" % number,
        b"To: lado@example.org", b"Subject: " + encoded(text.replace("\n", " ")),
        b"Authentication-Results: mx.example.org; dmarc=pass header.from=mail.example",
        b"Date: Mon, 06 May 2024 10:00:00 +0100", b"Message-ID: <h%d@mail.example>" % number,
        b"MIME-Version: 1.0", b"Content-Type: multipart/mixed; boundary=edge", b"",
        b"--edge\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n",
        base64.encodebytes(body), part(b"application/pdf", line[:200] + ".pdf", PDF),
        part(b"image/svg+xml", line[:200] + ".svg", SVG), part(b"text/html", line[:200] + ".html", PAGE),
        b"--edge--", b""])


class Elements(html.parser.HTMLParser):
    """The elements of a page as text would make them, before any browser mends it."""

    def __init__(self):
        super().__init__()
        self.scripts, self.handlers = 0, []

    def handle_starttag(self, tag, attrs):
        names = dict(attrs)
        self.scripts += tag == "script" and names.get("src") != "/script.js"
        self.handlers += [name for name in names if name.startswith("on")]


def read_as_text(world, client, path):
    status, page = client.get(path)
    elements = Elements()
    elements.feed(page)
    check(f"{path} is there", status == 200, status)
    check(f"no script of a sender on {path}", not elements.scripts and not elements.handlers, elements.handlers)
    acts = ACTS.search(page)
    check(f"nothing that acts on {path}", not acts, repr(page[acts.start() - 40:acts.end() + 20]) if acts else "")
    token = client.csrf(page)
    shown = len(re.findall(re.escape(token), page)) if token else 0
    check(f"{path} gives no token away", shown == page.count('name="csrf"'), shown)
    check(f"{path} shows our tags as text", "<%" not in page and "> staff desk x<" not in page)


def look_in_browser(desk, path):
    desk.go(path)
    state = desk.page.execute_script(
        "return {pwned: window.pwned, refused: window.refused, wide: document.documentElement.scrollWidth -"
        " document.documentElement.clientWidth, foreign: [...document.querySelectorAll(arguments[0])]"
        ".map(e => e.outerHTML.slice(0, 100)),"
        " fetched: performance.getEntriesByType('resource').map(e => e.name)}", FOREIGN)
    check(f"no script ran on {path}", state["pwned"] is None)
    check(f"nothing was refused, as nothing was tried, on {path}", state["refused"] == [], state["refused"])
    check(f"no element of a sender on {path}", state["foreign"] == [], state["foreign"])
    check(f"nothing is fetched by {path}", all(name.startswith(desk.world.url + "/") for name in state["fetched"]),
          state["fetched"])
    check(f"a long word does not widen {path}", state["wide"] <= 0, state["wide"])
    browser.look(desk.page, browser.PHONE)
    check(f"nor on a phone {path}", browser.too_wide(desk.page) <= 0, browser.too_wide(desk.page))
    browser.look(desk.page)


def commands(world):
    """Everything that a terminal is sent."""
    references = [mail["reference"] or str(mail["id"]) for mail in world.listing()]
    files = []
    for number, text in enumerate(HOSTILE.values()):
        path = world.folder / f"examined{number}.eml"
        path.write_bytes(hostile_mail(number, text))
        files.append(path)
    asked = [("list",), ("outbox",), ("tasks",), ("audit", "--verify"), ("account", "list"), ("replay",),
             ("examine", *files), ("consultation", "list")]
    asked += [(what, reference) for what in ("show", "explain") for reference in references]
    for words in asked:
        for json in ((), ("--json",)):
            said = world.cli(*words, *json, good=False).decode("utf-8", "replace")
            acts = ACTS.search(said)
            name = " ".join(str(word) for word in (*words[:2], *json))
            check(f"nothing acts in \"{name}\"", not acts,
                  repr(said[max(0, acts.start() - 40):acts.end() + 20]) if acts else "")


def spreadsheets(world, client):
    """A cell is never a formula."""
    for path in re.findall(r'href="(/[^"]*\.csv[^"]*)"', client.get("/figures")[1] + client.get("/audit")[1]):
        status, text = client.get(path.replace("&amp;", "&"))
        check(f"{path} has no formula", status == 200 and not re.search(r'(^|,)"?[=+@-]', text, re.M), text[:200])


def pages_of(world, client):
    """Every page that leads on from the head of each page, each item, and each act on some."""
    found = set(re.findall(r'<li><a href="(/[a-z-]+)"', client.get("/queue")[1]))
    found |= {"/queue?state=any", "/queue?state=closed"}
    count = world.sql("SELECT MAX(record_id) FROM item")[0][0]
    for item in range(1, count + 1):
        found |= {f"/item/{item}", f"/item/{item}/accept"}
        found |= {link.replace("&amp;", "&") for link in
                  re.findall(r'href="(/item/\d+/correct[^"]*adult\.name)"', client.get(f"/item/{item}")[1])}
    return sorted(found)


def main():
    with World() as world, browser.open_browser() as page:
        for number, text in enumerate(HOSTILE.values()):
            world.deliver("lado-parents", hostile_mail(number, text))
        world.decided(len(HOSTILE))
        for name in ("alice", "mary"):
            world.cli("account", "change", name, "--roles", "reviewer,manager,auditor", "--shown",
                      HOSTILE["attribute"] if name == "mary" else "Alice")
        client = world.sign_in("alice")
        for number, text in enumerate(HOSTILE.values(), 1):
            status, _ = client.act(number, "note", reason=text.replace("\x00", ""))
            check("a hostile note is kept", status == 303, status)
        page.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": LISTEN})
        desk = Desk(world, page, "")
        desk.borrow(client)
        for path in pages_of(world, client):
            read_as_text(world, client, path)
            if not re.search("/(accept|correct)", path) or path.startswith(("/item/2/", "/item/8/", "/item/16/")):
                look_in_browser(desk, path)
        status, found = client.post("/search", csrf=client.csrf(client.get("/search")[1]), text="<script>Smith",
                                    whose="")
        check("a hostile query is shown as text", status == 200 and "<script>Smith" not in found, status)
        spreadsheets(world, client)
        commands(world)
        log = (world.folder / "log").read_text()
        check("nothing of it in the log", not ACTS.search(log) and "pwned" not in log and "www" not in log)
        check("the service runs on", until(world.answers))
    finish("desk-hostile.py")


main()
