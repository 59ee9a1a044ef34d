/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/message-move.c - how far each mailbox is read, and what may leave it.
 *
 * A copy may be moved only after the decision about its mail is on disk.
 *
 * Runs in:  the mailbox role.
 * Source:   doc/spool.md, "When a mail is ours"; RFC 9051 section 2.3.1.1
 */
#include "config.h"

#include "spool/audit.h"
#include "spool/message.h"
#include "spool/private.h"

void
spool_move_clear(SpoolMove *move)
{
    g_clear_pointer(&move->action, g_free);
}

static void
clear_move(gpointer move)
{
    spool_move_clear(move);
}

bool
spool_message_moves(SpoolDb *db, const SpoolArrival *after, guint max, GArray **out_moves,
                    GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    g_autoptr(GArray) moves = g_array_new(FALSE, TRUE, sizeof(SpoolMove));
    bool row = true;

    g_array_set_clear_func(moves, clear_move);
    if (!spool_sql_query(db->sql,
                         "SELECT a.mail_id, a.uid, m.action FROM arrival a"
                         " JOIN mail m ON m.id = a.mail_id"
                         " WHERE a.place = 'due' AND a.mailbox = $1 AND a.uidvalidity = $2"
                         " AND a.uid > $3 ORDER BY a.uid LIMIT $4",
                         SQL_ARGS(SQL_TEXT(after->mailbox), SQL_INT(after->uidvalidity),
                                  SQL_INT(after->uid), SQL_INT(max)),
                         &rows, error))
        return false;
    while (row) {
        if (!spool_sql_next(&rows, &row, error))
            return false;
        if (row) {
            SpoolMove move = {.mail_id = spool_sql_int(&rows, 0),
                              .uid = (guint32)spool_sql_int(&rows, 1),
                              .action = g_strdup(spool_sql_text(&rows, 2))};

            g_array_append_val(moves, move);
        }
    }
    *out_moves = g_steal_pointer(&moves);
    return true;
}

bool
spool_message_settle(SpoolDb *db, gint64 mail_id, GError **error)
{
    SpoolSqlNumber open, decided;

    if (!spool_sql_number(db->sql,
                          "SELECT 1 FROM arrival WHERE mail_id = $1 AND place IN ('inbox', 'due')"
                          " LIMIT 1",
                          SQL_ARGS(SQL_INT(mail_id)), &open, error) ||
        !spool_sql_number(db->sql, "SELECT 1 FROM mail WHERE id = $1 AND state = 'decided'",
                          SQL_ARGS(SQL_INT(mail_id)), &decided, error))
        return false;
    if (open.found || !decided.found)
        return true;
    return spool_message_step(db, mail_id, SPOOL_MAIL_LEFT, error);
}

/* The arrival's mail, and whether it still counts as lying in the inbox. */
static bool
find_arrival(SpoolDb *db, const SpoolArrival *arrival, gint64 *out_mail, char **out_place,
             GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    bool row = false;

    if (!spool_sql_query(db->sql,
                         "SELECT mail_id, place FROM arrival"
                         " WHERE mailbox = $1 AND uidvalidity = $2 AND uid = $3",
                         SQL_ARGS(SQL_TEXT(arrival->mailbox), SQL_INT(arrival->uidvalidity),
                                  SQL_INT(arrival->uid)),
                         &rows, error) ||
        !spool_sql_next(&rows, &row, error))
        return false;
    if (!row)
        return spool_throw(error, SPOOL_ERROR_NOT_FOUND, "no mail with UID %u was stored",
                           arrival->uid);
    *out_mail = spool_sql_int(&rows, 0);
    *out_place = g_strdup(spool_sql_text(&rows, 1));
    return true;
}

static bool
set_place(SpoolDb *db, const SpoolArrival *arrival, const char *place, GError **error)
{
    return spool_sql_run(db->sql,
                         "UPDATE arrival SET place = $1"
                         " WHERE mailbox = $2 AND uidvalidity = $3 AND uid = $4",
                         SQL_ARGS(SQL_TEXT(place), SQL_TEXT(arrival->mailbox),
                                  SQL_INT(arrival->uidvalidity), SQL_INT(arrival->uid)),
                         NULL, error);
}

bool
spool_message_moved(SpoolDb *db, const char *mailbox, guint32 uidvalidity, guint32 uid, bool gone,
                    GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    SpoolArrival arrival = {mailbox, uidvalidity, uid, 0};
    g_autofree char *place = NULL;
    gint64 mail_id = 0;

    if (!spool_txn_begin(&txn, db, error) || !find_arrival(db, &arrival, &mail_id, &place, error))
        return false;
    bool waits = g_strcmp0(place, "inbox") == 0;

    if (waits && !gone)
        return spool_throw(error, SPOOL_ERROR_STATE,
                           "mail %" G_GINT64_FORMAT " is not decided: it may not be moved",
                           mail_id);
    /* Told twice, or of a mail that stays: nothing to do. */
    if (!waits && g_strcmp0(place, "due") != 0)
        return spool_txn_commit(&txn, error);
    return set_place(db, &arrival, gone ? "gone" : "moved", error) &&
           spool_message_settle(db, mail_id, error) && spool_txn_commit(&txn, error);
}

bool
spool_cursor_get(SpoolDb *db, const char *mailbox, guint32 *out_uidvalidity, guint32 *out_next_uid,
                 GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    bool row = false;

    if (!spool_sql_query(db->sql,
                         "SELECT uidvalidity, next_uid FROM mailbox_cursor WHERE mailbox = $1",
                         SQL_ARGS(SQL_TEXT(mailbox)), &rows, error) ||
        !spool_sql_next(&rows, &row, error))
        return false;
    *out_uidvalidity = row ? (guint32)spool_sql_int(&rows, 0) : 0;
    *out_next_uid = row ? (guint32)spool_sql_int(&rows, 1) : 0;
    return true;
}

/* The server has numbered the mailbox anew: what lay there under old numbers is found again under
 * new ones, and the old ones can never be moved. */
static bool
renumber(SpoolDb *db, const char *mailbox, guint32 uidvalidity, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    g_autoptr(GArray) mails = g_array_new(FALSE, FALSE, sizeof(gint64));
    bool row = true;

    if (!spool_sql_query(db->sql,
                         "UPDATE arrival SET place = 'renumbered' WHERE mailbox = $1"
                         " AND uidvalidity <> $2 AND place IN ('inbox', 'due') RETURNING mail_id",
                         SQL_ARGS(SQL_TEXT(mailbox), SQL_INT(uidvalidity)), &rows, error))
        return false;
    while (row) {
        if (!spool_sql_next(&rows, &row, error))
            return false;
        if (row) {
            gint64 mail_id = spool_sql_int(&rows, 0);

            g_array_append_val(mails, mail_id);
        }
    }
    for (guint i = 0; i < mails->len; i++)
        if (!spool_message_settle(db, g_array_index(mails, gint64, i), error))
            return false;
    return true;
}

bool
spool_cursor_set(SpoolDb *db, const char *mailbox, guint32 uidvalidity, guint32 next_uid,
                 GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    guint32 old = 0, next = 0;

    if (!spool_txn_begin(&txn, db, error) || !spool_cursor_get(db, mailbox, &old, &next, error))
        return false;
    if (old != 0 && old != uidvalidity && !renumber(db, mailbox, uidvalidity, error))
        return false;
    return spool_sql_run(db->sql,
                         "INSERT INTO mailbox_cursor (mailbox, uidvalidity, next_uid)"
                         " VALUES ($1, $2, $3) ON CONFLICT (mailbox) DO UPDATE"
                         " SET uidvalidity = excluded.uidvalidity, next_uid = excluded.next_uid",
                         SQL_ARGS(SQL_TEXT(mailbox), SQL_INT(uidvalidity), SQL_INT(next_uid)), NULL,
                         error) &&
           spool_txn_commit(&txn, error);
}

bool
spool_cursor_start(SpoolDb *db, const SpoolArrival *first, const char *why, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    g_autofree char *object = g_strconcat("mailbox:", first->mailbox, NULL);
    g_autofree char *detail =
        g_strdup_printf("%s uidvalidity=%u first-uid=%u", why, first->uidvalidity, first->uid);

    return spool_txn_begin(&txn, db, error) &&
           spool_cursor_set(db, first->mailbox, first->uidvalidity, first->uid, error) &&
           spool_audit_append(db, "postern", "mailbox-started", object, detail, error) &&
           spool_txn_commit(&txn, error);
}
