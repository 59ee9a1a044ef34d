#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/e2e/mailboxes.sh - the daemon and mail servers over the years: full, read-only, dead, old, tired.
#
# A real Dovecot wherever it can be made to do it, tests/e2e/imap-peer.py for the rest.
#
# Usage:    top_srcdir=... top_builddir=... mailboxes.sh [NAME...]     only the tests of these names
# Source:   doc/imap.md

top_srcdir=${top_srcdir:-.} top_builddir=${top_builddir:-.}
here=$top_srcdir/tests/e2e
. "$here/world.sh"

# in_mailbox NAME LINE...: settings of one mailbox more
in_mailbox() {
    local name=$1
    shift
    for line; do sed -i "/^\[mailbox $name\]/a $line" "$world/postern.conf"; done
}

tasks() { postern tasks --config "$world/postern.conf" >"$world/tasks"; }
told() { tasks; grep -q -- "$1" "$world/tasks"; }
logged() { grep -q -- "$1" "$world/log"; }

# With other words for Dovecot: new_server LINE...
new_server() {
    servers_dovecot_stop
    servers_dovecot "$@"
    servers_postfix_route
    write_config
}

# Mails with a date: append FOLDER DATE NUMBER...
append() {
    /usr/bin/python3 - "$IMAP_PORT" "$SERVERS/ca.pem" "$SERVERS_PASSWORD" "$@" <<'PYTHON'
import imaplib, ssl, sys, time, datetime
port, ca, password, folder, date = sys.argv[1:6]
imap = imaplib.IMAP4('localhost', int(port))
imap.starttls(ssl.create_default_context(cafile=ca))
imap._encoding = 'utf-8'
imap.authenticate('PLAIN', lambda _: b'\0lado@example.org\0' + password.encode())
imap.create(folder)
when = datetime.datetime.fromisoformat(date + 'T12:00:00+00:00')
for number in sys.argv[6:]:
    body = f'From: a{number}@example.com\r\nTo: lado@example.org\r\nSubject: x\r\nMessage-ID: <{number}@example.com>\r\n' \
           f'\r\nI am worried about my child at the club, number {number}.\r\n'
    imap.append(folder, None, imaplib.Time2Internaldate(when), body.encode())
PYTHON
}

# ---- tests ----

test_canary() {
    new_world
    in_mailbox lado-parents "canary-interval = 1" "canary-patience = 1"
    start_daemon
    until_true 30 logged "canary sent"
    until_true 30 logged "canary back"
    until_true 10 folder_is lado@example.org Postern/Ignored 1
    same "no record for people, no answer" 1 "$(count 'm["action"] == "ignore" and m["reply"] == "none"')"
    same "nothing to be sent" 0 "$(outbox True)"
    postern health --config "$world/postern.conf" >"$world/health"
    has "health tells" "Canary of lado-parents: It came back" "$world/health"
    # Anybody can write such a Message-ID; a mark that is not ours makes it a machine's mail.
    sqlite3 "$world/spool/postern.db" "UPDATE canary SET back = 0"
    printf '%s\r\n' "From: x@example.com" "To: lado@example.org" "Subject: Postern canary" \
        "Auto-Submitted: auto-generated" \
        "Message-ID: $(sqlite3 "$world/spool/postern.db" "SELECT message_id FROM canary")" \
        "X-Postern-Mark: v1; $(printf '%064d' 0)" "" "Postern sends this to itself." |
        servers_deliver lado@example.org
    until_true 20 decided 2
    same "a forged one does not count" 0 "$(sqlite3 "$world/spool/postern.db" "SELECT back FROM canary")"
    end_world
}

test_junk() {
    new_world
    in_mailbox lado-parents "junk-folder = Junk"
    append Junk 2026-01-05 1
    deliver parent-docx lado
    start_daemon
    until_true 30 decided 2
    until_true 30 sent 1
    same "held, unanswered" 1 "$(count 'm["mailbox"] == "lado-parents-junk" and m["action"] == "hold" and m["reply"] == "none"')"
    same "the inbox as ever" 1 "$(count 'm["mailbox"] == "lado-parents" and m["action"] == "accept"')"
    stop_daemon
    same "it stays" 1 "$(folder_count lado@example.org Junk)"
    doveadm -c "$DOVECOT_DIR/dovecot.conf" fetch -u lado@example.org flags mailbox Junk >"$world/flags" 2>&1
    same "unmarked" 0 "$(grep -c 'Seen\|Deleted' "$world/flags")"
    end_world
}

test_start_date() {
    new_world
    in_mailbox lado-parents "start-date = 2026-03-01"
    append INBOX 2025-01-05 1 2 3 4 5
    append INBOX 2026-03-01 6 7
    append INBOX 2025-06-05 8
    start_daemon
    until_true 30 decided 3
    until_true 30 folder_is lado@example.org INBOX 5
    same "rows" 3 "$(count True)"
    sqlite3 "$world/spool/postern.db" "SELECT detail FROM audit WHERE act = 'mailbox-started'" >"$world/audit"
    has "the audit knows where it began" "start-date=2026-03-01 uidvalidity=" "$world/audit"
    has "and with which mail" "first-uid=6" "$world/audit"
    end_world
}

# No room in any folder but the inbox: new mails are read all the same, and people are told once.
test_full_mailbox() {
    new_world
    new_server 'mail_plugins = quota' 'protocol imap {' '  mail_plugins = quota imap_quota' \
        '  imap_capability = IMAP4rev1 SASL-IR LITERAL+ UIDPLUS IDLE' '}' 'plugin {' \
        '  quota = count:User' '  quota_vsizes = yes' '  quota_rule = *:messages=1' \
        '  quota_rule2 = INBOX:ignore' '}'
    deliver parent-docx lado 1
    deliver parent-docx lado 2
    deliver parent-docx lado 3
    start_daemon
    until_true 30 told quota
    deliver disclosure-in-body lado 4
    until_true 30 decided 4
    until_true 30 sent 4
    same "told once" 1 "$(grep -c 'cannot-move' "$world/log")"
    has "why" "OVERQUOTA" "$world/log"
    has "for people" "it is full" "$world/tasks"
    same "none is lost" 4 "$(($(folder_count lado@example.org INBOX) + $(folder_count lado@example.org Postern/Accepted) + $(folder_count lado@example.org Postern/Held) + 0))"
    stop_daemon
    sed -i 's/messages=1$/messages=100/' "$DOVECOT_DIR/dovecot.conf"
    doveadm -c "$DOVECOT_DIR/dovecot.conf" reload
    start_daemon
    until_true 30 folder_is lado@example.org INBOX 0
    until_true 10 logged "right-again trouble=quota"
    same "accepted" 3 "$(folder_count lado@example.org Postern/Accepted)"
    same "nothing twice" 4 "$(outbox True)"
    end_world
}

test_read_only() {
    new_world
    echo 'INBOX owner lr' >"$SERVERS/acl"
    new_server 'protocol imap {' '  mail_plugins = acl' '}' 'plugin {' "  acl = vfile:$SERVERS/acl" '}'
    chmod 644 "$SERVERS/acl"
    deliver parent-docx lado 1
    start_daemon
    until_true 30 sent 1
    until_true 10 told read-only
    deliver parent-docx lado 2
    until_true 30 sent 2
    same "they stay" 2 "$(folder_count lado@example.org INBOX)"
    same "said once" 1 "$(grep -c 'mailbox:lado-parents read-only: mails' "$world/log")"
    stop_daemon
    echo '* owner lrwstipekxa' >"$SERVERS/acl"
    doveadm -c "$DOVECOT_DIR/dovecot.conf" reload
    start_daemon
    until_true 30 folder_is lado@example.org INBOX 0
    until_true 10 logged "right-again trouble=read-only"
    end_world
}

# Others' servers in every kind of trouble, and a mailbox that does not notice.
test_others_in_trouble() {
    local mode port
    new_world
    : >"$world/peers"
    for mode in silent_fetch endless_lines throttled drip garbage silent_greeting throttled_fetch; do
        port=$(servers_port)
        /usr/bin/python3 "$here/imap-peer.py" "$mode" "$port" 2>/dev/null &
        SERVERS_PIDS="$SERVERS_PIDS $!"
        servers_await "$port"
        printf '[mailbox %s]\n%s\n' "${mode//_/-}" "url = imap://lado@127.0.0.1:$port/INBOX
tls = none
password-file = $world/password
address = ${mode//_/-}@example.org
role = lado-parents
timeout = 10" >>"$world/peers"
    done
    cat "$world/peers" >>"$world/postern.conf"
    start_daemon
    for n in 1 2 3; do
        deliver disclosure-in-body lado "$n"
        until_true 20 sent "$n"
    done
    same "answered all the same" 3 "$(outbox 'r["state"] == "sent"')"
    until_true 20 logged "mailbox:throttled failed trouble=not-connected"
    until_true 20 logged "mailbox:garbage failed trouble=protocol"
    until_true 20 logged "mailbox:throttled-fetch failed trouble=throttled"
    # 299961 ms were asked for.
    has "obeyed" "again-in-s=3" <(grep 'mailbox:throttled-fetch' "$world/log")
    same "and the mail is not given up" 0 "$(count 'm["mailbox"] == "throttled-fetch"')"
    same "no password, no address" 0 "$(grep -cF -e "$SERVERS_PASSWORD" -e '@' "$world/log")"
    end_world
}

# The other end is gone and says nothing: found by IDLE's renewal, here every 5 seconds.
test_half_open() {
    local port
    new_world
    port=$(servers_port)
    /usr/bin/python3 "$here/silent-proxy.py" "$port" "$IMAPS_PORT" &
    proxy=$!
    SERVERS_PIDS="$SERVERS_PIDS $proxy"
    servers_await "$port"
    sed -i "s/^url = imaps:.*/url = imaps:\/\/localhost:$port\/INBOX/" "$world/postern.conf"
    in_mailbox lado-parents "idle-refresh = 5" "timeout = 2"
    start_daemon
    deliver parent-docx lado 1
    until_true 30 folder_is lado@example.org INBOX 0
    kill -USR1 "$proxy"
    deliver parent-docx lado 2
    until_true 40 decided 2
    same "found" 2 "$(count 'm["action"] == "accept"')"
    has "by silence" "trouble=timeout" "$world/log"
    # Dovecot says BYE in the middle of IDLE.
    doveadm -c "$DOVECOT_DIR/dovecot.conf" kick lado@example.org >"$world/kick" 2>&1
    until_true 20 logged "trouble=protocol"
    deliver parent-docx lado 3
    until_true 40 decided 3
    same "after a farewell" 3 "$(count 'm["action"] == "accept"')"
    end_world
}

servers_begin || exit 1
start_sink
for name in ${*:-canary junk start_date full_mailbox read_only others_in_trouble half_open}; do
    say "mailboxes.sh: $name"
    "test_$name"
done
say "mailboxes.sh: $checks checks, $failures failed"
[ "$failures" = 0 ]
