#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/check-format.sh - every C and C++ file is laid out as .clang-format says.
#
# Source:   doc/HACKING.md
cd "${top_srcdir:-.}" || exit 1
command -v clang-format >/dev/null || { echo "SKIP: format: clang-format is not installed"; exit 77; }
find parsers spool templates daemon tests \( -name '*.[ch]' -o -name '*.cc' -o -name '*.hh' \) ! -name 'resource.[ch]' -print0 |
    xargs -0 clang-format --dry-run -Werror 2>&1 | sed -n 's,: error: .*,,p' | head -20 | {
    if grep .; then
        echo "FAIL format: run clang-format -i on these files"
        exit 1
    fi
}
