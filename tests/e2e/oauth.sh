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
/usr/bin/python3 "$top_srcdir/tests/e2e/token-server.py" "$TOKEN_PORT" "$SECRET" "$SERVERS/app.pub" "$SERVERS/tokens.log" &
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

run() { # NAME: once, the log in $SERVERS/NAME/log
    posternd --config "$SERVERS/$1/postern.conf" --once >/dev/null 2>"$SERVERS/$1/log"
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
check "one token a role, not one a mail" test "$(grep -c '^/token app' "$SERVERS/tokens.log")" -le 4
settings key "key-file = $SERVERS/app.key" "certificate-file = $SERVERS/app.pem"
works key 2
check "the end of the certificate is announced" grep -q 'certificate ends in 1[0-9] days' "$SERVERS/key/log"
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
