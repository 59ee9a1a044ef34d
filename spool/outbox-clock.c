/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/outbox-clock.c - when a reply is due, and those put off under a clock that was wrong.
 *
 * Times are those of the wall clock, as they must outlive a restart.  One that was ahead and is put
 * right would leave a parent without an answer for as long as it was ahead.
 *
 * Runs in:  courier.
 * Source:   doc/spool.md, "Claims"; doc/reliability.md
 */
#include "config.h"

#include "spool/alert.h"
#include "spool/outbox-mend.h"
#include "spool/private.h"

/* So much another node's clock may differ from ours. */
#define SKEW (60 * SPOOL_SECOND)

bool
spool_outbox_mend_clock(SpoolDb *db, guint longest_s, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    gint64 now = spool_now(), longest = now + longest_s * SPOOL_SECOND + SKEW;
    SpoolSqlNumber last;

    /* Looked at without the write lock: it is seldom needed. */
    if (!spool_sql_number(db->sql, "SELECT MAX(due) FROM outbox WHERE due IS NOT NULL", SQL_NO_ARGS,
                          &last, error))
        return false;
    if (last.value <= now + SKEW)
        return true;
    /* Not of those that somebody has: theirs is the end of a lease.  A queued reply is due when it
     * is queued, or a pause later. */
    return spool_txn_begin(&txn, db, error) &&
           spool_sql_run(db->sql,
                         "UPDATE outbox SET due = $1 WHERE due > $2 AND state = 'queued'"
                         " AND (queued > $2 OR due > queued + $3)",
                         SQL_ARGS(SQL_INT(now), SQL_INT(now + SKEW),
                                  SQL_INT(SPOOL_ALERT_PAUSE_S * SPOOL_SECOND + SKEW)),
                         NULL, error) &&
           spool_sql_run(db->sql,
                         "UPDATE outbox SET due = $1"
                         " WHERE due > $2 AND state IN ('deferred', 'uncertain')",
                         SQL_ARGS(SQL_INT(now), SQL_INT(longest)), NULL, error) &&
           spool_txn_commit(&txn, error);
}

bool
spool_outbox_next_due(SpoolDb *db, gint64 *out_at, GError **error)
{
    SpoolSqlNumber due;

    if (!spool_sql_number(db->sql, "SELECT MIN(due) FROM outbox WHERE due IS NOT NULL", SQL_NO_ARGS,
                          &due, error))
        return false;
    *out_at = due.value;
    return true;
}
