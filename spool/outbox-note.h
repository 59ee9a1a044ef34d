/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/outbox-note.h - what a courier that died has noted of its replies.
 *
 * Runs in:  courier.
 * Source:   doc/spool.md, "Replies"; RFC 1047
 */
#ifndef SPOOL_OUTBOX_NOTE_H
#define SPOOL_OUTBOX_NOTE_H

#include "spool/outbox.h"

/* What is noted of the attempt with this token. */
typedef enum {
    SPOOL_NOTED_NOTHING,
    SPOOL_NOTED_SENT,      /* the relay has taken it */
    SPOOL_NOTED_NOT_GIVEN, /* it has not left */
} SpoolOutboxNoted;
bool spool_outbox_was_noted(SpoolDb *db, gint64 reply, gint64 token, SpoolOutboxNoted *out_noted,
                            GError **error);
/* From now on the notes tell what was not given: what was started before them has been judged. */
void spool_outbox_note_begin(SpoolDb *db);
/* The note is of no use any more: what it says is in this transaction. */
bool spool_outbox_note_clear(SpoolDb *db, gint64 reply, GError **error);

#endif
