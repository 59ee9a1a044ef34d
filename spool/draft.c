/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/draft.c - what somebody has begun to fill in, kept until the act is done.
 *
 * Runs in:  staff pages.
 * Source:   doc/review.md, "Acts"
 */
#include "config.h"

#include <string.h>

#include "spool/act.h"
#include "spool/private.h"

static char *
draft_place(const SpoolAct *act)
{
    return g_strdup_printf("draft.sealed %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s",
                           act->record_id, act->account->id, act->act);
}

static bool
forget(SpoolDb *db, const SpoolAct *act, GError **error)
{
    return spool_sql_run(
        db->sql, "DELETE FROM draft WHERE record_id = $1 AND account_id = $2 AND act = $3",
        SQL_ARGS(SQL_INT(act->record_id), SQL_INT(act->account->id), SQL_TEXT(act->act)), NULL,
        error);
}

bool
spool_draft_put(SpoolDb *db, const SpoolAct *act, const char *text, GError **error)
{
    g_auto(SpoolMailKey) key = {0};
    g_autoptr(GBytes) sealed = NULL;
    g_autofree char *place = draft_place(act);

    if (text[0] == '\0')
        return forget(db, act, error);
    if (strlen(text) > SPOOL_DRAFT_MAX)
        return spool_throw(error, SPOOL_ERROR_TOO_BIG, "a draft has at most %u bytes",
                           SPOOL_DRAFT_MAX);
    return spool_act_key(db, act->record_id, &key, error) &&
           spool_text_seal(&key, place, SPOOL_TEXTS(text), &sealed, error) &&
           spool_sql_run(db->sql,
                         "INSERT INTO draft (record_id, account_id, act, at, sealed)"
                         " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (record_id, account_id, act)"
                         " DO UPDATE SET at = excluded.at, sealed = excluded.sealed",
                         SQL_ARGS(SQL_INT(act->record_id), SQL_INT(act->account->id),
                                  SQL_TEXT(act->act), SQL_INT(spool_now()), SQL_BYTES(sealed)),
                         NULL, error);
}

bool
spool_draft_get(SpoolDb *db, const SpoolAct *act, char **out_text, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    g_auto(SpoolMailKey) key = {0};
    g_autofree char *place = draft_place(act);
    g_auto(GStrv) texts = NULL;
    bool row = false;

    *out_text = NULL;
    if (!spool_sql_query(
            db->sql,
            "SELECT sealed FROM draft WHERE record_id = $1 AND account_id = $2 AND act = $3",
            SQL_ARGS(SQL_INT(act->record_id), SQL_INT(act->account->id), SQL_TEXT(act->act)), &rows,
            error) ||
        !spool_sql_next(&rows, &row, error))
        return false;
    if (!row)
        return true;
    g_autoptr(GBytes) sealed = spool_sql_bytes(&rows, 0);

    if (!spool_act_key(db, act->record_id, &key, error) ||
        !spool_text_open(&key, place, sealed, 1, &texts, error))
        return false;
    *out_text = g_strdup(texts[0]);
    return true;
}
