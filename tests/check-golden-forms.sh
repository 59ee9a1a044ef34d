#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/check-golden-forms.sh - forms of layouts that the definitions were not made from are read
# well enough.
#
# Usage:    top_srcdir=... top_builddir=... check-golden-forms.sh
set -eu
source=${top_srcdir:-.}
[ -x /usr/bin/python3 ] || { echo "SKIP: golden forms: /usr/bin/python3 is not installed"; exit 77; }
/usr/bin/python3 -B "$source/tests/score-golden-forms.py" "${top_builddir:-.}/score-forms" \
    "$source/templates/forms" --least 0.985 0.995
