#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/check-docs.sh - the documents tell the truth about the code, as far as a program can see.
#
# Every folder/file.c:function() that a document names exists, every link to a file in the tree
# leads somewhere, every public prototype has a comment.
#
# Source:   doc/HACKING.md
cd "${top_srcdir:-.}" || exit 1
found=$(mktemp)
trap 'rm "$found"' EXIT
documents=$(find . -maxdepth 1 -name '*.md'; find doc daemon parsers spool templates tests -name '*.md')

for document in $documents; do
    grep -noE '[a-z]+/[a-z0-9-]+\.[ch]:[a-z0-9_]+(\(\))?' "$document" | while IFS=: read -r line file name; do
        name=${name%()}
        case $name in [0-9]*) continue ;; esac
        grep -qsE "(^|[ *])$name(\(|\[| =)" "$file" || echo "$document:$line: $file has no $name()"
    done
    grep -noE '`(parsers|spool|templates|daemon|tests|doc)/[A-Za-z0-9._/-]*[a-z0-9]`' "$document" | tr -d '`' | grep -v NAME |
        while IFS=: read -r line file; do
            [ -e "$file" ] || [ -e "${top_builddir:-build}/$file" ] || echo "$document:$line: there is no $file"
        done
    folder=$(dirname "$document")
    grep -noE '\]\([^)#: ]+(#[^)]*)?\)' "$document" | while IFS=: read -r line link; do
        target=$(echo "$link" | sed 's/^](//;s/[#)].*//')
        [ -z "$target" ] || [ -e "$folder/$target" ] || echo "$document:$line: leads nowhere: $target"
    done
done >"$found"

# A prototype has its comment above or beside it, or shares the one of the prototype above.  What
# _new, _free, _clear and _quark do is said by the name.
awk '
    FNR == 1 { told = 0; comment = 0; continued = 0 }
    /^\/\*/ { comment = 1 }
    comment { told = 1; if (/\*\//) comment = 0; next }
    /^$/ { told = 0; next }
    continued { if (/;$/) continued = 0; next }
    /^(static|typedef|extern|#|\}|G_|struct|enum|union)/ { next }
    /^[A-Za-z][A-Za-z0-9_ ]* \**[a-z][a-z0-9_]*\(/ {
        if (!told && !/\/\*/ && !/_(new|free|clear|quark)\(/)
            print FILENAME ":" FNR ": no comment says what this does: " $0
        if (!/;/)
            continued = 1
    }' parsers/*.h spool/*.h templates/*.h daemon/*.h >>"$found"

! grep . "$found" || { echo "FAIL docs: $(wc -l <"$found") untrue or missing"; exit 1; }
