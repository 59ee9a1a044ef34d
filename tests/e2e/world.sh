# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/e2e/world.sh - what the tests of the whole daemon share: a spool, settings, servers, questions.
#
# Sourced, by bash, with $here and $top_srcdir set; brings servers.sh along.
#
# Source:   doc/life-of-a-message.md
. "$here/servers.sh"
. "$here/checks.sh"
. "$top_srcdir/tests/postgres.sh"
PATH=$top_builddir:$PATH

for needed in dovecot postfix smtp-sink openssl /usr/bin/python3; do
    command -v "$needed" >/dev/null || { echo "SKIP: $needed is not installed"; exit 77; }
done
[ "$(id -u)" = 0 ] || { echo "SKIP: Postfix wants root"; exit 77; }

# has WHAT TEXT FILE
has() {
    checks=$((checks + 1))
    grep -qF -- "$2" "$3" || {
        failures=$((failures + 1))
        say "FAIL $1: no '$2' in $(basename "$3"):"
        tail -5 "$3" | sed 's/^/     /'
    }
}

# ---- one world: a spool, settings, two mailboxes, a relay ----

# The sink behind Postfix: one file for each mail that has left.
start_sink() {
    SINK_PORT=$(servers_port)
    mkdir -p "$SERVERS/sink"
    chown nobody "$SERVERS/sink"
    (cd "$SERVERS" && exec smtp-sink -4 -u nobody -d "sink/%M." "127.0.0.1:$SINK_PORT" 100) &
    SERVERS_PIDS="$SERVERS_PIDS $!"
    servers_await "$SINK_PORT"
    SERVERS_RELAY="smtp:[127.0.0.1]:$SINK_PORT"
}

write_config() {
    cat >"$world/postern.conf" <<EOF
[service]
name = County LADO Service
authserv-id = mx.example.org
message-id-domain = intake.example.org
$spool_owner
[spool]
url = $spool_url
master-key-file = $world/master.key
[mailbox lado-parents]
url = imaps://localhost:$IMAPS_PORT/INBOX
user = lado@example.org
password-file = $world/password
ca-file = $SERVERS/ca.pem
address = lado@example.org
role = lado-parents
[mailbox cls-legacy]
url = imap://localhost:$IMAP_PORT/INBOX
tls = starttls
user = cls@example.org
password-file = $world/password
ca-file = $SERVERS/ca.pem
address = cls@example.org
role = cls-legacy
[smtp]
url = smtp://localhost:${1:-$SMTP_PORT}
tls = starttls
ca-file = ${2:-$SERVERS/ca.pem}
from = County LADO Service <lado@example.org>
retry-min = 1
retry-max = 2
EOF
}

# A spool for this world: a file, or a database of the server that ./check postgres has started.
new_spool() {
    local name
    spool_url=sqlite:$world/spool/postern.db spool_owner=
    [ -n "${POSTGRES_URL-}" ] || return 0
    name=$(basename "$world" | tr 'A-Z.' 'a-z_')
    postgres_make "$name"
    install -m 600 -o nobody "$POSTGRES_PASS" "$world/database.password"
    chmod 711 "$world"
    spool_url="$POSTGRES_URL/$name?passfile=$world/database.password" spool_owner='user = nobody'
}

# What the database's own tools say of it.
spool_integrity() {
    case $spool_url in
    sqlite:*) sqlite3 "${spool_url#sqlite:}" 'PRAGMA integrity_check' ;;
    *) "$POSTGRES_BIN/pg_amcheck" --install-missing --heapallindexed --parent-check \
        -h 127.0.0.1 -p "$POSTGRES_PORT" -U tests "$(basename "${spool_url%%\?*}")" >"$world/amcheck" 2>&1 && echo ok ||
        cat "$world/amcheck" ;;
    esac
}

new_world() {
    world=$(mktemp -d "$SERVERS/w.XXXX")
    mkdir "$world/spool"
    new_spool
    printf '%s\n' "$SERVERS_PASSWORD" >"$world/password"
    chmod 600 "$world/password"
    postern make-key "$world/master.key" >/dev/null
    : >"$world/log"
    rm -f "$SERVERS"/sink/*
    servers_dovecot
    servers_postfix_route
    write_config
}

# Postfix keeps running from one world to the next; only its way to Dovecot changes.
servers_postfix_route() {
    if [ -z "$SERVERS_POSTFIX" ]; then
        servers_postfix
    else
        postconf -c "$SERVERS_POSTFIX" -e "virtual_transport = lmtp:inet:127.0.0.1:$LMTP_PORT"
        postfix -c "$SERVERS_POSTFIX" reload >/dev/null 2>&1
    fi
}

end_world() {
    [ -z "$SERVERS_KEEP" ] || cp "$world/log" "/tmp/world.log"
    stop_daemon
    servers_dovecot_stop
}

listing() { postern list --json --config "$world/postern.conf"; }

# count PYTHON-EXPRESSION over one listing "m", summed
count() {
    listing | /usr/bin/python3 -c "
import json, sys
print(sum(1 for m in map(json.loads, sys.stdin) if $1))"
}

outbox() {
    postern outbox --json --config "$world/postern.conf" | /usr/bin/python3 -c "
import json, sys
print(sum(1 for r in map(json.loads, sys.stdin) if $1))"
}

decided() { [ "$(count 'm["action"]')" -ge "$1" ]; }
sent() { [ "$(outbox 'r["state"] == "sent"')" -ge "$1" ]; }
in_sink() { [ "$(find "$SERVERS/sink" -type f | wc -l)" -ge "$1" ]; }

# Mails in a folder, asked of Dovecot itself: folder_count USER FOLDER
folder_count() { doveadm -c "$DOVECOT_DIR/dovecot.conf" mailbox status -u "$1" messages "$2" 2>/dev/null | sed -n 's/.*messages=//p'; }
folder_is() { [ "$(folder_count "$1" "$2")" = "$3" ]; }

sample() { # NAME [NUMBER]: a sample mail, made another one by NUMBER
    sed -e "s/^Message-ID: </Message-ID: <${2-}/I" -e "s/^\(From: .*<\)/\1p${2-}./" \
        -e '/^Return-Path:/d' "$top_srcdir/templates/samples/$1.eml"
}

deliver() { sample "$1" "${3-}" | servers_deliver "$2@example.org"; }
