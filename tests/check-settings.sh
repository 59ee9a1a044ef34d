#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/check-settings.sh - doc/settings.md is what "postern settings" prints.
#
# Source:   daemon/settings-table.c
postern=${top_builddir:-build}/postern
document=${top_srcdir:-.}/doc/settings.md
[ -x "$postern" ] || { echo "SKIP: settings: $postern is not built"; exit 77; }
"$postern" settings | diff "$document" - || {
    echo "FAIL settings: run $postern settings >doc/settings.md"
    exit 1
}
