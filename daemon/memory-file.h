/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/memory-file.h - bytes for a parser, in a file in memory that nobody can change any more.
 *
 * Whoever makes one for a mail need not hold the mail as well: it comes from the spool piece by
 * piece, and no page of it is mapped here.
 *
 * Runs in:  intake, staff pages, printer and the command line.
 * Source:   doc/process-model.md; memfd_create(2)
 */
#ifndef DAEMON_MEMORY_FILE_H
#define DAEMON_MEMORY_FILE_H

#include "daemon/error.h"
#include "spool/message.h"

typedef struct DaemonMemoryFile DaemonMemoryFile;

/* Of bytes at hand (borrowed); of a mail in the spool; of a file and more bytes behind it
 * (borrowed).  The caller unrefs.
 *
 * Errors: DAEMON_ERROR_SYSTEM, no memory for it; load: as spool_message_pieces(). */
bool daemon_memory_file_new(GBytes *bytes, DaemonMemoryFile **out_file, GError **error);
bool daemon_memory_file_load(SpoolDb *db, gint64 mail_id, DaemonMemoryFile **out_file,
                             GError **error);
bool daemon_memory_file_join(const DaemonMemoryFile *from, GBytes *more,
                             DaemonMemoryFile **out_file, GError **error);

/* The last to let go of it closes it. */
DaemonMemoryFile *daemon_memory_file_ref(DaemonMemoryFile *file);
void daemon_memory_file_unref(DaemonMemoryFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DaemonMemoryFile, daemon_memory_file_unref)

/* Its descriptor; borrowed. */
int daemon_memory_file_fd(const DaemonMemoryFile *file);

/* Does it look as if a PDF came with the mail?  A guess, by fixed letters: nothing is understood.
 */
bool daemon_memory_file_may_have_pdf(const DaemonMemoryFile *file);

#endif
