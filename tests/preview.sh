#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/preview.sh - "postern preview": each reply for a moment, as text, HTML and JSON.
#
# Source:   doc/replies.md
set -eu
postern=$(cd "${top_builddir:-.}" && pwd)/postern
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
cd "$work"

fail()
{
    echo "FAIL preview: $1"
    cat out
    exit 1
}

# expect CODE WORD... : run postern preview, its output goes to the file "out"
expect()
{
    wanted=$1
    shift
    code=0
    "$postern" preview "$@" >out 2>&1 </dev/null || code=$?
    [ "$code" -eq "$wanted" ] || fail "$*: exit $code, wanted $wanted"
}

has()
{
    grep -qF -- "$1" out || fail "nothing of: $1"
}

for template in acknowledgement holding holding-unopened holding-blank redirection alert consultation; do
    expect 0 $template --at 2024-03-05T10:00:00Z
    case $template in consultation) has "CON-7K3M-Q9TR" ;; *) has "LADO-7K3M-Q9TR" ;; esac
    has "Subject: "
    expect 0 $template --at 2024-03-05T10:00:00Z --json
    has "{\"template\":\"$template\",\"subject\":\""
    expect 0 $template --html -o page.html
    [ ! -s out ] || fail "something was printed beside the file"
    grep -qi "<html" page.html || fail "the file is no page"
done

# The No Named consultation has hours of its own.
expect 0 consultation --at 2024-03-05T10:00:00Z
has "Someone is there now."
expect 0 consultation --at 2024-03-05T16:30:00Z
has "Someone is next there on Wednesday 6 March 2024"
has "10am"

# The office is closed at night, and on a day that the settings close.
expect 0 holding --at 2024-03-05T22:00:00Z
has "Wednesday 6 March 2024"
cat >conf <<END
[service]
name = Service of Nowhere
closures = 2024-03-06
END
expect 0 holding --at 2024-03-05T22:00:00Z --config conf
has "Thursday 7 March 2024"
has "Service of Nowhere"

# An empty contact leaves out its lines; one that every reply names may not be empty.
printf '[contacts]\nlado-phone = 0100 111\nprivacy-url =\n' >conf
expect 0 holding --config conf
has "0100 111"
! grep -q "kent.gov.uk" out || fail "somebody else's privacy notice"
printf '[contacts]\nurgent-phone =\n' >conf
expect 3 holding --config conf
has "urgent-phone is empty"

expect 0 acknowledgement --area Medway
has "01634 331 065"
expect 0 acknowledgement --area Atlantis

expect 2 letter
has "holding-blank"
expect 2 holding --at yesterday
has "is not a time"
expect 2
expect 3 holding --config nowhere
echo "previews are good"
