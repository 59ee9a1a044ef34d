#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/agreement.sh - does Postern read what the authors of public test material read?
#
# Counts the facts (subjects, senders, parts, texts, fields) of each set on which tests/agreement.py
# finds Postern and the set's own expectations of one mind; fewer than there were is a failure.
# doc/reading.md says why the others differ.
#
# Usage:    top_srcdir=... top_builddir=... agreement.sh
# Source:   ../shared/corpus/README.md
set -eu
here=$(cd "$(dirname "$0")" && pwd)
corpus=${POSTERN_SHARED:-${top_srcdir:-.}/../shared}/corpus
python=/usr/bin/python3
[ -d "$corpus" ] || { echo "SKIP: there is no corpus at ../shared/corpus"; exit 77; }
[ -x $python ] || { echo "SKIP: $python is not installed"; exit 77; }
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

$python "$here/agreement.py" -r "$work/results" 2>"$work/errors" || { cat "$work/errors"; exit 1; }

number=0 failed=0
while read -r name least; do
    got=$(sed -n "s/^$name \([0-9]*\) .*/\1/p" "$work/results")
    number=$((number + 1))
    if [ "${got:-0}" -lt "$least" ]; then
        failed=$((failed + 1))
        echo "FAIL: $name: agrees on ${got:-nothing}, was $least"
    fi
done <<'FLOORS'
stalwart 837
mailcore2 305
summaries 28
tnef 9
twins 15
striprtf 23
rtfpipe 22
qpdf 1786
pdfcpu 81
FLOORS
echo "agreement: $number checks, $failed failed"
[ $failed = 0 ]
