#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/e2e/relay.sh - replies on their way out: a real Postfix, and a peer for what it cannot be made to do.
#
# Mails come in by a Maildir; what has left is read from the sink behind Postfix, or from the peer's log.
#
# Usage:    top_srcdir=... top_builddir=... relay.sh [NAME...]     only the tests of these names
# Source:   doc/replies.md, "Sending"; RFC 5321, RFC 2920, RFC 3461, RFC 8689, RFC 1047

top_srcdir=$(cd "${top_srcdir:-.}" && pwd) top_builddir=$(cd "${top_builddir:-.}" && pwd)
here=$top_srcdir/tests/e2e
. "$here/servers.sh"
. "$here/checks.sh"
PATH=$top_builddir:$PATH:/usr/sbin

for needed in openssl /usr/bin/python3 sqlite3; do
    command -v "$needed" >/dev/null || { echo "SKIP: $needed is not installed"; exit 77; }
done

# new_world PORT [SMTP SETTING...]
new_world() {
    local port=$1
    shift
    stop_daemon
    world=$(mktemp -d "$SERVERS/w.XXXX")
    chmod 755 "$world"
    mkdir -p "$world/spool" "$world/in/new" "$world/in/cur" "$world/in/tmp"
    postern make-key "$world/master.key" >/dev/null
    : >"$world/log" >"$world/peer.log"
    cat >"$world/postern.conf" <<CONF
[service]
message-id-domain = intake.example.org
parsers = 1
duty-address = duty@example.net
[spool]
url = sqlite:$world/spool/postern.db
master-key-file = $world/master.key
[mailbox lado-parents]
url = maildir:$world/in
address = lado@example.org
role = lado-parents
poll-interval = 1
[smtp]
url = smtp://localhost:$port
tls = ${TLS:-starttls}
ca-file = $SERVERS/ca.pem
from = County LADO Service <lado@example.org>
bounce-address = lado+*@example.org
retry-min = 1
retry-max = 2
timeout = 2
$(printf '%s\n' "$@")
CONF
    [ "$TLS" != none ] || sed -i '/^ca-file/d' "$world/postern.conf"
}

# mail ADDRESS [WORDS]: somebody writes
mail() {
    printf 'From: <%s>\r\nTo: <lado@example.org>\r\nSubject: A question\r\nDate: %s\r\nMessage-ID: <%s@example.com>\r\n\r\n%s\r\n' \
        "$1" "$(date -R)" "$RANDOM.$RANDOM.$RANDOM" \
        "${2:-I am worried about my son and his football coach, who shouted at him. What can I do?}" \
        >"$world/in/tmp/m"
    mv "$world/in/tmp/m" "$world/in/new/$(date +%s%N).$RANDOM"
}

# Everything is decided, and nobody is there to send it to.
decide_only() {
    sed "s/^url = smtp:.*/url = smtp:\/\/localhost:$(servers_port)/; /^tls = /d; /^ca-file = /d" \
        "$world/postern.conf" >"$world/alone.conf"
    posternd --config "$world/alone.conf" --once >/dev/null 2>&1
    sqlite3 "$world/spool/postern.db" "UPDATE outbox SET state = 'queued', due = queued, attempts = 0"
}

outbox() { # PYTHON-EXPRESSION over one reply "r", counted
    postern outbox --json --config "$world/postern.conf" 2>/dev/null | /usr/bin/python3 -c "
import json, sys
print(sum(1 for r in map(json.loads, sys.stdin) if $1))"
}
sent() { [ "$(outbox 'r["state"] == "sent"')" -ge "$1" ]; }
is() { [ "$(outbox "r[\"state\"] == \"$1\"")" -ge "$2" ]; }
tasks() { postern tasks --json --config "$world/postern.conf" | sed -n 's/.*"what":"\([^"]*\)".*"detail":"\([^"]*\)".*/\1 \2/p' | grep -v '^holidays-end'; }
in_sink() { [ "$(find "$SERVERS/sink" -type f | wc -l)" -ge "$1" ]; }
told() { grep -c "$1" "$world/peer.log"; } # lines of the peer's log
postfix_says() { sed -n "$postfix_mark,\$p" "$SERVERS/postfix/log" | grep -c "$1"; }
mark_postfix() { postfix_mark=$(($(wc -l <"$SERVERS/postfix/log") + 1)); }

# peer MODE [tls]: sets PEER_PORT; logs to the world's peer.log, which must be there
peer_port() { PEER_PORT=$(servers_port); }
peer() {
    local files=
    [ "$2" != tls ] || files="$SERVERS/server.pem $SERVERS/server.key"
    /usr/bin/python3 "$here/smtp-peer.py" "$1" "$PEER_PORT" "$world/peer.log" $files &
    PEER=$!
    SERVERS_PIDS="$SERVERS_PIDS $PEER"
    servers_await "$PEER_PORT"
    : >"$world/peer.log"
}
peer_end() {
    stop_daemon
    kill "$PEER" 2>/dev/null
    wait "$PEER" 2>/dev/null
    SERVERS_PIDS=${SERVERS_PIDS/ $PEER/}
}

# ---- a real Postfix, and smtp-sink behind it ----

start_postfix() {
    SINK_PORT=$(servers_port) LMTP_PORT=$(servers_port)
    mkdir -p "$SERVERS/sink"
    chown nobody "$SERVERS/sink"
    (cd "$SERVERS" && exec smtp-sink -4 -u nobody -d "sink/%M." "127.0.0.1:$SINK_PORT" 100) &
    SERVERS_PIDS="$SERVERS_PIDS $!"
    REFUSING_PORT=$(servers_port)
    smtp-sink -4 -u nobody -f rcpt "127.0.0.1:$REFUSING_PORT" 100 &
    SERVERS_PIDS="$SERVERS_PIDS $!"
    servers_await "$SINK_PORT" && servers_await "$REFUSING_PORT"
    SERVERS_RELAY="smtp:[127.0.0.1]:$SINK_PORT"
    servers_postfix
}

postfix_set() {
    postconf -c "$SERVERS_POSTFIX" -e "$@"
    postfix -c "$SERVERS_POSTFIX" reload >/dev/null 2>&1
}

# A connection for many, and another one, at once, when the server has ended the first.
test_reuse() {
    new_world "$SMTP_PORT" "connections = 1"
    for n in 1 2 3 4 5 6 7 8 9 10; do mail "p$n@example$n.com"; done
    decide_only
    postfix_set smtpd_tls_loglevel=1
    sleep 1
    mark_postfix
    rm -f "$SERVERS"/sink/*
    start_daemon
    until_true 60 sent 10
    same "one connection for ten" 1 "$(postfix_says 'connect from')"
    same "over TLS" 1 "$(postfix_says 'TLS connection established from')"
    until_true 30 in_sink 10
    same "each once" 10 "$(cat "$SERVERS"/sink/* | sed -n 's/^Message-ID: *//Ip' | sort -u | wc -l)"
    # Restarted, it has ended our connection: the next reply must not have to wait for that.
    postfix -c "$SERVERS_POSTFIX" stop >/dev/null 2>&1
    postfix -c "$SERVERS_POSTFIX" start >/dev/null 2>&1
    servers_await "$SMTP_PORT"
    mail "last@example.com"
    until_true 60 sent 11
    same "nothing was put off for an old connection" 0 "$(grep -c deferred "$world/log")"
}

# A domain that wants us to come again later keeps nobody else waiting, and gets its mail in the end.
test_greylisting() {
    new_world "$SMTP_PORT"
    printf '%s\n' 'slow.example 450 4.2.0 greylisted' 'gone.example 550 5.1.1 nobody' >"$SERVERS/access"
    postfix_set "smtpd_recipient_restrictions=check_recipient_access texthash:$SERVERS/access, permit_mynetworks, reject"
    sleep 1
    mail "one@slow.example"
    mail "two@gone.example"
    for n in 1 2 3; do mail "p$n@example.com"; done
    start_daemon
    until_true 60 sent 3
    until_true 30 is deferred 1
    until_true 30 is failed 1
    same "others have theirs" 3 "$(outbox 'r["state"] == "sent"')"
    same "who is refused for good becomes a task" "not-told failed" "$(tasks)"
    stop_daemon
    postfix_set 'smtpd_recipient_restrictions='
    sleep 1
    start_daemon
    until_true 60 sent 4
    same "and so it has" 4 "$(outbox 'r["state"] == "sent"')"
    same "by a later attempt" 1 "$(outbox 'r["state"] == "sent" and r["attempts"] > 1')"
}

# Postfix tells us by a report that names the reply, and that finds its record.
test_report() {
    new_world "$SMTP_PORT"
    chmod 777 "$world/in" "$world/in"/*
    echo "gone.example smtp:[127.0.0.1]:$REFUSING_PORT" >"$SERVERS/transport"
    echo 'lado@example.org in/' >"$SERVERS/mailboxes"
    postfix_set "transport_maps=texthash:$SERVERS/transport" recipient_delimiter=+ virtual_transport=virtual \
        "virtual_mailbox_base=$world" "virtual_mailbox_maps=texthash:$SERVERS/mailboxes" \
        virtual_uid_maps=static:65534 virtual_gid_maps=static:65534 virtual_minimum_uid=1 virtual_mailbox_limit=0
    postconf -c "$SERVERS_POSTFIX" -M 'virtual/unix=virtual unix - n n - - virtual'
    postfix -c "$SERVERS_POSTFIX" reload >/dev/null 2>&1
    mail "one@gone.example"
    start_daemon
    until_true 60 is bounced 1
    same "the reply is bounced" 1 "$(outbox 'r["state"] == "bounced" and r["bounce"] == "5.3.0"')"
    same "and somebody must tell them" "not-told bounced 5.3.0" "$(tasks)"
    same "the report names the reply" 1 \
        "$(cat "$world"/in/cur/* "$world"/in/new/* "$world"/in/.*/*/* 2>/dev/null | grep -c '^Original-Envelope-Id: hold\.')"
    same "and has no text of it" 0 \
        "$(grep -rl '^Original-Envelope-Id' "$world/in" | xargs cat | grep -c 'County LADO Service$')"
    postfix_set transport_maps=
}

# The relay is away: nobody is tried one by one, all leave when it is back, what is too old is given up.
test_away() {
    new_world "$SMTP_PORT"
    for n in 1 2 3 4; do mail "p$n@example.com"; done
    decide_only
    sqlite3 "$world/spool/postern.db" "UPDATE outbox SET queued = queued - 73 * 3600 * 1000000 WHERE id = (SELECT MAX(id) FROM outbox)"
    postfix -c "$SERVERS_POSTFIX" stop >/dev/null 2>&1
    start_daemon
    until_true 30 is failed 1
    same "what waits too long becomes a task" 1 "$(tasks | grep -c '^not-told')"
    until_true 20 is deferred 1
    same "nothing has left" 0 "$(outbox 'r["state"] == "sent"')"
    postfix -c "$SERVERS_POSTFIX" start >/dev/null 2>&1
    until_true 60 sent 3
    same "the others leave when it is back" 3 "$(outbox 'r["state"] == "sent"')"
}

# ---- what must not travel without TLS ----

test_require_tls() {
    new_world "$SMTP_PORT" "require-tls = gov.uk;nhs.net"
    mail "one@social.kent.gov.uk"
    mail "two@notgov.uk"
    start_daemon
    until_true 30 sent 1
    until_true 30 is failed 1
    same "not sent where TLS cannot be promised" 1 "$(tasks | grep -c '^not-told failed')"
    same "and the reason is said" 1 "$(grep -c 'offers no REQUIRETLS' "$world/log")"
    peer_port
    new_world "$PEER_PORT" "require-tls = gov.uk"
    peer requiretls tls
    mail "one@social.kent.gov.uk"
    mail "two@example.com"
    start_daemon
    until_true 30 sent 2
    same "asked for where it is offered" 1 "$(told '^MAIL FROM:.* REQUIRETLS')"
    peer_end
}

# ---- peers ----

# One line for each command, with what RFC 3461 lets us ask for.
test_words() {
    peer_port
    TLS=none new_world "$PEER_PORT" "connections = 1"
    peer good
    for n in 1 2 3; do mail "a+b=c$n@example.com"; done
    TLS=none decide_only
    start_daemon
    until_true 30 sent 3
    same "a report is asked for" 3 "$(told '^MAIL FROM:<lado+b=hold\.[^ ]*@example\.org> SIZE=[0-9]* RET=HDRS ENVID=hold\.[a-z0-9]*\.1@intake\.example\.org$')"
    same "of failure and delay" 3 "$(told '^RCPT TO:<a+b=c[123]@example\.com> NOTIFY=FAILURE,DELAY ORCPT=rfc822;a+2Bb+3Dc[123]@example\.com$')"
    same "by one connection" 1 "$(told '^EHLO')"
    stop_daemon
    same "which is ended politely" 1 "$(told '^QUIT')"
    peer_end
    peer_port
    TLS=none new_world "$PEER_PORT"
    peer plain
    for n in 1 2 3; do mail "p$n@example.com"; done
    start_daemon
    until_true 30 sent 3
    same "nothing is asked of a server that offers nothing" 3 "$(told '^MAIL FROM:<[^> ]*>$')"
    same "nor said before its turn" 0 "$(told '^early')"
    peer_end
    peer_port
    TLS=none new_world "$PEER_PORT"
    peer no_dsn_after_all
    mail "p@example.com"
    start_daemon
    until_true 30 sent 1
    same "what was offered and is refused is left out" 1 "$(told '^RCPT TO:<p@example.com>$')"
    peer_end
}

# At most once more, with the same Message-ID; then a person must look.
test_uncertain() {
    local mode
    for mode in drops_after_dot silent_after_dot says_nonsense_after_dot; do
        peer_port
        TLS=none new_world "$PEER_PORT" "timeout = 1"
        sed -i '0,/^timeout = 2/{/^timeout = 2/d}' "$world/postern.conf"
        peer "$mode"
        mail "p@example.com"
        start_daemon
        until_true 60 grep -q 'uncertain.*attempts=2' "$world/log"
        sleep 3
        same "$mode: uncertain" 1 "$(outbox 'r["state"] == "uncertain"')"
        same "$mode: sent twice at most" 2 "$(told '^mail ')"
        same "$mode: with one Message-ID" 1 "$(grep '^mail ' "$world/peer.log" | sort -u | wc -l)"
        same "$mode: and somebody must look" "not-told uncertain" "$(tasks)"
        peer_end
    done
    peer_port
    TLS=none new_world "$PEER_PORT"
    peer drops_in_data
    mail "p@example.com"
    start_daemon
    until_true 30 sent 1
    same "one that was cut on its way is sent again" 1 "$(told '^mail ')"
    peer_end
}

# What is about us makes all wait, and nobody's reply fails for it.
test_throttled() {
    peer_port
    TLS=none new_world "$PEER_PORT" "connections = 2"
    peer busy
    for n in 1 2 3 4 5 6; do mail "p$n@example.com"; done
    TLS=none decide_only
    start_daemon
    until_true 60 sent 6
    same "all of them in the end" 6 "$(told '^mail ')"
    at_most "attempts while it was busy" 4 "$(grep -c deferred "$world/log")"
    same "none has failed" 0 "$(outbox 'r["state"] == "failed"')"
    peer_end
    peer_port
    TLS=none new_world "$PEER_PORT" "connections = 1"
    peer takes_two
    for n in 1 2 3 4 5; do mail "p$n@example.com"; done
    TLS=none decide_only
    start_daemon
    until_true 30 sent 5
    same "two a connection" 3 "$(told '^EHLO')"
    same "and none is put off for that" 0 "$(grep -c deferred "$world/log")"
    peer_end
}

# Thirty a minute: never more than five and what flows in.
test_rate() {
    local began count
    peer_port
    TLS=none new_world "$PEER_PORT" "rate = 30"
    peer good
    for n in 1 2 3 4 5 6 7 8; do mail "p$n@example.com"; done
    mail "q@example.com" "He is hurting her right now. Please help."
    TLS=none decide_only
    began=$SECONDS
    start_daemon
    until_true 60 sent 4
    count=$(told '^mail ')
    at_most "replies by then" $((2 + (SECONDS - began + 1) * 25 / 60)) "$count"
    same "the alert is the first" "RCPT TO:<duty@example.net>" "$(grep -m1 '^RCPT' "$world/peer.log" | cut -d' ' -f1,2)"
    same "and who is in danger the second" "RCPT TO:<q@example.com>" "$(grep '^RCPT' "$world/peer.log" | sed -n 2p | cut -d' ' -f1,2)"
    peer_end
}

# Small and soon over, whatever a server says.
test_hostile() {
    local mode
    for mode in endless long_line; do
        peer_port
        TLS=none new_world "$PEER_PORT"
        peer "$mode"
        mail "p@example.com"
        start_daemon
        until_true 30 grep -q 'deferred.*makes no sense' "$world/log"
        same "$mode: put off" 0 "$(outbox 'r["state"] == "sent"')"
        peer_end
    done
    peer_port
    TLS=none new_world "$PEER_PORT"
    peer wants_mail_for_nobody
    mail "p@example.com"
    start_daemon
    until_true 30 is failed 1
    same "a refused recipient is refused" "not-told failed" "$(tasks)"
    same "and no mail is given for nobody" 0 "$(told '^mail ')"
    peer_end
    peer_port
    new_world "$PEER_PORT"
    peer injects tls
    mail "p@example.com"
    start_daemon
    until_true 30 grep -q 'sent more after STARTTLS' "$world/log"
    same "words before TLS count for nothing" 0 "$(told '^MAIL')"
    peer_end
    peer_port
    new_world "$PEER_PORT"
    peer good
    mail "p@example.com"
    start_daemon
    until_true 30 grep -q 'offers no STARTTLS' "$world/log"
    same "nothing is sent in the clear" 0 "$(told '^MAIL')"
    peer_end
}

servers_begin || exit 1
servers_ca ca
servers_certificate server ca 'DNS:localhost,IP:127.0.0.1'
with_postfix='reuse greylisting report away require_tls'
if [ "$(id -u)" = 0 ] && command -v smtp-sink >/dev/null; then
    start_postfix || exit 1
else
    echo "SKIP $with_postfix: Postfix wants root"
    with_postfix=
fi
for name in ${*:-$with_postfix words uncertain throttled rate hostile}; do
    began=$SECONDS
    "test_$name"
    say "relay.sh: $name ($((SECONDS - began)) s)"
done
stop_daemon
say "relay.sh: $checks checks, $failures failed"
[ "$failures" = 0 ]
