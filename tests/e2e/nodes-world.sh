# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/e2e/nodes-world.sh - some posternd that share mailboxes and one PostgreSQL database.
#
# Sourced, by bash, after servers.sh, checks.sh and postgres.sh.
#
# Usage:    servers_begin; world_begin USER...; world_deliver USER COUNT; world_start NODE; ...; world_end
# Source:   doc/spool.md, "Nodes"

declare -A pids

now_ms() { echo $(($(date +%s%N) / 1000000)); }

# A question to the spool's database, and some of them.
ask() {
    case $world_url in
    sqlite:*) sqlite3 -readonly -cmd '.timeout 5000' "${world_url#sqlite:}" "$1" ;;
    *) postgres_ask "$world_database" "$1" ;;
    esac
}
decided() { [ "$(ask "SELECT COUNT(*) FROM record" 2>/dev/null || echo 0)" -ge "$1" ]; }
all_sent() { [ "$(ask "SELECT COUNT(*) FROM outbox WHERE state = 'sent'" 2>/dev/null || echo 0)" -ge "$1" ]; }

# Mails in an inbox, asked of Dovecot.
inbox() { doveadm -c "$DOVECOT_DIR/dovecot.conf" mailbox status -u "$1@example.org" messages INBOX | sed -n 's/.*messages=//p'; }
inbox_empty() { [ "$(inbox "$1")" = 0 ]; }

# The servers, and mailboxes of these users.
world_begin() {
    local user nobody=
    world=$SERVERS/world world_users=$* world_owner=
    mkdir -p "$world" "$SERVERS/sink"
    printf '%s\n' "$SERVERS_PASSWORD" >"$world/password"
    postern make-key "$world/master.key" >/dev/null
    servers_dovecot || return 1
    for user; do
        printf '%s@example.org:{PLAIN.B64}%s::::::\n' "$user" "$(printf %s "$SERVERS_PASSWORD" | base64)"
    done >"$DOVECOT_DIR/users"
    SINK_PORT=$(servers_port)
    [ "$(id -u)" != 0 ] || { chown nobody "$SERVERS/sink"; nobody='-u nobody'; }
    (cd "$SERVERS" && exec smtp-sink -4 $nobody -d "sink/%M." "127.0.0.1:$SINK_PORT" 100) &
    SERVERS_PIDS="$SERVERS_PIDS $!"
    servers_await "$SINK_PORT" && postgres_begin || return 1
    cp "$POSTGRES_PASS" "$world/database.password"
    chmod 711 "$world"
    chmod 600 "$world/database.password" "$world/password"
    [ "$(id -u)" != 0 ] || { world_owner='user = nobody'; chown nobody "$world/database.password"; }
}

# An empty spool: world_spool NAME
world_spool() {
    world_database=$1
    world_url="$POSTGRES_URL/$1?passfile=$world/database.password"
    postgres_make "$1"
}

# The same in a file, for one node alone: world_file NAME
world_file() {
    mkdir -p "$world/$1"
    [ -z "$world_owner" ] || chown nobody "$world/$1"
    world_url=sqlite:$world/$1/postern.db
}

world_config() { # NODE
    local user
    cat <<END
[service]
name = County LADO Service
authserv-id = mx.example.org
message-id-domain = intake.example.org
parsers = 1
$world_owner
[spool]
url = $world_url
node = $1
master-key-file = $world/master.key
[smtp]
url = smtp://127.0.0.1:$SINK_PORT
tls = none
from = County LADO Service <lado@example.org>
retry-min = 1
retry-max = 2
END
    for user in $world_users; do
        cat <<END
[mailbox $user]
url = imaps://localhost:$IMAPS_PORT/INBOX
user = $user@example.org
password-file = $world/password
ca-file = $SERVERS/ca.pem
address = $user@example.org
role = lado-parents
batch = ${world_batch:-50}
canary-interval = ${world_canary:-0}
END
    done
}

# Each mail from an address of its own, as nobody is answered too often.
world_deliver() { # USER COUNT
    /usr/bin/python3 - "$LMTP_PORT" "$1" "$2" "$top_srcdir/templates/samples/disclosure-in-body.eml" <<'END'
import re, smtplib, sys
port, user, count, path = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4]
raw = open(path, 'rb').read()
with smtplib.LMTP('127.0.0.1', port) as lmtp:
    for n in range(count):
        mark = f'{user}{n}-'.encode()
        mail = re.sub(rb'(?im)^(Message-ID: <)', rb'\g<1>' + mark, raw, count=1)
        mail = re.sub(rb'(?im)^(From: .*<)', rb'\g<1>' + mark, mail, count=1)
        lmtp.sendmail('sender@example.com', [user + '@example.org'], mail)
END
}

# Each node is a session of its own, so that all of it can be stopped, and it alone.
world_start() { # NODE
    world_config "$1" >"$world/$1.conf"
    setsid posternd --config "$world/$1.conf" --foreground </dev/null 2>>"$world/$1.log" &
    pids[$1]=$!
    disown
}

world_signal() { # SIGNAL NODE
    local all
    all=$(ps -o pid= -s "${pids[$2]}")
    [ -z "$all" ] || kill "-$1" $all 2>/dev/null
}

world_end() {
    local node
    for node in "${!pids[@]}"; do world_signal KILL "$node"; done
    postgres_end
    servers_end
}
