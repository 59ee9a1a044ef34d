#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/e2e/answers.sh - whom the whole daemon answers, how often, and what becomes of an answer.
#
# Each Postern here reads and writes folders; the tests carry mail between them, as a network would.
#
# Usage:    top_srcdir=... top_builddir=... answers.sh [NAME...]     only the tests of these names
# Source:   doc/replies.md; RFC 3834

top_srcdir=${top_srcdir:-.} top_builddir=${top_builddir:-.}
PATH=$(cd "$top_builddir" && pwd):$PATH
root=$(mktemp -d "${TMPDIR:-/tmp}/answers.XXXXXX")
[ -n "$KEEP" ] || trap 'rm -rf "$root"' EXIT
. "$top_srcdir/tests/e2e/checks.sh"

# ---- a Postern: a folder with settings, inbox, outbox and spool ----

# new_postern NAME ADDRESS [SERVICE-SETTINGS [SMTP-SETTINGS]]
new_postern() {
    mkdir -p "$root/$1"/{in,out}/{tmp,new,cur} "$root/$1/spool"
    cat >"$root/$1/postern.conf" <<CONF
[service]
message-id-domain = intake.${2#*@}
parsers = 1
${3-}
[spool]
url = sqlite:$root/$1/spool/postern.db
master-key-file = $root/$1/master.key
[mailbox lado-parents]
url = maildir:$root/$1/in
address = $2
role = lado-parents
[smtp]
url = maildir:$root/$1/out
from = Service <$2>
${4-}
CONF
    postern make-key "$root/$1/master.key" >/dev/null
}

# deliver NAME: the mail on standard input into its inbox, as a server would file it
deliver() {
    local serial=${EPOCHREALTIME/./}.$BASHPID
    sed 's/\r*$/\r/' >"$root/$1/in/tmp/$serial"
    mv "$root/$1/in/tmp/$serial" "$root/$1/in/new/$serial"
}

run() { posternd --config "$root/$1/postern.conf" --once 2>>"$root/$1/log" || say "     $1: exit $?"; }

# How many mails have left, those already carried away included.
left() { find "$root/$1/out" -path '*/new/*' -o -path '*/cur/*' -type f | wc -l; }

# Mails that have left and that nobody has carried away yet.
fresh() { find "$root/$1/out/new" -type f; }

# carry FROM TO: what has left FROM arrives at TO
carry() {
    local mail
    for mail in $(fresh "$1"); do
        deliver "$2" <"$mail"
        mv "$mail" "$root/$1/out/cur/"
    done
}

# A mail with every field on one line.
unfolded() { tr -d '\r' <"$1" | sed -e ':a;N;$!ba;s/\n[ \t]\+/ /g'; }

# count NAME PYTHON-EXPRESSION over one listing "m", summed; "rule" is the first rule
count() {
    postern list --json --config "$root/$1/postern.conf" | /usr/bin/python3 -c "
import json, sys
total = 0
for m in map(json.loads, sys.stdin):
    rules = [r['rule'] for r in m['reasons']]
    rule = rules[0] if rules else ''
    total += bool($2)
print(total)"
}

# person ADDRESS TO [HEADER...]: a mail of a person, with words and no form
person() {
    local from=$1 to=$2
    local serial=${EPOCHREALTIME/./}.$BASHPID
    shift 2
    printf '%s\n' "Return-Path: <$from>" "Delivered-To: $to" "From: <$from>" "To: <$to>" \
        "Subject: Worried" "Message-ID: <p$serial.$$@example.com>" "Date: $(date -R)" "$@" "" \
        "Please ring me about the coach at the club, number ${serial%%.*}." "He shouted at my daughter."
}

# ---- tests ----

test_two_posterns() {
    new_postern a lado@a.example.org
    new_postern b lado@b.example.net
    person lado@b.example.net lado@a.example.org | deliver a
    for _ in 1 2 3 4; do
        run a
        carry a b
        run b
        carry b a
    done
    same "two Posterns: replies of both" 1 $(($(left a) + $(left b)))
    same "two Posterns: the second one knows a machine's mail" 1 "$(count b 'm["action"] == "ignore"')"
}

# Some gateways remove every field that they do not know.
test_two_posterns_stripped() {
    new_postern sa lado@a.example.org
    new_postern sb lado@b.example.net
    person lado@b.example.net lado@a.example.org | deliver sa
    for _ in 1 2 3 4; do
        for way in "sa sb" "sb sa"; do
            set -- $way
            run "$1"
            for mail in $(fresh "$1"); do
                sed '/^Auto-Submitted:/Id; /^X-/Id' "$mail" | deliver "$2"
                mv "$mail" "$root/$1/out/cur/"
            done
        done
    done
    at_most "two Posterns without any mark: replies of both" 2 $(($(left sa) + $(left sb)))
}

# A file with a password, and the password in a mail of its own: one record, one answer, no secret.
test_password() {
    local all
    new_postern pw lado@pw.example.org
    sed -e 's/parents@council\.example/lado@pw.example.org/' -e 's/<golden@/<locked@/' \
        "$top_srcdir/tests/golden/word-file-with-password/message.eml" | deliver pw
    run pw
    printf '%s\n' "Return-Path: <ben@post.example>" "Delivered-To: lado@pw.example.org" \
        "From: Ben Achebe <ben@post.example>" "To: lado@pw.example.org" "Subject: and this" \
        "Message-ID: <second@post.example>" "Date: $(date -R)" "" \
        "The password is Rainbow7, sorry." | deliver pw
    run pw
    same "password: filed with the locked mail" 1 "$(count pw 'rule == "password-for-locked" and m["action"] == "attach"')"
    same "password: only the locked mail is answered" 1 "$(left pw)"
    all=$(grep -rl Rainbow7 "$root/pw/log" "$root/pw/out"; postern list --json --config "$root/pw/postern.conf" | grep Rainbow7)
    same "password: not in logs, replies or lists" "" "$all"
    printf '%s\n' "Return-Path: <other@post.example>" "Delivered-To: lado@pw.example.org" \
        "From: <other@post.example>" "To: lado@pw.example.org" "Subject: and this" \
        "Message-ID: <third@post.example>" "Date: $(date -R)" "" \
        "The password is Rainbow7, sorry." | deliver pw
    run pw
    same "password: of somebody else, held by itself" 1 "$(count pw 'rule == "password" and m["action"] == "hold"')"
}

# respond KIND MAIL: what a vacation responder makes of a mail of ours
respond() {
    local id
    id=$(sed -n 's/^Message-ID: *//Ip' "$2" | tr -d '\r')
    printf '%s\n' "Delivered-To: lado@example.org" "From: <away@example.com>" "To: <lado@example.org>" \
        "Date: $(date -R)" "Message-ID: <v$RANDOM.$RANDOM@example.com>"
    case $1 in
    rfc3834) printf '%s\n' "Return-Path: <>" "Auto-Submitted: auto-replied" "In-Reply-To: $id" "Subject: Auto: away" ;;
    odd) printf '%s\n' "Auto-Submitted: (yes, really) auto-replied ; owner-email=\"x@example.com\"" "Subject: Away" ;;
    precedence) printf '%s\n' "Return-Path: <away@example.com>" "Precedence: bulk" "Subject: Out of office" ;;
    subject) printf '%s\n' "Return-Path: <away@example.com>" "Subject: Out of office: back on Monday" ;;
    threaded) printf '%s\n' "Return-Path: <away@example.com>" "In-Reply-To: $id" "Subject: I got your mail" ;;
    quoting) printf '%s\n' "Return-Path: <away@example.com>" "Subject: Re: $(sed -n 's/^Subject: *//Ip' "$2" | tr -d '\r')" ;;
    bare) printf '%s\n' "Return-Path: <away@example.com>" "Subject: Hello" ;;
    esac
    printf '%s\n' "" "Thank you for your mail. I am walking in the hills and will read it when I am back."
}

test_responders() {
    local kind
    for kind in rfc3834 odd precedence subject threaded quoting bare; do
        new_postern "v-$kind" lado@example.org
        person away@example.com lado@example.org | deliver "v-$kind"
        for _ in 1 2 3 4; do
            run "v-$kind"
            for mail in $(fresh "v-$kind"); do
                respond "$kind" "$mail" | deliver "v-$kind"
                mv "$mail" "$root/v-$kind/out/cur/"
            done
        done
        same "responder $kind: replies" 1 "$(left "v-$kind")"
        same "responder $kind: its answer is kept" 2 "$(count "v-$kind" True)"
    done
}

test_thousand() {
    new_postern t lado@example.org
    for _ in $(seq 1000); do person many@example.com lado@example.org | deliver t; done
    run t
    same "a thousand mails: all decided" 1000 "$(count t 'm["action"] == "hold"')"
    same "a thousand mails: replies" 5 "$(left t)"
    same "a thousand mails: the reason is said" 995 "$(count t '"reply-too-many" in rules or "reply-just-answered" in rules')"
}

test_forged_marks() {
    local mail
    new_postern f lado@example.org
    person one@example.com lado@example.org | deliver f
    run f
    mail=$(fresh f)
    same "a reply has a mark" 1 "$(unfolded "$mail" | grep -c '^X-Postern-Mark: v1; [0-9a-f]\{64\}$')"
    # Our own mail, come back.
    deliver f <"$mail"
    # The same with another mark, with none, and a person's mail that pretends to be ours.
    unfolded "$mail" | sed 's/^\(X-Postern-Mark: v1; \).*/\1'"$(printf '0%.0s' $(seq 64))/" | deliver f
    person two@example.com lado@example.org "X-Postern-Mark: v1; 00" | deliver f
    person three@example.com lado@example.org "$(unfolded "$mail" | grep '^X-Postern-Mark:')" | deliver f
    person four@example.com lado@example.org | sed 's/^Message-ID: .*/Message-ID: <ack.7k3mq9tr.1@intake.example.org>/' | deliver f
    run f
    same "our own mail is known" 1 "$(count f 'rule == "own-mail-back"')"
    same "with a wrong mark it is not" 1 "$(count f 'rule == "own-address"')"
    same "forged marks do not silence anybody" 4 "$(count f 'm["reply"] == "holding"')"
    same "and each was answered" 4 "$(left f)"
}

test_injection() {
    local evil='=0D=0ABcc:_evil@example.net=0D=0A'
    new_postern i lado@example.org
    person i1@example.com lado@example.org | sed "s/^From: /From: =?utf-8?q?x$evil?= /" | deliver i
    person i2@example.com lado@example.org | sed "s/^Subject: .*/Subject: =?utf-8?q?x$evil?=/" | deliver i
    person i3@example.com lado@example.org | sed "s/^Message-ID: .*/Message-ID: <=?utf-8?q?x$evil?=@example.com>/" | deliver i
    person i4@example.com lado@example.org |
        sed 's/^Message-ID: .*/Message-ID: <x@example.com>\n Bcc: evil@example.net\n <y@example.com>/' | deliver i
    person i5@example.com lado@example.org | sed 's/^From: .*/From: "a\\\rBcc: evil@example.net" <i5@example.com>/' | deliver i
    person i6@example.com lado@example.org | sed 's/^From: .*/From: <"i6\r\nBcc: evil@example.net"@example.com>/' | deliver i
    person i7@example.com lado@example.org | sed 's/^From: .*/From: <i7@example.com>, <evil@example.net>/' | deliver i
    person i8@example.com lado@example.org "Reply-To: <evil@example.net>" "Cc: <evil@example.net>" | deliver i
    person i9@example.com lado@example.org | sed 's/^From: .*/From: <"evil i9"@example.com>/' | deliver i
    person i10@example.com lado@example.org | sed 's/^Message-ID: .*/Message-ID: <evil,i10@example.net>/' | deliver i
    run i
    same "injection: every mail is kept" 10 "$(count i True)"
    same "injection: nobody else is written to" 0 "$(cat $(fresh i) | grep -ci evil)"
    same "injection: the fields are ours alone" "" "$(for mail in $(fresh i); do tr -d '\r' <"$mail" | sed '/^$/q'; done |
        grep -vE '^[[:space:]]|^$' | cut -d: -f1 | sort -u | grep -vxE 'Return-Path|From|To|Subject|Date|Message-I[Dd]|In-Reply-To|References|Auto-Submitted|X-Auto-Response-Suppress|X-Postern-Mark|MIME-Version|Content-Type|Content-Language')"
}

# bounce TO: a bounce that says nothing about the mail that it returns
bounce() {
    printf '%s\n' "Return-Path: <>" "Delivered-To: $1" "From: Mail Delivery System <MAILER-DAEMON@mx.example.com>" \
        "To: <$1>" "Subject: Undelivered Mail Returned to Sender" "Date: $(date -R)" \
        "Message-ID: <b$RANDOM.$RANDOM@mx.example.com>" "" \
        "Your message could not be delivered: 550 5.1.1 user unknown."
}

# report ACTION STATUS MESSAGE-ID: a bounce as RFC 3464 has it
report() {
    printf '%s\n' "Return-Path: <>" "Delivered-To: lado@example.org" "From: MAILER-DAEMON@mx.example.com" \
        "To: lado@example.org" "Subject: Delivery Status" "Date: $(date -R)" "MIME-Version: 1.0" \
        "Message-ID: <r$RANDOM.$RANDOM@mx.example.com>" \
        "Content-Type: multipart/report; report-type=delivery-status; boundary=x" "" "--x" "" "See below." "" \
        "--x" "Content-Type: message/delivery-status" "" "Reporting-MTA: dns; mx.example.com" "" \
        "Final-Recipient: rfc822; someone@example.com" "Action: $1" "Status: $2" "" "--x" \
        "Content-Type: text/rfc822-headers" "" "Message-ID: $3" "" "--x--"
}

# What and why of each open task.
tasks() {
    postern tasks --json --config "$root/$1/postern.conf" | /usr/bin/python3 -c "
import json, sys
for t in map(json.loads, sys.stdin):
    if t['what'] != 'holidays-end':
        print(t['what'], t['detail'])"
}

test_bounces() {
    local mail address
    new_postern b1 lado@example.org "" "bounce-address = lado+*@example.org"
    person gone@example.com lado@example.org | deliver b1
    run b1
    mail=$(fresh b1)
    address=$(sed -n 's/^Return-Path: <\(.*\)>.*/\1/p' "$mail")
    same "a signed bounce address" 1 "$(expr "$address" : 'lado+b=hold\.[0-9a-z]\{8\}\.1\.[0-9a-f]\{20\}@example\.org$' '>' 0)"
    bounce "$address" | deliver b1
    bounce "$(echo "$address" | sed 's/hold\.[0-9a-z]*/hold.00000000/')" | deliver b1
    bounce "lado+b=x@example.org" | deliver b1
    run b1
    same "the bounce finds its reply" 1 "$(count b1 'm["action"] == "attach" and rule == "bounce-of-ours"')"
    same "forged addresses find nothing" 2 "$(count b1 'm["action"] == "ignore" and rule == "bounce"')"
    same "a bounce is never answered" 1 "$(left b1)"
    same "one task: they have not been told" "not-told bounced 5.1.1" "$(tasks b1)"
    same "the reply is shown as bounced" 1 "$(postern outbox --json --config "$root/b1/postern.conf" |
        grep -c '"state":"bounced".*"bounce":"5.1.1"')"
    postern tasks --done 1 --config "$root/b1/postern.conf" 2>/dev/null
    same "a task is not closed without a reason" 2 $?
    person gone@example.com lado@example.org | deliver b1
    run b1
    same "an address whose reply came back gets no other" "1 1" \
        "$(left b1) $(count b1 '"reply-bounced-before" in rules and m["action"] == "hold"')"
    postern tasks --done 1 --reason "rang them" --config "$root/b1/postern.conf"
    same "with one it is" "0 " "$? $(tasks b1)"
    person gone@example.com lado@example.org | deliver b1
    run b1
    same "and then it is refused no more for that" "1 1" \
        "$(count b1 '"reply-bounced-before" in rules') $(count b1 '"reply-just-answered" in rules')"
    postern audit --verify --config "$root/b1/postern.conf" >/dev/null
    same "audit" 0 $?
}

# A mail that is only late is no task yet; one without a signed address is found by what it returns.
test_delay() {
    local mail id
    new_postern d lado@example.org
    person slow@example.com lado@example.org | deliver d
    run d
    mail=$(fresh d)
    id=$(sed -n 's/^Message-ID: *//Ip' "$mail" | tr -d '\r')
    report delayed 4.4.1 "$id" | deliver d
    run d
    same "a delay is filed" 1 "$(count d 'm["action"] == "attach" and rule == "bounce-of-ours"')"
    same "a delay is no task" "" "$(tasks d)"
    report failed 4.4.7 "$id" | deliver d
    run d
    same "a failure is one" "not-told bounced 4.4.7" "$(tasks d)"
}

test_limits() {
    local n
    new_postern l lado@example.org "reply-limit-domain = 3
reply-limit-all = 5"
    for n in 1 2 3 4; do person "p$n@mail$n.example.co.uk" lado@example.org | deliver l; done
    for n in 1 2 3 4; do person "p$n@example$n.org" lado@example.org | deliver l; done
    run l
    same "limits: every mail is kept" 8 "$(count l 'm["action"] == "hold"')"
    same "limits: replies" 5 "$(left l)"
    same "limits: an organisation's" 1 "$(count l '"reply-too-many-domain" in rules')"
    same "limits: the breaker's" 2 "$(count l '"reply-breaker" in rules')"
    same "limits: staff are told once" 1 "$(grep -c 'no more until it has passed' "$root/l/log")"
    same "limits: and have a task" 1 "$(tasks l | grep -c '^breaker $')"
    same "limits: who was not told is one" 2 "$(tasks l | grep -c '^not-told replies stopped$')"
    same "limits: of an organisation too" 1 "$(tasks l | grep -c '^not-told domain limit$')"
}

# Who is on duty is alerted once, in the same run, with nothing of the mail; the sender learns nothing.
test_danger() {
    local alert reply
    new_postern u lado@example.org "duty-address = duty@example.net"
    person mum@example.com lado@example.org | sed 's/^He shouted.*/He is hurting her right now. Zebra./' | deliver u
    person dad@example.com lado@example.org | deliver u
    person no-reply@example.com lado@example.org | sed 's/^He shouted.*/My son wants to die. Zebra./' | deliver u
    run u
    run u
    same "danger: two alerts, two replies" 4 "$(left u)"
    same "danger: alerts to the duty address" 2 "$(grep -l '^To: duty@example.net' $(fresh u) | wc -l)"
    same "danger: both raised" 2 "$(count u '"urgent" in rules')"
    same "danger: none of them answers anybody" 0 "$(grep -l '^To: duty@' $(fresh u) | xargs grep -lE '^(In-Reply-To|References):' | wc -l)"
    same "danger: marked as made by a machine" 2 "$(grep -l '^Auto-Submitted: auto-generated' $(fresh u) | wc -l)"
    alert=$(grep -l '^To: duty@' $(fresh u) | head -1)
    same "danger: nothing personal in it" 0 "$(grep -ciE 'mum|hurting|zebra|worried|die' "$alert")"
    same "danger: nor where to find it left out" 1 "$(grep -c '^postern show LADO-' "$alert")"
    reply=$(grep -l '^To: mum@' $(fresh u))
    same "danger: the sender learns nothing" 0 "$(grep -ciE 'duty@|alert|urgent:' "$reply")"
    same "danger: the limits do not count them" 0 "$(count u '"reply-just-answered" in rules')"
    # The duty address answers that it is away, and a colleague answers from it: neither alerts again.
    respond rfc3834 "$alert" | sed 's/^To: .*/To: <lado@example.org>/' | deliver u
    person duty@example.net lado@example.org "In-Reply-To: $(sed -n 's/^Message-ID: *//Ip' "$alert" | tr -d '\r')" |
        sed 's/^He shouted.*/She is in danger now. I rang the police./' | deliver u
    run u
    same "danger: what comes back is filed" 2 "$(count u 'm["action"] == "attach"')"
    same "danger: and alerts nobody" 4 "$(left u)"
}

# reply NAME TEXT: how many of the replies that have left say so, whatever their line ends
says() { for mail in $(fresh "$1"); do tr -d '\r' <"$mail" | sed -e ':a' -e '/=$/N; s/=\n//; ta'; done | grep -c "$2"; }

# The words follow why a mail is held and where it is from; broken ones are found before a mail is.
test_words() {
    local config=$root/w/postern.conf mail
    new_postern w lado@example.org
    postern forms blank lado-parent --format txt -o "$root/w/blank" >/dev/null
    { person ann@example.com lado@example.org | sed '/^$/,$d' && echo && cat "$root/w/blank"; } | deliver w
    sed -e 's/^To: .*/To: <lado@example.org>/I' "$top_srcdir/templates/samples/broken-attachment.eml" | deliver w
    sed -e 's/^To: .*/To: <lado@example.org>/I' "$top_srcdir/tests/golden/both-elsewhere/message.eml" | deliver w
    run w
    same "words: three replies" 3 "$(left w)"
    same "words: the form looks empty" 1 "$(says w '^THE FORM LOOKS EMPTY')"
    same "words: it could not be opened" 1 "$(says w '^WE COULD NOT OPEN ALL OF IT')"
    same "words: the LADO of the workplace" 1 "$(says w '^01634 331 065')"
    same "words: a variant is a holding reply" 3 "$(count w 'm["reply"] == "holding"')"
    mkdir -p "$root/w/own/mails/en"
    sed -i "s|^\[service\]|&\ntemplates = $root/w/own|" "$config"
    postern check-config --config "$config" >/dev/null 2>&1
    same "words: an empty folder is fine" 0 $?
    printf 'Ref {{reference}}\n{{#in-hours}}\n' >"$root/w/own/mails/en/holding-blank.txt"
    same "words: a broken one is refused with file and line" 1 \
        "$(posternd --config "$config" --once 2>&1 | grep -c 'mails/en/holding-blank.txt:2: this section is never closed')"
    rm "$root/w/own/mails/en/holding-blank.txt"
    sed -i 's|^\[service\]|&\nlanguage = cy|' "$config"
    same "words: a language without its files is refused" 1 \
        "$(posternd --config "$config" --once 2>&1 | grep -c 'there is no template file mails/cy/')"
    cp -r "$top_srcdir/templates/mails/en" "$root/w/own/mails/cy"
    person mum@example.com lado@example.org | deliver w
    run w
    same "words: a copied folder is a language" 1 "$(says w '^Content-Language: cy')"
}

# Exchange Online names itself nowhere: its field is the topmost one, and what stands below is the sender's.
test_exchange() {
    local said="Authentication-Results: spf=none (sender IP is 203.0.113.9) smtp.mailfrom=mail.example; dkim=none"
    said="$said (message not signed) header.d=none;dmarc"
    new_postern x lado@example.org "authserv-id = (unnamed)
reply-unauthenticated = no"
    person pass@mail.example lado@example.org "$said=pass action=none header.from=mail.example;compauth=pass reason=100" \
        "$said=fail action=oreject header.from=mail.example;compauth=fail reason=000" | deliver x
    person fail@mail.example lado@example.org "$said=fail action=none header.from=mail.example;compauth=pass reason=130" \
        "$said=pass action=none header.from=mail.example;compauth=pass reason=100" | deliver x
    person sum@mail.example lado@example.org "$said=none action=none header.from=mail.example;compauth=fail reason=001" \
        "$said=pass action=none header.from=mail.example;compauth=pass reason=100" | deliver x
    person none@mail.example lado@example.org "Authentication-Results: mx.mail.example; dmarc=pass header.from=mail.example" \
        "$said=pass action=none header.from=mail.example;compauth=pass reason=100" | deliver x
    run x
    same "exchange: only the proved one is answered" "To: pass@mail.example" "$(cat $(fresh x) | tr -d '\r' | grep '^To:')"
    same "exchange: dmarc and compauth each say forged" 2 "$(count x 'm["action"] == "hold" and rule == "forged"')"
    same "exchange: a name above it leaves no verdict" 1 "$(count x '"reply-unproved" in rules')"
    sed -i 's/^authserv-id = .*/authserv-id = (none)/' "$root/x/postern.conf"
    same "exchange: what could never match is refused" 1 \
        "$(posternd --config "$root/x/postern.conf" --once 2>&1 | grep -c 'authserv-id must be the one word.* or (unnamed)')"
}

test_conversation() {
    local reference config
    new_postern c lado@example.org
    config=$root/c/postern.conf
    person mum@example.com lado@example.org | deliver c
    run c
    reference=$(sed -n 's/^Subject: .*\(LADO-[0-9A-Z-]*\).*/\1/p' "$(fresh c)")
    person mum@example.com lado@example.org | sed "s/^Subject: .*/Subject: Any news? $reference/" | deliver c
    person stranger@example.net lado@example.org "In-Reply-To: $(sed -n 's/^Message-ID: *//Ip' "$(fresh c)" | tr -d '\r')" | deliver c
    respond rfc3834 "$(fresh c)" | deliver c
    run c
    same "the conversation is one record" 3 "$(count c 'm["action"] == "attach"')"
    same "nothing of it is answered" 1 "$(left c)"
    same "an automatic reply to ours is filed" 1 "$(count c 'rule == "auto-reply-to-ours"')"
    same "somebody else is marked" 2 "$(count c '"from-somebody-else" in rules')"
    same "and staff are warned" 2 "$(postern show "$reference" --config "$config" | grep -c WARNING)"
    same "staff see all of it" 3 "$(postern show "$reference" --json --config "$config" |
        /usr/bin/python3 -c 'import json, sys; print(len(json.load(sys.stdin)["attached"]))')"
}

for name in ${*:-two_posterns two_posterns_stripped responders thousand forged_marks injection bounces delay limits danger words exchange conversation password}; do
    say "answers.sh: $name"
    "test_$name"
done
say "answers.sh: $checks checks, $failures failed"
[ "$failures" = 0 ]
