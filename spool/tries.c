/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/tries.c - how often an address has tried to sign in, and a browser was wrong.
 *
 * Who has had enough costs a look and no writing.
 *
 * Runs in:  staff pages.
 * Source:   doc/review.md, "Safe pages"
 */
#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "spool/private.h"
#include "spool/tries.h"

#define MINUTE (60 * SPOOL_SECOND)
#define DAY_MINUTES (24 * 60)
#define NETWORK_BYTES 8

/* Who has one address of IPv6 has all of its network (RFC 6177); but one of IPv4 in there is one.
 */
static GBytes *
place_of(const char *client)
{
    static const guint8 mapped[NETWORK_BYTES] = {0};
    g_autoptr(GInetAddress) address = g_inet_address_new_from_string(client);

    if (address == NULL || g_inet_address_get_family(address) != G_SOCKET_FAMILY_IPV6 ||
        memcmp(g_inet_address_to_bytes(address), mapped, NETWORK_BYTES) == 0)
        return g_bytes_new(client, strlen(client));
    return g_bytes_new(g_inet_address_to_bytes(address), NETWORK_BYTES);
}

/* A row: the minute in which it is forgotten, and whose it is. */
typedef struct {
    gint64 minute, who;
} Place;

static gint64
hash_of(SpoolDb *db, const char *what, GBytes *bytes)
{
    g_autoptr(GBytes) hash =
        spool_crypt_hash(db->keys, what, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
    gint64 number;

    memcpy(&number, g_bytes_get_data(hash, NULL), sizeof number);
    return number;
}

static bool
look(SpoolDb *db, const Place *place, gint64 *out_number, GError **error)
{
    SpoolSqlNumber tries;

    if (!spool_sql_number(db->sql, "SELECT number FROM tries WHERE minute = $1 AND client = $2",
                          SQL_ARGS(SQL_INT(place->minute), SQL_INT(place->who)), &tries, error))
        return false;
    *out_number = tries.found ? tries.value : 0;
    return true;
}

/* Within a transaction of the caller's. */
static bool
count(SpoolDb *db, const Place *place, gint64 *out_number, GError **error)
{
    SpoolSqlNumber tries;

    if (!spool_sql_run(db->sql, "DELETE FROM tries WHERE minute < $1",
                       SQL_ARGS(SQL_INT(spool_now() / MINUTE)), NULL, error) ||
        !spool_sql_number(db->sql,
                          "INSERT INTO tries (minute, client, number) VALUES ($1, $2, 1)"
                          " ON CONFLICT (minute, client) DO UPDATE SET number = tries.number + 1"
                          " RETURNING number",
                          SQL_ARGS(SQL_INT(place->minute), SQL_INT(place->who)), &tries, error))
        return false;
    *out_number = tries.value;
    return true;
}

bool
spool_tries_count(SpoolDb *db, const char *client, guint most, bool *out_may, GError **error)
{
    g_autoptr(GBytes) bytes = place_of(client);
    const Place place = {spool_now() / MINUTE, hash_of(db, "tries", bytes)};
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    gint64 tries = 0;

    if (!look(db, &place, &tries, error))
        return false;
    if (tries >= most) {
        *out_may = false;
        return true;
    }
    if (!spool_txn_begin(&txn, db, error) || !count(db, &place, &tries, error) ||
        !spool_txn_commit(&txn, error))
        return false;
    *out_may = tries <= most;
    return true;
}

/* Its row stays until the last minute of the day. */
static Place
place_of_device(SpoolDb *db, const char *device)
{
    g_autoptr(GBytes) bytes = g_bytes_new(device, strlen(device));
    const gint64 day = spool_now() / MINUTE / DAY_MINUTES;

    return (Place){(day + 1) * DAY_MINUTES - 1, hash_of(db, "device-tries", bytes)};
}

bool
spool_tries_of_device(SpoolDb *db, const char *device, gint64 *out_number, GError **error)
{
    const Place place = place_of_device(db, device);

    return look(db, &place, out_number, error);
}

bool
spool_tries_count_device(SpoolDb *db, const char *device, GError **error)
{
    const Place place = place_of_device(db, device);
    gint64 number = 0;

    return count(db, &place, &number, error);
}
