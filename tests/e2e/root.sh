#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/e2e/root.sh - whatever root does beside the service, the service goes on.
#
# What an administrator does wrong: commands as root before the first start, the daemon as root once,
# a backup put back by root, a command as somebody else; and what the service's own account, taken
# over, might have root do.  Between Maildirs; the service runs as "nobody".
#
# Usage:    top_srcdir=... top_builddir=... root.sh
# Source:   doc/spool.md, "Whose the files are"

top_srcdir=${top_srcdir:-.} top_builddir=${top_builddir:-.}
. "$top_srcdir/tests/e2e/checks.sh"
[ "$(id -u)" = 0 ] || { echo "SKIP: only root can do what root does wrong"; exit 77; }
command -v setpriv >/dev/null || { echo "SKIP: setpriv is not installed"; exit 77; }
group=$(id -gn nobody)
worlds=
trap '[ -z "$daemon" ] || kill "$daemon"; rm -rf $worlds' EXIT

as() { # ACCOUNT COMMAND...
    local account=$1
    shift
    setpriv --reuid "$account" --regid "$(id -g "$account")" --clear-groups "$@"
}

# Programs that the account can reach, an empty spool, an inbox and an outbox of its own.
new_world() {
    world=$(mktemp -d) worlds="$worlds $world"
    chmod 755 "$world"
    mkdir "$world/bin"
    for program in postern posternd postern-parser; do
        install -m 755 "$top_builddir/$program" "$world/bin/"
    done
    install -d -o nobody -g "$group" -m 700 "$world/spool" "$world/inbox" "$world/inbox/new" "$world/inbox/cur" \
        "$world/inbox/tmp" "$world/outbox"
    "$world/bin/postern" make-key "$world/master.key" >/dev/null
    chmod 644 "$world/master.key" # of no worth, and so that everybody gets as far as the spool
    cat >"$world/postern.conf" <<CONF
[service]
name = County LADO Service
authserv-id = mx.example.org
message-id-domain = intake.example.org
[spool]
url = sqlite:$world/spool/postern.db
master-key-file = $world/master.key
[mailbox lado-parents]
url = maildir:$world/inbox
address = lado@example.org
role = lado-parents
[smtp]
url = maildir:$world/outbox
from = County LADO Service <lado@example.org>
CONF
    mails=0
}

deliver() {
    mails=$((mails + 1))
    sed "s/^Message-ID: </&$mails./I" "$top_srcdir/templates/samples/parent-docx.eml" >"$world/inbox/new/$mails.mail"
    chown "nobody:$group" "$world/inbox/new/$mails.mail"
}

postern() { "$world/bin/postern" "$@" --config "$world/postern.conf" 2>"$world/said"; }
once() { "$@" "$world/bin/posternd" --config "$world/postern.conf" --once 2>"$world/log"; }
as_service() { as nobody "$world/bin/postern" "$@" --config "$world/postern.conf" 2>"$world/said"; }
records() { as_service list --json | wc -l; }
# What of the service's folders is not the service's.
foreign() { find "$world/spool" "$world/inbox" "$world/outbox" ! \( -user nobody -group "$group" \); }

# has WHAT TEXT FILE
has() {
    checks=$((checks + 1))
    grep -qF -- "$2" "$3" || { failures=$((failures + 1)) && say "FAIL $1: no '$2' in: $(cat "$3")"; }
}

# The command that the daemon says, done as it stands there.
do_as_told() { sh -c "$(sed -n 's/.* as root: //p' "$world/log")"; }

test_commands_first() {
    new_world
    postern health >"$world/health"
    same "nothing answers yet: somebody has something to do" 1 $?
    same "after health" "" "$(foreign)"
    postern list
    postern outbox
    echo "correct horse battery staple" | postern account new ann --roles administrator
    same "account as root" 0 $?
    postern check-config >/dev/null
    same "check-config as root" 0 $?
    same "before the first start" "" "$(foreign)"
    deliver
    once as nobody
    same "the service starts" 0 $?
    same "and works" 1 "$(records)"
}

test_daemon_as_root() {
    new_world
    postern health >/dev/null
    deliver
    once env
    same "the daemon as root" 0 $?
    same "leaves nothing of its own" "" "$(foreign)"
    deliver
    once as nobody
    same "then as the service" 0 $?
    deliver
    once env
    same "then as root again" 0 $?
    same "which leaves nothing of its own" "" "$(foreign)"
    same "all mails" 3 "$(records)"
    setpriv --reuid nobody --regid "$group" --clear-groups \
        "$world/bin/posternd" --config "$world/postern.conf" --foreground 2>"$world/log" &
    daemon=$!
    until_true 20 grep -q 'mailbox:lado-parents opened' "$world/log"
    postern health >"$world/health"
    has "health as root beside the service" "good     Mailbox lado-parents" "$world/health"
    postern audit --verify >/dev/null
    same "audit as root beside the service" 0 $?
    postern list --json >"$world/list"
    same "list as root beside the service" 3 "$(wc -l <"$world/list")"
    pkill -KILL -P "$daemon"
    kill -KILL "$daemon"
    wait "$daemon" 2>/dev/null
    daemon=
    postern list --json >"$world/list"
    same "list as root after it was killed" 3 "$(wc -l <"$world/list")"
    same "which leaves nothing of its own either" "" "$(foreign)"
    postern pdf --output "$world/record.pdf" 1
    same "a copy of a record is root's" root "$(stat -c %U "$world/record.pdf")"
}

# A backup that root has put back, and files that an earlier version left.
test_restored() {
    new_world
    deliver
    once as nobody
    for file in postern.db postern.db-sent postern.db.lock; do
        cp "$world/spool/$file" "$world/$file"
        mv -f "$world/$file" "$world/spool/$file"
    done
    chmod 400 "$world/spool/postern.db"
    for who in "as nobody" env; do
        once $who
        same "$who, a spool of root's" 3 $?
        has "$who, whose it is" "$world/spool/postern.db belongs to \"root\"; it should belong to \"nobody\"" "$world/log"
        has "$who, the command" "chown -h nobody:$group '$world/spool/postern.db' '$world/spool/postern.db-sent' '$world/spool/postern.db.lock' && chmod" "$world/log"
    done
    as_service list
    same "list as the service" 3 $?
    has "list says whose" 'belongs to "root"' "$world/said"
    postern check-config
    same "check-config as root" 1 $?
    do_as_told
    deliver
    once as nobody
    same "as it was told" 0 $?
    same "all mails" 2 "$(records)"

    chown root:root "$world/spool"
    chmod 755 "$world/spool"
    once as nobody
    same "a folder of root's" 3 $?
    has "whose folder" "$world/spool belongs to \"root\"; it should belong to \"nobody\"" "$world/log"
    do_as_told
    once as nobody
    same "as it was told" 0 $?
}

# Who may read the key and write to the folder, and is not the service.
test_stranger() {
    new_world
    chmod 777 "$world/spool"
    as daemon "$world/bin/postern" health --config "$world/postern.conf" 2>"$world/said"
    same "a command as somebody else" 3 $?
    has "whose spool" 'belongs to "nobody", and this is "daemon"' "$world/said"
    once as daemon
    same "the daemon as somebody else" 3 $?
    has "says it too" 'belongs to "nobody", and this is "daemon"' "$world/log"
    same "nothing was made" "" "$(ls "$world/spool")"
    printf '[service]\nuser = daemon\n' | cat - "$world/postern.conf" >"$world/named.conf"
    sed -i '3d' "$world/named.conf" # one [service] is enough
    as daemon "$world/bin/postern" list --config "$world/named.conf" 2>"$world/said"
    same "unless the settings name it" 0 $?
    rm -f "$world"/spool/*
    "$world/bin/postern" list --config "$world/named.conf" 2>"$world/said"
    same "whose root's files are then" daemon "$(stat -c %U "$world/spool/postern.db")"
}

# The account may put links into its folder; root must follow none of them.
test_links() {
    new_world
    install -m 600 /dev/null "$world/precious"
    as nobody ln -s "$world/precious" "$world/spool/postern.db"
    as nobody ln -s "$world/precious" "$world/spool/postern.db.lock"
    postern list
    same "a link for a spool" 3 $?
    once env
    same "a link for a spool, and the daemon" 3 $?
    rm "$world/spool/postern.db"
    once env
    same "a link for a lock" 3 $?
    as nobody ln -sf "$world/missing" "$world/spool/postern.db"
    postern list
    same "a link to nothing" 3 $?
    same "nothing made elsewhere" "no" "$([ -e "$world/missing" ] && echo yes || echo no)"
    same "nothing given away" "root 600 0" "$(stat -c '%U %a %s' "$world/precious")"
}

for name in ${*:-commands_first daemon_as_root restored stranger links}; do
    say "root.sh: $name"
    "test_$name"
done
say "root.sh: $checks checks, $failures failed"
[ "$failures" = 0 ]
