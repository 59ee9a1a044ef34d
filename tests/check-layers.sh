#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/check-layers.sh - folders are layers: who may include whom, and which library.
#
# Source:   doc/architecture.md
cd "${top_srcdir:-.}" || exit 1
found=$(mktemp)
trap 'rm "$found"' EXIT

# may FOLDER PATTERN...: all of ours that files of FOLDER may include
may() {
    folder=$1
    shift
    allowed='"config\.h"'
    for pattern in "$@"; do allowed="$allowed|\"$pattern"; done
    grep -HnE '^ *# *include *"' "$folder"/*.[ch] $(ls "$folder"/*.cc "$folder"/*.hh 2>/dev/null) | grep -vE "include *($allowed)" >>"$found"
}

# only PATTERN FOLDER...: the folders that may include a library's headers; tests may always
only() {
    pattern=$1
    shift
    grep -HnE "^ *# *include *<$pattern" parsers/*.[ch] parsers/*.cc parsers/*.hh spool/*.[ch] templates/*.[ch] daemon/*.[ch] |
        grep -vE "^($(echo "$*" | tr ' ' '|'))/" >>"$found"
}

may parsers parsers/
may spool spool/
may templates templates/ 'parsers/findings\.h"'
may daemon daemon/ parsers/ templates/ spool/

only 'gmime/' parsers templates
only 'pcre2' parsers
only 'libxml/' parsers
only 'zip\.h' parsers templates
only 'poppler' parsers
only 'cairo' parsers
only 'y?tnef' parsers
only 'sqlite3' spool
only 'libpq' spool
only 'hpdf' templates
only 'fribidi' templates
only 'libetpan' daemon
only 'openssl/ssl' daemon
only 'curl/' daemon

! grep . "$found" || { echo "FAIL layers: these includes cross a layer"; exit 1; }
