/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/contact.c - when a mailbox was last looked at with success.
 *
 * Runs in:  the mailbox role (notes), staff pages and command line (read).
 * Source:   doc/review.md, "Health"
 */
#include "config.h"

#include "spool/contact.h"
#include "spool/private.h"

bool
spool_contact_note(SpoolDb *db, const char *mailbox, GError **error)
{
    return spool_sql_run(db->sql,
                         "INSERT INTO contact (mailbox, at) VALUES ($1, $2)"
                         " ON CONFLICT (mailbox) DO UPDATE SET at = excluded.at",
                         SQL_ARGS(SQL_TEXT(mailbox), SQL_INT(spool_now())), NULL, error);
}

bool
spool_contact_get(SpoolDb *db, const char *mailbox, gint64 *out_at, GError **error)
{
    SpoolSqlNumber at = {0};

    if (!spool_sql_number(db->sql, "SELECT at FROM contact WHERE mailbox = $1",
                          SQL_ARGS(SQL_TEXT(mailbox)), &at, error))
        return false;
    *out_at = at.value;
    return true;
}
