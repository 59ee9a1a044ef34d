/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/alert.c - how many alerts whoever is on duty gets.
 *
 * A loop of mails, or a campaign, must not make a telephone useless.  Nothing is lost by the limit:
 * an item is urgent, and stands first in the queue, whether or not an alert told of it.
 *
 * Runs in:  intake (queues), courier (counts).
 * Source:   doc/deciding.md, "Danger"
 */
#include "config.h"

#include "spool/alert.h"
#include "spool/private.h"

#define HOUR (3600 * SPOOL_SECOND)
#define ALERT_WORD "alert"
#define DIGEST_WORD "digest"

/* Of alerts, and not of digests: both have the same template, as whoever is on duty reads both. */
static bool
is_over(SpoolDb *db, guint limit, bool *out_over, GError **error)
{
    SpoolSqlNumber count;

    if (!spool_sql_number(db->sql,
                          "SELECT COUNT(*) FROM outbox WHERE queued > $1 AND template = 'alert'"
                          " AND message_id LIKE '" ALERT_WORD ".%'",
                          SQL_ARGS(SQL_INT(spool_now() - HOUR)), &count, error))
        return false;
    *out_over = limit > 0 && count.value >= (gint64)limit;
    return true;
}

/* When a digest may leave: now, or an hour after the last one; 0: one is waiting already. */
static bool
digest_due(SpoolDb *db, gint64 *out_due, GError **error)
{
    const gint64 now = spool_now();
    SpoolSqlNumber waiting, last;

    /* One that waits was queued at most two hours ago, unless the relay is away. */
    if (!spool_sql_number(db->sql,
                          "SELECT id FROM outbox WHERE due IS NOT NULL AND urgent = 1"
                          " AND state IN ('queued', 'deferred')"
                          " AND message_id LIKE '" DIGEST_WORD ".%' LIMIT 1",
                          SQL_NO_ARGS, &waiting, error) ||
        !spool_sql_number(db->sql,
                          "SELECT MAX(updated) FROM outbox WHERE queued > $1"
                          " AND message_id LIKE '" DIGEST_WORD ".%'",
                          SQL_ARGS(SQL_INT(now - 3 * HOUR)), &last, error))
        return false;
    *out_due = waiting.found ? 0 : MAX(now, last.value + SPOOL_ALERT_PAUSE_S * SPOOL_SECOND);
    return true;
}

bool
spool_alert_queue(SpoolDb *db, const SpoolLetter *alert, guint limit, GError **error)
{
    SpoolLetter letter = *alert;
    bool over = false;

    letter.word = ALERT_WORD;
    letter.template = SPOOL_OUTBOX_ALERT;
    letter.params_json = "{}";
    if (!is_over(db, limit, &over, error))
        return false;
    if (!over)
        return spool_outbox_queue(db, &letter, NULL, error);
    letter.word = DIGEST_WORD;
    letter.params_json = "{\"variant\":\"digest\"}";
    if (!digest_due(db, &letter.due, error))
        return false;
    return letter.due == 0 || spool_outbox_queue(db, &letter, NULL, error);
}

bool
spool_alert_waiting(SpoolDb *db, guint *out_count, GError **error)
{
    SpoolSqlNumber count;

    if (!spool_sql_number(db->sql, "SELECT COUNT(*) FROM item WHERE urgent = 1 AND state = 'new'",
                          SQL_NO_ARGS, &count, error))
        return false;
    *out_count = (guint)count.value;
    return true;
}
