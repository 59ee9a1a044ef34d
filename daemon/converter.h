/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/converter.h - one document made readable by a program of somebody else's, in a cage.
 *
 * The document is opened only inside bubblewrap: no network, no file but the program's own, no
 * secret, bounded time, memory and output.  What comes out is a stranger's document still.
 *
 * Runs in:  intake and the command line; the converter in a process of its own.
 * Source:   doc/process-model.md, "Converters"; bwrap(1)
 */
#ifndef DAEMON_CONVERTER_H
#define DAEMON_CONVERTER_H

#include "daemon/error.h"

typedef struct DaemonConverter DaemonConverter;

/* What a converter needs on this machine.  converter: a word of ParsersForeign.
 *
 * Errors: DAEMON_ERROR_CONVERT, something is not installed, or there is no such converter */
bool daemon_converter_check(const char *converter, GError **error);

/* Start to convert.  document: borrowed.
 *
 * Wait until daemon_converter_fd() is readable or daemon_converter_deadline() has passed, then
 * finish.  Free it in any case: that ends a converter which still runs.
 *
 * Errors: DAEMON_ERROR_CONVERT, conversion is not available; the text says why */
bool daemon_converter_start(const char *converter, GBytes *document,
                            DaemonConverter **out_converter, GError **error);

/* What a converter runs: for tests, which bring worse ones than LibreOffice is. */
typedef struct {
    const char *script; /* for sh: reads the file "document", writes to standard output; static */
    const char *needs;  /* what must be installed, in words; static */
    guint wall_s;
} DaemonConverterTask;
bool daemon_converter_start_task(const DaemonConverterTask *task, GBytes *document,
                                 DaemonConverter **out_converter, GError **error);

/* What to wait for, as said above. */
int daemon_converter_fd(const DaemonConverter *converter);
gint64 daemon_converter_deadline(const DaemonConverter *converter); /* g_get_monotonic_time() */

/* What it made: never empty, and no larger than convert_bytes.  It is killed if it still runs.
 *
 * Errors: DAEMON_ERROR_CONVERT, nothing came of it; the text says why */
bool daemon_converter_finish(DaemonConverter *converter, GBytes **out_document, GError **error);
void daemon_converter_free(DaemonConverter *converter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DaemonConverter, daemon_converter_free)

#endif
