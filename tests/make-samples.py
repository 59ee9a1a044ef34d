#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/make-samples.py - make the sample mails of the demo (templates/samples/*.eml).
#
# All people, places and events are invented; addresses are of example domains.
# The same run gives the same bytes.  Usage: tests/make-samples.py [FOLDER]
import io
import sys
import zipfile
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from xml.sax.saxutils import escape

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
W = ('xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
     'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"')

# ---- Word documents -------------------------------------------------------------------------


def run(text, bold=False, size=None):
    look = ("<w:b/>" if bold else "") + (f'<w:sz w:val="{size}"/>' if size else "")
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(t)}</w:t>' for t in text.split("\n"))
    return f"<w:r><w:rPr>{look}</w:rPr>{lines}</w:r>"


def paragraph(text, style=None, **look):
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}{run(text, **look)}</w:p>"


def tick(label, checked):
    """A check box of Word (a content control) and its label."""
    state = f'<w14:checkbox><w14:checked w14:val="{int(checked)}"/></w14:checkbox>'
    return (f"<w:sdt><w:sdtPr>{state}</w:sdtPr><w:sdtContent>{run('☒' if checked else '☐')}"
            f"</w:sdtContent></w:sdt>{run(' ' + label + '   ')}")


def cell(inside, width, shade=None):
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{fill}</w:tcPr>{inside}</w:tc>'


def answer(value):
    """Plain text, or a list of (label, checked) to tick."""
    if isinstance(value, str):
        return "".join(paragraph(line) for line in value.split("\n"))
    return f"<w:p>{''.join(tick(*option) for option in value)}</w:p>"


def table(rows):
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{s} w:val="single" w:sz="4" w:color="808080"/>' for s in sides)
    body = "".join(
        "<w:tr>" + cell(paragraph(label, bold=True), 3300, "E7EEF4") + cell(answer(value), 6300)
        + "</w:tr>" for label, value in rows)
    return (f"<w:tbl><w:tblPr><w:tblW w:w='9600' w:type='dxa'/><w:tblBorders>{lines}"
            f"</w:tblBorders></w:tblPr><w:tblGrid><w:gridCol w:w='3300'/><w:gridCol w:w='6300'/>"
            f"</w:tblGrid>{body}</w:tbl>")


def docx(title, opening, sections, closing):
    parts = [paragraph(title, bold=True, size=36)]
    parts += [paragraph(text) for text in opening]
    for heading, rows in sections:
        parts += [paragraph(heading, style="Heading1"), table(rows)]
    parts += [paragraph(text) for text in closing]
    page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:bottom="1134" ' \
           'w:left="1134" w:right="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
    files = {
        "[Content_Types].xml":
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{DOCX}.main+xml"/>'
            '<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-'
            'officedocument.wordprocessingml.styles+xml"/></Types>',
        "_rels/.rels": relationships("officeDocument", "word/document.xml"),
        "word/_rels/document.xml.rels": relationships("styles", "styles.xml"),
        "word/styles.xml":
            f'<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" '
            'w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="22"/></w:rPr></w:rPrDefault>'
            '</w:docDefaults><w:style w:type="paragraph" w:styleId="Heading1">'
            '<w:name w:val="heading 1"/><w:pPr><w:spacing w:before="240" w:after="80"/>'
            '<w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="28"/></w:rPr></w:style>'
            '</w:styles>',
        "word/document.xml":
            f"<w:document {W}><w:body>{''.join(parts)}{page}</w:body></w:document>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, '<?xml version="1.0" encoding="UTF-8"?>' + text)
    return out.getvalue()


def relationships(kind, target):
    base = "http://schemas.openxmlformats.org"
    return (f'<Relationships xmlns="{base}/package/2006/relationships"><Relationship Id="rId1" '
            f'Type="{base}/officeDocument/2006/relationships/{kind}" '
            f'Target="{target}"/></Relationships>')


# ---- PDF form -------------------------------------------------------------------------------


class PdfForm:
    """A one-page A4 form with text fields and check boxes, filled in."""

    def __init__(self):
        self.objects = [b""] * 6  # 1 catalog, 2 pages, 3 page, 4 content, 5 and 6 fonts
        self.fields, self.drawn, self.y = [], [], 800

    def add(self, data):
        self.objects.append(data.encode("latin-1"))
        return len(self.objects)

    @staticmethod
    def text(value):
        return "(" + value.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") + ")"

    def draw(self, text, x, y, size=10, bold=False):
        font = "F2" if bold else "F1"
        self.drawn.append(f"BT /{font} {size} Tf {x} {y} Td {self.text(text)} Tj ET")

    def stream(self, data, extra=""):
        return f"<< /Length {len(data.encode('latin-1'))} {extra}>>\nstream\n{data}\nendstream"

    def line(self, text, size=10, bold=False, gap=18):
        self.y -= gap
        self.draw(text, 50, self.y, size, bold)

    def field(self, label, name, value, lines=1):
        self.y -= 24
        self.draw(label, 50, self.y)
        low, high = self.y - 13 * lines + 7, self.y + 13
        box = f"[210 {low} 545 {high}]"
        self.drawn.append(f"0.6 G 210 {low} 335 {high - low} re S 0 G")
        rows = value.split("\n")
        shown = " ".join(f"{self.text(row)} Tj 0 -12 Td" for row in rows)
        look = self.add(self.stream(
            f"/Tx BMC q BT /F1 10 Tf 2 {high - low - 13} Td {shown} ET Q EMC",
            f"/Type /XObject /Subtype /Form /BBox [0 0 335 {high - low}] "
            "/Resources << /Font << /F1 5 0 R >> >> "))
        flags = "/Ff 4096 " if lines > 1 else ""
        self.fields.append(self.add(
            f"<< /Type /Annot /Subtype /Widget /FT /Tx /T {self.text(name)} /TU {self.text(label)} "
            f"/V {self.text(value)} /DA (/F1 10 Tf 0 g) /Rect {box} /F 4 /P 3 0 R {flags}"
            f"/AP << /N {look} 0 R >> >>"))
        self.y = low

    def boxes(self, label, name, options):
        self.y -= 24
        self.draw(label, 50, self.y)
        for i, (option, checked) in enumerate(options):
            x = 210 + 85 * i
            self.drawn.append(f"0.6 G {x} {self.y - 2} 11 11 re S 0 G")
            self.draw(option, x + 16, self.y)
            on = self.add(self.stream("1 w 2 2 m 9 9 l 2 9 m 9 2 l S",
                                      "/Type /XObject /Subtype /Form /BBox [0 0 11 11] "))
            off = self.add(self.stream("", "/Type /XObject /Subtype /Form /BBox [0 0 11 11] "))
            state = "Yes" if checked else "Off"
            self.fields.append(self.add(
                f"<< /Type /Annot /Subtype /Widget /FT /Btn /T {self.text(f'{name}.{option}')} "
                f"/TU {self.text(f'{label}: {option}')} /V /{state} /AS /{state} /F 4 /P 3 0 R "
                f"/Rect [{x} {self.y - 2} {x + 11} {self.y + 9}] "
                f"/AP << /N << /Yes {on} 0 R /Off {off} 0 R >> >> >>"))

    def write(self):
        kids = " ".join(f"{n} 0 R" for n in self.fields)
        font = "<< /Type /Font /Subtype /Type1 /BaseFont /{} /Encoding /WinAnsiEncoding >>"
        fonts = "<< /Font << /F1 5 0 R /F2 6 0 R >> >>"
        fixed = [
            f"<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) /AcroForm << /Fields [{kids}] "
            f"/DR {fonts} /DA (/F1 10 Tf 0 g) >> >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            f"/Resources {fonts} /Annots [{kids}] >>",
            self.stream("\n".join(self.drawn)),
            font.format("Helvetica"), font.format("Helvetica-Bold")]
        self.objects[:6] = [text.encode("latin-1") for text in fixed]
        out, places = bytearray(b"%PDF-1.5\n"), []
        for number, data in enumerate(self.objects, 1):
            places.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, data)
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
        out += b"".join(b"%010d 00000 n \n" % place for place in places)
        out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
            len(places) + 1, start)
        return bytes(out)


# ---- the forms ------------------------------------------------------------------------------

NUMBERS = "If a child is in danger now, phone 999. Do not wait for an answer to this form."


def parent_docx():
    return docx(
        "Telling the LADO about your concern: form for parents and carers",
        ["Use this form if you are worried about how an adult who works or volunteers with "
         "children has behaved. You do not have to know every answer.", NUMBERS],
        [("About you",
          [("Your name", "Marta Kowalczyk-Żuraw"), ("How are you related to the child?", "Mother"),
           ("Address", "14 Alder Close, Littlemere"), ("Postcode", "CT99 1AA"),
           ("Telephone", "01632 960 114"), ("Email", "marta.kowalczyk@mail.example.com"),
           ("Best time to contact you", "Weekday evenings after six"),
           ("Do you need an interpreter?", [("Yes", True), ("No", False)]),
           ("Which language?", "Polish")]),
         ("About the child",
          [("Child’s name", "Zuzanna Kowalczyk"), ("Date of birth", "17/09/2014"),
           ("Home address", "14 Alder Close, Littlemere, CT99 1AA"),
           ("School or setting", "Littlemere Swimming Club"),
           ("Does the child have a disability?", [("Yes", False), ("No", True)])]),
         ("The adult you are worried about",
          [("Name of the adult", "Colin Farthing"), ("Job or role", "Swimming coach"),
           ("Where they work or volunteer", "Littlemere Swimming Club, Baths Road, Littlemere"),
           ("Their date of birth, if you know it", ""),
           ("Do they work with children anywhere else?",
            [("Yes", False), ("No", False), ("Not known", True)])]),
         ("What happened",
          [("When did it happen?", "2 March 2024, about 10.30 in the morning"),
           ("Where did it happen?", "At the side of the small pool"),
           ("Please tell us what happened, in your own words",
            "Zuzanna was slow getting out of the water. The coach shouted at her and pulled her "
            "up by the arm. She cried and had a red mark above her elbow in the afternoon.\n"
            "Two other parents were in the gallery and saw it."),
           ("Did anyone else see it?", "Priya Raman and Dean Okafor, parents"),
           ("Was the child hurt?", "A red mark on the left arm, gone the next day")]),
         ("What has been done so far",
          [("Have you told the school, club or employer?", [("Yes", True), ("No", False)]),
           ("What did they say?", "The club secretary said she would speak to him."),
           ("Have you told the police?", [("Yes", False), ("No", True)])]),
         ("Declaration",
          [("Signed", "Marta Kowalczyk-Żuraw"), ("Date", "5 March 2024")])],
        ["Send this form to the LADO mailbox. Page 1 of 2"])


def parent_pdf():
    form = PdfForm()
    form.line("LADO referral form for parents and carers", 16, True, 0)
    form.line("Tell us about an adult who works or volunteers with children.")
    form.line(NUMBERS)
    form.line("Your details", 12, True, 26)
    form.field("Your name", "your_name", "Gareth Pryce-Bevan")
    form.field("Relationship to child", "relationship", "Grandfather")
    form.field("Address and postcode", "your_address", "2 Chapel Lane, Hopton\nTN99 7ZZ", 2)
    form.field("Telephone number", "your_phone", "01632 960 229")
    form.field("Email address", "your_email", "gareth.pryce@post.example.net")
    form.line("The child", 12, True, 26)
    form.field("Child's full name", "child_name", "Osian Pryce")
    form.field("Date of birth", "child_dob", "04/02/2016")
    form.field("School or nursery", "child_school", "Hopton Primary School")
    form.line("The person you are worried about", 12, True, 26)
    form.field("Name of the person", "adult_name", "Hazel Thornbury")
    form.field("Job title or role", "adult_job", "Teaching assistant")
    form.field("Place of work", "adult_work", "Hopton Primary School")
    form.line("What happened", 12, True, 26)
    form.field("Date it happened", "incident_date", "29/02/2024")
    form.field("What happened?", "story",
               "Osian says she shut him in the book cupboard\nbecause he would not sit still. He "
               "says it was\ndark and she laughed.", 5)
    form.boxes("Have you told the school?", "told_school", [("Yes", False), ("No", True)])
    form.boxes("Have you told the police?", "told_police", [("Yes", False), ("No", True)])
    form.field("Signed", "signed", "G. Pryce-Bevan")
    form.field("Date", "signed_date", "04/03/2024")
    return form.write()


def agency_docx(date, incident):
    return docx(
        "Agency referral to the LADO: form for professionals",
        ["To be completed by the designated safeguarding lead or the senior manager of the "
         "employing agency, within one working day.", NUMBERS],
        [("Referrer",
          [("Referrer’s name", "Imogen Castell"), ("Job title", "Designated Safeguarding Lead"),
           ("Agency or organisation", "Brookvale Academy"),
           ("Work address", "Brookvale Academy, Mill Road, Hopton, TN99 2AB"),
           ("Telephone", "01632 960 360"), ("Email", "i.castell@brookvale.example.org"),
           ("Date of referral", date)]),
         ("Adult against whom the allegation is made",
          [("Name", "Stuart Pellow"), ("Date of birth", "11/06/1988"),
           ("Job title", "Cover supervisor"), ("Employer", "Brookvale Academy"),
           ("Length of service", "Two years"),
           ("Employed through an agency?", [("Yes", False), ("No", True)]),
           ("Is this person aware of the referral?", [("Yes", False), ("No", True)])]),
         ("Child",
          [("Child’s name", "Ellis Quarrie"), ("Date of birth", "23/11/2010"),
           ("School", "Brookvale Academy"),
           ("Are the parents aware?", [("Yes", True), ("No", False)])]),
         ("Allegation",
          [("Date of incident", incident), ("Place of incident", "Science corridor"),
           ("Full details of the allegation",
            "A pupil reported that Mr Pellow blocked the doorway and swore at him at close range. "
            "A second pupil gave the same account to the head of year."),
           ("Action taken so far", "Both pupils spoken to once. Mr Pellow is working from the "
                                   "office today. HR lead informed.")]),
         ("LADO only", [("Name of LADO", ""), ("Decision", ""), ("Outcome", "")])],
        ["OFFICIAL - SENSITIVE when completed"])


# ---- the mails ------------------------------------------------------------------------------

PARENTS, LEGACY = "lado@example.org", "cls@example.org"


def mail(sender, to, subject, date, body, sample):
    out = EmailMessage(policy=SMTP.clone(max_line_length=120))
    domain = sender.rpartition("@")[2].rstrip(">")
    out["X-Postern-Sample"] = sample
    out["Return-Path"] = f"<{sender.rpartition('<')[2].rstrip('>')}>"
    out["Authentication-Results"] = (f"mx.example.org; dmarc=pass header.from={domain}; "
                                     f"spf=pass smtp.mailfrom={domain}")
    out["From"], out["To"], out["Subject"], out["Date"] = sender, to, subject, date
    out["Message-ID"] = f"<sample.{date[5:16].replace(' ', '').lower()}@{domain}>"
    out.set_content(body, cte="quoted-printable")
    return out


def attach(out, data, name, kind):
    major, minor = kind.split("/")
    out.add_attachment(data, maintype=major, subtype=minor, filename=name)
    out.set_boundary("=_sample_boundary")
    return out


def parents_mails():
    yield "parent-docx", attach(mail(
        "Marta Kowalczyk <marta.kowalczyk@mail.example.com>", PARENTS, "Form about swimming club",
        "Tue, 05 Mar 2024 09:58:12 +0000",
        "Hello,\n\nI have filled in your form, it is attached.\n\nMarta Kowalczyk\n",
        "mailbox=lado-parents; received=2024-03-05T10:00:00Z; action=accept"),
        parent_docx(), "concern form.docx", DOCX)
    yield "parent-pdf-form", attach(mail(
        "Gareth Pryce-Bevan <gareth.pryce@post.example.net>", PARENTS, "My grandson Osian",
        "Mon, 04 Mar 2024 19:40:03 +0000",
        "Dear LADO,\n\nplease find my form enclosed. I would rather be phoned than emailed.\n\n"
        "Yours faithfully\nGareth Pryce-Bevan\n",
        "mailbox=lado-parents; received=2024-03-04T19:41:00Z; action=accept"),
        parent_pdf(), "LADO form GPB.pdf", "application/pdf")
    yield "disclosure-in-body", mail(
        "Dawn <dawn.hollis@mail.example.com>", PARENTS, "please help",
        "Sat, 09 Mar 2024 22:14:47 +0000",
        "Hi, I dont have a form I'm doing this on my phone.\n\nMy son Reece who is 9 goes to the "
        "football on Saturdays. He told me tonight that the man who runs it, Terry, makes him and "
        "another boy stay behind and has been sending him messages late at night asking for "
        "pictures of him in his kit. I have seen the messages. I have not said anything to Terry.\n"
        "\nWhat do I do? Please ring me 01632 960 075.\n\nDawn Hollis\n",
        "mailbox=lado-parents; received=2024-03-09T22:15:00Z; action=hold")
    whole = parent_docx()
    yield "broken-attachment", attach(mail(
        "Samuel Adeyemi <s.adeyemi@post.example.net>", PARENTS, "Concern form, 2nd try",
        "Thu, 07 Mar 2024 12:31:30 +0000",
        "Hello, my computer stopped while I saved this. I hope you can read the form. It is about "
        "my daughter and her dance teacher.\n\nSamuel Adeyemi\n",
        "mailbox=lado-parents; received=2024-03-07T12:32:00Z; action=hold"),
        whole[:len(whole) * 2 // 3], "form.docx", DOCX)


def other_mails():
    body = ("Good morning\n\nPlease find attached our referral about a member of staff.\n\n"
            "Kind regards\n\nImogen Castell\nDesignated Safeguarding Lead\nBrookvale Academy\n"
            "01632 960 360\n")
    sender = "Imogen Castell <i.castell@brookvale.example.org>"
    yield "professional-after-cutoff", attach(mail(
        sender, LEGACY, "LADO referral", "Wed, 06 Mar 2024 08:51:20 +0000", body,
        "mailbox=cls-legacy; received=2024-03-06T08:52:00Z; action=redirect"),
        agency_docx("06/03/2024", "05/03/2024"), "LADO referral SP.docx", DOCX)
    yield "professional-before-cutoff", attach(mail(
        sender, LEGACY, "LADO referral", "Wed, 01 Mar 2023 08:51:20 +0000", body,
        "mailbox=cls-legacy; received=2023-03-01T08:52:00Z; action=accept"),
        agency_docx("01/03/2023", "28/02/2023"), "LADO referral SP.docx", DOCX)
    away = mail(
        "Imogen Castell <i.castell@brookvale.example.org>", PARENTS,
        "Automatic reply: We have received your email", "Fri, 08 Mar 2024 16:05:00 +0000",
        "I am out of the office until Monday 18 March. Please contact reception.\n",
        "mailbox=lado-parents; received=2024-03-08T16:05:00Z; action=ignore")
    away["Auto-Submitted"] = "auto-replied"
    away["X-Auto-Response-Suppress"] = "All"
    yield "out-of-office", away


def main():
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent /
                  "templates" / "samples")
    folder.mkdir(parents=True, exist_ok=True)
    for source in (parents_mails, other_mails):
        for name, message in source():
            data = message.as_bytes()
            (folder / f"{name}.eml").write_bytes(data)
            print(f"{len(data):6} {name}.eml")


main()
