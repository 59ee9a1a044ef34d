/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/overview.c - how much waits, and for how long.
 *
 * Runs in:  staff pages, command line.
 * Source:   doc/review.md, "Health"
 */
#include "config.h"

#include "spool/message.h"
#include "spool/overview.h"
#include "spool/private.h"

#define COUNT_MAX 10000

/* Items i that $1 counts; and tasks t, of which those that no mail's item explains count for all.
 */
#define ITEMS "(" SPOOL_MAY_SEE " OR $1 < 0)"
#define TASKS                                                                                      \
    "(t.what = 'breaker' OR NOT " SPOOL_HIDDEN(                                                    \
        "IN (SELECT hr.id FROM record hr WHERE hr.mail_id = t.mail_id)") " OR $1 < 0)"

static bool
count_tasks(SpoolDb *db, gint64 account, const char *text, guint *out_count, GError **error)
{
    SpoolSqlNumber number;

    if (!spool_sql_number(db->sql, text, SQL_ARGS(SQL_INT(account), SQL_INT(COUNT_MAX)), &number,
                          error))
        return false;
    *out_count = (guint)number.value;
    return true;
}

/* A number that stands alone. */
static bool
count(SpoolDb *db, const char *text, guint *out_count, GError **error)
{
    SpoolSqlNumber number;

    if (!spool_sql_number(db->sql, text, SQL_ARGS(SQL_INT(COUNT_MAX)), &number, error))
        return false;
    *out_count = (guint)number.value;
    return true;
}

bool
spool_overview_get(SpoolDb *db, gint64 account, SpoolOverview *out_overview, GError **error)
{
    SpoolOverview overview = {0};
    SpoolSqlNumber oldest = {0};

    if (!spool_message_backlog(db, &overview.undecided, &overview.oldest_undecided, error) ||
        !count(db, "SELECT COUNT(*) FROM (SELECT 1 FROM outbox WHERE due IS NOT NULL LIMIT $1) x",
               &overview.replies, error) ||
        !spool_sql_number(db->sql, "SELECT MIN(queued) FROM outbox WHERE due IS NOT NULL",
                          SQL_NO_ARGS, &oldest, error) ||
        !count_tasks(db, account,
                     "SELECT COUNT(*) FROM (SELECT 1 FROM task t WHERE t.closed IS NULL AND " TASKS
                     " LIMIT $2) x",
                     &overview.tasks, error) ||
        !count(db, "SELECT COUNT(*) FROM (SELECT 1 FROM handover WHERE due IS NOT NULL LIMIT $1) x",
               &overview.handovers, error) ||
        !count_tasks(db, account,
                     "SELECT COUNT(*) FROM (SELECT 1 FROM task t WHERE t.closed IS NULL"
                     " AND t.what = 'not-exported' AND " TASKS " LIMIT $2) x",
                     &overview.handovers_failed, error))
        return false;
    overview.oldest_reply = oldest.value;
    *out_overview = overview;
    return true;
}

bool
spool_overview_open_items(SpoolDb *db, const SpoolOverviewSpan *span, guint max,
                          GArray **out_received, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(gint64));
    bool more = true;

    if (!spool_sql_query(db->sql,
                         "SELECT i.received FROM item i WHERE " ITEMS " AND i.state <> 'closed'"
                         " AND i.received >= $2 AND i.received < $3 ORDER BY i.received LIMIT $4",
                         SQL_ARGS(SQL_INT(span->account), SQL_INT(span->from),
                                  SQL_INT(span->before), SQL_INT(max)),
                         &rows, error))
        return false;
    while (more) {
        if (!spool_sql_next(&rows, &more, error))
            return false;
        gint64 received = more ? spool_sql_int(&rows, 0) : 0;

        if (more)
            g_array_append_val(all, received);
    }
    *out_received = g_steal_pointer(&all);
    return true;
}

void
spool_figure_free(SpoolFigure *figure)
{
    if (figure == NULL)
        return;
    g_free(figure->mailbox);
    g_free(figure->kind);
    g_free(figure->outcome);
    g_free(figure);
}

static void
free_figure(gpointer figure)
{
    spool_figure_free(figure);
}

static SpoolFigure *
read_figure(const SpoolSqlRows *rows)
{
    SpoolFigure *figure = g_new0(SpoolFigure, 1);

    *figure = (SpoolFigure){.mailbox = g_strdup(spool_sql_text(rows, 0)),
                            .kind = g_strdup(spool_sql_text(rows, 1)),
                            .outcome = g_strdup(spool_sql_text(rows, 2)),
                            .received = spool_sql_int(rows, 3),
                            .viewed = spool_sql_int(rows, 4),
                            .settled = spool_sql_int(rows, 5),
                            .closed = spool_sql_int(rows, 6),
                            .urgent = spool_sql_int(rows, 7) != 0};
    return figure;
}

bool
spool_overview_figures(SpoolDb *db, const SpoolOverviewSpan *span, GPtrArray **out_figures,
                       GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(free_figure);
    bool more = true;

    if (!spool_sql_query(
            db->sql,
            "SELECT i.mailbox, r.kind, i.outcome, i.received, i.viewed, i.settled,"
            " i.closed, i.urgent FROM item i JOIN record r ON r.id = i.record_id"
            " WHERE " ITEMS " AND i.received >= $2 AND i.received < $3"
            " ORDER BY i.received DESC",
            SQL_ARGS(SQL_INT(span->account), SQL_INT(span->from), SQL_INT(span->before)), &rows,
            error))
        return false;
    while (more) {
        if (!spool_sql_next(&rows, &more, error))
            return false;
        if (more)
            g_ptr_array_add(all, read_figure(&rows));
    }
    *out_figures = g_steal_pointer(&all);
    return true;
}
