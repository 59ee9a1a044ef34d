/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/act.c - what people do with items.
 *
 * Runs in:  staff pages, command line.
 * Source:   doc/review.md, "Acts"
 */
#include "config.h"

#include <string.h>

#include "spool/act.h"
#include "spool/audit.h"
#include "spool/private.h"
#include "spool/search.h"

/* A word that may stand in the audit. */
static bool
check_word(const char *word, GError **error)
{
    gsize length = word != NULL ? strlen(word) : 0;
    bool good = length > 0 && length <= 40 && strspn(word, "abcdefghijklmnopqrstuvwxyz-") == length;

    return good || spool_throw(error, SPOOL_ERROR_STATE, "no such act");
}

/* The next version, if it is still the one that was seen. */
static bool
take_version(SpoolDb *db, const SpoolAct *act, GError **error)
{
    guint changed = 0;
    g_autoptr(SpoolItem) item = NULL;

    if (!spool_item_get(db, act->record_id, act->account->id, &item, error))
        return false;
    if (!spool_sql_run(db->sql,
                       "UPDATE item SET version = version + 1 WHERE record_id = $1"
                       " AND version = $2",
                       SQL_ARGS(SQL_INT(act->record_id), SQL_INT(act->version)), &changed, error))
        return false;
    return changed == 1 || spool_throw(error, SPOOL_ERROR_STALE,
                                       "somebody else changed this item while you looked at it");
}

bool
spool_act_key(SpoolDb *db, gint64 record_id, SpoolMailKey *out_key, GError **error)
{
    SpoolSqlNumber mail;

    if (!spool_sql_number(db->sql, "SELECT mail_id FROM record WHERE id = $1",
                          SQL_ARGS(SQL_INT(record_id)), &mail, error))
        return false;
    if (!mail.found)
        return spool_throw(error, SPOOL_ERROR_NOT_FOUND, "there is no such item");
    return spool_message_key(db, mail.value, out_key, error);
}

char *
spool_act_place(gint64 record_id, gint64 at, const char *act)
{
    return g_strdup_printf("act.sealed %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s", record_id, at,
                           act);
}

static bool
insert_act(SpoolDb *db, const SpoolAct *act, GError **error)
{
    gint64 now = spool_now();
    g_auto(SpoolMailKey) key = {0};
    g_autoptr(GBytes) sealed = NULL;
    g_autofree char *place = spool_act_place(act->record_id, now, act->act);

    return spool_act_key(db, act->record_id, &key, error) &&
           spool_text_seal(&key, place, SPOOL_TEXTS(act->reason), &sealed, error) &&
           spool_sql_run(db->sql,
                         "INSERT INTO act (record_id, account_id, act, detail, at, sealed)"
                         " VALUES ($1, $2, $3, $4, $5, $6)",
                         SQL_ARGS(SQL_INT(act->record_id), SQL_INT(act->account->id),
                                  SQL_TEXT(act->act),
                                  SQL_TEXT(act->detail != NULL ? act->detail : ""), SQL_INT(now),
                                  SQL_BYTES(sealed)),
                         NULL, error);
}

static bool
audit_act(SpoolDb *db, const SpoolAct *act, GError **error)
{
    g_autofree char *object = g_strdup_printf("record:%" G_GINT64_FORMAT, act->record_id);

    return spool_audit_append(db, act->account->name, act->act, object, act->detail, error);
}

bool
spool_act_begin(SpoolDb *db, const SpoolAct *act, GError **error)
{
    if (db->depth == 0)
        return spool_throw(error, SPOOL_ERROR_STATE, "an act needs a transaction");
    return check_word(act->act, error) && take_version(db, act, error) &&
           insert_act(db, act, error) &&
           spool_search_store_typed(db, act->record_id, act->reason, error) &&
           spool_draft_put(db, act, "", error) && audit_act(db, act, error);
}

static bool
known(const char *word, const char *const *words, GError **error)
{
    return (word != NULL && g_strv_contains(words, word)) ||
           spool_throw(error, SPOOL_ERROR_STATE, "no such state or outcome");
}

bool
spool_act_set_outcome(SpoolDb *db, gint64 record_id, const char *outcome, GError **error)
{
    const char *const words[] = {"accept", "redirect", "hold", "attach", "ignore", NULL};

    return known(outcome, words, error) &&
           spool_sql_run(db->sql,
                         "UPDATE item SET outcome = $1, settled = COALESCE(settled, $2)"
                         " WHERE record_id = $3",
                         SQL_ARGS(SQL_TEXT(outcome), SQL_INT(spool_now()), SQL_INT(record_id)),
                         NULL, error);
}

bool
spool_act_set_state(SpoolDb *db, gint64 record_id, const char *state, gint64 holder, GError **error)
{
    const char *const words[] = {"new", "open", "waiting", "closed", NULL};
    bool closes = g_strcmp0(state, "closed") == 0;

    return known(state, words, error) &&
           spool_sql_run(db->sql,
                         "UPDATE item SET state = $1, holder = $2, closed = $3"
                         " WHERE record_id = $4",
                         SQL_ARGS(SQL_TEXT(state), holder != 0 ? SQL_INT(holder) : SQL_NULL,
                                  closes ? SQL_INT(spool_now()) : SQL_NULL, SQL_INT(record_id)),
                         NULL, error);
}

bool
spool_act_set_urgent(SpoolDb *db, gint64 record_id, GError **error)
{
    return spool_sql_run(db->sql, "UPDATE item SET urgent = 1 WHERE record_id = $1",
                         SQL_ARGS(SQL_INT(record_id)), NULL, error);
}

bool
spool_act_set_readers(SpoolDb *db, gint64 record_id, const GArray *readers, GError **error)
{
    if (!spool_sql_run(db->sql, "DELETE FROM item_reader WHERE record_id = $1",
                       SQL_ARGS(SQL_INT(record_id)), NULL, error) ||
        !spool_sql_run(db->sql, "UPDATE item SET restricted = $1 WHERE record_id = $2",
                       SQL_ARGS(SQL_INT(readers != NULL), SQL_INT(record_id)), NULL, error))
        return false;
    for (guint i = 0; readers != NULL && i < readers->len; i++)
        if (!spool_sql_run(db->sql,
                           "INSERT INTO item_reader (record_id, account_id) VALUES ($1, $2)"
                           " ON CONFLICT (record_id, account_id) DO NOTHING",
                           SQL_ARGS(SQL_INT(record_id), SQL_INT(g_array_index(readers, gint64, i))),
                           NULL, error))
            return false;
    return true;
}

static bool
link_one_way(SpoolDb *db, gint64 from, gint64 to, GError **error)
{
    return spool_sql_run(db->sql,
                         "INSERT INTO item_link (record_id, other_id, at) VALUES ($1, $2, $3)"
                         " ON CONFLICT (record_id, other_id) DO NOTHING",
                         SQL_ARGS(SQL_INT(from), SQL_INT(to), SQL_INT(spool_now())), NULL, error);
}

bool
spool_act_link(SpoolDb *db, gint64 record_id, gint64 other_id, GError **error)
{
    SpoolSqlNumber other;

    if (record_id == other_id)
        return spool_throw(error, SPOOL_ERROR_STATE, "an item is not linked with itself");
    if (!spool_sql_number(db->sql, "SELECT record_id FROM item WHERE record_id = $1",
                          SQL_ARGS(SQL_INT(other_id)), &other, error))
        return false;
    if (!other.found)
        return spool_throw(error, SPOOL_ERROR_NOT_FOUND, "there is no such item");
    return link_one_way(db, record_id, other_id, error) &&
           link_one_way(db, other_id, record_id, error);
}

void
spool_act_row_free(SpoolActRow *row)
{
    if (row == NULL)
        return;
    g_free(row->who);
    g_free(row->act);
    g_free(row->detail);
    g_free(row->reason);
    g_free(row);
}

static void
free_row(gpointer row)
{
    spool_act_row_free(row);
}

static bool
read_act(const SpoolMailKey *key, gint64 record_id, const SpoolSqlRows *rows, GPtrArray *acts,
         GError **error)
{
    g_autofree char *place =
        spool_act_place(record_id, spool_sql_int(rows, 4), spool_sql_text(rows, 2));
    g_autoptr(GBytes) sealed = spool_sql_bytes(rows, 5);
    g_auto(GStrv) texts = NULL;

    if (!spool_text_open(key, place, sealed, 1, &texts, error))
        return false;
    SpoolActRow *row = g_new0(SpoolActRow, 1);

    row->id = spool_sql_int(rows, 0);
    row->who = g_strdup(spool_sql_text(rows, 1));
    row->act = g_strdup(spool_sql_text(rows, 2));
    row->detail = g_strdup(spool_sql_text(rows, 3));
    row->at = spool_sql_int(rows, 4);
    row->reason = g_strdup(texts[0]);
    g_ptr_array_add(acts, row);
    return true;
}

bool
spool_act_list(SpoolDb *db, gint64 record_id, GPtrArray **out_acts, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    g_auto(SpoolMailKey) key = {0};
    g_autoptr(GPtrArray) acts = g_ptr_array_new_with_free_func(free_row);
    bool more = true;

    if (!spool_act_key(db, record_id, &key, error) ||
        !spool_sql_query(db->sql,
                         "SELECT x.id, a.shown, x.act, x.detail, x.at, x.sealed FROM act x"
                         " JOIN account a ON a.id = x.account_id"
                         " WHERE x.record_id = $1 ORDER BY x.id",
                         SQL_ARGS(SQL_INT(record_id)), &rows, error))
        return false;
    while (more)
        if (!spool_sql_next(&rows, &more, error) ||
            (more && !read_act(&key, record_id, &rows, acts, error)))
            return false;
    *out_acts = g_steal_pointer(&acts);
    return true;
}

/* Records of the items linked with one. */
static bool
linked_ids(SpoolDb *db, gint64 record_id, GArray **out_ids, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    bool more = true;

    if (!spool_sql_query(db->sql, "SELECT other_id FROM item_link WHERE record_id = $1 ORDER BY at",
                         SQL_ARGS(SQL_INT(record_id)), &rows, error))
        return false;
    while (more) {
        if (!spool_sql_next(&rows, &more, error))
            return false;
        gint64 id = more ? spool_sql_int(&rows, 0) : 0;

        if (more)
            g_array_append_val(ids, id);
    }
    *out_ids = g_steal_pointer(&ids);
    return true;
}

bool
spool_act_linked(SpoolDb *db, gint64 record_id, gint64 account, GPtrArray **out_items,
                 GError **error)
{
    g_autoptr(GArray) ids = NULL;
    g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func((GDestroyNotify)spool_item_free);

    if (!linked_ids(db, record_id, &ids, error))
        return false;
    for (guint i = 0; i < ids->len; i++) {
        SpoolItem *item = NULL;
        g_autoptr(GError) hidden = NULL;

        if (spool_item_get(db, g_array_index(ids, gint64, i), account, &item, &hidden))
            g_ptr_array_add(items, item);
        else if (!g_error_matches(hidden, SPOOL_ERROR, SPOOL_ERROR_NOT_FOUND)) {
            g_propagate_error(error, g_steal_pointer(&hidden));
            return false;
        }
    }
    *out_items = g_steal_pointer(&items);
    return true;
}
