/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/task.c - what only a person can put right.
 *
 * Runs in:  intake, courier (open); command line and staff pages (list, close).
 * Source:   doc/spool.md, "Tasks"
 */
#include "config.h"

#include <string.h>

#include "spool/audit.h"
#include "spool/private.h"
#include "spool/search.h"
#include "spool/task.h"

#define HOUR (3600 * SPOOL_SECOND)

void
spool_task_free(SpoolTask *task)
{
    if (task == NULL)
        return;
    g_free(task->what);
    g_free(task->reference);
    g_free(task->detail);
    g_free(task);
}

static void
free_task(gpointer task)
{
    spool_task_free(task);
}

static bool
audit_task(SpoolDb *db, gint64 id, const char *actor, const char *act, const char *detail,
           GError **error)
{
    g_autofree char *object = g_strdup_printf("task:%" G_GINT64_FORMAT, id);

    return spool_audit_append(db, actor, act, object, detail, error);
}

static bool
is_open(SpoolDb *db, const SpoolTask *task, bool *out_open, GError **error)
{
    SpoolSqlNumber found = {0};
    bool good;

    if (task->reply_id != 0)
        good =
            spool_sql_number(db->sql, "SELECT id FROM task WHERE reply_id = $1 AND closed IS NULL",
                             SQL_ARGS(SQL_INT(task->reply_id)), &found, error);
    else if (g_str_equal(task->what, SPOOL_TASK_NOT_TOLD) ||
             g_str_equal(task->what, SPOOL_TASK_NOT_EXPORTED))
        good =
            spool_sql_number(db->sql,
                             "SELECT id FROM task WHERE mail_id = $1 AND what = $2"
                             " AND reply_id IS NULL AND closed IS NULL",
                             SQL_ARGS(SQL_INT(task->mail_id), SQL_TEXT(task->what)), &found, error);
    else
        good = spool_sql_number(
            db->sql,
            "SELECT id FROM task WHERE what = $1 AND opened > $2 AND closed IS NULL LIMIT 1",
            SQL_ARGS(SQL_TEXT(task->what), SQL_INT(spool_now() - HOUR)), &found, error);

    *out_open = found.found;
    return good;
}

static bool
insert(SpoolDb *db, const SpoolTask *task, GError **error)
{
    g_autofree char *detail = NULL;
    SpoolSqlNumber id;

    if (!spool_sql_number(db->sql,
                          "INSERT INTO task (what, mail_id, reply_id, detail, opened)"
                          " VALUES ($1, $2, $3, $4, $5) RETURNING id",
                          SQL_ARGS(SQL_TEXT(task->what), SQL_INT(task->mail_id),
                                   task->reply_id != 0 ? SQL_INT(task->reply_id) : SQL_NULL,
                                   SQL_TEXT(task->detail != NULL ? task->detail : ""),
                                   SQL_INT(spool_now())),
                          &id, error))
        return false;
    detail = g_strdup_printf("{\"what\":\"%s\",\"mail\":%" G_GINT64_FORMAT
                             ",\"reply\":%" G_GINT64_FORMAT "}",
                             task->what, task->mail_id, task->reply_id);
    return audit_task(db, id.value, "postern", "task-opened", detail, error);
}

bool
spool_task_open(SpoolDb *db, const SpoolTask *task, bool *out_new, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    bool open = false;

    if (!spool_txn_begin(&txn, db, error) || !is_open(db, task, &open, error) ||
        (!open && !insert(db, task, error)) || !spool_txn_commit(&txn, error))
        return false;
    if (out_new != NULL)
        *out_new = !open;
    return true;
}

static SpoolTask *
read_task(const SpoolSqlRows *rows)
{
    SpoolTask *task = g_new0(SpoolTask, 1);

    task->id = spool_sql_int(rows, 0);
    task->what = g_strdup(spool_sql_text(rows, 1));
    task->mail_id = spool_sql_int(rows, 2);
    task->reply_id = spool_sql_int(rows, 3);
    task->detail = g_strdup(spool_sql_text(rows, 4));
    task->opened = spool_sql_int(rows, 5);
    task->reference = g_strdup(spool_sql_text(rows, 6));
    task->record_id = spool_sql_int(rows, 7);
    return task;
}

#define TASK                                                                                       \
    "SELECT t.id, t.what, t.mail_id, t.reply_id, t.detail, t.opened,"                              \
    " COALESCE(r.reference, own.reference), COALESCE(r.id, own.id) FROM task t"                    \
    " LEFT JOIN outbox o ON o.id = t.reply_id"                                                     \
    " LEFT JOIN record r ON r.id = o.record_id"                                                    \
    " LEFT JOIN record own ON own.mail_id = t.mail_id"                                             \
    " AND t.what <> 'breaker' WHERE t.closed IS NULL"
#define SEEN " AND NOT " SPOOL_HIDDEN("= o.record_id") " AND NOT " SPOOL_HIDDEN("= own.id")

static bool
collect(SpoolSqlRows *rows, GPtrArray **out_tasks, GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(free_task);
    bool more = true;

    while (more) {
        if (!spool_sql_next(rows, &more, error))
            return false;
        if (more)
            g_ptr_array_add(all, read_task(rows));
    }
    *out_tasks = g_steal_pointer(&all);
    return true;
}

bool
spool_task_list(SpoolDb *db, guint max, GPtrArray **out_tasks, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;

    return spool_sql_query(db->sql, TASK " ORDER BY t.id LIMIT $1", SQL_ARGS(SQL_INT(max)), &rows,
                           error) &&
           collect(&rows, out_tasks, error);
}

bool
spool_task_list_for(SpoolDb *db, gint64 account, guint max, GPtrArray **out_tasks, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;

    return spool_sql_query(db->sql, TASK SEEN " ORDER BY t.id LIMIT $2",
                           SQL_ARGS(SQL_INT(account), SQL_INT(max)), &rows, error) &&
           collect(&rows, out_tasks, error);
}

bool
spool_task_get(SpoolDb *db, gint64 id, gint64 account, SpoolTask **out_task, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    bool row = false;

    if (!spool_sql_query(db->sql, TASK SEEN " AND t.id = $2",
                         SQL_ARGS(SQL_INT(account), SQL_INT(id)), &rows, error) ||
        !spool_sql_next(&rows, &row, error))
        return false;
    if (!row)
        return spool_throw(error, SPOOL_ERROR_NOT_FOUND, "no open task %" G_GINT64_FORMAT, id);
    *out_task = read_task(&rows);
    return true;
}

/* Seal the reason with the key of the mail that caused the task: it may well name people. */
static bool
close_row(SpoolDb *db, gint64 id, const char *author, const char *reason, GError **error)
{
    g_auto(SpoolMailKey) key = {0};
    g_autofree char *place = g_strdup_printf("task.sealed %" G_GINT64_FORMAT, id);
    g_autoptr(GBytes) sealed = NULL;
    SpoolSqlNumber mail, record;

    if (!spool_sql_number(db->sql, "SELECT mail_id FROM task WHERE id = $1 AND closed IS NULL",
                          SQL_ARGS(SQL_INT(id)), &mail, error))
        return false;
    if (!mail.found)
        return spool_throw(error, SPOOL_ERROR_NOT_FOUND, "no open task %" G_GINT64_FORMAT, id);
    if (!spool_sql_number(db->sql, "SELECT id FROM record WHERE mail_id = $1",
                          SQL_ARGS(SQL_INT(mail.value)), &record, error))
        return false;
    return spool_message_key(db, mail.value, &key, error) &&
           spool_text_seal(&key, place, SPOOL_TEXTS(reason), &sealed, error) &&
           (!record.found || spool_search_store_typed(db, record.value, reason, error)) &&
           spool_sql_run(
               db->sql, "UPDATE task SET closed = $1, author = $2, sealed = $3 WHERE id = $4",
               SQL_ARGS(SQL_INT(spool_now()), SQL_TEXT(author), SQL_BYTES(sealed), SQL_INT(id)),
               NULL, error);
}

bool
spool_task_close(SpoolDb *db, gint64 id, const char *author, const char *reason, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;

    if (author == NULL || author[0] == '\0' || reason == NULL || reason[0] == '\0')
        return spool_throw(error, SPOOL_ERROR_STATE,
                           "say what was done, for whoever looks at it later");
    return spool_txn_begin(&txn, db, error) && close_row(db, id, author, reason, error) &&
           audit_task(db, id, author, "task-closed", NULL, error) && spool_txn_commit(&txn, error);
}
