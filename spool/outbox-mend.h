/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/outbox-mend.h - replies after a crash, and after a clock that was wrong.
 *
 * Runs in:  courier.
 * Source:   doc/spool.md, "Replies"; doc/reliability.md
 */
#ifndef SPOOL_OUTBOX_MEND_H
#define SPOOL_OUTBOX_MEND_H

#include "spool/outbox.h"

/* Whether it is known after a courier's death which of the replies that it had started have not
 * left; else no more should be started at once than can leave at once. */
bool spool_outbox_notes_tell(SpoolDb *db);

/* Note that what was started is now given to the relay: before its first byte leaves. */
void spool_outbox_note_given(SpoolDb *db, const SpoolReply *reply);

/* Note that the relay has taken what was started, the moment it says so: quicker than
 * spool_outbox_finish(), which must follow, and it outlives the process, though not a power cut. */
void spool_outbox_note_sent(SpoolDb *db, const SpoolReply *reply);

/* Let replies that were put off under a clock that was ahead have their turn now: those that wait
 * for longer than any pause lasts, and those queued in the future.
 *
 * longest_s: the longest pause between two attempts.
 *
 * Errors: as every write.
 * Source: doc/spool.md, "Claims"
 */
bool spool_outbox_mend_clock(SpoolDb *db, guint longest_s, GError **error);

#endif
