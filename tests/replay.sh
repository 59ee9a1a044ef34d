#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/replay.sh - "postern replay": the same settings differ in nothing, others in what they say.
#
# Source:   doc/deciding.md
. "${top_srcdir:-.}/tests/maildir-world.sh"

sed 's/^role.*/&\nprofessional-cutoff = 2190-01-01/' conf >later
for sample in "$src"/templates/samples/*.eml; do
    cp "$sample" "in/new/$(basename "$sample")"
done
"$bin/posternd" --config conf --once 2>log || { cat log; exit 1; }
"$bin/postern" list --json --config conf >before

# expect CODE TEXT OPTION... : run postern replay; its output holds the text
expect()
{
    wanted=$1
    text=$2
    shift 2
    code=0
    "$bin/postern" replay "$@" >said 2>&1 || code=$?
    [ $code -eq "$wanted" ] && grep -qF -- "$text" said || {
        echo "FAIL replay $*: exit $code, wanted $wanted and: $text"
        cat said
        exit 1
    }
}

expect 0 " mails read again: 0 would be treated otherwise" --since 2000-01-01 --config conf
! grep -q "^0 mails" said || { echo "FAIL replay: nothing was read"; exit 1; }
expect 0 "0 mails read again" --since 2190-01-01 --config conf
expect 1 "-> accept none agency-form-before-cutoff" --since 2000-01-01 --config later
expect 1 '"now":{"action":"accept"' --since 2000-01-01T00:00:00Z --config later --json
expect 2 "--since" --config conf
expect 2 "is not a time" --since June --config conf
"$bin/postern" list --json --config conf | diff before - || { echo "FAIL replay: it changed the spool"; exit 1; }
echo "replays are good"
