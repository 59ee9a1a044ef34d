/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/postgres-error.c - which of our errors a failure of PostgreSQL is.
 *
 * Only the server's main sentence is passed on: its details would quote rows.
 *
 * Runs in:  every role.
 * Source:   https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
#include "config.h"

#include <string.h>

#include "spool/postgres-private.h"

/* clang-format off */
static const struct {
    const char *start; /* of the server's code; the first row that fits counts */
    SpoolError error;
    const char *advice;
} failures[] = {
    { "40",    SPOOL_ERROR_BUSY,    "another node is writing: trying again is enough" },
    { "55P03", SPOOL_ERROR_BUSY,    "another node is writing: trying again is enough" },
    { "57014", SPOOL_ERROR_BUSY,    "it took too long: trying again is enough" },
    { "25P02", SPOOL_ERROR_STATE,   "a statement of this transaction had failed" },
    { "25P",   SPOOL_ERROR_BUSY,    "we were asleep, and the server went on without us" },
    { "53300", SPOOL_ERROR_BUSY,    "the server has too many connections: raise max_connections" },
    { "53100", SPOOL_ERROR_FULL,    "no room on the server's disk: free some; mail waits in the inbox meanwhile" },
    { "53",    SPOOL_ERROR_IO,      "the server is short of something: see its log" },
    { "23",    SPOOL_ERROR_STATE,   "a rule of the schema was broken: please report this" },
    { "XX001", SPOOL_ERROR_CORRUPT, "the database is damaged: stop, keep a copy, restore the backup" },
    { "XX002", SPOOL_ERROR_CORRUPT, "an index is damaged: stop, see the server's log, REINDEX" },
    { "42501", SPOOL_ERROR_IO,      "this account may not: make it the owner of the database" },
    { "42",    SPOOL_ERROR_SCHEMA,  "the tables are not those of this Postern" },
    { "25006", SPOOL_ERROR_IO,      "this server only reads: name the primary in the url" },
    { "",      SPOOL_ERROR_IO,      "the server failed: see its log" },
};
/* clang-format on */

static guint
find(const char *sqlstate)
{
    guint i = 0;

    while (!g_str_has_prefix(sqlstate, failures[i].start))
        i++;
    return i;
}

bool
spool_postgres_fail(SpoolSql *sql, const PGresult *result, GError **error)
{
    const char *state = result != NULL ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *said = result != NULL ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    g_autofree char *lost = g_strdelimit(g_strdup(PQerrorMessage(sql->handle)), "\n\t", ' ');

    /* Whatever the transaction has done, the server has undone all of it. */
    sql->changes++;
    if (state == NULL || said == NULL)
        return spool_throw(error, SPOOL_ERROR_IO, "spool %s: no connection: %s", sql->name,
                           g_strstrip(lost));
    guint row = find(state);

    return spool_throw(error, failures[row].error, "spool %s: %s (%s, code %s)", sql->name,
                       failures[row].advice, said, state);
}
