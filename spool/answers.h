/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/answers.h - what was read in a mail: all answers of a record, sealed together.
 *
 * Runs in:  intake (seals), staff pages and command line (read).
 * Source:   doc/spool.md, "The decision"
 */
#ifndef SPOOL_ANSWERS_H
#define SPOOL_ANSWERS_H

#include "spool/crypt.h"
#include "spool/db.h"

/* Seal the fields of a decision (SpoolField) in their order.  out_sealed: NULL when there are none;
 * owned. */
bool spool_answers_seal(const SpoolMailKey *key, const GPtrArray *fields, GBytes **out_sealed,
                        GError **error);

/* Open what a record has of them, none where an older version wrote it.  out_fields: SpoolField;
 * owned.  Errors: SPOOL_ERROR_CORRUPT. */
bool spool_answers_get(SpoolDb *db, const SpoolMailKey *key, gint64 record_id,
                       GPtrArray **out_fields, GError **error);
/* Frees a SpoolField that owns its texts. */
void spool_answers_field_free(gpointer field);

#endif
