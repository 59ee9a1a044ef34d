#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/check-samples.sh - the sample mails are those that make-samples.py makes, and small.
set -eu
src=${top_srcdir:-.}
command -v python3 >/dev/null || { echo "SKIP samples: python3 is not installed"; exit 77; }
new=$(mktemp -d)
trap 'rm -r "$new"' EXIT
python3 "$src/tests/make-samples.py" "$new" >/dev/null
diff -r "$new" "$src/templates/samples" || {
    echo "templates/samples differ: run tests/make-samples.py"; exit 1; }
says='mailbox=[a-z-]+; received=[-0-9T:]+Z; action=[a-z]+'
for mail in "$src"/templates/samples/*.eml; do
    head -1 "$mail" | grep -Eq "^X-Postern-Sample: $says" || {
        echo "$mail does not say in its first line what should become of it"; exit 1; }
    [ "$(wc -c <"$mail")" -lt 60000 ] || { echo "$mail is too large"; exit 1; }
done
