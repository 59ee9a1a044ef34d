#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/e2e/desk-view.py - what came in, beside what was read: nothing of the sender's as it was.
#
# posternd between Maildirs, over real HTTP: hostile mails on the pages of their items, pictures that
# a decoder of somebody else's opens, places that lead somewhere, and the sealed download.
#
# Usage:    top_srcdir=... top_builddir=... desk-view.py
# Source:   doc/review.md, "The original"

import email
import html.parser
import http.client
import os
import re
import shutil
import struct
import subprocess
import sys
import threading
import zlib
from email.message import EmailMessage
from email.policy import SMTP

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from desk_world import Client, World, check, finish, plain, sample, until  # noqa: E402

SCRIPT = "<script>alert('hostile')</script>"


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


OURS = set("html head meta title link script body a header div p span form input button nav ul ol li main "
           "h1 h2 h3 section dl dt dd details summary table tbody tr td figure figcaption img svg g rect "
           "strong b s label footer".split())


class Elements(html.parser.HTMLParser):
    """What a browser makes of a page."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes, self.all = set(), [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.all.append((tag, dict(attributes)))
        self.attributes += [(name, value or "") for name, value in attributes]

    def sources(self, tag):
        return [attributes.get("src") for name, attributes in self.all if name == tag]


def photograph():
    """A picture with words of its maker in it."""
    rows = b"".join(b"\0" + bytes(x ^ y for x in range(150)) for y in range(40))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 50, 40, 8, 2, 0, 0, 0)) +
            chunk(b"tEXt", b"Comment\0made-by-a-stranger") + chunk(b"IDAT", zlib.compress(rows)) +
            chunk(b"IEND", b""))


def hostile():
    mail = EmailMessage()
    mail["From"] = '"<b>Mallory</b>" <mallory@mail.example>'
    mail["To"] = "lado@example.org"
    mail["Subject"] = "\u202egnp.exe " + SCRIPT
    mail["Message-ID"] = "<hostile@mail.example>"
    mail.set_content(f"My son is at your club. {SCRIPT} \u2066hidden\u2069 \x1b[31mred\n")
    mail.add_alternative(f'<p onmouseover="alert(1)">My <b>son</b>{SCRIPT}<iframe src="//evil.example">'
                         '</iframe><svg onload="alert(2)"></svg><img src="https://evil.example/t.gif"></p>',
                         subtype="html")
    mail.add_attachment(photograph(), maintype="image", subtype="png",
                        filename='a"><img src=x onerror=alert(3)>.png')
    mail.add_attachment(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(4)'/>", maintype="image",
                        subtype="svg+xml", filename="drawing.svg")
    mail.add_attachment(b"<!doctype html><h1 onclick='alert(5)'>Hello</h1><base href='//evil.example'>",
                        maintype="text", subtype="html", filename="page.html")
    return mail.as_bytes(policy=SMTP)


def bytes_of(client, path):
    """An answer as bytes, and its headers."""
    link = http.client.HTTPConnection("127.0.0.1", client.world.port, timeout=20)
    try:
        link.request("GET", path, headers={"Cookie": f"postern={client.cookie}"})
        answer = link.getresponse()
        return answer.status, answer.read(), dict((k.lower(), v) for k, v in answer.getheaders())
    finally:
        link.close()


def pixels(png):
    """Width and height of a PNG file whose every row is there; None when it is damaged."""
    at, data, size, kinds = 8, b"", None, set()
    while at + 8 <= len(png):
        length, kind = struct.unpack(">I4s", png[at:at + 8])
        body = png[at + 8:at + 8 + length]
        if struct.unpack(">I", png[at + 8 + length:at + 12 + length])[0] != zlib.crc32(kind + body):
            return None
        kinds.add(kind)
        if kind == b"IHDR":
            size = struct.unpack(">IIBB", body[:10])
        if kind == b"IDAT":
            data += body
        at += 12 + length
    if size is None or b"IEND" not in kinds or kinds - {b"IHDR", b"IDAT", b"IEND", b"pHYs", b"bKGD"}:
        return None
    rows = zlib.decompress(data)
    deep = {2: 3, 6: 4, 0: 1}[size[3]]
    return size[:2] if len(rows) == size[1] * (1 + size[0] * deep) else None


def look(client, item):
    status, page = client.get(f"/item/{item}")
    check(f"item {item} is shown", status == 200 and "cannot be shown" not in page, status)
    return page


def see_hostile(client, item):
    page = look(client, item)
    words = plain(page)
    seen = Elements(page)
    check("only our kinds of elements", seen.tags <= OURS, seen.tags - OURS)
    check("one script, our own", seen.sources("script") == ["/script.js"])
    check("no handler and no style of an element's own",
          not [name for name, _ in seen.attributes if name.startswith("on") or name == "style"])
    check("no address outside", not [value for name, value in seen.attributes
                                     if name in ("src", "href", "action") and value[:1] not in "/#"])
    check("its words are there", "My son is at your club" in words and "alert('hostile')" in words)
    check("what turns text round is shown", "[U+202E]" in words and "[U+2066]" in words)
    check("no control character", not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", page))
    check("a picture is blurred", 'class="pages blurred"' in page and 'class="reveal"' in page)
    path = re.search(r'src="(/item/\d+/part/\d+/page/1\.png)"', page)
    if not check("a picture is there", path):
        return
    status, png, headers = bytes_of(client, path.group(1))
    check("it is ours", status == 200 and headers["content-type"] == "image/png" and
          b"made-by-a-stranger" not in png)
    check("it is not kept", headers["cache-control"] == "no-store")
    check("it can be decoded", pixels(png) == (50, 40) or pixels(png) is not None and pixels(png)[0] == 1200,
          pixels(png))


def see_form(client, item, pages):
    """Each place of an answer leads to an element of the page."""
    page = look(client, item)
    links = re.findall(r'class="sub where" href="#([^"]+)"', page)
    ids = re.findall(r' id="([^"]+)"', page)
    check("answers say where they were read", len(links) >= 10, len(links))
    check("every place is there", set(links) <= set(ids), set(links) - set(ids))
    check("every place is a mark", all(link.startswith("at-") for link in links), links)
    check("no id stands twice", len(ids) == len(set(ids)))
    shown = re.findall(r'src="(/item/\d+/part/\d+/page/\d+\.png)"', page)
    check(f"{pages} pages as pictures", len(shown) == pages, shown)
    for path in shown:
        status, png, _ = bytes_of(client, path)
        check("a page can be decoded", status == 200 and (pixels(png) or (0, 0))[0] == 1200, pixels(png))
        check("there is ink on it", len(png) > 20000, len(png))


def see_rights(world, client, item):
    for path in (f"/item/{item}/part/1/page/1.png", f"/item/{item}/part/99/page/1.png",
                 f"/item/{item}/part/0/page/1.png", f"/item/{item}/part/1/page/0.png",
                 f"/item/{item}/part/1/page/1.svg", f"/item/999/part/1/page/1.png",
                 f"/item/{item}/part/18446744073709551615/page/1.png"):
        check(f"no picture at {path}", bytes_of(client, path)[0] == 404)
    adam = world.sign_in("adam")
    check("an administrator sees no picture", adam.get(f"/item/{item}/part/2/page/1.png")[0] == 403)
    check("nor has the original", adam.get(f"/item/{item}/original")[0] == 403)
    audrey = world.sign_in("audrey")
    check("an auditor has no original", audrey.get(f"/item/{item}/original")[0] == 403)
    check("and is not offered it", f"/item/{item}/original" not in audrey.get(f"/item/{item}")[1])


def see_printed(world, client, item):
    """An office file: its text at once, its pages once LibreOffice has printed them."""
    if not os.path.exists("/usr/bin/bwrap") or shutil.which("soffice") is None:
        print("SKIP pages of office files: LibreOffice or bubblewrap is not installed")
        return
    page = look(client, item)
    check("the page says that pages are being made", 'class="note making"' in page and
          f'data-waiting="/item/{item}/waiting"' in page)
    check("its text is there already", "<details><summary>The text of it" not in page)
    if not check("they are made", until(lambda: client.get(f"/item/{item}/waiting")[1] == "0", 60),
                 (world.folder / "log").read_text()[-500:]):
        return
    see_form(client, item, 2)
    page = look(client, item)
    links = re.findall(r'class="sub where" href="#(at-[^"]+)"', page)
    marks = set(re.findall(r'<g id="(at-[^"]+)"><rect', page))
    print(f"     {sum(link in marks for link in links)} of {len(links)} answers are marked on the pages")
    check("answers are marked on the printed pages", sum(link in marks for link in links) > len(links) * 0.7,
          [link for link in links if link not in marks])
    check("the others in the text", all(link in marks or f' id="{link}"' in page for link in links), links)
    check("nothing is being made any more", 'class="note making"' not in look(client, item))
    check("what was made is sealed", not world.sql("SELECT 1 FROM printed WHERE hex(sealed) LIKE '%25504446%'"))
    adam = world.sign_in("adam")
    check("an administrator is not told", adam.get(f"/item/{item}/waiting")[0] == 403)
    check("nor anybody of what is not there", client.get("/item/999/waiting")[0] == 404)


def see_unprintable(world, client, item):
    """A file that only calls itself a document."""
    look(client, item)
    check("it is given up", until(lambda: client.get(f"/item/{item}/waiting")[1] == "0", 60))
    check("the page goes on without", "being made" not in look(client, item))


def broken():
    """A Word document of which most is gone."""
    mail = EmailMessage()
    mail["From"], mail["To"] = "m@mail.example", "lado@example.org"
    mail["Subject"], mail["Message-ID"] = "form", "<broken@mail.example>"
    mail.set_content("My form is attached.\n")
    parts = [part.get_payload(decode=True) for part in email.message_from_bytes(sample("parent-docx")).walk()
             if part.get_filename()]
    mail.add_attachment(parts[0][:len(parts[0]) // 2], maintype="application",
                        subtype="vnd.openxmlformats-officedocument.wordprocessingml.document",
                        filename="form.docx")
    return mail.as_bytes(policy=SMTP)


def download(world, client, item, raw):
    status, page = client.get(f"/item/{item}/original")
    check("a warning comes first", status == 200 and "stranger" in plain(page))
    password = re.search(r'name="password" value="([a-z0-9]{20})"', page).group(1)
    check("no password of one's own", client.post(f"/item/{item}/original", csrf=client.csrf(page),
                                                  password="1234")[0] == 400)
    check("no token, no file", client.post(f"/item/{item}/original", password=password)[0] == 403)
    link = http.client.HTTPConnection("127.0.0.1", world.port, timeout=20)
    link.request("POST", f"/item/{item}/original", f"csrf={client.csrf(page)}&password={password}",
                 {"Cookie": f"postern={client.cookie}", "Content-Type": "application/x-www-form-urlencoded"})
    answer = link.getresponse()
    sealed = answer.read()
    check("an archive comes", answer.status == 200 and sealed[:2] == b"PK" and
          "attachment" in answer.getheader("content-disposition", ""), answer.status)
    check("nothing of it can be read", b"My son" not in sealed)
    check("it is in the audit", any("downloaded" in str(row) for row in
                                    world.sql("SELECT * FROM audit")))
    if shutil.which("bsdtar") is None:
        print("SKIP opening the archive: libarchive-tools is not installed")
        return
    place = world.folder / "sealed.zip"
    place.write_bytes(sealed)
    opened = subprocess.run(["bsdtar", "--passphrase", password, "-xOf", place], capture_output=True)
    check("the password opens it", opened.stdout == raw, opened.stderr)


def see_sent(world, client, item):
    """The reply that left, word for word, for whoever may see the item."""
    page = client.get(f"/item/{item}")[1]
    reference = re.search(r"LADO-[0-9A-Z]{4}-[0-9A-Z]{4}", plain(page)).group()
    check("the reply has left", until(lambda: any(reference.encode() in mail for mail in world.sent())))
    mail = next(email.message_from_bytes(mail, policy=SMTP) for mail in world.sent() if reference.encode() in mail)
    lines = [" ".join(line.split()) for line in mail.get_body(("plain",)).get_content().splitlines()]

    def shown(somebody):
        return " ".join(plain(somebody.get(f"/item/{item}")[1].split('id="told"')[1]).split())
    check("the item tells when", until(lambda: "Read it, as it left" in shown(client)), shown(client))
    words = shown(client)
    check("all its words are there", not [line for line in lines if line not in words], words)
    check("once", words.count("This is an automatic message.") == 1, words)
    check("its subject too", " ".join(mail["Subject"].split()) in words, words)
    check("and nothing that is for machines", "auto-replied" not in words and str(mail["Date"]) not in words, words)
    check("an auditor reads the same", "Read it, as it left" in shown(world.sign_in("audrey")))
    looks = "SELECT COUNT(*) FROM audit WHERE act = 'viewed' AND object = ?"
    before = world.sql(looks, f"record:{item}")[0][0]
    shown(client)
    check("each look is in the audit", world.sql(looks, f"record:{item}")[0][0] == before + 1)
    world.sql("UPDATE item SET restricted = 1 WHERE record_id = ?", item)
    check("nobody reads it who is not named", client.get(f"/item/{item}")[0] == 404)
    world.sql("UPDATE item SET restricted = 0 WHERE record_id = ?", item)


# ---- pages that take all the time they may ----

def endless_pdf(pages):
    """Pages that nobody finishes drawing: each paints the whole page by a long function, again and again."""
    function = b"{ mul " + b"sin 360 mul cos 360 mul " * 300 + b" dup dup }"
    paint = b"/S sh " * 250
    page = (b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Shading<</S 3 0 R>>>>/Contents 5 0 R>>")
    kids = b" ".join(b"%d 0 R" % (6 + i) for i in range(pages))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages),
               b"<</ShadingType 1/ColorSpace/DeviceRGB/Domain[0 1 0 1]/Matrix[600 0 0 800 0 0]/Function 4 0 R>>",
               b"<</FunctionType 4/Domain[0 1 0 1]/Range[0 1 0 1 0 1]/Length %d>>stream\n%s\nendstream"
               % (len(function), function),
               b"<</Length %d>>stream\n%s\nendstream" % (len(paint), paint), *[page] * pages]
    return (b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % row for row in enumerate(objects, 1)) +
            b"trailer<</Root 1 0 R>>\n")


def endless():
    mail = EmailMessage()
    mail["From"] = "Pat <pat@mail.example>"
    mail["To"] = "lado@example.org"
    mail["Subject"] = "please help"
    mail["Message-ID"] = "<endless@mail.example>"
    mail.set_content("My son is at your club, and his coach hit him.\n")
    mail.add_attachment(endless_pdf(6), maintype="application", subtype="pdf", filename="letter.pdf")
    return mail.as_bytes(policy=SMTP)


class Fetch(threading.Thread):
    """One picture, by a connection of its own."""

    def __init__(self, person, path):
        super().__init__()
        self.client, self.path, self.status = Client(person.world, person.source), path, None
        self.client.cookie = person.cookie
        self.start()

    def run(self):
        self.status = self.client.get(self.path)[0]


def pictures_keep_nobody_waiting():
    """While pages are drawn that take all the time they may, others are served, and see pictures too."""
    with World(service="parser-timeout = 4") as world:
        for mail in (endless(), hostile()):
            world.deliver("lado-parents", mail)
            world.decided(world.delivered)
        alice, bob = world.sign_in("alice", "127.0.0.2"), world.sign_in("bob", "127.0.0.3")
        paths = sorted(set(re.findall(r"/item/1/part/\d+/page/\d+\.png", alice.get("/item/1")[1])))
        check("the page shows pictures of six pages", len(paths) == 6, paths)
        waiting = [Fetch(alice, path) for path in paths]
        pages = [bob.get("/queue")[0] for _ in range(6)] + [bob.get("/item/2")[0]]
        check("others are served meanwhile", set(pages) == {200} and all(one.status is None for one in waiting), pages)
        picture = re.search(r"/item/2/part/\d+/page/1\.png", bob.get("/item/2")[1]).group(0)
        theirs = [Fetch(bob, picture) for _ in range(2)]
        for one in waiting + theirs:
            one.join()
        check("another mail's pictures are there", {one.status for one in theirs} == {200},
              [one.status for one in theirs])
        check("pages that cannot be drawn are not", {one.status for one in waiting} == {404},
              [one.status for one in waiting])
        tries = (world.folder / "log").read_text().count("mail:1 not drawn")
        check("and each worker tried one of them", 1 <= tries <= 2, tries)
        held = Fetch(alice, paths[0])
        held.join()
        check("nor are they tried again at once", (world.folder / "log").read_text().count("mail:1 not drawn") <= 2)


def main():
    raw = hostile()
    with World() as world:
        for mail in (raw, sample("parent-docx"), sample("parent-pdf-form"), broken()):
            world.deliver("lado-parents", mail)
            world.decided(world.delivered)
        alice = world.sign_in("alice")
        see_hostile(alice, 1)
        see_printed(world, alice, 2)
        see_unprintable(world, alice, 4)
        see_form(alice, 3, 1)
        see_rights(world, alice, 1)
        see_sent(world, alice, 3)
        download(world, alice, 1, raw)
        log = (world.folder / "log").read_text()
        check("the log names nobody", "Mallory" not in log and "hostile" not in log, log)
    pictures_keep_nobody_waiting()
    finish("desk-view.py")


main()
