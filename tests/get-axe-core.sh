#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/get-axe-core.sh - fetch axe-core, which looks for what keeps people out of a page.
#
# It comes from the npm package axe-core (MPL-2.0), by its ordinary client, into axe-core/ of the
# build folder, where tests/browser.py looks for it.  Without it those tests say SKIP.
set -eu
to=${top_builddir:-.}/axe-core
sum=0f2b4d7dcdf7d1219df8d1959ad68e565f51d14c3f0d88bb71cd59abeb956292
[ -f "$to/axe.min.js" ] && exit 0
command -v npm >/dev/null || { echo "SKIP axe-core: npm is not installed"; exit 0; }
rm -rf "$to.part"
mkdir -p "$to.part"
(cd "$to.part" && npm_config_cache=$PWD/cache npm pack --silent axe-core@4.10.3 >/dev/null) || {
    echo "SKIP axe-core: npm cannot fetch it"; exit 0; }
echo "$sum  $to.part/axe-core-4.10.3.tgz" | sha256sum -c --quiet -
tar -xzf "$to.part/axe-core-4.10.3.tgz" -C "$to.part"
mv "$to.part/package" "$to"
rm -r "$to.part"
