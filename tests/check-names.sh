#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/check-names.sh - a name is an address: what a folder shows to others begins with its name.
#
# Functions daemon_..., types Daemon..., constants DAEMON_...; include guards name their file.
# Not judged: macros that the same header undefines, and SQL_..., which stand inside statements.
#
# Source:   doc/HACKING.md
cd "${top_srcdir:-.}" || exit 1
found=$(mktemp)
trap 'rm "$found"' EXIT

for file in parsers/*.h spool/*.h templates/*.h daemon/*.h; do
    folder=${file%%/*}
    [ "${file##*/}" != resource.h ] || continue
    guard=$(echo "$file" | tr 'a-z/.-' 'A-Z___')
    grep -q "^#ifndef $guard\$" "$file" || echo "$file: the guard is not $guard"
    awk -v folder="$folder" '
        /^\/\*/ { comment = 1 }
        comment { if (/\*\//) comment = 0; next }
        /^(static|G_DEFINE|#)/ && !/^#(define|undef) / { next }
        /^#define / {
            name = $2
            sub(/\(.*/, "", name)
            if (index(name, toupper(folder) "_") != 1 && name !~ /^SQL_/)
                defined[name] = FNR
            next
        }
        /^#undef / { delete defined[$2]; next }
        /^(extern )?[A-Za-z][A-Za-z0-9_ ]* \**[a-z][a-z0-9_]*\(/ {
            name = $0
            sub(/\(.*/, "", name)
            sub(/.*[ *]/, "", name)
            if (index(name, folder "_") != 1)
                print FILENAME ":" FNR ": " name "()"
        }
        /^(typedef .* |\} )[A-Z][A-Za-z0-9]*;/ {
            name = $0
            sub(/;.*/, "", name)
            sub(/.*[ *]/, "", name)
            if (index(name, toupper(substr(folder, 1, 1)) substr(folder, 2)) != 1)
                print FILENAME ":" FNR ": " name
        }
        END { for (name in defined) print FILENAME ":" defined[name] ": " name }' "$file"
done >"$found"

# What the archives export is what the headers show; of C++ the mangled name holds it.
for folder in parsers spool templates daemon; do
    archive=${top_builddir:-build}/lib$folder.a
    [ -e "$archive" ] || continue
    nm -g --defined-only "$archive" 2>/dev/null | awk -v folder="$folder" '
        $2 ~ /^[TDBRC]$/ && sub(/^_ZN?K?[0-9]+/, "", $3) { $3 = tolower(substr($3, 1, length(folder))) "_" }
        $2 ~ /^[TDBRC]$/ && index($3, folder "_") != 1 && $3 !~ /^(__|_?_?asan|__odr)/ {
            print folder ": exports " $3 }' >>"$found"
done

! grep . "$found" || { echo "FAIL names: not prefixed by their folder"; exit 1; }
