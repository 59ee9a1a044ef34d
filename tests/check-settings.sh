#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/check-settings.sh - doc/settings.md is what "postern settings" prints; the example is good.
#
# Source:   daemon/settings-table.c
postern=${top_builddir:-build}/postern
document=${top_srcdir:-.}/doc/settings.md
[ -x "$postern" ] || { echo "SKIP: settings: $postern is not built"; exit 77; }
"$postern" settings | diff "$document" - || {
    echo "FAIL settings: run $postern settings >doc/settings.md"
    exit 1
}

# The example is good: only what it names is not there yet.
example=${top_srcdir:-.}/doc/postern.conf.example
"$postern" examine --json --config "$example" \
    "${top_srcdir:-.}/templates/samples/out-of-office.eml" | grep -q '"action":"ignore"' || {
    echo "FAIL settings: $example is not understood"
    exit 1
}
