# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/e2e/checks.sh - what the end-to-end scripts share: checks that are counted, and a daemon to start and stop.
#
# Sourced, by bash.  A check that fails shows the end of each log in $world, where a script has one.  Who starts a daemon
# sources servers.sh too, which ends it with the script.
#
# Source:   doc/HACKING.md
failures=0 checks=0 daemon=

say() { printf '%s\n' "$*"; }

# same WHAT WANTED GOT
same() {
    checks=$((checks + 1))
    [ "$2" = "$3" ] || {
        failures=$((failures + 1))
        say "FAIL $1: wanted '$2', got '$3'"
        [ -z "${world-}" ] || tail -q -n 5 "$world"/log "$world"/*.log 2>/dev/null | sed 's/^/     log: /'
    }
}

# at_most WHAT LIMIT GOT
at_most() { same "$1 ($3, at most $2)" yes "$([ "$3" -le "$2" ] && echo yes || echo no)"; }

# until_true SECONDS COMMAND...: try until it succeeds
until_true() {
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        [ $SECONDS -lt $end ] || { say "     gave up waiting: $*"; return 1; }
        sleep 0.05
    done
}

# start_daemon [OPTION...]: on the settings of $world
start_daemon() {
    posternd --config "$world/postern.conf" --foreground "$@" 2>>"$world/log" &
    daemon=$!
    SERVERS_PIDS="$SERVERS_PIDS $daemon"
}

stop_daemon() {
    [ -n "$daemon" ] || return 0
    kill "$daemon" 2>/dev/null
    wait "$daemon" 2>/dev/null
    SERVERS_PIDS=${SERVERS_PIDS/ $daemon/}
    daemon=
}
