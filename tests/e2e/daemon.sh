#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/e2e/daemon.sh - the whole daemon between a real Dovecot and a real Postfix.
#
# Mail goes in by LMTP; what comes out is read from Dovecot's folders, from the relay behind Postfix
# and from the postern command, as an administrator would see it.
# Where $POSTGRES_URL is set (./check postgres), the spool is a database of that server.
#
# Usage:    top_srcdir=... top_builddir=... daemon.sh [NAME...]     only the tests of these names
# Source:   doc/life-of-a-message.md

top_srcdir=${top_srcdir:-.} top_builddir=${top_builddir:-.}
here=$top_srcdir/tests/e2e
. "$here/world.sh"

# ---- tests ----

test_main_job() {
    new_world
    for name in parent-docx parent-pdf-form disclosure-in-body professional-after-cutoff \
        out-of-office broken-attachment; do
        deliver "$name" lado
    done
    deliver professional-after-cutoff cls 2
    start_daemon
    until_true 30 decided 7
    until_true 30 sent 6
    same "accepted" 2 "$(count 'm["action"] == "accept"')"
    same "redirected" 2 "$(count 'm["action"] == "redirect"')"
    same "held" 2 "$(count 'm["action"] == "hold"')"
    same "ignored" 1 "$(count 'm["action"] == "ignore" and m["reply"] == "none"')"
    until_true 10 folder_is lado@example.org INBOX 0
    same "accepted folder" 2 "$(folder_count lado@example.org Postern/Accepted)"
    same "redirected folder" 1 "$(folder_count lado@example.org Postern/Redirected)"
    same "held folder" 2 "$(folder_count lado@example.org Postern/Held)"
    same "ignored folder" 1 "$(folder_count lado@example.org Postern/Ignored)"
    same "legacy redirected" 1 "$(folder_count cls@example.org Postern/Redirected)"
    until_true 20 in_sink 6
    same "answers that left" 6 "$(find "$SERVERS/sink" -type f | wc -l)"
    same "marked as automatic" 6 "$(grep -l '^Auto-Submitted: auto-replied' "$SERVERS"/sink/* | wc -l)"
    same "threaded" 6 "$(grep -l '^In-Reply-To: <' "$SERVERS"/sink/* | wc -l)"
    reference=$(listing | sed -n 's/.*"reference":"\(LADO-[^"]*\)".*"action":"accept".*/\1/p' | head -1)
    postern pdf --config "$world/postern.conf" -o "$world/copy.pdf" "$reference"
    same "PDF copy" "%PDF" "$(head -c 4 "$world/copy.pdf")"
    postern audit --verify --config "$world/postern.conf" >"$world/audit"
    same "audit" 0 $?
    # Nothing of a mail stands in the log.
    same "log is silent on people" 0 "$(grep -ciE '@|adeyemi|subject:' "$world/log")"
    end_world
}

# From LMTP to the relay's acceptance, one mail at a time, woken by IDLE.
test_idle() {
    local began ended
    new_world
    start_daemon
    deliver disclosure-in-body lado 0
    until_true 30 sent 1
    for n in 1 2 3 4 5; do
        began=$(date +%s%N)
        deliver disclosure-in-body lado "$n"
        until_true 20 sent $((n + 1))
        ended=$(date +%s%N)
        echo "$(((ended - began) / 1000000))"
    done | sort -n >"$world/latency"
    # A look at the mailbox without IDLE would come after 60 seconds only.
    same "woken by IDLE" 5 "$(awk '$1 < 20000' "$world/latency" | wc -l)"
    say "     delivery to acknowledgement, ms (the test's own polling included): $(tr '\n' ' ' <"$world/latency")"
    end_world
}

# Killed in the middle of fifty mails, again and again.
test_killed() {
    new_world
    for n in $(seq 50); do deliver parent-docx lado "$n"; done
    for kill_after in 3 12 25 37; do
        start_daemon
        until_true 60 decided "$kill_after"
        pkill -KILL -P "$daemon"
        kill -KILL "$daemon"
        wait "$daemon" 2>/dev/null
        SERVERS_PIDS=${SERVERS_PIDS/ $daemon/}
        daemon=
    done
    start_daemon
    until_true 90 decided 50
    until_true 90 folder_is lado@example.org INBOX 0
    until_true 90 sent 50
    same "rows" 50 "$(count True)"
    same "outcomes" 50 "$(count 'm["action"] in ("accept", "hold")')"
    same "one reply a mail" 50 "$(outbox True)"
    same "references" 50 "$(listing | sed 's/.*"reference":"\([^"]*\)".*/\1/' | sort -u | wc -l)"
    same "moved" 50 "$(($(folder_count lado@example.org Postern/Accepted) + 0))"
    until_true 30 in_sink 50
    same "answered, by Message-ID" 50 "$(cat "$SERVERS"/sink/* | sed -n 's/^Message-ID: *//Ip' | sort -u | wc -l)"
    say "     replies that left twice: $(($(find "$SERVERS/sink" -type f | wc -l) - 50))"
    postern audit --verify --config "$world/postern.conf" >"$world/audit"
    same "audit" 0 $?
    same "database" ok "$(spool_integrity)"
    end_world
}

# Processes of the roles, when there are at least two.
roles_of() {
    local below
    below=$(cat "/proc/$1/task/$1/children" 2>/dev/null)
    [ "$(echo "$below" | wc -w)" -ge 2 ] && echo "$below"
}

alive() { # a zombie is not
    local pid
    for pid in $1; do
        grep -q '^State:.[^Z]' "/proc/$pid/status" 2>/dev/null && return 0
    done
    return 1
}

# A supervisor that is killed the moment it has started its roles leaves none of them behind.
test_killed_early() {
    local below survivors=0 refused=0
    new_world
    for n in 1 2 3 4 5 6; do
        start_daemon
        until below=$(roles_of "$daemon") || ! alive "$daemon"; do sleep 0.01; done
        alive "$daemon" || refused=$((refused + 1))
        kill -KILL "$daemon" 2>/dev/null
        wait "$daemon" 2>/dev/null
        SERVERS_PIDS=${SERVERS_PIDS/ $daemon/} daemon=
        for try in $(seq 40); do alive "$below" && sleep 0.05; done
        alive "$below" && survivors=$((survivors + 1)) && kill -KILL $below 2>/dev/null
    done
    same "roles that outlive their supervisor" 0 "$survivors"
    same "starts refused for the roles before" 0 "$refused"
    end_world
}

test_uidvalidity() {
    new_world
    deliver parent-docx lado
    deliver disclosure-in-body lado
    start_daemon
    until_true 30 folder_is lado@example.org Postern/Accepted 1
    stop_daemon
    # The server numbers everything anew, and the same mails lie in the inbox again.
    rm -rf "$DOVECOT_DIR/mail/lado@example.org"
    deliver parent-docx lado
    deliver disclosure-in-body lado
    start_daemon
    until_true 30 decided 4
    until_true 30 folder_is lado@example.org INBOX 0
    # Delivered anew they carry new Received lines: other bytes, and yet the same mails.
    same "known again" 2 "$(count 'm["action"] == "attach" and m["reply"] == "none"')"
    same "no second record" 2 "$(count 'm["action"] in ("accept", "hold")')"
    same "no second reply" 2 "$(outbox True)"
    end_world
}

test_relay_down() {
    new_world
    write_config "$(servers_port)"
    deliver parent-docx lado
    start_daemon
    until_true 30 decided 1
    until_true 30 test "$(outbox 'r["state"] == "deferred" or r["attempts"] > 0')" = 1 ||
        until_true 10 folder_is lado@example.org INBOX 0
    same "kept while the relay is down" 0 "$(outbox 'r["state"] == "sent"')"
    stop_daemon
    write_config
    start_daemon
    until_true 30 sent 1
    same "sent when it is back" 1 "$(outbox 'r["state"] == "sent"')"
    until_true 20 in_sink 1
    same "once" 1 "$(find "$SERVERS/sink" -type f | wc -l)"
    end_world
}

# A bounce to the signed envelope sender finds its reply, though it quotes nothing.
test_bounced() {
    local sender
    new_world
    printf 'bounce-address = lado+*@example.org\n' >>"$world/postern.conf"
    deliver disclosure-in-body lado
    start_daemon
    until_true 30 in_sink 1
    sender=$(sed -n 's/^X-Mail-Args: <\([^>]*\)>.*/\1/p' "$SERVERS"/sink/*)
    same "signed envelope sender" lado+b= "${sender%%=*}="
    printf '%s\r\n' "From: Mail Delivery System <MAILER-DAEMON@example.com>" "To: <$sender>" \
        "Subject: Undelivered Mail Returned to Sender" "Message-ID: <b1@example.com>" "" \
        "Not delivered: 550 5.1.1 user unknown" | servers_deliver "$sender"
    until_true 30 decided 2
    same "filed with its record" 1 "$(count 'm["action"] == "attach"')"
    same "the reply is bounced" 1 "$(outbox 'r["state"] == "bounced" and r["bounce"] == "5.1.1"')"
    postern tasks --config "$world/postern.conf" >"$world/tasks"
    has "somebody must tell them" "not-told" "$world/tasks"
    end_world
}

test_relay_certificate() {
    new_world
    servers_ca other
    write_config "$SMTP_PORT" "$SERVERS/other.pem"
    deliver parent-docx lado
    start_daemon
    until_true 30 grep -q 'deferred' "$world/log"
    has "a relay of an unknown authority" "certificate" "$world/log"
    same "nothing sent to it" 0 "$(find "$SERVERS/sink" -type f | wc -l)"
    end_world
}

# What an administrator gets wrong; each is said plainly, and nothing is lost.
test_mistakes() {
    new_world
    deliver parent-docx lado
    mistake() { # WHAT SED-EXPRESSION TEXT
        sed "$2" "$world/postern.conf" >"$world/bad.conf"
        postern check-config --config "$world/bad.conf" >/dev/null 2>"$world/said"
        same "$1: exit" 1 $?
        has "$1" "$3" "$world/said"
    }
    mistake "bounce address without a star" 's/^retry-min/bounce-address = lado@example.org\n&/' "with one * before the @"
    mistake "unknown setting" 's/^role = lado-parents/colour = red\n&/' "there is no such setting"
    mistake "missing key" "s#$world/master.key#$world/none.key#" "none.key: No such file"
    mistake "no key at all" '/^master-key-file/d' "master-key-file: is missing"
    mistake "missing password" "s#$world/password#$world/nothing#" "nothing: No such file"
    mistake "clear text elsewhere" 's#^url = imap://localhost.*#url = imap://mail.example.org/INBOX\ntls = none#;/^tls = starttls/d' "only for this machine"
    chmod 644 "$world/password"
    postern check-config --config "$world/postern.conf" >/dev/null 2>"$world/said"
    same "open password: exit" 0 $?
    has "open password" "anybody on this machine may read" "$world/said"
    chmod 600 "$world/password"

    echo wrong >"$world/password"
    start_daemon
    until_true 30 grep -q 'password-file' "$world/log"
    has "wrong password" "mailbox:lado-parents" "$world/log"
    stop_daemon
    same "still in the inbox" 1 "$(folder_count lado@example.org INBOX)"
    printf '%s\n' "$SERVERS_PASSWORD" >"$world/password"

    start_daemon --once
    wait "$daemon"
    same "--once" 0 $?
    daemon=
    postern make-key "$world/other.key" >/dev/null
    sed "s#$world/master.key#$world/other.key#" "$world/postern.conf" >"$world/bad.conf"
    postern list --config "$world/bad.conf" 2>"$world/said"
    same "another key: exit" 3 $?
    has "another key" "master key" "$world/said"
    end_world
}

# A disk without room: mail waits in the inbox, and is taken when there is room again.
test_full_disk() {
    new_world
    mount -t tmpfs -o size=6m tmpfs "$world/spool" 2>/dev/null || {
        say "     SKIP full_disk: no tmpfs may be mounted here"
        end_world
        return
    }
    deliver parent-docx lado 0
    start_daemon
    until_true 30 sent 1
    dd if=/dev/zero of="$world/spool/ballast" bs=64k 2>/dev/null
    for n in 1 2 3; do deliver parent-docx lado "$n"; done
    until_true 40 grep -q 'room' "$world/log"
    has "said plainly" "room" "$world/log"
    rm "$world/spool/ballast"
    until_true 90 decided 4
    until_true 90 folder_is lado@example.org INBOX 0
    same "all of them" 4 "$(count 'm["action"] == "accept"')"
    until_true 60 sent 4
    same "all answered" 4 "$(outbox 'r["state"] == "sent"')"
    stop_daemon
    umount "$world/spool"
    end_world
}

servers_begin || exit 1
start_sink
for name in ${*:-main_job idle killed killed_early uidvalidity relay_down bounced relay_certificate mistakes full_disk}; do
    say "daemon.sh: $name"
    "test_$name"
done
say "daemon.sh: $checks checks, $failures failed"
[ "$failures" = 0 ]
