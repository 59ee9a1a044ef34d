#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/check-deciding.sh - every rule, evidence and signal stands in doc/deciding.md.
#
# The rows of its tables of rules have the order of the code, since the first that fits decides.
# Every rule and evidence has its sentence in daemon/explain-words.c.
set -eu
src=${top_srcdir:-.}
doc=$src/doc/deciding.md
missing=0
reasons=$(
    sed -n 's/^ *{ "\([a-z][a-z-]*\)", .*DAEMON_[A-Z]*,.*/\1/p' "$src"/daemon/rules-*.c
    sed -n 's/^ *{ *"\(reply-[a-z-]*\)", .*/\1/p' "$src/daemon/reply-rules.c"
    sed -n 's/^ *{ "\([a-z][a-z-]*\)", *FOR_.*/\1/p' "$src/daemon/writer.c"
    sed -n 's/.*put(scales, FOR_[A-Z]*, FROM_[A-Z]*, "\([a-z-]*\)".*/\1/p' "$src/daemon/writer.c"
    sed -n 's/.*daemon_reason_add([^"]*, "\([a-z-]*\)".*/\1/p' "$src/daemon/policy.c" "$src/daemon/writer.c"
)
names=$(
    echo "$reasons"
    sed -n 's/^ *{ *"\([a-z][a-z-]*\)", *[A-Z| ]*,$/\1/p; s/^ *{ *"\([a-z][a-z-]*\)", *[A-Z| ]*, "\^.*/\1/p' \
        "$src/parsers/words-table.c"
    sed -n 's/.*note(look, "\([a-z-]*\)".*/\1/p; s/^ *{ *"\([a-z-]*\)", *"[A-Z].*/\1/p' \
        "$src/parsers/kind-marks.c"
)
order=$(
    for part in machine referral rest; do
        sed -n 's/^ *{ "\([a-z][a-z-]*\)", .*DAEMON_[A-Z]*,.*/\1/p' "$src/daemon/rules-$part.c"
    done
    sed -n 's/^ *{ *"\(reply-[a-z-]*\)", .*/\1/p' "$src/daemon/reply-rules.c"
)
in_doc=$(awk '/^\| rule \|/ { in_table = 1 } !/^\|/ { in_table = 0 }
              in_table && /^\| `/ { gsub(/`/, "", $2); print $2 }' "$doc")
if [ "$order" != "$in_doc" ]; then
    echo "the rules of doc/deciding.md are not those of the code in the order of the code:"
    at=1
    for name in $order; do
        there=$(echo "$in_doc" | sed -n "${at}p")
        [ "$name" = "$there" ] || { echo "  after row $((at - 1)): $there, where the code has $name"; break; }
        at=$((at + 1))
    done
    missing=1
fi
count=$(echo "$names" | sort -u | wc -l)
for name in $(echo "$names" | sort -u); do
    grep -q "\`$name\`" "$doc" || { echo "doc/deciding.md does not say what $name is"; missing=1; }
done
for name in $(echo "$reasons" | sort -u); do
    grep -q "^    { \"$name\", *\"" "$src/daemon/explain-words.c" || {
        echo "daemon/explain-words.c has no sentence for $name"
        missing=1
    }
done
[ "$count" -gt 80 ] || { echo "only $count names found: this check no longer reads the tables"; exit 1; }
echo "$count names looked up"
exit $missing
