# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/e2e/servers.sh - real mail servers for the tests, on loopback, in a scratch folder.
#
# Sourced, by bash.  As root Dovecot drops to its own accounts; as a plain user it runs as that user.
# Postfix needs root.  Everything started here is ended by servers_end, by its process id.
#
# Usage:    . servers.sh; servers_begin; servers_dovecot; ...; servers_end (also on exit)
# Source:   doc.dovecot.org (2.3), postfix master(5)

SERVERS_PASSWORD='p"ass\word {5} %'
SERVERS_PIDS=

# A scratch folder in $SERVERS, short because socket paths may have 108 characters only.
servers_begin() {
    SERVERS=$(mktemp -d /tmp/pe.XXXXXX) || return 1
    chmod 755 "$SERVERS"
    trap servers_end EXIT
}

servers_end() {
    local pid
    trap - EXIT
    for pid in $SERVERS_PIDS; do kill "$pid" 2>/dev/null; done
    for pid in $SERVERS_PIDS; do wait "$pid" 2>/dev/null; done
    [ -z "$SERVERS_POSTFIX" ] || postfix -c "$SERVERS_POSTFIX" stop >/dev/null 2>&1
    SERVERS_PIDS= SERVERS_POSTFIX=
    [ -n "$SERVERS_KEEP" ] || rm -rf "$SERVERS"
}

# Print a port that nothing listens on.
servers_port() {
    /usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# Wait until something listens: servers_await PORT
servers_await() {
    local try
    for try in $(seq 100); do
        (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return 0
        sleep 0.1
    done
    echo "nothing listens on port $1" >&2
    return 1
}

# A new authority: servers_ca NAME -> NAME.pem, NAME.key
servers_ca() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 \
        -subj "/CN=Test authority $1" -addext basicConstraints=critical,CA:TRUE \
        -addext keyUsage=critical,keyCertSign -keyout "$SERVERS/$1.key" -out "$SERVERS/$1.pem" \
        2>/dev/null
}

# A certificate: servers_certificate NAME CA SUBJECTALTNAME [DAYS] -> NAME.pem, NAME.key
servers_certificate() {
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$1" \
        -keyout "$SERVERS/$1.key" -out "$SERVERS/$1.csr" 2>/dev/null &&
        printf 'subjectAltName=%s\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n' "$3" \
            >"$SERVERS/$1.ext" &&
        openssl x509 -req -in "$SERVERS/$1.csr" -CA "$SERVERS/$2.pem" -CAkey "$SERVERS/$2.key" \
            -set_serial "$RANDOM" -days "${4:-30}" -extfile "$SERVERS/$1.ext" \
            -out "$SERVERS/$1.pem" 2>/dev/null
}

servers_dovecot_accounts() {
    if [ "$(id -u)" = 0 ]; then
        printf 'default_internal_user = dovecot\ndefault_internal_group = dovecot\n'
        printf 'default_login_user = dovenull\n'
    else
        printf 'default_internal_user = %s\ndefault_internal_group = %s\ndefault_login_user = %s\n' \
            "$(id -un)" "$(id -gn)" "$(id -un)"
    fi
}

# Write the configuration: servers_dovecot_config DIR [LINE...]
servers_dovecot_config() {
    local dir=$1 mail_user=nobody mail_group=nogroup
    shift
    [ "$(id -u)" = 0 ] || { mail_user=$(id -un) mail_group=$(id -gn); }
    cat >"$dir/dovecot.conf" <<EOF
base_dir = $dir/run
state_dir = $dir/state
log_path = $dir/log
instance_name = $(basename "$dir")
$(servers_dovecot_accounts)
first_valid_uid = 1
first_valid_gid = 1
listen = 127.0.0.1
protocols = imap lmtp
hostname = localhost
ssl = yes
ssl_cert = <$SERVERS/server.pem
ssl_key = <$SERVERS/server.key
disable_plaintext_auth = yes
login_trusted_networks =
auth_mechanisms = plain login
auth_failure_delay = 0
mail_location = sdbox:$dir/mail/%u
mail_max_userip_connections = 100
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%u $dir/users
}
userdb {
  driver = static
  args = uid=$mail_user gid=$mail_group home=$dir/mail/%u allow_all_users=yes
}
namespace inbox {
  inbox = yes
}
service anvil {
  chroot =
  # Else a log-in after a wrong password waits for seconds.
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service imap-login {
  chroot =
  inet_listener imap {
    port = $IMAP_PORT
  }
  inet_listener imaps {
    port = $IMAPS_PORT
    ssl = yes
  }
}
service lmtp {
  chroot =
  inet_listener lmtp {
    address = 127.0.0.1
    port = $LMTP_PORT
  }
}
service stats {
  chroot =
}
$(printf '%s\n' "$@")
EOF
}

# Start Dovecot: servers_dovecot [CONFIGURATION LINE...]
# Sets IMAP_PORT, IMAPS_PORT, LMTP_PORT, DOVECOT_PID, DOVECOT_DIR; the authority is $SERVERS/ca.pem; any
# user of "user@example.org" exists by the password $SERVERS_PASSWORD.
servers_dovecot() {
    local user
    DOVECOT_DIR=$(mktemp -d "$SERVERS/d.XXXX")
    chmod 755 "$DOVECOT_DIR"
    IMAP_PORT=$(servers_port) IMAPS_PORT=$(servers_port) LMTP_PORT=$(servers_port)
    mkdir -p "$DOVECOT_DIR/run" "$DOVECOT_DIR/state" "$DOVECOT_DIR/mail"
    chmod 777 "$DOVECOT_DIR/mail"
    [ -e "$SERVERS/ca.pem" ] || servers_ca ca
    [ -e "$SERVERS/server.pem" ] ||
        servers_certificate server ca 'DNS:localhost,DNS:imap.example.org,IP:127.0.0.1'
    for user in lado cls busy; do
        printf '%s@example.org:{PLAIN.B64}%s::::::\n' "$user" "$(printf %s "$SERVERS_PASSWORD" | base64)"
    done >"$DOVECOT_DIR/users"
    servers_dovecot_config "$DOVECOT_DIR" "$@"
    dovecot -F -c "$DOVECOT_DIR/dovecot.conf" </dev/null >>"$DOVECOT_DIR/stdout" 2>&1 &
    DOVECOT_PID=$!
    SERVERS_PIDS="$SERVERS_PIDS $DOVECOT_PID"
    servers_await "$IMAP_PORT" && servers_await "$LMTP_PORT"
}

servers_dovecot_stop() {
    kill "$DOVECOT_PID" 2>/dev/null
    wait "$DOVECOT_PID" 2>/dev/null
    SERVERS_PIDS=${SERVERS_PIDS/ $DOVECOT_PID/}
}

# Deliver the mail on standard input by LMTP: servers_deliver USER
servers_deliver() {
    /usr/bin/python3 -c '
import smtplib, sys
with smtplib.LMTP("127.0.0.1", int(sys.argv[1])) as lmtp:
    lmtp.sendmail("sender@example.com", [sys.argv[2]], sys.stdin.buffer.read())
' "$LMTP_PORT" "$1"
}

# Start Postfix, which delivers @example.org to the Dovecot above and keeps everything else in its
# queue; sets SMTP_PORT.  Fails when not root.
servers_postfix() {
    local dir=$SERVERS/postfix
    [ "$(id -u)" = 0 ] || return 1
    SMTP_PORT=$(servers_port)
    mkdir -p "$dir/conf" "$dir/queue" "$dir/data"
    chown postfix "$dir/data"
    cat >"$dir/conf/main.cf" <<EOF
compatibility_level = 3.6
queue_directory = $dir/queue
data_directory = $dir/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.example.org
mydestination =
mynetworks = 127.0.0.0/8
virtual_mailbox_domains = example.org
virtual_transport = lmtp:inet:127.0.0.1:$LMTP_PORT
default_transport = ${SERVERS_RELAY:-retry:no relay in the tests}
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_tls_cert_file = $SERVERS/server.pem
smtpd_tls_key_file = $SERVERS/server.key
smtpd_tls_security_level = may
maillog_file = $dir/log
maillog_file_prefixes = $dir
message_size_limit = 52428800
alias_maps =
local_recipient_maps =
EOF
    cat >"$dir/conf/master.cf" <<EOF
127.0.0.1:$SMTP_PORT inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
EOF
    SERVERS_POSTFIX=$dir/conf
    postfix -c "$dir/conf" start >>"$dir/stdout" 2>&1
    servers_await "$SMTP_PORT"
}
