# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/postgres.sh - a PostgreSQL server of the tests' own, in a scratch folder, on loopback.
#
# Sourced.  It keeps every promise of a real one (fsync is on) and is reached without a password
# by whoever runs the test alone.  As root it runs as "postgres", which the package has made.
#
# Usage:    . postgres.sh; postgres_begin || exit 1; ... "$POSTGRES_URL" ...; postgres_end
# Source:   initdb(1), postgres(1)

# As the account that the server may run as; initdb refuses root.
postgres_as() {
    if [ "$(id -u)" = 0 ]; then
        (cd "$POSTGRES_DIR" && setpriv --reuid postgres --regid postgres --clear-groups "$@")
    else
        "$@"
    fi
}

# Start it: $POSTGRES_URL without a database's name, $POSTGRES_PORT, $POSTGRES_BIN, $POSTGRES_DIR.
postgres_begin() {
    POSTGRES_BIN=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
    [ -x "$POSTGRES_BIN/postgres" ] || {
        echo "there is no PostgreSQL server: install the package postgresql" >&2
        return 1
    }
    POSTGRES_DIR=$(mktemp -d /tmp/pg.XXXXXX) || return 1
    [ "$(id -u)" != 0 ] || chown postgres "$POSTGRES_DIR"
    POSTGRES_PORT=$(/usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    openssl rand -hex 16 >"$POSTGRES_DIR/password"
    [ "$(id -u)" != 0 ] || chown postgres "$POSTGRES_DIR/password"
    postgres_as "$POSTGRES_BIN/initdb" -D "$POSTGRES_DIR/data" -U tests -E UTF8 --locale=C.UTF-8 \
        --auth=scram-sha-256 --pwfile="$POSTGRES_DIR/password" --no-sync --no-instructions \
        >"$POSTGRES_DIR/log" 2>&1 || { cat "$POSTGRES_DIR/log" >&2; return 1; }
    printf '127.0.0.1:%s:*:tests:%s\n' "$POSTGRES_PORT" "$(cat "$POSTGRES_DIR/password")" \
        >"$POSTGRES_DIR/pass"
    chmod 600 "$POSTGRES_DIR/pass"
    chmod 711 "$POSTGRES_DIR"
    postgres_start || return 1
    POSTGRES_URL="postgresql://tests@127.0.0.1:$POSTGRES_PORT"
    POSTGRES_PASS=$POSTGRES_DIR/pass
    PGPASSFILE=$POSTGRES_PASS
    export POSTGRES_URL POSTGRES_PASS POSTGRES_PORT POSTGRES_BIN PGPASSFILE
}

# Start the server of postgres_begin again, after postgres_stop.
postgres_start() {
    # Not -w: the connection would need the password.
    postgres_as "$POSTGRES_BIN/pg_ctl" -D "$POSTGRES_DIR/data" -l "$POSTGRES_DIR/server.log" -s start -o \
        "-p $POSTGRES_PORT -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200" \
        </dev/null || { cat "$POSTGRES_DIR/server.log" >&2; return 1; }
}

# postgres_stop [MODE]: smart, fast or immediate, which is a crash
postgres_stop() {
    postgres_as "$POSTGRES_BIN/pg_ctl" -D "$POSTGRES_DIR/data" -m "${1:-fast}" -s stop
}

postgres_end() {
    [ -n "${POSTGRES_DIR-}" ] || return 0
    postgres_stop immediate 2>/dev/null
    rm -rf "$POSTGRES_DIR"
    unset POSTGRES_DIR POSTGRES_PORT POSTGRES_BIN POSTGRES_URL POSTGRES_PASS PGPASSFILE
}

# postgres_ask DATABASE SQL: the answer, fields separated by |
postgres_ask() { "$POSTGRES_BIN/psql" -XAtq -v ON_ERROR_STOP=1 "$POSTGRES_URL/$1" -c "$2"; }

# postgres_make NAME: an empty database
postgres_make() { postgres_ask postgres "CREATE DATABASE $1"; }
