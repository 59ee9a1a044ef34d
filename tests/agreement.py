#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/agreement.py - does Postern read what the authors of public test material read?
#
# Reads every file that comes with an expectation through show-reading, compares, and prints for
# each set "agree N of M" and the classes of disagreement (doc/reading.md explains what is left).
# Each comparison is one fact: a subject, a sender, a part, a field, a text.
#
# Usage:    agreement.py [-v] [-r RESULTS] [SET...]     RESULTS gets one line "SET N M" a set
# Source:   ../shared/corpus/README.md
import base64
import collections
import hashlib
import html
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata

SOURCE = os.environ.get("top_srcdir", ".")
CORPUS = os.path.join(os.environ.get("POSTERN_SHARED", os.path.join(SOURCE, "..", "shared")),
                      "corpus")
SHOW = os.path.join(os.environ.get("top_builddir", "."), "show-reading")
BOXES = "\u2610\u2611\u2612"


class Tally:
    """Facts compared in one set, and which kind of fact did not agree in which file."""

    def __init__(self):
        self.right = self.all = 0
        self.classes = collections.OrderedDict()

    def add(self, kind, where, wanted, found):
        self.all += 1
        if wanted == found:
            self.right += 1
        else:
            self.classes.setdefault(kind, []).append((where, wanted, found))


def files(folder, *suffixes):
    for top, _, names in sorted(os.walk(os.path.join(CORPUS, folder))):
        for name in sorted(names):
            if name.endswith(suffixes):
                yield os.path.join(top, name)


def read_all(mode, paths):
    """What show-reading says of each file, by path; a few at a time, as arguments are bounded."""
    found = {}
    paths = list(paths)
    for start in range(0, len(paths), 200):
        run = subprocess.run([SHOW, mode] + paths[start:start + 200], stdout=subprocess.PIPE,
                             check=True)
        for line in run.stdout.decode("utf-8", "replace").split("\n"):
            if line.startswith('{"'): # libytnef prints to standard output, too
                row = json.loads(line)
                found[row["file"]] = row
    return found


def words(text):
    """Text without white space, invisible characters and the shapes that a font chooses."""
    text = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s\x00\u00ad\u200b-\u200f\u2060\ufeff\ufffd]+", "", text)


def load(path):
    with open(path, "rb") as file:
        return json.loads(file.read().decode("utf-8", "replace"))


# ---- mails: stalwart ----

def stalwart_header(part, name):
    """The value of the topmost header of that name, as the tool that made the expectations has it."""
    for header in part["headers"]:
        if header["name"] == name:
            value = header["value"]
            return next(iter(value.values())) if isinstance(value, dict) else ""
    return None


def stalwart_from(part):
    value = stalwart_header(part, "from")
    people = (value or {}).get("List") or []
    for group in (value or {}).get("Group") or []:
        people = people + group["addresses"]
    return (people[0].get("name") or "", people[0].get("address") or "") if people else ("", "")


def stalwart_name(part):
    for header, wanted in (("content_disposition", "filename"), ("content_type", "name")):
        value = stalwart_header(part, header)
        for attribute in (isinstance(value, dict) and value.get("attributes")) or []:
            if attribute["name"] == wanted:
                return attribute["value"]
    return ""


def stalwart_leaves(mail):
    """(kind, name, bytes or text) of each part that holds something, in the order of the mail."""
    for part in mail["parts"]:
        (kind, body), = part["body"].items()
        if kind == "Multipart":
            continue
        if kind == "Message":
            yield "mail", stalwart_name(part), None
            yield from stalwart_leaves(body)
        elif kind in ("Text", "Html"):
            yield "text", stalwart_name(part), body
        else:
            yield "bytes", stalwart_name(part), bytes(body)


def compare_leaves(tally, path, wanted, parts):
    """A set of contents: what one reader puts in another place it has read all the same."""
    ours = [p for p in parts if p["declared"] != "message/rfc822"]
    tally.add("number of parts", path, sum(kind != "mail" for kind, _, _ in wanted), len(ours))
    texts = {words(p.get("text", "")) for p in ours}
    sums = {p["sha256"] for p in ours}
    names = [p["name"] for p in parts]
    for kind, name, body in wanted:
        if kind == "text":
            elsewhere = any(words(body) in text for text in texts)
            tally.add("text of a part" + (", joined with others" if elsewhere else ""), path,
                      words(body), words(body) if words(body) in texts else "not found")
        elif kind == "bytes":
            digest = hashlib.sha256(body).hexdigest()
            tally.add("bytes of a part", path, digest,
                      digest if digest in sums or words(body.decode("utf-8", "replace")) in texts
                      else "not found")
        if name:
            tally.add("name of a part", path, name, name if name in names else names)


def stalwart(tally):
    pairs = {p[:-5] + ".eml": p for p in files("mail/stalwartlabs+mail-parser/data/eml", ".json")}
    found = read_all("-m", pairs)
    for path, expected in pairs.items():
        wanted, mail = load(expected), found[path]
        top = wanted["parts"][0]
        name, address = stalwart_from(top)
        tally.add("subject", path, words(stalwart_header(top, "subject") or ""),
                  words(mail["subject"]))
        tally.add("sender", path, address, mail["from"])
        tally.add("sender's name", path, words(name), words(mail["from_name"]))
        tally.add("message id", path, stalwart_header(top, "message_id") or "", mail["message_id"])
        compare_leaves(tally, path, list(stalwart_leaves(wanted)), mail["parts"])


# ---- mails: mailcore2 ----

def mailcore_leaves(part):
    if part["class"].endswith("Multipart"):
        for one in part["parts"]["items"]:
            yield from mailcore_leaves(one)
    elif part["class"].endswith("MessagePart"):
        yield "message/rfc822", part.get("filename", "")
        yield from mailcore_leaves(part["mainPart"])
    else:
        yield part["mimeType"].lower(), part.get("filename", "")


def mailcore(tally):
    root = "mail/MailCore+mailcore2/data/parser/"
    pairs = {p.replace("/parser/output/", "/parser/input/"): p for p in files(root + "output", "")}
    found = read_all("-m", pairs)
    for path, expected in pairs.items():
        wanted, mail = load(expected), found[path]
        header = wanted["header"]
        sender = header.get("from", {})
        people = [a["mailbox"] for k in ("to", "cc", "bcc") for a in header.get(k, {}).get("items", [])]
        tally.add("subject", path, words(header.get("subject", "")), words(mail["subject"]))
        tally.add("sender", path, sender.get("mailbox", ""), mail["from"])
        tally.add("sender's name", path, words(sender.get("displayName", "")),
                  words(mail["from_name"]))
        tally.add("recipients", path, sorted(set(people)), sorted(mail["recipients"]))
        if header.get("messageID") != "MyMessageID123@mail.gmail.com": # where the mail has none
            tally.add("message id", path, header["messageID"], mail["message_id"])
        leaves = list(mailcore_leaves(wanted["mainPart"]))
        tally.add("types of parts", path, [t for t, _ in leaves],
                  [p["declared"] for p in mail["parts"]])
        for _, name in leaves:
            if name:
                names = [p["name"] for p in mail["parts"]]
                tally.add("name of a part", path, name, name if name in names else names)


def visible_words(summary):
    """The words of a summary without what the other tool adds: addresses of links, marks of
    quotation, the heads of mails inside, attachments with their sizes."""
    for line in summary.split("\n"):
        line = re.sub(r"\([^()]*(//|mailto:|#)[^()]*\)|https?:\S+", " ", line)
        if re.match(r"(From|To|Cc|Subject|Date|Sent): |- .*, [0-9.]+ ?(bytes|KB|MB)$", line):
            continue
        for word in re.split(r"[\s>|*\u00a0]+", line):
            if len(words(word)) > 1:
                yield words(word)


def summaries(tally):
    """Text of a mail as a mail program shows it: every word of it must be among ours, in order."""
    root = "mail/MailCore+mailcore2/data/summary/"
    pairs = {p.replace("/output/", "/input/")[:-4] + ".eml": p
             for p in files(root + "output", ".txt")}
    pairs = {p: expected for p, expected in pairs.items() if os.path.exists(p)}
    found = read_all("-m", pairs)
    for path, expected in pairs.items():
        with open(expected, encoding="utf-8", errors="replace") as file:
            wanted = file.read().split("\n\n", 1)[-1]
        mail = found[path]
        ours = words(mail["text"] + mail["signature"] + mail["quoted"])
        missing = [p for p in visible_words(wanted) if p not in ours]
        tally.add("text of the mail", path, [], missing)


# ---- winmail.dat ----

def tnef(tally):
    with tempfile.TemporaryDirectory() as work:
        mails = {}
        for listing in files("mail/jstedfast+MimeKit/data/tnef", ".list"):
            data = listing[:-5] + ".tnef"
            if not os.path.exists(data):
                data = listing[:-5] + ".dat"
            if not os.path.exists(data):
                continue
            mail = os.path.join(work, os.path.basename(data) + ".eml")
            with open(mail, "wb") as file, open(data, "rb") as content:
                file.write(b"Content-Type: application/ms-tnef; name=winmail.dat\n"
                           b"Content-Transfer-Encoding: base64\n\n")
                file.write(base64.encodebytes(content.read()))
            mails[mail] = listing
        found = read_all("-m", mails)
        for mail, listing in mails.items():
            with open(listing, encoding="utf-8") as file:
                wanted = sorted(line for line in file.read().split("\n") if line.strip())
            ours = sorted(p["name"] for p in found[mail]["parts"] if p["container"] == 1)
            tally.add("names of attachments", listing, wanted, ours)


# ---- documents ----

def twins(tally):
    pairs = {p: p[:-1] for p in files("docx/morungos+node-word-extractor/data", ".docx")
             if os.path.exists(p[:-1])}
    found = read_all("-d", list(pairs) + list(pairs.values()))
    for docx, doc in pairs.items():
        one, two = (words(found[p].get("text", found[p].get("error"))) for p in (docx, doc))
        tally.add("text of both", docx, one, two)


def striprtf(tally):
    root = "rtf/joshy+striprtf/data/"
    pairs = {p: p.replace("data/rtf/", "data/text/")[:-4] + ".txt" for p in files(root + "rtf", ".rtf")}
    pairs = {p: text for p, text in pairs.items() if os.path.exists(text)}
    found = read_all("-d", pairs)
    for path, text in pairs.items():
        with open(text, encoding="utf-8", errors="replace") as file:
            wanted = file.read().replace("|", "")
        row = found[path]
        tally.add("text", path, words(wanted), words(row.get("text", row.get("error")))
                  .replace("|", ""))


def rtfpipe(tally):
    pairs = {p: p[:-4] + ".html" for p in files("rtf/erdomke+RtfPipe/data", ".rtf")
             if os.path.exists(p[:-4] + ".html")}
    found = read_all("-d", pairs)
    for path, page in pairs.items():
        with open(page, encoding="utf-8-sig", errors="replace") as file:
            text = re.sub(r"<(style|head)\b.*?</\1>", "", file.read(), flags=re.S)
        wanted = html.unescape(re.sub(r"<[^>]*>", " ", text))
        row = found[path]
        tally.add("text", path, words(wanted), words(row.get("text", row.get("error"))))


# ---- PDF forms ----

def qpdf_fields(path, row):
    """(name, kind, value) once for each field that a person sees and can fill in."""
    fields = collections.OrderedDict()
    for field in row.get("fields", []):
        value = field.get("value")
        kind = {"/Tx": "text", "/Ch": "choice"}.get(field.get("type"))
        if field.get("is_checkbox"):
            kind = "box"
        elif field.get("is_radio"):
            kind = "radio"
        if kind is None:
            continue
        if isinstance(value, list):
            value = [v[2:] if v.startswith("u:") else v for v in value]
        elif isinstance(value, str) and value.startswith("u:"):
            value = value[2:]
        if kind in ("box", "radio"):
            value = value not in (None, "/Off", "/", "")
        fields[field["name"]] = (kind, value if value is not None else "")
    return fields


def compare_fields(tally, path, fields, spans):
    by_name = collections.defaultdict(list)
    for span in spans:
        by_name[span.get("name")].append(span)
    for name, (kind, value) in fields.items():
        ours = by_name.get(name) or by_name.get(name.rsplit(".", 1)[-1]) or []
        if not ours:
            tally.add("field is missing", path, name, sorted(map(str, by_name)))
        elif kind in ("box", "radio"):
            tally.add(kind + " is ticked", path, (name, value),
                      (name, any(s["checked"] for s in ours)))
        else:
            several = isinstance(value, list)
            value = sorted(map(words, value)) if several else words(str(value))
            texts = [sorted(map(words, s["text"].split(";"))) if several else words(s["text"])
                     for s in ours]
            tally.add("value of a " + kind, path, (name, value),
                      (name, value if value in texts else texts))


def qpdf(tally):
    wanted = {}
    for listing in files("pdf", "pdf-fields.qpdf.jsonl"):
        with open(listing, encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                path = os.path.join(os.path.dirname(listing), "data", row["file"])
                if row.get("fields") and os.path.exists(path):
                    wanted[path] = qpdf_fields(path, row)
    found = read_all("-d", wanted)
    for path, fields in wanted.items():
        if "spans" not in found[path]:
            tally.add("PDF is not read", path, "", found[path]["error"])
        else:
            compare_fields(tally, path, fields, found[path]["spans"])


def pdfcpu_fields(form):
    fields = collections.OrderedDict()
    for kind in ("textfield", "datefield", "combobox", "listbox"):
        for field in form.get(kind, []):
            value = field.get("value", field.get("values", ""))
            fields[field.get("name") or field["id"]] = (
                "text" if kind in ("textfield", "datefield") else "choice", value or "")
    for field in form.get("checkbox", []):
        fields[field.get("name") or field["id"]] = ("box", bool(field.get("value")))
    for field in form.get("radiobuttongroup", []):
        fields[field.get("name") or field["id"]] = ("radio", bool(field.get("value")))
    return fields


def pdfcpu(tally):
    """fill/NAME.json was filled into fill/NAME.pdf, export/NAME.json came out of demoSinglePage/."""
    root = os.path.join(CORPUS, "pdf/pdfcpu+pdfcpu/data")
    pairs = {}
    for folder, pdfs in (("fill", "fill"), ("export", "demoSinglePage")):
        for expected in files("pdf/pdfcpu+pdfcpu/data/" + folder, ".json"):
            path = os.path.join(root, pdfs, os.path.basename(expected)[:-5] + ".pdf")
            if os.path.exists(path):
                pairs[path] = expected
    found = read_all("-d", pairs)
    for path, expected in pairs.items():
        for form in load(expected)["forms"]:
            compare_fields(tally, path, pdfcpu_fields(form), found[path].get("spans", []))


SETS = collections.OrderedDict([
    ("stalwart", stalwart), ("mailcore2", mailcore), ("summaries", summaries), ("tnef", tnef),
    ("twins", twins), ("striprtf", striprtf), ("rtfpipe", rtfpipe), ("qpdf", qpdf),
    ("pdfcpu", pdfcpu)])


def report(name, tally, verbose, results):
    if results:
        with open(results, "a", encoding="utf-8") as file:
            file.write("%s %d %d\n" % (name, tally.right, tally.all))
    print("%-10s agree %d of %d (%.2f %%)" % (name, tally.right, tally.all,
                                              100.0 * tally.right / max(tally.all, 1)))
    for kind, rows in tally.classes.items():
        print("    %4d %s" % (len(rows), kind))
        for where, wanted, found in rows if verbose else []:
            print("         %s\n           wanted %.400r\n           found  %.400r" %
                  (os.path.relpath(where, CORPUS), wanted, found))


def main():
    verbose = "-v" in sys.argv
    results = sys.argv[sys.argv.index("-r") + 1] if "-r" in sys.argv else None
    chosen = [a for a in sys.argv[1:] if a in SETS] or list(SETS)
    if not os.path.isdir(CORPUS):
        print("SKIP: no corpus at " + CORPUS)
        return 77
    for name in chosen:
        tally = Tally()
        SETS[name](tally)
        report(name, tally, verbose, results)
    return 0


if __name__ == "__main__":
    sys.exit(main())
