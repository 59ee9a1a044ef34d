#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/e2e/torture.sh - a minute of tests/torture: kills and cuts, and some of the faults of one mail's way.
#
# By hand: tests/torture/run 1000 600; tests/torture/run sweep.
#
# Usage:    top_srcdir=... top_builddir=... torture.sh
# Source:   doc/reliability.md

top_srcdir=${top_srcdir:-.} top_builddir=${top_builddir:-.}
export top_srcdir top_builddir
log=$(mktemp)
trap 'rm -f "$log"' EXIT
checks=0 failed=0 skipped=0

# one ARGUMENT...: what run says, and its figures added to ours
one() {
    "$top_srcdir/tests/torture/run" "$@" 2>&1 | tee "$log" | grep -v 'checks, '
    if [ "${PIPESTATUS[0]}" = 77 ]; then
        skipped=$((skipped + 1))
        return
    fi
    set -- $(sed -n 's/^[a-z]*: \([0-9]*\) checks, \([0-9]*\) failed$/\1 \2/p' "$log") # none: it broke off
    checks=$((checks + ${1:-1})) failed=$((failed + ${2:-1}))
}

one blind
one 100 30 --mails 300
one sweep --sample 6
[ "$skipped" -lt 3 ] || exit 77
echo "torture.sh: $checks checks, $failed failed"
[ "$failed" = 0 ]
