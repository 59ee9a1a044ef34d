/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/tries.c - how often one address has tried to sign in within a minute.
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

static gint64
hash_client(SpoolDb *db, const char *client)
{
    g_autoptr(GBytes) place = place_of(client);
    g_autoptr(GBytes) hash =
        spool_crypt_hash(db->keys, "tries", g_bytes_get_data(place, NULL), g_bytes_get_size(place));
    gint64 number;

    memcpy(&number, g_bytes_get_data(hash, NULL), sizeof number);
    return number;
}

bool
spool_tries_count(SpoolDb *db, const char *client, guint most, bool *out_may, GError **error)
{
    const gint64 minute = spool_now() / MINUTE, hash = hash_client(db, client);
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    SpoolSqlNumber tries;

    if (!spool_sql_number(db->sql, "SELECT number FROM tries WHERE minute = $1 AND client = $2",
                          SQL_ARGS(SQL_INT(minute), SQL_INT(hash)), &tries, error))
        return false;
    if (tries.found && tries.value >= most) {
        *out_may = false;
        return true;
    }
    if (!spool_txn_begin(&txn, db, error) ||
        !spool_sql_run(db->sql, "DELETE FROM tries WHERE minute < $1", SQL_ARGS(SQL_INT(minute)),
                       NULL, error) ||
        !spool_sql_number(db->sql,
                          "INSERT INTO tries (minute, client, number) VALUES ($1, $2, 1)"
                          " ON CONFLICT (minute, client) DO UPDATE SET number = tries.number + 1"
                          " RETURNING number",
                          SQL_ARGS(SQL_INT(minute), SQL_INT(hash)), &tries, error) ||
        !spool_txn_commit(&txn, error))
        return false;
    *out_may = tries.value <= most;
    return true;
}
