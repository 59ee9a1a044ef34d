/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/audit.h - what was done, by whom and when, chained so that a change shows.
 *
 * Each entry's hash covers the entry and the hash before it.  Entries hold ids
 * and fixed words, never names, subjects or addresses.
 *
 * Runs in:  every role.
 * Source:   doc/spool.md
 */
#ifndef SPOOL_AUDIT_H
#define SPOOL_AUDIT_H

#include "spool/db.h"

/* Append one entry, in the open transaction when there is one.
 * actor: "intake", "courier", a staff account ...; act: a fixed word; object: "mail:12" ...;
 * detail: fixed words and numbers as JSON, or NULL. */
bool spool_audit_append(SpoolDb *db, const char *actor, const char *act, const char *object,
                        const char *detail_json, GError **error);

typedef struct {
    gint64 id, at;
    char *actor, *act, *object, *detail; /* detail may be NULL */
} SpoolAuditRow;
void spool_audit_row_free(SpoolAuditRow *row);

/* Newest first.  before: only entries before this one; 0 for the newest.  out_rows: SpoolAuditRow;
 * owned. */
bool spool_audit_list(SpoolDb *db, gint64 before, guint max, GPtrArray **out_rows, GError **error);

/* Walk the whole chain.  out_count: entries seen.  Errors: SPOOL_ERROR_AUDIT names the entry. */
bool spool_audit_verify(SpoolDb *db, guint64 *out_count, GError **error);

#endif
