#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/check-install.sh - what is installed beside the programs is whole.
#
# Every link of an installed document to another file leads somewhere; what a council may replace
# by its own is there to be copied.
#
# Source:   README.md, "Building"
top_builddir=${top_builddir:-build}
[ -e "$top_builddir/Makefile" ] || { echo "SKIP: install: $top_builddir is not configured"; exit 77; }
world=$(mktemp -d)
trap 'rm -rf "$world"' EXIT
"${MAKE:-make}" -s -C "$top_builddir" install-data DESTDIR="$world" >"$world/log" 2>&1 || {
    cat "$world/log"
    echo "FAIL install: make install-data"
    exit 1
}
documents=$(find "$world" -path '*/doc/*' -name README.md -exec dirname {} \;)
cd "$documents" || { echo "FAIL install: no README.md is installed"; exit 1; }

find . -name '*.md' | while read -r document; do
    grep -oE '\]\([^)#: ]+(#[^)]*)?\)' "$document" | sed 's/^](//; s/[#)].*//' | while read -r target; do
        [ -e "$(dirname "$document")/$target" ] || echo "$document: leads nowhere: $target"
    done
done >"$world/found"
for wanted in postern.conf.example doc/replies.md templates/mails/en/holding.txt templates/forms; do
    [ -e "$wanted" ] || echo "$wanted is not installed" >>"$world/found"
done
! grep . "$world/found" || { echo "FAIL install"; exit 1; }
