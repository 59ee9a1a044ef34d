#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/e2e/oauth.sh - mailboxes and the relay by tokens: a real Dovecot, and a token server of our own.
#
# Usage:    top_srcdir=... top_builddir=... oauth.sh
# Source:   doc/exchange-online.md; RFC 6749, RFC 7523, RFC 7628

top_srcdir=$(cd "${top_srcdir:-.}" && pwd) top_builddir=$(cd "${top_builddir:-.}" && pwd)
PATH=$top_builddir:$PATH:/usr/sbin
command -v dovecot >/dev/null || { echo "SKIP: no Dovecot here"; exit 77; }
[ "$(id -u)" = 0 ] && [ ! -e /usr/lib/dovecot/submission ] && { echo "SKIP: no dovecot-submissiond here"; exit 77; }
. "$top_srcdir/tests/e2e/servers.sh"
failures=0 checks=0

# check WHAT COMMAND...: it must succeed
check() {
    checks=$((checks + 1))
    local what=$1
    shift
    "$@" >/dev/null 2>&1 || {
        failures=$((failures + 1))
        echo "FAIL $what"
    }
}
lacks() { ! grep -qF "$@"; }

servers_begin
SECRET='s3cret & more+%'
TOKEN_PORT=$(servers_port) SUBMISSION_PORT=$(servers_port) SINK_PORT=$(servers_port)
openssl req -x509 -newkey rsa:2048 -nodes -days 20 -subj /CN=postern -keyout "$SERVERS/app.key" -out "$SERVERS/app.pem" 2>/dev/null
openssl x509 -in "$SERVERS/app.pem" -noout -pubkey >"$SERVERS/app.pub"
TLS_PORT=$(servers_port) PROXY_PORT=$(servers_port)
servers_ca web && servers_certificate tokens web DNS:tokens.example.org
/usr/bin/python3 "$top_srcdir/tests/e2e/token-server.py" "$TOKEN_PORT" "$SECRET" "$SERVERS/app.pub" "$SERVERS/tokens.log" \
    "$TLS_PORT" "$SERVERS/tokens.pem" "$SERVERS/tokens.key" &
SERVERS_PIDS="$SERVERS_PIDS $!"
/usr/bin/python3 "$top_srcdir/tests/e2e/web-proxy.py" "$PROXY_PORT" tokens.example.org "$TLS_PORT" "$SERVERS/seen" &
SERVERS_PIDS="$SERVERS_PIDS $!"
mkdir "$SERVERS/sink" && chmod 777 "$SERVERS/sink"
sink_user=
[ "$(id -u)" != 0 ] || sink_user='-u nobody'
(cd "$SERVERS/sink" && exec smtp-sink $sink_user -d '%M.' -4 "127.0.0.1:$SINK_PORT" 100) &
SERVERS_PIDS="$SERVERS_PIDS $!"
cat >"$SERVERS/oauth2.conf" <<CONF
introspection_mode = post
introspection_url = http://127.0.0.1:$TOKEN_PORT/introspect
active_attribute = active
active_value = true
username_attribute = username
force_introspection = yes
CONF

# dovecot MECHANISMS
start_dovecot() {
    servers_dovecot "auth_mechanisms = $1" 'passdb {' ' driver = oauth2' ' mechanisms = xoauth2 oauthbearer' \
        " args = $SERVERS/oauth2.conf" '}' 'protocols = imap lmtp submission' "submission_relay_host = 127.0.0.1" \
        "submission_relay_port = $SINK_PORT" 'service submission-login {' ' chroot =' ' inet_listener submission {' \
        "  port = $SUBMISSION_PORT" ' }' '}'
}

# settings CLIENT PROOF...: a configuration in $SERVERS/NAME/postern.conf
settings() {
    local name=$1 dir=$SERVERS/$1
    shift
    rm -rf "$dir" && mkdir -p "$dir/spool"
    postern make-key "$dir/master.key" >/dev/null
    cat >"$dir/postern.conf" <<CONF
[service]
message-id-domain = intake.example.org
parsers = 1
[spool]
url = sqlite:$dir/spool/postern.db
master-key-file = $dir/master.key
[oauth cloud]
token-url = http://127.0.0.1:$TOKEN_PORT/token
client-id = $name
$(printf '%s\n' "$@")
[mailbox lado-parents]
url = imap://lado@example.org@localhost:$IMAP_PORT/INBOX
oauth = cloud
ca-file = $SERVERS/ca.pem
address = lado@example.org
role = lado-parents
[smtp]
url = smtp://lado@example.org@localhost:$SUBMISSION_PORT
oauth = cloud
ca-file = $SERVERS/ca.pem
from = Service <lado@example.org>
CONF
    sed -i 's|imap://lado@example.org@|imap://|; s|smtp://lado@example.org@|smtp://|; s|^oauth = cloud|&\nuser = lado@example.org|' "$dir/postern.conf"
}

check_config() { postern check-config --config "$SERVERS/$1/postern.conf" 2>&1; }
good() { check_config "$1" | grep -q '^good'; }
says() { check_config "$1" | grep -q "$2"; }

# A daemon that goes on, as nobody where that can be, with staff pages; its log is $SERVERS/NAME/log.
serve() { # NAME
    local dir=$SERVERS/$1
    DESK_PORT=$(servers_port)
    printf '[review]\nlisten = 127.0.0.1:%s\nworkers = 1\nsso-header = X-Somebody\nsso-peers = 127.0.0.1\n' "$DESK_PORT" >>"$dir/postern.conf"
    if [ "$(id -u)" = 0 ]; then
        chmod 755 "$dir"
        sed -i 's/^\[service\]/&\nuser = nobody/' "$dir/postern.conf"
        chown -R nobody "$dir/spool"
    fi
    printf 'correct horse battery staple\n' |
        postern account new officer --roles reviewer --config "$dir/postern.conf" >/dev/null
    posternd --config "$dir/postern.conf" >/dev/null 2>"$dir/log" &
    DAEMON_PID=$!
    SERVERS_PIDS="$SERVERS_PIDS $DAEMON_PID"
    servers_await "$DESK_PORT"
}
stop() {
    kill "$DAEMON_PID"
    wait "$DAEMON_PID"
    SERVERS_PIDS=${SERVERS_PIDS/ $DAEMON_PID/}
}
page() { curl -s -L -b "$SERVERS/cookies" -c "$SERVERS/cookies" -H 'X-Somebody: officer' "http://127.0.0.1:$DESK_PORT/health"; }
page_says() { # WORDS: within ten seconds
    local try
    for try in $(seq 50); do
        page | tr -d '\n' | grep -q "$1" && return
        sleep 0.2
    done
    return 1
}
health_says() { postern health --config "$SERVERS/$1/postern.conf" | grep -q "$2"; }

run() { # NAME: once, the log in $SERVERS/NAME/log
    timeout 60 posternd --config "$SERVERS/$1/postern.conf" --once >/dev/null 2>"$SERVERS/$1/log"
}

fails() { # NAME: it tries again and again, which is right; what it says is looked at
    timeout 4 posternd --config "$SERVERS/$1/postern.conf" --once >/dev/null 2>"$SERVERS/$1/log"
    [ $? != 0 ]
}

deliver() { # NUMBER
    printf 'From: Parent %s <parent%s@example.com>\r\nTo: lado@example.org\r\nSubject: help\r\nMessage-ID: <%s@example.com>\r\n\r\nI am worried about my son and his coach.\r\n' \
        "$1" "$1" "$1" | servers_deliver lado@example.org
}

# works NAME NUMBER: a mail comes in by token and its answer leaves by token
works() {
    deliver "$2"
    check "$1: all is done" run "$1"
    check "$1: the mail is held" grep -q . <(postern list --config "$SERVERS/$1/postern.conf" --action hold)
    check "$1: the answer has left" grep -qw sent <(postern outbox --config "$SERVERS/$1/postern.conf")
    check "$1: and arrived" grep -rqi "parent$2@example.com" "$SERVERS/sink"
    check "$1: no secret in the log" lacks "$SECRET" "$SERVERS/$1/log"
    check "$1: no token in the log" lacks "t0." "$SERVERS/$1/log"
}

printf '%s\n' "$SECRET" >"$SERVERS/good.secret"
printf 'wrong\n' >"$SERVERS/wrong.secret"
chmod 600 "$SERVERS/good.secret" "$SERVERS/wrong.secret" "$SERVERS/app.key"
servers_await "$TOKEN_PORT"
start_dovecot 'plain xoauth2 oauthbearer'

settings app "client-secret-file = $SERVERS/good.secret" "secret-ends = $(date -d '+10 days' +%F)"
works app 1
check "the end of the secret is announced" grep -q 'secret ends in [89] days\|secret ends in 10 days' "$SERVERS/app/log"
check "and in health" health_says app '^look .*Log-in cloud: The secret ends in [0-9]* days'
check "one token a role, not one a mail" test "$(grep -c '^/token app' "$SERVERS/tokens.log")" -le 4
settings key "key-file = $SERVERS/app.key" "certificate-file = $SERVERS/app.pem"
works key 2
check "the end of the certificate is announced" grep -q 'certificate ends in 1[0-9] days' "$SERVERS/key/log"
check "and in health" health_says key "^look .*Log-in cloud: The certificate ends in 1[0-9] days ($(date -u -d '+20 days' +%F)): renew it"

# What runs for long tells it, and the staff pages do without reading the key or the certificate.
chmod 600 "$SERVERS/app.pem"
settings desk "key-file = $SERVERS/app.key" "certificate-file = $SERVERS/app.pem"
sed -i 's|client-id = .*|client-id = key|' "$SERVERS/desk/postern.conf"
check "a daemon with staff pages" serve desk
check "Health tells of the certificate" page_says 'Log-in cloud.*Something to do.*The certificate ends in 1[0-9] days'
check "and the log does" grep -q 'mailbox:lado-parents.*certificate ends in 1[0-9] days' "$SERVERS/desk/log"
stop
# Renewed beside the old one, and started again.
openssl req -x509 -newkey rsa:2048 -nodes -days 365 -subj /CN=postern -keyout "$SERVERS/new.key" -out "$SERVERS/new.pem" 2>/dev/null
cp "$SERVERS/app.key" "$SERVERS/old.key" && cp "$SERVERS/app.pem" "$SERVERS/old.pem"
cp "$SERVERS/new.key" "$SERVERS/app.key" && cp "$SERVERS/new.pem" "$SERVERS/app.pem"
openssl x509 -in "$SERVERS/app.pem" -noout -pubkey >"$SERVERS/app.pub"
sed -i '/^\[review\]/,$d' "$SERVERS/desk/postern.conf"
check "renewed: it starts" serve desk
check "renewed: Health is content" page_says "Log-in cloud.*Good.*The certificate is good until $(date -u -d '+365 days' +%F)"
check "renewed: tokens come" eval '! grep -q "no token" "$SERVERS/desk/log"'
stop
mv "$SERVERS/old.key" "$SERVERS/app.key" && mv "$SERVERS/old.pem" "$SERVERS/app.pem"
openssl x509 -in "$SERVERS/app.pem" -noout -pubkey >"$SERVERS/app.pub"

# What is good starts; what would not start is not good.
settings check "key-file = $SERVERS/app.key" "certificate-file = $SERVERS/app.pem"
check "key and certificate are good" good check
check "their end is announced there too" says check 'certificate ends in 1[0-9] days'
check "nobody else may read them" eval '! says check "may read this secret"'
chmod 644 "$SERVERS/app.key"
check "a key that others may read is warned of" says check 'app.key: anybody on this machine may read'
check "and is no reason to stay shut" good check
chmod 600 "$SERVERS/app.key"
settings check "key-file = $SERVERS/new.key" "certificate-file = $SERVERS/app.pem"
check "another key is not good" eval '! good check'
check "and said" says check 'app.pem: no certificate (PEM) of that key'
settings check "key-file = $SERVERS/none.key" "certificate-file = $SERVERS/none.pem"
check "no key is not good" eval '! good check'
check "and said which" says check 'none.key: No such file'
check "the daemon says the same" eval 'run check; [ $? = 3 ] && grep -q "none.key: No such file" "$SERVERS/check/log" && ! grep -q started "$SERVERS/check/log"'
settings check "client-secret-file = $SERVERS/none.secret"
check "no secret is not good" eval '! good check'
settings check "client-secret-file = $SERVERS/good.secret"
chmod 644 "$SERVERS/good.secret"
check "a secret that others may read is warned of" says check 'good.secret: anybody on this machine may read'
chmod 600 "$SERVERS/good.secret"
check "health: when it ends is not known" eval 'run check; health_says check "^unknown .*Log-in cloud: .*secret-ends"'
settings check "client-secret-file = $SERVERS/none.secret"
sed -i 's|^oauth = cloud|password-file = '"$SERVERS"'/good.secret|' "$SERVERS/check/postern.conf"
check "what nobody uses need not be there" good check

settings short "client-secret-file = $SERVERS/good.secret"
works short 3

settings wrong "client-secret-file = $SERVERS/wrong.secret"
check "a wrong secret is no success" fails wrong
check "and what to do is said" grep -q 'must hold its value, not its ID' "$SERVERS/wrong/log"
settings ended "client-secret-file = $SERVERS/good.secret"
check "an ended secret is no success" fails ended
check "and what to do is said about it" grep -q 'make a new one' "$SERVERS/ended/log"
check "what the server said is not repeated" lacks AADSTS "$SERVERS/ended/log"
settings other "client-secret-file = $SERVERS/good.secret"
check "a token for another mailbox is no success" fails other
check "the mail server's reason becomes advice" grep -q 'the mail server does not take the token\|lacks FullAccess' "$SERVERS/other/log"

# A web proxy of the environment: TLS goes through it unread, what goes to this machine never does.
proxied() {
    local proxy=http://127.0.0.1:$PROXY_PORT
    https_proxy=$proxy http_proxy=$proxy ALL_PROXY=$proxy "$@"
}
settings web "client-secret-file = $SERVERS/good.secret" "ca-file = $SERVERS/web.pem"
sed -i "s|token-url = .*|token-url = https://tokens.example.org/token|" "$SERVERS/web/postern.conf"
proxied works web 5
check "the proxy was asked for a tunnel" grep -qaF 'CONNECT tokens.example.org:443' "$SERVERS/seen"
check "and saw no secret" lacks -a 'client_secret' "$SERVERS/seen"
sed -i "s|tokens.example.org|other.example.org|" "$SERVERS/web/postern.conf"
check "a proxy that refuses is no success" proxied fails web
check "and that is said" grep -q 'the web proxy answers 403' "$SERVERS/web/log"
settings near "client-secret-file = $SERVERS/good.secret"
sed -i "s|client-id = .*|client-id = app|" "$SERVERS/near/postern.conf"
: >"$SERVERS/seen"
proxied works near 6
check "what goes to this machine goes past the proxy" test ! -s "$SERVERS/seen"

settings plain "client-secret-file = $SERVERS/good.secret"
sed -i 's|token-url = .*|token-url = http://tokens.example.org/token|' "$SERVERS/plain/postern.conf"
check "a secret is not sent in the clear" eval '! postern check-config --config "$SERVERS/plain/postern.conf"'
settings none
check "a client without proof is refused" eval '! postern check-config --config "$SERVERS/none/postern.conf"'

servers_dovecot_stop
start_dovecot 'plain xoauth2'
settings app2 "client-secret-file = $SERVERS/good.secret"
sed -i 's|client-id = .*|client-id = app|' "$SERVERS/app2/postern.conf"
works app2 4
servers_dovecot_stop
start_dovecot 'plain'
settings app3 "client-secret-file = $SERVERS/good.secret"
sed -i 's|client-id = .*|client-id = app|' "$SERVERS/app3/postern.conf"
check "a server without tokens is no success" fails app3
check "and that is said" grep -q 'takes no tokens' "$SERVERS/app3/log"

servers_end
echo "oauth: $checks checks, $failures failed"
[ "$failures" = 0 ]
