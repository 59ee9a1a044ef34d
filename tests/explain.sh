#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/explain.sh - "postern explain" of mails that the whole daemon has read, answered and filed.
#
# Source:   doc/deciding.md
. "${top_srcdir:-.}/tests/maildir-world.sh"

# deliver NAME: the mail on standard input
deliver()
{
    sed 's/\r*$/\r/' >"in/new/$1"
    "$bin/posternd" --config conf --once 2>log || { cat log; exit 1; }
}

# person WORDS [FIELD]: a mail of words, to standard output
person()
{
    printf 'From: Ann <ann@private.example>\nTo: lado@example.org\nReturn-Path: <ann@private.example>\n'
    printf 'Message-ID: <%s@private.example>\nSubject: My son\n%s\n\n%s\n' "$$.$(date +%s%N)" "${2-X-No: thing}" "$1"
}

explain()
{
    "$bin/postern" explain --config conf "$@" >out.txt
}

has()
{
    grep -qF -- "$1" out.txt || {
        echo "FAIL explain: nothing of: $1"
        cat out.txt
        exit 1
    }
}

person "The coach of my son hurt him on Tuesday." | deliver 1
explain 1
has "It was held for a person to look at. The writer was taken for a parent, a carer or family."
has "- There is no form in it. [no-form: words, but no form]"
has "[says-my-child: "
has "- The holding reply was queued on "
has "It was sent, and nothing came back."

reference=$("$bin/postern" list --config conf --json | sed 's/.*"reference":"\([^"]*\)".*/\1/')
person "Any news of $reference?" | deliver 2
explain "$reference"
has "Filed with it later:"
has "Mail 2, received on "
has "It quotes a reference of ours, so it was filed with that record."
explain 2
has "It was filed with an earlier mail."
has "No reply was sent to it."

explain "$reference" --json
has "\"action\":\"hold\",\"outcome\":\"It was held for a person to look at.\""
has "{\"rule\":\"no-form\",\"words\":\"There is no form in it.\",\"evidence\":\"words, but no form\"}"
has "\"template\":\"holding\""

code=0
explain 99 2>said || code=$?
[ $code -eq 1 ] || { echo "FAIL explain: a mail that is not there: exit $code"; exit 1; }
echo "explanations are good"
