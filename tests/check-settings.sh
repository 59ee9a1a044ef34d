#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/check-settings.sh - doc/settings.md is what "postern settings" prints; the examples are good.
#
# Source:   daemon/settings-table.c
postern=${top_builddir:-build}/postern
document=${top_srcdir:-.}/doc/settings.md
[ -x "$postern" ] || { echo "SKIP: settings: $postern is not built"; exit 77; }
"$postern" settings | diff "$document" - || {
    echo "FAIL settings: run $postern settings >doc/settings.md"
    exit 1
}

# The example is good: only what it names is not there yet.
example=${top_srcdir:-.}/doc/postern.conf.example
"$postern" examine --json --config "$example" \
    "${top_srcdir:-.}/templates/samples/out-of-office.eml" | grep -q '"action":"ignore"' || {
    echo "FAIL settings: $example is not understood"
    exit 1
}

world=$(mktemp -d)
trap 'rm -r "$world"' EXIT

# So are those that people copy out of the pages.
for page in README.md doc/exchange-online.md; do
    awk '/^ *```ini/ { in_block = 1; next } /^ *```/ { in_block = 0 } in_block' \
        "${top_srcdir:-.}/$page" >"$world/page.conf"
    grep -q '^\[smtp\]' "$world/page.conf" &&
        "$postern" examine --json --config "$world/page.conf" \
            "${top_srcdir:-.}/templates/samples/out-of-office.eml" | grep -q '"action":"ignore"' || {
        echo "FAIL settings: the example of $page is not understood"
        exit 1
    }
done

# A holiday file that ends soon is a warning, and no more than that.
mkdir "$world/own" "$world/in" "$world/out"
for day in 01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26; do
    printf '%s{"date": "2024-%s"}' "${comma-}" $day
    comma=,
done | sed 's/^/{"england-and-wales": {"events": [/; s/$/]}}/' >"$world/own/holidays.json"
"$postern" make-key "$world/key" >"$world/said"
cat >"$world/conf" <<END
[service]
closures = 2026-12-29
templates = $world/own
[spool]
url = sqlite:$world/db
master-key-file = $world/key
[mailbox a]
url = maildir:$world/in
address = a@example.org
role = lado-parents
[smtp]
url = maildir:$world/out
from = a@example.org
END
"$postern" check-config --config "$world/conf" >"$world/said" 2>&1 &&
    grep -q "the holiday file ends on 2024-12-31: replace holidays.json" "$world/said" || {
    cat "$world/said"
    echo "FAIL settings: nothing is said of a holiday file that has ended"
    exit 1
}

# Nor is a gateway that says who wrote a mail, and is not listened to.
sed 's|^url = maildir:.*/in$|url = imaps://a@outlook.office365.com/INBOX\npassword-file = '"$world"'/key|' "$world/conf" >"$world/exchange"
"$postern" check-config --config "$world/exchange" >"$world/said" 2>&1 &&
    grep -q "a forged sender is answered like any other" "$world/said" &&
    sed -i 's|^\[service\]|&\nauthserv-id = (unnamed)|' "$world/exchange" &&
    "$postern" check-config --config "$world/exchange" >"$world/said" 2>&1 && ! grep -q "forged" "$world/said" || {
    cat "$world/said"
    echo "FAIL settings: Exchange Online's verdicts"
    exit 1
}
"$postern" check-config --config "$world/conf" >"$world/said" 2>&1

# Nor are numbers that another council answers.
grep -q "which are Kent's" "$world/said" || {
    cat "$world/said"
    echo "FAIL settings: nothing is said of the built-in numbers"
    exit 1
}
printf '[contacts]\nlado-phone = 01632 960 003\n' >>"$world/conf"
"$postern" check-config --config "$world/conf" >"$world/said" 2>&1 && ! grep -q "Kent" "$world/said" || {
    cat "$world/said"
    echo "FAIL settings: numbers of our own are taken for the built-in ones"
    exit 1
}

# Nor is a contact that no reply names: it may be misspelt, and the built-in one is sent.
! grep -q "changes nothing" "$world/said" || {
    cat "$world/said"
    echo "FAIL settings: a contact that replies name is taken for a misspelt one"
    exit 1
}
printf 'urgent-fone = 01632 960 001\n' >>"$world/conf"
"$postern" check-config --config "$world/conf" >"$world/said" 2>&1 &&
    grep -q "\[contacts\] urgent-fone changes nothing" "$world/said" || {
    cat "$world/said"
    echo "FAIL settings: nothing is said of a contact that no reply names"
    exit 1
}
