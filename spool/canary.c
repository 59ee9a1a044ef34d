/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/canary.c - the mail to ourselves that proves a mailbox's way in and out.
 *
 * Runs in:  courier (sends), intake (sees it come back), staff pages and command line (read).
 * Source:   doc/imap.md, "The canary"
 */
#include "config.h"

#include <string.h>

#include "spool/canary.h"
#include "spool/private.h"

#define PREFIX "canary."
#define NONCE_LENGTH 16

void
spool_canary_clear(SpoolCanary *canary)
{
    g_clear_pointer(&canary->message_id, g_free);
}

bool
spool_canary_get(SpoolDb *db, const char *mailbox, SpoolCanary *out_canary, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    bool row = false;

    if (!spool_sql_query(db->sql,
                         "SELECT message_id, began, sent, back FROM canary WHERE mailbox = $1",
                         SQL_ARGS(SQL_TEXT(mailbox)), &rows, error) ||
        !spool_sql_next(&rows, &row, error))
        return false;
    *out_canary = (SpoolCanary){0};
    if (!row)
        return true;
    out_canary->message_id = g_strdup(spool_sql_text(&rows, 0));
    out_canary->began = spool_sql_int(&rows, 1);
    out_canary->sent = spool_sql_int(&rows, 2);
    out_canary->back = spool_sql_int(&rows, 3);
    return true;
}

static bool
new_id(const char *domain, char **out_id, GError **error)
{
    guint8 nonce[NONCE_LENGTH];
    GString *id;

    if (!spool_crypt_random(nonce, sizeof nonce, error))
        return false;
    id = g_string_new("<" PREFIX);
    for (gsize i = 0; i < sizeof nonce; i++)
        g_string_append_printf(id, "%02x", nonce[i]);
    g_string_append_printf(id, "@%s>", domain);
    *out_id = g_string_free(id, FALSE);
    return true;
}

bool
spool_canary_begin(SpoolDb *db, const char *mailbox, const char *domain, const char *last,
                   char **out_message_id, GError **error)
{
    g_autofree char *id = NULL;
    guint changed = 0;

    if (!new_id(domain, &id, error) ||
        !spool_sql_run(
            db->sql,
            "INSERT INTO canary (mailbox, message_id, began, sent, back)"
            " VALUES ($1, $2, $3, 0, 0) ON CONFLICT (mailbox) DO UPDATE"
            " SET message_id = excluded.message_id, began = excluded.began,"
            " sent = 0, back = 0 WHERE canary.message_id = $4",
            SQL_ARGS(SQL_TEXT(mailbox), SQL_TEXT(id), SQL_INT(spool_now()), SQL_TEXT(last)),
            &changed, error))
        return false;
    *out_message_id = changed > 0 ? g_steal_pointer(&id) : NULL;
    return true;
}

bool
spool_canary_sent(SpoolDb *db, const char *mailbox, GError **error)
{
    return spool_sql_run(db->sql, "UPDATE canary SET sent = $1 WHERE mailbox = $2",
                         SQL_ARGS(SQL_INT(spool_now()), SQL_TEXT(mailbox)), NULL, error);
}

bool
spool_canary_back(SpoolDb *db, const char *mailbox, const char *message_id, bool *out_known,
                  GError **error)
{
    bool bare = message_id[0] != '<';
    g_autofree char *whole = bare ? g_strdup_printf("<%s>", message_id) : g_strdup(message_id);
    g_autofree char *lower = g_ascii_strdown(whole, -1);
    guint changed = 0;

    if (!spool_sql_run(db->sql,
                       "UPDATE canary SET back = $1 WHERE mailbox = $2"
                       " AND LOWER(message_id) = $3 AND back = 0",
                       SQL_ARGS(SQL_INT(spool_now()), SQL_TEXT(mailbox), SQL_TEXT(lower)), &changed,
                       error))
        return false;
    *out_known = changed > 0;
    return true;
}

bool
spool_canary_is_id(const char *message_id)
{
    return g_ascii_strncasecmp(message_id + (message_id[0] == '<'), PREFIX, strlen(PREFIX)) == 0;
}
