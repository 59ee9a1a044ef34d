# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws a form once and writes it as Word, HTML or plain text.

A form is a list of blocks: ("h", text), ("p", text) and ("t", rows).  A row is a list of cells, a
cell is a text, or (text, columns) when it spans.  Lines of a cell are its paragraphs.  In a text
**x** is bold, ~~x~~ struck, [[x]] what was typed into a control, [[?x]] its placeholder, and a
cell that begins with # is shaded.
"""
import html
import io
import re
import zipfile

MARKS = re.compile(r'(\*\*.+?\*\*|~~.+?~~|\[\[.*?\]\])')
NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = ('<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/'
         'package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.open'
         'xmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
         'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.'
         'main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxml'
         'formats-officedocument.wordprocessingml.styles+xml"/></Types>')
PART_RELS = ('<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxml'
             'formats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.'
             'openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>'
             '</Relationships>')
STYLES = (f'<?xml version="1.0" encoding="UTF-8"?><w:styles {NS}><w:style w:type="paragraph" '
          'w:styleId="Heading1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/>'
          '</w:pPr></w:style></w:styles>')
RELS = ('<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats'
        '.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxml'
        'formats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>')


def parse_cell(cell):
    """(text, columns, shaded)"""
    text, span = cell if isinstance(cell, tuple) else (cell, 1)
    return text.removeprefix('#'), span, text.startswith('#')


def plain(text):
    text = re.sub(r'\[\[\??(.*?)\]\]', r'\1', text)
    return re.sub(r'\*\*|~~', '', text)


# ---------------------------------------------------------------- Word
def docx_run(text, props=''):
    body = '<w:tab/>'.join(f'<w:t xml:space="preserve">{html.escape(x, quote=False)}</w:t>'
                           for x in text.split('\t'))
    return f'<w:r>{f"<w:rPr>{props}</w:rPr>" if props else ""}{body}</w:r>'


def docx_runs(text):
    out = ''
    for part in MARKS.split(text):
        if part.startswith('**'):
            out += docx_run(part[2:-2], '<w:b/>')
        elif part.startswith('~~'):
            out += docx_run(part[2:-2], '<w:strike/>')
        elif part.startswith('[['):
            hint = part.startswith('[[?')
            out += (f'<w:sdt><w:sdtPr>{"<w:showingPlcHdr/>" if hint else ""}<w:text/></w:sdtPr>'
                    f'<w:sdtContent>{docx_run(part[3:-2] if hint else part[2:-2])}'
                    '</w:sdtContent></w:sdt>')
        elif part:
            out += docx_run(part)
    return out


def docx_paragraphs(text, props=''):
    return ''.join(f'<w:p>{props}{docx_runs(x)}</w:p>' for x in text.split('\n'))


def docx_table(rows):
    out = '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
    for row in rows:
        out += '<w:tr>'
        for text, span, shaded in map(parse_cell, row):
            props = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ''
            props += '<w:shd w:val="clear" w:fill="D9D9D9"/>' if shaded else ''
            out += f'<w:tc><w:tcPr>{props}</w:tcPr>{docx_paragraphs(text)}</w:tc>'
        out += '</w:tr>'
    return out + '</w:tbl><w:p/>'


def docx(blocks):
    out = ''
    for kind, what in blocks:
        if kind == 't':
            out += docx_table(what)
        else:
            style = '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>' if kind == 'h' else ''
            out += docx_paragraphs(what, style)
    data = io.BytesIO()
    with zipfile.ZipFile(data, 'w', zipfile.ZIP_DEFLATED) as z:
        for name, text in (('[Content_Types].xml', TYPES), ('_rels/.rels', RELS),
                           ('word/_rels/document.xml.rels', PART_RELS),
                           ('word/styles.xml', STYLES),
                           ('word/document.xml', '<?xml version="1.0" encoding="UTF-8"?>'
                            f'<w:document {NS}><w:body>{out}</w:body></w:document>')):
            z.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), text,
                       zipfile.ZIP_DEFLATED)
    return data.getvalue()


# ---------------------------------------------------------------- HTML
def html_runs(text):
    text = re.sub(r'\[\[\??(.*?)\]\]', r'\1', html.escape(text, quote=False))
    text = re.sub(r'\*\*(.+?)\*\*', r'<b>\1</b>', text)
    text = re.sub(r'~~(.+?)~~', r'<s>\1</s>', text)
    return text.replace('\n', '<br>').replace('\t', ' &nbsp; &nbsp; ')


def html_page(blocks):
    out = '<html><body>'
    for kind, what in blocks:
        if kind != 't':
            tag = 'h2' if kind == 'h' else 'p'
            out += f'<{tag}>{html_runs(what)}</{tag}>\n'
            continue
        out += '<table border="1">'
        for row in what:
            out += '<tr>'
            for text, span, shaded in map(parse_cell, row):
                out += (f'<td{f" colspan={span}" if span > 1 else ""}'
                        f'{" bgcolor=#D9D9D9" if shaded else ""}>{html_runs(text)}</td>')
            out += '</tr>\n'
        out += '</table>\n'
    return (out + '</body></html>').encode()


# ---------------------------------------------------------------- plain text
def text_page(blocks):
    out = []
    for kind, what in blocks:
        if kind != 't':
            out.append(plain(what))
            out.append('' if kind == 'h' else None)
            continue
        for row in what:
            out.append('\t'.join(plain(parse_cell(c)[0]).replace('\n', ' ') for c in row))
        out.append('')
    return '\n'.join(x for x in out if x is not None).encode() + b'\n'
