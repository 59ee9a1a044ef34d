#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/check-docs.sh - the documents tell the truth about the code, as far as a program can see.
#
# Every folder/file.c:function() that a document names exists, every link to a file in the tree
# leads somewhere, every public prototype has a comment.  Whatever may be told to people stands in
# doc/trouble.md, every command and option in the manual, every contact where contacts are explained;
# every page and picture is installed.
#
# Source:   doc/HACKING.md
cd "${top_srcdir:-.}" || exit 1
found=$(mktemp)
manual=$(mktemp)
options=$(mktemp)
trap 'rm "$found" "$manual" "$options"' EXIT
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

# wants FILE WHAT WORD... : each word stands in the file
wants()
{
    file=$1
    what=$2
    shift 2
    [ $# -gt 0 ] || echo "tests/check-docs.sh: finds no $what any more"
    for word; do
        grep -qF -e "$word" "$file" || echo "$file: lacks the $what $word"
    done
}
sed 's/\\-/-/g' doc/postern.1 >"$manual"
sed -n '/^\.SH OPTIONS/,/^\.SH "EXIT/p' "$manual" >"$options"

# shellcheck disable=SC2046 # words without blanks
{
    wants doc/local.mk "file of doc/" $(cd doc && echo *.md pictures/*.png)
    wants README.md "page of doc/" doc/*.md
    wants doc/trouble.md trouble $(
        sed -n 's/^    { "\([a-z-]*\)", *[0-9].*/`\1`/p' daemon/trouble.c
        sed -n 's/^#define DAEMON_TROUBLE_.* "\(.*\)"/`\1`/p' daemon/trouble.h
    )
    wants doc/trouble.md task $(
        sed -n 's/^#define SPOOL_TASK_.* "\(.*\)"/`\1`/p' spool/task.h
        sed -n 's/^    { "\([a-z-]*\)", .*/`\1`/p' daemon/cli-tasks.c
    )
    sed -n 's/.*"\([A-Z][A-Za-z -]*\)",.*/\1/p' daemon/health.c | while read -r row; do
        wants doc/trouble.md "row of Health" "| $row"
    done
    keys=$(sed -n 's/^  "\([a-z-]*\)": .*/\1/p' templates/mails/contacts.json)
    wants doc/replies.md contact $(echo "$keys" | sed 's/.*/`&`/')
    wants doc/postern.conf.example contact $keys
    wants README.md contact $keys
    sed -n 's/^    { "\([a-z-]*\)", *daemon_cli_.*/\1/p' daemon/postern.c | while read -r command; do
        wants "$manual" "command (doc/postern.1, SYNOPSIS)" ".B postern $command"
        grep -qE "^\.(B|BI|BR) \"?$command( |\"|\$)" "$manual" ||
            echo "doc/postern.1: COMMANDS lacks $command"
    done
    wants "$options" "option (doc/postern.1, OPTIONS)" $(
        sed -n 's/^        {"\([a-z]*\)", .*/--\1/p' daemon/postern.c
    )
    wants "$manual" "reply to preview (doc/postern.1)" $(
        sed -n '/names\[\] = {/,/}/s/^    "\([a-z-]*\)",.*/\1/p' templates/reply.c
    )
} | sed "s,^$manual,doc/postern.1,; s,^$options,doc/postern.1," >>"$found"

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
