/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/aside.h - libraries that few mails need, dropped where most mails are read.
 *
 * Runs in:  postern-parser.
 * Source:   doc/process-model.md
 */
#ifndef PARSERS_ASIDE_H
#define PARSERS_ASIDE_H

#include <stdbool.h>
#include <sys/types.h>

/* Find what can be dropped; called once, when all is loaded and before the cage closes.  False when
 * there is nothing. */
bool parsers_aside_find(void);

/* Drop it, for good.  The places are kept empty, so that whatever needs it ends the process by
 * SIGSEGV and never meets something else there.  False when that cannot be done. */
bool parsers_aside_drop(void);

/* What a process knows of the other one, or of its lack. */
typedef struct {
    int full;       /* leads to the process that has everything, or -1 if this one has */
    pid_t second;   /* that process, or 0 */
    bool is_second; /* this is that process: who asked it stands at PARSERS_WIRE_FD */
} ParsersAside;

/* Become two: the first, which goes on serving whom it served, drops what few mails need; the
 * second has everything, serves the first and ends with it.  Returns in both, or in the first alone
 * when there is nothing to drop.  False and errno when it cannot be done. */
bool parsers_aside_part(ParsersAside *out_aside);

#endif
