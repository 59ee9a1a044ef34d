/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/content.h - a mail's bytes as the database keeps them: sealed, chunk by chunk.
 *
 * Only for the files of spool/.
 *
 * Runs in:  every role.
 * Source:   doc/spool.md, "What is encrypted"
 */
#ifndef SPOOL_CONTENT_H
#define SPOOL_CONTENT_H

#include "spool/private.h"
#include "spool/stage.h"

#define SPOOL_CHUNK_LENGTH ((gsize)64 * 1024)

/* Bytes to be kept: one of the two. */
typedef struct {
    GBytes *bytes;
    SpoolStage *stage;
} SpoolContent;

/* How many bytes they are; and how many chunks that makes. */
gsize spool_content_length(const SpoolContent *content);
guint64 spool_content_chunks(gsize length);

/* Give the mail its key, and keep the bytes. */
bool spool_content_insert(SpoolDb *db, gint64 mail_id, const SpoolContent *content, GError **error);

/* spool/stage.c: chunk number of what has come, opened; and the hash of all, as spool_crypt_hash()
 * gives it for a mail. */
bool spool_stage_chunk(SpoolStage *stage, guint64 number, GBytes **out_plain, GError **error);
GBytes *spool_stage_hash(const SpoolStage *stage);

#endif
