/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/db.h - one connection to the spool, whatever database is behind it.
 *
 * The SQL is the common subset of SQLite and PostgreSQL: $1 parameters, UPSERT,
 * RETURNING, BIGINT times in microseconds since 1970 UTC.
 *
 * Runs in:  every role; one connection a process, opened after fork.
 * Source:   doc/spool.md
 */
#ifndef SPOOL_DB_H
#define SPOOL_DB_H

#include "spool/error.h"

typedef struct SpoolDb SpoolDb;

/* Open the spool, making or migrating its tables when needed.
 *
 * url:        sqlite:/path or postgresql://...; borrowed.
 * master_key: 32 bytes that wrap each mail's own key; copied into locked memory.
 *
 * Errors: SPOOL_ERROR_KEY, _SCHEMA, _CORRUPT: stop; _BUSY, _IO, _FULL: try again later. */
bool spool_db_open(const char *url, GBytes *master_key, SpoolDb **out_db, GError **error);
void spool_db_close(SpoolDb *db);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpoolDb, spool_db_close)

/* Whether several nodes may share a spool at this url; and whether opening it takes a socket of the
 * Internet. */
bool spool_db_is_shared(const char *url);
bool spool_db_is_remote(const char *url);

/* The url by which a node opens a spool that others share, so that they can end its connections
 * when it is not heard of; any other url as it is.  The caller frees. */
char *spool_db_named_url(const char *url, const char *node);

/* Transactions.  A SpoolTxn that goes out of scope without a commit is rolled back.  Functions of
 * spool/ that write start their own when none is open, and join the open one otherwise, so that a
 * caller can make many acts one commit.
 *
 * An act that fails inside an open transaction before it has written (SPOOL_ERROR_STALE, _TOO_BIG,
 * _NOT_FOUND) leaves the others whole.  One that fails later spoils the transaction: its commit
 * then fails with SPOOL_ERROR_STATE and nothing of it is kept. */
typedef struct {
    SpoolDb *db;
    guint64 changes;
} SpoolTxn;
#define SPOOL_TXN_INIT                                                                             \
    {                                                                                              \
        NULL, 0                                                                                    \
    }
bool spool_txn_begin(SpoolTxn *txn, SpoolDb *db, GError **error);
bool spool_txn_commit(SpoolTxn *txn, GError **error);
void spool_txn_clear(SpoolTxn *txn);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpoolTxn, spool_txn_clear)

/* Microseconds since 1970 UTC now. */
gint64 spool_now(void);

#endif
