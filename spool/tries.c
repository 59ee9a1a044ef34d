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

#include <string.h>

#include "spool/private.h"
#include "spool/tries.h"

#define MINUTE (60 * SPOOL_SECOND)

static gint64
hash_client(SpoolDb *db, const char *client)
{
    g_autoptr(GBytes) hash = spool_crypt_hash(db->keys, "tries", client, strlen(client));
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
