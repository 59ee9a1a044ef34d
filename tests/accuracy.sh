#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/accuracy.sh - how well forms are read and mails decided, measured over the corpus beside the
# project, with floors below which it may not fall.
#
# Prints the tables of the corpus's own score.py, then one line of TAP for each floor.
#
# Usage:    top_srcdir=... top_builddir=... accuracy.sh
# Source:   ../shared/forms/README.md, "Scoring"
set -eu
corpus=${FORMS_CORPUS:-${top_srcdir:-.}/../shared/forms}
build=${top_builddir:-.}
python=/usr/bin/python3
[ -d "$corpus/mails" ] || { echo "SKIP: accuracy: there is no corpus at ../shared/forms"; exit 77; }
[ -x $python ] || { echo "SKIP: accuracy: $python is not installed"; exit 77; }
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

for what in forms mails; do
    $python "$corpus/run_examine.py" "$corpus" $what "$build/postern" examine --json \
        --config "$corpus/examine.conf" >"$work/$what.jsonl"
    $python "$corpus/score.py" $what "$corpus" "$work/$what.jsonl" >"$work/$what" || :
    cat "$work/$what"
    echo
done

number=0 failed=0

# floor NAME VALUE LEAST
floor() {
    number=$((number + 1)) verdict=ok
    awk "BEGIN { exit !(\"$2\" != \"\" && \"$2\" + 0 >= $3) }" || { verdict="not ok" failed=1; }
    echo "$verdict $number - $1 is ${2:-missing}, at least $3"
}

# none NAME VALUE: must be zero
none() {
    number=$((number + 1)) verdict=ok
    [ "$2" = 0 ] || { verdict="not ok" failed=1; }
    echo "$verdict $number - $1: ${2:-missing}, must be 0"
}

f1() { sed -n "s/^  $1  *[0-9]* .* F1 \([0-9.]*\) .*/\1/p" "$work/forms" | head -1; }

echo "1..10"
floor "F1 of docx" "$(f1 docx)" 0.95
floor "F1 of doc" "$(f1 doc)" 0.95
floor "F1 of html from Outlook" "$(f1 'outlook\.html')" 0.95
floor "F1 of html from Gmail" "$(f1 'gmail\.html')" 0.95
floor "F1 of text" "$(f1 'body\.txt')" 0.95
floor "F1 of PDF forms" "$(f1 'acro\.pdf')" 0.90
floor "mails decided as right or defensible" \
    "$(sed -n 's/^action and reply, or a listed alternative .*  \([0-9.]*\)$/\1/p' "$work/mails")" 0.95
none "parents turned away or ignored" "$(sed -n 's/^ERROR 1 .*: \([0-9]*\)$/\1/p' "$work/mails")"
none "replies where none may be" "$(sed -n 's/^ERROR 2 .*: \([0-9]*\)$/\1/p' "$work/mails")"
none "mails without an answer" "$(sed -n 's/.*no line \([0-9]*\)$/\1/p' "$work/mails")"
exit $failed
