#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/check-size.sh - files, functions and parameter lists stay short, and nothing jumps.
#
# A function is counted from the line of its name to its closing brace; clang-format puts both in
# the first column (see check-format.sh).  Tables are not functions.  GError **error, which every
# function that can fail has last, is not counted among the parameters.
#
# Source:   doc/HACKING.md
cd "${top_srcdir:-.}" || exit 1
find parsers spool templates daemon tests \( -name '*.[ch]' -o -name '*.cc' -o -name '*.hh' \) ! -name 'resource.[ch]' | sort | xargs awk '
    function complain(what) { print what; bad++ }
    function end_file() {
        if (file == "")
            return
        most = file ~ /\.h$/ && file !~ /^tests\// ? 150 : 500
        if (lines > most)
            complain(file ": " lines " lines, at most " most)
    }
    function parameters(text,    n) {
        gsub(/\([^()]*\)\(/, "(", text)  # a parameter that is a function
        sub(/^[^(]*\(/, "", text)
        while (gsub(/\([^()]*\)/, "", text)) {}
        sub(/, *GError \*\*error *\)/, ")", text)
        sub(/\).*/, "", text)
        n = gsub(/,/, ",", text) + 1
        return text ~ /\.\.\./ ? n - 1 : n
    }
    FNR == 1 { end_file(); file = FILENAME; body = 0; head = "" }
    { lines = FNR }
    /^[ \t]*goto / { complain(FILENAME ":" FNR ": goto") }
    /^([A-Z][A-Za-z]*::)?[a-z_][a-z0-9_]*\(/ && !body { name = $0; sub(/\(.*/, "", name); start = FNR; head = ""; open = 1 }
    open { head = head $0; if (/;[ ]*$/) open = 0 }
    /^\{/ && open { open = 0; body = 1 }
    /^\}/ && body {
        body = 0
        n = FNR - start + 1
        count++
        lengths[n]++
        if (n > 60)
            complain(FILENAME ":" start ": " name "() has " n " lines, at most 60")
        # Types that libxml2 and libmicrohttpd set.
        if (parameters(head) > 5 && head !~ /const xmlChar \*\*|struct MHD_Connection \*connection|enum MHD_ValueKind/)
            complain(FILENAME ":" start ": " name "() has " parameters(head) " parameters, at most 5")
    }
    END {
        end_file()
        for (n = 1; n <= 1000; n++) {
            seen += lengths[n]
            if (!median && seen >= count / 2)
                median = n
            if (!ninth && seen >= count * 0.9)
                ninth = n
        }
        print count " functions: median " median " lines, nine of ten at most " ninth
        if (median > 15)
            complain("the median function has " median " lines, at most 15")
        if (ninth > 40)
            complain("one function in ten has more than " ninth " lines, at most 40")
        exit bad > 0
    }'
