/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/expiry.c - when what the roles log in with ends: the days, never the secrets.
 *
 * Runs in:  mailbox, courier (note); staff pages and command line (read).
 * Source:   doc/exchange-online.md, "Renewing the proof"
 */
#include "config.h"

#include "spool/expiry.h"
#include "spool/private.h"

bool
spool_expiry_note(SpoolDb *db, const SpoolExpiry *expiry, GError **error)
{
    return spool_sql_run(
               db->sql, "DELETE FROM expiry WHERE login = $1 AND at < $2",
               SQL_ARGS(SQL_TEXT(expiry->login), SQL_INT(expiry->now - SPOOL_EXPIRY_STALE)), NULL,
               error) &&
           spool_sql_run(db->sql,
                         "INSERT INTO expiry (login, holder, ends, at) VALUES ($1, $2, $3, $4)"
                         " ON CONFLICT (login, holder) DO UPDATE"
                         " SET ends = excluded.ends, at = excluded.at",
                         SQL_ARGS(SQL_TEXT(expiry->login), SQL_TEXT(expiry->holder),
                                  SQL_INT(expiry->ends), SQL_INT(expiry->now)),
                         NULL, error);
}

bool
spool_expiry_get(SpoolDb *db, const char *login, gint64 *out_ends, GError **error)
{
    SpoolSqlNumber ends = {0};

    if (!spool_sql_number(db->sql, "SELECT MIN(ends) FROM expiry WHERE login = $1",
                          SQL_ARGS(SQL_TEXT(login)), &ends, error))
        return false;
    *out_ends = ends.value;
    return true;
}
