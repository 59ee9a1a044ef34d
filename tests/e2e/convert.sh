#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/e2e/convert.sh - forms that only LibreOffice and libheif can read, through the whole daemon.
#
# The forms are blank ones of our own, filled in here and saved by LibreOffice as other programs do.
#
# Usage:    top_srcdir=... top_builddir=... convert.sh
# Source:   doc/process-model.md, "Converters"

top_srcdir=${top_srcdir:-.} top_builddir=${top_builddir:-.}
PATH=$(cd "$top_builddir" && pwd):$PATH
for needed in bwrap soffice /usr/bin/python3; do
    command -v "$needed" >/dev/null || { echo "SKIP: $needed is not installed"; exit 77; }
done
bwrap --unshare-all --ro-bind / / true 2>/dev/null || { echo "SKIP: no user namespaces here"; exit 77; }
root=$(mktemp -d "${TMPDIR:-/tmp}/convert.XXXXXX")
[ -n "$KEEP" ] || trap 'rm -rf "$root"' EXIT
failures=0 checks=0

# has WHAT PATTERN FILE
has() {
    checks=$((checks + 1))
    grep -q -- "$2" "$3" || {
        failures=$((failures + 1))
        echo "FAIL $1: no '$2' in:"
        head -12 "$3" | sed 's/^/     /'
    }
}

# save_as FORMAT SOURCE: by LibreOffice, beside the source
save_as() {
    HOME=$root soffice --headless -env:UserInstallation="file://$root/profile" \
        --convert-to "$1" --outdir "$root/forms" "$2" >/dev/null 2>&1
}

# mail_with FILE: on standard output, a parent's mail with that attached under a name that says nothing
mail_with() {
    printf '%s\r\n' "Return-Path: <jo@example.com>" "Delivered-To: lado@example.org" \
        "From: Jo Example <jo@example.com>" "To: lado@example.org" "Subject: my form" \
        "Message-ID: <$(basename "$1").$$@example.com>" "Date: $(date -R)" "MIME-Version: 1.0" \
        "Content-Type: multipart/mixed; boundary=b" "" "--b" "" "Here is my form." "--b" \
        "Content-Type: application/octet-stream; name=\"attached\"" \
        "Content-Transfer-Encoding: base64" "" "$(base64 -w 76 "$1" | sed 's/$/\r/')" "--b--"
}

mkdir -p "$root"/{forms,spool,in/{tmp,new,cur},out/{tmp,new,cur}}
cat >"$root/postern.conf" <<CONF
[service]
parsers = 1
[spool]
url = sqlite:$root/spool/postern.db
master-key-file = $root/master.key
[mailbox lado-parents]
url = maildir:$root/in
address = lado@example.org
role = lado-parents
[smtp]
url = maildir:$root/out
from = Service <lado@example.org>
CONF
postern make-key "$root/master.key" >/dev/null

# ---- the forms ----

cat >"$root/forms/form.html" <<'HTML'
<html><body><h1>LADO referral form for parents and carers</h1>
<table border=1>
<tr><td><b>Your name</b></td><td>Robin Marlowe</td></tr>
<tr><td><b>Your relationship to the child</b></td><td>Mother</td></tr>
<tr><td><b>Your telephone number</b></td><td>01622 496111</td></tr>
<tr><td><b>Child's name</b></td><td>Wren Marlowe</td></tr>
<tr><td><b>Child's date of birth</b></td><td>03/04/2014</td></tr>
<tr><td><b>Name of the adult you are worried about</b></td><td>Morgan Teasel</td></tr>
<tr><td><b>Where the adult works</b></td><td>Invicta Swimming Club</td></tr>
<tr><td><b>What happened?</b></td><td>The coach shouted at my daughter and pushed her.</td></tr>
</table></body></html>
HTML
(cd "$root/forms" && HOME=$root soffice --headless -env:UserInstallation="file://$root/profile" \
    --infilter="HTML (StarWriter)" --convert-to docx:"MS Word 2007 XML" form.html >/dev/null 2>&1)
save_as "xml:MS Word 2003 XML" "$root/forms/form.docx"
save_as uot "$root/forms/form.docx"
(cd "$root/forms" && HOME=$root soffice --headless -env:UserInstallation="file://$root/profile" \
    --infilter="HTML (StarCalc)" --convert-to xlsx form.html >/dev/null 2>&1)
save_as xls "$root/forms/form.xlsx"
save_as ods "$root/forms/form.xlsx"

# OpenOffice 1, which no LibreOffice writes any more.
/usr/bin/python3 - "$root/forms/form.sxw" <<'PYTHON'
import sys, zipfile
rows = [("Your name", "Robin Marlowe"), ("Your relationship to the child", "Mother"), ("Child's name", "Wren Marlowe"),
        ("Child's date of birth", "03/04/2014"), ("Name of the adult you are worried about", "Morgan Teasel"),
        ("What happened?", "The coach shouted at my daughter and pushed her.")]
cell = '<table:table-cell><text:p>%s</text:p></table:table-cell>'
table = ''.join('<table:table-row>' + cell % label + cell % value + '</table:table-row>' for label, value in rows)
with zipfile.ZipFile(sys.argv[1], 'w') as package:
    package.writestr('mimetype', 'application/vnd.sun.xml.writer')
    package.writestr('META-INF/manifest.xml', '<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest">'
                     '<manifest:file-entry manifest:media-type="application/vnd.sun.xml.writer" manifest:full-path="/"/>'
                     '<manifest:file-entry manifest:media-type="text/xml" manifest:full-path="content.xml"/>'
                     '</manifest:manifest>')
    package.writestr('content.xml', '<office:document-content xmlns:office="http://openoffice.org/2000/office" '
                     'xmlns:text="http://openoffice.org/2000/text" xmlns:table="http://openoffice.org/2000/table" '
                     'office:class="text" office:version="1.0"><office:body>'
                     '<text:p>LADO referral form for parents and carers</text:p><table:table table:name="T">'
                     '<table:table-column table:number-columns-repeated="2"/>' + table +
                     '</table:table></office:body></office:document-content>')
PYTHON

# ---- one by one ----

for kind in xml uot sxw xls xlsx ods; do
    [ -s "$root/forms/form.$kind" ] || { echo "SKIP $kind: this LibreOffice does not write it"; continue; }
    mail_with "$root/forms/form.$kind" >"$root/$kind.eml"
    postern examine --config "$root/postern.conf" "$root/$kind.eml" >"$root/$kind.txt" 2>&1
    has "$kind: the form" "form lado-parent" "$root/$kind.txt"
    has "$kind: the name" "referrer.name  *Robin Marlowe" "$root/$kind.txt"
    has "$kind: the date, day first" "child.1.dob  *2014-04-03" "$root/$kind.txt"
    has "$kind: the story" "pushed her" "$root/$kind.txt"
    postern examine --json --config "$root/postern.conf" "$root/$kind.eml" >"$root/$kind.json" 2>&1
    has "$kind: staff are told" "was converted to be read" "$root/$kind.json"
done

# ---- a picture of a page, as telephones take it ----

if command -v heif-enc >/dev/null && command -v pdftoppm >/dev/null && [ -s "$root/forms/form.docx" ]; then
    save_as pdf "$root/forms/form.docx"
    pdftoppm -r 200 -png -singlefile "$root/forms/form.pdf" "$root/forms/page"
    heif-enc "$root/forms/page.png" -o "$root/forms/page.heic" >/dev/null 2>&1
    mail_with "$root/forms/page.heic" >"$root/heic.eml"
    postern examine --config "$root/postern.conf" "$root/heic.eml" >"$root/heic.txt" 2>&1
    has "HEIC: held as a picture" "^$root/heic.eml: hold" "$root/heic.txt"
    if [ "$(postern examine --json --config "$root/postern.conf" "$root/heic.eml" | grep -c 'HEIC')" != 0 ]; then
        has "HEIC: read" "Robin Marlowe" "$root/heic.txt"
    else
        echo "SKIP HEIC: pictures are not read by this build"
    fi
else
    echo "SKIP HEIC: heif-enc or pdftoppm is not installed"
fi

# ---- what cannot be converted ----

printf '\xffWPC\x10\x00\x00\x00\x01\x0a\x02\x01garbage' >"$root/forms/broken.wpd"
mail_with "$root/forms/broken.wpd" >"$root/broken.eml"
postern examine --config "$root/postern.conf" "$root/broken.eml" >"$root/broken.txt" 2>&1
has "broken: held" ": hold" "$root/broken.txt"
has "broken: what it was and why" "unsupported: wordperfect: WordPerfect document; LibreOffice" "$root/broken.txt"

sed 's/^\[service\]/&\nconvert = false/' "$root/postern.conf" >"$root/off.conf"
postern examine --config "$root/off.conf" "$root/uot.eml" >"$root/off.txt" 2>&1
has "switched off: held" "Uniform Office document; not converted: the settings" "$root/off.txt"

# ---- the whole daemon: as an account without rights, behind the intake's own filter ----

for kind in uot xls broken; do
    mail_with "$root/forms/$([ $kind = broken ] && echo broken.wpd || echo form.$kind)" >"$root/in/new/$kind"
done
if [ "$(id -u)" = 0 ]; then
    sed -i 's/^\[service\]/&\nuser = nobody/' "$root/postern.conf"
    chown -R nobody "$root"
    chmod 755 "$root"
fi
posternd --config "$root/postern.conf" --once >"$root/log" 2>&1 || has "daemon: exit" "never" "$root/log"
postern list --json --config "$root/postern.conf" >"$root/list" 2>&1
checks=$((checks + 1))
[ "$(grep -c '"form":"lado-parent"' "$root/list")" = 2 ] || {
    failures=$((failures + 1))
    echo "FAIL daemon: two forms wanted:"
    cut -c1-300 "$root/list" "$root/log"
}
has "daemon: the third is held" "WordPerfect document" "$root/list"

echo "convert: $checks checks, $failures failed"
[ $failures = 0 ]
