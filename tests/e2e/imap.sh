#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/e2e/imap.sh - the IMAP store against a real Dovecot and against peers that misbehave.
#
# Usage:    top_srcdir=... top_builddir=... imap.sh [NAME...]     only the tests of these names
# Source:   daemon/store.h; field: what servers have been seen to do

here=${top_srcdir:-.}/tests/e2e
probe=${top_builddir:-.}/store-probe
. "$here/servers.sh"
failures=0 checks=0

for needed in dovecot openssl /usr/bin/python3; do
    command -v "$needed" >/dev/null || { echo "SKIP: $needed is not installed"; exit 77; }
done

export PROBE_HOST=localhost PROBE_USER=lado@example.org PROBE_PASSWORD=$SERVERS_PASSWORD
export PROBE_TLS=implicit PROBE_CA PROBE_PORT PROBE_MAILDIR
unset PROBE_MAILDIR

say() { printf '%s\n' "$*"; }

# expect WHAT TEXT: the output of the last run contains TEXT
expect() {
    checks=$((checks + 1))
    case $output in
    *"$2"*) ;;
    *)
        failures=$((failures + 1))
        say "FAIL $1: expected '$2', got:" "$output"
        ;;
    esac
}

refuse() {
    checks=$((checks + 1))
    case $output in
    *"$2"*)
        failures=$((failures + 1))
        say "FAIL $1: did not expect '$2', got:" "$output"
        ;;
    esac
}

run() { output=$(timeout 60 "$probe" "$@" 2>"$SERVERS/stderr"); status=$?; }

# A run must end by itself and stay small.
run_small() {
    run "$@"
    memory=$(sed -n 's/^memory //p' "$SERVERS/stderr")
    checks=$((checks + 1))
    if [ "$status" -gt 1 ] || [ -z "$memory" ] || [ "$memory" -gt "${MEMORY_MAX:-64}" ]; then
        failures=$((failures + 1))
        say "FAIL $*: status $status, memory ${memory:-unknown} MB" "$output"
    fi
}

mail() { printf 'From: a@example.com\r\nTo: lado@example.org\r\nSubject: %s\r\n\r\nText %s\r\n' "$1" "$1"; }

uid_of() { printf '%s\n' "$output" | sed -n "${1}s/^mail \([0-9]*\) .*/\1/p"; }

# A mail of 20 MB byte for byte, by a process that stays small.
test_streamed() {
    { mail long; yes "$(printf '0123456789%.0s' 1 2 3 4 5 6 7)"$'\r' | head -c 19999944; } >"$SERVERS/long"
    servers_deliver lado@example.org <"$SERVERS/long"
    timeout 60 "$probe" stream 4 20300000 >"$SERVERS/streamed" 2>"$SERVERS/stderr"
    memory=$(sed -n 's/^memory //p' "$SERVERS/stderr") output=
    [ "$(tail -c 19000000 "$SERVERS/streamed" | cksum)" = "$(tail -c 19000000 "$SERVERS/long" | cksum)" ] ||
        output="other bytes"
    refuse "a streamed mail" "other bytes"
    [ "${memory:-99}" -lt 18 ] || output="memory $memory"
    refuse "a streamed mail" "memory"
}

test_real_server() {
    servers_dovecot
    PROBE_CA=$SERVERS/ca.pem PROBE_PORT=$IMAPS_PORT
    run list 1; expect "empty" "next 1"
    for number in 1 2 3; do mail "number $number" | servers_deliver lado@example.org; done
    run list 1; expect "three mails" "mail 3 size"
    expect "cursor" "next 4"
    run list 3; refuse "a listing from 3" "mail 2"; expect "a listing from 3" "mail 3"
    run list 4; refuse "nothing new" "mail"; expect "nothing new" "next 4"
    run fetch 2 500; expect "a whole mail" "Text number 2"
    run headers 2 500; expect "headers" "Subject: number 2"; refuse "headers" "Text"
    run fetch 99 500; expect "a UID that is not there" "nothing"
    run stream 2 500; expect "a whole mail, streamed" "Text number 2"
    run stream 99 500; expect "a UID that is not there, streamed" "nothing"
    PROBE_TLS=starttls PROBE_PORT=$IMAP_PORT
    run list 1; expect "STARTTLS" "mail 3"
    PROBE_TLS=implicit PROBE_PORT=$IMAPS_PORT
    test_streamed
    run move accept 1; expect "a move" "moved 1"
    run move hold 1 2; expect "one is gone" "gone 1"; expect "one is moved" "moved 1"
    run list 1; refuse "moved ones" "mail 1 "; refuse "moved ones" "mail 2 "; expect "the rest" "mail 3"
    doveadm -c "$DOVECOT_DIR/dovecot.conf" mailbox list -u lado@example.org >"$SERVERS/folders" 2>&1
    output=$(cat "$SERVERS/folders")
    expect "folders" "Postern/Accepted"; expect "folders" "Postern/Held"; refuse "folders" "Ignored"
    output=$(doveadm -c "$DOVECOT_DIR/dovecot.conf" fetch -u lado@example.org flags mailbox INBOX 2>&1)
    refuse "nothing is marked as read" "Seen"
    PROBE_PASSWORD=wrong
    run list 1; expect "a wrong password" "error AUTH: log-in: the server says"
    expect "its reason" "AUTHENTICATIONFAILED"
    PROBE_PASSWORD=$SERVERS_PASSWORD
    (sleep 1; mail late | servers_deliver lado@example.org) &
    run wait 20; expect "IDLE wakes" "woken"
    wait $!
    checks=$((checks + 1))
    [ "$(sed -n 's/woken after \([0-9]*\) ms/\1/p' <<<"$output")" -lt 15000 ] ||
        { failures=$((failures + 1)); say "FAIL IDLE slept through: $output"; }
    run wait 1; expect "IDLE ends" "woken"
    servers_dovecot_stop
    run list 1; expect "nobody there" "error CONNECT"
}

test_uidvalidity() {
    servers_dovecot
    PROBE_CA=$SERVERS/ca.pem PROBE_PORT=$IMAPS_PORT
    mail one | servers_deliver busy@example.org
    PROBE_USER=busy@example.org
    run list 1; before=${output##*uidvalidity }
    sleep 1.1
    rm -rf "$DOVECOT_DIR/mail/busy@example.org"
    mail one | servers_deliver busy@example.org
    run list 1; after=${output##*uidvalidity }
    PROBE_USER=lado@example.org
    checks=$((checks + 1))
    [ -n "$before" ] && [ "$before" != "$after" ] ||
        { failures=$((failures + 1)); say "FAIL uidvalidity: $before $after"; }
    servers_dovecot_stop
}

# Servers that keep everything below INBOX, with dots, and have no MOVE.
test_namespace() {
    servers_dovecot 'namespace inbox {' '  prefix = INBOX.' '  separator = .' '}' \
        'protocol imap {' \
        '  imap_capability = IMAP4rev1 SASL-IR LITERAL+ NAMESPACE UIDPLUS IDLE' '}'
    PROBE_CA=$SERVERS/ca.pem PROBE_PORT=$IMAPS_PORT
    mail one | servers_deliver lado@example.org
    mail two | servers_deliver lado@example.org
    run move redirect 1; expect "COPY, STORE, UID EXPUNGE" "moved 1"
    run list 1; refuse "moved away" "mail 1 "; expect "the other stays" "mail 2 "
    output=$(doveadm -c "$DOVECOT_DIR/dovecot.conf" mailbox list -u lado@example.org 2>&1)
    expect "below the namespace" "INBOX.Postern.Redirected"
    servers_dovecot_stop
}

test_many() {
    servers_dovecot
    PROBE_CA=$SERVERS/ca.pem PROBE_PORT=$IMAPS_PORT
    /usr/bin/python3 - "$LMTP_PORT" <<'EOF'
import smtplib, sys
with smtplib.LMTP("127.0.0.1", int(sys.argv[1])) as lmtp:
    for number in range(1200):
        lmtp.sendmail("a@example.com", ["busy@example.org"], f"Subject: {number}\r\n\r\nx\r\n")
EOF
    PROBE_USER=busy@example.org
    run list 1; expect "the first window" "next 1001"
    run list 1001; expect "the second" "next 1201"; expect "the second" "mail 1200 "
    PROBE_USER=lado@example.org
    servers_dovecot_stop
}

# refused NAME CERTIFICATE CODE TEXT [HOST]: a server whose certificate must not be accepted
refused() {
    start_peer good "$SERVERS/$2.pem" "$SERVERS/$2.key"
    PROBE_TLS=implicit PROBE_CA=${5:-$SERVERS/ca.pem}
    run list 1; expect "$1" "error $3"; expect "$1" "$4"
    stop_peer
}

start_peer() {
    PROBE_PORT=$(servers_port)
    /usr/bin/python3 "$here/imap-peer.py" "$1" "$PROBE_PORT" $2 $3 >"$SERVERS/peer" 2>&1 &
    peer=$!
    SERVERS_PIDS="$SERVERS_PIDS $peer"
    servers_await "$PROBE_PORT"
}

stop_peer() {
    kill "$peer"
    wait "$peer" 2>/dev/null
    SERVERS_PIDS=${SERVERS_PIDS/ $peer/}
}

test_certificates() {
    [ -e "$SERVERS/ca.pem" ] || servers_ca ca
    servers_ca stranger
    servers_certificate right ca DNS:localhost
    servers_certificate other ca DNS:mail.example.org,DNS:www.example.org
    servers_certificate foreign stranger DNS:localhost
    servers_certificate old ca DNS:localhost -1
    start_peer good "$SERVERS/right.pem" "$SERVERS/right.key"
    PROBE_TLS=implicit PROBE_CA=$SERVERS/ca.pem
    run list 1; expect "the right certificate" "mail 1 size"
    PROBE_HOST=127.0.0.1
    run list 1; expect "an address that it is not for" "certificate of 127.0.0.1 is for localhost"
    PROBE_HOST=localhost
    stop_peer
    refused "another host's" other TLS "certificate of localhost is for mail.example.org, www.example.org"
    refused "a stranger's" foreign TLS "issued by an unknown authority: set ca-file"
    refused "an expired one" old TLS "certificate of localhost expired on 20"
    refused "a missing ca-file" right FILE "ca-file" "$SERVERS/none.pem"
    start_peer good
    PROBE_CA=$SERVERS/ca.pem
    run list 1; expect "no TLS at all" "error TLS"
    stop_peer
}

# peer MODE COMMAND...: one run against a peer without TLS
peer() {
    start_peer "$1"
    shift
    run_small "$@"
    output="$output $(cat "$SERVERS/peer")"
    stop_peer
}

test_odd_servers() {
    PROBE_TLS=none PROBE_CA=
    unset PROBE_CA
    peer good list 1; expect good "mail 1 size 41 received 1767258000"
    peer twins list 1; expect twins "mail 1 size 40 received 1767263400"; refuse twins "mail 9"
    peer early_exists wait 10; expect "lines before the +" "woken"
    peer no_idle wait 1; expect "no IDLE" "woken"
    peer idle_no wait 10; expect "IDLE refused" "error PROTOCOL: idle: the server says \"NO not today\""
    peer idle_bye wait 10; expect "BYE in IDLE" "BYE going down"; refuse "an address" "lado@"
    peer login_only list 1; expect "LOGIN quotes" "mail 1"
    peer login_disabled list 1; expect "LOGINDISABLED" "error AUTH"; refuse "LOGINDISABLED" "WAS SENT"
    peer no_sasl_ir list 1; expect "PLAIN in two steps" "mail 1"
    peer auth_unavailable list 1; expect "a failure that passes" "error CONNECT"; refuse "an address" "lado@"
    peer throttled list 1; expect "not connected" "error UNCONNECTED: select: the server says \"BAD User is auth"
    peer throttled_fetch fetch 1 40; expect "throttled, not without the mail" "error THROTTLED"
    expect "how long" "Suggested Backoff Time: 299961 milliseconds"
    peer throttled_bye list 1; expect "throttled by BYE" "error THROTTLED"; expect "how long" "Time: 1500 m"
    peer throttled_login list 1; expect "throttled at the log-in" "error THROTTLED"
    peer over_quota move accept 1; expect "no room" "error QUOTA"; refuse "an address" "lado@"
    refuse "no folder will help" "CREATED IN VAIN"
    peer bye_greeting list 1; expect "BYE as a greeting" "BYE too many connections"; refuse "an address" "lado@"
    peer bye_in_fetch fetch 1 40; expect "BYE in a fetch" "BYE restarting"
    peer read_only list 1; expect "read-only" "mail 1 size"; expect "it says so" "read-only"
    peer refuses_body fetch 1 40; expect "a mail it cannot give" "nothing"
    peer nil_body fetch 1 40; expect "a mail that is NIL" "nothing"
    peer throttled_fetch stream 1 40; expect "throttled, streamed" "error THROTTLED"
    peer bye_in_fetch stream 1 40; expect "BYE in a stream" "BYE restarting"
    peer refuses_body stream 1 40; expect "a mail it cannot give, streamed" "nothing"
    peer nil_body stream 1 40; expect "a mail that is NIL, streamed" "nothing"
    peer refuses_half list 1; expect "half a listing" "mail 1 "; expect "the other half" "mail 2 "
    peer flat move attach 1
    expect "no levels" "CREATE Postern-Attached"; expect "marked only" "STORE 1 +FLAGS.SILENT (\\Deleted)"
    refuse "others' mail" "EXPUNGED"
    PROBE_TLS=starttls
    peer no_starttls list 1; expect "no fall-back" "error TLS"; refuse "no fall-back" "WAS SENT"
    peer preauth list 1; expect "PREAUTH" "error TLS"
    peer injected_starttls list 1; expect "injection" "error TLS"; refuse "injection" "WAS SENT"
}

test_hostile_servers() {
    PROBE_TLS=none
    unset PROBE_CA
    peer eof_in_literal fetch 1 5000; expect "EOF in a literal" "error PROTOCOL"
    peer eof_in_line fetch 1 40; expect "EOF in a line" "error PROTOCOL"
    peer huge_literal fetch 1 40; expect "4 GiB" "announces 4294967290 bytes"
    peer wrapping_literal fetch 1 40; expect "a literal that wraps" "announces 4294967299 bytes"
    peer endless_line fetch 1 1000000000; expect "an endless line" "error PROTOCOL"
    peer endless_lines list 1; expect "endless lines" "more than was asked for"
    peer deep list 1; expect "deep brackets" "nests brackets"
    peer deep_behind_text list 1; expect "deep brackets behind braces" "nests brackets"
    peer silent_greeting list 1; expect "silence" "silent for 2 s"
    peer silent_fetch fetch 1 40; expect "silence in a fetch" "silent for 2 s"
    peer idle_deaf wait 1; expect "DONE unanswered" "silent for 2 s"
    peer drip list 1; expect "a drip" "error TIMEOUT"
    peer last_uid list 1; expect "the last UID" "out of UIDs"
    peer other_mail fetch 1 40; expect "another mail's bytes" "nothing"
    peer other_mail stream 1 40; expect "another mail's bytes, streamed" "nothing"
    peer eof_in_literal stream 1 5000; expect "EOF in a streamed literal" "error PROTOCOL"
    peer huge_literal stream 1 40; expect "4 GiB, streamed" "announces 4294967290 bytes"
    peer no_capability list 1; expect "no capabilities" "error PROTOCOL"
    peer nothing_selected list 1; expect "says nothing" "mail 1 size"
    peer nul_bytes list 1; expect "NUL bytes" "error PROTOCOL"
    peer garbage list 1; expect "garbage" "error PROTOCOL"
    peer only_ok list 1; expect "nothing but OK" "next 1"
    for seed in 8 20 50; do
        export PEER_SEED=$seed
        peer any list 1
    done
    peer wrong_tags list 1; expect "wrong tags" "error"
    PROBE_REFRESH=1
    export PROBE_REFRESH
    peer half_open wait 60; expect "half-open in IDLE" "silent for 2 s"; refuse "half-open" "woken"
    peer half_open_no_idle list 2; expect "half-open without IDLE" "silent for 2 s"
    unset PROBE_REFRESH
}

servers_begin || exit 1
for name in ${*:-real_server uidvalidity namespace many certificates odd_servers hostile_servers}; do
    "test_$name"
done
say "imap.sh: $checks checks, $failures failed"
[ "$failures" = 0 ]
