/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/trouble.c - what is wrong with a mailbox, until it is right again.
 *
 * Runs in:  mailbox, courier, intake (note, clear); staff pages and command line (read).
 * Source:   doc/imap.md, "What is told to people"
 */
#include "config.h"

#include "spool/private.h"
#include "spool/trouble.h"

void
spool_trouble_free(SpoolTrouble *trouble)
{
    if (trouble == NULL)
        return;
    g_free(trouble->what);
    g_free(trouble);
}

static void
free_trouble(gpointer trouble)
{
    spool_trouble_free(trouble);
}

bool
spool_trouble_note(SpoolDb *db, const char *mailbox, const char *what, guint *out_times,
                   GError **error)
{
    SpoolSqlNumber times = {0};

    if (!spool_sql_number(db->sql,
                          "INSERT INTO trouble (mailbox, what, since, last, times)"
                          " VALUES ($1, $2, $3, $3, 1) ON CONFLICT (mailbox, what) DO UPDATE"
                          " SET last = excluded.last, times = trouble.times + 1 RETURNING times",
                          SQL_ARGS(SQL_TEXT(mailbox), SQL_TEXT(what), SQL_INT(spool_now())), &times,
                          error))
        return false;
    if (out_times != NULL)
        *out_times = (guint)MIN(times.value, G_MAXUINT);
    return true;
}

bool
spool_trouble_clear(SpoolDb *db, const char *mailbox, const char *what, bool *out_had,
                    GError **error)
{
    guint changed = 0;

    if (!spool_sql_run(db->sql, "DELETE FROM trouble WHERE mailbox = $1 AND what = $2",
                       SQL_ARGS(SQL_TEXT(mailbox), SQL_TEXT(what)), &changed, error))
        return false;
    if (out_had != NULL)
        *out_had = changed > 0;
    return true;
}

bool
spool_trouble_list(SpoolDb *db, const char *mailbox, GPtrArray **out_troubles, GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(free_trouble);
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    bool more = true;

    if (!spool_sql_query(db->sql,
                         "SELECT what, since, last, times FROM trouble WHERE mailbox = $1"
                         " ORDER BY what",
                         SQL_ARGS(SQL_TEXT(mailbox)), &rows, error))
        return false;
    while (more) {
        if (!spool_sql_next(&rows, &more, error))
            return false;
        if (!more)
            break;
        SpoolTrouble *trouble = g_new0(SpoolTrouble, 1);

        trouble->what = g_strdup(spool_sql_text(&rows, 0));
        trouble->since = spool_sql_int(&rows, 1);
        trouble->last = spool_sql_int(&rows, 2);
        trouble->times = (guint)MIN(spool_sql_int(&rows, 3), G_MAXUINT);
        g_ptr_array_add(all, trouble);
    }
    *out_troubles = g_steal_pointer(&all);
    return true;
}
