# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/maildir-world.sh - a folder of its own with settings, key, and maildirs for what comes and goes; sourced.
#
# Afterwards: $bin is where the programs are, $src the sources, $work the folder, where we are.
#
# Source:   doc/postern.conf.example
set -eu
bin=$(cd "${top_builddir:-.}" && pwd)
src=$(cd "${top_srcdir:-.}" && pwd)
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
cd "$work"
mkdir -p in/tmp in/new in/cur out/tmp out/new out/cur spool
cat >conf <<END
[service]
parsers = 1
[spool]
url = sqlite:$work/spool/db
master-key-file = $work/key
[mailbox lado-parents]
url = maildir:$work/in
address = lado@example.org
role = lado-parents
[smtp]
url = maildir:$work/out
from = Service <lado@example.org>
END
"$bin/postern" make-key key >made
