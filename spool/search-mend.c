/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/search-mend.c - the words of what staff typed before all of them were kept to be found.
 *
 * Reads each reason and correction once.  What nobody can open any more is passed over.
 *
 * Runs in:  every role, when it opens a spool from before version 11.
 * Source:   doc/review.md, "Finding"
 */
#include "config.h"

#include "spool/act.h"
#include "spool/private.h"
#include "spool/search.h"

/* Something that was typed; the last is where its sealed text belongs. */
typedef struct {
    SpoolDb *db;
    SpoolSqlRows *rows;
    gint64 record_id;
    const SpoolMailKey *key;
} Typed;

static bool
mend_text(const Typed *typed, const char *place, int column, guint count, GError **error)
{
    g_autoptr(GBytes) sealed = spool_sql_bytes(typed->rows, column);
    g_auto(GStrv) texts = NULL;

    if (!spool_text_open(typed->key, place, sealed, count, &texts, error))
        return false;
    for (guint i = 0; i < count; i++)
        if ((i == 0 || i == 3) && /* of a field: its value, and why */
            !spool_search_store_typed(typed->db, typed->record_id, texts[i], error))
            return false;
    return true;
}

static bool
mend_act(const Typed *typed, GError **error)
{
    g_autofree char *place = spool_act_place(typed->record_id, spool_sql_int(typed->rows, 1),
                                             spool_sql_text(typed->rows, 2));

    return mend_text(typed, place, 3, 1, error);
}

static bool
mend_field(const Typed *typed, GError **error)
{
    const SpoolField field = {.form = (guint)spool_sql_int(typed->rows, 1),
                              .version = (guint)spool_sql_int(typed->rows, 3),
                              .key = (char *)spool_sql_text(typed->rows, 4),
                              .author = (char *)spool_sql_text(typed->rows, 5)};
    const SpoolFieldRow row = {typed->record_id, (guint)spool_sql_int(typed->rows, 2), &field,
                               NULL};
    g_autofree char *place = spool_record_field_place(&row);

    return mend_text(typed, place, 6, 4, error);
}

static bool
mend_task(const Typed *typed, GError **error)
{
    g_autofree char *place =
        g_strdup_printf("task.sealed %" G_GINT64_FORMAT, spool_sql_int(typed->rows, 1));

    return mend_text(typed, place, 2, 1, error);
}

/* Each begins with the record that it belongs to. */
static const struct {
    const char *query;
    bool (*mend)(const Typed *typed, GError **error);
} sources[] = {
    {"SELECT record_id, at, act, sealed FROM act ORDER BY record_id", mend_act},
    {"SELECT record_id, form, number, version, key, author, sealed FROM field"
     " WHERE author <> 'machine' ORDER BY record_id",
     mend_field},
    {"SELECT r.id, t.id, t.sealed FROM task t JOIN record r ON r.mail_id = t.mail_id"
     " WHERE t.sealed IS NOT NULL ORDER BY t.id",
     mend_task},
};

static bool
mend_row(SpoolDb *db, gsize source, SpoolSqlRows *rows, GError **error)
{
    g_auto(SpoolMailKey) key = {0};
    g_autoptr(GError) problem = NULL;
    const Typed typed = {db, rows, spool_sql_int(rows, 0), &key};

    if (spool_act_key(db, typed.record_id, &key, &problem))
        return sources[source].mend(&typed, error);
    if (g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_NOT_FOUND))
        return true;
    g_propagate_error(error, g_steal_pointer(&problem));
    return false;
}

bool
spool_search_mend(SpoolDb *db, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(sources); i++) {
        g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
        bool more = true;

        if (!spool_sql_query(db->sql, sources[i].query, SQL_NO_ARGS, &rows, error))
            return false;
        while (more)
            if (!spool_sql_next(&rows, &more, error) || (more && !mend_row(db, i, &rows, error)))
                return false;
    }
    return true;
}
