#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/e2e/nodes.sh - three posternd share two mailboxes and one PostgreSQL; one dies, one sleeps.
#
# In the middle of a drain the node that has a mailbox is killed by SIGKILL, and another one is stopped
# and goes on later, as a machine that was suspended.  Afterwards each mail has one row, one outcome and
# one reply, and the audit is whole; the sleeper has its share of the mailboxes again; and of all nodes
# together each mailbox has had one canary.
#
# Usage:    top_srcdir=... top_builddir=... nodes.sh     starts all servers itself
# Source:   doc/spool.md, "Nodes"; doc/scale.md

top_srcdir=${top_srcdir:-.} top_builddir=${top_builddir:-.}
here=$top_srcdir/tests/e2e
. "$here/servers.sh"
. "$here/checks.sh"
. "$top_srcdir/tests/postgres.sh"
. "$here/nodes-world.sh"
PATH=$top_builddir:$PATH
per_mailbox=${NODES_MAILS:-100}
mails=$((2 * per_mailbox))
TAKEOVER_S=30
world_batch=8
world_canary=1440

for needed in dovecot smtp-sink openssl setsid /usr/bin/python3; do
    command -v "$needed" >/dev/null || { echo "SKIP: $needed is not installed"; exit 77; }
done

holder() { ask "SELECT node FROM mailbox_lease WHERE mailbox = '$1'"; }
held_by() { [ "$(holder lado)" = "$1" ] && [ "$(holder cls)" = "$1" ]; }
taken_over() { [ "$(ask "SELECT COUNT(*) FROM audit WHERE act = 'taken-over'")" -ge "$1" ]; }

# Each of two nodes has one of the two mailboxes.
shared() { [ "$(ask "SELECT COUNT(DISTINCT node) FROM mailbox_lease WHERE node IN ('$left', '$asleep')")" = 2 ]; }

# The node that was stopped counts as alive again.
awake() { [ "$(ask "SELECT COUNT(*) FROM node WHERE name = '$asleep' AND until > 0")" = 1 ]; }

servers_begin || exit 1
trap world_end EXIT
world_begin lado cls && world_spool nodes || { echo "FAIL servers did not start"; exit 1; }
world_deliver lado "$per_mailbox"
world_deliver cls "$per_mailbox"
for node in a b c; do world_start "$node"; done
until_true 60 decided $((mails / 10))

dead=$(holder lado)
case $dead in a) asleep=b left=c ;; b) asleep=c left=a ;; *) asleep=a left=b ;; esac
before=$(ask "SELECT COUNT(*) FROM record")
began=$(now_ms)
world_signal STOP "$asleep"
world_signal KILL "$dead"
until_true 60 held_by "$left"
until_true 10 taken_over 2
took=$(($(now_ms) - began))
echo "     with $before of $mails decided $dead was killed and $asleep stopped: $left had taken over all after $took ms"
same "taken over within $TAKEOVER_S s" 1 $((took < TAKEOVER_S * 1000))
world_signal CONT "$asleep"

until_true 60 decided "$mails"
until_true 60 all_sent "$mails"
until_true 40 inbox_empty lado
until_true 40 inbox_empty cls
same "mails" "$mails" "$(ask "SELECT COUNT(*) FROM mail")"
same "outcomes" "$mails" "$(ask "SELECT COUNT(*) FROM record")"
same "none undecided" 0 "$(ask "SELECT COUNT(*) FROM mail WHERE state NOT IN ('decided', 'filed')")"
same "arrivals" "$mails" "$(ask "SELECT COUNT(*) FROM arrival")"
same "one reply a mail" "$mails" "$(ask "SELECT COUNT(DISTINCT mail_id) FROM outbox")"
same "no reply more" "$mails" "$(ask "SELECT COUNT(*) FROM outbox")"
same "inbox lado" 0 "$(inbox lado)"
same "inbox cls" 0 "$(inbox cls)"
canaries=$(grep -l '^Subject: Postern canary' "$SERVERS"/sink/* | wc -l)
copies=$(($(find "$SERVERS/sink" -type f | wc -l) - canaries))
unsure=$(ask "SELECT COUNT(*) FROM audit WHERE act = 'uncertain'")
same "answered, by Message-ID" "$mails" "$(cat "$SERVERS"/sink/* | sed -n '/canary/d; s/^Message-ID: *//Ip' | sort -u | wc -l)"
same "twice only what was uncertain" 1 $((copies - mails <= unsure))
postern audit --verify --config "$world/$left.conf" >"$world/audit" 2>&1
same "audit" 0 $?
same "canaries" 2 "$canaries"
until_true 30 awake # its keeper may have its next turn after the others have done all there was to do
same "the sleeper goes on" 1 "$(awake && echo 1)"
began=$(now_ms)
until_true 60 shared
same "the mailboxes are shared again" 1 "$(shared && echo 1)"
echo "     shared by two again after $(($(now_ms) - began)) ms more"
work=$(for node in a b c; do printf '%s %s ' "$node" "$(grep -c ' decided action=' "$world/$node.log")"; done)
echo "     decided by ${work% }; replies that left twice: $((copies - mails)), uncertain: $unsure"
postgres_stop
world_config d >"$world/d.conf"
posternd --config "$world/d.conf" --foreground </dev/null 2>>"$world/d.log"
same "without its database it asks to be started again" 1 $?
echo "nodes.sh: $checks checks, $failures failed"
[ "$failures" = 0 ]
