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

# figure F1|P FORMAT, as in "  docx  32  P 1.0000  R 1.0000  F1 1.0000"
figure() { sed -n "s/^ *$2  *[0-9]* .*\<$1 \([0-9.]*\) .*/\1/p" "$work/forms" | head -1; }

echo "1..16"
for format in docx odt 'outlook\.html' 'gmail\.html' 'body\.txt' 'acro\.pdf'; do
    floor "F1 of $(printf %s "$format" | tr -d '\\')" "$(figure F1 "$format")" 0.99
done
floor "F1 of rtf" "$(figure F1 rtf)" 0.98
floor "F1 of doc" "$(figure F1 doc)" 0.97
floor "F1 of flat PDF" "$(figure F1 'flat\.pdf')" 0.97
floor "precision without images" "$(figure P 'ALL (without images)')" 0.995
floor "forms told from each other" "$(sed -n 's/^ALL .*form type \([0-9]*\)\/\1 .*/1/p' "$work/forms")" 1
floor "blank forms told from filled ones" "$(sed -n 's/^ALL .*blank flag \([0-9]*\)\/\1 .*/1/p' "$work/forms")" 1
floor "mails decided as right or defensible" \
    "$(sed -n 's/^action and reply, or a listed alternative .*  \([0-9.]*\)$/\1/p' "$work/mails")" 0.98
none "parents turned away or ignored" "$(sed -n 's/^ERROR 1 .*: \([0-9]*\)$/\1/p' "$work/mails")"
none "replies where none may be" "$(sed -n 's/^ERROR 2 .*: \([0-9]*\)$/\1/p' "$work/mails")"
none "mails without an answer" "$(sed -n 's/.*no line \([0-9]*\)$/\1/p' "$work/mails")"
exit $failed
