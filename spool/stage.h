/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/stage.h - a mail that is still coming in, and may be larger than memory should hold.
 *
 * What has come lies sealed, by a key that is only in memory, in a file without a name: nobody
 * else's commit waits for its sender, and nothing of it is left when the process ends.
 *
 * Runs in:  mailbox.
 * Source:   doc/spool.md, "When a mail is ours"
 */
#ifndef SPOOL_STAGE_H
#define SPOOL_STAGE_H

#include "spool/db.h"

typedef struct SpoolStage SpoolStage;

/* An empty one.  db: borrowed, for longer than the stage.  Errors: SPOOL_ERROR_IO. */
bool spool_stage_new(SpoolDb *db, SpoolStage **out_stage, GError **error);
void spool_stage_free(SpoolStage *stage);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpoolStage, spool_stage_free)

/* The next bytes; any number of them.  Errors: SPOOL_ERROR_FULL, _IO: try again later, anew. */
bool spool_stage_add(SpoolStage *stage, const void *data, gsize length, GError **error);

/* How many bytes have come. */
gsize spool_stage_size(const SpoolStage *stage);

#endif
