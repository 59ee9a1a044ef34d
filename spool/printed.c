/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/printed.c - office files of mails as pages, made when somebody first looks.
 *
 *   want --> WANTED -- taken --> MAKING -- kept --> MADE
 *              ^                   | '-- nothing came of it, or too late --> FAILED
 *              '---- put back -----'
 *
 * Runs in:  staff pages (want, list); printer (all else).
 * Source:   doc/review.md, "Pages of office files"
 */
#include "config.h"

#include <string.h>

#include "spool/printed.h"
#include "spool/private.h"

#define MAKING (180 * SPOOL_SECOND)
#define KEPT (7 * 24 * 3600 * SPOOL_SECOND)
#define FAILED_FOR (3600 * SPOOL_SECOND)

void
spool_printed_clear(SpoolPrinted *printed)
{
    g_clear_pointer(&printed->document, g_bytes_unref);
}

static void
clear(gpointer printed)
{
    spool_printed_clear(printed);
}

static char *
place_of(gint64 mail_id, guint part)
{
    return g_strdup_printf("printed.sealed %" G_GINT64_FORMAT " %u", mail_id, part);
}

bool
spool_printed_want(SpoolDb *db, gint64 mail_id, guint part, bool *out_new, GError **error)
{
    guint changed = 0;

    if (!spool_sql_run(db->sql,
                       "INSERT INTO printed (mail_id, part, state, at)"
                       " VALUES ($1, $2, 'wanted', $3) ON CONFLICT (mail_id, part) DO NOTHING",
                       SQL_ARGS(SQL_INT(mail_id), SQL_INT(part), SQL_INT(spool_now())), &changed,
                       error))
        return false;
    *out_new = changed > 0;
    return true;
}

/* ---- what was asked for ---- */

static SpoolPrintedState
state_of(const char *word)
{
    if (strcmp(word, "made") == 0)
        return SPOOL_PRINTED_MADE;
    return strcmp(word, "failed") == 0 ? SPOOL_PRINTED_FAILED : SPOOL_PRINTED_WAITING;
}

/* One that cannot be opened counts as failed: it is made again in time. */
static bool
open_row(const SpoolMailKey *key, const SpoolSqlRows *rows, SpoolPrinted *printed, GError **error)
{
    g_autoptr(GError) problem = NULL;
    g_autoptr(GBytes) sealed = NULL;
    g_autofree char *place = NULL;

    printed->part = (guint)spool_sql_int(rows, 0);
    printed->state = state_of(spool_sql_text(rows, 1));
    if (printed->state != SPOOL_PRINTED_MADE)
        return true;
    sealed = spool_sql_bytes(rows, 2);
    place = place_of(printed->mail_id, printed->part);
    if (spool_crypt_open(key, place, sealed, &printed->document, &problem))
        return true;
    printed->state = SPOOL_PRINTED_FAILED;
    if (g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_CORRUPT))
        return true;
    g_propagate_error(error, g_steal_pointer(&problem));
    return false;
}

bool
spool_printed_list(SpoolDb *db, gint64 mail_id, GArray **out_list, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    g_auto(SpoolMailKey) key = {0};
    g_autoptr(GArray) list = g_array_new(FALSE, TRUE, sizeof(SpoolPrinted));
    bool row = false;

    g_array_set_clear_func(list, clear);
    if (!spool_message_key(db, mail_id, &key, error) ||
        !spool_sql_query(db->sql,
                         "SELECT part, state, sealed FROM printed WHERE mail_id = $1 ORDER BY part",
                         SQL_ARGS(SQL_INT(mail_id)), &rows, error) ||
        !spool_sql_next(&rows, &row, error))
        return false;
    while (row) {
        g_array_set_size(list, list->len + 1);
        SpoolPrinted *printed = &g_array_index(list, SpoolPrinted, list->len - 1);

        printed->mail_id = mail_id;
        if (!open_row(&key, &rows, printed, error) || !spool_sql_next(&rows, &row, error))
            return false;
    }
    *out_list = g_steal_pointer(&list);
    return true;
}

/* ---- the printer ---- */

static bool
set_state(SpoolDb *db, const SpoolPrinted *printed, const char *state, GBytes *sealed,
          GError **error)
{
    return spool_sql_run(db->sql,
                         "UPDATE printed SET state = $1, at = $2, sealed = $3"
                         " WHERE mail_id = $4 AND part = $5",
                         SQL_ARGS(SQL_TEXT(state), SQL_INT(spool_now()),
                                  sealed != NULL ? SQL_BYTES(sealed) : SQL_NULL,
                                  SQL_INT(printed->mail_id), SQL_INT(printed->part)),
                         NULL, error);
}

static bool
find_waiting(SpoolDb *db, SpoolPrinted *out_printed, bool *out_any, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;

    if (!spool_sql_query(db->sql,
                         "SELECT mail_id, part FROM printed WHERE state = 'wanted'"
                         " ORDER BY at, mail_id, part LIMIT 1",
                         SQL_NO_ARGS, &rows, error) ||
        !spool_sql_next(&rows, out_any, error))
        return false;
    if (*out_any)
        *out_printed = (SpoolPrinted){.mail_id = spool_sql_int(&rows, 0),
                                      .part = (guint)spool_sql_int(&rows, 1)};
    return true;
}

/* Whoever was making it died of it, perhaps. */
static bool
give_up_late(SpoolDb *db, GError **error)
{
    const gint64 now = spool_now();

    return spool_sql_run(db->sql,
                         "UPDATE printed SET state = 'failed', at = $1"
                         " WHERE state = 'making' AND at < $2",
                         SQL_ARGS(SQL_INT(now), SQL_INT(now - MAKING)), NULL, error);
}

bool
spool_printed_take(SpoolDb *db, SpoolPrinted *out_printed, bool *out_any, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    SpoolPrinted printed = {0};
    bool any = false;

    if (!spool_txn_begin(&txn, db, error) || !give_up_late(db, error) ||
        !find_waiting(db, &printed, &any, error) ||
        (any && !set_state(db, &printed, "making", NULL, error)) || !spool_txn_commit(&txn, error))
        return false;
    *out_printed = printed;
    *out_any = any;
    return true;
}

bool
spool_printed_keep(SpoolDb *db, const SpoolPrinted *taken, GBytes *document, GError **error)
{
    g_auto(SpoolMailKey) key = {0};
    g_autoptr(GBytes) sealed = NULL;
    g_autofree char *place = place_of(taken->mail_id, taken->part);

    if (document == NULL || g_bytes_get_size(document) > SPOOL_PRINTED_MAX)
        return set_state(db, taken, "failed", NULL, error);
    return spool_message_key(db, taken->mail_id, &key, error) &&
           spool_crypt_seal(&key, place, document, &sealed, error) &&
           set_state(db, taken, "made", sealed, error);
}

bool
spool_printed_put_back(SpoolDb *db, const SpoolPrinted *taken, GError **error)
{
    return set_state(db, taken, "wanted", NULL, error);
}

bool
spool_printed_tidy(SpoolDb *db, GError **error)
{
    const gint64 now = spool_now();

    return spool_sql_run(db->sql,
                         "DELETE FROM printed WHERE at < $1 OR (state = 'failed' AND at < $2)",
                         SQL_ARGS(SQL_INT(now - KEPT), SQL_INT(now - FAILED_FOR)), NULL, error);
}
