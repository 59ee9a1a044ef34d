#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/consultation.sh - "postern consultation": entered, warned of names, numbered, sent, listed.
#
# Source:   doc/consultations.md
. "${top_srcdir:-.}/tests/maildir-world.sh"

fail()
{
    echo "FAIL consultation: $1"
    cat got
    exit 1
}

# consult CODE ARGUMENT... <INPUT: its output goes to the file "got"
consult()
{
    wanted=$1
    shift
    code=0
    "$bin/postern" consultation "$@" --config conf >got 2>&1 || code=$?
    [ "$code" -eq "$wanted" ] || fail "$*: exit $code, wanted $wanted"
}

has() { grep -q -- "$1" got || fail "nothing of: $1"; }
hasnt() { ! grep -q -- "$1" got || fail "there is: $1"; }

cat >entry <<END
Name: Jo Whitfield
Organisation: Marsh Lane Primary School
Email: j.whitfield@marshlane.example
When: 2026-03-05 14:30
Adviser: Priya Nair

A pupil told Jo Whitfield of shouting at home. Advised to speak to the parents first
and to ask for support if it goes on.
END

consult 0 list </dev/null
hasnt CON
consult 0 new <entry
reference=$(cat got)
echo "$reference" | grep -Eq '^CON-[0-9A-Z]{4}-[0-9A-Z]{4}$' || fail "no number"
consult 0 list </dev/null
has "$reference"
consult 0 show "$reference" </dev/null
has "Marsh Lane Primary School"
has "A pupil told Jo Whitfield"
"$bin/postern" explain "$reference" --config conf >got
has "social worker entered"

# Nothing that looks like a child's name goes in unseen, and what was refused is not there.
sed 's/A pupil told/Sam Ashdown, aged 9, told/' entry >named
consult 1 new <named
has "a name: Sam Ashdown"
has "an age: aged 9"
has "nothing was entered"
consult 0 list </dev/null
[ "$(wc -l <got)" -eq 1 ] || fail "a refused entry is in the list"
consult 1 new --json <named
has '"reference":null'
consult 0 new --yes --json <named
has '"reference":"CON-'
has '"words":"Sam Ashdown"'

# What is wrong is said, and not entered.
for wrong in 's/^Email:.*/Email: nobody/' 's/^When:.*/When: 2099-01-01/' 's/^When:.*/When: 5 March/' \
    's/^Name:.*//' 's/^Adviser:.*/Adviser:/' 's/^Email:.*/Email: lado@example.org/' 's/^Name/Nome/'; do
    sed "$wrong" entry >bad
    consult 3 new <bad
done
consult 2 new more </dev/null
consult 0 list </dev/null
[ "$(wc -l <got)" -eq 2 ] || fail "a wrong entry is in the list"

# The number reaches who was advised, with nothing of what was said; the intake leaves it alone.
"$bin/posternd" --config conf --once 2>log || { cat log; exit 1; }
cat out/new/* >got
[ "$(ls out/new | wc -l)" -eq 2 ] || fail "not two mails"
has "^To: j.whitfield@marshlane.example"
has "^Subject: Your No Named consultation: $reference"
has "^Auto-Submitted: auto-generated"
hasnt "shouting"
hasnt "Whitfield of"
hasnt "Sam Ashdown"
! grep -q "Whitfield\|marshlane\|Ashdown" log || fail "a log line names somebody"

# An answer to that mail is filed with the record, and makes no second one.
id=$(sed -n 's/^Message-I[dD]: <\(.*\)>.*/\1/p' out/new/* | head -1)
printf '%s\r\n' 'From: Jo <j.whitfield@marshlane.example>' 'To: lado@example.org' \
    'Return-Path: <j.whitfield@marshlane.example>' 'Message-ID: <1@marshlane.example>' \
    "In-Reply-To: <$id>" 'Subject: Re: Your consultation' '' 'Thank you, that helped.' >in/new/answer
"$bin/posternd" --config conf --once 2>log || { cat log; exit 1; }
"$bin/postern" list --config conf >got
has " attach "
"$bin/postern" audit --verify --config conf >got || fail "the audit log is not whole"

# No mailbox may take the name of the list.
sed 's/mailbox lado-parents/mailbox consultations/' conf >other
! "$bin/postern" check-config --config other >got 2>&1 || fail "a mailbox may be called so"
has "no mailbox may be called"
echo "consultations are good"
