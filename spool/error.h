/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/error.h - what can go wrong while keeping things.
 *
 * Runs in:  every role.
 * Source:   doc/spool.md
 */
#ifndef SPOOL_ERROR_H
#define SPOOL_ERROR_H

#include <glib.h>
#include <stdbool.h>

typedef enum {
    SPOOL_ERROR_BUSY, /* another role holds the database: try again */
    SPOOL_ERROR_FULL, /* no room on the disk: stop taking mail, try again later, tell the operator
                       */
    SPOOL_ERROR_IO,   /* the disk or the server failed: try again later, tell the operator */
    SPOOL_ERROR_CORRUPT,   /* the database is damaged: stop */
    SPOOL_ERROR_SCHEMA,    /* made by a newer Postern, or not ours: stop */
    SPOOL_ERROR_KEY,       /* the master key is not the one this spool was made with: stop */
    SPOOL_ERROR_TOO_BIG,   /* larger than SPOOL_MESSAGE_MAX: refuse, leave it in the inbox */
    SPOOL_ERROR_STATE,     /* a move that spool/state.c does not allow: a bug in the caller */
    SPOOL_ERROR_STALE,     /* the claim was lost to another node: drop the work */
    SPOOL_ERROR_NOT_FOUND, /* no such row */
    SPOOL_ERROR_AUDIT,     /* the audit chain is broken; the message says where */
    SPOOL_N_ERRORS
} SpoolError;

#define SPOOL_ERROR (spool_error_quark())
GQuark spool_error_quark(void);

/* Set error and return false, so that a failure is one line.  error may be NULL. */
bool spool_throw(GError **error, SpoolError code, const char *format, ...) G_GNUC_PRINTF(3, 4);

#endif
