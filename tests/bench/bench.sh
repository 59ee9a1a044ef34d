# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/bench/bench.sh - what the measurements share: mails, servers, settings.
#
# Sourced, by bash, with $bench set to this folder.  Dovecot and smtp-sink are real, on loopback, in a
# scratch folder.  MATERIAL may name a folder with genmail.py, which writes mails, and with the peers.
#
# Source:   doc/benchmarks.md

top_srcdir=${top_srcdir:-$(cd "$bench/../.." && pwd)}
top_builddir=${top_builddir:-$top_srcdir/build}
MATERIAL=${MATERIAL:-$top_srcdir/../shared/bench}
PATH=$top_builddir:$PATH
. "$top_srcdir/tests/e2e/servers.sh"

measure() { /usr/bin/python3 "$bench/bench.py" "$@"; }

# Mails to $SERVERS/mails: bench_mails COUNT
bench_mails() {
    if [ -e "$MATERIAL/genmail.py" ]; then
        /usr/bin/python3 "$MATERIAL/genmail.py" "$SERVERS/mails" "$1"
        return
    fi
    echo "SKIP: no $MATERIAL/genmail.py; the mix of templates/samples instead"
    /usr/bin/python3 - "$top_srcdir/templates/samples" "$SERVERS/mails" "$1" <<'PYTHON'
import glob, os, re, sys
samples = [open(f, 'rb').read() for f in sorted(glob.glob(sys.argv[1] + '/*.eml'))]
os.makedirs(sys.argv[2])
for i in range(int(sys.argv[3])):
    mail = re.sub(rb'(?im)^(Message-ID: <)', rb'\g<1>%d.' % i, samples[i % len(samples)], count=1)
    mail = re.sub(rb'(?m)^Return-Path:.*\n', b'', mail)
    mail = re.sub(rb'(?im)^(From: .*<)', rb'\g<1>p%d.' % i, mail, count=1)
    open(f'{sys.argv[2]}/{i:05d}.eml', 'wb').write(mail)
PYTHON
}

# A relay that takes everything and says how much: SINK_PORT
bench_sink() {
    local as=
    [ "$(id -u)" != 0 ] || as="-u nobody"
    SINK_PORT=$(servers_port)
    smtp-sink $as -4 -c "127.0.0.1:$SINK_PORT" 1024 >"$SERVERS/sink.log" 2>&1 &
    SERVERS_PIDS="$SERVERS_PIDS $!"
    servers_await "$SINK_PORT"
}

bench_begin() {
    local needed
    for needed in dovecot smtp-sink openssl /usr/bin/python3 posternd; do
        command -v "$needed" >/dev/null || { echo "SKIP: $needed is missing"; exit 77; }
    done
    servers_begin || exit 1
    servers_dovecot
    bench_sink
}

# An account with the given password: bench_account USER [PASSWORD]
bench_account() {
    printf '%s:{PLAIN.B64}%s::::::\n' "$1" "$(printf %s "${2:-$SERVERS_PASSWORD}" | base64)" >>"$DOVECOT_DIR/users"
}

# A fresh copy of the filled mailbox under another account: bench_copy USER PASSWORD
bench_copy() {
    bench_account "$1" "$2"
    cp -a "$DOVECOT_DIR/mail/full@example.org" "$DOVECOT_DIR/mail/$1"
}

bench_remove() { rm -rf "${DOVECOT_DIR:?}/mail/$1"; }

# A second mailbox with the settings of the first: bench_second FOLDER USER
bench_second() {
    sed -n "/^\[mailbox/,/^\[smtp/{/^\[smtp/d;s/mailbox lado/mailbox second/;s/^user = .*/user = $2/;s/lado@/second@/g;p}" \
        "$1/postern.conf" >"$1/more"
    cat "$1/more" >>"$1/postern.conf"
}

# Half of MS milliseconds each way between the settings in FOLDER and the IMAP server: bench_slow FOLDER MS
bench_slow() {
    local port
    port=$(servers_port)
    /usr/bin/python3 "$bench/delay.py" "$port" "$IMAPS_PORT" "$2" &
    SERVERS_PIDS="$SERVERS_PIDS $!"
    servers_await "$port"
    sed -i "s,imaps://localhost:$IMAPS_PORT,imaps://localhost:$port," "$1/postern.conf"
}

# Settings for one mailbox: bench_config FOLDER USER
bench_config() {
    mkdir -p "$1/spool"
    printf '%s\n' "$SERVERS_PASSWORD" >"$1/password"
    chmod 600 "$1/password"
    postern make-key "$1/master.key" >/dev/null
    cat >"$1/postern.conf" <<CONF
[service]
message-id-domain = intake.example.org
[spool]
url = sqlite:$1/spool/postern.db
master-key-file = $1/master.key
[mailbox lado]
url = imaps://localhost:$IMAPS_PORT/INBOX
user = $2
password-file = $1/password
ca-file = $SERVERS/ca.pem
address = lado@example.net; lado@example.org
role = lado-parents
message-max = 100
[smtp]
url = smtp://localhost:$SINK_PORT
tls = none
from = County LADO Service <lado@example.net>
CONF
}
