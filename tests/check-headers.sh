#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/check-headers.sh - each header compiles alone, and each file says at its head what it is.
#
# A head has the licence, "path - purpose", and in our layers where it runs and what it follows.
#
# Source:   doc/HACKING.md
cd "${top_srcdir:-.}" || exit 1
found=$(mktemp)
trap 'rm "$found"' EXIT
compiler=${CC:-$(command -v gcc || command -v clang)}
packages="glib-2.0 gio-2.0 gio-unix-2.0 gmime-3.0 libpcre2-8 libxml-2.0 libzip poppler-glib cairo
libseccomp sqlite3 libpq libssl fribidi libetpan libcurl jansson cmocka"
# System folders, so that only our own headers are judged.
flags=$(pkg-config --cflags $packages | sed 's/\(^\| \)-I/ -isystem /g')

for file in parsers/*.h spool/*.h templates/*.h daemon/*.h; do
    [ "${file##*/}" != resource.h ] || continue
    echo "#include \"$file\"" | $compiler -std=gnu11 -D_GNU_SOURCE -Wall -Wextra -Wno-unused-parameter \
        -Wno-unused-function -Werror -fsyntax-only -I. -I"${top_builddir:-build}" $flags -x c - ||
        echo "$file: does not compile alone"
done >"$found" 2>&1

for file in $(find parsers spool templates daemon tests \( -name '*.[ch]' -o -name '*.cc' -o -name '*.hh' \) ! -name 'resource.[ch]'); do
    head=$(sed -n '1,/\*\//p' "$file" | head -30)
    case $head in
    "/* SPDX-License-Identifier: GPL-3.0-or-later"*) ;;
    *) echo "$file: the first line is not the licence" ;;
    esac
    case $head in
    *" * $file - "*) ;;
    *) echo "$file: no line \"$file - what it is\"" ;;
    esac
    [ "$(echo "$head" | wc -l)" -le 20 ] || echo "$file: the head has more than 20 lines"
    case $file in tests/*) continue ;; esac
    for word in 'Runs in:' 'Source:'; do
        case $head in *"$word"*) ;; *) echo "$file: no \"$word\"" ;; esac
    done
done >>"$found"

! grep . "$found" || { echo "FAIL headers"; exit 1; }
