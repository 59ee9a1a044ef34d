/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/writer.h - who wrote a mail: weighed evidence, both sides listed.
 *
 * Runs in:  intake, command line.
 * Source:   doc/deciding.md, "Who wrote it"
 */
#ifndef DAEMON_WRITER_H
#define DAEMON_WRITER_H

#include "daemon/case.h"

typedef enum {
    DAEMON_WRITER_UNKNOWN,
    DAEMON_WRITER_PARENT,
    DAEMON_WRITER_PROFESSIONAL,
    DAEMON_WRITER_PUBLIC,
} DaemonWriterKind;

typedef struct {
    DaemonWriterKind kind;
    bool certain;       /* strong evidence that agrees, none against: enough to redirect */
    bool family;        /* anything at all in the mail speaks for a parent, carer or relative */
    bool role;          /* a professional role or act is named in the signature or the text */
    GPtrArray *reasons; /* DaemonReason: all evidence, both sides */
} DaemonWriter;

/* Weigh the evidence.  The caller clears *out_writer. */
void daemon_writer_weigh(const DaemonCase *mail, DaemonWriter *out_writer);
void daemon_writer_clear(DaemonWriter *writer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(DaemonWriter, daemon_writer_clear)

/* The word of the contract; static. */
const char *daemon_writer_name(DaemonWriterKind kind);

#endif
